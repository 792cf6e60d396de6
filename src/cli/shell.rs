//! Words as a shell takes them, for commands that are shown to be typed.

/// The word itself, in quotes where a shell would change it.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_word_that_a_shell_would_change_stands_in_quotes() {
        let pairs = [
            ("preska-2014", "preska-2014"),
            ("out/my run", "'out/my run'"),
            ("it's", r"'it'\''s'"),
            ("title=\"x\"", "'title=\"x\"'"),
            ("", "''"),
        ];
        for (word, shown) in pairs {
            assert_eq!(quoted(word), shown);
        }
    }
}
