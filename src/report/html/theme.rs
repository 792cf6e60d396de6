//! A drawing in a page: its paper, words and rules take the page's colours, which differ by day
//! and by night. So do black and grey, the inks that differ by the sheet, and the words on them.
//! The other inks of the data stay, and so do the words on these, which the pen writes in shades
//! of their own.

use crate::report::figure::draw::Drawing;

/// Fixed colours of the pen, and the names that take their place.
const SHADES: [(&str, &str); 8] = [
    ("#1A1A1A", "ink"),
    ("#595959", "muted"),
    ("#E2E2E2", "grid"),
    ("#FFFFFF", "sheet"),
    ("#000000", "ink"),
    ("#BBBBBB", "grey"),
    ("#020202", "on-grey"),
    ("#FDFDFD", "on-black"),
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
    use crate::report::figure::axis::Axis;
    use crate::report::figure::chart::{Chart, Mark, Word};
    use crate::report::figure::draw::draw;
    use crate::report::figure::ink::{Ink, Rgb, contrast};
    use crate::report::figure::layout::Frame;
    use crate::report::figure::paper::{Theme, Width};

    /// What can be read by those who see less (WCAG 2, level AA).
    const LEGIBLE: f64 = 4.5;
    const STYLE: &str = include_str!("page.css");

    fn rgb(hex: &str) -> Rgb {
        let digits = hex.trim_start_matches('#');
        let long: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => digits.to_owned(),
        };
        let channel = |at: usize| u8::from_str_radix(&long[at..at + 2], 16).unwrap();
        (channel(0), channel(2), channel(4))
    }

    /// What the rule with this head says of a variable.
    fn declared(rule: &str, name: &str) -> &'static str {
        let (_, rest) = STYLE.split_once(rule).unwrap();
        let (rule, _) = rest.split_once('}').unwrap();
        let (_, value) = rule.split_once(&format!("--{name}:")).unwrap();
        value.split(';').next().unwrap()
    }

    /// The colour of a variable in the rule with this head.
    fn variable(rule: &str, name: &str) -> Rgb {
        rgb(declared(rule, name))
    }

    /// The strength of an area: more by night, as the pen has it, where the style says so.
    fn strong(written: &str, night: bool) -> f64 {
        let strength: f64 = written.parse().unwrap();
        let more = format!("[opacity=\"{written}\"]{{opacity:calc({written}*(1 + var(--night)*");
        match STYLE.split_once(&more) {
            Some((_, rest)) if night => {
                let rest: f64 = rest.split(')').next().unwrap().parse().unwrap();
                assert!((rest - (1.0 - strength)).abs() < 1e-9);
                strength * (1.0 + rest)
            }
            _ => strength,
        }
    }

    fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next()
    }

    /// The colour that fills a tag: its own, or that of its class in a rule of the style.
    fn filled(tag: &str, rule: Option<&str>) -> Rgb {
        if let Some(fixed) = attribute(tag, "fill") {
            return rgb(fixed);
        }
        let classes = attribute(tag, "class").unwrap().split(' ');
        let class = classes
            .filter_map(|class| class.strip_prefix("fill-"))
            .next()
            .unwrap();
        // The class takes its colour from the variable that the style names.
        let (_, declared) = STYLE
            .split_once(&format!(".fill-{class}{{fill:var(--"))
            .unwrap();
        variable(rule.unwrap(), declared.split(')').next().unwrap())
    }

    /// How well each word stands out from the area behind it, by the ink of the area.
    fn contrasts(svg: &str, paper: Rgb, rule: Option<&str>) -> Vec<f64> {
        let (mut ground, mut found) = (paper, Vec::new());
        // A drawing for a dark sheet has its strengths already.
        let night = rule.is_some_and(|rule| declared(rule, "night") == "1");
        for piece in svg.split('<') {
            let Some((tag, text)) = piece.split_once('>') else {
                continue;
            };
            if tag.starts_with("polygon") {
                let strength = attribute(tag, "opacity").unwrap_or("1");
                let strength = strong(strength, night);
                let ink = filled(tag, rule);
                let mixed = |ink: u8, paper: u8| {
                    (strength * f64::from(ink) + (1.0 - strength) * f64::from(paper)).round() as u8
                };
                ground = (
                    mixed(ink.0, paper.0),
                    mixed(ink.1, paper.1),
                    mixed(ink.2, paper.2),
                );
            } else if tag.starts_with("text") && text.trim() == "w" {
                found.push(contrast(filled(tag, rule), ground));
            }
        }
        found
    }

    /// Every ink that words may stand on, in the strengths in which they do.
    fn grounds() -> Vec<(Ink, f64)> {
        let mut all: Vec<_> = Ink::SERIES.into_iter().map(|ink| (ink, 1.0)).collect();
        all.extend((0..=255).map(|part| (Ink::Much(part), 1.0)));
        all.extend([(Ink::Black, 1.0), (Ink::Grey, 1.0), (Ink::Grey, 0.55)]);
        all
    }

    #[test]
    fn every_word_can_be_read_on_every_ink_by_day_and_by_night_and_on_paper() {
        let mut marks = Vec::new();
        for (ink, strength) in grounds() {
            marks.push(Mark::Band {
                ink,
                strength,
                points: vec![[0.2, 0.2, 0.4], [0.4, 0.2, 0.4]],
            });
            marks.push(Mark::Word(Word::on([0.3, 0.3], "w".to_owned(), ink)));
        }
        let chart = Chart {
            title: "words on inks".to_owned(),
            subtitle: String::new(),
            key: Vec::new(),
            x: Axis::of_shares(),
            y: Axis::of_shares(),
            marks,
            below: Vec::new(),
            footer: String::new(),
        };
        let drawn = |theme| draw(&chart, &Width::Double.paper().in_theme(theme)).unwrap();
        let by_day = drawn(Theme::Light);
        let in_page = themed(&by_day);
        let sheets = [
            (&by_day.svg, (255, 255, 255), None),
            (&drawn(Theme::Dark).svg, (22, 22, 22), None),
            (&in_page, variable(":root{", "paper"), Some(":root{")),
        ];
        let rules = [
            ":root[data-theme=dark]{",
            ":root:not([data-theme=light]){",
            ":root,:root[data-theme]{",
        ];
        let in_rules = rules.map(|rule| (&in_page, variable(rule, "paper"), Some(rule)));
        for (svg, paper, rule) in sheets.into_iter().chain(in_rules) {
            let found = contrasts(svg, paper, rule);
            assert_eq!(found.len(), grounds().len());
            for ((ink, strength), found) in grounds().into_iter().zip(found) {
                assert!(found >= LEGIBLE, "{ink:?} {strength} {rule:?}: {found}");
            }
        }
    }

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
