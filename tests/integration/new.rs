//! `comity new`: what it writes is sound and runs, for every role in every kind of shipped world;
//! what it refuses leaves nothing behind.

use std::fs;

use comity::scenario::{ScenarioTarget, coverage, load};
use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

const ROLES: [&str; 3] = ["customer", "provider", "government"];
const SMALL: [&str; 4] = ["-n", "12", "--customers", "120"];

/// Of each kind of shipped world one, since each takes a second for a role: with a case about
/// an order, the world without it, and with cases about acts and several laws of reach.
const WORLDS: [&str; 4] = [
    "preska-2014",
    "no-order",
    "schrems-2015",
    "sovereignty-2026",
];

fn run(sandbox: &Sandbox, file: &str, more: &[&str]) -> Ran {
    sandbox.comity(&[&["run", file], &SMALL[..], more].concat())
}

#[test]
fn every_role_in_every_kind_of_world_is_sound_and_runs() {
    for world in WORLDS {
        for role in ROLES {
            let sandbox = Sandbox::new();
            let file = format!("my-{role}.toml");
            let name = format!("my-{role}");
            let made = sandbox.comity(&["new", &name, "--as", role, "--from", world]);
            let text = fs::read_to_string(sandbox.path(&file)).unwrap();
            let yours = text.matches("# <- yours").count();
            let made = made.well().out;
            assert!(
                made.contains(&format!("\n{yours} fields are yours")),
                "{made}"
            );
            assert!(
                made.ends_with(&format!("\nnext: comity check {file}\n")),
                "{made}"
            );
            assert!(text.starts_with("#:schema ./scenario.schema.json\n"));
            assert!(text.ends_with(&format!("comity run {file}\n#       comity story {file}\n")));
            if world == "preska-2014" {
                insta::assert_snapshot!(format!("new_{role}"), &text);
            }

            // No warning either, such as of a number without a source.
            let checked = sandbox.comity(&["check", &file, "-n", "4", "--customers", "120"]);
            checked.well();
            let path = ScenarioTarget::File(sandbox.path(&file));
            let scenario = load(&path, &[]).unwrap();
            assert_eq!(coverage(&scenario).uncovered, [""; 0], "{role} in {world}");

            let page = run(&sandbox, &file, &["--json", "-o", "out"]).well().out;
            let page: Value = serde_json::from_str(&page).unwrap();
            let numbers = page["three_numbers"].as_array().unwrap();
            assert_eq!(numbers.len(), 3, "{role} in {world}");
            for number in numbers {
                assert!(
                    number["name"]
                        .as_str()
                        .unwrap()
                        .starts_with(&format!("my_{role}_"))
                );
            }
            // Where a treaty is in force already, that is no option.
            let options = scenario.decision.as_ref().unwrap().options.len();
            assert_eq!(
                options,
                3 - usize::from(role == "government" && world == "sovereignty-2026")
            );
        }
    }
}

/// Does one of the three numbers differ from the baseline's?
fn differs(page: &Value) -> bool {
    let mut numbers = page["three_numbers"].as_array().unwrap().iter();
    numbers.any(|number| {
        number["effect"]["mean"]
            .as_f64()
            .is_some_and(|mean| mean != 0.0)
    })
}

#[test]
fn by_the_order_is_no_empty_comparison() {
    let sandbox = Sandbox::new();
    for role in ROLES {
        let name = format!("my-{role}");
        sandbox.comity(&["new", &name, "--as", role, "-q"]).well();
        let page = run(&sandbox, &format!("{name}.toml"), &["--json"])
            .well()
            .out;
        let page: Value = serde_json::from_str(&page).unwrap();
        assert!(differs(&page), "{role}");
    }
    // In a world without a baseline, a provider's options are the difference; a firm moves
    // nothing, so that there is nothing to compare.
    sandbox
        .comity(&["new", "quiet", "--as", "provider", "--from", "no-order"])
        .well();
    let page = run(&sandbox, "quiet.toml", &["--option", "produce", "--json"])
        .well()
        .out;
    let page: Value = serde_json::from_str(&page).unwrap();
    assert!(differs(&page), "{page}");
    sandbox
        .comity(&["new", "firm", "--as", "customer", "--from", "no-order"])
        .well();
    let page = run(&sandbox, "firm.toml", &[]).well().out;
    assert!(page.contains("not compared"), "{page}");
}

#[test]
fn options_of_a_firm_change_what_it_pays() {
    let sandbox = Sandbox::new();
    sandbox
        .comity(&["new", "my-bank", "--as", "customer", "-q"])
        .well();
    let paid = |option: &str| {
        let more = ["--option", option, "--json"];
        let page = run(&sandbox, "my-bank.toml", &more).well().out;
        let page: Value = serde_json::from_str(&page).unwrap();
        page["three_numbers"][0]["typical"]["value"]["at"]
            .as_f64()
            .unwrap()
    };
    assert!(paid("leave-at-contract-end") > paid("stay"));
}

