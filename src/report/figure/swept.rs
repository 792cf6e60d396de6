//! The tornado of a sweep: what each input changes of a metric, from the ends simulated.

use super::studies::Swept;
use super::tornado::{Bar, End, Tornado};
use super::{Figure, FigureError, capital};
use crate::report::comparison::on_scale;

/// Of a sweep: what each input changes of a metric.
pub(super) fn tornado(swept: &Swept<'_>, metric: Option<&str>) -> Result<Figure, FigureError> {
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
