//! The futures of each option, side by side: those that every option has, and where options were
//! given different numbers of them, those that two options have.

use std::collections::BTreeSet;

use super::difference::Difference;
use super::sensitive::InputColumn;
use super::waiting::Ruling;
use crate::domain::Date;
use crate::ensemble::column_name;
use crate::measure::MeasureError;
use crate::result::schemas::TRIED;
use crate::result::table::Cells;
use crate::result::{Opened, ResultError, Wanted, World};

/// What one option was simulated to come to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Simulated {
    /// So many runs were done, from the first; those that failed are not among `runs`.
    pub done: u32,
    /// Numbers of its runs, rising.
    pub runs: Vec<u64>,
    /// For each metric asked for, its value in each run; NaN where a run has none.
    pub metrics: Vec<Vec<f64>>,
    /// How the case ends in each run, by the word in `cases.parquet`; empty without a case.
    pub endings: Vec<String>,
    /// Futures drawn for each run until one agreed with what is given; empty where nothing is.
    pub tried: Vec<u32>,
    /// The inputs asked for.
    pub inputs: Vec<InputColumn>,
    /// When each court asked for ruled and how.
    pub rulings: Vec<Rulings>,
}

/// What is read of a result.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Wishes<'a> {
    /// Metrics.
    pub metrics: &'a [Wish<'a>],
    /// The case by whose end futures are told apart.
    pub case: Option<&'a str>,
    /// Inputs by their paths.
    pub inputs: &'a [&'a str],
    /// Nodes of the case's court system that rule.
    pub nodes: &'a [&'a str],
    /// The first day simulated.
    pub start: Date,
}

/// The rulings of a court on the case.
#[derive(Clone, PartialEq, Debug)]
pub struct Rulings {
    /// The case and the node of its court system, as `CASE.NODE`.
    pub of: String,
    /// The first ruling in each future; nothing where none came.
    pub came: Vec<Option<Ruling>>,
}

/// A metric that is read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Wish<'a> {
    /// Its name.
    pub metric: &'a str,
    /// Of a time to an end, the length of the horizon, which a future that has not ended by then
    /// counts as having lasted (restricted mean: Royston & Parmar 2013): to leave it out would
    /// select by what an option changes.
    pub open_until: Option<f64>,
}

impl Simulated {
    /// Reads these from a result.
    ///
    /// # Errors
    /// [`ResultError`] when a table cannot be read or is damaged.
    pub fn read(result: &Opened, wishes: &Wishes<'_>) -> Result<Self, ResultError> {
        let files = result.files();
        let runs = files.numbers("runs", "run")?;
        let runs: Vec<u64> = runs.into_iter().map(|run| run as u64).collect();
        let metrics = wishes.metrics.iter().map(|wish| {
            let mut values = files.numbers("runs", &format!("out_{}", wish.metric))?;
            if let Some(last) = wish.open_until {
                let open = values.iter_mut().filter(|value| value.is_nan());
                open.for_each(|value| *value = last);
            }
            Ok(values)
        });
        let inputs = wishes.inputs.iter().map(|path| {
            let values = files.numbers("runs", &format!("in_{}", column_name(path)))?;
            Ok(InputColumn {
                path: (*path).to_owned(),
                values,
            })
        });
        let case = wishes.case;
        Ok(Self {
            metrics: metrics.collect::<Result<_, ResultError>>()?,
            inputs: inputs.collect::<Result<_, ResultError>>()?,
            tried: tried(result)?,
            done: result.manifest.runs(),
            endings: case.map_or(Ok(Vec::new()), |case| endings(result, case))?,
            rulings: match case.filter(|_| !wishes.nodes.is_empty()) {
                Some(case) => rulings(result, (case, wishes), &runs)?,
                None => Vec::new(),
            },
            runs,
        })
    }
}

