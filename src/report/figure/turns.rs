//! What the title of thresholds says: which lever turns the choice, and how surely.

use super::thresholds::part;
use crate::analysis::decide::threshold::Threshold;
use crate::report::digits::rounded;

/// A lever beyond the value at which two options are equal, on the side where it is not now.
struct Passed<'t> {
    threshold: &'t Threshold,
    value: f64,
    side: &'static str,
    best: usize,
    /// Whether the best is told from the next at that end of the range.
    told: bool,
    /// The part of the range that the lever has to go.
    far: f64,
}

impl<'t> Passed<'t> {
    fn of(threshold: &'t Threshold) -> Option<Self> {
        let value = threshold.at?.value;
        let [at_low, at_high] = threshold.told_at_ends;
        // Where it is not known, it has half of the range to go at most.
        let now = threshold.now.map_or(0.5, |now| part(threshold, now));
        let is_below = threshold.now.is_some_and(|now| now < value);
        let (side, best, told) = if is_below {
            ("above", threshold.best_at_high, at_high)
        } else {
            ("below", threshold.best_at_low, at_low)
        };
        let far = (part(threshold, value) - now).abs();
        Some(Self {
            threshold,
            value,
            side,
            best,
            told,
            far,
        })
    }

    fn said(&self, name: &dyn Fn(usize) -> String) -> String {
        let now = self.threshold.now;
        let now = now.map_or_else(String::new, |now| format!(" (now {})", rounded(now)));
        let (best, label) = (name(self.best), &self.threshold.label);
        format!(
            "{best} is best if {label} is {} {}{now}",
            self.side,
            rounded(self.value)
        )
    }
}

/// The lever that has least far to go until another option is told to be best; where none is,
/// that which has least far to go, and that it is not told.
pub(super) fn message(thresholds: &[Threshold], name: &dyn Fn(usize) -> String) -> String {
    let mut passed: Vec<Passed<'_>> = thresholds.iter().filter_map(Passed::of).collect();
    passed.sort_by(|a, b| a.far.total_cmp(&b.far));
    let is_steady = |threshold: &Threshold| {
        threshold.best_at_low == threshold.best_at_high && threshold.told_at_ends == [true; 2]
    };
    match (passed.iter().find(|passed| passed.told), passed.first()) {
        (Some(told), _) => told.said(name),
        (None, Some(nearest)) => {
            format!("{}, but not told from the next", nearest.said(name))
        }
        (None, None) if thresholds.iter().all(is_steady) => {
            "No lever alone changes which option is best".to_owned()
        }
        (None, None) => "No lever alone is told to change which option is best".to_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::analysis::decide::threshold::Turn;

    /// A lever from 0 to 2, now at 1, at whose ends different options are best.
    pub(in super::super) fn threshold(at: Option<Turn>, told_at_ends: [bool; 2]) -> Threshold {
        Threshold {
            lever: "wish".to_owned(),
            label: "the wish".to_owned(),
            range: (0.0, 2.0),
            now: Some(1.0),
            best_at_low: 0,
            best_at_high: 1,
            told_at_ends,
            at,
            futures: 100,
        }
    }

    /// A turn whose interval goes on beyond the range.
    pub(in super::super) fn turn(value: f64) -> Option<Turn> {
        Some(Turn {
            value,
            low: Some(0.97),
            high: None,
        })
    }

    fn said(thresholds: &[Threshold]) -> String {
        message(thresholds, &|option| ["keys", "comply"][option].to_owned())
    }

    #[test]
    fn an_end_that_is_not_told_from_the_next_is_not_called_best() {
        let untold = threshold(turn(1.45), [true, false]);
        let claim = "comply is best if the wish is above 1.45 (now 1)";
        let doubt = format!("{claim}, but not told from the next");
        assert_eq!(said(std::slice::from_ref(&untold)), doubt);
        // One that is told goes before, even if it is farther.
        let told = threshold(turn(1.9), [false, true]);
        let of_both = said(&[untold, told]);
        assert_eq!(of_both, "comply is best if the wish is above 1.9 (now 1)");
        assert_eq!(said(&[threshold(turn(1.45), [true; 2])]), claim);
        let unknown = said(&[threshold(None, [false; 2])]);
        assert_eq!(
            unknown,
            "No lever alone is told to change which option is best"
        );
    }
}
