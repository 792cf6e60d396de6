//! The distribution that an interval such as `"5 to 12"` means: 5 draws of 100 lie below
//! its lower end, 5 above its upper one. The family is the one that fits the place.

use super::limits::Limits;
use crate::chance::elicitation::{beta_between, lognormal_between, normal_between};
use crate::scenario::error::Problem;
use crate::scenario::interval::parse;
use crate::scenario::resolved::Distribution;
use crate::scenario::source_text::Place;

/// What `text` at `place` means where numbers have these limits.
///
/// A number from 0 to 1 is beta; one without an upper limit is lognormal where both ends
/// are above 0; else it is normal.
pub(super) fn interval(text: &str, place: &Place, limits: Limits) -> Result<Distribution, Problem> {
    let wrong = |message: String| Problem::at(place.clone(), message);
    let Some((low, high)) = parse(text) else {
        return Err(no_interval(text, place));
    };
    if low >= high {
        let message = format!("this interval does not rise from {low} to {high}");
        return Err(wrong(message).help("write the lower end first, as in \"5 to 12\""));
    }
    let words = limits.words();
    if limits.are_of_a_share() {
        if low <= 0.0 || high >= 1.0 {
            let message = format!("this interval leaves its range: the number must be {words}");
            return Err(wrong(message).help("both ends must lie above 0 and below 1"));
        }
        let solved = beta_between(low, high).map(|(a, b)| Distribution::Beta {
            mean: a / (a + b),
            strength: a + b,
        });
        return solved.ok_or_else(|| {
            wrong("this interval is too narrow for a distribution".to_owned())
                .help("write one number, or wider ends")
        });
    }
    let meant = if low > 0.0 && !limits.are_bounded_above() {
        let (median, sigma) = lognormal_between(low, high);
        Distribution::Lognormal { median, sigma }
    } else {
        let (mean, sd) = normal_between(low, high);
        Distribution::Normal { mean, sd }
    };
    if limits.hold_all(&meant) {
        return Ok(meant);
    }
    let message = format!(
        "no distribution with these ends at 5 % and 95 % stays within: the number must be {words}"
    );
    let begin = if limits.are_bounded_above() {
        ""
    } else {
        "let the interval begin above 0, or "
    };
    Err(wrong(message).help(format!(
        "{begin}write a distribution that stays within, such as {}",
        limits.example()
    )))
}

fn no_interval(text: &str, place: &Place) -> Problem {
    let shown: String = text.chars().take(40).collect();
    if text.trim().parse::<f64>().is_ok() {
        let problem = Problem::at(place.clone(), format!("`{shown}` is a text, not a number"));
        return problem.help("write it without quotes");
    }
    let message = format!("`{shown}` is no number and no interval");
    Problem::at(place.clone(), message).help(
        "write a number, a distribution, or an interval such as \"5 to 12\", which holds 9 of 10 draws",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, limits: Limits) -> Result<Distribution, Problem> {
        interval(text, &(0..1), limits)
    }

    #[test]
    fn its_ends_are_the_five_and_ninety_five_hundredths() {
        for (text, limits, family) in [
            ("5 to 12", Limits::ANY, "Lognormal"),
            ("5 to 12", Limits::NOT_NEGATIVE, "Lognormal"),
            ("5 to 12", Limits::POSITIVE, "Lognormal"),
            ("0.01 to 0.2", Limits::RATE, "Lognormal"),
            ("-3 to 12", Limits::ANY, "Normal"),
            ("0 to 12", Limits::ANY, "Normal"),
            ("0.05 to 0.4", Limits::CHANCE, "Beta"),
            ("0.05 to 0.4", Limits::OPEN_CHANCE, "Beta"),
            ("0.9 to 0.99", Limits::SCALE, "Beta"),
        ] {
            let found = meant(text, limits).unwrap();
            assert!(format!("{found:?}").starts_with(family), "{found:?}");
            let (low, high) = parse(text).unwrap();
            assert!(
                (found.quantile(0.05) - low).abs() < 1e-7,
                "{text} {found:?}"
            );
            assert!(
                (found.quantile(0.95) - high).abs() < 1e-7,
                "{text} {found:?}"
            );
            assert!((found.cdf(low) - 0.05).abs() < 1e-9, "{text} {found:?}");
            assert!((found.cdf(high) - 0.95).abs() < 1e-9, "{text} {found:?}");
        }
    }

    #[test]
    fn what_cannot_stay_within_is_refused() {
        for (text, limits) in [
            ("12 to 5", Limits::ANY),
            ("5 to 5", Limits::ANY),
            ("0 to 5", Limits::NOT_NEGATIVE),
            ("-1 to 5", Limits::POSITIVE),
            ("-2 to -1", Limits::NOT_POSITIVE),
            ("-0.1 to 0.2", Limits::RATE),
            ("0.2 to 0.4", Limits::NEST),
            ("0 to 0.4", Limits::CHANCE),
            ("0.4 to 1.2", Limits::CHANCE),
            ("0.4 to 0.4000000001", Limits::CHANCE),
            ("0.8", Limits::CHANCE),
            ("much", Limits::CHANCE),
        ] {
            let problem = meant(text, limits).unwrap_err();
            assert!(problem.help.is_some(), "{text}");
        }
    }
}
