//! Words beside the plot, at its right: each as near to the height of its place as the others
//! leave it, with a rule that leads there.

use super::FigureError;
use super::chart::{Beside, Mark, Word};
use super::layout::Layout;
use super::lettering::Weight;
use super::pen::{Anchor, Pen, Shade};

/// From the plot's edge to a word, and from one word to the next, in letters.
const TO_A_WORD: f64 = 1.4;
const LEADING: f64 = 1.15;

impl<'c> Layout<'c> {
    fn words_beside(&self) -> impl Iterator<Item = &'c Word> + use<'c> {
        let marks: &'c [Mark] = &self.chart.marks;
        marks.iter().filter_map(|mark| match mark {
            Mark::Word(word) if word.beside == Beside::Edge => Some(word),
            _ => None,
        })
    }

    /// Words beside the plot, each as near to its place as those above it leave it, and none
    /// below the plot.
    pub(super) fn place_beside(&mut self) {
        let leading = LEADING * self.text;
        let words = self.words_beside().filter_map(|word| {
            let [_, y] = self.frame.place(self.chart, word.at);
            Some((y, y, self.lettering.shown(word.texts.first()?)))
        });
        let mut words: Vec<(f64, f64, String)> = words.collect();
        words.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut least = self.frame.top + 0.5 * leading;
        for word in &mut words {
            word.1 = word.1.max(least);
            least = word.1 + leading;
        }
        let mut most = self.frame.bottom - 0.5 * leading;
        for word in words.iter_mut().rev() {
            word.1 = word.1.min(most);
            most = word.1 - leading;
        }
        self.beside = words;
    }

    /// The width that they take, with the rules.
    pub(super) fn width_beside(&self) -> f64 {
        let texts = self.words_beside().filter_map(|word| word.texts.first());
        let wide = texts.map(|text| {
            let shown = self.lettering.shown(text);
            let wide = self.lettering.width(&shown, Weight::Regular, self.text);
            wide + TO_A_WORD * self.text
        });
        wide.fold(0.0, f64::max)
    }

    /// The least height of a plot that has them all beside it.
    pub(super) fn height_beside(&self) -> f64 {
        LEADING * self.text * self.words_beside().count() as f64
    }

    /// Words beside the plot, with a rule from the height of its place to each.
    pub(super) fn draw_beside(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let (edge, text) = (self.frame.right, self.text);
        let hand = self.hand((1.0, Weight::Regular, Shade::Text));
        let left = edge + TO_A_WORD * text;
        for (from, to, word) in &self.beside {
            let ends = ([edge, *from], [left - 0.3 * text, *to]);
            pen.rule(ends.0, ends.1, Shade::Text, 0.08 * text)?;
            pen.words(word, [left, to + 0.36 * text], Anchor::Start, hand)?;
        }
        Ok(())
    }
}
