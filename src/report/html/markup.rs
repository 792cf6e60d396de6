//! Markup, into which a text can come in one way only: escaped, masked, and with control
//! characters made visible. Tags and the names of attributes are words of this program.

use super::mask::Mask;

/// A page being written.
#[derive(Debug)]
pub struct Html<'m> {
    out: String,
    mask: &'m Mask,
}

/// An attribute and its value.
pub type Attribute<'a> = (&'static str, &'a str);

/// Attributes whose values are texts and names from a scenario. All others are words of this
/// program, by which its script and style find their way, whatever actors are called.
const OF_SCENARIO: [&str; 4] = ["aria-label", "title", "data-lever", "data-name"];

impl<'m> Html<'m> {
    /// An empty one.
    #[must_use]
    pub const fn new(mask: &'m Mask) -> Self {
        Self {
            out: String::new(),
            mask,
        }
    }

    /// What texts are replaced by.
    #[must_use]
    pub const fn mask(&self) -> &'m Mask {
        self.mask
    }

    /// Opens an element.
    pub fn open(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            if OF_SCENARIO.contains(name) {
                self.text(value);
            } else {
                self.out.push_str(&escaped(value));
            }
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Closes an element.
    pub fn close(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push_str(">\n");
    }

    /// An element that holds a text.
    pub fn element(&mut self, tag: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// The same at the end of a line.
    pub fn line(&mut self, tag: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.element(tag, attributes, text);
        self.out.push('\n');
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.out.push_str(&escaped(&self.mask.told(text)));
    }

    /// Markup that this program made of texts that were escaped: a drawing, or its own script
    /// and style.
    pub fn ours(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// The markup.
    #[must_use]
    pub fn finished(self) -> String {
        self.out
    }
}

/// What HTML would obey in a text, written so that it is read.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Data within a script element: nothing in it can end the element.
#[must_use]
pub fn json(value: &serde_json::Value) -> String {
    let text = value.to_string();
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::resolved::ActorLabel;

    #[test]
    fn no_text_opens_an_element_or_ends_an_attribute() {
        let mask = Mask::default();
        let mut html = Html::new(&mask);
        let hostile = "</script><img src=x onerror='alert(1)'>\" {{ \u{202e}";
        html.element("p", &[("title", hostile)], hostile);
        let page = html.finished();
        assert_eq!(page.matches('<').count(), 2, "{page}");
        assert_eq!(page.matches('"').count(), 2, "{page}");
        assert!(page.contains("\\u{202e}"), "{page}");
    }

    #[test]
    fn words_of_the_program_are_never_masked() {
        let label = |name: &str| ActorLabel {
            name: name.to_owned(),
            title: name.to_owned(),
            label: "Bank A".to_owned(),
        };
        let mask = Mask::of(&[label("print"), label("compare")]);
        let mut html = Html::new(&mask);
        html.element("button", &[("id", "print"), ("title", "print")], "print");
        assert_eq!(
            html.finished(),
            "<button id=\"print\" title=\"Bank A\">Bank A</button>"
        );
        let data = serde_json::json!({ "kind": "compare", "name": "compare" });
        let masked = serde_json::json!({ "kind": "compare", "name": "Bank A" });
        assert_eq!(mask.data(data), masked);
    }

    #[test]
    fn no_data_ends_a_script() {
        let value = serde_json::json!({ "</script>": ["<!--", "&amp;", "\u{2028}"] });
        let text = json(&value);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, value);
    }
}
