//! At which value of each lever another option becomes best.

use std::sync::Arc;

use super::axis::{Axis, Said, Spacing, Tick};
use super::chart::{Beside, Chart, KeyEntry, Mark, Sample, Shape, Stroke, Word};
use super::ink::Ink;
use super::studies::Compared;
use super::turns::message;
use super::{Figure, FigureError};
use crate::analysis::decide::threshold::Threshold;
use crate::report::digits::rounded;
use crate::result::table::ColumnKind::{Float64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "thresholds";

pub(super) fn figure(compared: &Compared<'_>) -> Result<Figure, FigureError> {
    let thresholds = &compared.page.compared.thresholds;
    if thresholds.is_empty() {
        return Err(FigureError::Not {
            figure: NAME,
            why: "the comparison looked at no lever; `comity compare … --levers all` does"
                .to_owned(),
        });
    }
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(compared, thresholds),
        data: data(compared, thresholds),
        caption: format!(
            "Which option is best over the range of each lever, by {}, and the value at which two are \
             equal, with its 95 % interval (an arrow: it goes on beyond the range); paler where the \
             best is not told from the next. {}.",
            compared.page.judged_by().label,
            compared.footer()
        ),
    })
}

fn chart(compared: &Compared<'_>, thresholds: &[Threshold]) -> Chart {
    let name = |option: usize| compared.page.options[option].name.clone();
    let tick = |at: f64, label: &str| Tick {
        at,
        label: label.to_owned(),
    };
    let (mut marks, mut key): (Vec<Mark>, Vec<KeyEntry>) = (Vec::new(), Vec::new());
    for (row, threshold) in thresholds.iter().enumerate() {
        let row = row as f64;
        for piece in pieces(threshold) {
            let ink = Ink::of_actor(compared.place_of_option(piece.best));
            marks.push(Mark::Band {
                ink,
                strength: if piece.told { 0.9 } else { 0.4 },
                points: vec![
                    [piece.from, row - 0.3, row + 0.3],
                    [piece.to, row - 0.3, row + 0.3],
                ],
            });
            let value = threshold.at.map(|turn| part(threshold, turn.value));
            marks.push(Mark::Word(name_of(&piece, row, value, name(piece.best))));
            if !key.iter().any(|entry| entry.ink == ink) {
                key.push(KeyEntry {
                    ink,
                    sample: Sample::Patch(0.9),
                    label: name(piece.best),
                });
            }
        }
        draw_turn(threshold, row, &mut marks);
        if let Some(now) = threshold.now {
            let at = [part(threshold, now).clamp(0.0, 1.0), row];
            marks.push(Mark::Dot {
                at,
                ink: Ink::Black,
                shape: Shape::Diamond,
            });
        }
    }
    let mut sample = |sample, label: &str| {
        key.push(KeyEntry {
            ink: Ink::Black,
            sample,
            label: label.to_owned(),
        });
    };
    sample(Sample::Dot(Shape::Diamond), "as the scenario has it");
    if thresholds.iter().any(|threshold| threshold.at.is_some()) {
        sample(Sample::Line(Stroke::Solid), "where they are equal, 95 %");
    }
    if thresholds.iter().any(is_open) {
        sample(Sample::Dot(Shape::ToRight), "goes on beyond the range");
    }
    let row = |threshold: &Threshold| {
        let (low, high) = threshold.range;
        format!("{}: {} to {}", threshold.label, rounded(low), rounded(high))
    };
    Chart {
        title: message(thresholds, &name),
        subtitle: format!(
            "which option is best over each lever's range, by {}",
            compared.page.judged_by().label
        ),
        key,
        x: Axis {
            label: "over the range of the lever".to_owned(),
            from: 0.0,
            to: 1.0,
            ticks: vec![tick(0.0, "least"), tick(0.5, "middle"), tick(1.0, "most")],
            scale: Spacing::Even,
            said: Said::default(),
        },
        y: Axis::of_rows(thresholds.iter().map(row)),
        marks,
        below: Vec::new(),
        footer: compared.footer(),
    }
}

/// A part of a range in which one option is best.
struct Piece {
    from: f64,
    to: f64,
    best: usize,
    told: bool,
}

/// Where in the lever's range a value lies, from 0 to 1.
pub(super) fn part(threshold: &Threshold, value: f64) -> f64 {
    let (low, high) = threshold.range;
    (value - low) / (high - low)
}

/// How far above the middle of a row words stand, in rows.
const ABOVE: f64 = 0.46;
/// The part of the range beyond which a value stands to the left of its turn, and what it takes.
const VALUE_TO_THE_LEFT: f64 = 0.7;
const ROOM_FOR_A_VALUE: f64 = 0.2;
/// The part of the range drawn at each end where the best differs and no value is known at which
/// the two are equal.
const END: f64 = 0.15;

fn pieces(threshold: &Threshold) -> Vec<Piece> {
    let turn = threshold.at.map(|turn| part(threshold, turn.value));
    let piece = |from, to, best, told| Piece {
        from,
        to,
        best,
        told,
    };
    let (low, high) = (threshold.best_at_low, threshold.best_at_high);
    let [at_low, at_high] = threshold.told_at_ends;
    match turn {
        Some(turn) => vec![
            piece(0.0, turn, low, at_low),
            piece(turn, 1.0, high, at_high),
        ],
        None if low == high => vec![piece(0.0, 1.0, low, at_low && at_high)],
        None => vec![
            piece(0.0, END, low, at_low),
            piece(1.0 - END, 1.0, high, at_high),
        ],
    }
}

