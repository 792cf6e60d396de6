//! A drawing in a page: its paper, words and rules take the page's colours, which differ by day
//! and by night. The inks of the data stay, and so do words that stand on them, which the pen
//! writes in shades of their own.

use crate::report::figure::draw::Drawing;

/// Fixed colours of the pen, and the names that take their place.
const SHADES: [(&str, &str); 5] = [
    ("#1A1A1A", "ink"),
    ("#595959", "muted"),
    ("#E2E2E2", "grid"),
    ("#FFFFFF", "sheet"),
    ("#000000", "ink"),
];

/// The drawing as it stands in a page.
#[must_use]
pub fn themed(drawing: &Drawing) -> String {
    let mut out = String::with_capacity(drawing.svg.len());
    for (at, piece) in drawing.svg.split('<').enumerate() {
        if at > 0 {
            out.push('<');
        }
        let Some(end) = piece.find('>') else {
            out.push_str(piece);
            continue;
        };
        let (tag, rest) = piece.split_at(end);
        out.push_str(&recoloured(tag));
        out.push_str(rest);
    }
    out
}

/// A tag with the page's colours.
fn recoloured(tag: &str) -> String {
    let mut tag = tag.to_owned();
    let mut classes: Vec<String> = Vec::new();
    for (colour, name) in SHADES {
        for (attribute, kind) in [("fill", "fill"), ("stroke", "line")] {
            let fixed = format!(" {attribute}=\"{colour}\"");
            if tag.contains(&fixed) {
                tag = tag.replacen(&fixed, "", 1);
                classes.push(format!("{kind}-{name}"));
            }
        }
    }
    if classes.is_empty() {
        return tag;
    }
    let class = format!(" class=\"{}\"", classes.join(" "));
    match tag.strip_suffix('/') {
        Some(open) => format!("{open}{class}/"),
        None => tag + &class,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figure::layout::Frame;

    #[test]
    fn sheet_words_and_rules_take_the_pages_colours_and_inks_stay() {
        let svg = "<svg>\n<rect width=\"9\" fill=\"#FFFFFF\" stroke=\"none\"/>\
                   <polyline fill=\"none\" stroke=\"#E2E2E2\"/>\
                   <circle fill=\"#FFFFFF\" stroke=\"#1A1A1A\"/>\
                   <text fill=\"#1A1A1A\">\nw</text><text fill=\"#141414\">\non ink</text>\
                   <path fill=\"#0072B2\"/></svg>";
        let drawing = Drawing {
            svg: svg.to_owned(),
            size: (100.0, 100.0),
            frame: Frame {
                left: 0.0,
                right: 100.0,
                top: 10.0,
                bottom: 100.0,
            },
        };
        let themed = themed(&drawing);
        for part in [
            "<rect width=\"9\" stroke=\"none\" class=\"fill-sheet\"/>",
            "<polyline fill=\"none\" class=\"line-grid\"/>",
            "<circle class=\"line-ink fill-sheet\"/>",
            "<text class=\"fill-ink\">",
            "<text fill=\"#141414\">",
            "<path fill=\"#0072B2\"/>",
        ] {
            assert!(themed.contains(part), "{part}: {themed}");
        }
    }
}
