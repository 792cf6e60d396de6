//! Which future is picked, how it stands, and what becomes a line.

use std::collections::BTreeSet;

use super::pick::{Pick, pick};
use super::rows::{Row, Rows};
use super::standing::{amount, digits, standing};
use super::{
    Line, StoryError,
    futures::{Column, Futures},
    lines::Telling,
    wording::Names,
};
use crate::ensemble::again::{AgainError, Frozen, events_again};
use crate::ensemble::worlds::WorldSimulator;
use crate::ensemble::{self, Job, Keep, OnError, Paths};
use crate::result::table::{Cells, Table};
use crate::result::{Claim, ExitClass, Identity, Opened, Request, World, claim};
use crate::scenario::resolved::Model;
use crate::scenario::{ScenarioTarget, load};
use crate::world::series::SeriesDetail;

const RUNS: u32 = 12;
const KEPT: u32 = 2;

/// A small job in a folder that is gone when dropped.
struct Done {
    _folder: tempfile::TempDir,
    result: Opened,
}

fn done() -> Done {
    let folder = tempfile::tempdir().unwrap();
    let scenario = load(&ScenarioTarget::parse("preska-2014"), &[]).unwrap();
    let baseline = load(&ScenarioTarget::parse("no-order"), &[]).unwrap();
    let keep = Keep {
        events_of_first: KEPT,
        paths: Paths::None,
        csv: false,
    };
    let identity = Identity {
        kind: "run".to_owned(),
        scenario: scenario.name.clone(),
        scenario_digest: scenario.digest.clone(),
        baseline_digest: Some(baseline.digest.clone()),
        model_version: crate::world::MODEL_VERSION,
        seed: 1,
        runs: RUNS,
        customers: 60,
        arguments: keep.arguments(),
    };
    let seed = crate::chance::Seed(1);
    let detail = SeriesDetail::Totals;
    let simulator = WorldSimulator::new(&scenario, Some(&baseline), 60, seed, detail).unwrap();
    let files = [("scenario.toml", &scenario), ("baseline.toml", &baseline)];
    let job = Job {
        threads: 2,
        on_error: OnError::Continue,
        keep,
        files: files
            .map(|(name, s)| (name.to_owned(), s.frozen.clone().into_bytes()))
            .to_vec(),
        runs_per_block: None,
        interruption: ensemble::Interruption::new(),
    };
    let request = Request {
        output: folder.path(),
        out: None,
        fresh: false,
        room_bytes: 0,
        identity: &identity,
    };
    let Claim::Work(work) = claim(&request).unwrap() else {
        panic!("nothing is there yet");
    };
    let ended = ensemble::run(&job, &simulator, work, &|_| {}, &|_| {
        Ok(serde_json::json!({}))
    });
    match ended.unwrap().ending {
        ensemble::Ending::Whole(result) => Done {
            _folder: folder,
            result: *result,
        },
        other => panic!("{other:?}"),
    }
}

fn column(futures: &Futures<'_>, name: &str) -> Column {
    futures
        .column(futures.catalogue.find(name).unwrap())
        .unwrap()
}

#[test]
fn futures_are_picked_by_rank_direction_and_condition() {
    let done = done();
    let frozen = Frozen::of(&done.result).unwrap();
    let futures = Futures::open(&done.result, &frozen).unwrap();
    let run = |how: &Pick, of| pick(&futures, how, of).unwrap().run as usize;
    let column = |name: &str| column(&futures, name).values;
    let argmin = |values: &[f64]| {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        values.iter().position(|&v| v == least).unwrap()
    };
    let trust = column("trust_eu_2014");
    assert_eq!(run(&Pick::Worst, None), argmin(&trust));
    let less: Vec<f64> = trust.iter().map(|v| -v).collect();
    assert_eq!(run(&Pick::Best, None), argmin(&less));
    // Of a length, more is worse, and what lasts beyond the horizon is the longest.
    let days = column("case_days");
    let shortest_last: Vec<f64> = days
        .iter()
        .map(|d| if d.is_nan() { f64::NEG_INFINITY } else { -d })
        .collect();
    assert_eq!(run(&Pick::Worst, Some("case_days")), argmin(&shortest_last));
    // Twelve ranks of distinct values: the two in the middle are equally near it, and the
    // first of them is told.
    let place = run(&Pick::Typical, Some("trust_eu_2014"));
    let below = trust.iter().filter(|&&v| v < trust[place]).count();
    assert!(below == 5 || below == 6, "{below}");
    let condition = Pick::parse("trust_eu_2014 >= 60 and diff_trust_eu_2014 > 0");
    let difference = column("diff_trust_eu_2014");
    let holds: Vec<usize> = (0..trust.len())
        .filter(|&i| trust[i] >= 60.0 && difference[i] > 0.0)
        .collect();
    let picked = pick(&futures, &condition, None).unwrap();
    assert_eq!(picked.run as usize, holds[0]);
    assert_eq!(picked.matches, Some(holds.len() as u32));
    let ended = pick(&futures, &Pick::parse("ms-ireland != open"), None).unwrap();
    let ends = futures.endings("ms-ireland", World::Scenario).unwrap();
    let closed = ends
        .iter()
        .filter(|row| row.unwrap().ending.is_some())
        .count();
    assert_eq!(ended.matches, Some(closed as u32));
}

