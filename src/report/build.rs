//! From columns with a value a run to the front page.

use super::estimate;
use super::input::{CaseColumns, CaseOutcome, MetricColumns, PageInput, Part, ReportError};
use super::page::{
    Effect, EndingGroup, EndingShare, Footer, Grounds, GroupEffect, Header, HowItEnds, Number,
    Page, WhoMoves,
};
use super::unit::Unit;

/// Headline numbers on a page.
const HEADLINES: usize = 3;

/// Computes the page.
///
/// # Errors
/// When a column is not as long as there are runs.
pub fn build(input: &PageInput) -> Result<Page, ReportError> {
    check(input)?;
    let facts = &input.scenario;
    let run = &input.run;
    let horizon = f64::from(facts.end.days_since(facts.start));
    let numbers = |wanted: &dyn Fn(&MetricColumns) -> bool| -> Vec<Number> {
        let metrics = input.metrics.iter().filter(|metric| wanted(metric));
        metrics.map(|metric| number(metric, horizon)).collect()
    };
    Ok(Page {
        header: Header {
            title: facts.title.clone(),
            start: facts.start,
            end: facts.end,
            who: facts.who.clone(),
            runs: run.runs,
            baseline: facts.baseline.clone(),
        },
        not_compared: None,
        three_numbers: three_numbers(input, horizon),
        by_the_order: if facts.baseline.is_some() {
            numbers(&|m| m.facts.part == Part::Effect && m.facts.headline.is_none())
        } else {
            Vec::new()
        },
        how_it_ends: input.case.as_ref().map(|case| how_it_ends(case, horizon)),
        say_and_do: say_and_do(input, horizon),
        who_moves: who_moves(input, horizon),
        how_far_to_trust_this: Grounds {
            inputs: facts.inputs,
            inputs_assumed: facts.inputs_assumed,
            inputs_uncertain: facts.inputs_uncertain,
            runs_failed: run.failed,
            not_in_the_model: facts.not_in_the_model.clone(),
        },
        next: run.next.clone(),
        footer: Footer {
            runs: run.runs,
            customers: run.customers,
            seed: run.seed,
            digest6: facts.digest.chars().take(6).collect(),
            model_version: run.model_version,
            program_version: run.program_version.clone(),
            seconds: run.seconds,
        },
    })
}

fn check(input: &PageInput) -> Result<(), ReportError> {
    let expected = input.run.runs as usize;
    let mut lengths = Vec::new();
    for metric in &input.metrics {
        let baseline = metric.baseline.as_ref().map(Vec::len);
        lengths
            .extend([Some(metric.scenario.len()), baseline].map(|len| (&*metric.facts.name, len)));
    }
    if let Some(case) = &input.case {
        let baseline = case.baseline.as_ref().map(Vec::len);
        lengths.extend([Some(case.scenario.len()), baseline].map(|len| ("case", len)));
    }
    let odd = lengths.iter().find_map(|(name, len)| {
        let found = (*len)?;
        (found != expected).then(|| ReportError::UnequalColumns {
            column: (*name).to_owned(),
            expected,
            found,
        })
    });
    odd.map_or(Ok(()), Err)
}

fn three_numbers(input: &PageInput, horizon: f64) -> Vec<Number> {
    let headline = |metric: &&MetricColumns| metric.facts.headline.is_some();
    let mut metrics: Vec<_> = input.metrics.iter().filter(headline).collect();
    metrics.sort_by_key(|metric| metric.facts.headline);
    let metrics = metrics.into_iter().take(HEADLINES);
    metrics.map(|metric| number(metric, horizon)).collect()
}

/// A rung of each kind; nothing unless both what is said and what is done are measured.
fn say_and_do(input: &PageInput, horizon: f64) -> Vec<Number> {
    let rung = |rung: u8| {
        let mut metrics = input.metrics.iter();
        metrics.find(|metric| metric.facts.part == Part::SayAndDo(rung))
    };
    let rungs: Vec<_> = (0..3).filter_map(rung).collect();
    if rung(0).is_none() || rungs.len() < 2 {
        return Vec::new();
    }
    rungs
        .into_iter()
        .map(|metric| number(metric, horizon))
        .collect()
}

