//! The scenario of the record: its facts come on their days, and what was observed is of what
//! it measures.

use comity::domain::CaseId;
use comity::scenario::resolved::{ObservationUse, StepBy};

use crate::worlds::{model, shipped, simulate};

const CASE: CaseId = CaseId(0);

#[test]
fn the_case_takes_its_steps_on_the_days_of_the_record() {
    let scenario = shipped("record-2011", &[]);
    let nodes = &model(&scenario).courts[model(&scenario).cases[0].court].nodes;
    let mut seen = Vec::new();
    simulate(&scenario, 60, 0..2, |_, k, world| {
        if k == 156 {
            let steps = world.law().passed(CASE).iter().map(|passed| {
                let node = &nodes[passed.step.node.index()];
                let by = match passed.step.by {
                    StepBy::Outcome(outcome) => node.outcomes[outcome].name.clone(),
                    StepBy::Ending(ending) => ending.name().to_owned(),
                };
                format!("{} {}={by}", passed.left, node.name)
            });
            seen.push(steps.collect::<Vec<_>>());
        }
    });
    for steps in seen {
        // Evidence T03–T14; the parties' objection and appeal are implied.
        assert_eq!(
            steps[..12],
            [
                "2014-04-25 magistrate=government",
                "2014-04-25 objection=objects",
                "2014-07-31 district=government",
                "2014-07-31 appeal=appeals",
                "2014-08-01 stay=granted",
                "2014-08-29 stay-in-force=lifted",
                "2014-09-08 contempt=stipulated",
                "2016-07-14 circuit=reverses",
                "2016-10-13 rehearing=petitions",
                "2017-01-24 en-banc-vote=denied",
                "2017-06-23 petition-of-government=petitions",
                "2017-10-16 certiorari-of-government=granted",
            ]
        );
        assert_eq!(steps.len(), 13);
    }
}

#[test]
fn a_world_without_the_facts_is_asked_the_same() {
    let (record, without) = (shipped("record-2011", &[]), shipped("no-leak-2011", &[]));
    let names = |s: &comity::scenario::Scenario| {
        let names = s.metrics.iter().map(|metric| metric.name.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&record), names(&without));
    simulate(&without, 60, 0..1, |_, _, world| {
        assert!(!world.law().case(CASE).filed);
    });
    // What a forecast does not know yet is taken out.
    let unknown = [
        "force.leak-of-2013.remove=true",
        "force.cloud-act.remove=true",
        "force.gdpr.remove=true",
        "force.schrems-i.remove=true",
        "force.schrems-ii.remove=true",
        "case.ms-ireland.history.remove=true",
    ];
    let mut filed = false;
    simulate(
        &shipped("record-2011", &unknown),
        60,
        0..1,
        |_, k, world| {
            filed |= k == 36 && world.law().case(CASE).filed;
        },
    );
    assert!(filed);
}

#[test]
fn what_is_fitted_lies_in_2013_to_2017_and_every_backtest_is_there() {
    let scenario = shipped("record-2011", &[]);
    let count = |use_for| {
        let observations = scenario.observations.iter();
        observations.filter(|one| one.use_for == use_for).count()
    };
    let counts = [
        ObservationUse::Fit,
        ObservationUse::Validate,
        ObservationUse::Claim,
    ]
    .map(count);
    assert_eq!(counts, [14, 26, 4]);
    for one in &scenario.observations {
        let year = one.date.ymd().0;
        assert!(one.use_for != ObservationUse::Fit || (2013..=2017).contains(&year));
        assert!(one.series.is_some() || one.no_change.is_some(), "{one:?}");
    }
    for backtest in ["BT1", "BT2", "BT3", "BT4", "BT5", "BT7", "BT8", "BT9"] {
        let mut all = scenario.observations.iter();
        assert!(
            all.any(|one| one.backtest.as_deref() == Some(backtest)),
            "{backtest}"
        );
    }
    assert_eq!(scenario.backtest.as_ref().map(|b| b.inputs.len()), Some(19));
}
