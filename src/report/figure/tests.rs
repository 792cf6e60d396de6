//! What is drawn is read back from the drawing and held against what was meant.

use super::axis::{Axis, Said, Spacing, Tick};
use super::chart::{Beside, Chart, KeyEntry, Mark, RowBelow, Sample, Shape, Stroke, Word};
use super::draw::{Drawing, draw};
use super::ink::Ink;
use super::lettering::{Lettering, Weight};
use super::outline::Outlined;
use super::paper::{Theme, Width};
use super::stack::{Layer, stacked};
use crate::domain::Date;
use crate::report::ending::EndingGroup;
use crate::scenario::library::scenario_names;
use crate::scenario::resolved::Model;
use crate::scenario::{ScenarioTarget, load};

/// How far a place may be off, pixels.
const TOLERANCE: f64 = 0.05;

/// The corners of each curve or area of a colour in an outlined drawing, pixels.
fn paths(svg: &str, paint: &str) -> Vec<Vec<[f64; 2]>> {
    assert!(
        svg.contains("matrix(0.05 0 0 0.05 0 0)"),
        "the scale of the drawing"
    );
    let with = svg.lines().filter(|line| line.contains(paint));
    with.map(|line| {
        let (_, rest) = line.split_once(" d=\"").unwrap();
        let (data, _) = rest.split_once('"').unwrap();
        let numbers: Vec<f64> = data
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        numbers
            .chunks_exact(2)
            .map(|at| [0.05 * at[0], 0.05 * at[1]])
            .collect()
    })
    .collect()
}

/// A straight map through two places and the values there.
fn map((value_a, at_a): (f64, f64), (value_b, at_b): (f64, f64)) -> impl Fn(f64) -> f64 {
    move |value| at_a + (value - value_a) * (at_b - at_a) / (value_b - value_a)
}

fn line(ink: Ink, stroke: Stroke, points: &[[f64; 2]]) -> Mark {
    Mark::Line {
        ink,
        stroke,
        points: points.to_vec(),
    }
}

fn chart(marks: Vec<Mark>) -> Chart {
    let tick = |at: f64| Tick {
        at,
        label: format!("{at}"),
    };
    Chart {
        title: "A title that says what is seen".to_owned(),
        subtitle: "what is measured, in per cent".to_owned(),
        key: Vec::new(),
        x: Axis {
            label: "days".to_owned(),
            from: 0.0,
            to: 400.0,
            ticks: [0.0, 100.0, 400.0].map(tick).into(),
            scale: Spacing::Even,
            said: Said::default(),
        },
        y: Axis::of_numbers("", (3.0, 87.0), " %", 5),
        marks,
        below: Vec::new(),
        footer: "40 futures · seed 1".to_owned(),
    }
}

#[test]
fn what_is_drawn_lies_where_its_numbers_are_on_the_axes() {
    let points = [[0.0, 3.0], [17.3, 41.7], [211.9, 12.2], [400.0, 87.0]];
    let band = [[0.0, 10.0, 20.0], [133.0, 11.1, 55.5], [400.0, 30.0, 31.0]];
    let chart = chart(vec![
        Mark::Band {
            ink: Ink::Vermilion,
            strength: 0.5,
            points: band.to_vec(),
        },
        line(Ink::Blue, Stroke::Solid, &points),
    ]);
    for width in Width::ALL {
        let drawing = draw(&chart, &width.paper()).unwrap();
        let svg = Outlined::of(&drawing).unwrap().svg();
        // The axes by their own marks: rules behind the data, and ticks below it.
        let rules = paths(&svg, "stroke=\"#e2e2e2\"");
        let ticks = &chart.y.ticks;
        assert_eq!(rules.len(), ticks.len());
        let last = ticks.len() - 1;
        let y = map(
            (ticks[0].at, rules[0][0][1]),
            (ticks[last].at, rules[last][0][1]),
        );
        let marks = paths(&svg, "stroke=\"#1a1a1a\"");
        let below: Vec<f64> = marks
            .iter()
            .filter(|mark| mark[0][0] == mark[1][0])
            .map(|mark| mark[0][0])
            .collect();
        assert_eq!(below.len(), 3);
        let x = map((0.0, below[0]), (400.0, below[2]));
        let near = |drawn: [f64; 2], meant: [f64; 2]| {
            let off = (drawn[0] - x(meant[0]))
                .abs()
                .max((drawn[1] - y(meant[1])).abs());
            assert!(
                off <= TOLERANCE,
                "{width:?}: {drawn:?} is {off} px from {meant:?}"
            );
        };
        let [curve] = &paths(&svg, "stroke=\"#0072b2\"")[..] else {
            panic!("one curve")
        };
        assert_eq!(curve.len(), points.len());
        curve
            .iter()
            .zip(points)
            .for_each(|(drawn, meant)| near(*drawn, meant));
        let [area] = &paths(&svg, "fill=\"#d55e00\"")[..] else {
            panic!("one area")
        };
        let upper = band.iter().map(|&[x, _, high]| [x, high]);
        let lower = band.iter().rev().map(|&[x, low, _]| [x, low]);
        assert_eq!(area.len(), 6);
        area.iter()
            .zip(upper.chain(lower))
            .for_each(|(drawn, meant)| near(*drawn, meant));
    }
}

