//! How many digits of a number its error allows to be printed.
//!
//! The rule is that of the Particle Data Group (Review of Particle Physics, section
//! 5.3): of the first three digits of the error, 100 to 354 are rounded to two, 355 to
//! 949 to one, and 950 to 999 to 1000, of which two are kept. The value is then given
//! to the same decimal: 0.827 ± 0.119 becomes 0.83 ± 0.12, 0.827 ± 0.367 becomes
//! 0.8 ± 0.4. So the error never has more than two digits, nor the value two more
//! than are sure.

/// The decimals that an error (what stands after ±) allows, counted from the point;
/// negative for tens (−1), hundreds (−2) and so on.
///
/// `None` where the error gives no reason to round: 0, negative or not finite.
pub fn decimals_allowed(error: f64) -> Option<i32> {
    if !(error > 0.0 && error.is_finite()) {
        return None;
    }
    // Printing with three digits rounds exactly, in decimal: "3.55e-2".
    let printed = format!("{error:.2e}");
    let (digits, exponent) = printed.split_once('e')?;
    let digits: i32 = digits.replace('.', "").parse().ok()?;
    let exponent: i32 = exponent.parse().ok()?;
    // From 950 on the error rounds up to the next power of ten, with two digits kept:
    // the same decimal as for one digit of 355 to 949.
    Some(if digits <= 354 {
        1 - exponent
    } else {
        -exponent
    })
}

/// `value` to this many decimals as text; negative decimals give tens, hundreds.
///
/// A value that rounds to zero has no sign.
pub fn format_to(value: f64, decimals: i32) -> String {
    let printed = if decimals >= 0 || !value.is_finite() {
        format!("{value:.*}", decimals.clamp(0, 300) as usize)
    } else {
        to_whole_powers_of_ten(value, decimals.unsigned_abs())
    };
    let is_zero = printed
        .bytes()
        .all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    if is_zero {
        printed.trim_start_matches('-').to_string()
    } else {
        printed
    }
}

/// `value` and `error` as text, both with the decimals that the error allows; `None`
/// as in [`decimals_allowed`].
pub fn format_with_error(value: f64, error: f64) -> Option<(String, String)> {
    let decimals = decimals_allowed(error)?;
    Some((format_to(value, decimals), format_to(error, decimals)))
}

/// The next number from `value` up that has two significant digits; 0 where it is not positive.
pub fn two_digits_up(value: f64) -> u64 {
    let mut step = 1.0;
    while value / step > 100.0 {
        step *= 10.0;
    }
    // A float cast saturates.
    ((value / step).ceil() * step) as u64
}

/// `value` rounded to a multiple of 10^`zeros`.
fn to_whole_powers_of_ten(value: f64, zeros: u32) -> String {
    // A power of ten up to 10^22 is exact in f64, and so, nearly, is the quotient.
    let unit = libm::pow(10.0, f64::from(zeros.min(300)));
    format!("{:.0}", (value / unit).round() * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two examples of the Particle Data Group, and the ends of its ranges.
    #[test]
    fn the_rule_of_the_particle_data_group() {
        let printed = |value, error| format_with_error(value, error).unwrap();
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(printed(0.827, 0.119), pair("0.83", "0.12"));
        assert_eq!(printed(0.827, 0.367), pair("0.8", "0.4"));
        assert_eq!(printed(0.827, 0.354), pair("0.83", "0.35"));
        assert_eq!(printed(0.827, 0.355), pair("0.8", "0.4"));
        assert_eq!(printed(0.827, 0.949), pair("0.8", "0.9"));
        assert_eq!(printed(0.827, 0.951), pair("0.8", "1.0"));
        assert_eq!(printed(0.827, 0.099_99), pair("0.83", "0.10"));
        assert_eq!(printed(12_345.0, 678.0), pair("12300", "700"));
        assert_eq!(printed(12_345.0, 120.0), pair("12350", "120"));
        assert_eq!(printed(-0.02, 0.4), pair("0.0", "0.4"));
    }

    #[test]
    fn the_front_page_s_numbers() {
        assert_eq!(format_with_error(0.7841, 0.0512).unwrap().0, "0.78");
        assert_eq!(decimals_allowed(20.3), Some(0));
        assert_eq!(decimals_allowed(55.0), Some(-1));
    }

    #[test]
    fn no_error_no_rule() {
        for error in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(decimals_allowed(error), None);
        }
    }

    #[test]
    fn every_size_of_error_keeps_one_or_two_digits() {
        let mut error = 1e-300;
        while error < 1e300 {
            let decimals = decimals_allowed(error).unwrap();
            // error · 10^decimals is what is printed, as a whole number: 4 to 35.
            let units = error * libm::pow(10.0, f64::from(decimals));
            assert!((3.54..35.5).contains(&units), "{error}: {units}");
            error *= 1.037;
        }
    }

    #[test]
    fn extreme_requests_do_not_fail() {
        assert_eq!(format_to(1234.0, -400), "0");
        assert_eq!(format_to(-1234.0, -3), "-1000");
        assert_eq!(format_to(f64::NAN, -2), "NaN");
        assert_eq!(format_to(0.5, 1000).len(), 302);
    }
}
