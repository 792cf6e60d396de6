//! A drawing in a page: its paper, words and rules take the page's colours, which differ by day
//! and by night. The inks of the data stay, and so do words that stand on them.

use crate::report::figure::draw::Drawing;

/// Fixed colours of the pen, and the classes that take their place.
const SHADES: [(&str, &str); 4] = [
    ("#1A1A1A", "ink"),
    ("#595959", "muted"),
    ("#E2E2E2", "grid"),
    ("#000000", "ink"),
];

/// The drawing as it stands in a page.
#[must_use]
pub fn themed(drawing: &Drawing) -> String {
    let mut out = String::with_capacity(drawing.svg.len());
    let mut sheet = true;
    for (at, piece) in drawing.svg.split('<').enumerate() {
        if at > 0 {
            out.push('<');
        }
        let Some(end) = piece.find('>') else {
            out.push_str(piece);
            continue;
        };
        let (tag, rest) = piece.split_at(end);
        if tag.starts_with("rect") && sheet {
            sheet = false;
            out.push_str(&tag.replacen(" fill=\"#FFFFFF\"", " class=\"sheet\"", 1));
        } else if tag.starts_with("text") && stands_on_ink(tag, drawing) {
            out.push_str(tag);
        } else {
            out.push_str(&recoloured(tag));
        }
        out.push_str(rest);
    }
    out
}

/// A tag with the page's colours.
fn recoloured(tag: &str) -> String {
    for (colour, class) in SHADES {
        for (attribute, kind) in [("fill", "fill"), ("stroke", "line")] {
            let fixed = format!(" {attribute}=\"{colour}\"");
            if tag.contains(&fixed) {
                return tag.replacen(&fixed, &format!(" class=\"{kind}-{class}\""), 1);
            }
        }
    }
    tag.to_owned()
}

/// Whether words stand in the middle of the plot, where areas of ink are.
fn stands_on_ink(tag: &str, drawing: &Drawing) -> bool {
    let number = |name: &str| {
        let (_, from) = tag.split_once(&format!(" {name}=\""))?;
        from.split('"').next()?.parse::<f64>().ok()
    };
    let units = |pixels: f64| pixels * UNITS;
    let (Some(y), true) = (number("y"), tag.contains("text-anchor=\"middle\"")) else {
        return false;
    };
    (units(drawing.frame.top)..=units(drawing.frame.bottom)).contains(&y)
}

/// Units of a drawing in a pixel.
const UNITS: f64 = 20.0;
