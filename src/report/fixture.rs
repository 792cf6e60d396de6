//! Made-up columns for the tests of this room: the numbers show form only.

mod actors;
mod cases;
mod odd;

use actors::{policies, regions};

use cases::{case, days_of};
pub use odd::{all_open, hostile, long};

use crate::domain::Date;
use crate::measure::distribution::normal_quantile;
use crate::report::checks::{Checks, Forecasts, InBand, Intervals};
use crate::report::input::{
    CaseColumns, MetricColumns, MetricFacts, PageInput, Part, RunFacts, ScenarioFacts,
};
use crate::report::premises::Premises;
use crate::report::unit::Unit;
use crate::scenario::resolved::Better;

/// A spread-out number in 0 to 1 for each run (Weyl sequence of an irrational step).
fn uniform(run: usize, step: f64) -> f64 {
    ((run as f64 + 0.5) * step).fract()
}

fn normal(run: usize, step: f64) -> f64 {
    normal_quantile(uniform(run, step)).unwrap()
}

const GOLDEN: f64 = 0.618_033_988_749_895;
const ROOT_2: f64 = std::f64::consts::SQRT_2;
const ROOT_3: f64 = 1.732_050_807_568_877;

fn metric(
    name: &str,
    label: &str,
    unit: Unit,
    better: Better,
    part: Part,
    [level, sd, effect, effect_sd]: [f64; 4],
) -> impl Fn(usize) -> MetricColumns {
    let facts = MetricFacts {
        name: name.to_owned(),
        label: label.to_owned(),
        unit,
        better,
        record: None,
        headline: None,
        part,
    };
    move |runs| {
        let baseline: Vec<f64> = (0..runs).map(|i| level + sd * normal(i, GOLDEN)).collect();
        let scenario = baseline.iter().enumerate();
        let scenario = scenario.map(|(i, base)| base + effect + effect_sd * normal(i, ROOT_2));
        MetricColumns {
            facts: facts.clone(),
            scenario: scenario.collect(),
            baseline: Some(baseline),
            at_start: None,
        }
    }
}

fn headlines(runs: usize, case: &CaseColumns) -> Vec<MetricColumns> {
    let effect = || Part::Effect;
    let trust = [66.0, 6.0, -8.1, 3.0];
    let (lower, higher) = (Better::Lower, Better::Higher);
    let mut trust = metric(
        "trust_eu_2014",
        "EU trust in US providers, Dec 2014 (0-100)",
        Unit::Index,
        higher,
        effect(),
        trust,
    )(runs);
    trust.at_start = Some(71.0);
    trust.facts.record = Some("not measured".into());
    let mut moved = metric(
        "base_moved",
        "installed base moved, 12 months",
        Unit::Percent,
        lower,
        Part::SayAndDo(3),
        [0.8, 0.2, 0.4, 0.25],
    )(runs);
    moved.facts.record = Some("< 1 % a year [S52]".into());
    let mut days = metric(
        "case_days",
        "order to final end of the case",
        Unit::Days,
        Better::Neutral,
        effect(),
        [0.0; 4],
    )(runs);
    days.scenario = days_of(&case.scenario);
    days.baseline = case.baseline.as_deref().map(days_of);
    days.facts.record = Some("44.5 mo [T04, T18]".into());
    let mut numbers = vec![trust, moved, days];
    for (place, number) in (1..).zip(&mut numbers) {
        number.facts.headline = Some(place);
    }
    numbers
}

fn said_and_done(runs: usize) -> Vec<MetricColumns> {
    let rungs = [
        (
            "stated",
            "say \"less likely to use a US cloud\", Dec 2014",
            [12.0, 3.0, 42.0, 5.0],
            "56 % [S01]",
        ),
        (
            "deferred",
            "cancel or defer a project, 12 months",
            [2.0, 0.5, 7.0, 1.5],
            "10 % [S01]",
        ),
        (
            "acted",
            "chose otherwise, 12 months",
            [1.0, 0.3, 5.0, 1.5],
            "7-10 % [S11]",
        ),
    ];
    let rungs = (0..)
        .zip(rungs)
        .map(|(rung, (name, label, numbers, record))| {
            let part = Part::SayAndDo(rung);
            let mut columns =
                metric(name, label, Unit::Percent, Better::Lower, part, numbers)(runs);
            columns.facts.record = Some(record.into());
            columns
        });
    rungs.collect()
}

fn region_moves(runs: usize) -> MetricColumns {
    let label = "moved workload abroad that changes region only, 36 months";
    let numbers = [64.0, 12.0, 7.0, 5.0];
    let (neutral, part) = (Better::Neutral, Part::RegionMoves);
    metric("region_moves", label, Unit::Percent, neutral, part, numbers)(runs)
}

