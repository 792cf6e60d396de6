//! The procedure graph with its chances: how many futures come to each court and party, and what
//! happens there: on to which next, or how the case ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::axis::Axis;
use super::chart::{Beside, Chart, KeyEntry, Mark, Sample, Stroke, Word};
use super::endings::ink;
use super::ink::Ink;
use super::source::Source;
use super::stack::percent;
use super::{Figure, FigureError};
use crate::domain::{Date, Ending};
use crate::report::ending::EndingGroup;
use crate::report::finished::{dates, unusable, words};
use crate::result::table::ColumnKind::{Float64, Int64, Text};
use crate::result::table::{Cells, Column, Schema, Table};
use crate::result::{Wanted, World};
use crate::scenario::resolved::{CaseSpec, CourtSystem};

/// Its name.
pub const NAME: &str = "procedure";
/// The least share of futures that come to a stage for it to be drawn.
const LEAST: f64 = 0.02;
/// Stages that are drawn; all are in the data.
const MOST: usize = 15;

/// What comes after a stage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Next {
    /// Another stage, by its position in the court system.
    Stage(usize),
    /// The end of the case.
    End(EndingGroup),
}

/// A stage of the procedure, and what happens there.
#[derive(Default)]
struct Stage {
    /// Futures that come to it, some more than once.
    visits: u32,
    /// When they come, summed: days since the first of all.
    came: f64,
    /// By the outcome and what comes next.
    branches: BTreeMap<(String, Next), u32>,
}

/// A step of a case in a future.
struct Step<'t> {
    run: u64,
    node: usize,
    outcome: &'t str,
    entered: Date,
}

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let (case, columns) = source.case(NAME)?;
    let court = source.model().map(|model| &model.courts[case.court]);
    let court = court.ok_or_else(|| FigureError::Benchmark(source.scenario.name.clone()))?;
    let endings: Vec<Option<Ending>> = columns.scenario.iter().map(|of| of.ending).collect();
    let futures = endings.len();
    let stages = read(source, case, court, &endings)?;
    let order = order(&stages);
    if order.is_empty() {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!(
                "in no future of `{}` does the case go on",
                source.scenario.name
            ),
        });
    }
    let procedure = Procedure {
        court,
        stages,
        order,
        futures,
    };
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: procedure.chart(source, &case.title),
        data: procedure.data(),
        caption: format!(
            "The procedure of {}: how many futures come to each stage after the start (the length \
             of a bar; again where a case is sent back), and what happens there. Grey: on to the \
             stage of that number; colours: the case ends. {}{}",
            case.title,
            procedure.left_out(),
            source.made()
        ),
    })
}

/// The stages by their position in the court system.
fn read(
    source: &Source<'_>,
    case: &CaseSpec,
    court: &CourtSystem,
    endings: &[Option<Ending>],
) -> Result<Vec<Stage>, FigureError> {
    let columns = ["run", "world", "case", "node", "outcome", "entered", "date"];
    let files = source.result.files();
    let table = files.table("steps", Wanted::Columns(&columns))?;
    let column = |name: &str| words(&table, name);
    let (worlds, cases) = (column("world")?, column("case")?);
    let (nodes, outcomes) = (column("node")?, column("outcome")?);
    let runs = table.column("run").and_then(Cells::to_numbers);
    let runs = runs.ok_or_else(|| unusable("steps", "run"))?;
    let left = dates(&table, "steps")?;
    let Some(Cells::Date(entered)) = table.column("entered") else {
        return Err(unusable("steps", "entered").into());
    };
    let mut steps = Vec::new();
    for row in 0..table.rows() {
        let own = worlds[row] == Some(World::Scenario.name()) && cases[row] == Some(&*case.name);
        let node = court
            .nodes
            .iter()
            .position(|node| nodes[row] == Some(&*node.name));
        // What history has decided before the start has no chance.
        let open = left[row].is_none_or(|date| date > source.facts.start);
        if let (Some(node), Some(entered), true) = (node, entered[row], own && open) {
            steps.push(Step {
                run: runs[row] as u64,
                node,
                outcome: outcomes[row].unwrap_or("open"),
                entered,
            });
        }
    }
    // Rising, and in the order of the endings.
    let numbers = files.numbers("runs", "run")?;
    let ending_of = |run: u64| {
        let at = numbers.binary_search_by(|number| number.total_cmp(&(run as f64)));
        EndingGroup::of(at.ok().and_then(|at| endings.get(at).copied().flatten()))
    };
    let mut stages: Vec<Stage> = court.nodes.iter().map(|_| Stage::default()).collect();
    for (at, step) in steps.iter().enumerate() {
        let next = steps.get(at + 1).filter(|next| next.run == step.run);
        let next = match next {
            Some(next) => Next::Stage(next.node),
            None => Next::End(ending_of(step.run)),
        };
        let stage = &mut stages[step.node];
        stage.visits += 1;
        stage.came += f64::from(step.entered.days_since(source.facts.start));
        let branch = (step.outcome.to_owned(), next);
        *stage.branches.entry(branch).or_default() += 1;
    }
    Ok(stages)
}

