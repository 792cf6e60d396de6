//! `comity list`: the shipped scenarios, the results there are, what a scenario reports, and
//! what can be written in one.

mod fields;
mod levers;
mod metrics;

use std::path::{Path, PathBuf};

use comity::report::digits::count;
use comity::report::layout::{Line, Measure, Span, Style, flow};
use comity::result::{Opened, place};
use comity::scenario::library::{SHIPPED, ShippedKind};
use comity::scenario::nearest::nearest;
use comity::scenario::{self, Overlay, Scenario, ScenarioTarget, library};
use serde_json::{Value, json};

use super::arguments::ListArguments;
use super::failure::Failure;
use super::target::output_folder;
use super::terminal::Terminal;

/// A list in the three ways that it can be printed.
struct Listed {
    /// For a reader.
    text: String,
    /// Its name in JSON, and the list itself.
    json: (&'static str, Value),
    /// Names only.
    names: Vec<String>,
}

/// Does the command.
pub fn run(arguments: &ListArguments, terminal: &Terminal) -> Result<u8, Failure> {
    let of = arguments.of.as_deref();
    let lists = match arguments.what.as_deref() {
        None => vec![scenarios(terminal)?, results(&output_folder(), terminal)?],
        Some("scenarios") if of.is_none() => vec![scenarios(terminal)?],
        Some("results") => {
            let folder = match of {
                Some(name) => folder(name)?,
                None => output_folder(),
            };
            vec![results(&folder, terminal)?]
        }
        Some("metrics") => vec![metrics::list(of, terminal)?],
        Some("levers") => vec![levers::list(of, terminal)?],
        Some("fields") => vec![fields::list(of, terminal)?],
        Some(name) if of.is_none() => vec![results(&folder(name)?, terminal)?],
        Some(name) => {
            return Err(Failure::input(format!(
                "`list {}` takes nothing more: leave `{}` out",
                name,
                of.unwrap_or_default()
            )));
        }
    };
    terminal.result(&printed(lists, arguments))?;
    Ok(0)
}

fn printed(lists: Vec<Listed>, arguments: &ListArguments) -> String {
    if arguments.json {
        let parts = lists.into_iter().map(|list| list.json);
        let parts = parts.map(|(name, list)| (name.to_owned(), list));
        return format!("{:#}\n", Value::Object(parts.collect()));
    }
    if arguments.quiet {
        let names = lists.iter().flat_map(|list| &list.names);
        return names.map(|name| format!("{name}\n")).collect();
    }
    let texts: Vec<String> = lists.into_iter().map(|list| list.text).collect();
    texts.join("\n")
}

/// A folder that the user names; else what the word may have meant.
fn folder(name: &str) -> Result<PathBuf, Failure> {
    let path = Path::new(name);
    if path.is_dir() {
        return Ok(path.to_path_buf());
    }
    let words = ["scenarios", "results", "metrics", "levers", "fields"];
    let help = nearest(name, words).map_or_else(
        || format!("write one of {}, or a folder of results", words.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::input(format!(
        "there is neither a list nor a folder `{}`; {help}",
        name
    )))
}

/// The scenario of a TARGET; every shipped one where there is none.
fn scenarios_of(target: Option<&str>) -> Result<Vec<Scenario>, Failure> {
    let Some(name) = target else {
        return library::scenario_names()
            .map(|name| Ok(scenario::load(&ScenarioTarget::parse(name), &[])?))
            .collect();
    };
    let target = super::target::scenario_of(Some(name))?;
    let pair = super::target::load(&target, &Overlay::default(), false)?;
    Ok(vec![pair.scenario])
}

fn scenarios(terminal: &Terminal) -> Result<Listed, Failure> {
    let loaded = scenarios_of(None)?;
    let libraries = SHIPPED
        .iter()
        .filter(|shipped| shipped.kind == ShippedKind::Library);
    let libraries: Vec<Scenario> = libraries
        .map(|shipped| Ok(scenario::load_library(shipped.name, &[])?))
        .collect::<Result<_, Failure>>()?;
    let names = loaded.iter().chain(&libraries);
    Ok(Listed {
        text: scenarios_text(&loaded, &libraries, terminal),
        names: names.map(|scenario| scenario.name.clone()).collect(),
        json: ("scenarios", loaded.iter().map(scenario_json).collect()),
    })
}

fn scenarios_text(scenarios: &[Scenario], libraries: &[Scenario], terminal: &Terminal) -> String {
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
    text.line("LIBRARIES, which scenarios extend", Style::Strong);
    for library in libraries {
        text.line(&format!("  {}", library.name), Style::Strong);
        text.line(&format!("    {}", library.title), Style::Plain);
    }
    if let Some(first) = scenarios.first() {
        text.line(&format!("next: comity run {}", first.name), Style::Plain);
    }
    text.out
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

fn results(folder: &Path, terminal: &Terminal) -> Result<Listed, Failure> {
    let results = place::results(folder)?;
    let path = |result: &Opened| result.path.to_string_lossy().into_owned();
    Ok(Listed {
        text: results_text(&results, folder, terminal),
        names: results.iter().map(path).collect(),
        json: ("results", results.iter().map(result_json).collect()),
    })
}

fn results_text(results: &[Opened], folder: &Path, terminal: &Terminal) -> String {
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
    match results.first() {
        Some(newest) if folder == output_folder() && newest.manifest.identity.kind == "run" => {
            text.line("next: comity run  (shows the newest)", Style::Plain);
        }
        Some(newest) => {
            let path = comity::report::typed::quoted(&newest.path.display().to_string());
            let kind = &newest.manifest.identity.kind;
            text.line(&format!("next: comity {kind} {path}"), Style::Plain);
        }
        None => {
            text.line(&format!("  none in {}", folder.display()), Style::Plain);
            text.line("next: comity run preska-2014", Style::Plain);
        }
    }
    text.out
}

fn result_json(result: &Opened) -> Value {
    let manifest = &result.manifest;
    json!({
        "path": result.path.to_string_lossy(),
        "kind": manifest.identity.kind,
        "scenario": manifest.identity.scenario,
        "scenario_digest": manifest.identity.scenario_digest,
        "seed": manifest.identity.seed.to_string(),
        "runs": manifest.runs(),
        "runs_failed": manifest.runs_failed,
        "customers": manifest.identity.customers,
        "model_version": manifest.identity.model_version,
        "ended_utc": manifest.ended_utc,
    })
}

/// Lines, each freed of what a terminal would obey.
struct Text {
    out: String,
    colour: bool,
    columns: usize,
}

impl Text {
    fn new(terminal: &Terminal) -> Self {
        Self {
            out: String::new(),
            colour: terminal.colours_results(),
            columns: terminal.page().columns.clamp(60, 100),
        }
    }

    fn line(&mut self, text: &str, style: Style) {
        Line::of(Span::new(text, style)).write(&mut self.out, self.colour);
    }

    /// A text over as many lines as it takes, all indented alike.
    fn paragraph(&mut self, text: &str, indent: usize, style: Style) {
        let measure = Measure {
            width: self.columns,
            first: indent,
            later: indent,
            lines: usize::MAX,
        };
        for (index, line) in flow(&[Span::new(text, style)], " ", measure)
            .into_iter()
            .enumerate()
        {
            let mut indented = Line::default();
            if index == 0 {
                indented.pad_to(indent);
            }
            indented.append(line);
            indented.write(&mut self.out, self.colour);
        }
    }
}
