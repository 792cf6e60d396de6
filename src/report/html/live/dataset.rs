//! The stored futures that the page's levers weigh: their inputs, and what they came to.

use crate::analysis::decide::futures::{Simulated, Wish, Wishes};
use crate::analysis::reweight::levers::{Role, roles};
use crate::ensemble::again::Frozen;
use crate::report::comparison::Comparison;
use crate::report::html::HtmlError;
use crate::report::input::MetricFacts;
use crate::report::unit::Unit;
use crate::result::{Opened, ResultError, open};
use crate::scenario::Scenario;
use crate::scenario::resolved::Lever;

/// Bytes of numbers that a page holds, so that it stays small enough to be sent.
const MOST_BYTES: usize = 700_000;
/// Headline metrics whose numbers are held.
const HEADLINES: usize = 3;

/// Stored futures.
#[derive(Clone, PartialEq, Debug)]
pub struct Dataset {
    /// `run` or `compare`.
    pub kind: &'static str,
    /// The command that simulates them, without what levers set.
    pub command: String,
    /// Futures held, the first ones.
    pub futures: usize,
    /// Futures stored.
    pub stored: usize,
    /// The levers of the scenario, and what each is to these futures.
    pub levers: Vec<(Lever, Role)>,
    /// What the futures came to: of a comparison the objective under each option.
    pub outputs: Vec<Output>,
    /// Of a comparison, how options are judged.
    pub judged: Option<Judged>,
}

/// A number of every future.
#[derive(Clone, PartialEq, Debug)]
pub struct Output {
    /// The column of `runs.parquet`; of a comparison the option.
    pub name: String,
    /// In words.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Whether it is a difference between two worlds.
    pub is_difference: bool,
    /// A value a future, NaN where there is none.
    pub values: Vec<f64>,
}

/// How the options of a comparison are judged.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The option to which the others are held, by its position.
    pub reference: usize,
    /// Whether less is better.
    pub less_is_better: bool,
    /// The metric, in words.
    pub label: String,
}

impl Dataset {
    /// The futures of a result of `run`; `command` simulates them.
    ///
    /// # Errors
    /// [`HtmlError`] where a table cannot be read.
    pub fn of_run(result: &Opened, frozen: &Frozen, command: String) -> Result<Self, HtmlError> {
        let Frozen { scenario, baseline } = frozen;
        let all = MetricFacts::all(scenario);
        let mut headlines: Vec<&MetricFacts> = all
            .iter()
            .filter(|metric| metric.headline.is_some())
            .collect();
        headlines.sort_by_key(|metric| metric.headline);
        headlines.truncate(HEADLINES);
        let paired = if baseline.is_some() { 2 } else { 1 };
        let stored = result.manifest.runs_ok as usize;
        let futures = stored.min(room(scenario.levers.len() + paired * headlines.len()));
        let files = result.files();
        let mut outputs = Vec::new();
        for metric in headlines {
            let of = scenario.metrics.iter().find(|of| of.name == metric.name);
            let until = of.and_then(|of| scenario.open_until(of));
            let read = |prefix: &str| -> Result<Vec<f64>, ResultError> {
                let mut values = files.numbers("runs", &format!("{prefix}{}", metric.name))?;
                values.truncate(futures);
                let open = values.iter_mut().filter(|value| value.is_nan());
                open.for_each(|value| *value = until.unwrap_or(f64::NAN));
                Ok(values)
            };
            let open = until.map_or("", |_| ", what is open counted up to the last day");
            let mut add = |is_difference: bool, values: Vec<f64>| {
                let (prefix, by) = match is_difference {
                    true => ("diff_", ", by the order"),
                    false => ("out_", ""),
                };
                outputs.push(Output {
                    name: format!("{prefix}{}", metric.name),
                    label: format!("{}{by}{open}", metric.label),
                    unit: metric.unit.clone(),
                    is_difference,
                    values,
                });
            };
            let values = read("out_")?;
            let base = baseline.as_ref().map(|_| read("base_")).transpose()?;
            let base = base.map(|base| values.iter().zip(base).map(|(x, base)| x - base).collect());
            add(false, values);
            if let Some(differences) = base {
                add(true, differences);
            }
        }
        Ok(Self {
            kind: "run",
            command,
            futures,
            stored,
            levers: with_roles(scenario, result, futures)?,
            outputs,
            judged: None,
        })
    }

