//! The numbers by which futures can be chosen, by their names: known from the scenario,
//! before anything is simulated.

use super::StoryError;
use super::condition::checked;
use super::expression::parse;
use super::pick::Pick;
use crate::ensemble::column_name;
use crate::report::input::MetricFacts;
use crate::report::unit::Unit;
use crate::result::World;
use crate::scenario::advice;
use crate::scenario::resolved::{Better, Model, Scenario};

/// What stands before a metric's name in a column of `runs.parquet`.
const OF_METRICS: [&str; 3] = ["out_", "base_", "diff_"];

/// A number that every future has: a column of `runs.parquet`.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its name, such as `out_case_days`.
    pub column: String,
    /// What it is, as read in a sentence.
    pub label: String,
    /// Its unit; an input drawn has none.
    pub unit: Option<Unit>,
    /// Whether it is a difference between the two worlds.
    pub is_difference: bool,
    /// Which way is better.
    pub better: Better,
}

/// All numbers and cases of a scenario.
#[derive(Debug)]
pub struct Catalogue<'s> {
    scenario: &'s Scenario,
    metrics: Vec<MetricFacts>,
    /// Whether futures are paired with the same without the order.
    pub paired: bool,
}

impl<'s> Catalogue<'s> {
    /// Those of a scenario, run beside its baseline or alone.
    #[must_use]
    pub fn new(scenario: &'s Scenario, paired: bool) -> Self {
        Self {
            metrics: MetricFacts::all(scenario),
            scenario,
            paired,
        }
    }

    /// Refuses a wish that no result of the scenario could fulfil, for a job of so many
    /// runs.
    ///
    /// # Errors
    /// [`StoryError`]
    pub fn check(&self, wish: &super::Wish<'_>, runs: u32) -> Result<(), StoryError> {
        if let Model::MarketBenchmark(_) = self.scenario.model {
            return Err(StoryError::Benchmark(self.scenario.name.clone()));
        }
        if wish.world == World::Baseline && !self.paired {
            return Err(StoryError::NoBaseline);
        }
        let of = wish.of.map(|name| self.find(name)).transpose()?;
        match wish.pick {
            Pick::Run(run) if *run >= runs => Err(StoryError::NoRun {
                run: *run,
                last: runs.saturating_sub(1),
            }),
            Pick::Run(_) => Ok(()),
            Pick::Typical => match (of, self.headlines().is_empty()) {
                (None, true) => Err(StoryError::NoHeadline("to be typical of")),
                _ => Ok(()),
            },
            Pick::Worst | Pick::Best => self.directed(of).map(drop),
            Pick::Where(condition) => {
                let clauses = parse(condition)?;
                clauses
                    .iter()
                    .try_for_each(|clause| checked(self, clause).map(drop))
            }
        }
    }

    /// The number by which a future is worst or best: this, or the first headline metric
    /// that has a direction.
    ///
    /// # Errors
    /// [`StoryError::Neutral`], [`StoryError::NoHeadline`].
    pub fn directed(&self, of: Option<Asked>) -> Result<Asked, StoryError> {
        let asked = match of {
            Some(asked) => asked,
            None => {
                let headlines = self.headlines().into_iter();
                let mut directed = headlines.filter(|metric| metric.better != Better::Neutral);
                let first = directed.next();
                first.ok_or(StoryError::NoHeadline("with a better direction"))?
            }
        };
        if asked.better == Better::Neutral {
            return Err(StoryError::Neutral(asked.column));
        }
        Ok(asked)
    }

    /// Headline metrics in the scenario's world, in their order.
    #[must_use]
    pub fn headlines(&self) -> Vec<Asked> {
        let headline = |metric: &&MetricFacts| metric.headline.is_some();
        let mut headlines: Vec<_> = self.metrics.iter().filter(headline).collect();
        headlines.sort_by_key(|metric| metric.headline);
        headlines
            .into_iter()
            .map(|metric| of(metric, "out_"))
            .collect()
    }

    /// The number of a metric's name, or of a column's.
    ///
    /// # Errors
    /// [`StoryError::Unknown`] with the nearest name; [`StoryError::NoBaseline`].
    pub fn find(&self, name: &str) -> Result<Asked, StoryError> {
        let metric = |name: &str| self.metrics.iter().find(|metric| metric.name == name);
        if let Some(metric) = metric(name) {
            return Ok(of(metric, "out_"));
        }
        for prefix in OF_METRICS {
            match name.strip_prefix(prefix).and_then(metric) {
                Some(_) if prefix != "out_" && !self.paired => return Err(StoryError::NoBaseline),
                Some(metric) => return Ok(of(metric, prefix)),
                None => {}
            }
        }
        let drawn = name.strip_prefix("in_");
        let mut inputs = self.scenario.inputs.iter();
        let input = inputs.find(|input| drawn.is_some_and(|d| d == column_name(&input.path)));
        input.map_or_else(
            || Err(self.unknown(name)),
            |input| {
                Ok(Asked {
                    column: name.to_owned(),
                    label: input.path.clone(),
                    unit: None,
                    is_difference: false,
                    better: Better::Neutral,
                })
            },
        )
    }

    /// Names of the cases.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        let cases = match &self.scenario.model {
            Model::Full(model) => model.cases.as_slice(),
            Model::MarketBenchmark(_) => &[],
        };
        cases.iter().map(|case| case.name.as_str())
    }

    fn unknown(&self, name: &str) -> StoryError {
        let prefixes = if self.paired {
            &OF_METRICS[..]
        } else {
            &OF_METRICS[..1]
        };
        let inputs = self.scenario.inputs.iter();
        let inputs = inputs.map(|input| format!("in_{}", column_name(&input.path)));
        let mut names: Vec<String> = self.metrics.iter().map(|m| m.name.clone()).collect();
        names.extend(self.cases().map(str::to_owned));
        for prefix in prefixes {
            names.extend(self.metrics.iter().map(|m| format!("{prefix}{}", m.name)));
        }
        names.extend(inputs);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        StoryError::Unknown {
            name: name.to_owned(),
            advice: advice(name, &names),
        }
    }
}

fn of(metric: &MetricFacts, prefix: &str) -> Asked {
    Asked {
        column: format!("{prefix}{}", metric.name),
        label: match prefix {
            "base_" => format!("{}, without the order", metric.label),
            "diff_" => format!("{}, by the order", metric.label),
            _ => metric.label.clone(),
        },
        unit: Some(metric.unit.clone()),
        is_difference: prefix == "diff_",
        better: metric.better,
    }
}

impl Asked {
    /// The same metric's column with `out_`, `base_` or `diff_` before its name; the label
    /// stays.
    #[must_use]
    pub fn beside(&self, prefix: &str) -> Self {
        let metric = self.column.split_once('_').map_or("", |(_, name)| name);
        Self {
            column: format!("{prefix}{metric}"),
            is_difference: prefix == "diff_",
            ..self.clone()
        }
    }
}
