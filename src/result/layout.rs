//! What a simulator's runs yield: which inputs, metrics, series and paths, in which
//! order. Rows then hold numbers only, by place.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::Date;
use crate::measure::grid::Grid;
use crate::measure::series::Span;

/// A word of [`Layout::names`], by its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Name(u32);

/// The words that rows may use (kinds of milestones, names of cases and providers), so
/// that a row holds a small number.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names(Vec<Arc<str>>);

impl Names {
    /// The name of this word, added if new. For when a layout is built: it looks
    /// through all words.
    pub fn add(&mut self, word: &str) -> Name {
        let place = self.0.iter().position(|known| &**known == word);
        let place = place.unwrap_or_else(|| {
            self.0.push(Arc::from(word));
            self.0.len() - 1
        });
        Name(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// The name of a word that was added.
    #[must_use]
    pub fn of(&self, word: &str) -> Option<Name> {
        let place = self.0.iter().position(|known| &**known == word)?;
        Some(Name(u32::try_from(place).unwrap_or(u32::MAX)))
    }

    /// The word of a name.
    #[must_use]
    pub fn word(&self, name: Name) -> Option<&Arc<str>> {
        self.0.get(name.0 as usize)
    }
}

/// A number that every run yields: an input, a metric or a column of the paths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measured {
    /// Snake_case; the tables put `in_`, `out_`, `base_` or `diff_` before it.
    pub name: String,
    /// Unit, empty where there is none.
    pub unit: String,
    /// What it estimates or says.
    pub description: String,
}

impl Measured {
    /// A number of this name, unit and meaning.
    #[must_use]
    pub fn new(name: &str, unit: &str, description: &str) -> Self {
        Self {
            name: name.to_owned(),
            unit: unit.to_owned(),
            description: description.to_owned(),
        }
    }
}

/// A series over the layout's dates, for one margin of the market.
#[derive(Clone, PartialEq, Debug)]
pub struct SeriesKey {
    /// What is measured.
    pub metric: Arc<str>,
    /// Its unit.
    pub unit: Arc<str>,
    /// One provider, or summed over all.
    pub provider: Option<Arc<str>>,
    /// One jurisdiction or bloc, or summed over all.
    pub jurisdiction: Option<Arc<str>>,
    /// One segment, or summed over all.
    pub segment: Option<Arc<str>>,
    /// Bins in which runs are counted, for levels.
    pub grid: Grid,
    /// Bins for differences to the baseline.
    pub difference_grid: Grid,
}

/// What the runs of one simulator yield.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Layout {
    /// Words that rows use.
    pub names: Names,
    /// Inputs drawn for each run.
    pub inputs: Vec<Measured>,
    /// Metrics of each run.
    pub metrics: Vec<Measured>,
    /// Whether each run is paired with the same world without the order.
    pub paired: bool,
    /// Whether only futures that agree with given facts are runs.
    pub given: bool,
    /// Dates of series and paths, rising.
    pub dates: Vec<Date>,
    /// Series, each with a value at every date.
    pub series: Vec<SeriesKey>,
    /// Columns of the paths, each with a value at every date.
    pub paths: Vec<Measured>,
}

/// What a row of `series.parquet` says something about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Estimand {
    /// The scenario's world.
    Level,
    /// The same run in the baseline's world.
    Baseline,
    /// Level less baseline, run by run.
    Difference,
}

impl Estimand {
    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Baseline => "baseline",
            Self::Difference => "difference",
        }
    }
}

impl Layout {
    /// The estimands of the series: three when paired, else the level alone.
    #[must_use]
    pub fn estimands(&self) -> &'static [Estimand] {
        if self.paired {
            &[Estimand::Level, Estimand::Baseline, Estimand::Difference]
        } else {
            &[Estimand::Level]
        }
    }

    /// Values of series in one world of one run: series × dates.
    #[must_use]
    pub fn series_values(&self) -> usize {
        self.series.len() * self.dates.len()
    }

    /// Values of the path of one run: dates × columns.
    #[must_use]
    pub fn path_values(&self) -> usize {
        self.paths.len() * self.dates.len()
    }

    /// The cells over which series are accumulated: for each estimand, for each series,
    /// its dates.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let cells = u32::try_from(self.dates.len()).unwrap_or(u32::MAX);
        self.estimands()
            .iter()
            .flat_map(|&estimand| {
                self.series.iter().map(move |key| Span {
                    grid: match estimand {
                        Estimand::Difference => key.difference_grid,
                        Estimand::Level | Estimand::Baseline => key.grid,
                    },
                    cells,
                })
            })
            .collect()
    }
}
