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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figure::layout::Frame;

    #[test]
    fn words_take_the_pages_colours_unless_they_stand_on_ink() {
        let text = |y: u32, anchor: &str| {
            format!("<text x=\"9\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"#1A1A1A\">\nw</text>")
        };
        let drawing = Drawing {
            svg: [
                "<svg>\n<rect width=\"9\" fill=\"#FFFFFF\" stroke=\"none\"/>".to_owned(),
                "<polyline fill=\"none\" stroke=\"#E2E2E2\"/><rect fill=\"#FFFFFF\"/>".to_owned(),
                text(1000, "middle"),
                text(1000, "start"),
                text(4000, "middle"),
                "<path fill=\"#0072B2\"/></svg>".to_owned(),
            ]
            .concat(),
            size: (100.0, 100.0),
            frame: Frame {
                left: 0.0,
                right: 100.0,
                top: 10.0,
                bottom: 100.0,
            },
        };
        let themed = themed(&drawing);
        assert_eq!(themed.matches("class=\"sheet\"").count(), 1, "{themed}");
        assert_eq!(themed.matches("class=\"line-grid\"").count(), 1, "{themed}");
        assert_eq!(themed.matches("class=\"fill-ink\"").count(), 2, "{themed}");
        assert_eq!(
            themed.matches("#1A1A1A").count(),
            1,
            "the word on ink: {themed}"
        );
        assert_eq!(themed.matches("#0072B2").count(), 1, "{themed}");
    }
}
