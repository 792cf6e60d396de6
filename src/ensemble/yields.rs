//! What the runs of a scenario yield: the layout of its tables, and its events as rows.

use std::sync::Arc;

use crate::domain::{CaseId, Date, Event, EventIndex};
use crate::law::Passed;
use crate::measure::grid::Grid;
use crate::result::layout::{Name, Names};
use crate::result::rows::{CaseEnd, EventRow, Loss, Milestone, RunRows, Step, YearProfit};
use crate::result::{Layout, Measured, SeriesKey, World as Whose};
use crate::scenario::Scenario;
use crate::scenario::resolved::{FullModel, Metric, MetricWhen, StepBy};
use crate::world::World;
use crate::world::calendar::Calendar;
use crate::world::metrics::{Level, levels};
use crate::world::series::{SeriesMetric, SeriesPlan};
use crate::world::telling::{self, Told};

/// The words of rows, the layout, and what the paths follow.
#[derive(Debug)]
pub(super) struct Yields {
    layout: Layout,
    path: Vec<(String, Level)>,
    cases: Vec<Name>,
    /// By court system and node: the node, then its outcomes.
    nodes: Vec<Vec<(Name, Vec<Name>)>>,
    open: Name,
    currency: String,
}

impl Yields {
    pub(super) fn new(
        scenario: &Scenario,
        model: &FullModel,
        calendar: &Calendar,
        series: &[SeriesPlan],
        paired: bool,
    ) -> Self {
        let mut names = Names::default();
        telling::words(model).iter().for_each(|word| {
            names.add(word);
        });
        let cases = model
            .cases
            .iter()
            .map(|case| names.add(&case.name))
            .collect();
        let nodes = model.courts.iter().map(|court| {
            let nodes = court.nodes.iter().map(|node| {
                let outcomes = node.outcomes.iter();
                let outcomes = outcomes.map(|outcome| names.add(&outcome.name));
                let outcomes = outcomes.collect();
                (names.add(&node.name), outcomes)
            });
            nodes.collect()
        });
        let nodes = nodes.collect();
        let open = names.add("open");
        let path = levels(scenario, model);
        let inputs = scenario.inputs.iter();
        let layout = Layout {
            names,
            inputs: inputs
                .map(|input| Measured::new(&column_name(&input.path), "", &input.path))
                .collect(),
            metrics: scenario
                .metrics
                .iter()
                .map(|m| measured(m, model))
                .collect(),
            paired,
            given: !model.facts.is_empty(),
            dates: calendar.dates(),
            series: series.iter().map(series_key).collect(),
            paths: path
                .iter()
                .map(|(name, level)| {
                    Measured::new(
                        name,
                        level.of.unit(),
                        "at the date, in the scenario's world",
                    )
                })
                .collect(),
        };
        Self {
            layout,
            path,
            cases,
            nodes,
            open,
            currency: scenario.currency.clone(),
        }
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(super) fn path(&self) -> &[(String, Level)] {
        &self.path
    }

    /// Tells what happened in a run: milestones, the ends of cases, money and, if asked, events.
    pub(super) fn tell(&self, whose: Whose, world: &World<'_>, events: bool, rows: &mut RunRows) {
        let model = world.setting().model;
        let start = world.setting().calendar.start();
        let until = self.layout.dates.last().copied().unwrap_or(start);
        let events_of_run = world.events().iter().copied().chain(world.exits(0));
        for event in events_of_run.filter(|event| event.date >= start) {
            let cause = event
                .cause
                .and_then(|cause| world.events().get(cause.0 as usize));
            if let Some(milestone) = telling::milestone(&event, cause, model) {
                rows.milestones.push(Milestone {
                    world: whose,
                    kind: self.name(event.kind.name()),
                    subject: self.name(&milestone.subject),
                    how: milestone.how.map(|how| self.name(how)),
                    why: milestone.why.map(|why| self.name(why)),
                    date: event.date,
                });
            }
        }
        rows.milestones
            .sort_by_key(|milestone| (milestone.world, milestone.date));
        for (index, spec) in model.cases.iter().enumerate() {
            rows.cases
                .push(self.case_end(whose, world, index, spec.filed, until));
            let passed = world.law().passed(CaseId::new(index)).iter();
            let steps = passed.map(|passed| self.step(whose, (index, spec.court), passed));
            rows.steps.extend(steps);
        }
        self.tell_money(whose, world, rows);
        if events {
            let tell = |event: Event| {
                let row = telling::tell(&event, model, &self.currency);
                (event.date, event.cause, event.kind.name(), row)
            };
            let told = world.events().iter().copied().map(tell);
            let entries = world.chronicle().iter();
            let entries = entries.map(|entry| {
                let (kind, row) = telling::tell_entry(entry, model, &self.currency);
                (entry.date, entry.cause, kind, row)
            });
            let before_exits = world.events().len() + world.chronicle().len();
            let exits = world.exits(before_exits).map(tell);
            // The chronicle comes after the events that it goes back to; exits of named
            // customers come last, so that no number of another row depends on them.
            for (id, (date, cause, kind, told)) in told.chain(entries).chain(exits).enumerate() {
                let about = (whose, id as u32, cause, date);
                rows.events.push(self.event_row(about, kind, told));
            }
        }
    }

    /// What the law took from whom, and what providers earned, year by year.
    fn tell_money(&self, whose: Whose, world: &World<'_>, rows: &mut RunRows) {
        let model = world.setting().model;
        rows.losses.extend(world.losses().map(|loss| {
            let words = telling::loss(&loss, model);
            Loss {
                world: whose,
                matter: self.name(&words.matter),
                kind: self.name(loss.kind.name()),
                actor: self.name(words.actor),
                date: loss.date,
                amount: loss.amount,
                unit: self.name(words.unit),
            }
        }));
        let years = world.accounts().profits().iter();
        rows.profits.extend(years.map(|year| YearProfit {
            world: whose,
            actor: self.name(&model.providers[year.provider.index()].name),
            date: year.date,
            operating_profit: year.usd,
            unit: self.name(telling::USD),
        }));
    }

    fn case_end(
        &self,
        whose: Whose,
        world: &World<'_>,
        index: usize,
        filed: Date,
        until: Date,
    ) -> CaseEnd {
        let ended = world.law().case(CaseId::new(index)).ended;
        let date = ended.map_or(until, |(_, date)| date);
        CaseEnd {
            world: whose,
            case: self.cases[index],
            outcome: ended.map_or(self.open, |(ending, _)| self.name(ending.name())),
            date,
            duration_days: date.days_since(filed),
            censored: ended.is_none(),
        }
    }

    /// A step of case number `case` before court system number `court`.
    fn step(&self, whose: Whose, (case, court): (usize, usize), passed: &Passed) -> Step {
        let (node, outcomes) = &self.nodes[court][passed.step.node.index()];
        Step {
            world: whose,
            case: self.cases[case],
            node: *node,
            outcome: match passed.step.by {
                StepBy::Outcome(outcome) => outcomes[outcome],
                StepBy::Ending(ending) => self.name(ending.name()),
            },
            entered: passed.entered,
            date: passed.left,
        }
    }

    fn event_row(
        &self,
        (world, event_id, cause, date): (Whose, u32, Option<EventIndex>, Date),
        kind: &str,
        told: Told,
    ) -> EventRow {
        let name = |word: Option<String>| word.map(|word| self.name(&word));
        EventRow {
            world,
            event_id,
            cause_id: cause.map(|cause| cause.0),
            date,
            kind: self.name(kind),
            actor: name(told.actor),
            target: name(told.target),
            jurisdiction: name(told.jurisdiction),
            before: told.before,
            value: told.value,
            unit: name(told.unit.map(str::to_owned)),
            text: told.text,
        }
    }

    /// A word that the layout has; all that [`telling`] uses were added.
    fn name(&self, word: &str) -> Name {
        self.layout.names.of(word).unwrap_or(self.open)
    }
}

/// A path of the scenario as the name of a column, without its `in_`.
#[must_use]
pub fn column_name(path: &str) -> String {
    path.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect()
}

fn measured(metric: &Metric, model: &FullModel) -> Measured {
    let when = match metric.when {
        MetricWhen::At(date) => format!("at the end of the month of {date}"),
        MetricWhen::Between(from, at) => {
            format!("from the end of the month of {from} to that of {at}")
        }
        MetricWhen::OverMonths(months) => format!("over {months} months from the start"),
        MetricWhen::Horizon => "over the horizon, or at its end".to_owned(),
    };
    Measured::new(
        &metric.name,
        &metric.unit(model),
        &format!("{} ({}), {when}", metric.title, metric.of.name()),
    )
}

fn series_key(plan: &SeriesPlan) -> SeriesKey {
    let text = |name: &Option<String>| name.as_deref().map(Arc::from);
    let (grid, difference_grid) = grids(plan.metric);
    SeriesKey {
        metric: Arc::from(plan.metric.name()),
        unit: Arc::from(plan.metric.unit()),
        provider: text(&plan.seller),
        jurisdiction: text(&plan.place),
        segment: plan.segment.map(|segment| Arc::from(segment.name())),
        grid,
        difference_grid,
    }
}

/// Bins whose error is below the simulation error of most jobs, and so few that what is
/// kept for a cell stays small however many runs there are.
fn grids(metric: SeriesMetric) -> (Grid, Grid) {
    let fixed = match metric {
        // Within 0.05 points.
        SeriesMetric::Trust | SeriesMetric::SpendShare => Grid::linear(0.0, 100.0, 1001),
        // Million USD a year, each within 0.5 %.
        _ => Grid::logarithmic(1e-6, 1e9, 0.005),
    };
    let difference = match metric {
        SeriesMetric::Trust | SeriesMetric::SpendShare => Grid::logarithmic(1e-3, 100.0, 0.02),
        _ => Grid::logarithmic(1e-4, 1e9, 0.02),
    };
    (
        fixed.expect("the limits are in order"),
        difference.expect("the limits are in order"),
    )
}