/// The option's name, above its part at the end of the range, clear of the value that stands
/// beside the turn.
fn name_of(piece: &Piece, row: f64, turn: Option<f64>, name: String) -> Word {
    let is_left = piece.from <= 0.0;
    let has_value = turn.is_some_and(|turn| is_left == (turn > VALUE_TO_THE_LEFT));
    let (at, beside) = if is_left {
        (0.0, Beside::Right)
    } else {
        (1.0, Beside::Left)
    };
    let taken = if has_value { ROOM_FOR_A_VALUE } else { 0.0 };
    Word {
        at: [at, row - ABOVE],
        texts: vec![name],
        room: Some(piece.to - piece.from - taken),
        beside,
        on: None,
    }
}

/// Whether an end of the interval is not within the range.
fn is_open(threshold: &Threshold) -> bool {
    let turn = threshold.at;
    turn.is_some_and(|turn| turn.low.is_none() || turn.high.is_none())
}

fn draw_turn(threshold: &Threshold, row: f64, marks: &mut Vec<Mark>) {
    let Some(turn) = threshold.at else { return };
    let at = |value: f64| part(threshold, value);
    let low = turn.low.map_or(0.0, at);
    let high = turn.high.map_or(1.0, at);
    let line = |points: [[f64; 2]; 2]| Mark::Line {
        ink: Ink::Black,
        stroke: Stroke::Solid,
        points: points.to_vec(),
    };
    marks.push(line([[low, row], [high, row]]));
    let open = [
        (turn.low, 0.0, Shape::ToLeft),
        (turn.high, 1.0, Shape::ToRight),
    ];
    for (_, edge, shape) in open.into_iter().filter(|(end, ..)| end.is_none()) {
        marks.push(Mark::Dot {
            at: [edge, row],
            ink: Ink::Black,
            shape,
        });
    }
    let middle = at(turn.value);
    marks.push(line([[middle, row - 0.4], [middle, row + 0.4]]));
    // Above the bar, clear of the interval.
    marks.push(Mark::Word(Word {
        at: [middle, row - ABOVE],
        texts: vec![rounded(turn.value)],
        room: None,
        beside: if middle > VALUE_TO_THE_LEFT {
            Beside::Left
        } else {
            Beside::Right
        },
        on: None,
    }));
}

fn data(compared: &Compared<'_>, thresholds: &[Threshold]) -> Table {
    let real =
        |name: &str, about: &str| Column::new(name, Float64, "the lever's own", about).nullable();
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("lever", Text, "", "the lever"),
            real("least", "the least value looked at"),
            real("most", "the greatest"),
            real(
                "now",
                "as the scenario has it; the median of one that is drawn",
            ),
            Column::new("best_at_least", Text, "", "the option that is best there"),
            Column::new("best_at_most", Text, "", "the option that is best there"),
            real("equal_at", "the value at which the two are equal"),
            real(
                "equal_at_low",
                "lower end of its 95 % interval; empty where it is beyond the range",
            ),
            real(
                "equal_at_high",
                "upper end of its 95 % interval; empty where it is beyond the range",
            ),
        ],
    });
    for threshold in thresholds {
        let text = |text: &str| -> Arc<str> { Arc::from(text) };
        let option = |option: usize| text(&compared.page.options[option].name);
        let or_none = |value: Option<f64>| value.unwrap_or(f64::NAN);
        let row = table.row().text(&text(&threshold.lever));
        let row = row.floats([threshold.range.0, threshold.range.1, or_none(threshold.now)]);
        let row = row
            .text(&option(threshold.best_at_low))
            .text(&option(threshold.best_at_high));
        row.floats([
            or_none(threshold.at.map(|turn| turn.value)),
            or_none(threshold.at.and_then(|turn| turn.low)),
            or_none(threshold.at.and_then(|turn| turn.high)),
        ])
        .end();
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::turns::tests::{threshold, turn};
    use super::*;
    use crate::analysis::decide::threshold::Turn;

    #[test]
    fn an_open_end_has_an_arrow_head_and_no_other_has_one() {
        let heads = |at| {
            let mut marks = Vec::new();
            draw_turn(&threshold(at, [true; 2]), 0.0, &mut marks);
            let dots = marks.into_iter().filter_map(|mark| match mark {
                Mark::Dot { at, shape, .. } => Some((at[0], shape)),
                _ => None,
            });
            dots.collect::<Vec<_>>()
        };
        assert_eq!(heads(turn(1.45)), [(1.0, Shape::ToRight)]);
        let closed = Turn {
            high: Some(1.8),
            ..turn(1.45).unwrap()
        };
        assert_eq!(heads(Some(closed)), []);
        let below = Turn {
            low: None,
            ..closed
        };
        assert_eq!(heads(Some(below)), [(0.0, Shape::ToLeft)]);
    }

    #[test]
    fn where_no_turn_is_known_neither_option_has_the_whole_range() {
        let best = |at| {
            let pieces = pieces(&threshold(at, [false; 2])).into_iter();
            pieces.map(|piece| piece.best).collect::<Vec<_>>()
        };
        assert_eq!(best(None), [0, 1]);
        assert_eq!(best(turn(1.45)), [0, 1]);
    }
}
