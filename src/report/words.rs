//! Words for chances, always beside their figure.

use serde::{Deserialize, Serialize};

use super::ending::Share;

/// A word and the chance, in per cent, from which it holds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChanceWord {
    /// Lowest chance, per cent.
    pub from_percent: f64,
    /// The word.
    pub word: String,
}

/// Words for chances: thresholds as data, so that a scenario may set its own.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChanceWords(Vec<ChanceWord>);

impl Default for ChanceWords {
    fn default() -> Self {
        Self::new(
            [
                (95.0, "almost certain"),
                (80.0, "very likely"),
                (60.0, "likely"),
                (40.0, "about even"),
                (20.0, "unlikely"),
                (5.0, "very unlikely"),
                (0.0, "remote"),
            ]
            .map(|(from_percent, word)| ChanceWord {
                from_percent,
                word: word.to_owned(),
            }),
        )
    }
}

impl ChanceWords {
    /// A table of words, in any order.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = ChanceWord>) -> Self {
        let mut words: Vec<_> = words.into_iter().collect();
        words.sort_by(|a, b| b.from_percent.total_cmp(&a.from_percent));
        Self(words)
    }

    fn position(&self, percent: f64) -> Option<usize> {
        self.0.iter().position(|word| percent >= word.from_percent)
    }

    /// Whether a share, as shown, has the word for the least chances.
    #[must_use]
    pub fn is_least(&self, share: &Share) -> bool {
        let at = self.position((100.0 * share.value()).round());
        at.is_none_or(|at| at + 1 == self.0.len())
    }

    /// The word for a share of futures, judged by the whole per cent that is shown;
    /// `None` where the interval of the share spans more than two words, or is missing.
    #[must_use]
    pub fn word(&self, share: &Share) -> Option<&str> {
        let interval = share.interval?;
        let surest = self.position(100.0 * interval.high)?;
        let least_sure = self.position(100.0 * interval.low)?;
        let at = self.position((100.0 * share.value()).round())?;
        (least_sure - surest <= 1).then(|| self.0[at].word.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::estimate;

    #[test]
    fn the_words_for_chances_are_those_of_the_front_page() {
        let words = ChanceWords::default();
        let said = |count| {
            let share = estimate::share(count, 100_000);
            words.word(&share).unwrap().to_owned()
        };
        let table = [
            (95_000, "almost certain"),
            (94_000, "very likely"),
            (80_000, "very likely"),
            (79_000, "likely"),
            (60_000, "likely"),
            (59_000, "about even"),
            (40_000, "about even"),
            (39_000, "unlikely"),
            (20_000, "unlikely"),
            (19_000, "very unlikely"),
            (5_000, "very unlikely"),
            (4_000, "remote"),
            (0, "remote"),
        ];
        for (count, word) in table {
            assert_eq!(said(count), word, "{count}");
        }
    }

    #[test]
    fn a_word_is_withheld_where_the_figure_is_too_unsure() {
        let words = ChanceWords::default();
        // Wilson: 5 of 10 lies between 24 % and 76 %, from unlikely to likely.
        assert_eq!(words.word(&estimate::share(5, 10)), None);
        assert_eq!(words.word(&estimate::share(3, 9)), None);
        let own =
            ChanceWords::new(
                [(50.0, "yes"), (0.0, "no")].map(|(from_percent, word)| ChanceWord {
                    from_percent,
                    word: word.into(),
                }),
            );
        assert_eq!(own.word(&estimate::share(5, 10)), Some("yes"));
        assert_eq!(ChanceWords::new([]).word(&estimate::share(5, 10)), None);
    }
}
