//! What the guide, the README and the help pages tell a user to type is typed here, and what
//! they show is held against what is printed.
//!
//! In the guide blocks of `sh` are run in order in one folder, a block of `toml` after a line
//! that begins with a file's name is that file, any other must be sound over the main scenario,
//! and a block of `text` is what the commands before it print, where `…` stands for anything.
//! Commands whose output is not shown, those of the README and those of the help are run at a
//! small size.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use comity::scenario::check_text;

use crate::sandbox::{Ran, Sandbox};

/// A fenced block of Markdown.
struct Block {
    language: String,
    text: String,
    /// The last line of text before it.
    before: String,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    let mut before = String::new();
    for line in markdown.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(language), None) => {
                open = Some(Block {
                    language: language.to_owned(),
                    text: String::new(),
                    before: before.clone(),
                });
            }
            (None, Some(mut block)) => {
                block.text += line;
                block.text.push('\n');
                open = Some(block);
            }
            (None, None) if !line.trim().is_empty() => line.clone_into(&mut before),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is left open");
    blocks
}

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Runs a script as a user's shell would, with `comity` on the path and a home of its own.
fn shell(sandbox: &Sandbox, script: &str) -> Ran {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_comity"));
    let home = sandbox.path("home");
    fs::create_dir_all(&home).unwrap();
    let mut paths = vec![program.parent().unwrap().to_path_buf()];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    paths.extend(std::env::split_paths(&inherited));
    let mut command = Command::new("sh");
    command.args(["-e", "-c", script]);
    command.current_dir(sandbox.path("")).stdin(Stdio::null());
    command.env("PATH", std::env::join_paths(paths).unwrap());
    command.env("HOME", home);
    for name in ["COMITY_THREADS", "COMITY_OUTPUT", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    Ran::of(command.output().unwrap())
}

/// Whether a text is as shown: each `…` is any text, over any number of lines.
fn is_as_shown(text: &str, shown: &str) -> bool {
    let shown = shown.trim_end();
    let mut parts = shown.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.trim_end().strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn what_is_shown_matches_only_what_it_shows() {
    for (text, shown, holds) in [
        ("a\nb\nc\n", "a\nb\nc\n", true),
        ("a\nb\nc\n", "a\n…\nc", true),
        ("took 12 s, 3 MB", "took … s, … MB", true),
        ("a\nb\nc\n", "a\nb", false),
        ("a\nb\nc\n", "b\n…", false),
        ("a\nb\nc\n", "…\nb", false),
        ("a\nb\nc\n", "a\n…\nd", false),
        ("took 12 s, 3 MB", "took … s, … GB", false),
    ] {
        assert_eq!(is_as_shown(text, shown), holds, "{text:?} {shown:?}");
    }
}

#[test]
fn the_guide_does_what_it_says() {
    let sandbox = Sandbox::new();
    let (mut printed, mut compared, mut commands) = (String::new(), 0, 0);
    let blocks = blocks(&document("docs/guide.md"));
    for (at, block) in blocks.iter().enumerate() {
        match block.language.as_str() {
            "sh" if block.text.starts_with("cargo install") => {} // how this program came about
            "sh" => {
                let shown = blocks.get(at + 1).is_some_and(|b| b.language == "text");
                let lines: Vec<String> = block.text.lines().map(small).collect();
                let small = lines.join("\n");
                let ran = shell(&sandbox, if shown { &block.text } else { &small });
                assert_eq!(ran.code, Some(0), "{}\n{}", block.text, ran.err);
                assert!(!ran.err.contains("warning:"), "{}\n{}", block.text, ran.err);
                printed = ran.out;
                commands += block.text.matches("comity ").count();
            }
            "text" => {
                let is_so = is_as_shown(&printed, &block.text);
                assert!(is_so, "shown:\n{}\nprinted:\n{printed}", block.text);
                compared += 1;
            }
            "toml" => write_or_check(&sandbox, block),
            // .ci/check_guide.py runs the first two; R is not at hand everywhere; a table of
            // observations as CSV is tried with the examples of the help.
            "python" | "sql" | "r" | "csv" => {}
            other => panic!("a block of `{other}` is not looked into"),
        }
    }
    assert!(compared >= 4 && commands >= 25, "{compared} {commands}");
}

/// A block that is said to be a file is that file; any other is a piece of a scenario.
fn write_or_check(sandbox: &Sandbox, block: &Block) {
    let named = block.before.strip_prefix('`');
    if let Some((name, _)) = named.and_then(|rest| rest.split_once("`:")) {
        fs::write(sandbox.path(name), &block.text).unwrap();
        return;
    }
    let piece = format!("extends = \"preska-2014\"\n{}", block.text);
    if block.text.contains("[customer.my-bank]") {
        // Shown in part, as the file has it.
        let file = fs::read_to_string(sandbox.path("my-bank.toml")).unwrap();
        assert!(file.contains(&block.text), "{}", block.text);
        return;
    }
    if let Err(error) = check_text("piece", &piece, &[]) {
        panic!("{piece}\n{}", error.render(false));
    }
}

#[test]
fn the_readme_can_be_typed() {
    let sandbox = Sandbox::new();
    let mut typed = 0;
    for block in blocks(&document("README.md")) {
        for line in block.text.lines().filter(|_| block.language == "sh") {
            let line = line.replace("cargo run --release -- ", "comity ");
            if line == "cargo test --release" {
                continue; // which this is
            }
            let ran = shell(&sandbox, &small(&line));
            assert_eq!(ran.code, Some(0), "{line}\n{}", ran.err);
            typed += 1;
        }
    }
    assert!(typed >= 3, "{typed}");
}

/// The same command at a small size, if it simulates or repeats.
fn small(line: &str) -> String {
    if let Some(rest) = line.strip_prefix("comity selfcheck") {
        let rest = rest.replace("--repeats 300", "");
        return format!("comity selfcheck --repeats 100{rest}");
    }
    let line = line.split(" #").next().unwrap_or_default();
    let mut words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    if words.get(1) == Some(&"backtest") && words.get(2) == Some(&"record-2011") {
        if let Some(at) = words.iter().position(|w| *w == "-n") {
            words.drain(at..at + 2);
        }
        let fits = words.contains(&"--fit");
        words.extend([if fits { "--particles" } else { "-n" }, "3"]);
        words.extend(["--customers", "60"]);
        return words.join(" ");
    }
    if words.get(1) == Some(&"sweep") && !line.contains("sweep output/") {
        // Each point is an ensemble.
        return format!("{} -n 3 --customers 60 --no-baseline", words.join(" "));
    }
    let simulates = matches!(
        words.get(1),
        Some(&("run" | "story" | "risk" | "compare" | "convergence" | "plot" | "report"))
    ) && words.get(2).is_some_and(|target| {
        let endings = ["-2014", "-2026", ".toml"];
        let is_scenario = endings.iter().any(|ending| target.ends_with(ending));
        is_scenario && !target.ends_with("latest")
    });
    if !simulates {
        return line.to_owned();
    }
    while let Some(at) = words.iter().position(|w| ["-n", "--customers"].contains(w)) {
        words.drain(at..(at + 2).min(words.len()));
    }
    words.extend(["-n", "12", "--customers", "60"]);
    words.join(" ")
}

/// The commands under "Examples" of a help page.
fn examples(page: &str) -> Vec<String> {
    let (_, after) = page.split_once("Examples:\n").unwrap_or_default();
    let lines = after
        .lines()
        .take_while(|line| line.starts_with("  comity "));
    // What stands two blanks or more after it explains it.
    let command = |line: &str| {
        let line = line.trim_start();
        line.split_once("  ")
            .map_or(line, |(first, _)| first)
            .to_owned()
    };
    lines.map(command).collect()
}

#[test]
fn every_example_of_the_help_works() {
    let topics = [
        "",
        "run",
        "story",
        "risk",
        "compare",
        "convergence",
        "plot",
        "report",
        "sweep",
        "backtest",
        "new",
        "check",
        "selfcheck",
        "list",
        "help",
        "completions",
        "man",
    ];
    for topic in topics {
        let sandbox = Sandbox::new();
        let folders = [
            "home/.local/share/bash-completion/completions",
            "home/.local/share/man/man1",
            "home/.config/fish/completions",
            "home/.zfunc",
        ];
        for folder in folders {
            fs::create_dir_all(sandbox.path(folder)).unwrap();
        }
        let page = sandbox.comity(&["help", topic][..1 + usize::from(!topic.is_empty())]);
        let examples = examples(&page.well().out);
        assert!(examples.len() >= 2, "{topic}");
        if ["check", "report"].contains(&topic) {
            sandbox
                .comity(&["new", "my-bank", "--as", "customer", "-q"])
                .well();
        }
        let mut backtested = String::new();
        if topic == "backtest" {
            let header = "date,metric,value,error,source,use";
            let row = "2014-12-31,users_eu_2014,20,2,assumed: a row for a test,validate";
            fs::write(sandbox.path("my.csv"), format!("{header}\n{row}\n")).unwrap();
            let job = [
                "backtest",
                "record-2011",
                "-n",
                "3",
                "--customers",
                "60",
                "-q",
            ];
            // It warns that so few futures say little.
            let ran = sandbox.comity(&job);
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            ran.out.trim().clone_into(&mut backtested);
        }
        let mut compared = String::new();
        if ["compare", "report"].contains(&topic) {
            let job = ["compare", "preska-2014", "--only", "comply,keys", "-q"];
            let job = [&job[..], &["-n", "12", "--customers", "60"]].concat();
            let ran = sandbox.comity(&job).well();
            ran.out.trim().clone_into(&mut compared);
        }
        let mut swept = String::new();
        if topic == "sweep" {
            let points = "choice.exposure_weight\n0.6\n2.2\n";
            fs::write(sandbox.path("points.csv"), points).unwrap();
            let jobs = "scenario,option,seed\npreska-2014,comply,1\nno-order,,2\n";
            fs::write(sandbox.path("jobs.csv"), jobs).unwrap();
            let job = ["sweep", "preska-2014", "--table", "points.csv", "-q"];
            let size = ["-n", "3", "--customers", "60", "--no-baseline"];
            let ran = sandbox.comity(&[&job[..], &size].concat()).well();
            ran.out.trim().clone_into(&mut swept);
        }
        if ["run", "story", "risk", "convergence", "plot", "report"].contains(&topic) {
            let job = ["run", "preska-2014", "-n", "12", "--customers", "60", "-q"];
            sandbox.comity(&job).well();
            sandbox.comity(&[&job[..], &["-o", "out"]].concat()).well();
        }
        for example in examples {
            // `man` itself is not at hand everywhere.
            let line = example.split(" | man ").next().unwrap_or_default();
            let line = line.replace("output/record-2011/backtest-0123abcd", &backtested);
            let line = line.replace("output/preska-2014/compare-0123abcd", &compared);
            let line = line.replace("output/preska-2014/sweep-0123abcd", &swept);
            // It would go on for ever.
            let line = line.replace(" --watch", "");
            let line = line.as_str();
            let ran = shell(&sandbox, &small(line));
            assert_eq!(ran.code, Some(0), "{topic}: {line}\n{}", ran.err);
        }
    }
}
