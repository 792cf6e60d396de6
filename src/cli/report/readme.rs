//! The README of a bundle: how to make again what is in it. Its parts are those of the template
//! of the Social Science Data Editors.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use comity::ensemble::again::Frozen;
use comity::report::digits::{bytes, count, duration};
use comity::report::html::joined::Joined;
use comity::report::sources::Sources;
use comity::report::typed::command_again;
use comity::result::{Manifest, Opened};
use comity::scenario::{Scenario, provenance};
use jiff::Timestamp;

use super::gather::{first_part, frozen_of};
use crate::cli::failure::Failure;

/// A result in a bundle.
pub struct Part<'g> {
    /// The result.
    pub joined: &'g Joined,
    /// Its folder in the bundle, below `results` and `figures`.
    pub folder: String,
    /// Its figures.
    pub drawn: Vec<Drawn>,
}

/// A figure in a bundle.
pub struct Drawn {
    /// As `comity plot --figure` takes it.
    pub kind: &'static str,
    /// As its files are called.
    pub name: String,
    /// What it says.
    pub title: String,
}

/// The text, in Markdown.
pub fn readme(parts: &[Part<'_>]) -> Result<String, Failure> {
    let scenarios = parts.iter().map(|part| scenario_of(&part.joined.result));
    let scenarios = scenarios.collect::<Result<Vec<_>, _>>()?;
    let mut text = String::new();
    overview(&mut text, parts);
    data(&mut text, parts, &scenarios);
    needs(&mut text, parts);
    instructions(&mut text, parts);
    list(&mut text, parts);
    references(&mut text, &scenarios);
    Ok(text)
}

/// The scenario frozen in a result; of a comparison that of its first option.
fn scenario_of(result: &Opened) -> Result<Option<Scenario>, Failure> {
    let of = |result: &Opened| match Frozen::of(result) {
        Ok(frozen) => Ok(Some(frozen.scenario)),
        Err(error) => Err(Failure::of(error.exit_class(), error.to_string())),
    };
    if result.manifest.identity.kind == "run" {
        return of(result);
    }
    first_part(result).map_or(Ok(None), |part| of(&part))
}

// Writing to a String cannot fail.

fn overview(text: &mut String, parts: &[Part<'_>]) {
    let _ = write!(
        text,
        "# How to make this report again\n\n## Overview\n\n`report.html` is made by the program \
         Comity from {} simulated result{}. Nothing in it is entered by hand: the commands below \
         simulate every number and draw every figure again, bit for bit.\n\n",
        parts.len(),
        if parts.len() == 1 { "" } else { "s" }
    );
    for part in parts {
        let manifest = &part.joined.result.manifest;
        let _ = writeln!(
            text,
            "- `results/{}`: {} of `{}`, {} futures of {} customers",
            part.folder,
            manifest.identity.kind,
            manifest.identity.scenario,
            count(manifest.runs()),
            count(manifest.identity.customers)
        );
    }
    text.push('\n');
}

fn data(text: &mut String, parts: &[Part<'_>], scenarios: &[Option<Scenario>]) {
    text.push_str(
        "## Data availability and provenance\n\nThe inputs are the frozen scenarios \
         (`scenario.toml`, of a comparison one for each option), the worlds against which they are \
         held (`baseline.toml`), and the evidence that they cite, listed under References. They are \
         in this bundle; nothing else is needed, and nothing is restricted by us. No data on \
         persons is used. The simulated tables are described column by column in \
         `dictionary.csv`.\n\n",
    );
    for (part, scenario) in parts.iter().zip(scenarios) {
        let Some(scenario) = scenario else {
            continue;
        };
        let tally = Sources::of(scenario).tally();
        let _ = writeln!(
            text,
            "- `{}` (\"{}\"): {} numbers, of which {} are assumed and {} have no source. `comity \
             check results/{}/{} --sources` lists each with what it rests on.",
            part.folder,
            plain(&scenario.title),
            tally.numbers,
            tally.assumed,
            tally.uncovered,
            part.folder,
            frozen_file(part),
        );
    }
    text.push('\n');
}

fn needs(text: &mut String, parts: &[Part<'_>]) {
    text.push_str("## Software, hardware and time\n\n");
    let mut versions: BTreeMap<String, u32> = BTreeMap::new();
    for part in parts {
        let manifest = &part.joined.result.manifest;
        versions.insert(
            manifest.program_version.clone(),
            manifest.identity.model_version,
        );
    }
    for (version, model) in versions {
        let _ = writeln!(
            text,
            "- Comity {version} (model version {model}), one program without dependencies"
        );
    }
    text.push_str(
        "- Any machine: equal versions of the model give equal bits whatever the processor and \
         the number of threads\n- Chance is keyed by the seed, which each command below names\n\n\
         Measured:\n\n",
    );
    for part in parts {
        let manifest = &part.joined.result.manifest;
        let machine = &manifest.machine;
        let took = took(manifest).map_or_else(|| "unknown".to_owned(), duration);
        let size: u64 = manifest.files.values().map(|file| file.bytes).sum();
        let _ = writeln!(
            text,
            "- `{}`: {took} on {} thread{} of {}, {}; {} of tables",
            part.folder,
            manifest.threads,
            if manifest.threads == 1 { "" } else { "s" },
            plain(
                machine
                    .processor
                    .as_deref()
                    .unwrap_or("an unnamed processor")
            ),
            machine.system,
            bytes(size)
        );
    }
    text.push('\n');
}

/// Seconds from beginning to end, where the result was made in one go.
fn took(manifest: &Manifest) -> Option<f64> {
    let at = |text: &str| text.parse::<Timestamp>().ok();
    let (from, to) = (at(&manifest.started_utc)?, at(&manifest.ended_utc)?);
    Some(from.duration_until(to).as_secs_f64())
}

fn instructions(text: &mut String, parts: &[Part<'_>]) {
    text.push_str("## Instructions\n\nIn the folder of this bundle:\n\n```sh\n");
    for part in parts {
        let _ = writeln!(text, "{} --out again/{}", command(part), part.folder);
    }
    let folders = parts.iter().map(|part| format!("again/{}", part.folder));
    let folders: Vec<String> = folders.collect();
    let is_renamed = |part: &Part<'_>| {
        part.joined.is_frozen && part.joined.result.manifest.identity.kind == "compare"
    };
    let renamed = if parts.iter().any(is_renamed) {
        " The options of a comparison of frozen files are called as the files are, and compared \
         as several scenarios."
    } else {
        ""
    };
    let _ = write!(
        text,
        "comity report {} --to again/report.html\n```\n\nThe tables in `again` are then equal to \
         those in `results`, byte for byte; the manifests differ in when and where they were \
         made.{renamed}\n\n",
        folders.join(" ")
    );
}

/// The command that simulates a result from its frozen scenario in the bundle.
fn command(part: &Part<'_>) -> String {
    let Joined {
        result,
        scenario,
        is_frozen,
        ..
    } = part.joined;
    let identity = &result.manifest.identity;
    let folder = format!("results/{}", part.folder);
    // Options are those of a decision, which a frozen scenario under one of them no longer has.
    let scenario = if identity.kind == "compare" && !is_frozen {
        scenario.clone()
    } else {
        frozen_of(result, &folder)
    };
    command_again(identity, &scenario, &folder)
}

/// The file of a result in which its scenario is.
fn frozen_file(part: &Part<'_>) -> String {
    let files = part.joined.result.manifest.files.keys();
    let mut frozen = files.filter(|name| name.ends_with(".toml") && *name != "baseline.toml");
    frozen.next().cloned().unwrap_or_default()
}

fn list(text: &mut String, parts: &[Part<'_>]) {
    text.push_str("## Figures and tables\n\n| what | made by | files |\n|---|---|---|\n");
    for part in parts {
        for drawn in &part.drawn {
            let _ = writeln!(
                text,
                "| {} | `comity plot again/{} --figure {}` | `figures/{}/{}*` |",
                plain(&drawn.title),
                part.folder,
                drawn.kind,
                part.folder,
                drawn.name
            );
        }
        let _ = writeln!(
            text,
            "| tables | `{}` | `results/{}` |",
            command(part),
            part.folder
        );
    }
    text.push_str("| all else on the page | `comity report` | `report.html` |\n\n");
}

fn references(text: &mut String, scenarios: &[Option<Scenario>]) {
    text.push_str("## References\n\n");
    let mut rows = BTreeMap::new();
    for scenario in scenarios.iter().flatten() {
        for number in provenance(scenario) {
            for evidence in number.evidence {
                rows.insert(evidence.id.as_str(), evidence);
            }
        }
    }
    for (id, evidence) in rows {
        let _ = writeln!(
            text,
            "- [{id}] {}. {}. {}",
            plain(evidence.source.trim_end_matches('.')),
            plain(&evidence.date),
            plain(&evidence.url)
        );
    }
}

/// A text that Markdown takes for nothing else.
fn plain(text: &str) -> String {
    crate::cli::terminal::one_line(text)
        .replace('|', "/")
        .replace('<', "&lt;")
        .replace('`', "'")
}