#[test]
fn what_cannot_be_picked_is_refused_with_its_mend() {
    let done = done();
    let frozen = Frozen::of(&done.result).unwrap();
    let futures = Futures::open(&done.result, &frozen).unwrap();
    let fails = |how: &str, of| {
        let error = pick(&futures, &Pick::parse(how), of).unwrap_err();
        assert_eq!(error.exit_class(), ExitClass::Input);
        error.to_string()
    };
    let range = fails("trust_eu_2014 > 99", None);
    let trust = column(&futures, "trust_eu_2014").values;
    let high = trust.iter().copied().fold(0.0, f64::max);
    assert!(range.contains(&format!("and {high}")), "{range}");
    assert!(fails("trust_eu_2015 > 1", None).contains("did you mean `trust_eu_2014`"));
    assert!(fails("worst", Some("us_share_eu_2015")).contains("--of"));
    assert!(fails("ms-ireland = lost", None).contains("a case ends in government"));
    assert!(fails("trust_eu_2014 > nan", None).contains("give a number"));
    let beyond = pick(&futures, &Pick::Run(RUNS), None).unwrap_err();
    assert!(matches!(beyond, StoryError::NoRun { last, .. } if last == RUNS - 1));
}

#[test]
fn standing_counts_the_other_futures() {
    let done = done();
    let frozen = Frozen::of(&done.result).unwrap();
    let futures = Futures::open(&done.result, &frozen).unwrap();
    let end = frozen.scenario.start.plus_months(120);
    let worst = pick(&futures, &Pick::Worst, None).unwrap();
    let lines = standing(&futures, &worst, World::Scenario, end).unwrap();
    assert!(
        lines[0].text.ends_with("the lowest of 12 futures"),
        "{}",
        lines[0].text
    );
    let trust = column(&futures, "trust_eu_2014").values;
    let mut order: Vec<usize> = (0..trust.len()).collect();
    order.sort_by(|&a, &b| trust[a].total_cmp(&trust[b]));
    let fourth = pick(&futures, &Pick::Run(order[3] as u32), None).unwrap();
    let lines = standing(&futures, &fourth, World::Scenario, end).unwrap();
    // Eight of twelve are higher.
    assert!(
        lines[0].text.ends_with("lower than in 67 % of 12 futures"),
        "{}",
        lines[0].text
    );
    let days = column(&futures, "case_days");
    assert_eq!(
        amount(&days.asked, f64::NAN, end),
        "not over by 31 Jul 2024"
    );
    let shown = [0.0, 12.0, 67.94, 0.285, 0.034, -1234.5].map(digits);
    assert_eq!(shown, ["0", "12", "67.9", "0.28", "0.034", "−1,234.5"]);
}

#[test]
fn a_run_simulated_again_is_held_against_its_row() {
    let done = done();
    let frozen = Frozen::of(&done.result).unwrap();
    // A kept run comes out as it was kept.
    let kept = done
        .result
        .files()
        .table("events", crate::result::Wanted::All)
        .unwrap();
    let again = events_again(&done.result, &frozen, 1).unwrap();
    let (kept, again) = (rows_of(&kept, 1), rows_of(&again, 1));
    assert!(again.len() > 100 && again.len() == kept.len());
    let differing = kept.iter().zip(&again).find(|(kept, again)| kept != again);
    assert_eq!(differing, None);

    let refused = |change: fn(&mut Identity)| {
        let mut other = done.result.clone();
        change(&mut other.manifest.identity);
        let error = events_again(&other, &frozen, 5).unwrap_err();
        assert_eq!(error.exit_class(), ExitClass::Refused, "{error}");
        assert!(
            error.to_string().contains("runs 0 to 1 were kept"),
            "{error}"
        );
        error
    };
    let older = refused(|identity| identity.model_version = 0);
    assert!(matches!(older, AgainError::ModelVersion { there: 0, .. }));
    let other_luck = refused(|identity| identity.seed = 2);
    assert!(
        matches!(other_luck, AgainError::Differs { .. }),
        "{other_luck}"
    );
    let other_text = refused(|identity| identity.scenario_digest = "0".to_owned());
    assert!(matches!(other_text, AgainError::Digest { .. }));
}

