//! `comity list levers`: what a reader may move, and between what.

use comity::report::digits::figure;
use comity::report::layout::Style;
use comity::scenario::resolved::{Lever, Scenario};
use serde_json::{Value, json};

use super::{Listed, Text, scenarios_of};
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use comity::report::typed::quoted;

/// The levers of a TARGET; of every shipped scenario that has some where there is none.
pub fn list(of: Option<&str>, terminal: &Terminal) -> Result<Listed, Failure> {
    let mut scenarios = scenarios_of(of)?;
    if of.is_none() {
        scenarios.retain(|scenario| !scenario.levers.is_empty());
    }
    let mut text = Text::new(terminal);
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for scenario in &scenarios {
        text.line(&format!("LEVERS of {}", scenario.name), Style::Strong);
        if scenario.levers.is_empty() {
            text.line("  none", Style::Plain);
        }
        for lever in &scenario.levers {
            text.line(&format!("  {}", lever.name), Style::Strong);
            text.paragraph(&lever.label, 4, Style::Plain);
            let range = format!("{} to {}", short(lever.low), short(lever.high));
            text.line(&format!("    {} · {range}", lever.path), Style::Faint);
            names.push(lever.name.clone());
            rows.push(row(lever, scenario));
        }
    }
    if let Some((scenario, lever)) = first(&scenarios) {
        let command = format!(
            "next: comity run {} -s {}={}",
            quoted(of.unwrap_or(&scenario.name)),
            lever.path,
            short(lever.high)
        );
        text.line(&command, Style::Plain);
    }
    Ok(Listed {
        text: text.out,
        json: ("levers", Value::Array(rows)),
        names,
    })
}

fn first(scenarios: &[Scenario]) -> Option<(&Scenario, &Lever)> {
    let mut all = scenarios.iter();
    all.find_map(|scenario| Some((scenario, scenario.levers.first()?)))
}

fn row(lever: &Lever, scenario: &Scenario) -> Value {
    json!({
        "scenario": scenario.name,
        "name": lever.name,
        "label": lever.label,
        "path": lever.path,
        "low": lever.low,
        "high": lever.high,
    })
}

/// A number as it would be typed, without superfluous digits.
fn short(number: f64) -> String {
    let text = figure(number, 6).replace([',', '\u{2212}'], "");
    let text = if number < 0.0 {
        format!("-{}", text.trim_start_matches('-'))
    } else {
        text
    };
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn numbers_are_those_that_would_be_typed() {
        assert_eq!(short(0.25), "0.25");
        assert_eq!(short(36.0), "36");
        assert_eq!(short(-1.5), "-1.5");
        assert_eq!(short(12_500.0), "12500");
    }
}
