//! Words that fit: widths in the one font, which is inside the program, so that a figure is
//! the same on a machine without any.
//!
//! The font is Inter (Andersson 2020, SIL Open Font License) with the letters of Latin, Greek
//! and Cyrillic alphabets. A letter that it lacks is shown as an open square.

use ttf_parser::Face;

use super::FigureError;

/// The family's name in a drawing.
pub const FAMILY: &str = "Inter";
/// Its upright.
pub const REGULAR: &[u8] = include_bytes!("font/Inter-Regular.otf");
/// Its heavier one, for titles.
pub const SEMI_BOLD: &[u8] = include_bytes!("font/Inter-SemiBold.otf");
/// What stands for a letter that the font lacks.
const LACKING: char = '□';

/// How heavy letters are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Text.
    Regular,
    /// Titles.
    Heavy,
}

/// The font, to be measured with.
#[derive(Debug)]
pub struct Lettering {
    regular: Face<'static>,
    heavy: Face<'static>,
}

impl Lettering {
    /// The font inside the program.
    ///
    /// # Errors
    /// [`FigureError::Drawing`] when it is damaged.
    pub fn new() -> Result<Self, FigureError> {
        let face =
            |bytes| Face::parse(bytes, 0).map_err(|error| FigureError::Drawing(error.to_string()));
        Ok(Self {
            regular: face(REGULAR)?,
            heavy: face(SEMI_BOLD)?,
        })
    }

    fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Heavy => &self.heavy,
        }
    }

    /// The text in letters that the font has.
    #[must_use]
    pub fn shown(&self, text: &str) -> String {
        let has = |c| self.regular.glyph_index(c).is_some() && self.heavy.glyph_index(c).is_some();
        let letter = |c: char| match c {
            c if c.is_whitespace() && c != '\u{a0}' => ' ',
            c if has(c) => c,
            _ => LACKING,
        };
        text.chars().map(letter).collect()
    }

    /// Width of a text, in the unit of `size`, the size of the letters.
    #[must_use]
    pub fn width(&self, text: &str, weight: Weight, size: f64) -> f64 {
        let face = self.face(weight);
        let advance = |c| {
            let glyph = face.glyph_index(c).or_else(|| face.glyph_index(LACKING));
            glyph.and_then(|glyph| face.glyph_hor_advance(glyph))
        };
        let units: f64 = text.chars().filter_map(advance).map(f64::from).sum();
        units / f64::from(face.units_per_em()) * size
    }

    /// The text in lines no wider than `room`; a word that is wider is cut.
    #[must_use]
    pub fn wrap(&self, text: &str, weight: Weight, size: f64, room: f64) -> Vec<String> {
        let fits = |line: &str| self.width(line, weight, size) <= room;
        let mut lines: Vec<String> = Vec::new();
        for word in self.shown(text).split(' ').filter(|word| !word.is_empty()) {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer.filter(|line| fits(line)) {
                Some(line) => {
                    lines.pop();
                    lines.push(line);
                }
                None => lines.push(self.cut(word, weight, size, room)),
            }
        }
        lines
    }

    /// The text, or as much of its beginning as fits, with `…` behind.
    #[must_use]
    pub fn cut(&self, text: &str, weight: Weight, size: f64, room: f64) -> String {
        let text = self.shown(text);
        if self.width(&text, weight, size) <= room {
            return text;
        }
        let mut kept = text;
        while kept.pop().is_some() {
            let short = format!("{}…", kept.trim_end());
            if self.width(&short, weight, size) <= room {
                return short;
            }
        }
        "…".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_no_word() {
        let lettering = Lettering::new().unwrap();
        let text = "Half of the cases have ended 31 months after the order";
        let lines = lettering.wrap(text, Weight::Heavy, 12.0, 120.0);
        assert!(lines.len() > 2);
        for line in &lines {
            assert!(
                lettering.width(line, Weight::Heavy, 12.0) <= 120.0,
                "{line}"
            );
        }
        assert_eq!(lines.join(" "), text);
        // What is too wide for a line is cut.
        let long = "W".repeat(60);
        let lines = lettering.wrap(&long, Weight::Regular, 12.0, 100.0);
        assert!(lines.len() == 1 && lines[0].ends_with('…'));
    }

    #[test]
    fn what_the_font_lacks_is_an_open_square() {
        let lettering = Lettering::new().unwrap();
        assert_eq!(
            lettering.shown("EU ≥ 5 % ± 1 – Übersee, Προϊόν"),
            "EU ≥ 5 % ± 1 – Übersee, Προϊόν"
        );
        assert_eq!(lettering.shown("a\n漢\u{1b}"), "a □□");
    }
}
