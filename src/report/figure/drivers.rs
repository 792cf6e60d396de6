//! Tornados of a run, a comparison and a sweep: the numbers and the words of each.

use super::source::Source;
use super::studies::{Compared, Swept};
use super::tornado::{Bar, End, NAME, Tornado};
use super::{Figure, FigureError, capital};
use crate::analysis::decide::futures::{Futures, Simulated, Wish, Wishes};
use crate::analysis::decide::sensitive::InputColumn;
use crate::analysis::decide::verdict::runner_up;
use crate::analysis::swing::{FEWEST_IN_A_PART, Swing, swings};
use crate::ensemble::column_name;
use crate::report::comparison::on_scale;
use crate::report::convergence::build::Columns;
use crate::report::digits::rounded;
use crate::report::finished::unusable;
use crate::report::input::MetricFacts;
use crate::result::table::Cells;
use crate::result::{Opened, Wanted, open};
use crate::scenario::Scenario;
use crate::scenario::resolved::Observable;

const FIFTHS: [&str; 2] = ["input in its lowest fifth", "input in its highest fifth"];

/// Of a run: what moves the effect of the order on a metric, or its level without a baseline;
/// without a name on the first headline that any input moves by more than chance does.
pub(super) fn of_run(source: &Source<'_>, metric: Option<&str>) -> Result<Figure, FigureError> {
    let inputs = inputs(source.result, &source.scenario)?;
    let mut lacking = None;
    for metric in asked(&source.scenario, metric)? {
        match of_metric(source, &metric, &inputs) {
            Err(error @ FigureError::Not { .. }) => {
                lacking.get_or_insert(error);
            }
            found => return found,
        }
    }
    Err(lacking.unwrap_or_else(|| FigureError::Not {
        figure: NAME,
        why: "the scenario has no metric".to_owned(),
    }))
}

fn of_metric(
    source: &Source<'_>,
    metric: &MetricFacts,
    inputs: &[InputColumn],
) -> Result<Figure, FigureError> {
    let columns = Columns::read(source.result, &metric.name)?;
    let is_effect = columns.baseline.is_some();
    let values: Vec<f64> = match &columns.baseline {
        Some(baseline) => columns
            .scenario
            .iter()
            .zip(baseline)
            .map(|(a, b)| a - b)
            .collect(),
        None => columns.scenario.clone(),
    };
    let values: Vec<f64> = values
        .into_iter()
        .map(|value| on_scale(&metric.unit, value))
        .collect();
    let base = mean(&values);
    let found = swings(inputs, &values)?;
    enough(&found, values.len())?;
    let what = if is_effect {
        format!("{}, by the order", metric.label)
    } else {
        metric.label.clone()
    };
    let bars = bars(&source.scenario, found);
    let first = bars.first().map_or(String::new(), |bar| bar.label.clone());
    Tornado {
        of: &metric.name,
        title: format!("{} hangs most on {first}", capital(&what)),
        subtitle: "mean over the futures in which an input is lowest and highest, all else as it comes"
            .to_owned(),
        caption: format!(
            "{what}: the mean over the fifth of futures in which an input is lowest and over that in \
             which it is highest, with its 95 % interval, for the inputs that move it by more than \
             chance does among {} of them. The line is the mean over all futures.",
            inputs.len()
        ),
        unit: &metric.unit,
        is_difference: is_effect,
        base,
        beyond_zero: is_effect.then(|| "the order's effect has the other sign".to_owned()),
        ends: FIFTHS,
        bars,
        footer: source.footer(),
    }
    .figure()
}

