//! Numbers as they are read.
//!
//! A number shows no digit that its simulation error does not allow, and never more
//! than two significant ones. Minus is `−`, a range is `[a to b]`, an error `±`.

use super::ending::Share;
use super::page::{Bounded, Effect, Spread, Typical};
use super::unit::{Scale, Unit};
use crate::measure::rounding::{decimals_allowed, format_to};

/// Power of ten of the leading digit of `x`, once rounded to two significant digits.
fn leading_power(x: f64) -> Option<i32> {
    if !x.is_finite() || x == 0.0 {
        return None;
    }
    let written = format!("{:.1e}", x.abs());
    written.split_once('e')?.1.parse().ok()
}

/// Decimals to show (negative: round to tens, hundreds …) of a number of this magnitude
/// and simulation error: as the error allows, at most two significant digits.
fn decimals(magnitude: f64, error: Option<f64>) -> i32 {
    let two_digits = leading_power(magnitude).map(|power| 1 - power);
    let by_error = error.and_then(decimals_allowed);
    match (two_digits, by_error) {
        (Some(a), Some(b)) => a.min(b),
        (Some(a), None) | (None, Some(a)) => a,
        (None, None) => 0,
    }
}

/// `value` with so many decimals, thousands separated by commas, `−` for minus.
#[must_use]
pub fn figure(value: f64, decimals: i32) -> String {
    let signed = format_to(value, decimals.min(12));
    let written = signed.trim_start_matches('-');
    let (whole, rest) = match written.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (written, String::new()),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if signed.len() > written.len() {
        "−"
    } else {
        ""
    };
    format!("{sign}{grouped}{rest}")
}

/// A count such as `2,000`.
#[must_use]
pub fn count(n: u32) -> String {
    figure(f64::from(n), 0)
}

