//! Equal jobs give equal files: whatever the threads, the processor's instructions, and
//! however often the work was cut short.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use comity::result::table::Cells;
use comity::result::{Wanted, open};

use crate::sandbox::{Ran, Sandbox, assert_same};

/// A job that takes a second or more, so that it can be cut short.
const LONG: [&str; 8] = [
    "run",
    "preska-2014",
    "-n",
    "48",
    "--customers",
    "600",
    "-j",
    "2",
];

#[test]
fn threads_change_no_byte() {
    let sandbox = Sandbox::new();
    for threads in ["1", "2", "5"] {
        sandbox
            .small(threads, &["-j", threads, "-q", "--csv"])
            .well();
    }
    let expected = sandbox.result_files("1");
    for threads in ["2", "5"] {
        assert_same(&sandbox.result_files(threads), &expected);
    }
}

/// A merit loading that no intercept can serve makes some runs fail; what a worker did
/// before must not show in the others.
#[test]
fn failed_runs_leave_no_trace_in_others() {
    let sandbox = Sandbox::new();
    let loading = "court.us-sca.merit_loading={dist='discrete',values=[0.8,60],chances=[0.7,0.3]}";
    for threads in ["1", "5"] {
        let job = [
            "run",
            "preska-2014",
            "-n",
            "40",
            "--customers",
            "120",
            "--no-baseline",
        ];
        let chance = "court.us-sca.node.circuit.outcome.reverses.chance=0.33";
        let how = [
            "-s", loading, "-s", chance, "-j", threads, "-q", "-o", threads,
        ];
        let ran = sandbox.comity(&[&job[..], &how[..]].concat());
        assert_eq!(ran.code, Some(3), "{}", ran.err);
    }
    assert_same(&sandbox.result_files("5"), &sandbox.result_files("1"));
}

#[test]
fn other_instructions_change_no_byte() {
    let sandbox = Sandbox::new();
    sandbox.small("all", &["-q"]).well();
    let job = [&["run"], &crate::sandbox::SMALL[..], &["-q", "-o", "few"]].concat();
    let mut masked = sandbox.command(&job);
    masked.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F");
    Ran::of(masked.output().unwrap()).well();
    assert_same(&sandbox.result_files("few"), &sandbox.result_files("all"));
}

#[test]
fn fewer_runs_are_the_first_rows_of_more() {
    let sandbox = Sandbox::new();
    for runs in ["20", "40"] {
        let job = [
            "run",
            "preska-2014",
            "--customers",
            "120",
            "-q",
            "-n",
            runs,
            "-o",
            runs,
        ];
        sandbox.comity(&job).well();
    }
    let (few, many) = ["20", "40"]
        .map(|name| open(&sandbox.path(name)).unwrap())
        .into();
    for name in [
        "runs",
        "paths",
        "milestones",
        "cases",
        "steps",
        "losses",
        "profits",
        "events",
    ] {
        let few = few.files().table(name, Wanted::All).unwrap();
        let many = many.files().table(name, Wanted::All).unwrap();
        assert!(few.rows() > 0, "{name} has rows");
        for ((column, few_cells), many_cells) in
            few.schema.columns.iter().zip(&few.cells).zip(&many.cells)
        {
            assert_eq!(
                shown(few_cells, few.rows()),
                shown(many_cells, few.rows()),
                "{name}.{}",
                column.name
            );
        }
    }
}

/// The first cells, each as a text that tells every bit.
fn shown(cells: &Cells, rows: usize) -> Vec<String> {
    match cells {
        Cells::Float64(cells) => cells[..rows]
            .iter()
            .map(|cell| format!("{:x}", cell.to_bits()))
            .collect(),
        Cells::Int64(cells) => cells[..rows].iter().map(|c| format!("{c:?}")).collect(),
        Cells::Date(cells) => cells[..rows].iter().map(|c| format!("{c:?}")).collect(),
        Cells::Text(cells) => cells[..rows].iter().map(|c| format!("{c:?}")).collect(),
        Cells::Bool(cells) => cells[..rows].iter().map(|c| format!("{c:?}")).collect(),
    }
}

fn start(sandbox: &Sandbox, out: &str) -> Child {
    let job = [&LONG[..], &["-q", "-o", out]].concat();
    let mut command = sandbox.command(&job);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn killed_at_any_moment_the_same_command_goes_on() {
    let sandbox = Sandbox::new();
    sandbox
        .comity(&[&LONG[..], &["-q", "-o", "expected"]].concat())
        .well();
    let expected = sandbox.result_files("expected");
    // From before the folder is there to the writing of tables, then to the end.
    for milliseconds in [3, 20, 60, 150, 300, 450, 600, 800] {
        let mut child = start(&sandbox, "out");
        sleep(Duration::from_millis(milliseconds));
        let _ = child.kill(); // it may have ended by itself
        child.wait().unwrap();
    }
    let last = Ran::of(start(&sandbox, "out").wait_with_output().unwrap()).well();
    assert_eq!(last.out, "out\n");
    assert_same(&sandbox.result_files("out"), &expected);
}

#[cfg(unix)]
#[test]
fn asked_to_stop_it_keeps_what_is_done_and_goes_on() {
    let sandbox = Sandbox::new();
    sandbox
        .comity(&[&LONG[..], &["-q", "-o", "expected"]].concat())
        .well();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let child = start(&sandbox, signal);
        // The marker of unfinished work appears when runs are about to begin.
        while !sandbox.path(signal).join("blocks").exists() {
            sleep(Duration::from_millis(2));
        }
        let kill = std::process::Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        let stopped = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(stopped.code, Some(code), "{stopped:?}");
        assert!(
            stopped.err.contains("the same command goes on"),
            "{}",
            stopped.err
        );
        assert_eq!(stopped.out, "", "an unfinished folder is no result");
        let shown = sandbox.comity(&["run", signal]);
        assert_eq!(shown.code, Some(2), "{shown:?}");
        assert!(shown.err.contains("unfinished"), "{}", shown.err);

        sandbox
            .comity(&[&LONG[..], &["-q", "-o", signal]].concat())
            .well();
        assert_same(
            &sandbox.result_files(signal),
            &sandbox.result_files("expected"),
        );
    }
}
