//! What the program ships of its own checks is of this model and of the scenarios as they are,
//! and the documents show it. (`bash .ci/run` makes the backtest itself again, byte by byte; the
//! check of intervals is made again by a test beside it.)

use comity::analysis::{backtest, selfcheck};
use comity::report::backtest::markdown;
use comity::scenario::{ScenarioTarget, load};

/// What stands between the marks of `name` in docs/validation.md.
fn shown(name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/validation.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap();
    let (block, _) = rest.split_once(&format!("<!-- /{name} -->")).unwrap();
    block.trim().to_owned()
}

const MEND: &str = "make it anew: python3 .ci/regenerate.py target/release/comity checked";

#[test]
fn the_shipped_backtest_is_of_this_model_and_scenario_and_documents_show_it() {
    let shipped = backtest::shipped::shipped().expect(MEND);
    let target = ScenarioTarget::Shipped("record-2011".to_owned());
    let scenario = load(&target, &[]).unwrap();
    let job = &shipped.job;
    assert_eq!(job.scenario_digest, scenario.digest, "{MEND}");
    let sizes = (job.runs, job.customers, job.seed.as_str());
    assert_eq!(sizes, (scenario.runs, scenario.customers, "1"), "{MEND}");
    assert!(!job.given && job.shuffled.is_none());
    assert_eq!(shown("backtest"), markdown::text(&shipped).trim(), "{MEND}");
}

/// BT2 of the evidence: the ceiling that Forrester named in August 2013 lies outside what can
/// be. (The low end of ITIF should lie near the centre, and lies outside too: docs/validation.md,
/// section 4, says why it cannot be had together with what surveys counted.)
#[test]
fn the_ceiling_of_2013_lies_outside_the_forecast() {
    let shipped = backtest::shipped::shipped().expect(MEND);
    let mut rows = shipped.observations.iter();
    let ceiling = rows.find(|row| row.metric == "us_revenue_2016").unwrap();
    let [.., inside_99] = ceiling.scored.as_ref().unwrap().inside().unwrap();
    assert!(!inside_99);
}

#[test]
fn the_shipped_check_of_intervals_is_of_this_model() {
    let shipped = selfcheck::shipped::shipped().expect(MEND);
    assert_eq!(shipped.repeats, selfcheck::REPEATS);
}
