//! What stored futures come to with levers moved.

use serde::Serialize;

use super::dataset::{Dataset, Judged};
use crate::analysis::reweight::FEW;
use crate::analysis::reweight::estimate::{Estimate, best_in};
use crate::analysis::reweight::family::Family;
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
    /// Whether these are enough to say anything by; of what is simulated, with no lever moved,
    /// all are.
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
            is_enough: levers.is_empty() || weights.effective >= FEW,
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
        refusal(lever, movable, to).map_or(Ok(()), |why| Err(refused(why)))
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

/// Steps of a slider.
const STEPS: f64 = 100.0;

/// Where a lever goes: its own range, as far as its distribution allows. From an end that the
/// distribution only comes near it stays a step away. A range with nothing allowed in it leaves
/// the lever where it is.
#[must_use]
pub fn range(lever: &Lever, movable: &Movable) -> (f64, f64) {
    let family = &movable.family;
    let (least, most) = bounds(family);
    let (low, high) = (lever.low.max(least), lever.high.min(most));
    if low >= high {
        return (family.centre(), family.centre());
    }
    let step = (high - low) / STEPS;
    let within = |end: f64, inwards: f64| if family.allows(end) { end } else { inwards };
    (within(low, low + step), within(high, high - step))
}

/// The ends between which the centre of a family lies; whether it may be there too the family says.
const fn bounds(family: &Family) -> (f64, f64) {
    match *family {
        Family::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
        Family::Lognormal { .. } | Family::Gamma { .. } | Family::Weibull { .. } => {
            (0.0, f64::INFINITY)
        }
        Family::Beta { .. } => (0.0, 1.0),
        Family::Triangular { low, high, .. }
        | Family::Pert { low, high, .. }
        | Family::Uniform { low, high, .. } => (low, high),
    }
}

/// Why a lever cannot be moved there: what its family says against it, then how far it goes.
fn refusal(lever: &Lever, movable: &Movable, to: f64) -> Option<String> {
    let (low, high) = range(lever, movable);
    let goes = format!("it goes from {low} to {high}");
    if movable.family.allows(to) {
        return (!(low..=high).contains(&to)).then_some(goes);
    }
    let moved = movable.family.says();
    let moved = moved.split([',', ';']).next().unwrap_or(moved);
    let lies = match (movable.family, bounds(&movable.family)) {
        (Family::Normal { .. }, _) => "is a number".to_owned(),
        (Family::Beta { .. }, _) => "lies between 0 and 1, and at neither".to_owned(),
        (_, (0.0, f64::INFINITY)) => "lies above 0".to_owned(),
        (_, (least, most)) => format!("lies from {least} to {most}"),
    };
    Some(format!("the {moved} {lies}; {goes}"))
}

/// What a lever moved there adds to a command. The path of a number has no letter that a shell
/// would change within quotes.
fn setting(lever: &Lever, movable: &Movable, to: f64) -> String {
    format!(" -s '{}={}'", lever.path, movable.family.written(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lever(low: f64, high: f64) -> Lever {
        Lever {
            name: "location".to_owned(),
            label: "where data lies".to_owned(),
            path: "customers.location".to_owned(),
            low,
            high,
        }
    }

    fn movable(family: Family) -> Movable {
        Movable {
            family,
            held: Vec::new(),
        }
    }

    #[test]
    fn a_lever_goes_no_further_than_its_family_allows() {
        let (centre, spread, shape, strength) = (0.4, 0.5, 2.0, 8.0);
        let (low, high) = (0.2, 0.8);
        let families = [
            (Family::Normal { centre, spread }, (-1.0, 3.0)),
            (Family::Lognormal { centre, spread }, (0.03, 3.0)),
            (Family::Gamma { centre, shape }, (0.03, 3.0)),
            (Family::Weibull { centre, shape }, (0.03, 3.0)),
            (Family::Beta { centre, strength }, (0.01, 0.99)),
            (Family::Pert { centre, low, high }, (0.2, 0.8)),
            (Family::Triangular { centre, low, high }, (0.2, 0.8)),
            (Family::Uniform { centre, low, high }, (0.2, 0.8)),
        ];
        for (family, expected) in families {
            let (lever, movable) = (lever(-1.0, 3.0), movable(family));
            let ends = range(&lever, &movable);
            assert_eq!(ends, expected, "{family:?}");
            for end in [ends.0, ends.1] {
                assert!(family.allows(end), "{family:?} {end}");
                assert_eq!(refusal(&lever, &movable, end), None);
            }
            assert!(refusal(&lever, &movable, -1.5).is_some());
            assert!(refusal(&lever, &movable, f64::NAN).is_some());
        }
        let nowhere = range(&lever(-3.0, 0.0), &movable(families[1].0));
        assert_eq!(nowhere, (centre, centre));
    }

    #[test]
    fn a_refusal_says_what_the_family_is() {
        let of = |family, to| refusal(&lever(0.0, 30.0), &movable(family), to).unwrap();
        let (centre, spread) = (3.0, 0.5);
        let lognormal = Family::Lognormal { centre, spread };
        assert_eq!(
            of(lognormal, 0.0),
            "the median of a lognormal distribution lies above 0; it goes from 0.3 to 30"
        );
        assert_eq!(of(lognormal, 31.0), "it goes from 0.3 to 30");
        assert_eq!(
            of(
                Family::Beta {
                    centre: 0.5,
                    strength: 4.0
                },
                1.0
            ),
            "the mean of a beta distribution lies between 0 and 1, and at neither; it goes from 0.01 \
             to 0.99"
        );
        let (low, high) = (1.0, 9.0);
        assert_eq!(
            of(Family::Pert { centre, low, high }, 0.5),
            "the mode of a PERT distribution lies from 1 to 9; it goes from 1 to 9"
        );
    }
}
