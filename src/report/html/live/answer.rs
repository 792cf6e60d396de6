//! What stored futures come to with levers moved.

use serde::Serialize;

use super::dataset::{Dataset, Judged};
use crate::analysis::reweight::FEW;
use crate::analysis::reweight::estimate::{Estimate, best_in};
use crate::analysis::reweight::levers::{Movable, Role};
use crate::analysis::reweight::weights::Weights;
use crate::report::html::HtmlError;
use crate::report::unit::Unit;
use crate::scenario::advice;
use crate::scenario::resolved::Lever;

/// What a set of stored futures comes to.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Answer {
    /// `run` or `compare`.
    pub kind: &'static str,
    /// Futures weighed.
    pub futures: usize,
    /// Futures stored.
    pub stored: usize,
    /// So many equally weighted futures tell as much.
    pub effective: f64,
    /// Whether these are enough to say anything by.
    pub is_enough: bool,
    /// The command that simulates what is said here.
    pub command: String,
    /// Each number: a metric, or the objective under an option.
    pub numbers: Vec<Weighed>,
}

/// A number under weights.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Weighed {
    /// The column of `runs.parquet`; of a comparison the option.
    pub name: String,
    /// In words.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// What it comes to.
    pub estimate: Option<Estimate>,
    /// Of an option, the paired difference to the reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against_reference: Option<Estimate>,
    /// Of an option, the part of futures in which it is the best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best_in: Option<f64>,
}

/// A lever moved: its name and where to.
pub type Moved = (String, f64);

impl Dataset {
    /// What the futures come to with these levers moved.
    ///
    /// # Errors
    /// [`HtmlError::Lever`], [`HtmlError::Moved`].
    pub fn answer(&self, moved: &[Moved]) -> Result<Answer, HtmlError> {
        for (name, to) in moved {
            self.check(name, *to)?;
        }
        let mut levers: Vec<(&Movable, f64)> = Vec::with_capacity(moved.len());
        let mut command = self.command.clone();
        // In the order of levers, as the page's script has them; the last word on one counts.
        for (lever, role) in &self.levers {
            let to = moved.iter().rev().find(|(name, _)| *name == lever.name);
            if let (Some((_, to)), Role::Movable(movable)) = (to, role) {
                command.push_str(&setting(lever, movable, *to));
                levers.push((movable, *to));
            }
        }
        let weights = Weights::moved(self.futures, &levers);
        Ok(Answer {
            kind: self.kind,
            futures: self.futures,
            stored: self.stored,
            effective: weights.effective,
            is_enough: weights.effective >= FEW,
            command,
            numbers: self.numbers(&weights.of),
        })
    }

    /// Refuses a lever that cannot be moved there.
    fn check(&self, name: &str, to: f64) -> Result<(), HtmlError> {
        let found = self.levers.iter().find(|(lever, _)| lever.name == name);
        let Some((lever, role)) = found else {
            let names: Vec<&str> = self.levers.iter().map(|(l, _)| l.name.as_str()).collect();
            return Err(HtmlError::Lever {
                name: name.to_owned(),
                advice: advice(name, &names),
            });
        };
        let refused = |why: String| HtmlError::Moved {
            name: name.to_owned(),
            to,
            why,
        };
        let movable = match role {
            Role::Movable(movable) => movable,
            Role::Fixed(why) => {
                return Err(refused(format!(
                    "{why}; simulate it: {} -s {}={to}",
                    self.command, lever.path
                )));
            }
        };
        let (low, high) = range(lever, movable);
        if !(low..=high).contains(&to) || !movable.family.allows(to) {
            return Err(refused(format!("it goes from {low} to {high}")));
        }
        Ok(())
    }

    fn numbers(&self, weights: &[f64]) -> Vec<Weighed> {
        let weighed = self.outputs.iter().map(|output| Weighed {
            name: output.name.clone(),
            label: output.label.clone(),
            unit: output.unit.clone(),
            estimate: Estimate::new(&output.values, weights),
            against_reference: None,
            best_in: None,
        });
        let mut weighed: Vec<Weighed> = weighed.collect();
        if let Some(judged) = &self.judged {
            self.judge(judged, weights, &mut weighed);
        }
        weighed
    }

    /// Each option against the reference, in the futures in which all have a value.
    fn judge(&self, judged: &Judged, weights: &[f64], weighed: &mut [Weighed]) {
        let whole: Vec<usize> = (0..self.futures)
            .filter(|&at| {
                self.outputs
                    .iter()
                    .all(|output| !output.values[at].is_nan())
            })
            .collect();
        let sum: f64 = whole.iter().map(|&at| weights[at]).sum();
        let weights: Vec<f64> = whole.iter().map(|&at| weights[at] / sum).collect();
        let sign = if judged.less_is_better { -1.0 } else { 1.0 };
        let column = |option: usize, sign: f64| -> Vec<f64> {
            let values = &self.outputs[option].values;
            whole.iter().map(|&at| sign * values[at]).collect()
        };
        let gains: Vec<Vec<f64>> = (0..self.outputs.len()).map(|at| column(at, sign)).collect();
        let shares = best_in(&gains, &weights);
        let reference = column(judged.reference, 1.0);
        for (option, (weighed, share)) in weighed.iter_mut().zip(shares).enumerate() {
            weighed.best_in = Some(share);
            let own = column(option, 1.0);
            let difference: Vec<f64> = own.iter().zip(&reference).map(|(a, b)| a - b).collect();
            weighed.against_reference =
                Estimate::new(&difference, &weights).filter(|_| option != judged.reference);
            weighed.estimate = Estimate::new(&own, &weights);
        }
    }
}

/// Where a lever goes: its own range, as far as its distribution allows.
#[must_use]
pub fn range(lever: &Lever, movable: &Movable) -> (f64, f64) {
    use crate::analysis::reweight::family::Family;
    match movable.family {
        Family::Triangular { low, high, .. }
        | Family::Pert { low, high, .. }
        | Family::Uniform { low, high, .. } => (lever.low.max(low), lever.high.min(high)),
        _ => (lever.low, lever.high),
    }
}

/// What a lever moved there adds to a command. The path of a number has no letter that a shell
/// would change within quotes.
fn setting(lever: &Lever, movable: &Movable, to: f64) -> String {
    format!(" -s '{}={}'", lever.path, movable.family.written(to))
}