/// The stages that are come to, in the order in which they are, on average.
fn order(stages: &[Stage]) -> Vec<usize> {
    let mean = |at: &usize| stages[*at].came / f64::from(stages[*at].visits);
    let come_to = (0..stages.len()).filter(|at| stages[*at].visits > 0);
    let mut order: Vec<usize> = come_to.collect();
    order.sort_by(|a, b| mean(a).total_cmp(&mean(b)));
    order
}

struct Procedure<'s> {
    court: &'s CourtSystem,
    stages: Vec<Stage>,
    /// Positions of stages.
    order: Vec<usize>,
    futures: usize,
}

impl Procedure<'_> {
    fn share(&self, count: u32) -> f64 {
        f64::from(count) / self.futures.max(1) as f64
    }

    /// The stages drawn.
    fn shown(&self) -> Vec<usize> {
        let likely = |at: &&usize| self.share(self.stages[**at].visits) >= LEAST;
        let mut shown: Vec<usize> = self.order.iter().filter(likely).copied().collect();
        if shown.len() > MOST {
            // Of equally likely ones the earlier.
            let mut likeliest = shown.clone();
            likeliest.sort_by_key(|at| std::cmp::Reverse(self.stages[*at].visits));
            likeliest.truncate(MOST);
            shown.retain(|at| likeliest.contains(at));
        }
        shown
    }

    fn left_out(&self) -> String {
        match self.order.len() - self.shown().len() {
            0 => String::new(),
            1 => "1 stage to which fewer come is in the data only. ".to_owned(),
            more => format!("{more} stages to which fewer come are in the data only. "),
        }
    }

    /// The stage, and who acts there.
    fn title(&self, stage: usize) -> String {
        let node = &self.court.nodes[stage];
        let (name, who) = (
            node.name.replace('-', " "),
            node.title.trim_end_matches(','),
        );
        if who.is_empty() || who == name {
            name
        } else {
            format!("{name} ({who})")
        }
    }

    /// Branches of a stage, those that go on first, each with the outcomes that lead there.
    fn ways(&self, stage: usize) -> Vec<(Next, u32, String)> {
        let mut ways: Vec<(Next, u32, String)> = Vec::new();
        for ((outcome, next), count) in &self.stages[stage].branches {
            match ways.iter_mut().find(|way| way.0 == *next) {
                Some(way) => {
                    way.1 += count;
                    way.2 = format!("{}, {outcome}", way.2);
                }
                None => ways.push((*next, *count, outcome.clone())),
            }
        }
        ways.sort_by_key(|(next, count, _)| {
            (matches!(next, Next::End(_)), std::cmp::Reverse(*count))
        });
        ways
    }

    fn chart(&self, source: &Source<'_>, case: &str) -> Chart {
        let shown = self.shown();
        let most = shown.iter().map(|at| self.share(self.stages[*at].visits));
        let mut x = Axis::of_numbers("", (0.0, 100.0 * most.fold(0.5, f64::max)), " %", 5);
        x.ticks.retain(|tick| tick.at <= 100.0);
        let (mut bars, mut words, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for (row, stage) in shown.iter().enumerate() {
            let (mut from, row) = (0.0, row as f64);
            for (next, count, outcomes) in self.ways(*stage) {
                let to = from + 100.0 * self.share(count);
                let (ink, texts) = match next {
                    Next::Stage(next) => (Ink::Grey, self.on_to(&shown, next, count, &outcomes)),
                    Next::End(group) => {
                        if !ends.contains(&group) {
                            ends.push(group);
                        }
                        (end_ink(group), vec![percent(self.share(count))])
                    }
                };
                let (top, bottom) = (row - 0.38, row + 0.38);
                bars.push(Mark::Band {
                    ink,
                    strength: if ink == Ink::Grey { 0.55 } else { 1.0 },
                    points: vec![[from, top, bottom], [to, top, bottom]],
                });
                bars.push(Mark::Line {
                    ink: Ink::Black,
                    stroke: Stroke::Hair,
                    points: vec![[to, top], [to, bottom]],
                });
                words.push(Mark::Word(Word {
                    at: [0.5 * (from + to), row],
                    texts,
                    room: Some(to - from),
                    beside: Beside::Centred,
                    on: Some(ink),
                }));
                from = to;
            }
        }
        bars.extend(words);
        ends.sort();
        let mut key = vec![entry(Ink::Grey, 0.55, "goes on to the stage →")];
        key.extend(
            ends.iter()
                .map(|group| entry(end_ink(*group), 1.0, group.label())),
        );
        let name = |(at, stage): (usize, &usize)| format!("{}  {}", at + 1, self.title(*stage));
        Chart {
            title: source.title(&format!("the procedure of {case}"), &self.message(&shown)),
            subtitle: format!(
                "share of futures in which {case} comes to each stage, and what happens there"
            ),
            key,
            x,
            y: Axis::of_rows(shown.iter().enumerate().map(name)),
            marks: bars,
            below: Vec::new(),
            footer: source.footer(),
        }
    }

    /// What is written on a bar that goes on, the longest first.
    fn on_to(&self, shown: &[usize], next: usize, count: u32, outcomes: &str) -> Vec<String> {
        let share = percent(self.share(count));
        match shown.iter().position(|at| *at == next) {
            Some(at) => {
                let to = format!("→ {}", at + 1);
                vec![
                    format!("{outcomes} {to}: {share}"),
                    format!("{to}: {share}"),
                    to,
                ]
            }
            None => vec![format!("{outcomes}: {share}"), share],
        }
    }

    /// How many come to the last of the stages to which one in ten comes.
    fn message(&self, shown: &[usize]) -> String {
        let share = |at: &usize| self.share(self.stages[*at].visits);
        let name = |at: &usize| self.court.nodes[*at].name.replace('-', " ");
        let first = shown.iter().max_by(|a, b| share(a).total_cmp(&share(b)));
        let last = shown.iter().rfind(|at| share(at) >= 0.1);
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!(
                "{} of futures come to “{}”, {} as far as “{}”",
                percent(share(first)),
                name(first),
                percent(share(last)),
                name(last)
            ),
            (Some(first), _) => format!(
                "{} of futures come to “{}”",
                percent(share(first)),
                name(first)
            ),
            _ => String::new(),
        }
    }

    fn data(&self) -> Table {
        let mut table = Table::new(Schema {
            table: NAME.to_owned(),
            columns: vec![
                Column::new(
                    "stage",
                    Text,
                    "",
                    "the stage, in the order in which they are come to",
                ),
                Column::new("outcome", Text, "", "what happens there"),
                Column::new(
                    "next",
                    Text,
                    "",
                    "the next stage; empty where the case ends",
                )
                .nullable(),
                Column::new("ending", Text, "", "how it ends there").nullable(),
                Column::new("count", Int64, "", "how often, over all futures"),
                Column::new("of_futures", Float64, "share", "the same by futures"),
                Column::new(
                    "of_stage",
                    Float64,
                    "share",
                    "the same by comings to the stage",
                ),
            ],
        });
        let text = |text: &str| -> Arc<str> { Arc::from(text) };
        for &at in &self.order {
            let stage = &self.stages[at];
            for ((outcome, next), count) in &stage.branches {
                let row = table
                    .row()
                    .text(&text(&self.court.nodes[at].name))
                    .text(&text(outcome));
                let (to, ending) = match next {
                    Next::Stage(next) => (Some(text(&self.court.nodes[*next].name)), None),
                    Next::End(group) => (None, Some(text(group.label()))),
                };
                let of_stage = f64::from(*count) / f64::from(stage.visits);
                row.text_or_null(to.as_ref())
                    .text_or_null(ending.as_ref())
                    .int(*count)
                    .floats([self.share(*count), of_stage])
                    .end();
            }
        }
        table
    }
}

/// Still open: lighter than what goes on would be taken for it.
fn end_ink(group: EndingGroup) -> Ink {
    match group {
        EndingGroup::Open => Ink::Black,
        group => ink(group),
    }
}

fn entry(ink: Ink, strength: f64, label: &str) -> KeyEntry {
    KeyEntry {
        ink,
        sample: Sample::Patch(strength),
        label: label.to_owned(),
    }
}
