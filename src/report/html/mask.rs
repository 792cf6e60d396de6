//! What actors are called on a page: `[report.labels]` of the scenario.
//!
//! Every text of a page passes here on its way into it, those of figures and of the data for the
//! page's script too. A name or title is replaced where it stands as a word of its own, in
//! whatever capitals, and as names of columns and metrics have it; a name of one or two letters
//! only as it is written, or within such a name. What is called otherwise (a brand, an
//! abbreviation, a former name) stays.

use crate::ensemble::column_name;
use crate::report::figure::chart::{Chart, Mark};
use crate::report::layout::Span;
use crate::scenario::resolved::ActorLabel;

/// Names so short that other words may be the same in other capitals.
const SHORT: usize = 2;

/// Fields that hold numbers or words of this program, in letters that may look like a name.
const VERBATIM: [&str; 5] = ["held", "values", "family", "kind", "id"];

/// What is replaced, and by what.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mask {
    /// Words and what stands for them, the longest first.
    words: Vec<(String, String)>,
}

impl Mask {
    /// Of these labels.
    #[must_use]
    pub fn of(labels: &[ActorLabel]) -> Self {
        let both = labels.iter().flat_map(|label| {
            let words = [&label.title, &label.name].map(String::clone);
            // A short one is found there by its own letters.
            let in_columns = Some(column_name(&label.name));
            let in_columns = in_columns.filter(|name| name.len() > SHORT);
            let words = words.into_iter().chain(in_columns);
            words.map(|word| (word, label.label.clone()))
        });
        let mut words: Vec<_> = both.filter(|(word, _)| !word.trim().is_empty()).collect();
        words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        words.dedup();
        Self { words }
    }

    /// Whether it replaces anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The text as the page has it: masked, and with control characters made visible.
    #[must_use]
    pub fn told(&self, text: &str) -> String {
        let shown = Span::plain(text);
        let text = shown.text();
        if self.is_empty() {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut before = None;
        while let Some(c) = rest.chars().next() {
            match self.at(before, rest) {
                Some((taken, label)) => {
                    out.push_str(label);
                    before = rest[..taken].chars().next_back();
                    rest = &rest[taken..];
                }
                None => {
                    out.push(c);
                    before = Some(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }

    /// The word at the beginning of a text, if it is one to be replaced: its bytes, and its label.
    fn at(&self, before: Option<char>, text: &str) -> Option<(usize, &str)> {
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        self.words.iter().find_map(|(word, label)| {
            let head = text.get(..word.len())?;
            let after = text[word.len()..].chars().next();
            let in_a_column = before == Some('_') || after == Some('_');
            let equal = if word.len() <= SHORT && !in_a_column {
                head == word
            } else {
                head.eq_ignore_ascii_case(word)
            };
            let ends = !after.is_some_and(char::is_alphanumeric);
            (equal && ends).then_some((word.len(), label.as_str()))
        })
    }

    /// A chart with its words masked, before they are measured and drawn.
    #[must_use]
    pub fn chart(&self, chart: &Chart) -> Chart {
        let mut chart = chart.clone();
        let keys = chart.key.iter_mut().map(|entry| &mut entry.label);
        let ticks = chart.x.ticks.iter_mut().chain(&mut chart.y.ticks);
        let ticks = ticks.map(|tick| &mut tick.label);
        let below = chart.below.iter_mut().map(|row| &mut row.label);
        let own = [
            &mut chart.title,
            &mut chart.subtitle,
            &mut chart.footer,
            &mut chart.x.label,
            &mut chart.y.label,
        ];
        for text in keys.chain(ticks).chain(below).chain(own) {
            *text = self.told(text);
        }
        for mark in &mut chart.marks {
            match mark {
                Mark::Moment { label, .. } => *label = self.told(label),
                Mark::Word(word) => {
                    for text in &mut word.texts {
                        *text = self.told(text);
                    }
                }
                Mark::Band { .. } | Mark::Line { .. } | Mark::Dot { .. } => {}
            }
        }
        chart
    }

    /// Data for the page's script, every text of it as the page has it.
    #[must_use]
    pub fn data(&self, value: serde_json::Value) -> serde_json::Value {
        use serde_json::Value;
        match value {
            Value::String(text) => Value::String(self.told(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.data(item)).collect(),
            Value::Object(fields) => fields
                .into_iter()
                .map(|(key, value)| {
                    let is_verbatim = VERBATIM.contains(&key.as_str());
                    let value = if is_verbatim { value } else { self.data(value) };
                    (key, value)
                })
                .collect(),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask() -> Mask {
        let label = |name: &str, title: &str, label: &str| ActorLabel {
            name: name.to_owned(),
            title: title.to_owned(),
            label: label.to_owned(),
        };
        Mask::of(&[
            label("microsoft", "Microsoft", "Provider A"),
            label("US", "United States", "Country X"),
            label("t-systems", "T-Systems", "Provider B"),
        ])
    }

    #[test]
    fn names_and_titles_are_replaced_as_words() {
        let pairs = [
            ("Microsoft decides", "Provider A decides"),
            ("MICROSOFT, of Redmond", "Provider A, of Redmond"),
            (
                "provider.microsoft.price_usd",
                "provider.Provider A.price_usd",
            ),
            ("npv_microsoft", "npv_Provider A"),
            ("Microsofts", "Microsofts"),
            ("US firms, not us", "Country X firms, not us"),
            ("the United States'", "the Country X'"),
            ("näxt Microsoft", "näxt Provider A"),
            (
                "spend_share_eu_in_t_systems",
                "spend_share_eu_in_Provider B",
            ),
            ("trust_in_parent_us", "trust_in_parent_Country X"),
            ("tell us", "tell us"),
        ];
        for (text, told) in pairs {
            assert_eq!(mask().told(text), told);
        }
    }

    #[test]
    fn without_labels_only_control_characters_change() {
        let none = Mask::default();
        assert!(none.is_empty());
        assert_eq!(none.told("a\u{202e}b\tMicrosoft"), "a\\u{202e}b Microsoft");
    }
}
