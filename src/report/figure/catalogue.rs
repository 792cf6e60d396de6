//! The figures that there are, by their names, and those that a result has.

use super::source::Source;
use super::{Figure, FigureError, endings, fan, levels, locations, survival};
use crate::result::Opened;
use crate::scenario::Scenario;
use crate::scenario::resolved::Model;

/// The name of every figure.
pub const ALL: [&str; 4] = [fan::NAME, endings::NAME, survival::NAME, locations::NAME];

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    /// The figure; all that the result has where nothing.
    pub figure: Option<&'a str>,
    /// The metric of figures over time; the headlines where nothing.
    pub metric: Option<&'a str>,
}

/// Refuses what no result of the scenario could have.
///
/// # Errors
/// [`FigureError::Benchmark`], [`FigureError::Metric`].
pub fn check(scenario: &Scenario, wish: &Wish<'_>) -> Result<(), FigureError> {
    if let Model::MarketBenchmark(_) = scenario.model {
        return Err(FigureError::Benchmark(scenario.name.clone()));
    }
    let of_time = wish.figure.is_none_or(|name| name == fan::NAME);
    match (wish.metric, wish.figure) {
        (Some(_), Some(name)) if !of_time => Err(FigureError::Metric {
            metric: wish.metric.unwrap_or_default().to_owned(),
            mend: format!("the figure {name} is not of a metric, so leave out --metric"),
        }),
        (metric, _) if metric.is_some() || wish.figure == Some(fan::NAME) => {
            levels::levels(scenario, metric).map(drop)
        }
        _ => Ok(()),
    }
}

/// The figures of a result.
///
/// # Errors
/// [`FigureError`]; without a figure named, one that the result cannot have is left out, if
/// there is another.
pub fn figures(result: &Opened, wish: &Wish<'_>) -> Result<Vec<Figure>, FigureError> {
    let source = Source::of(result)?;
    check(&source.scenario, wish)?;
    let mut found = Vec::new();
    let mut lacking = None;
    for figure in ALL {
        let asked = match wish.figure {
            Some(name) => name == figure,
            // A metric is of figures over time.
            None => wish.metric.is_none() || figure == fan::NAME,
        };
        if !asked {
            continue;
        }
        match of(&source, figure, wish) {
            Ok(figures) => found.extend(figures),
            Err(error @ FigureError::Not { .. }) if wish.figure.is_none() => {
                lacking.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    match (found.is_empty(), lacking) {
        (true, Some(error)) => Err(error),
        _ => Ok(found),
    }
}

fn of(source: &Source<'_>, name: &str, wish: &Wish<'_>) -> Result<Vec<Figure>, FigureError> {
    match name {
        endings::NAME => Ok(vec![endings::figure(source)?]),
        locations::NAME => Ok(vec![locations::figure(source)?]),
        survival::NAME => Ok(vec![survival::figure(source)?]),
        _ => {
            let levels = levels::levels(&source.scenario, wish.metric)?;
            let fans = levels.iter().map(|level| fan::figure(source, level));
            fans.collect()
        }
    }
}
