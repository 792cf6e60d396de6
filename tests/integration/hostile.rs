//! Arguments and names that nobody in good faith would write: no panic, the right
//! exit code, nothing written, nothing sent to the terminal that it would obey.

use std::fs;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::sandbox::{Ran, SMALL, Sandbox};

/// Runs the program, which must end soon by itself, without panic and with a clean message.
pub fn answered(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let began = Instant::now();
    let ran = sandbox.comity(arguments);
    let told = format!("{arguments:?}: {ran:?}");
    assert!(began.elapsed() < Duration::from_secs(20), "{told}");
    for trace in ["panicked", "backtrace", "RUST_"] {
        assert!(!ran.err.contains(trace), "{told}");
    }
    for text in [&ran.out, &ran.err] {
        assert!(
            !text.contains(['\u{1b}', '\u{7}', '\u{202e}', '\0']),
            "{told}"
        );
        assert!(text.lines().all(|line| line.len() < 2_000), "{told}");
    }
    ran
}

/// Says that this machine cannot do what the test needs; CI does not accept it.
pub fn skipped(why: &str) {
    let _ = std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes());
}

#[test]
fn every_command_answers_every_target() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("folder")).unwrap();
    fs::write(sandbox.path("empty.toml"), "").unwrap();
    fs::write(sandbox.path("new\nline.toml"), "runs = -1\n").unwrap();
    fs::write(sandbox.path("of-fifo.toml"), "extends = \"./fifo\"\n").unwrap();
    fs::write(sandbox.path("of-null.toml"), "extends = \"/dev/null\"\n").unwrap();
    // Whoever opened it would wait for ever.
    let made = Command::new("mkfifo").arg(sandbox.path("fifo")).status();
    if !made.is_ok_and(|status| status.success()) {
        skipped("no named pipe can be made here");
    }
    let before = sandbox.files("");
    let long = "x".repeat(10_000);
    let long_path = format!("{}y.toml", "deep/".repeat(1_000));
    let targets = [
        "",
        " ",
        "-",
        "--",
        "---",
        ".",
        "..",
        "/",
        "./",
        "*",
        "~",
        "%s%n",
        "-n",
        "--set",
        "=",
        "'",
        "folder",
        "empty.toml",
        "fifo",
        "./fifo",
        "of-fifo.toml",
        "of-null.toml",
        "/dev/null",
        "/dev/zero",
        "/proc/self/mem",
        "new\nline.toml",
        "no\nsuch",
        "no\nerror: such",
        "\u{1b}[2J",
        "\u{7}\u{202e}x",
        "<b>x</b>",
        "../../etc/passwd",
        "preska-2014/",
        "preska-2014.toml",
        "PRESKA-2014",
        "é",
        "\u{1f4a3}",
        long.as_str(),
        long_path.as_str(),
    ];
    let commands: [&[&str]; 24] = [
        &["compare"],
        &["convergence"],
        &["run", "sovereignty-2026", "--do"],
        &["run", "sovereignty-2026", "--given"],
        &["run"],
        &["backtest"],
        &["check"],
        &["check", "--sources"],
        &["check", "--json"],
        &["story"],
        &["risk"],
        &["plot"],
        &["report", "--to", "page.html"],
        &["backtest", "--fit"],
        &["new", "made", "--from"],
        &["sweep", "--vary", "choice.peer_weight=0..1"],
        &["sweep", "preska-2014", "--table"],
        &["sweep", "--jobs"],
        &["list"],
        &["list", "metrics"],
        &["list", "fields"],
        &["selfcheck", "--repeats"],
        &["help"],
        &["man"],
    ];
    for command in commands {
        for target in targets {
            let ran = answered(&sandbox, &[command, &[target]].concat());
            // Folders are listed, and without a target there is help and a list.
            let may_be_well = ["list", "help", "man"].contains(&command[0]);
            assert!(
                ran.code == Some(2) || (may_be_well && ran.code == Some(0)),
                "{command:?} {target:?}: {ran:?}"
            );
            let first = ran.err.split(':').next().unwrap();
            let is_told = ["error", "note"].contains(&first) || command.contains(&"--json");
            assert!(
                is_told || ran.code == Some(0),
                "{command:?} {target:?}: {ran:?}"
            );
        }
    }
    assert_eq!(sandbox.files(""), before, "nothing was written");
}