/// Of a comparison: what moves the lead of the best option over the next.
pub(super) fn of_comparison(
    compared: &Compared<'_>,
    asked: Option<&str>,
) -> Result<Figure, FigureError> {
    let page = &compared.page;
    let judged = &page.compared.judged;
    let (best, metric) = (judged.best, page.judged_by());
    if let Some(asked) = asked.filter(|asked| *asked != metric.name) {
        return Err(FigureError::Metric {
            metric: asked.to_owned(),
            mend: format!("the options are compared by {}", metric.name),
        });
    }
    let Some(second) = runner_up(judged) else {
        return Err(FigureError::Not {
            figure: NAME,
            why: "one option alone has futures, so that none leads".to_owned(),
        });
    };
    let scenario = &compared.scenario;
    let paths: Vec<&str> = scenario.inputs.iter().map(|input| &*input.path).collect();
    let of = scenario
        .metrics
        .iter()
        .find(|known| known.name == metric.name);
    // As the comparison itself reads it.
    let until_end =
        of.is_some_and(|of| matches!(of.of, Observable::CaseDays | Observable::PolicyDays));
    let horizon = f64::from(page.header.end.days_since(page.header.start));
    let wishes = Wishes {
        metrics: &[Wish {
            metric: &metric.name,
            open_until: until_end.then_some(horizon),
        }],
        case: None,
        inputs: &paths,
        nodes: &[],
        start: page.header.start,
    };
    let read = [best, second].map(|option| {
        let folder = compared.result.path.join(&page.options[option].folder);
        Ok::<_, FigureError>(Simulated::read(&open(&folder)?, &wishes)?)
    });
    let [first, next] = read;
    let futures = Futures::side_by_side(&[first?, next?]);
    let sign = if metric.more_is_better == Some(false) {
        -1.0
    } else {
        1.0
    };
    let lead = futures.values[0][0].iter().zip(&futures.values[1][0]);
    let lead: Vec<f64> = lead
        .map(|(a, b)| sign * on_scale(&metric.unit, a - b))
        .collect();
    let found = swings(&futures.inputs, &lead)?;
    enough(&found, lead.len())?;
    let (first, next) = (&page.options[best].name, &page.options[second].name);
    let base = mean(&lead);
    let bars = bars(scenario, found);
    let turns = bars.iter().find(|bar| {
        [&bar.low, &bar.high]
            .iter()
            .any(|end| end.mean * base < 0.0)
    });
    let title = match (turns, bars.first()) {
        (Some(bar), _) => format!("{next} passes {first} within the range of {}", bar.label),
        (None, Some(bar)) => format!(
            "No input alone puts {next} before {first}; its lead hangs most on {}",
            bar.label
        ),
        (None, None) => String::new(),
    };
    Tornado {
        of: &metric.name,
        title,
        subtitle: format!("lead of {first} over {next}, {}", metric.label),
        caption: format!(
            "The lead of {first} over {next}, by {}: the mean over the fifth of futures in which an \
             input is lowest and over that in which it is highest, with its 95 % interval, for the \
             inputs that move it by more than chance does among {}. Beyond zero {next} is better.",
            metric.label,
            paths.len()
        ),
        unit: &metric.unit,
        is_difference: true,
        base,
        beyond_zero: Some(format!("{next} is better")),
        ends: FIFTHS,
        bars,
        footer: compared.footer(),
    }
    .figure()
}

