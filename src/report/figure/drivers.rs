//! Tornados of a run and a comparison: the numbers and the words of each.

use super::source::Source;
use super::studies::Compared;
use super::tornado::{Bar, End, NAME, Tornado};
use super::{Figure, FigureError, capital};
use crate::analysis::decide::futures::{Futures, Simulated, Wish, Wishes};
use crate::analysis::decide::sensitive::InputColumn;
use crate::analysis::decide::verdict::runner_up;
use crate::analysis::swing::{FEWEST_IN_A_PART, Swing, swings};
use crate::ensemble::column_name;
use crate::report::comparison::on_scale;
use crate::report::convergence::build::Columns;
use crate::report::digits::{figure as digits, rounded};
use crate::report::finished::unusable;
use crate::report::input::MetricFacts;
use crate::result::table::Cells;
use crate::result::{Opened, Wanted, open};
use crate::scenario::Scenario;

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
    let Columns {
        scenario, baseline, ..
    } = Columns::read(source.result, &metric.name)?;
    let until = open_until(&source.scenario, &metric.name);
    let is_effect = baseline.is_some();
    let values = values((scenario, baseline), until);
    let values: Vec<f64> = values
        .into_iter()
        .map(|value| on_scale(&metric.unit, value))
        .collect();
    let known = values.iter().filter(|value| !value.is_nan()).count();
    let of_whom = match (until, values.len() - known) {
        (Some(_), _) => " What has not ended by the last day counts as ending then.".to_owned(),
        (None, 0) => String::new(),
        (None, _) => format!(
            " Over the {} of {} futures that have a value.",
            digits(known as f64, 0),
            digits(values.len() as f64, 0)
        ),
    };
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
             chance does among {} of them. The line is the mean over all these futures.{of_whom}",
            inputs.len()
        ),
        unit: &metric.unit,
        is_difference: is_effect,
        base,
        beyond_zero: is_effect.then(|| "the order's effect is told to have the other sign".to_owned()),
        ends: FIFTHS,
        bars,
        footer: source.footer(),
    }
    .figure()
}

/// What the scenario has less what its baseline has, or what it has; a future without a value
/// counts with `until`, where there is one.
fn values((scenario, baseline): (Vec<f64>, Option<Vec<f64>>), until: Option<f64>) -> Vec<f64> {
    let lasting = |value: f64| match until {
        Some(until) if value.is_nan() => until,
        _ => value,
    };
    match baseline {
        Some(baseline) => {
            let pairs = scenario.into_iter().zip(baseline);
            pairs.map(|(a, b)| lasting(a) - lasting(b)).collect()
        }
        None => scenario.into_iter().map(lasting).collect(),
    }
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
    let wishes = Wishes {
        metrics: &[Wish {
            metric: &metric.name,
            open_until: open_until(scenario, &metric.name),
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
    Tornado {
        of: &metric.name,
        title: lead_message(&bars, base, [first, next]),
        subtitle: format!("lead of {first} over {next}, {}", metric.label),
        caption: format!(
            "The lead of {first} over {next}, by {}: the mean over the fifth of futures in which an \
             input is lowest and over that in which it is highest, with its 95 % interval, for the \
             inputs that move it by more than chance does among {}. Beyond zero {next} is better, in \
             another colour where the interval leaves out zero.",
            metric.label,
            paths.len()
        ),
        unit: &metric.unit,
        is_difference: true,
        base,
        beyond_zero: Some(format!("{next} is told to be better")),
        ends: FIFTHS,
        bars,
        footer: compared.footer(),
    }
    .figure()
}

/// Whether an input is told to put the next option before the first, and which moves the lead
/// most.
fn lead_message(bars: &[Bar], base: f64, [first, next]: [&str; 2]) -> String {
    let turns = bars.iter().find(|bar| {
        let mut ends = [&bar.low, &bar.high].into_iter();
        ends.any(|end| end.is_beyond_zero(base))
    });
    match (turns, bars.first()) {
        (Some(bar), _) => format!("{next} passes {first} within the range of {}", bar.label),
        (None, Some(bar)) => format!(
            "No input alone is told to put {next} before {first}; its lead hangs most on {}",
            bar.label
        ),
        (None, None) => String::new(),
    }
}

/// Until when what has not ended counts as having lasted, as a comparison has it.
fn open_until(scenario: &Scenario, metric: &str) -> Option<f64> {
    let mut metrics = scenario.metrics.iter();
    scenario.open_until(metrics.find(|known| known.name == metric)?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::interval::Interval;

    fn bar(high: f64, error: f64) -> Bar {
        let end = |mean: f64| End {
            input: String::new(),
            mean,
            interval: Some(Interval::around(mean, error)),
        };
        Bar {
            path: "p".to_owned(),
            label: "the wish".to_owned(),
            low: end(5.0),
            high: end(high),
        }
    }

    #[test]
    fn an_option_passes_another_only_where_that_is_told() {
        let said = |high, error| lead_message(&[bar(high, error)], 2.0, ["keys", "comply"]);
        let passes = "comply passes keys within the range of the wish";
        let none =
            "No input alone is told to put comply before keys; its lead hangs most on the wish";
        assert_eq!(said(-1.0, 0.5), passes);
        assert_eq!(said(-1.0, 1.5), none);
        assert_eq!(said(1.0, 0.5), none);
    }

    /// One that is open in one world and has ended in the other differs by what is known.
    #[test]
    fn what_has_not_ended_counts_to_the_horizon() {
        let scenario = vec![10.0, f64::NAN, f64::NAN];
        let baseline = Some(vec![f64::NAN, 40.0, f64::NAN]);
        let of_both = values((scenario.clone(), baseline.clone()), Some(100.0));
        assert_eq!(of_both, [-90.0, 60.0, 0.0]);
        assert_eq!(
            values((scenario.clone(), None), Some(100.0)),
            [10.0, 100.0, 100.0]
        );
        let unknown = values((scenario, baseline), None);
        assert!(unknown.iter().all(|value| value.is_nan()));
    }
}