#[test]
fn arguments_that_are_no_text_are_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["run"]);
    let ran = Ran::of(
        command
            .arg(OsStr::from_bytes(b"caf\xe9.toml"))
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("caf\u{fffd}.toml is not UTF-8"),
        "{}",
        ran.err
    );
}

#[test]
fn what_cannot_be_simulated_is_refused_before_anything_is_written() {
    let sandbox = Sandbox::new();
    let mut page = String::new();
    for setting in [
        "choice.home_weight=1e5",
        "choice.exposure_weight=-1e15",
        "choice.price_weight=-1e9",
        "choice.class_log_sd=1e9",
        "choice.base_switching_per_year=0.99999",
        "choice.switching_cost_log_sd=1e3",
        "network.mean_degree=1e9",
    ] {
        for command in ["run", "story", "risk"] {
            let job = [&[command], &SMALL[..], &["-s", setting]].concat();
            let ran = answered(&sandbox, &job);
            assert_eq!(ran.code, Some(2), "{setting}: {ran:?}");
            if command == "run" {
                page += &format!("$ comity run preska-2014 -s {setting}\n{}\n", ran.err);
            }
        }
        let checked = answered(&sandbox, &["check", "preska-2014", "-s", setting]);
        assert_eq!(checked.code, Some(2), "{setting}: {checked:?}");
    }
    assert!(sandbox.files("").is_empty());
    assert!(!sandbox.path("output").exists());
    insta::assert_snapshot!(page);
}

/// Numbers as large as may be written end in a result or in failed runs, soon.
#[test]
fn the_largest_numbers_are_survived() {
    let sandbox = Sandbox::new();
    for setting in [
        "choice.trust_weight=1e15",
        "choice.trust_weight=-1e15",
        "market.DE.spend_musd_per_year=1e15",
        "market.DE.spend_musd_per_year=1e-300",
        "market.DE.growth_per_year=1e15",
        "trust.good_prior=1e-300",
        "trust.bad_weight=1e15",
        "concern.half_life_months=1e-300",
        "attention.base_hazard=1e15",
        "segment.enterprise.size_log_sd=1e15",
        "provider.amazon.brand_trend_per_year=1e15",
    ] {
        let job = [
            "run",
            "preska-2014",
            "-n",
            "1",
            "--customers",
            "60",
            "-s",
            setting,
            "-q",
        ];
        let ran = answered(&sandbox, &job);
        assert!(matches!(ran.code, Some(0 | 1 | 3)), "{setting}: {ran:?}");
        if ran.code == Some(1) {
            let told = ["more than can be summed", "beyond all numbers"];
            let is_told = told.iter().any(|words| ran.err.contains(words));
            assert!(is_told, "{setting}: {ran:?}");
        }
    }
}

/// A folder's name is shown where it is told, and is sent as it is only to a script.
#[test]
fn a_folder_of_a_hostile_name_is_shown_and_not_obeyed() {
    let sandbox = Sandbox::new();
    let name = "a\u{1b}[2J\nerror: b";
    for job in [&["run"][..], &["story"], &["risk"], &["plot"], &["report"]] {
        let ran = answered(&sandbox, &[job, &SMALL, &["-o", name]].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(
            ran.out.contains("\nresult: a\\u{1b}[2J error: b\n"),
            "{}",
            ran.out
        );
        for job in [
            &["run", name][..],
            &["story", name],
            &["risk", name],
            &["list", "."],
        ] {
            assert_eq!(answered(&sandbox, job).code, Some(0));
        }
    }
    let quiet = sandbox.small(name, &["-q"]);
    assert_eq!(quiet.out, format!("{name}\n"));
    let wrong = answered(&sandbox, &["run", name, "-n", "5"]);
    assert_eq!(wrong.code, Some(2));
    assert!(!wrong.err.contains("\nerror:"), "{}", wrong.err);
}
