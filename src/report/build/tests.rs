//! From columns to figures that can be checked by hand.

use crate::domain::Ending;
use crate::report::actors::RegionAct;
use crate::report::build::build;
use crate::report::ending::EndingGroup;
use crate::report::fixture::{paired, plain};
use crate::report::input::{CaseColumns, CaseOutcome, PageInput, Part, RegionsInput, ReportError};
use crate::report::page::{Bounded, Number, Verdict};
use crate::report::terminal::Terminal;
use crate::report::unit::Unit;
use crate::report::words::ChanceWords;

#[test]
fn by_the_order_is_the_difference_run_by_run_not_of_levels() {
    let mut input = paired(20);
    let revenue = input
        .metrics
        .iter_mut()
        .find(|m| m.facts.name == "revenue_ms")
        .unwrap();
    let levels: Vec<f64> = (0..20).map(|run| 1000.0 * f64::from(run)).collect();
    revenue.scenario = levels.iter().map(|level| level - 7.0).collect();
    revenue.baseline = Some(levels);
    let page = build(&input).unwrap();
    let effect = page.by_the_order[0].effect.unwrap();
    assert_eq!(
        (effect.mean, effect.error, effect.spread),
        (-7.0, Some(0.0), Some((-7.0, -7.0)))
    );
}

#[test]
fn the_clearest_effects_come_first() {
    let page = build(&paired(200)).unwrap();
    let clear = |number: &Number| {
        let effect = number.effect.unwrap();
        effect.mean.abs() / effect.error.unwrap()
    };
    let effects: Vec<f64> = page.by_the_order.iter().map(clear).collect();
    assert!(
        effects.len() > 1 && effects.is_sorted_by(|a, b| a >= b),
        "{effects:?}"
    );
}

#[test]
fn a_named_customer_has_a_block_of_what_is_not_a_headline() {
    let mut input = paired(20);
    let title = "Bank\u{1b}[2J";
    let of_bank = ["trust_eu_2014", "revenue_ms", "disclosures"];
    for metric in &mut input.metrics {
        if of_bank.contains(&metric.facts.name.as_str()) {
            metric.facts.part = Part::Customer(title.into());
        }
    }
    let page = build(&input).unwrap();
    assert_eq!(page.customers.len(), 1);
    let names = |numbers: &[Number]| numbers.iter().map(|n| n.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        names(&page.customers[0].numbers),
        ["revenue_ms", "disclosures"]
    );
    assert!(!names(&page.by_the_order).contains(&"revenue_ms".to_owned()));
    let terminal = Terminal {
        columns: 90,
        colour: false,
        chances: ChanceWords::default(),
    };
    let text = terminal.render(&page);
    assert!(text.contains("BANK") && !text.contains('\u{1b}'), "{text}");
    let without = serde_json::to_value(build(&paired(20)).unwrap()).unwrap();
    assert!(without.get("customers").is_none());
}

#[test]
fn without_a_baseline_nothing_is_by_the_order() {
    let page = build(&plain(20)).unwrap();
    assert!(page.by_the_order.is_empty() && page.who_moves.is_none());
    let mut numbers = page.three_numbers.iter().chain(&page.say_and_do);
    assert!(numbers.all(|number| number.effect.is_none()));
    let ends = page.how_it_ends.unwrap();
    assert!(
        ends.endings
            .iter()
            .all(|end| end.without_the_order.is_none())
    );
}

#[test]
fn endings_are_grouped_and_the_likeliest_comes_first() {
    let mut input = paired(20);
    let outcome = |run| CaseOutcome {
        ending: match run {
            0..=2 => Some(Ending::Statute),
            3..=6 => Some(Ending::Treaty),
            7..=12 => Some(Ending::Provider),
            13..=14 => Some(Ending::Settled),
            _ => None,
        },
        days: if run < 15 {
            100.0 + f64::from(run)
        } else {
            3653.0
        },
    };
    input.case = Some(CaseColumns {
        scenario: (0..20).map(outcome).collect(),
        baseline: None,
    });
    let ends = build(&input).unwrap().how_it_ends.unwrap();
    let counts: Vec<_> = ends
        .endings
        .iter()
        .map(|end| (end.group, end.share.count))
        .collect();
    assert_eq!(
        counts,
        [
            (EndingGroup::StatuteOrTreaty, 7),
            (EndingGroup::ProviderWins, 6),
            (EndingGroup::Open, 5),
            (EndingGroup::WithdrawnOrSettled, 2),
        ]
    );
    assert_eq!(ends.days.unwrap().value, Bounded::At(109.0));
    assert_eq!(ends.days_spread.unwrap().high, Bounded::Over(3653.0));
}

