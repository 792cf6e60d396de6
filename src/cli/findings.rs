//! What `check` found: everything wrong, or what a sound scenario is and will cost; told in
//! words or as JSON.

use comity::ensemble::cost::Cost;
use comity::law::Course;
use comity::report::digits::{bytes, count, duration, figure};
use comity::report::layout::{Line, Measure, Span, Style, flow};
use comity::report::sources::Tally;
use comity::scenario::ScenarioError;
use comity::scenario::resolved::{Model, Scenario};
use serde_json::{Value, json};

use super::failure::{Failure, INPUT};
use super::terminal::{Kind, Terminal};
use comity::report::typed::quoted;

/// A scenario that was checked.
pub struct Checked {
    /// The scenario, or library, itself.
    pub scenario: Scenario,
    /// Whether it is a library, which is not run.
    pub is_library: bool,
    /// Its baseline, if it was checked too.
    pub baseline: Option<String>,
    /// What its numbers rest on.
    pub tally: Tally,
    /// What is to be known, but is not wrong.
    pub warnings: Vec<String>,
    /// What it will cost, and the job of which that is.
    pub cost: Option<(Cost, Size)>,
}

/// The size of a job.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Futures.
    pub runs: u32,
    /// Customers in each.
    pub customers: u32,
    /// Threads.
    pub threads: usize,
}

impl Checked {
    /// The page for a reader.
    pub fn text(&self, reference: &str, terminal: &Terminal) -> String {
        let scenario = &self.scenario;
        let mut out = String::new();
        let colour = terminal.colours_results();
        let mut put = |label: &str, text: &str| {
            let measure = Measure {
                width: COLUMNS,
                first: LABEL,
                later: LABEL,
                lines: usize::MAX,
            };
            let lines = flow(&[Span::plain(text)], " ", measure);
            for (index, words) in lines.into_iter().enumerate() {
                let mut line = Line::default();
                if index == 0 {
                    line.push(Span::new(label, Style::Strong));
                    line.pad_to(LABEL);
                }
                line.append(words);
                line.write(&mut out, colour);
            }
        };
        put(&scenario.name, "");
        put("", &scenario.title);
        put("sound", &self.sound());
        put("numbers", &self.numbers());
        put("sources", &self.sources());
        for court in self.courts() {
            put("court", &court);
        }
        match &self.cost {
            Some((cost, size)) => {
                for (index, line) in cost_words(cost, *size).iter().enumerate() {
                    put(if index == 0 { "cost" } else { "" }, line);
                }
                put("next:", &format!("comity run {reference}"));
            }
            None => put(
                "next:",
                &format!("write a file with extends = \"{}\"", scenario.name),
            ),
        }
        out
    }

    fn sound(&self) -> String {
        if self.is_library {
            return "yes, as a part of a scenario; a library is not run itself".to_owned();
        }
        match &self.baseline {
            Some(name) => format!("yes, and so is its baseline {name}"),
            None => "yes; no baseline".to_owned(),
        }
    }

    fn numbers(&self) -> String {
        let of = &self.tally;
        format!(
            "{}: {} inputs drawn once a run, {} drawn at every visit of a court's node",
            whole(of.numbers),
            whole(of.drawn_once_a_run),
            whole(of.drawn_every_visit)
        )
    }

    fn sources(&self) -> String {
        let of = &self.tally;
        let uncovered = match of.uncovered {
            0 => "none without a source".to_owned(),
            some => format!("{} WITHOUT A SOURCE", whole(some)),
        };
        format!(
            "{} assumed ({} %), {} on evidence, {uncovered}",
            whole(of.assumed),
            figure(100.0 * of.assumed_share, 0),
            whole(of.by_confidence.iter().sum())
        )
    }

    /// Loading has proved that every path ends; a library is checked beside courts of others.
    fn courts(&self) -> Vec<String> {
        let Model::Full(model) = &self.scenario.model else {
            return Vec::new();
        };
        let own = |name: &str| {
            let paths = &self.scenario.number_paths;
            !self.is_library
                || paths
                    .iter()
                    .any(|path| path.starts_with(&format!("court.{name}.")))
        };
        let courts = model.courts.iter().filter(|court| own(&court.name));
        let draw = self.scenario.median_inputs();
        courts
            .map(|court| match Course::of(court, &draw) {
                Ok(course) => format!("{}: {course}", court.name),
                // A trial has found it, or will.
                Err(fault) => format!("{}: {fault}", court.name),
            })
            .collect()
    }

