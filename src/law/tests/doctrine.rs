//! Reach in law: who binds whom, what fades, where demands are filed.

use super::super::doctrine::{DAYS_PER_YEAR, LawInForce, Standing};
use super::super::fixture::{date, doctrine, no_inputs};
use crate::chance::math::{exp, exp2, logistic, logit};
use crate::domain::{CaseId, Control, Level, Party};
use crate::scenario::resolved::Doctrine;
use crate::scenario::resolved::Quantity;

fn ruling(case: u16, day: &str, level: Level, circuit: usize, favours: Party) -> Standing {
    Standing {
        case: CaseId(case),
        date: date(day),
        level,
        circuit,
        favours,
    }
}

fn in_force(spec: &Doctrine) -> LawInForce<'_> {
    let mut law = LawInForce::new(spec);
    law.begin(&no_inputs(), "US").unwrap();
    law
}

const DIRECT: usize = Control::Direct.index();

#[track_caller]
fn direct_reach_is(law: &LawInForce<'_>, day: &str, expected: f64) {
    let found = law.reach(date(day), None)[DIRECT];
    assert!((found - expected).abs() < 1e-12, "{found} {expected}");
}

#[test]
fn a_district_ruling_persuades_all_and_binds_nobody() {
    let spec = doctrine();
    let mut law = in_force(&spec);
    direct_reach_is(&law, "2014-07-31", 0.6);
    law.rule(ruling(
        0,
        "2014-07-31",
        Level::District,
        0,
        Party::Government,
    ));
    direct_reach_is(&law, "2014-07-31", logistic(logit(0.6) + 0.3));
    // After four years (1,461 days) half of it is left.
    direct_reach_is(&law, "2018-07-31", logistic(logit(0.6) + 0.15));
    assert!(law.ages());
    // The case itself does not count it.
    assert_eq!(law.reach(date("2014-08-01"), Some(CaseId(0)))[DIRECT], 0.6);
}

#[test]
fn a_circuit_binds_its_own_and_persuades_the_others() {
    let spec = doctrine();
    let mut law = in_force(&spec);
    law.rule(ruling(
        0,
        "2014-07-31",
        Level::District,
        0,
        Party::Government,
    ));
    law.rule(ruling(0, "2016-07-14", Level::Circuit, 0, Party::Provider));
    // The reversed ruling no longer persuades; a quarter of demands is bound.
    let others = logistic(logit(0.6) - 1.0);
    direct_reach_is(&law, "2016-07-14", 0.25 * 0.03 + 0.75 * others);
    law.rule(ruling(
        1,
        "2017-02-03",
        Level::District,
        1,
        Party::Government,
    ));
    let age = 204.0 / (4.0 * DAYS_PER_YEAR);
    let others = logistic(logit(0.6) - exp2(-age) + 0.3);
    direct_reach_is(&law, "2017-02-03", 0.25 * 0.03 + 0.75 * others);
}

#[test]
fn the_highest_court_and_a_statute_bind_all_and_a_treaty_settles_without_moving_reach() {
    let spec = doctrine();
    let mut law = in_force(&spec);
    law.agree_treaty();
    assert!(law.is_settled());
    direct_reach_is(&law, "2014-07-31", 0.6);
    law.rule(ruling(0, "2016-07-14", Level::Circuit, 0, Party::Provider));
    law.rule(ruling(
        0,
        "2018-02-27",
        Level::Supreme,
        0,
        Party::Government,
    ));
    direct_reach_is(&law, "2018-02-28", 0.97);
    assert!(!law.ages());
    law.enact(false);
    direct_reach_is(&law, "2018-03-23", 0.03);
}

#[test]
fn a_half_life_of_nothing_is_refused_by_its_path() {
    let mut spec = doctrine();
    spec.persuasion_half_life_years = Quantity::Known(0.0);
    let error = LawInForce::new(&spec)
        .begin(&no_inputs(), "US")
        .unwrap_err();
    assert!(
        error.to_string().starts_with("doctrine.US.persuasion"),
        "{error}"
    );
}

#[test]
fn the_government_files_where_reach_is_better() {
    let mut spec = doctrine();
    spec.forum_choice = Quantity::Known(2.0);
    let mut law = in_force(&spec);
    law.rule(ruling(0, "2016-07-14", Level::Circuit, 0, Party::Provider));
    let others = logistic(logit(0.6) - 1.0);
    let (bound, open) = (0.25 * exp(2.0 * 0.03), 0.75 * exp(2.0 * others));
    direct_reach_is(
        &law,
        "2016-07-14",
        (bound * 0.03 + open * others) / (bound + open),
    );
}
