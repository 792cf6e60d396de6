//! Intervals as people write them where a number stands: `5 to 12`.

use super::path::Path;

/// The two ends of a text such as `5 to 12`, as written, in whatever order; `None` if it
/// is no interval.
pub(super) fn parse(text: &str) -> Option<(f64, f64)> {
    let (low, high) = text.split_once(" to ")?;
    let end = |text: &str| {
        let number: f64 = text.trim().parse().ok()?;
        // `inf` and `nan` are numbers to the parser.
        number.is_finite().then_some(number)
    };
    Some((end(low)?, end(high)?))
}

/// Is what stands at `path` a text for readers, which no interval can be?
pub(super) fn is_prose(path: &Path) -> bool {
    const PROSE: [&str; 6] = ["title", "asks", "record", "text", "label", "source"];
    let is_prose = |key: &String| PROSE.contains(&key.as_str());
    path.0.last().is_some_and(is_prose) || {
        let of_texts = |key: &String| key == "sources" || key == "report";
        path.0.first().is_some_and(of_texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_finite_numbers_with_to_between_are_an_interval() {
        assert_eq!(parse("5 to 12"), Some((5.0, 12.0)));
        assert_eq!(parse(" -0.5  to  1e3 "), Some((-0.5, 1000.0)));
        assert_eq!(parse("12 to 5"), Some((12.0, 5.0)));
        for text in [
            "5",
            "5to12",
            "5 bis 12",
            "5 - 12",
            "a to b",
            "1 to inf",
            "nan to 1",
            " to ",
            "1 to 2 to 3",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
