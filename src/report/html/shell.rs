//! The page around its content: head, style, script, and a policy by which a browser can fetch
//! nothing and run nothing but the one script whose hash it names.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::markup::{Html, escaped, json};
use crate::report::figure::lettering::{REGULAR, SEMI_BOLD};
use crate::scenario::resolved::Report;

/// What tells a page of this program from any other file, on its second line.
pub const MARKER: &str = "<!-- comity report -->";

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// The whole page around `content`.
#[must_use]
pub fn page(title: &str, shown: &Report, content: Html<'_>, data: Value) -> String {
    let mask = content.mask();
    let title = escaped(&mask.told(title));
    let style = style(shown.mark.as_deref().map(|mark| mask.told(mark)).as_deref());
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; font-src data:; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(SCRIPT)
    );
    let data = json(&mask.data(data));
    let content = content.finished();
    format!(
        "<!doctype html>\n{MARKER}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"comity {}\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{content}\
         <script type=\"application/json\" id=\"data\">{data}</script>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The style with its fonts, and the mark on every page printed.
fn style(mark: Option<&str>) -> String {
    let face = |weight: u32, bytes: &[u8]| {
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};\
             src:url(data:font/otf;base64,{}) format(\"opentype\")}}\n",
            STANDARD.encode(bytes)
        )
    };
    let fonts = face(400, REGULAR) + &face(700, SEMI_BOLD);
    let mark = mark.map_or_else(String::new, |mark| {
        format!(
            "@media print{{@page{{@top-right{{content:\"{}\"}}}}}}\n",
            quoted(mark)
        )
    });
    format!("{fonts}{STYLE}{mark}")
}

/// A text within a string of CSS: whatever is no letter, digit or blank is written as a number.
fn quoted(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || c == ' ' {
            safe.push(c);
        } else {
            safe.push_str(&format!("\\{:x} ", u32::from(c)));
        }
    }
    safe
}

/// The source expression of an inline script or style (Content Security Policy Level 3).
fn hash(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_cannot_leave_its_string_of_css() {
        let mark = quoted("A\"}</style><script>");
        assert!(!mark.contains(['"', '<', '>', '}']), "{mark}");
        assert_eq!(quoted("DRAFT 2"), "DRAFT 2");
    }

    #[test]
    fn the_hash_is_that_of_the_standard() {
        // printf 'doSomething();' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            hash("doSomething();"),
            "sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc="
        );
    }

    #[test]
    fn the_script_and_style_are_small_and_end_no_element() {
        assert!(SCRIPT.len() < 40_000);
        for text in [SCRIPT, STYLE] {
            assert!(!text.contains("</"), "ends an element");
        }
    }
}