#[test]
fn a_case_still_open_counts_with_the_days_it_has_lasted() {
    let mut input = paired(20);
    let days = input
        .metrics
        .iter_mut()
        .find(|m| m.facts.unit == Unit::Days)
        .unwrap();
    days.scenario = vec![f64::NAN; 20];
    days.baseline = Some(vec![653.0; 20]);
    let page = build(&input).unwrap();
    let number = page
        .three_numbers
        .iter()
        .find(|n| n.unit == Unit::Days)
        .unwrap();
    // 31 Jul 2014 to 31 Jul 2024 is 3653 days.
    assert_eq!(number.effect.unwrap().mean, 3000.0);
    assert_eq!(number.typical.unwrap().value, Bounded::Over(3653.0));
    assert_eq!(number.runs_missing, 0);
}

#[test]
fn yes_or_no_is_told_as_a_share_of_futures() {
    let mut input = paired(20);
    let metric = &mut input.metrics[0];
    metric.facts.unit = Unit::YesNo;
    metric.scenario = (0..20).map(|run| f64::from(run % 4 == 0)).collect();
    metric.baseline = Some(vec![0.0; 20]);
    let page = build(&input).unwrap();
    let number = &page.three_numbers[0];
    assert_eq!(number.typical.unwrap().value, Bounded::At(25.0));
    assert_eq!(number.spread, None);
    assert_eq!(number.effect.unwrap().mean, 25.0);
}

#[test]
fn what_is_said_needs_what_is_done_beside_it() {
    let mut input = paired(20);
    let done = ["deferred", "acted", "base_moved"];
    let metrics = &mut input.metrics;
    metrics.retain(|m| !done.contains(&m.facts.name.as_str()));
    assert!(build(&input).unwrap().say_and_do.is_empty());
}

#[test]
fn columns_that_cannot_be_counted_are_refused_by_name() {
    let mut short = paired(20);
    short.metrics[1].baseline.as_mut().unwrap().pop();
    let expected = ReportError::UnequalColumns {
        column: "base_moved".into(),
        expected: 20,
        found: 19,
    };
    assert_eq!(build(&short).unwrap_err(), expected);
    let mut infinite = paired(20);
    infinite.metrics[0].scenario[3] = f64::INFINITY;
    let message = build(&infinite).unwrap_err().to_string();
    assert!(message.starts_with("column `trust_eu_2014`"), "{message}");
}

/// Days of a page's horizon in the fixture.
const HORIZON: f64 = 3653.0;

fn days(of: impl Fn(usize) -> Option<f64>, runs: usize) -> Vec<f64> {
    (0..runs).map(|run| of(run).unwrap_or(f64::NAN)).collect()
}

