//! Stored futures as data for the page's script: every number with all its digits, as the bytes
//! of a 64-bit float, lowest first, in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::answer::range;
use super::dataset::{Dataset, Output};
use crate::analysis::reweight::estimate::Estimate;
use crate::analysis::reweight::levers::Role;
use crate::report::unit::Unit;
use crate::scenario::resolved::Lever;

impl Dataset {
    /// Data for the script; `at` are levers moved when the page opens.
    #[must_use]
    pub fn script(&self) -> Value {
        let levers = self
            .levers
            .iter()
            .map(|(lever, role)| of_lever(lever, role));
        let judged = self.judged.as_ref().map(|judged| {
            json!({ "reference": judged.reference, "less_is_better": judged.less_is_better })
        });
        json!({
            "kind": self.kind,
            "command": self.command,
            "futures": self.futures,
            "stored": self.stored,
            "levers": levers.collect::<Vec<_>>(),
            "outputs": self.outputs.iter().map(of_output).collect::<Vec<_>>(),
            "apart": self.apart(),
            "judged": judged,
        })
    }
}

impl Dataset {
    /// How differences to the reference are worded: as their means suggest, one scale for all.
    fn apart(&self) -> Option<Value> {
        let reference = &self.outputs[self.judged.as_ref()?.reference];
        let largest = self.outputs.iter().map(|output| {
            let pairs = output.values.iter().zip(&reference.values);
            let differences: Vec<f64> = pairs.map(|(own, other)| own - other).collect();
            let known = differences.iter().filter(|value| !value.is_nan());
            known.sum::<f64>().abs() / differences.len().max(1) as f64
        });
        Some(scale(&reference.unit, largest.fold(0.0, f64::max), true))
    }

    /// Its levers as they are told: which can be moved here, where and why not.
    #[must_use]
    pub fn levers_told(&self) -> Value {
        let levers = self.levers.iter().map(|(lever, role)| match role {
            Role::Movable(movable) => {
                let (low, high) = range(lever, movable);
                json!({
                    "name": lever.name, "label": lever.label, "path": lever.path,
                    "low": low, "high": high, "is": movable.family,
                    "says": movable.family.says(), "movable": true,
                })
            }
            Role::Fixed(why) => json!({
                "name": lever.name, "label": lever.label, "path": lever.path,
                "low": lever.low, "high": lever.high, "movable": false, "why": why,
            }),
        });
        json!({ "kind": self.kind, "levers": levers.collect::<Vec<_>>() })
    }
}

fn of_lever(lever: &Lever, role: &Role) -> Value {
    let Role::Movable(movable) = role else {
        return json!({ "name": lever.name });
    };
    let (low, high) = range(lever, movable);
    json!({
        "name": lever.name,
        "path": lever.path,
        "low": low,
        "high": high,
        "is": movable.family,
        "held": encoded(&movable.held),
    })
}

fn of_output(output: &Output) -> Value {
    json!({
        "name": output.name,
        "values": encoded(&output.values),
        "scale": scale(&output.unit, size(&output.values), output.is_difference),
    })
}

/// How the script words a number: stored units in one shown, and what stands before and after.
fn scale(unit: &Unit, size: f64, is_difference: bool) -> Value {
    let scale = unit.scale(size);
    let divisor = match unit {
        Unit::YesNo => 0.01,
        _ => scale.divisor,
    };
    let after = if is_difference {
        scale.difference
    } else {
        scale.suffix
    };
    json!({ "divisor": divisor, "before": scale.prefix, "after": after, "signed": is_difference })
}

/// The size by which numbers are put on a scale: as the page puts what is simulated.
fn size(values: &[f64]) -> f64 {
    let weights = vec![1.0 / values.len().max(1) as f64; values.len()];
    Estimate::new(values, &weights).map_or(0.0, |of| of.mean.abs().max(of.error))
}

/// Numbers as bytes, lowest first, in base64.
#[must_use]
pub fn encoded(numbers: &[f64]) -> String {
    let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
    STANDARD.encode(bytes.collect::<Vec<u8>>())
}