/// A known number or a quantile of one, to three significant digits, without zeros that say
/// nothing.
#[must_use]
pub fn rounded(value: f64) -> String {
    let digits = leading_power(value).map_or(0, |power| 2 - power);
    let text = figure(value, digits.min(12));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// The same to two significant digits, for what need not be known better.
#[must_use]
pub fn about(value: f64) -> String {
    let digits = leading_power(value).map_or(0, |power| 1 - power);
    figure(value, digits.min(12))
}

/// Bytes on a scale that reads well, such as `220 MB`; to two significant digits.
#[must_use]
pub fn bytes(count: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let (mut scale, mut unit) = (1_u64, 0);
    while count / scale >= 1000 && unit + 1 < UNITS.len() {
        scale *= 1000;
        unit += 1;
    }
    #[allow(clippy::cast_precision_loss)] // two digits are shown
    let value = count as f64 / scale as f64;
    let digits = leading_power(value).map_or(0, |power| (1 - power).max(0));
    let digits = if unit == 0 { 0 } else { digits };
    format!("{} {}", figure(value, digits), UNITS[unit])
}

/// A duration as a person says it.
#[must_use]
pub fn duration(seconds: f64) -> String {
    // A float cast saturates, so that an absurd estimate is only a long time.
    let seconds = seconds.ceil() as u64;
    match (seconds / 3600, seconds % 3600 / 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min {} s", seconds % 60),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn signed(value: f64, decimals: i32) -> String {
    let text = figure(value, decimals);
    let zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
    if zero || text.starts_with('−') {
        text
    } else {
        format!("+{text}")
    }
}

/// The error at these decimals: at least one unit of the last digit shown, which then
/// covers the rounding too.
fn error_figure(error: f64, decimals: i32) -> String {
    figure(error.max(step(decimals)), decimals)
}

/// One unit of the last digit shown.
fn step(decimals: i32) -> f64 {
    let mut step = 1.0;
    for _ in 0..decimals.min(12) {
        step /= 10.0;
    }
    for _ in decimals..0 {
        step *= 10.0;
    }
    step
}

/// A value and its error, such as `8.3 ± 0.2 %`.
#[must_use]
pub fn with_error(unit: &Unit, typical: &Typical) -> String {
    let (Bounded::At(value) | Bounded::Over(value)) = typical.value;
    let scale = unit.scale(value);
    let (value, error) = (
        value / scale.divisor,
        typical.error.map(|error| error / scale.divisor),
    );
    let digits = decimals(value, error);
    let number = format!("{}{}", scale.prefix, figure(value, digits));
    match error.filter(|error| *error > 0.0) {
        Some(error) => format!("{number} ± {}{}", error_figure(error, digits), scale.suffix),
        None => format!("{number}{}", scale.suffix),
    }
}

/// A level and its spread, on one scale.
#[derive(Clone, PartialEq, Debug)]
pub struct LevelText {
    /// Such as `31 mo`, `USD 1.2 bn`, `over 120 mo`.
    pub typical: String,
    /// Such as `[11 to 71]`.
    pub spread: String,
    /// Such as `from 71`; nothing where the start is not known.
    pub at_start: Option<String>,
}

/// Words of a level: typical value, spread, value at the start.
#[must_use]
pub fn level(
    unit: &Unit,
    typical: Option<&Typical>,
    spread: Option<&Spread>,
    at_start: Option<f64>,
) -> LevelText {
    let number = |bounded: Bounded| match bounded {
        Bounded::At(value) | Bounded::Over(value) => value,
    };
    let value = typical.map_or(0.0, |t| number(t.value));
    let high = spread.map_or(0.0, |s| number(s.high));
    let scale = unit.scale(if value == 0.0 { high } else { value });
    let error = typical.and_then(|t| t.error).map(|e| e / scale.divisor);
    let digits = match decimals(value / scale.divisor, error) {
        // A whole count has no decimals, however small.
        digits if *unit == Unit::Count && value.fract() == 0.0 => digits.min(0),
        digits => digits,
    };
    let text = |value: f64, digits: i32| figure(value / scale.divisor, digits);
    let bounded = |bounded: Bounded, digits: i32| match bounded {
        Bounded::At(value) => text(value, digits),
        Bounded::Over(value) => format!("over {}", text(value, 0)),
    };
    LevelText {
        typical: typical.map_or_else(
            || "no value".to_owned(),
            |t| with_unit(&scale, &bounded(t.value, digits)),
        ),
        spread: spread.map_or_else(
            || "not estimable".to_owned(),
            |s| {
                let ends = [s.low, s.high].map(|end| number(end) / scale.divisor);
                let [low, high] = end_decimals(ends, digits);
                range(&bounded(s.low, low), &bounded(s.high, high))
            },
        ),
        at_start: at_start.map(|value| format!("from {}", text(value, digits))),
    }
}

fn with_unit(scale: &Scale, number: &str) -> String {
    match number.strip_prefix("over ") {
        Some(number) => format!("over {}{number}{}", scale.prefix, scale.suffix),
        None => match number.strip_prefix('−') {
            Some(number) => format!("−{}{number}{}", scale.prefix, scale.suffix),
            None => format!("{}{number}{}", scale.prefix, scale.suffix),
        },
    }
}

fn range(low: &str, high: &str) -> String {
    if low == high {
        format!("[{low}]")
    } else {
        format!("[{low} to {high}]")
    }
}

/// Decimals for the ends of a range: alike, unless the smaller end would read as zero.
fn end_decimals(ends: [f64; 2], digits: i32) -> [i32; 2] {
    let common = ends.map(|end| decimals(end, None).max(digits.min(0)));
    let common = digits.min(common[0]).min(common[1]);
    ends.map(|end| match leading_power(end) {
        Some(power) if -power > common => digits.min(-power),
        _ => common,
    })
}

/// A paired difference and its spread, on one scale.
#[derive(Clone, PartialEq, Debug)]
pub struct EffectText {
    /// Such as `−8.1 ± 0.4 points`.
    pub mean: String,
    /// Such as `[−12 to −4]`.
    pub spread: String,
}

/// Words of a paired difference.
#[must_use]
pub fn effect(unit: &Unit, effect: &Effect) -> EffectText {
    let scale = unit.scale(size(effect));
    let numbers = effect_on(&scale, effect);
    EffectText {
        mean: format!("{}{}{}", scale.prefix, numbers.mean, scale.difference),
        spread: numbers.spread,
    }
}

/// The size by which a paired difference is put on a scale.
#[must_use]
pub fn size(effect: &Effect) -> f64 {
    let largest = effect.mean.abs().max(effect.error.unwrap_or(0.0));
    let (low, high) = effect.spread.unwrap_or((effect.mean, effect.mean));
    if largest == 0.0 {
        low.abs().max(high.abs())
    } else {
        largest
    }
}

/// The numbers of a paired difference on a scale that stands elsewhere, as in a table's head.
#[must_use]
pub fn effect_on(scale: &Scale, effect: &Effect) -> EffectText {
    let largest = effect.mean.abs().max(effect.error.unwrap_or(0.0));
    let (mean, error) = (
        effect.mean / scale.divisor,
        effect.error.map(|e| e / scale.divisor),
    );
    let digits = decimals(largest / scale.divisor, error);
    let number = signed(mean, digits);
    let mean = match error {
        // Every future changed by the same amount, as when nothing changed at all.
        Some(0.0) | None => number,
        Some(error) => format!("{number} ± {}", error_figure(error, digits)),
    };
    let spread = match effect.spread {
        Some((low, high)) => {
            let ends = [low / scale.divisor, high / scale.divisor];
            let decimals = end_decimals(ends, digits);
            range(&signed(ends[0], decimals[0]), &signed(ends[1], decimals[1]))
        }
        None => "not estimable".to_owned(),
    };
    EffectText { mean, spread }
}

/// A share of futures: `38 ± 2 %`, `under 1 %`, or `1 of 3` where no error can be given.
#[must_use]
pub fn share(share: &Share) -> String {
    let Some(interval) = share.interval else {
        return format!("{} of {}", count(share.count), count(share.of));
    };
    let percent = 100.0 * share.value();
    let error = 100.0 * interval.reach_from(share.value());
    if share.count > 0 && percent < 0.5 {
        return "under 1 %".to_owned();
    }
    if share.count < share.of && percent >= 99.5 {
        return "over 99 %".to_owned();
    }
    if share.count == 0 || share.count == share.of {
        return format!("{} %", figure(percent, 0));
    }
    let digits = decimals(percent, Some(error)).clamp(-1, 0);
    format!(
        "{} ± {} %",
        figure(percent, digits),
        error_figure(error, digits)
    )
}

#[cfg(test)]
mod tests;
