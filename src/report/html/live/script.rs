//! Stored futures as data for the page's script: every number with all its digits, as the bytes
//! of a 64-bit float, lowest first, in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::answer::range;
use super::dataset::{Dataset, Output};
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
            "of": self.kind,
            "command": self.command,
            "futures": self.futures,
            "stored": self.stored,
            "levers": levers.collect::<Vec<_>>(),
            "outputs": self.outputs.iter().map(of_output).collect::<Vec<_>>(),
            "judged": judged,
        })
    }
}

impl Dataset {
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
        json!({ "of": self.kind, "levers": levers.collect::<Vec<_>>() })
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
        "scale": scale(output),
    })
}

/// How the script words a number: stored units in one shown, and what stands before and after.
fn scale(output: &Output) -> Value {
    let known = output.values.iter().filter(|value| !value.is_nan());
    let (mut sum, mut count) = (0.0, 0.0);
    for value in known {
        sum += value.abs();
        count += 1.0;
    }
    let typical = if count > 0.0 { sum / count } else { 0.0 };
    let scale = output.unit.scale(typical);
    let (divisor, points) = match output.unit {
        Unit::YesNo => (0.01, " points"),
        _ => (scale.divisor, scale.difference.as_str()),
    };
    let after = if output.is_difference {
        points
    } else {
        &scale.suffix
    };
    json!({ "divisor": divisor, "before": scale.prefix, "after": after, "apart": points })
}

/// Numbers as bytes, lowest first, in base64.
#[must_use]
pub fn encoded(numbers: &[f64]) -> String {
    let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
    STANDARD.encode(bytes.collect::<Vec<u8>>())
}