#[test]
fn a_policy_that_has_not_come_by_the_horizon_is_later_not_missing() {
    let mut input = paired(20);
    let policy = &mut input.policies[0];
    // It comes in 8 of 20 runs, on days 100 to 800, and without the order in 5 of these and
    // in one other.
    let in_time = |run: usize| (run < 8).then(|| 100.0 * (run + 1) as f64);
    policy.days.scenario = days(in_time, 20);
    policy.days.baseline = Some(days(
        |run| {
            in_time(run)
                .filter(|d| *d < 600.0)
                .or((run == 19).then_some(1.0))
        },
        20,
    ));
    let name = policy.name.clone();
    let page = build(&input).unwrap();
    let found = page.who_acts.iter().find(|policy| policy.name == name);
    let coming = &found.unwrap().coming;
    assert_eq!((coming.share.count, coming.share.of), (8, 20));
    assert_eq!(coming.without_the_order.unwrap().count, 6);
    let spread = coming.days_spread.unwrap();
    assert_eq!(coming.days.unwrap().value, Bounded::Over(HORIZON));
    // The 10th percentile of 20 is the second smallest, of all runs and not of those in time.
    assert_eq!(
        (spread.low, spread.high),
        (Bounded::At(200.0), Bounded::Over(HORIZON))
    );
    // Three runs gain it and one loses it: +10 points, and four of 20 are no proof.
    let effect = coming.effect.unwrap();
    assert!((effect.mean - 10.0).abs() < 1e-12 && effect.spread.is_none());
    assert_eq!(effect.verdict, Verdict::NotSeparable);
}

#[test]
fn policies_stand_in_the_order_of_their_chances() {
    let page = build(&paired(400)).unwrap();
    let counts: Vec<u32> = page.who_acts.iter().map(|p| p.coming.share.count).collect();
    assert_eq!(counts.len(), 6);
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert!(page.who_acts.iter().all(|p| p.coming.effect.is_some()));
    let alone = build(&plain(400)).unwrap();
    assert!(alone.who_acts.iter().all(|p| p.coming.effect.is_none()));
}

#[test]
fn regions_are_counted_run_by_run_and_those_that_the_order_moves_stand_first() {
    let mut input = paired(20);
    let regions = &mut input.regions.regions;
    regions.retain(|region| region.act == RegionAct::Opened);
    assert_eq!(regions.len(), 3);
    // One opens in every run of both worlds, one in half of the runs and only by the order,
    // one in none.
    let opens = [[20, 20], [10, 0], [0, 0]];
    for (region, [with, without]) in regions.iter_mut().zip(opens) {
        let within = |most| move |run: usize| (run < most).then_some(50.0);
        region.days.scenario = days(within(with), 20);
        region.days.baseline = Some(days(within(without), 20));
    }
    let by_the_order = regions[1].name.clone();
    let found = build(&input).unwrap().regions.unwrap();
    assert_eq!(found.regions[0].name, by_the_order);
    assert_eq!(found.regions[0].coming.effect.unwrap().mean, 50.0);
    assert_eq!(
        found.regions[0].coming.effect.unwrap().verdict,
        Verdict::Changed
    );
    assert_eq!(found.by_decision.len(), 1);
    let opened = &found.by_decision[0];
    assert_eq!(opened.name, "regions_opened");
    let spread = opened.spread.unwrap();
    assert_eq!(
        (spread.low, spread.high),
        (Bounded::At(1.0), Bounded::At(2.0))
    );
    assert_eq!(opened.effect.unwrap().mean, 0.5);
    assert_eq!((found.opened_by_date, found.closed_by_date), (2, 0));
}

#[test]
fn a_page_without_policies_and_regions_leaves_their_blocks_out() {
    let mut input = paired(20);
    input.policies.clear();
    input.regions = RegionsInput::default();
    let page = build(&input).unwrap();
    assert!(page.who_acts.is_empty() && page.regions.is_none());
    let json = serde_json::to_value(&page).unwrap();
    assert_eq!((json.get("who_acts"), json.get("regions")), (None, None));
}

#[test]
fn of_two_metrics_of_a_rung_the_second_is_an_effect() {
    let mut input = paired(20);
    let place = |input: &PageInput, name: &str| {
        let mut metrics = input.metrics.iter();
        metrics.position(|m| m.facts.name == name).unwrap()
    };
    let stated = place(&input, "stated");
    let mut second = input.metrics[stated].clone();
    second.facts.name = "stated_again".into();
    input.metrics.push(second);
    let page = build(&input).unwrap();
    let named = |numbers: &[Number], name: &str| numbers.iter().any(|n| n.name == name);
    assert!(named(&page.say_and_do, "stated") && !named(&page.by_the_order, "stated"));
    assert!(!named(&page.say_and_do, "stated_again"));
    assert!(named(&page.by_the_order, "stated_again"));
}
