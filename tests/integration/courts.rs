//! Cases before courts other than those of the United States, from the file to the page.

use std::collections::BTreeSet;

use comity::domain::{Date, Ending, EventKind, Level, Party};
use comity::scenario::{Scenario, coverage};

use crate::sandbox::Sandbox;
use crate::worlds::{model, shipped, simulate, written};

const GUIDE: &str = include_str!("../../docs/guide.md");
const IRELAND: &str = include_str!("courts/ireland.toml");

/// The example of the guide, as it stands there.
fn germany() -> &'static str {
    let mut blocks = GUIDE.split("```toml\n").skip(1);
    let block = blocks.find(|block| block.contains("[case.mail-in-dublin]"));
    let (text, _) = block
        .and_then(|block| block.split_once("```"))
        .expect("the guide has it");
    text
}

/// What became of the case of a scenario in some runs: the names of the nodes that it left
/// by an event, and its endings. Every case has ended by the horizon or is still in a node.
fn futures(scenario: &Scenario, runs: u32) -> (BTreeSet<String>, Vec<Option<Ending>>) {
    let tables = model(scenario);
    let court = &tables.courts[tables.cases[0].court];
    let (mut nodes, mut endings) = (BTreeSet::new(), Vec::new());
    let months = scenario.horizon_months as usize;
    simulate(scenario, 60, 0..runs, |run, month, world| {
        for event in world.events() {
            if let EventKind::Ruling { node, .. } | EventKind::Step { node, .. } = event.kind {
                nodes.insert(court.nodes[node.index()].name.clone());
            }
        }
        if month == months {
            let state = world.law().case(comity::domain::CaseId(0));
            assert_ne!(state.ended.is_some(), state.node.is_some(), "run {run}");
            assert!(state.days.is_none_or(|days| days > 0), "run {run}");
            endings.push(state.ended.map(|(ending, _)| ending));
        }
    });
    (nodes, endings)
}

/// Of 150 futures; each node and ending named here and below has a share above a tenth, so
/// that none of 150 has it with a chance below 2e-7.
#[test]
fn a_german_prosecutor_goes_through_the_german_courts() {
    let (nodes, endings) = futures(&written("germany", germany(), &[]), 150);
    for node in [
        "examining-judge",
        "landgericht",
        "chamber",
        "coercion",
        "interim-order",
    ] {
        assert!(nodes.contains(node), "no case left {node}: {nodes:?}");
    }
    for ending in [Ending::Government, Ending::Provider] {
        assert!(endings.contains(&Some(ending)), "{endings:?}");
    }
    assert!(
        !endings.contains(&Some(Ending::Complied)),
        "it contests to the end"
    );
    let open = endings.iter().filter(|ending| ending.is_none()).count();
    assert!(open <= 15, "{open} of 150 open after eight years");
}

#[test]
fn a_question_goes_to_luxembourg_and_comes_back() {
    let (nodes, endings) = futures(&written("ireland", IRELAND, &[]), 150);
    for node in [
        "question",
        "opinion",
        "formation",
        "answer-for-provider",
        "court-of-appeal",
    ] {
        assert!(nodes.contains(node), "no case left {node}: {nodes:?}");
    }
    for ending in [Ending::Government, Ending::Provider] {
        assert!(endings.contains(&Some(ending)), "{endings:?}");
    }
    let open = endings.iter().filter(|ending| ending.is_none()).count();
    assert!(open <= 15, "{open} of 150 open after ten years");
}

/// A provider that stops at the Landgericht never reaches the Constitutional Court, and
/// one that does not contest never the Landgericht.
#[test]
fn the_posture_says_how_far_a_case_goes_in_germany() {
    let posture = |level: &str| {
        let set = format!("provider.microsoft.posture={{ contest_to = \"{level}\" }}");
        futures(&written("germany", germany(), &[&set]), 60)
    };
    let (nodes, endings) = posture("district");
    assert!(nodes.contains("landgericht") && !nodes.contains("interim-order"));
    assert!(endings.contains(&Some(Ending::Complied)));
    let (nodes, _) = posture("none");
    assert!(!nodes.contains("landgericht"), "{nodes:?}");
}

#[test]
fn every_number_of_the_shipped_courts_has_a_source() {
    for (name, text) in [("germany", germany()), ("ireland", IRELAND)] {
        let coverage = coverage(&written(name, text, &[]));
        assert_eq!(coverage.uncovered, [] as [String; 0], "{name}");
        let unused = coverage
            .unused
            .iter()
            .filter(|path| path.starts_with("court."));
        assert_eq!(unused.count(), 0, "{:?}", coverage.unused);
    }
}

#[test]
fn the_program_tells_a_case_before_a_german_court() {
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.path("germany.toml"), germany()).unwrap();
    let arguments = [
        "run",
        "germany.toml",
        "-n",
        "12",
        "--customers",
        "120",
        "-o",
        "out",
    ];
    let ran = sandbox.comity(&arguments).well();
    assert!(
        ran.out.contains("demand to final end of the case"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("HOW IT ENDS"), "{}", ran.out);
    let again = sandbox.comity(&["run", "out/scenario.toml", "-o", "again"]);
    assert_eq!(again.code, Some(0), "{again:?}");
}

type Ended = Option<(Ending, Date)>;

/// What a government asks of courts after a loss, and how its cases end, by run.
fn asked_and_ended(will: &[&str]) -> Vec<(Vec<Level>, Ended)> {
    let mut scenario = shipped("preska-2014", will);
    scenario.horizon_months = 60;
    let months = scenario.horizon_months as usize;
    let mut found = Vec::new();
    simulate(&scenario, 60, 0..40, |_, month, world| {
        if month < months {
            return;
        }
        let asked = world.events().iter().filter_map(|event| match event.kind {
            EventKind::Appeal {
                by: Party::Government,
                to,
                ..
            } => Some(to),
            _ => None,
        });
        let ended = world.law().case(comity::domain::CaseId(0)).ended;
        found.push((asked.collect(), ended));
    });
    found
}

/// A government that asks no court, or none above the circuit, keeps to that; with the same
/// luck it loses no less often, and what it lost anyway it loses no later. To go as far as there
/// are courts is to go as far as its chances take it.
#[test]
fn a_government_appeals_no_further_than_it_will() {
    let plain = asked_and_ended(&[]);
    let all = asked_and_ended(&["case.ms-ireland.government_appeals_to=statute"]);
    assert_eq!(plain, all);
    let asks = |above: Level| {
        plain
            .iter()
            .any(|(asked, _)| asked.iter().any(|&to| to > above))
    };
    assert!(asks(Level::Circuit) && asks(Level::District));
    let loses = |ended: &Ended| matches!(ended, Some((Ending::Provider, _)));
    for (will, highest) in [("none", None), ("circuit", Some(Level::Circuit))] {
        let setting = format!("case.ms-ireland.government_appeals_to={will}");
        let meek = asked_and_ended(&[setting.as_str()]);
        for ((_, willing), (asked, ended)) in plain.iter().zip(&meek) {
            let within = |to: &Level| highest.is_some_and(|highest| *to <= highest);
            assert!(asked.iter().all(within), "{will}: {asked:?}");
            if loses(willing) {
                assert!(loses(ended), "{will}: {willing:?} {ended:?}");
                assert!(ended.unwrap().1 <= willing.unwrap().1);
            }
        }
        let lost = |runs: &[(Vec<Level>, _)]| runs.iter().filter(|(_, end)| loses(end)).count();
        assert!(lost(&meek) > lost(&plain), "{will}");
    }
}