/// Futures drawn for each run; empty where nothing is given.
fn tried(result: &Opened) -> Result<Vec<u32>, ResultError> {
    match result.files().numbers("runs", TRIED) {
        Ok(tried) => Ok(tried.into_iter().map(|tried| tried as u32).collect()),
        Err(ResultError::NoColumn { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The first ruling of each of these courts in each run of the scenario's world.
fn rulings(
    result: &Opened,
    (case, wishes): (&str, &Wishes<'_>),
    runs: &[u64],
) -> Result<Vec<Rulings>, ResultError> {
    let wanted = Wanted::Columns(&["run", "world", "case", "node", "outcome", "date"]);
    let table = result.files().table("steps", wanted)?;
    let unusable = |column: &str| ResultError::NoColumn {
        path: result.path.join("steps.parquet"),
        column: column.to_owned(),
    };
    let words = |column: &str| match table.column(column) {
        Some(Cells::Text(words)) => Ok(words),
        _ => Err(unusable(column)),
    };
    let of = table.column("run").and_then(Cells::to_numbers);
    let of = of.ok_or_else(|| unusable("run"))?;
    let Some(Cells::Date(dates)) = table.column("date") else {
        return Err(unusable("date"));
    };
    let (worlds, cases) = (words("world")?, words("case")?);
    let (nodes, outcomes) = (words("node")?, words("outcome")?);
    let mut found: Vec<Rulings> = wishes
        .nodes
        .iter()
        .map(|node| Rulings {
            of: format!("{case}.{node}"),
            came: vec![None; runs.len()],
        })
        .collect();
    for row in 0..table.rows() {
        let is_own = worlds[row].as_deref() == Some(World::Scenario.name())
            && cases[row].as_deref() == Some(case);
        let court = wishes
            .nodes
            .iter()
            .position(|node| nodes[row].as_deref() == Some(*node));
        let future = runs.binary_search(&(of[row] as u64)).ok();
        let (true, Some(court), Some(future)) = (is_own, court, future) else {
            continue;
        };
        let (Some(outcome), Some(date)) = (outcomes[row].as_deref(), dates[row]) else {
            continue;
        };
        // What came before the start is known already.
        if date >= wishes.start && found[court].came[future].is_none() {
            found[court].came[future] = Some(Ruling {
                outcome: outcome.to_owned(),
                days: f64::from(date.days_since(wishes.start)),
            });
        }
    }
    Ok(found)
}

/// How a case ends in each run of the scenario's world, in the order of the runs.
fn endings(result: &Opened, case: &str) -> Result<Vec<String>, ResultError> {
    let wanted = Wanted::Columns(&["world", "case", "outcome"]);
    let table = result.files().table("cases", wanted)?;
    let words = |column: &str| match table.column(column) {
        Some(Cells::Text(words)) => Ok(words),
        _ => Err(ResultError::NoColumn {
            path: result.path.join("cases.parquet"),
            column: column.to_owned(),
        }),
    };
    let (worlds, cases, outcomes) = (words("world")?, words("case")?, words("outcome")?);
    let rows = worlds.iter().zip(cases).zip(outcomes);
    let own = rows.filter(|((world, of), _)| {
        world.as_deref() == Some(World::Scenario.name()) && of.as_deref() == Some(case)
    });
    Ok(own
        .map(|(_, outcome)| outcome.as_deref().unwrap_or("open").to_owned())
        .collect())
}

/// The same futures under every option.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Futures {
    /// Numbers of the runs that every option has.
    pub runs: Vec<u64>,
    /// Runs that failed under some option and not under all, and are in none.
    pub left_out: usize,
    /// `values[option][metric][future]`
    pub values: Vec<Vec<Vec<f64>>>,
    /// `endings[option][future]`; empty without a case.
    pub endings: Vec<Vec<String>>,
    /// The first option under which some run is another future than under the first: another
    /// one agreed with what is given.
    pub departs: Option<usize>,
    /// Futures drawn until those agreed with what is given; nothing where nothing is.
    pub drawn: Option<u64>,
    /// The inputs drawn, alike under every option.
    pub inputs: Vec<InputColumn>,
    /// `rulings[option]`: when each court ruled and how.
    pub rulings: Vec<Vec<Rulings>>,
    /// All futures of each option, where they are not equally many; else empty.
    pub own: Vec<Own>,
}

/// All futures of one option.
#[derive(Clone, PartialEq, Debug)]
pub struct Own {
    /// Numbers of its runs, rising.
    pub runs: Vec<u64>,
    /// For each metric, its value in each run.
    pub metrics: Vec<Vec<f64>>,
}

impl Futures {
    /// Puts the futures of all options side by side. A run that one of them lacks is left out
    /// of all, since a difference is within a future or it is none.
    #[must_use]
    pub fn side_by_side(options: &[Simulated]) -> Self {
        let first = options.first().map_or(&[][..], |option| &option.runs);
        let in_all = |run: &u64| {
            let mut all = options.iter();
            all.all(|option| option.runs.binary_search(run).is_ok())
        };
        let runs: Vec<u64> = first.iter().copied().filter(in_all).collect();
        // What only some were asked to do is not left out.
        let asked_of_all = options.iter().map(|option| u64::from(option.done)).min();
        let asked_of_all = asked_of_all.unwrap_or(0);
        let any: BTreeSet<u64> = options
            .iter()
            .flat_map(|option| option.runs.iter().copied())
            .filter(|run| *run < asked_of_all)
            .collect();
        let kept = |option: &Simulated| -> Vec<usize> {
            let at = |run| option.runs.binary_search(run).ok();
            runs.iter().filter_map(at).collect()
        };
        let values = options.iter().map(|option| {
            let rows = kept(option);
            let of = |column: &Vec<f64>| rows.iter().map(|&row| column[row]).collect();
            option.metrics.iter().map(of).collect()
        });
        let tried = |option: &Simulated| -> Vec<u32> {
            let rows = kept(option).into_iter();
            rows.filter_map(|row| option.tried.get(row).copied())
                .collect()
        };
        let tried: Vec<Vec<u32>> = options.iter().map(tried).collect();
        let departs = tried.iter().position(|of| *of != tried[0]);
        let drawn = tried.first().filter(|of| !of.is_empty());
        let drawn = drawn.map(|of| of.iter().map(|tried| u64::from(*tried)).sum());
        let inputs = options.first().map_or_else(Vec::new, |option| {
            let rows = kept(option);
            let of = |input: &InputColumn| InputColumn {
                path: input.path.clone(),
                values: rows.iter().map(|&row| input.values[row]).collect(),
            };
            option.inputs.iter().map(of).collect()
        });
        let rulings = options.iter().map(|option| {
            let rows = kept(option);
            let of = |rulings: &Rulings| Rulings {
                of: rulings.of.clone(),
                came: rows.iter().map(|&row| rulings.came[row].clone()).collect(),
            };
            option.rulings.iter().map(of).collect()
        });
        let rulings = rulings.collect();
        let endings = options.iter().map(|option| {
            let words = kept(option).into_iter();
            words
                .filter_map(|row| option.endings.get(row).cloned())
                .collect()
        });
        Self {
            left_out: any.len() - runs.len(),
            values: values.collect(),
            endings: endings.collect(),
            departs,
            drawn,
            inputs,
            rulings,
            own: own(options),
            runs,
        }
    }

    /// `first` less `second` by a metric, over all futures that both have.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn difference(
        &self,
        metric: usize,
        first: usize,
        second: usize,
    ) -> Result<Option<Difference>, MeasureError> {
        let (Some(a), Some(b)) = (self.own.get(first), self.own.get(second)) else {
            let column = |option: usize| &self.values[option][metric][..];
            return Difference::new(&self.runs, column(first), column(second));
        };
        let both = a.runs.iter().enumerate();
        let both: Vec<(usize, usize)> = both
            .filter_map(|(at, run)| Some((at, b.runs.binary_search(run).ok()?)))
            .collect();
        let runs: Vec<u64> = both.iter().map(|(at, _)| a.runs[*at]).collect();
        let of_first: Vec<f64> = both.iter().map(|(at, _)| a.metrics[metric][*at]).collect();
        let of_second: Vec<f64> = both.iter().map(|(_, at)| b.metrics[metric][*at]).collect();
        Difference::new(&runs, &of_first, &of_second)
    }

    /// All values of an option by a metric.
    #[must_use]
    pub fn all_of(&self, option: usize, metric: usize) -> &[f64] {
        let own = self.own.get(option);
        own.map_or(&self.values[option][metric], |own| &own.metrics[metric])
    }

    /// How many futures there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.runs.len()
    }
}

fn own(options: &[Simulated]) -> Vec<Own> {
    let equally_many = options.windows(2).all(|two| two[0].done == two[1].done);
    let of = |option: &Simulated| Own {
        runs: option.runs.clone(),
        metrics: option.metrics.clone(),
    };
    if equally_many {
        Vec::new()
    } else {
        options.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simulated(runs: &[u64], values: &[f64]) -> Simulated {
        Simulated {
            done: 5,
            runs: runs.to_vec(),
            metrics: vec![values.to_vec()],
            endings: runs.iter().map(|run| format!("end {run}")).collect(),
            tried: runs.iter().map(|&run| run as u32 + 1).collect(),
            inputs: vec![InputColumn {
                path: "a.b".to_owned(),
                values: runs.iter().map(|&run| run as f64).collect(),
            }],
            rulings: vec![Rulings {
                of: "case.circuit".to_owned(),
                came: runs
                    .iter()
                    .map(|&run| {
                        let days = run as f64;
                        let outcome = "affirms".to_owned();
                        (run > 1).then_some(Ruling { outcome, days })
                    })
                    .collect(),
            }],
        }
    }

    #[test]
    fn a_run_that_one_option_lacks_is_in_none() {
        let futures = Futures::side_by_side(&[
            simulated(&[0, 1, 2, 4], &[10.0, 11.0, 12.0, 14.0]),
            simulated(&[0, 2, 3, 4], &[20.0, 22.0, 23.0, 24.0]),
        ]);
        assert_eq!((futures.count(), futures.left_out), (3, 2));
        assert_eq!(futures.runs, [0, 2, 4]);
        assert_eq!(futures.values[0][0], [10.0, 12.0, 14.0]);
        assert_eq!(futures.values[1][0], [20.0, 22.0, 24.0]);
        assert_eq!(futures.endings[1], ["end 0", "end 2", "end 4"]);
        assert_eq!(futures.inputs[0].values, [0.0, 2.0, 4.0]);
        assert_eq!((futures.departs, futures.drawn), (None, Some(9)));
        let mut other = simulated(&[0, 1], &[1.0, 2.0]);
        other.tried[1] += 1;
        let both = [simulated(&[0, 1], &[1.0, 2.0]), other];
        assert_eq!(Futures::side_by_side(&both).departs, Some(1));
        let came = &futures.rulings[1][0].came;
        let days: Vec<Option<f64>> = came.iter().map(|r| r.as_ref().map(|r| r.days)).collect();
        assert_eq!(days, [None, Some(2.0), Some(4.0)]);
    }

    /// Of three, the second was given fewer futures, and failed in one of them.
    #[test]
    fn two_options_are_compared_in_all_futures_that_both_have() {
        let mut second = simulated(&[0, 2], &[20.0, 22.5]);
        second.done = 3;
        let futures = Futures::side_by_side(&[
            simulated(&[0, 1, 2, 3, 4], &[10.0, 11.0, 12.0, 13.0, 14.0]),
            second,
            simulated(&[0, 1, 2, 4], &[0.0, 0.5, 0.0, 0.0]),
        ]);
        assert_eq!((futures.count(), futures.left_out), (2, 1));
        let difference = |a, b| futures.difference(0, a, b).unwrap().unwrap();
        assert_eq!(
            (difference(0, 1).futures, difference(0, 1).mean),
            (2, -10.25)
        );
        assert_eq!(
            (difference(0, 2).futures, difference(0, 2).mean),
            (4, 11.625)
        );
        assert_eq!(futures.all_of(0, 0).len(), 5);
    }

    #[test]
    fn no_options_have_no_futures() {
        assert_eq!(Futures::side_by_side(&[]).count(), 0);
    }
}
