//! Levels that can be drawn over time: what a metric takes at its date, month by month.

use super::FigureError;
use crate::report::unit::Unit;
use crate::scenario::resolved::{FullModel, Metric, Model};
use crate::scenario::{Scenario, advice};
use crate::world::metrics::level_of;

/// A level that can be drawn: a column of the paths.
pub(super) struct LevelAsked {
    /// The column.
    pub column: String,
    /// What it is, as read.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
}

/// The levels that figures are drawn of: that of `metric`, or those of the headline metrics,
/// or else of the first metric that has one.
pub(super) fn levels(
    scenario: &Scenario,
    metric: Option<&str>,
) -> Result<Vec<LevelAsked>, FigureError> {
    let Model::Full(model) = &scenario.model else {
        return Err(FigureError::Benchmark(scenario.name.clone()));
    };
    let asked = |metric: &Metric| {
        level_of(metric, model).map(|column| LevelAsked {
            column,
            label: undated(&metric.title).to_owned(),
            unit: Unit::of(metric.of, &scenario.currency),
        })
    };
    let all: Vec<(&Metric, LevelAsked)> = scenario
        .metrics
        .iter()
        .filter_map(|metric| Some((metric, asked(metric)?)))
        .collect();
    if let Some(name) = metric {
        let mut named = all
            .into_iter()
            .filter(|(metric, level)| metric.name == name || level.column == name);
        let found = named.next().map(|(_, level)| vec![level]);
        return found.ok_or_else(|| not_a_level(scenario, model, name));
    }
    let mut headlines: Vec<LevelAsked> = Vec::new();
    let mut first = None;
    for (metric, level) in all {
        let known = headlines.iter().any(|known| known.column == level.column);
        if metric.headline.is_some() && !known {
            headlines.push(level);
        } else {
            first.get_or_insert(level);
        }
    }
    if headlines.is_empty() {
        headlines.extend(first);
    }
    Ok(headlines)
}

fn not_a_level(scenario: &Scenario, model: &FullModel, name: &str) -> FigureError {
    let metrics = scenario.metrics.iter();
    let drawn = metrics.filter(|metric| level_of(metric, model).is_some());
    let names: Vec<&str> = drawn.map(|metric| metric.name.as_str()).collect();
    let known = scenario.metrics.iter().any(|metric| metric.name == name);
    let mend = match (known, advice(name, &names)) {
        (true, _) => format!(
            "it counts or waits rather than being a level at a date, as {} is",
            names.first().copied().unwrap_or("none")
        ),
        (false, Some(advice)) => advice,
        (false, None) => "this scenario has no level to draw".to_owned(),
    };
    FigureError::Metric {
        metric: name.to_owned(),
        mend,
    }
}

/// A metric's title without its date: a level has one at every date.
fn undated(title: &str) -> &str {
    let is_date = |tail: &str| {
        let digits = tail.chars().filter(char::is_ascii_digit).count();
        digits >= 4
    };
    match title.rsplit_once(", ") {
        Some((head, tail)) if is_date(tail) => head,
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::undated;

    #[test]
    fn a_level_has_no_date() {
        assert_eq!(undated("EU trust, Dec 2014 (0-100)"), "EU trust");
        assert_eq!(
            undated("share of spend, of all, Nov 2030"),
            "share of spend, of all"
        );
        assert_eq!(
            undated("share of spend, everywhere"),
            "share of spend, everywhere"
        );
    }
}