/// The rows of a run as text, cell by cell.
fn rows_of(table: &Table, run: i64) -> Vec<Vec<String>> {
    let is_it = |row: &usize| matches!(&table.cells[0], Cells::Int64(c) if c[*row] == Some(run));
    let cell = |cells: &Cells, row: usize| match cells {
        Cells::Int64(cells) => format!("{:?}", cells[row]),
        Cells::Float64(cells) if cells[row].is_nan() => "missing".to_owned(),
        Cells::Float64(cells) => format!("{:x}", cells[row].to_bits()),
        Cells::Date(cells) => format!("{:?}", cells[row]),
        Cells::Text(cells) => format!("{:?}", cells[row]),
        Cells::Bool(cells) => format!("{:?}", cells[row]),
    };
    let rows = (0..table.rows()).filter(is_it);
    rows.map(|row| table.cells.iter().map(|cells| cell(cells, row)).collect())
        .collect()
}

/// Every event of a run has a line, and no change of less than a point is told.
#[test]
fn every_event_is_told_once_and_small_changes_are_not() {
    let done = done();
    let frozen = Frozen::of(&done.result).unwrap();
    let Model::Full(model) = &frozen.scenario.model else {
        panic!("not the whole model");
    };
    let names = Names::new(model, &frozen.scenario.currency);
    let table = done
        .result
        .files()
        .table("events", crate::result::Wanted::All)
        .unwrap();
    for (run, world) in [(0, World::Scenario), (1, World::Baseline)] {
        let rows = Rows::of(&table, run, world);
        let end = frozen.scenario.start.plus_months(120);
        let telling = Telling {
            rows: &rows,
            names: &names,
            run,
            world,
            start: frozen.scenario.start,
            end,
        };
        let lines = telling.lines();
        assert!(ordered(&lines));
        let told: Vec<u32> = lines
            .iter()
            .filter(|line| line.kind != "account" && line.kind != "quiet")
            .map(|line| line.rows[0].event_id.unwrap())
            .collect();
        let once: BTreeSet<u32> = told.iter().copied().collect();
        assert_eq!(once.len(), told.len());
        let alone = |row: &&Row| rows.line_of(row).is_some_and(|line| line.id == row.id);
        assert_eq!(once, rows.iter().filter(alone).map(|row| row.id).collect());
        for line in lines.iter().filter(|line| line.kind != "account") {
            for change in &line.consequences {
                let ids: Vec<u32> = change.rows.iter().map(|r| r.event_id.unwrap()).collect();
                let moved = |id: &u32| {
                    let row = rows.get(*id).unwrap();
                    (row.value - row.before).abs() / row.least_news()
                };
                // A level that moved twice is told by both rows.
                assert!(
                    ids.iter().map(moved).fold(0.0, f64::max) >= 0.5,
                    "{change:?}"
                );
            }
        }
    }
}

fn ordered(lines: &[Line]) -> bool {
    // A quiet line carries the day after which nothing happens.
    let dated = lines.iter().filter(|line| line.kind != "quiet");
    dated.is_sorted_by_key(|line| line.date)
}

/// Rows of a policy: a proposal, its force, and the statute that it is.
fn policy_rows(in_force: &str) -> Rows {
    let row = |id, cause, date: &str, kind: &str| Row {
        id,
        cause,
        date: date.parse().unwrap(),
        kind: kind.to_owned(),
        actor: None,
        target: None,
        jurisdiction: None,
        before: f64::NAN,
        value: f64::NAN,
        text: kind.to_owned(),
    };
    Rows::from_rows([
        row(0, None, "2015-01-05", "policy_proposed"),
        row(1, Some(0), in_force, "policy_in_force"),
        row(2, Some(1), in_force, "statute"),
        row(3, Some(2), in_force, "reach_in_law"),
        row(4, None, "2019-01-05", "policy_in_force"),
    ])
}

#[test]
fn what_happens_on_one_day_is_told_once() {
    let told = |rows: &Rows| -> Vec<u32> {
        let lines = rows.iter().filter(|row| {
            let line = rows.line_of(row);
            line.is_some_and(|line| line.id == row.id)
        });
        lines.map(|row| row.id).collect()
    };
    let at_once = policy_rows("2015-01-05");
    assert_eq!(told(&at_once), [2, 4]);
    // What the statute changed stays with it.
    assert_eq!(at_once.line_of(at_once.get(3).unwrap()).unwrap().id, 2);
    assert_eq!(told(&policy_rows("2016-01-05")), [0, 2, 4]);
}
