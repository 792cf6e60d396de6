//! What every table's resolution shares: numbers within limits, references to named
//! things, dates; and the list of all that is wrong.

use super::distribution::distribution;
use super::interval::interval;
use super::limits::{LEAST_U, Limits};
use crate::domain::Date;
use crate::scenario::error::Problem;
use crate::scenario::path::parse_path;
use crate::scenario::raw::{Day, Named, Number, Text, Whole, Written};
use crate::scenario::resolved::{Distribution, Input, InputId, Quantity};
use crate::scenario::source_text::Place;
use crate::scenario::tree::Outline;

/// Turns what was written into what it means and gathers what is wrong.
///
/// A method that finds something wrong reports it and answers with a value that lets the
/// work go on; nothing is returned to the user while [`Resolver::problems`] is not empty.
pub(super) struct Resolver<'a> {
    outline: &'a Outline,
    /// The distribution of each of the outline's inputs, once it was met.
    drawn: Vec<Option<Distribution>>,
    pub problems: Vec<Problem>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(outline: &'a Outline) -> Self {
        Self {
            outline,
            drawn: vec![None; outline.inputs.len()],
            problems: Vec::new(),
        }
    }

    /// The inputs in the order of their paths. Where nothing else is wrong, one that no
    /// table asked for is: an input's id is its position, so none may be left out.
    pub(super) fn inputs(&mut self) -> Vec<Input> {
        let paths = self.outline.inputs.iter();
        if self.problems.is_empty() {
            let unused = paths
                .clone()
                .zip(&self.drawn)
                .find(|(_, met)| met.is_none());
            self.problems.extend(unused.map(|(path, _)| Problem {
                message: format!("`{path}` is drawn, but it is no number of the model"),
                place: None,
                help: Some("leave it out, or write it as a text".to_owned()),
            }));
        }
        paths
            .zip(self.drawn.drain(..))
            .filter_map(|(path, distribution)| {
                Some(Input {
                    path: path.clone(),
                    distribution: distribution?,
                })
            })
            .collect()
    }

    /// Reports something wrong.
    pub(super) fn wrong(&mut self, place: &Place, message: impl Into<String>) {
        self.problems.push(Problem::at(place.clone(), message));
    }

    /// Reports something wrong and its mend.
    pub(super) fn wrong_but(
        &mut self,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Problem::at(place.clone(), message).help(help);
        self.problems.push(problem);
    }

    /// A path in the one way in which it is compared: keys in quotes only where they must be.
    pub(super) fn path(&mut self, text: &Text) -> Option<String> {
        match parse_path(text.get_ref()) {
            Ok(path) => Some(path.to_string()),
            Err((_, why)) => {
                self.wrong(&text.span(), format!("this is no path: {why}"));
                None
            }
        }
    }

    /// A number or the input drawn in its place.
    pub(super) fn quantity(&mut self, number: &Number, limits: Limits) -> Quantity {
        let Some(meant) = self.distribution(number, limits) else {
            return Quantity::Known(0.0);
        };
        match number.written {
            Written::Plain(value) => Quantity::Known(value),
            Written::Distribution(_) | Written::Text(_) => {
                let path = self.outline.path_of(&number.place).map(ToString::to_string);
                let index = path.and_then(|path| self.outline.inputs.binary_search(&path).ok());
                let Some(index) = index else {
                    self.wrong(&number.place, "a distribution cannot stand here");
                    return Quantity::Known(0.0);
                };
                self.drawn[index] = Some(meant);
                Quantity::Uncertain(InputId(index))
            }
        }
    }

    /// A number that may be missing.
    pub(super) fn quantity_or(
        &mut self,
        number: Option<&Number>,
        limits: Limits,
        default: f64,
    ) -> Quantity {
        number.map_or(Quantity::Known(default), |number| {
            self.quantity(number, limits)
        })
    }

    /// A distribution; a plain number is one that takes only this value.
    pub(super) fn distribution(&mut self, number: &Number, limits: Limits) -> Option<Distribution> {
        let meant = match meant(number, limits) {
            Ok(meant) => meant,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        match &number.written {
            Written::Plain(value) => self.within(*value, &number.place, limits),
            Written::Distribution(parameters) if !limits.hold_all(&meant) => {
                let family = parameters.dist.get_ref();
                let words = limits.words();
                let message = format!(
                    "this {family} distribution leaves its range: the number must be {words}"
                );
                let help = format!("use one that stays within, such as {}", limits.example());
                self.wrong_but(&number.place, message, help);
            }
            Written::Distribution(_) | Written::Text(_) => {}
        }
        Some(meant)
    }

    /// The distribution of a number that is drawn, once it was met; none of a plain one.
    pub(super) fn distribution_of(&self, quantity: Quantity) -> Option<&Distribution> {
        match quantity {
            Quantity::Known(_) => None,
            Quantity::Uncertain(InputId(index)) => self.drawn.get(index)?.as_ref(),
        }
    }

    /// Its mean; 0 where it is unsound, which is reported where it is resolved.
    pub(super) fn mean_of(&self, number: &Number, limits: Limits) -> f64 {
        meant(number, limits).map_or(0.0, |meant| meant.mean())
    }

    /// The highest value it can take; 0 where it is unsound.
    pub(super) fn upper_end_of(&self, number: &Number, limits: Limits) -> f64 {
        meant(number, limits).map_or(0.0, |meant| meant.support().1)
    }

    /// The lowest value it can take; 0 where it is unsound.
    pub(super) fn lower_end_of(&self, number: &Number, limits: Limits) -> f64 {
        meant(number, limits).map_or(0.0, |meant| meant.support().0)
    }

    fn within(&mut self, value: f64, place: &Place, limits: Limits) {
        if !limits.hold(value) {
            let words = limits.words();
            self.wrong(
                place,
                format!("{value} is out of range: the number must be {words}"),
            );
        }
    }

    /// A number that cannot be uncertain.
    pub(super) fn plain(&mut self, number: &Number, limits: Limits) -> f64 {
        match number.written {
            Written::Plain(value) => {
                self.within(value, &number.place, limits);
                value
            }
            Written::Distribution(_) | Written::Text(_) => {
                let message = "this number cannot be a distribution or an interval";
                self.wrong_but(&number.place, message, "give one number");
                0.0
            }
        }
    }

    /// A whole number from `low` to `high`.
    pub(super) fn whole(&mut self, number: &Whole, low: u32, high: u32) -> u32 {
        let value = *number.get_ref();
        match u32::try_from(value)
            .ok()
            .filter(|v| (low..=high).contains(v))
        {
            Some(value) => value,
            None => {
                let high = grouped(high);
                let message =
                    format!("{value} is out of range: give a whole number from {low} to {high}");
                self.wrong(&number.span(), message);
                low
            }
        }
    }

    /// A day.
    pub(super) fn date(&mut self, day: &Day) -> Option<Date> {
        match day.text.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                self.wrong(&day.place, format!("{error}"));
                None
            }
        }
    }

    /// Reports tables that are more than the program can hold.
    pub(super) fn at_most<T>(&mut self, named: &Named<T>, kind: &str, most: usize) {
        if let Some((name, _)) = named.iter().nth(most) {
            let count = named.len();
            let message = format!("{count} {kind}; there can be at most {most}");
            self.wrong(&name.span(), message);
        }
    }
}

/// A whole number with commas between thousands.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn meant(number: &Number, limits: Limits) -> Result<Distribution, Problem> {
    let meant = match &number.written {
        Written::Plain(value) => Distribution::Discrete {
            values: vec![*value],
            chances: vec![1.0],
        },
        Written::Distribution(parameters) => distribution(parameters, &number.place)?,
        Written::Text(text) => interval(text, &number.place, limits)?,
    };
    let drawn = [meant.quantile(LEAST_U), meant.quantile(1.0 - LEAST_U)];
    if drawn.iter().all(|end| end.is_finite()) && meant.mean().is_finite() {
        return Ok(meant);
    }
    let message = "this distribution reaches numbers too large to be held";
    Err(Problem::at(number.place.clone(), message).help("give it less spread"))
}