/// Of a sweep: what each input changes of a metric.
pub(super) fn of_sweep(swept: &Swept<'_>, metric: Option<&str>) -> Result<Figure, FigureError> {
    let page = &swept.page;
    let at = match metric {
        Some(name) => page.metrics.iter().position(|metric| metric.name == name),
        None => {
            (0..page.metrics.len()).min_by_key(|at| page.metrics[*at].headline.unwrap_or(u8::MAX))
        }
    };
    let at = at.ok_or_else(|| {
        let names: Vec<&str> = page.metrics.iter().map(|metric| &*metric.name).collect();
        FigureError::Metric {
            metric: metric.unwrap_or_default().to_owned(),
            mend: format!("the sweep is of {}", names.join(", ")),
        }
    })?;
    let metric = &page.metrics[at];
    let mut bars: Vec<Bar> = page
        .moved
        .iter()
        .filter_map(|moved| {
            let difference = moved.differences.get(at)?.as_ref()?;
            let interval = difference.interval.map(|mut interval| {
                interval.low = on_scale(&metric.unit, interval.low);
                interval.high = on_scale(&metric.unit, interval.high);
                interval
            });
            Some(Bar {
                path: moved.path.clone(),
                label: format!("{}, {} to {}", moved.path, moved.from.value, moved.to.value),
                low: End {
                    input: moved.from.value.clone(),
                    mean: 0.0,
                    interval: None,
                },
                high: End {
                    input: moved.to.value.clone(),
                    mean: on_scale(&metric.unit, difference.mean),
                    interval,
                },
            })
        })
        .collect();
    bars.sort_by(|a, b| b.high.mean.abs().total_cmp(&a.high.mean.abs()));
    let is_told = |bar: &&Bar| {
        bar.high
            .interval
            .is_some_and(|interval| !interval.contains(0.0))
    };
    let what = capital(&metric.label);
    Tornado {
        of: &metric.name,
        title: match bars.iter().find(is_told) {
            Some(bar) => format!("{what}: moved most by {}, of what is told", bar.path),
            None => format!("{what}: no input is told to move it"),
        },
        subtitle: "mean where the input is high less that where it is low, future by future".to_owned(),
        caption: format!(
            "{}: the mean over the points at which an input is high less that over those at which it \
             is low, in the same futures, with its 95 % interval.",
            metric.label
        ),
        unit: &metric.unit,
        is_difference: true,
        base: 0.0,
        beyond_zero: None,
        ends: ["input low", "input high"],
        bars,
        footer: swept.footer(),
    }
    .figure()
}

/// The metric of this name; the headlines in their order where there is none.
fn asked(scenario: &Scenario, name: Option<&str>) -> Result<Vec<MetricFacts>, FigureError> {
    let mut all = MetricFacts::all(scenario);
    match name {
        Some(name) => all.retain(|metric| metric.name == name),
        None => all.sort_by_key(|metric| metric.headline.unwrap_or(u8::MAX)),
    }
    match (name, all.is_empty()) {
        (Some(name), true) => Err(FigureError::Metric {
            metric: name.to_owned(),
            mend: format!("`comity list metrics {}` shows all", scenario.name),
        }),
        _ => Ok(all),
    }
}

/// All inputs of a result, read at once: its table has hundreds of columns.
fn inputs(result: &Opened, scenario: &Scenario) -> Result<Vec<InputColumn>, FigureError> {
    let inputs = scenario.inputs.iter();
    let names: Vec<String> = inputs
        .map(|input| format!("in_{}", column_name(&input.path)))
        .collect();
    let wanted: Vec<&str> = names.iter().map(String::as_str).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let table = result.files().table("runs", Wanted::Columns(&wanted))?;
    let columns = scenario.inputs.iter().zip(wanted).map(|(input, name)| {
        let values = table.column(name).and_then(Cells::to_numbers);
        Ok(InputColumn {
            path: input.path.clone(),
            values: values.ok_or_else(|| unusable("runs", name))?,
        })
    });
    columns.collect()
}

fn mean(values: &[f64]) -> f64 {
    let known = || values.iter().filter(|value| !value.is_nan());
    known().sum::<f64>() / known().count().max(1) as f64
}

fn enough(found: &[Swing], futures: usize) -> Result<(), FigureError> {
    if found.is_empty() {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!(
                "{futures} futures are too few for fifths of {FEWEST_IN_A_PART}, or no input is drawn; \
                 simulate more (-n)"
            ),
        });
    }
    Ok(())
}

/// The swings that are told, the inputs by their levers' labels where they have one.
fn bars(scenario: &Scenario, found: Vec<Swing>) -> Vec<Bar> {
    let told = found.into_iter().filter(|swing| swing.told);
    told.map(|swing| {
        let lever = scenario
            .levers
            .iter()
            .find(|lever| lever.path == swing.path);
        let end = |end: crate::analysis::swing::End, side: &str| End {
            input: format!("{side} {}", rounded(end.bound)),
            mean: end.mean,
            interval: Some(end.interval),
        };
        Bar {
            label: lever.map_or_else(|| swing.path.clone(), |lever| lever.label.clone()),
            low: end(swing.low, "up to"),
            high: end(swing.high, "from"),
            path: swing.path,
        }
    })
    .collect()
}