    /// The futures of a comparison that all its options have; nothing where the options are
    /// several scenarios, whose levers are not the same.
    ///
    /// # Errors
    /// [`HtmlError`] where a table cannot be read.
    pub fn of_comparison(
        result: &Opened,
        page: &Comparison,
        command: String,
    ) -> Result<Option<Self>, HtmlError> {
        if page.header.title.is_none() {
            return Ok(None);
        }
        let folders = page.options.iter();
        let opened = folders.map(|option| open(&result.path.join(&option.folder)));
        let opened = opened.collect::<Result<Vec<_>, _>>()?;
        let frozen = opened.iter().map(Frozen::of);
        let frozen = frozen.collect::<Result<Vec<_>, _>>()?;
        let (Some(first), Some(scenario)) = (opened.first(), frozen.first()) else {
            return Ok(None);
        };
        let scenario = &scenario.scenario;
        let objective = page.judged_by();
        let read = opened.iter().zip(&frozen);
        let read = read.map(|(option, frozen)| objective_of(option, &frozen.scenario, page));
        let read = read.collect::<Result<Vec<_>, _>>()?;
        let alike = read.iter().all(|option| option.runs == read[0].runs);
        if !alike {
            return Ok(None);
        }
        let stored = read[0].runs.len();
        let futures = stored.min(room(scenario.levers.len() + read.len()));
        let outputs = read.into_iter().zip(&page.options);
        let outputs = outputs.map(|(mut option, named)| {
            let mut values = option.metrics.swap_remove(0);
            values.truncate(futures);
            Output {
                name: named.name.clone(),
                label: named.title.clone(),
                unit: objective.unit.clone(),
                is_difference: false,
                values,
            }
        });
        let mut levers = with_roles(scenario, first, futures)?;
        for (lever, role) in &mut levers {
            if frozen
                .iter()
                .any(|other| !drawn_alike(scenario, &other.scenario, lever))
            {
                *role = Role::Fixed("an option sets it, so that it is not the same under each");
            }
        }
        Ok(Some(Self {
            kind: "compare",
            command,
            futures,
            stored,
            levers,
            outputs: outputs.collect(),
            judged: Some(Judged {
                reference: page.compared.judged.reference,
                less_is_better: objective.more_is_better == Some(false),
                label: objective.label.clone(),
            }),
        }))
    }
}

/// Futures for which there is room, with so many numbers of each.
fn room(columns: usize) -> usize {
    MOST_BYTES / (8 * columns.max(1))
}

fn with_roles(
    scenario: &Scenario,
    result: &Opened,
    futures: usize,
) -> Result<Vec<(Lever, Role)>, HtmlError> {
    let roles = roles(scenario, result.files(), futures)?;
    Ok(scenario.levers.iter().cloned().zip(roles).collect())
}

/// The objective in each future of an option; of a time to an end, what has not ended counts as
/// having lasted to the horizon, as the comparison has it.
fn objective_of(
    option: &Opened,
    scenario: &Scenario,
    page: &Comparison,
) -> Result<Simulated, HtmlError> {
    let name = &page.judged_by().name;
    let metric = scenario.metrics.iter().find(|metric| metric.name == *name);
    let wish = Wish {
        metric: name,
        open_until: metric.and_then(|metric| scenario.open_until(metric)),
    };
    let wishes = Wishes {
        metrics: &[wish],
        case: None,
        inputs: &[],
        nodes: &[],
        start: page.header.start,
    };
    Ok(Simulated::read(option, &wishes)?)
}

/// Whether two options draw the lever's input, and what is tied to it, in the same way.
fn drawn_alike(one: &Scenario, other: &Scenario, lever: &Lever) -> bool {
    let of = |scenario: &Scenario| {
        let found = scenario
            .inputs
            .iter()
            .find(|input| input.path == lever.path);
        found.map(|input| input.distribution.clone())
    };
    let tied = |scenario: &Scenario| {
        let coupled = scenario.correlations.coupled().iter();
        let coupled = coupled.map(|id| scenario.inputs[id.0].clone());
        coupled.collect::<Vec<_>>()
    };
    of(one) == of(other) && tied(one) == tied(other)
}
