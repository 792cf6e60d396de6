//! `comity list metrics`: what scenarios report.

use comity::report::layout::Style;
use comity::scenario::resolved::{Better, Metric, MetricWhen, Scenario};
use serde_json::{Value, json};

use super::{Listed, Text, scenarios_of};
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use comity::report::typed::quoted;

/// The metrics of a TARGET; of every shipped scenario where there is none.
pub fn list(of: Option<&str>, terminal: &Terminal) -> Result<Listed, Failure> {
    let scenarios = scenarios_of(of)?;
    let mut text = Text::new(terminal);
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for scenario in &scenarios {
        text.line(&format!("METRICS of {}", scenario.name), Style::Strong);
        if scenario.metrics.is_empty() {
            text.line("  none", Style::Plain);
        }
        for metric in &scenario.metrics {
            text.line(&format!("  {}", metric.name), Style::Strong);
            text.paragraph(&metric.title, 4, Style::Plain);
            let about = [
                unit(metric, scenario),
                when(metric.when),
                direction(metric.better).to_owned(),
            ];
            text.line(&format!("    {}", about.join(" · ")), Style::Faint);
            names.push(metric.name.clone());
            rows.push(row(metric, scenario));
        }
    }
    if let Some(first) = scenarios.first() {
        let target = quoted(of.unwrap_or(&first.name));
        text.line(&format!("next: comity run {target}"), Style::Plain);
    }
    Ok(Listed {
        text: text.out,
        json: ("metrics", Value::Array(rows)),
        names,
    })
}

fn row(metric: &Metric, scenario: &Scenario) -> Value {
    json!({
        "scenario": scenario.name,
        "name": metric.name,
        "column": format!("out_{}", metric.name),
        "title": metric.title,
        "of": metric.of.name(),
        "unit": unit(metric, scenario),
        "when": when(metric.when),
        "better": direction_word(metric.better),
        "record": metric.record,
        "headline": metric.headline,
    })
}

fn unit(metric: &Metric, scenario: &Scenario) -> String {
    match metric.of.unit() {
        "musd_per_year" => format!("million {} a year", scenario.currency),
        "musd" => format!("million {}", scenario.currency),
        "percent" => "%".to_owned(),
        unit => unit.to_owned(),
    }
}

fn when(when: MetricWhen) -> String {
    match when {
        MetricWhen::At(date) => format!("at {}", date.in_words()),
        MetricWhen::Between(from, at) => {
            format!("from {} to {}", from.in_words(), at.in_words())
        }
        MetricWhen::OverMonths(months) => format!("over {months} months from the start"),
        MetricWhen::Horizon => "over the whole time, or at its end".to_owned(),
    }
}

const fn direction(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
        Better::Neutral => "neither way is better",
    }
}

const fn direction_word(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Neutral => "neutral",
    }
}
