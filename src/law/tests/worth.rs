//! Contests by value, on the ladder of courts: what they expect, and when they go on.

use super::super::fixture::{events_of, known, ladder, law, model, no_inputs, start};
use crate::chance::Run;
use crate::domain::{EventKind, Level, Party, Record};
use crate::scenario::resolved::{Finance, FullModel, Posture, Quantity};

/// A provider with a margin of 0.5 that thinks trust worth a tenth of a year of it, and pays
/// 3.6525 million a year in each court.
fn by_value() -> FullModel {
    let mut model = model(ladder(1.0));
    model.providers[0].posture = Posture {
        by_value: true,
        ..Posture::contesting_to(Some(Level::Statute))
    };
    model.providers[0].finance = Some(Finance {
        margin: known(0.5),
        turnover_usd_per_year: known(0.0),
        fixed_usd_per_year: known(0.0),
        legal_usd_per_year_at: [known(3.6525e6); 5],
        enforcement_chance: known(1.0),
        trust_kept_years: Some(known(0.1)),
        capitalisation_usd: None,
    });
    model
}

fn record(abroad: f64) -> Record {
    Record {
        price_index: vec![1.0],
        abroad_usd_per_year: vec![vec![abroad; 2]],
        ..Record::empty(start())
    }
}

/// How many of 200 runs contest the ruling of the first court, given the workload abroad.
fn contests(model: &FullModel, abroad: f64) -> usize {
    let mut law = law(model);
    let contests = |run: &u32| {
        law.begin(&no_inputs(), Run(*run)).unwrap();
        law.weigh(&record(abroad));
        let mut events = Vec::new();
        let from = start().plus_days(-1);
        law.advance(from, from.plus_months(720), &mut events);
        events.iter().any(|event| {
            matches!(
                event.kind,
                EventKind::Appeal {
                    by: Party::Provider,
                    ..
                }
            )
        })
    };
    (0..200).filter(contests).count()
}

#[test]
fn a_contest_goes_on_where_its_worth_exceeds_its_cost() {
    let model = by_value();
    // The circuit comes next.
    let law = law(&model);
    let mut procedure = law.procedures[0].clone();
    procedure.set(&no_inputs()).unwrap();
    let prospect = procedure.prospect().unwrap();
    let days = prospect.days_at[2][Level::Circuit.index()];
    let breaks_even = 1e4 * days / prospect.wins[2] / (0.1 * 0.5);
    assert_eq!(contests(&model, 0.99 * breaks_even), 0);
    let bold = contests(&model, 1.01 * breaks_even);
    assert!(bold > 100, "{bold}");
    let mut always = by_value();
    always.providers[0].posture.by_value = false;
    assert_eq!(contests(&always, 0.0), bold);
}

/// Each stage by the chances of the file, solved by hand: from the panel (2) the provider
/// wins 0.3 of the time and goes to the vote (4), which ties by 0.75; the government wins
/// 0.55 and it is remanded by 0.15.
#[test]
fn the_prospect_is_that_of_the_fundamental_matrix() {
    let model = by_value();
    let law = law(&model);
    let mut procedure = law.procedures[0].clone();
    procedure.set(&no_inputs()).unwrap();
    let prospect = procedure.prospect().unwrap();
    let w = &prospect.wins;
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    close(w[2], 0.3 * w[4] + 0.15 * w[0]);
    close(w[0], 0.85 * w[1] + 0.15 * w[3]);
    close(w[1], w[2]);
    close(w[3], 0.6 * w[2] + 0.4);
    close(w[4], 0.25 * w[2] + 0.75 * w[5]);
    for level in Level::ALL {
        let d = |node: usize| prospect.days_at[node][level.index()];
        let own = f64::from(u8::from(level == Level::Circuit)) * 300.0;
        close(d(2), own + 0.3 * d(4) + 0.15 * d(0));
    }
}

#[test]
fn contests_by_value_leave_the_courts_dice_as_they_were() {
    let (model, mut bold) = (by_value(), by_value());
    bold.providers[0].posture.by_value = false;
    let (mut meek_law, mut bold_law) = (law(&model), law(&bold));
    for run in 0..100 {
        let (a, b) = (events_of(&mut bold_law, run), events_of(&mut meek_law, run));
        let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        if let Some(first) = b.get(same) {
            let gives_up = matches!(
                first.kind,
                EventKind::NoAppeal {
                    by: Party::Provider,
                    ..
                }
            );
            assert!(gives_up, "{first:?}");
        }
    }
}

/// Days in court are those between the events that open and close a case.
#[test]
fn days_in_court_are_those_between_filing_and_the_end() {
    let mut model = by_value();
    model.providers[0].posture.by_value = false;
    model.courts[0].merit_loading = Quantity::Known(1.0);
    let mut law = law(&model);
    for run in 0..50 {
        let events = events_of(&mut law, run);
        let day = |name: &str| {
            let event = events.iter().find(|event| event.kind.name() == name);
            event.map(|event| event.date)
        };
        let (filed, ended) = (day("case_filed").unwrap(), day("case_ended").unwrap());
        let counted: u32 = law.days_in_court(crate::domain::CaseId(0)).iter().sum();
        assert_eq!(counted, ended.days_since(filed).unsigned_abs());
    }
}