/// Rows by name go down in equal steps, and ratios across have equal steps for equal ratios.
#[test]
fn bars_and_dots_lie_in_their_rows_and_at_their_ratios() {
    let mut chart = chart(vec![
        Mark::Band {
            ink: Ink::Vermilion,
            strength: 1.0,
            points: vec![[3.0, 0.7, 1.3], [30.0, 0.7, 1.3]],
        },
        Mark::Dot {
            at: [30.0, 2.0],
            ink: Ink::Green,
            shape: Shape::Diamond,
        },
    ]);
    chart.x = Axis::of_powers("ratio", (2.0, 200.0));
    chart.y = Axis::of_rows(["first", "second", "third"].map(str::to_owned));
    for width in Width::ALL {
        let drawing = draw(&chart, &width.paper()).unwrap();
        let svg = Outlined::of(&drawing).unwrap().svg();
        // Rules up the plot, at the ticks across.
        let rules = paths(&svg, "stroke=\"#e2e2e2\"");
        assert_eq!(rules.len(), chart.x.ticks.len());
        let (left, right) = (rules[0][0][0], rules[rules.len() - 1][0][0]);
        let (top, bottom) = (
            rules[0][0][1].min(rules[0][1][1]),
            rules[0][0][1].max(rules[0][1][1]),
        );
        // ln 1.5 and ln 15 over ln 100, to seven digits, by hand.
        let x = |part: f64| left + part * (right - left);
        let (three, thirty) = (x(0.088_045_6), x(0.588_045_6));
        let y = |row: f64| top + (row + 0.5) / 3.0 * (bottom - top);
        let [bar] = &paths(&svg, "fill=\"#d55e00\"")[..] else {
            panic!("one bar")
        };
        let meant = [
            [three, y(1.3)],
            [thirty, y(1.3)],
            [thirty, y(0.7)],
            [three, y(0.7)],
        ];
        for (drawn, meant) in bar.iter().zip(meant) {
            let off = (drawn[0] - meant[0]).abs().max((drawn[1] - meant[1]).abs());
            assert!(off <= TOLERANCE, "{width:?}: {drawn:?}, not {meant:?}");
        }
        let [dot] = &paths(&svg, "fill=\"#009e73\"")[..] else {
            panic!("one dot")
        };
        let middle = [0, 1].map(|at| dot.iter().map(|corner| corner[at]).sum::<f64>() / 4.0);
        let off = (middle[0] - thirty).abs().max((middle[1] - y(2.0)).abs());
        assert!(off <= TOLERANCE, "{width:?}: {middle:?}");
    }
}