fn effects(runs: usize) -> Vec<MetricColumns> {
    let usd = |a_year| Unit::Money {
        currency: "USD".into(),
        a_year,
    };
    let (home, us) = (
        "EU workload kept at home, Dec 2016",
        "US share of European spend, Dec 2016",
    );
    let abroad = "disclosures of content stored abroad to 2024";
    let surplus = "consumer surplus of EU customers to 2024";
    let revenue = "Microsoft revenue from Europe, 2016";
    let (higher, lower, neutral) = (Better::Higher, Better::Lower, Better::Neutral);
    let effects = [
        (
            "revenue_ms",
            revenue,
            usd(true),
            higher,
            [8200.0, 900.0, -310.0, 160.0],
        ),
        (
            "home_share",
            home,
            Unit::Percent,
            neutral,
            [41.0, 6.0, 6.3, 4.0],
        ),
        (
            "surplus",
            surplus,
            usd(false),
            higher,
            [91000.0, 8000.0, -640.0, 900.0],
        ),
        (
            "disclosures",
            abroad,
            Unit::Count,
            lower,
            [6.0, 2.0, 0.02, 1.9],
        ),
        (
            "share_us",
            us,
            Unit::Percent,
            higher,
            [70.0, 4.0, -0.51, 0.9],
        ),
    ];
    let effects = effects
        .into_iter()
        .map(|(name, label, unit, better, numbers)| {
            metric(name, label, unit, better, Part::Effect, numbers)(runs)
        });
    effects.collect()
}

fn groups(runs: usize) -> Vec<MetricColumns> {
    let groups = [
        ("Germany, public sector", -14.2, 5.0),
        ("Germany, regulated firms", -11.9, 5.0),
        ("France, enterprise", -7.7, 5.0),
        ("France, small business", -6.0, 5.0),
        ("United Kingdom, consumers", -3.1, 4.0),
        ("United States, consumers", -0.02, 3.0),
    ];
    let groups = groups.map(|(who, effect, sd)| {
        let part = Part::Group {
            who: who.into(),
            what: "trust in US providers (0-100), Dec 2014".into(),
        };
        metric(
            who,
            who,
            Unit::Index,
            Better::Higher,
            part,
            [60.0, 6.0, effect, sd],
        )(runs)
    });
    groups.into()
}

pub fn paired(runs: usize) -> PageInput {
    let case = case(runs);
    let mut metrics = headlines(runs, &case);
    metrics.extend(said_and_done(runs));
    metrics.extend(effects(runs));
    metrics.extend(groups(runs));
    metrics.push(region_moves(runs));
    let (policies, regions) = (policies(runs), regions(runs));
    PageInput {
        policies,
        regions,
        checks: Checks {
            backtest: Some(Forecasts {
                scenario: "record-2011".into(),
                fitted: InBand {
                    inside: 11,
                    of: 14,
                    worse_than_no_change: 3,
                    with_no_change: 13,
                },
                held_out: InBand {
                    inside: 13,
                    of: 26,
                    worse_than_no_change: 9,
                    with_no_change: 25,
                },
            }),
            intervals: Some(Intervals {
                hold: 7,
                of: 10,
                known_less: 7,
            }),
        },
        scenario: ScenarioFacts {
            title: "Order on data stored in Ireland".into(),
            option: None,
            options: 0,
            premises: Premises::default(),
            start: "2014-07-31".parse::<Date>().unwrap(),
            end: "2024-07-31".parse::<Date>().unwrap(),
            who: Some("Microsoft".into()),
            baseline: Some("no-order".into()),
            inputs: 412,
            inputs_assumed: 128,
            inputs_uncertain: 43,
            not_in_the_model: ["price war of 2014", "tax", "sanctions"]
                .map(String::from)
                .into(),
            digest: "5e1f09aa".into(),
        },
        run: RunFacts {
            failed: 0,
            runs: u32::try_from(runs).unwrap(),
            allowed: u32::try_from(runs).unwrap(),
            asked: Vec::new(),
            customers: 5000,
            seed: 1,
            model_version: 3,
            program_version: "0.4.0".into(),
            seconds: Some(62.4),
            next: vec![
                "comity run no-order".into(),
                "comity check preska-2014 --sources".into(),
            ],
        },
        metrics,
        case: Some(case),
    }
}

pub fn plain(runs: usize) -> PageInput {
    let mut input = paired(runs);
    input.scenario.baseline = None;
    for metric in &mut input.metrics {
        metric.baseline = None;
    }
    if let Some(case) = &mut input.case {
        case.baseline = None;
    }
    for policy in &mut input.policies {
        policy.days.baseline = None;
    }
    for region in &mut input.regions.regions {
        region.days.baseline = None;
    }
    input
}
