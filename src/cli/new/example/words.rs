//! Words as a TOML file takes them.

use comity::domain::Date;

/// As in `Dec 2014`.
pub fn month(day: Date) -> String {
    let words = day.in_words();
    words
        .split_once(' ')
        .map_or(words.clone(), |(_, month)| month.to_owned())
}

/// `my-bank` as `My Bank`.
pub fn in_capitals(name: &str) -> String {
    let words = name.split(['-', '_']).filter(|word| !word.is_empty());
    let words = words.map(|word| {
        let (first, rest) = word.split_at(1); // ASCII, as names of files are
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A text as TOML writes it on one line, which is as JSON does but for the character DEL.
pub fn text(words: &str) -> String {
    let quoted = serde_json::Value::from(words).to_string();
    quoted.replace('\u{7f}', "\\u007F")
}

/// A text on one line, as it may stand in a comment.
pub fn plain(words: &str) -> String {
    words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A key as TOML writes it: bare where it can be.
pub fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        text(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_others_cannot_break_the_file() {
        let hostile = "x\"]\n[evil]\ny = \"\u{7f}\u{1b}\\";
        let file = format!("title = {}\n[provider.{}]\n", text(hostile), key(hostile));
        let read: toml::Table = file.parse().unwrap();
        assert_eq!(read["title"].as_str(), Some(hostile));
        assert!(read["provider"].get(hostile).is_some());
        assert!(!read.contains_key("evil"));
        assert_eq!(plain("a\nb"), "a b");
    }

    #[test]
    fn a_name_of_a_file_is_read_as_a_title() {
        assert_eq!(in_capitals("my-bank"), "My Bank");
        assert_eq!(in_capitals("a__b-"), "A B");
    }
}
