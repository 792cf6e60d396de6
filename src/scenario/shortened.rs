//! Words that are too long to be read, such as a name of ten thousand letters, in messages.

use std::borrow::Cow;

/// Letters of a word that is shown whole: paths of deep folders are.
const LONGEST: usize = 400;
/// Letters shown of the beginning and of the end of a longer one.
const KEPT: usize = 60;

/// The text with only the beginning and the end of words that are too long to be read.
#[must_use]
pub fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(LONGEST);
    for word in text.split_inclusive(char::is_whitespace) {
        let letters = word.chars().count();
        if letters <= LONGEST {
            out.push_str(word);
        } else {
            out.extend(word.chars().take(KEPT));
            out.push('…');
            out.extend(word.chars().skip(letters - KEPT));
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_too_long_to_read_are_shortened() {
        let path = format!("cannot read {}: no", "folder/".repeat(50));
        assert_eq!(shortened(&path), path);
        let long = format!("no `{}`; did you mean `x`?", "é".repeat(10_000));
        let shown = shortened(&long);
        assert!(shown.starts_with("no `éé") && shown.ends_with("éé`; did you mean `x`?"));
        assert!(shown.chars().count() < 200, "{shown}");
    }
}
