//! What a user reads when arguments or targets are wrong: each is refused with exit code
//! 2, a message that says the mend, and nothing written.

use std::fs;
use std::io::Write as _;

use crate::sandbox::{SMALL, Sandbox};

const WRONG: [&[&str]; 43] = [
    &["rum"],
    &["run", "preska-2041"],
    &["run", "nothing-like-it"],
    &["run", ""],
    &["run", "cloud-2014"],
    &["run", "missing.toml"],
    &["run", "folder"],
    &["run", "notes.txt"],
    &["run", "bad.toml"],
    &["run", "lost-baseline.toml", "-n", "2"],
    &["run", "paired.toml", "-n", "2"],
    &["run", "odd-pair.toml", "-n", "2"],
    &["run", "preska-2014", "--keep", "-1"],
    &["run", "preska-2014", "extra"],
    &["run", "preska-2014", "--run", "5"],
    &["run", "preska-2014", "-n", "0"],
    &["run", "preska-2014", "-n", "-5"],
    &["run", "preska-2014", "-n", "many"],
    &["run", "preska-2014", "-n", "10000001"],
    &["run", "preska-2014", "-n", "1e3"],
    &["run", "preska-2014", "--customers", "29"],
    &["run", "bench-market", "--customers", "19"],
    &["run", "preska-2014", "--seed", "-1"],
    &["run", "preska-2014", "--seed", "18446744073709551616"],
    &["run", "preska-2014", "-j", "0"],
    &["run", "preska-2014", "--paths", "some"],
    &["run", "preska-2014", "--on-error", "ignore"],
    &["run", "preska-2014", "--json", "--quiet"],
    &["run", "preska-2014", "--set", "choice.classes"],
    &["run", "preska-2014", "--set", "choice.clases=4"],
    &[
        "run",
        "preska-2014",
        "--set",
        "provider.mircosoft.title='M'",
    ],
    &["run", "preska-2014", "--set", "choice.classes=many"],
    &[
        "run",
        "preska-2014",
        "--set",
        "horizon_months=nan",
        "--set",
        "x",
    ],
    &["run", "preska-2014", "--option", "comly"],
    &["run", "bench-market", "--option", "comply"],
    &["run", "preska-2014", "--option", ""],
    &["run", "-n", "5"],
    &["list", "scenaros"],
    &["selfcheck", "preska-2014"],
    &["selfcheck", "--repeats", "99"],
    &["selfcheck", "--repeats", "-1"],
    &["selfcheck", "--seed", "x"],
    &["selfcheck", "--json", "--markdown"],
];

#[test]
fn wrong_arguments_are_refused_with_their_mend() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("folder")).unwrap();
    fs::write(sandbox.path("notes.txt"), "milk, bread\n").unwrap();
    fs::write(
        sandbox.path("bad.toml"),
        "extends = \"preska-2014\"\nruns = -1\n",
    )
    .unwrap();
    let lost = "extends = \"preska-2014\"\nbaseline = \"no-ordre\"\n";
    fs::write(sandbox.path("lost-baseline.toml"), lost).unwrap();
    let paired = "extends = \"preska-2014\"\nbaseline = \"bad.toml\"\n";
    fs::write(sandbox.path("paired.toml"), paired).unwrap();
    let odd = "extends = \"preska-2014\"\nbaseline = \"bench-market\"\n";
    fs::write(sandbox.path("odd-pair.toml"), odd).unwrap();
    let before = sandbox.files("");
    let mut page = String::new();
    for arguments in WRONG {
        let ran = sandbox.comity(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
        page += &format!("$ comity {}\n{}\n", arguments.join(" "), ran.err);
    }
    assert_eq!(sandbox.files(""), before, "nothing was written");
    insta::assert_snapshot!(page);
}

#[test]
fn a_wrong_environment_is_named() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["run", "preska-2014", "-n", "2"]);
    let output = command.env("COMITY_THREADS", "lots").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("lots") && err.contains("--threads"), "{err}");
}

#[test]
fn a_place_where_nothing_can_be_written_is_named() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.path("file"), "").unwrap();
    for (out, code) in [("file", 2), ("file/out", 2), ("/proc/comity/out", 1)] {
        let ran = sandbox.small(out, &[]);
        assert_eq!(ran.code, Some(code), "{out}: {ran:?}");
        assert!(
            ran.err.contains(out.split('/').next().unwrap()),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("--out"), "{}", ran.err);
        assert!(ran.out.is_empty(), "{out}");
    }
}

#[test]
fn damage_is_refused_and_named() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    fs::write(sandbox.path("out/summary.json"), "{}").unwrap();
    for arguments in [
        vec!["run", "out"],
        [&["run"], &SMALL[..], &["-o", "out"]].concat(),
    ] {
        let ran = sandbox.comity(&arguments);
        assert_eq!(ran.code, Some(4), "{ran:?}");
        assert!(
            ran.err.contains("out/summary.json is damaged"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("--fresh"), "{}", ran.err);
    }
    sandbox.small("out", &["-q", "--fresh"]).well();
}

#[test]
fn a_full_pipe_for_results_is_told() {
    if !std::path::Path::new("/dev/full").exists() {
        let _ = std::io::stderr().write_all(b"skipped: there is no /dev/full here\n");
        return;
    }
    let sandbox = Sandbox::new();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = sandbox.command(&["list"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("cannot write to standard output"), "{err}");
}