#[test]
fn a_file_is_extended_as_seen_from_the_new_one() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.path("cases/ours")).unwrap();
    fs::create_dir(sandbox.path("firms")).unwrap();
    fs::write(sandbox.path("cases/none.toml"), "extends = \"no-order\"\n").unwrap();
    let hostile = "extends = \"preska-2014\"\nbaseline = \"none.toml\"\n\
                   title = \"a\\\"]\\n[evil]\\nx = '''\"\n[provider.microsoft]\n\
                   title = \"M\\n[evil]\"\n";
    fs::write(sandbox.path("cases/base.toml"), hostile).unwrap();
    for role in ROLES {
        let name = format!("firms/{role}-file");
        let made = [
            "new",
            &name,
            "--as",
            role,
            "--from",
            "cases/base.toml",
            "-q",
        ];
        assert_eq!(sandbox.comity(&made).well().out, format!("{name}.toml\n"));
        let text = fs::read_to_string(sandbox.path(&format!("{name}.toml"))).unwrap();
        assert!(
            text.contains("extends = \"../cases/base.toml\"\n"),
            "{text}"
        );
        assert!(text.contains("baseline = \"../cases/none.toml\""), "{text}");
        assert!(!text.contains("\n[evil]"), "{text}");
        run(&sandbox, &format!("{name}.toml"), &["-q"]).well();
    }
    // Its own starters can be extended in turn, and say who decides.
    let again = [
        "new",
        "cases/ours/next",
        "--from",
        "firms/government-file.toml",
        "--json",
    ];
    let told: Value = serde_json::from_str(&sandbox.comity(&again).well().out).unwrap();
    assert_eq!(told["as"], "government");
    assert_eq!(told["path"], "cases/ours/next.toml");
    let text = fs::read_to_string(sandbox.path("cases/ours/next.toml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for field in told["yours"].as_array().unwrap() {
        let line = lines[usize::try_from(field["line"].as_u64().unwrap()).unwrap() - 1];
        assert!(line.starts_with(field["field"].as_str().unwrap()), "{line}");
        assert!(line.contains("# <- yours"), "{line}");
    }
    // So can a result.
    run(&sandbox, "cases/base.toml", &["-q", "-o", "out"]).well();
    sandbox
        .comity(&["new", "from-result", "--from", "out", "-q"])
        .well();
    sandbox.comity(&["check", "from-result.toml", "-q"]).well();
}

#[test]
fn a_firm_without_a_provider_at_home_goes_to_its_own_machines_and_keys_are_an_option() {
    let sandbox = Sandbox::new();
    let world = "[region.azure-dublin]\ncustody = [\"provider\", \"customer\"]\n\
                 [region.t-systems-germany]\ncloses = 2023-01-31\n\
                 [region.ovh-france]\ncloses = 2023-01-31\n\
                 [region.locaweb-brazil]\ncloses = 2023-01-31\n";
    let base = format!("extends = \"preska-2014\"\nbaseline = \"none.toml\"\n{world}");
    fs::write(sandbox.path("base.toml"), base).unwrap();
    let none = format!("extends = \"no-order\"\n{world}");
    fs::write(sandbox.path("none.toml"), none).unwrap();
    sandbox
        .comity(&["new", "my-bank", "--as", "customer", "--from", "base.toml"])
        .well();
    let text = fs::read_to_string(sandbox.path("my-bank.toml")).unwrap();
    assert!(text.contains("exit_to = \"on_premises\""), "{text}");
    for option in ["leave-at-contract-end", "own-keys"] {
        run(&sandbox, "my-bank.toml", &["--option", option, "-q"]).well();
    }
}

#[test]
fn what_is_refused_leaves_nothing_and_says_what_mends_it() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.path("mine.toml"), "years of work").unwrap();
    fs::create_dir(sandbox.path("folder.toml")).unwrap();
    fs::write(
        sandbox.path("wrong.toml"),
        "extends = \"preska-2014\"\nruns = 0\n",
    )
    .unwrap();
    let before = sandbox.files("");
    for (wrong, mend) in [
        (&["new"][..], "<NAME>"),
        (&["new", "mine"], "there already and stays as it is"),
        (&["new", "mine.toml"], "give another name"),
        (&["new", "folder"], "there already"),
        (&["new", "none/mine"], "mkdir -p none"),
        (&["new", "mine.toml/mine"], "there is no folder"),
        (&["new", ""], "begin with a letter"),
        (&["new", "-"], "begin with a letter"),
        (&["new", ".."], "begin with a letter"),
        (&["new", "a\u{1b}[31m"], "begin with a letter"),
        (&["new", "<script>"], "begin with a letter"),
        (&["new", "preska-2014"], "ships with the program"),
        (&["new", "microsoft", "--as", "customer"], "microsoft-firm"),
        (&["new", "x", "--as", "spectator"], "customer"),
        (
            &["new", "x", "--from", "preska-2041"],
            "did you mean `preska-2014`?",
        ),
        (
            &["new", "x", "--from", "none.toml"],
            "comity list scenarios",
        ),
        (&["new", "x", "--from", "us-sca"], "preska-2014, no-order"),
        (
            &["new", "x", "--from", "bench-market"],
            "nobody decides in it",
        ),
        (&["new", "x", "--from", "wrong.toml"], "wrong.toml"),
        (&["new", "x", "--json", "-q"], "cannot be used with"),
    ] {
        let ran = sandbox.comity(wrong);
        assert_eq!(ran.code, Some(2), "{wrong:?}: {ran:?}");
        assert!(ran.err.contains(mend), "{wrong:?}: {}", ran.err);
        assert!(!ran.err.contains('\u{1b}'), "{wrong:?}");
        assert!(ran.out.is_empty(), "{wrong:?}");
    }
    assert_eq!(sandbox.files(""), before);
    assert_eq!(fs::read_dir(sandbox.path("")).unwrap().count(), 3);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_not_followed_and_others_may_read_the_file() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = Sandbox::new();
    symlink("elsewhere.toml", sandbox.path("mine.toml")).unwrap();
    assert_eq!(sandbox.comity(&["new", "mine"]).code, Some(2));
    assert!(!sandbox.path("elsewhere.toml").exists());
    sandbox.comity(&["new", "other"]).well();
    fs::write(sandbox.path("usual"), "").unwrap();
    let mode = |name: &str| {
        fs::metadata(sandbox.path(name))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(mode("other.toml"), mode("usual"));
}