fn number(metric: &MetricColumns, horizon: f64) -> Number {
    let facts = &metric.facts;
    let missing = metric
        .scenario
        .iter()
        .filter(|value| value.is_nan())
        .count();
    let censored = facts.unit == Unit::Days;
    let (typical, spread) = match facts.unit {
        Unit::YesNo => (estimate::yes_no(&metric.scenario), None),
        Unit::Days => {
            let reached = metric.scenario.iter();
            let reached = reached.map(|days| if days.is_nan() { f64::INFINITY } else { *days });
            estimate::level(reached.collect(), horizon)
        }
        _ => estimate::level(metric.scenario.clone(), horizon),
    };
    Number {
        name: facts.name.clone(),
        label: facts.label.clone(),
        unit: facts.unit.clone(),
        typical,
        spread,
        at_start: metric.at_start,
        effect: effect(metric, horizon),
        record: facts.record.clone(),
        runs_missing: if censored {
            0
        } else {
            u32::try_from(missing).unwrap_or(u32::MAX)
        },
    }
}

/// The paired difference. Time to an end is restricted to the horizon, so that a case
/// still open counts with the days it has lasted (restricted mean: Royston & Parmar 2013).
fn effect(metric: &MetricColumns, horizon: f64) -> Option<Effect> {
    let facts = &metric.facts;
    let baseline = metric.baseline.as_ref()?;
    let column = |values: &[f64]| -> Vec<f64> {
        let values = values.iter().copied();
        match facts.unit {
            Unit::Days => values
                .map(|v| if v.is_nan() { horizon } else { v })
                .collect(),
            Unit::YesNo => values.map(|v| 100.0 * v).collect(),
            _ => values.collect(),
        }
    };
    let (with, without) = (column(&metric.scenario), column(baseline));
    let mut effect = estimate::effect(&with, &without, facts.better)?;
    if facts.unit == Unit::YesNo {
        effect.spread = None;
    }
    Some(effect)
}

fn how_it_ends(case: &CaseColumns, horizon: f64) -> HowItEnds {
    let count = |outcomes: &[CaseOutcome], group| {
        let of_group = |o: &&CaseOutcome| EndingGroup::of(o.ending) == group;
        estimate::share(outcomes.iter().filter(of_group).count(), outcomes.len())
    };
    let shares = EndingGroup::ALL.into_iter().map(|group| EndingShare {
        group,
        share: count(&case.scenario, group),
        without_the_order: case
            .baseline
            .as_ref()
            .map(|baseline| count(baseline, group)),
    });
    let seen =
        |e: &EndingShare| e.share.count > 0 || e.without_the_order.is_some_and(|s| s.count > 0);
    let mut endings: Vec<EndingShare> = shares.filter(seen).collect();
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.share.count));
    let days = case.scenario.iter().map(|outcome| match outcome.ending {
        Some(_) => outcome.days,
        None => f64::INFINITY,
    });
    let (days, days_spread) = estimate::level(days.collect(), horizon);
    HowItEnds {
        endings,
        days,
        days_spread,
    }
}

fn who_moves(input: &PageInput, horizon: f64) -> Option<WhoMoves> {
    let mut groups = Vec::new();
    let mut common = None;
    for metric in &input.metrics {
        let Part::Group { who, what } = &metric.facts.part else {
            continue;
        };
        common.get_or_insert((what, &metric.facts.unit));
        let effect = effect(metric, horizon)?;
        groups.push(GroupEffect {
            who: who.clone(),
            effect,
        });
    }
    groups.sort_by(|a, b| b.effect.mean.abs().total_cmp(&a.effect.mean.abs()));
    let (what, unit) = common?;
    Some(WhoMoves {
        what: what.clone(),
        unit: unit.clone(),
        groups,
    })
}