    /// The same as JSON.
    pub fn json(&self) -> Value {
        let draw = self.scenario.median_inputs();
        let courts = match &self.scenario.model {
            Model::Full(model) => model
                .courts
                .iter()
                .map(|court| {
                    let course = Course::of(court, &draw).ok();
                    json!({
                        "name": court.name,
                        "nodes": court.nodes.len(),
                        "exits": court.exits.len(),
                        "every_path_ends": true,
                        "most_steps": course.and_then(|course| course.most_steps),
                        "mean_steps": course.map(|course| course.mean_steps),
                        "mean_days": course.map(|course| course.mean_days),
                    })
                })
                .collect(),
            Model::MarketBenchmark(_) => Vec::new(),
        };
        json!({
            "sound": true,
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "digest": self.scenario.digest,
            "is_library": self.is_library,
            "baseline": self.baseline,
            "numbers": self.tally,
            "courts": courts,
            "warnings": self.warnings,
            "cost": self.cost.map(|(cost, size)| json!({
                "runs": size.runs,
                "customers": size.customers,
                "threads": size.threads,
                "seconds": cost.seconds,
                "memory_bytes": cost.memory_bytes,
                "disk_bytes": cost.disk_bytes,
                "runs_tried": cost.tried,
            })),
        })
    }
}

/// Columns in all.
const COLUMNS: usize = 100;
/// Column of the text beside labels.
const LABEL: usize = 10;

fn whole(number: usize) -> String {
    count(u32::try_from(number).unwrap_or(u32::MAX))
}

/// A count with its noun.
fn several(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", whole(number))
}

fn cost_words(cost: &Cost, size: Size) -> [String; 3] {
    let memory = cost.memory_bytes.map_or_else(String::new, |memory| {
        format!(", {} of memory", bytes(memory))
    });
    let size = [
        several(size.runs as usize, "run"),
        several(size.customers as usize, "customer"),
        several(size.threads, "thread"),
    ];
    [
        format!("{} of {} on {}:", size[0], size[1], size[2]),
        format!(
            "about {}{memory}, up to {} of disk while it works",
            duration(cost.seconds),
            bytes(cost.disk_bytes)
        ),
        format!(
            "estimated by {} done now",
            several(cost.tried as usize, "run")
        ),
    ]
}

/// Tells what is wrong, all of it; the exit code.
pub fn tell_faults(faults: &[Failure], as_json: bool, terminal: &Terminal) -> Result<u8, Failure> {
    if as_json {
        let problems: Vec<Value> = faults.iter().flat_map(fault_json).collect();
        let text = format!("{:#}\n", json!({ "sound": false, "problems": problems }));
        terminal.result(&text)?;
    } else {
        for fault in faults {
            fault.report(terminal);
        }
        let number = faults.iter().map(|fault| fault_json(fault).len()).sum();
        let text = format!(
            "{}; nothing was simulated or written",
            several(number, "mistake")
        );
        terminal.say(Kind::Note, &text);
    }
    Ok(INPUT)
}

fn fault_json(fault: &Failure) -> Vec<Value> {
    match fault {
        Failure::Scenario { about, error } => match error.as_ref() {
            ScenarioError::Invalid { problems, sources } => problems
                .iter()
                .map(|problem| {
                    let place = problem.place.as_ref().and_then(|at| sources.locate(at));
                    json!({
                        "message": problem.message,
                        "help": problem.help,
                        "source": place.as_ref().map(|place| place.source),
                        "line": place.as_ref().map(|place| place.line),
                        "column": place.as_ref().map(|place| place.column),
                        "about": about,
                    })
                })
                .collect(),
            other => vec![json!({ "message": other.to_string(), "about": about })],
        },
        Failure::Message { text, .. } => vec![json!({ "message": text })],
        Failure::Told(_) => Vec::new(),
        Failure::Output(error) => vec![json!({ "message": error.to_string() })],
    }
}

/// The scenario as another command takes it, with what was asked of it.
pub fn reference(target: &str, settings: &[String], size: &[(&str, Option<u32>)]) -> String {
    let mut text = quoted(target);
    for setting in settings {
        text += &format!(" -s {}", quoted(setting));
    }
    for (option, value) in size {
        if let Some(value) = value {
            text += &format!(" {option} {value}");
        }
    }
    text
}
