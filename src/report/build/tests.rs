//! From columns to figures that can be checked by hand.

use crate::domain::Ending;
use crate::report::build::build;
use crate::report::ending::EndingGroup;
use crate::report::fixture::{paired, plain};
use crate::report::input::{CaseColumns, CaseOutcome, Part, ReportError};
use crate::report::page::{Bounded, Number};
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
    input
        .metrics
        .retain(|m| m.facts.name != "deferred" && m.facts.name != "base_moved");
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
