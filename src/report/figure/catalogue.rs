//! The figures that there are, by their names, and those that a result has.

use super::source::Source;
use super::studies::{Backcast, Compared, Converged, Swept};
use super::{
    Figure, FigureError, calibration, convergence, decision, drivers, endings, exceedance,
    exposure, fan, ladder, levels, locations, procedure, reach, regions, survival, swept,
    thresholds, tornado,
};
use crate::result::Opened;
use crate::scenario::Scenario;
use crate::scenario::resolved::Model;

/// The name of every figure.
pub const ALL: [&str; 16] = [
    fan::NAME,
    endings::NAME,
    survival::NAME,
    procedure::NAME,
    locations::NAME,
    reach::NAME,
    exposure::NAME,
    regions::NAME,
    exceedance::NAME,
    ladder::NAME,
    tornado::NAME,
    convergence::NAME,
    decision::NAME,
    thresholds::NAME,
    calibration::PIT,
    calibration::RELIABILITY,
];

/// Those of a result of each command.
const OF_RUN: &[&str] = ALL.split_at(12).0;
const OF_COMPARE: &[&str] = &[decision::NAME, tornado::NAME, thresholds::NAME];
const OF_SWEEP: &[&str] = &[tornado::NAME];
const OF_BACKTEST: &[&str] = &[calibration::PIT, calibration::RELIABILITY];
const OF_CONVERGENCE: &[&str] = &[convergence::NAME];

/// Those of which there is one for each metric.
const OF_A_METRIC: [&str; 3] = [fan::NAME, tornado::NAME, convergence::NAME];

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    /// The figure; all that the result has where nothing.
    pub figure: Option<&'a str>,
    /// The metric of figures that are of one; the headlines where nothing.
    pub metric: Option<&'a str>,
}

impl Wish<'_> {
    /// Whether a figure is asked for: without a name all, with a metric those of one.
    fn asks(&self, figure: &str) -> bool {
        match (self.figure, self.metric) {
            (Some(name), _) => name == figure,
            (None, Some(_)) => OF_A_METRIC.contains(&figure),
            (None, None) => true,
        }
    }
}

/// Refuses what no result of `comity run` on the scenario could have.
///
/// # Errors
/// [`FigureError::Benchmark`], [`FigureError::Metric`], [`FigureError::Of`].
pub fn check(scenario: &Scenario, wish: &Wish<'_>) -> Result<(), FigureError> {
    if let Model::MarketBenchmark(_) = scenario.model {
        return Err(FigureError::Benchmark(scenario.name.clone()));
    }
    known(wish, "run", OF_RUN)?;
    let Some(metric) = wish.metric else {
        return match wish.figure {
            Some(fan::NAME) => levels::levels(scenario, None).map(drop),
            _ => Ok(()),
        };
    };
    // Of convergence a statistic may follow.
    let name = metric.split_once('.').map_or(metric, |(name, _)| name);
    let known = scenario.metrics.iter().any(|known| known.name == name);
    if known && wish.figure != Some(fan::NAME) {
        return Ok(());
    }
    levels::levels(scenario, Some(metric)).map(drop)
}

/// Refuses a figure that results of this command do not have, and a metric for one that is not
/// of any.
fn known(wish: &Wish<'_>, kind: &str, of_kind: &[&str]) -> Result<(), FigureError> {
    let Some(name) = wish.figure else {
        return Ok(());
    };
    if !of_kind.contains(&name) {
        return Err(FigureError::Of {
            figure: name.to_owned(),
            kind: kind.to_owned(),
            of_kind: of_kind.join(", "),
            by: by(name),
        });
    }
    match wish.metric {
        Some(metric) if !OF_A_METRIC.contains(&name) => Err(FigureError::Metric {
            metric: metric.to_owned(),
            mend: format!("the figure {name} is not of a metric, so leave out --metric"),
        }),
        _ => Ok(()),
    }
}

/// The command whose results have a figure.
fn by(figure: &str) -> &'static str {
    let kinds = [
        ("run", OF_RUN),
        ("compare", OF_COMPARE),
        ("backtest", OF_BACKTEST),
    ];
    let found = kinds
        .into_iter()
        .find(|(_, figures)| figures.contains(&figure));
    found.map_or("run", |(kind, _)| kind)
}

