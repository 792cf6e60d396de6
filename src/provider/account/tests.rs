use super::*;
use crate::domain::{Bearer, Date, InstrumentId};
use crate::scenario::load_text;
use crate::scenario::resolved::Model;
use std::sync::Arc;

/// The small scenario of tests, in which Acme has money and Germany a blocking statute.
fn model(enforcement: f64) -> Arc<FullModel> {
    let text = include_str!("../../scenario/fixture.toml");
    let more = format!(
        "[provider.acme.finance]\nmargin = 0.3\nturnover_usd_per_year = 1e9\n\
         fixed_usd_per_year = 12e6\nenforcement_chance = {enforcement}\n\
         [provider.acme.finance.legal_usd_per_year_at]\ndistrict = 365.25e3\ncircuit = 730.5e3\n\
         [government.EU]\nhalf_life_months = 12\nleak = 1\nruling = 1\ndisclosure = 1\n\
         [instrument.shield]\nby = 'EU'\nagainst = 'US'\nkind = 'blocking_statute'\n\
         most_per_year = 0.1\nshare_at_rest = 0.1\npressure_weight = 1\ndrafting_months = 12\n\
         shield = 0.5\nfine_share_of_turnover = 0.02\n"
    );
    let scenario = load_text("small", &format!("{text}\n{more}"), &[]);
    let scenario = scenario.unwrap_or_else(|e| panic!("{}", e.render(false)));
    match scenario.model {
        Model::Full(model) => model,
        Model::MarketBenchmark(_) => unreachable!(),
    }
}

fn accounts(model: &FullModel) -> Accounts<'_> {
    let mut accounts = Accounts::new(model, Seed(3));
    accounts.begin(&InputDraw(vec![0.1; 64]), Run(0));
    accounts.begin_month(31, &record(model, false));
    accounts
}

fn record(model: &FullModel, in_force: bool) -> Record {
    let today: Date = "2015-01-01".parse().unwrap();
    Record {
        in_force_since: vec![in_force.then_some(today); model.instruments.len()],
        price_index: vec![0.5; model.providers.len()],
        open: vec![true; model.offerings.len()],
        ..Record::empty(today)
    }
}

fn disclosure() -> Event {
    Event {
        date: "2015-01-10".parse().unwrap(),
        cause: None,
        kind: EventKind::Conduct {
            provider: ProviderId(0),
            conduct: Conduct::Disclosure,
        },
    }
}

#[test]
fn a_month_by_hand() {
    let model = model(1.0);
    let mut accounts = accounts(&model);
    let record = record(&model, true);
    // 240 million a year at half the price: 10 million a month, 7 of them to serve.
    let at = model
        .offerings
        .iter()
        .position(|offering| offering.name == "acme-us");
    accounts.serve(at.unwrap(), 240e6, &record);
    accounts.litigate(CaseId(0), &[0, 30, 5, 0, 0]);
    accounts.litigate(CaseId(0), &[0, 31, 5, 0, 0]);
    accounts.hear(
        &Event {
            kind: EventKind::FinePaid {
                case: CaseId(0),
                usd: 1e6,
            },
            ..disclosure()
        },
        9,
        &record,
    );
    accounts.hear(&disclosure(), 9, &record);
    accounts.subsidise(ProviderId(0), Usd(2e5));
    let month = accounts.month(0);
    assert_eq!(month.revenue, Usd(10e6));
    assert_eq!(month.fixed, Usd(1e6));
    let close = |found: Usd, expected: f64| {
        assert!(
            (found.0 - expected).abs() < 1e-6 * expected.abs(),
            "{found:?} {expected}"
        );
    };
    close(month.serving, 7e6);
    close(month.legal, 31e3 + 10e3);
    close(month.fines(), 1e6 + 20e6);
    close(
        month.operating_profit(),
        10e6 - 7e6 - 1e6 - 41e3 - 21e6 - 2e5,
    );
    let profit = month.operating_profit();
    accounts.invest(ProviderId(0), Usd(3e6));
    close(accounts.month(0).cash_flow(), profit.0 - 3e6);
    accounts.begin_month(31, &record);
    assert_eq!(accounts.month(0).revenue, Usd::ZERO);
}