/// Left and right of every word of a drawing, with the word.
fn words(drawing: &Drawing) -> Vec<(f64, f64, f64, String)> {
    let lettering = Lettering::new().unwrap();
    let mut words = Vec::new();
    for part in drawing.svg.split("<text ").skip(1) {
        let (head, rest) = part.split_once(">\n").unwrap();
        let text = rest.split_once('\n').unwrap().0.replace("&amp;", "&");
        let text = text.replace("&lt;", "<").replace("&gt;", ">");
        let value = |name: &str| {
            let (_, rest) = head.split_once(&format!("{name}=\"")).unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let number = |name: &str| 0.05 * value(name).parse::<f64>().unwrap();
        let weight = if head.contains("bold") {
            Weight::Heavy
        } else {
            Weight::Regular
        };
        let wide = lettering.width(&text, weight, number("font-size"));
        let left = match &*value("text-anchor") {
            "start" => number("x"),
            "middle" => number("x") - 0.5 * wide,
            _ => number("x") - wide,
        };
        words.push((left, left + wide, number("y"), text));
    }
    words
}

#[test]
fn nothing_is_clipped_however_long_or_many() {
    let long = "a name that no one would give, with <angles> & ampersands, and 漢字 besides";
    let mut full = chart(Vec::new());
    full.title = format!("{long}: {long}");
    full.subtitle = long.repeat(3);
    full.footer = long.repeat(4);
    for (at, ink) in Ink::SERIES
        .into_iter()
        .chain([Ink::Black, Ink::Grey])
        .enumerate()
    {
        full.marks.push(line(
            ink,
            Stroke::Dashed,
            &[[0.0, 5.0 + at as f64], [400.0, 80.0]],
        ));
        full.marks.push(Mark::Moment {
            at: 40.0 * at as f64,
            label: long.to_owned(),
        });
        full.key.push(KeyEntry {
            ink,
            sample: Sample::Line(Stroke::Dashed),
            label: format!("{at}: {long}"),
        });
    }
    full.below.push(RowBelow {
        label: long.repeat(2),
        numbers: vec![(0.0, "10,000".to_owned()), (100.0, "9,999".to_owned())],
    });
    for width in Width::ALL {
        let drawing = draw(&full, &width.paper()).unwrap();
        let (wide, high) = drawing.size;
        let words = words(&drawing);
        assert!(words.len() > 30);
        for (left, right, y, text) in words {
            assert!(
                left >= 0.0 && right <= wide,
                "{width:?}: {left} to {right}: {text}"
            );
            assert!(y >= 0.0 && y <= high, "{width:?}: {y}: {text}");
        }
        assert!(
            drawing.frame.bottom - drawing.frame.top >= 40.0,
            "{width:?}"
        );
        // Hostile text is no markup.
        Outlined::of(&drawing).unwrap().png(0.5).unwrap();
    }
}

/// Nine rows and nine columns with names too long, words too long for their room and beyond
/// the edge, on both themes.
#[test]
fn nothing_of_a_table_is_clipped() {
    let long = "a name that no one would give, with <angles> & ampersands, and 漢字 besides";
    let names = || (0..9).map(|at| format!("{at} {long}"));
    let mut table = chart(Vec::new());
    table.title = long.repeat(2);
    table.x = Axis::of_columns(names());
    table.y = Axis::of_rows(names());
    for at in 0..9 {
        let (x, y) = (f64::from(at), f64::from(8 - at));
        let ink = Ink::much(x / 8.0);
        let texts = vec![
            long.to_owned(),
            "−1,234.5 ± 0.2".to_owned(),
            "−1".to_owned(),
        ];
        for beside in [Beside::Centred, Beside::Left, Beside::Right] {
            let (at, room, on) = ([x, y], Some(0.9), Some(ink));
            table.marks.push(Mark::Word(Word {
                at,
                texts: texts.clone(),
                room,
                beside,
                on,
            }));
            // Without a room a word keeps to the paper.
            table.marks.push(Mark::Word(Word {
                at,
                texts: vec![long[..20].to_owned()],
                room: None,
                beside,
                on: None,
            }));
        }
    }
    for width in Width::ALL {
        for theme in [Theme::Light, Theme::Dark] {
            let drawing = draw(&table, &width.paper().in_theme(theme)).unwrap();
            let (wide, high) = drawing.size;
            let words = words(&drawing);
            assert!(words.iter().any(|word| word.3 == "−1"), "{width:?}");
            for (left, right, y, text) in words {
                assert!(
                    left >= -0.1 && right <= wide + 0.1,
                    "{width:?}: {left} to {right}: {text}"
                );
                assert!(y >= 0.0 && y <= high, "{width:?}: {y}: {text}");
            }
            let frame = drawing.frame;
            assert!(frame.right - frame.left >= 0.5 * wide, "{width:?}");
            Outlined::of(&drawing).unwrap().png(0.5).unwrap();
        }
    }
}

/// Nine layers with long names, of which eight are thin at the end: each is named on its area or
/// beside the plot, no two words there meet, and none leaves the paper or the plot's height.
#[test]
fn thin_layers_are_named_beside_the_plot() {
    let long = "a name that no one would give, with <angles> & ampersands, and 漢字 besides";
    let start = Date::from_ymd(2014, 7, 31).unwrap();
    let dates: Vec<Date> = (0..=120).map(|months| start.plus_months(months)).collect();
    let thin = [0.001, 0.01, 0.02, 0.001, 0.03, 0.0, 0.01, 0.008];
    let inks = Ink::SERIES.into_iter().chain([Ink::Black, Ink::Grey]);
    for thick in [0, 4, 8] {
        let mut shares = thin.to_vec();
        shares.insert(thick, 1.0 - thin.iter().sum::<f64>());
        let layers = shares.iter().zip(inks.clone()).map(|(share, ink)| Layer {
            label: long.to_owned(),
            ink,
            shares: vec![*share; dates.len()],
        });
        let x = Axis::of_dates(dates[0], dates[120]);
        let (marks, key) = stacked(&dates, &x, layers.collect());
        let mut chart = chart(marks);
        (chart.key, chart.x, chart.y) = (key, x, Axis::of_shares());
        for (width, theme) in Width::ALL
            .into_iter()
            .flat_map(|width| [Theme::Light, Theme::Dark].map(|theme| (width, theme)))
        {
            let paper = width.paper().in_theme(theme);
            let drawing = draw(&chart, &paper).unwrap();
            let frame = drawing.frame;
            let all = words(&drawing);
            let mut beside: Vec<_> = all.iter().filter(|word| word.0 > frame.right).collect();
            // The ticks' last label may begin there as well.
            beside.retain(|word| word.2 <= frame.bottom);
            beside.sort_by(|a, b| a.2.total_cmp(&b.2));
            let letters: String = beside
                .iter()
                .filter_map(|word| word.3.chars().next())
                .collect();
            let wanted: String = ('a'..='i')
                .rev()
                .filter(|letter| (*letter as usize) - ('a' as usize) != thick)
                .collect();
            assert_eq!(letters, wanted, "{width:?}");
            for pair in beside.windows(2) {
                assert!(pair[1].2 - pair[0].2 >= paper.text, "{width:?}: {pair:?}");
            }
            for (left, right, y, text) in &beside {
                assert!(
                    *left >= frame.right && *right <= drawing.size.0,
                    "{width:?}: {text}"
                );
                // Of letters the top is stored.
                let bottom = y + 0.9 * paper.text;
                assert!(
                    *y >= frame.top && bottom <= frame.bottom,
                    "{width:?}: {text}"
                );
            }
            let on_it = format!("{} 92 %", char::from(b'a' + thick as u8));
            assert!(all.iter().any(|word| word.3 == on_it), "{width:?}: {all:?}");
            // No key's word loses its letter.
            assert!(all.iter().any(|word| word.3.starts_with("i: a name")));
        }
    }
}

/// A layer that is thick only for a while has its letter there, and its last share beside.
#[test]
fn a_layer_that_vanishes_is_named_where_it_is_thick() {
    let start = Date::from_ymd(2014, 7, 31).unwrap();
    let dates: Vec<Date> = (0..=10).map(|months| start.plus_months(months)).collect();
    let falling: Vec<f64> = (0..=10).map(|at| 1.0 - f64::from(at) / 10.0).collect();
    let rising = falling.iter().map(|share| 1.0 - share).collect();
    let layers = [rising, falling].map(|shares| Layer {
        label: String::new(),
        ink: Ink::Blue,
        shares,
    });
    let x = Axis::of_dates(dates[0], dates[10]);
    let (marks, _) = stacked(&dates, &x, layers.into());
    let said: Vec<(Beside, String)> = marks
        .into_iter()
        .filter_map(|mark| match mark {
            Mark::Word(word) => Some((word.beside, word.texts[0].clone())),
            _ => None,
        })
        .collect();
    let wanted = [
        (Beside::Centred, "a 100 %"),
        (Beside::Edge, "b 0 %"),
        (Beside::Centred, "b"),
    ];
    assert_eq!(said, wanted.map(|(beside, text)| (beside, text.to_owned())));
}

#[test]
fn every_letter_of_the_shipped_scenarios_and_of_figures_is_in_the_font() {
    let lettering = Lettering::new().unwrap();
    let has = |text: &str| assert_eq!(lettering.shown(text), text);
    EndingGroup::ALL.iter().for_each(|group| has(group.label()));
    has("−1,234.5 % ± 2 points · USD m a year, EUR, BRL, £, €, ≥ ≤ → …");
    for name in scenario_names() {
        let scenario = load(&ScenarioTarget::Shipped(name.to_owned()), &[]).unwrap();
        has(&scenario.title);
        scenario
            .metrics
            .iter()
            .for_each(|metric| has(&metric.title));
        scenario
            .options
            .iter()
            .for_each(|option| has(&option.title));
        let Model::Full(model) = &scenario.model else {
            continue;
        };
        model.cases.iter().for_each(|case| has(&case.title));
        model
            .providers
            .iter()
            .for_each(|provider| has(&provider.title));
        for court in &model.courts {
            court.nodes.iter().for_each(|node| has(&node.title));
        }
    }
}