/// The figures of a result.
///
/// # Errors
/// [`FigureError`]; without a figure named, one that the result cannot have is left out, if
/// there is another.
pub fn figures(result: &Opened, wish: &Wish<'_>) -> Result<Vec<Figure>, FigureError> {
    let kind = &*result.manifest.identity.kind;
    match kind {
        "run" => {
            let source = Source::of(result)?;
            check(&source.scenario, wish)?;
            each(wish, kind, OF_RUN, |name| of_run(&source, name, wish))
        }
        "compare" => {
            let compared = Compared::of(result)?;
            each(wish, kind, OF_COMPARE, |name| match name {
                decision::NAME => Ok(vec![decision::figure(&compared)]),
                tornado::NAME => Ok(vec![drivers::of_comparison(&compared, wish.metric)?]),
                _ => Ok(vec![thresholds::figure(&compared)?]),
            })
        }
        "sweep" => {
            let swept = Swept::of(result)?;
            each(wish, kind, OF_SWEEP, |_| {
                Ok(vec![swept::tornado(&swept, wish.metric)?])
            })
        }
        "backtest" => {
            let backcast = Backcast::of(result)?;
            each(wish, kind, OF_BACKTEST, |name| match name {
                calibration::PIT => Ok(vec![calibration::pit(&backcast)?]),
                _ => Ok(vec![calibration::reliability(&backcast)?]),
            })
        }
        "convergence" => {
            let converged = Converged::of(result)?;
            each(wish, kind, OF_CONVERGENCE, |_| {
                convergence::all(&converged, wish.metric)
            })
        }
        _ => Err(FigureError::Kind {
            path: result.path.display().to_string(),
            kind: kind.to_owned(),
        }),
    }
}

/// All figures of a result; none where it is of a kind, or too small, to have any.
///
/// # Errors
/// [`FigureError`] where one cannot be drawn, or the result cannot be read.
pub fn any(result: &Opened) -> Result<Vec<Figure>, FigureError> {
    match figures(result, &Wish::default()) {
        Err(
            FigureError::Not { .. }
            | FigureError::Kind { .. }
            | FigureError::Of { .. }
            | FigureError::Metric { .. }
            | FigureError::Empty(_),
        ) => Ok(Vec::new()),
        found => found,
    }
}

/// Those asked for of these.
fn each(
    wish: &Wish<'_>,
    kind: &str,
    names: &[&'static str],
    of: impl Fn(&'static str) -> Result<Vec<Figure>, FigureError>,
) -> Result<Vec<Figure>, FigureError> {
    known(wish, kind, names)?;
    let (mut found, mut lacking) = (Vec::new(), None);
    for name in names.iter().copied().filter(|name| wish.asks(name)) {
        match of(name) {
            Ok(figures) => found.extend(figures),
            Err(error @ (FigureError::Not { .. } | FigureError::Metric { .. }))
                if wish.figure.is_none() =>
            {
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

fn of_run(
    source: &Source<'_>,
    name: &'static str,
    wish: &Wish<'_>,
) -> Result<Vec<Figure>, FigureError> {
    let one = |figure: Result<Figure, FigureError>| Ok(vec![figure?]);
    match name {
        endings::NAME => one(endings::figure(source)),
        survival::NAME => one(survival::figure(source)),
        procedure::NAME => one(procedure::figure(source)),
        locations::NAME => one(locations::figure(source)),
        reach::NAME => one(reach::figure(source)),
        exposure::NAME => one(exposure::figure(source)),
        regions::NAME => one(regions::figure(source)),
        exceedance::NAME => one(exceedance::figure(source)),
        ladder::NAME => one(ladder::figure(source)),
        tornado::NAME => one(drivers::of_run(source, wish.metric)),
        convergence::NAME => one(convergence::figure(source, wish.metric)),
        _ => {
            let levels = levels::levels(&source.scenario, wish.metric)?;
            let fans = levels.iter().map(|level| fan::figure(source, level));
            fans.collect()
        }
    }
}
