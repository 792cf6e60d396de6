//! `comity list`: the shipped scenarios, and the results there are.

use comity::report::figures::count;
use comity::report::layout::{Line, Span, Style};
use comity::result::{Opened, place};
use comity::scenario::{self, Scenario, ScenarioTarget, library};
use serde_json::{Value, json};

use super::arguments::{ListArguments, Listed};
use super::failure::Failure;
use super::target::output_folder;
use super::terminal::Terminal;

/// Does the command.
pub fn run(arguments: &ListArguments, terminal: &Terminal) -> Result<u8, Failure> {
    let wanted = |what| arguments.what.is_none_or(|one| one == what);
    let (mut parts, mut texts) = (serde_json::Map::new(), Vec::new());
    if wanted(Listed::Scenarios) {
        let scenarios = scenarios()?;
        texts.push(scenarios_text(&scenarios, terminal));
        let list = scenarios.iter().map(scenario_json).collect();
        parts.insert("scenarios".to_owned(), Value::Array(list));
    }
    if wanted(Listed::Results) {
        let results = place::results(&output_folder())?;
        texts.push(results_text(&results, terminal));
        let list = results.iter().map(result_json).collect();
        parts.insert("results".to_owned(), Value::Array(list));
    }
    let text = if arguments.json {
        format!("{:#}\n", Value::Object(parts))
    } else {
        texts.join("\n")
    };
    terminal.result(&text)?;
    Ok(0)
}

fn scenarios() -> Result<Vec<Scenario>, Failure> {
    library::scenario_names()
        .map(|name| Ok(scenario::load(&ScenarioTarget::parse(name), &[])?))
        .collect()
}

fn scenarios_text(scenarios: &[Scenario], terminal: &Terminal) -> String {
    let mut text = Text::new(terminal);
    text.line("SCENARIOS", Style::Strong);
    for scenario in scenarios {
        text.line(&format!("  {}", scenario.name), Style::Strong);
        text.line(&format!("    {}", scenario.title), Style::Plain);
        let baseline = scenario.baseline.as_ref();
        let about = format!(
            "    {} months from {} · {} runs of {} customers{}",
            scenario.horizon_months,
            scenario.start.in_words(),
            count(scenario.runs),
            count(scenario.customers),
            baseline.map_or_else(String::new, |name| format!(" · against {name}"))
        );
        text.line(&about, Style::Faint);
    }
    if let Some(first) = scenarios.first() {
        text.line(&format!("next: comity run {}", first.name), Style::Plain);
    }
    text.0
}

fn scenario_json(scenario: &Scenario) -> Value {
    json!({
        "name": scenario.name,
        "title": scenario.title,
        "asks": scenario.asks,
        "start": scenario.start,
        "horizon_months": scenario.horizon_months,
        "runs": scenario.runs,
        "customers": scenario.customers,
        "baseline": scenario.baseline,
        "digest": scenario.digest,
    })
}

fn results_text(results: &[Opened], terminal: &Terminal) -> String {
    let mut text = Text::new(terminal);
    text.line("RESULTS", Style::Strong);
    for result in results {
        let manifest = &result.manifest;
        let identity = &manifest.identity;
        text.line(&format!("  {}", result.path.display()), Style::Strong);
        let failed = manifest.runs_failed;
        let about = format!(
            "    {} {} · {} runs of {} customers · seed {} · model {} · {}{}",
            identity.kind,
            identity.scenario,
            count(manifest.runs_ok),
            count(identity.customers),
            identity.seed,
            identity.model_version,
            manifest.ended_utc,
            match failed {
                0 => String::new(),
                failed => format!(" · {} failed", count(failed)),
            }
        );
        text.line(&about, Style::Faint);
    }
    let next = match results.first() {
        Some(_) => "next: comity run  (shows the newest)".to_owned(),
        None => format!(
            "  none in {}\nnext: comity run preska-2014",
            output_folder().display()
        ),
    };
    next.lines().for_each(|line| text.line(line, Style::Plain));
    text.0
}

fn result_json(result: &Opened) -> Value {
    let manifest = &result.manifest;
    json!({
        "path": result.path.to_string_lossy(),
        "kind": manifest.identity.kind,
        "scenario": manifest.identity.scenario,
        "scenario_digest": manifest.identity.scenario_digest,
        "seed": manifest.identity.seed.to_string(),
        "runs": manifest.identity.runs,
        "runs_failed": manifest.runs_failed,
        "customers": manifest.identity.customers,
        "model_version": manifest.identity.model_version,
        "ended_utc": manifest.ended_utc,
    })
}

/// Lines, each freed of what a terminal would obey.
struct Text(String, bool);

impl Text {
    fn new(terminal: &Terminal) -> Self {
        Self(String::new(), terminal.colours_results())
    }

    fn line(&mut self, text: &str, style: Style) {
        Line::of(Span::new(text, style)).write(&mut self.0, self.1);
    }
}