/// Each fine is a loss of its day, what a case costs one of its year; nothing of before the run.
#[test]
fn losses_are_booked_by_day_and_by_year() {
    let model = model(1.0);
    let mut accounts = accounts(&model);
    let in_force = record(&model, true);
    accounts.hear(&disclosure(), 9, &in_force);
    accounts.litigate(CaseId(0), &[0, 9, 0, 0, 0]);
    accounts.open_books();
    let paid = Event {
        kind: EventKind::FinePaid {
            case: CaseId(0),
            usd: 1e6,
        },
        ..disclosure()
    };
    accounts.hear(&paid, 9, &in_force);
    accounts.hear(&disclosure(), 9, &in_force);
    accounts.litigate(CaseId(0), &[0, 40, 5, 0, 0]);
    accounts.close_month();
    let profit = accounts.month(0).operating_profit();
    accounts.begin_month(31, &in_force);
    accounts.litigate(CaseId(0), &[0, 41, 5, 0, 0]);
    accounts.close_month();
    let (last, next) = (day("2015-07-30"), day("2016-07-30"));
    accounts.close_year(last);
    accounts.close_year(next);
    let found: Vec<(Date, LossKind, Matter, f64)> = accounts
        .losses()
        .iter()
        .map(|loss| {
            (
                loss.date,
                loss.kind,
                loss.matter,
                (loss.amount / 1e3).round(),
            )
        })
        .collect();
    let (case, shield) = (Matter::Case(CaseId(0)), Matter::Instrument(InstrumentId(0)));
    let on = disclosure().date;
    assert_eq!(
        found,
        [
            (on, LossKind::ContemptFine, case, 1e3),
            (on, LossKind::ProtectionFine, shield, 20e3),
            // 32 days at 1,000 and 5 at 2,000 a day; none in the second year.
            (last, LossKind::LegalCost, case, 42.0),
        ]
    );
    assert!(
        accounts
            .losses()
            .iter()
            .all(|loss| loss.bearer == Bearer::Provider(ProviderId(0)))
    );
    let profits: Vec<(Date, f64)> = accounts
        .profits()
        .iter()
        .map(|year| (year.date, year.usd))
        .collect();
    let second = accounts.month(0).operating_profit();
    assert_eq!(profits, [(last, (profit + second).0), (next, 0.0)]);
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Disclosures of 40,000 days at a chance of 0.25: the share fined is within 5 standard errors but
/// with a chance of 6e-7.
#[test]
fn a_known_disclosure_is_fined_by_the_chance_of_enforcement_while_the_statute_is_in_force() {
    let model = model(0.25);
    let mut accounts = accounts(&model);
    assert_eq!(model.instruments[InstrumentId(0).index()].name, "shield");
    accounts.hear(&disclosure(), 9, &record(&model, false));
    assert_eq!(accounts.month(0).protection_fines, Usd::ZERO);
    let (in_force, tries) = (record(&model, true), 40_000);
    for day in 0..tries {
        let mut disclosure = disclosure();
        disclosure.date = disclosure.date.plus_days(day);
        accounts.hear(&disclosure, 9, &in_force);
    }
    let share = accounts.month(0).protection_fines.0 / 20e6 / f64::from(tries);
    let error = (0.25 * 0.75 / f64::from(tries)).sqrt();
    assert!((share - 0.25).abs() < 5.0 * error, "{share}");
}

/// A candidate costs nothing until it is decided, its capital then, and its fixed cost by the
/// days on which it is open; a running region costs every day.
#[test]
fn regions_are_paid_for_by_days_and_capital_at_the_decision() {
    let text = include_str!("../../scenario/fixture.toml");
    let more = "[provider.acme.finance]\nmargin = 0.3\nturnover_usd_per_year = 1e9\n\
                [provider.acme.investment]\nhurdle = 1\nlife_years = 10\n\
                closing_notice_months = 6\n\
                [region.acme-us.running]\nfixed_musd_per_year = 3.6525\n\
                [region.acme-new]\nprovider = 'acme'\njurisdiction = 'DE'\ncontrol = 'direct'\n\
                [region.acme-new.build]\ncapex_musd = 70\nfixed_musd_per_year = 7.305\n\
                lead_months = 12\n";
    let scenario = load_text("small", &format!("{text}\n{more}"), &[]);
    let scenario = scenario.unwrap_or_else(|e| panic!("{}", e.render(false)));
    let Model::Full(model) = scenario.model else {
        unreachable!()
    };
    let mut regions = model.regions.iter();
    let new = RegionId::new(regions.position(|r| r.name == "acme-new").unwrap());
    let mut record = record(&model, false);
    let offering = offering_of(&model, new).unwrap();
    record.open[offering.index()] = false;
    let mut accounts = Accounts::new(&model, Seed(3));
    accounts.begin(&InputDraw(vec![0.1; 64]), Run(0));
    let mut month = |days: i32, open: bool, events: &[(EventKind, i32)]| {
        record.open[offering.index()] = open;
        accounts.begin_month(days, &record);
        for &(kind, days_left) in events {
            let event = Event {
                kind,
                ..disclosure()
            };
            accounts.hear(&event, days_left, &record);
        }
        let month = accounts.month(0);
        (month.fixed.0.round(), month.capital.0.round())
    };
    let decided = |act| EventKind::SiteDecided {
        region: new,
        act,
        npv_usd: 1.0,
        flow_usd_per_year: 1.0,
        why: crate::domain::SiteReason::Demand,
    };
    let opened = EventKind::RegionOpened { region: new };
    let closed = EventKind::RegionClosed { region: new };
    assert_eq!(
        month(30, false, &[(decided(SiteAct::Build), 1)]),
        (300e3, 70e6)
    );
    assert_eq!(month(30, false, &[(opened, 10)]), (300e3 + 200e3, 0.0));
    assert_eq!(
        month(31, true, &[(decided(SiteAct::Close), 1)]),
        (310e3 + 620e3, 0.0)
    );
    assert_eq!(month(30, true, &[(closed, 12)]), (300e3 + 360e3, 0.0));
}
