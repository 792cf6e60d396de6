//! From columns with a value a run to the front page.

mod actors;

use super::ending::{EndingGroup, EndingShare, HowItEnds};
use super::enough::reached::{Enough, Reached};
use super::estimate;
use super::input::{CaseColumns, CaseOutcome, MetricColumns, PageInput, Part, ReportError};
use super::measured;
use super::page::{
    CustomerNumbers, Effect, Footer, Grounds, GroupEffect, Header, Number, Page, WhoMoves,
};
use super::unit::Unit;
use crate::measure::MeasureError;
use crate::measure::survival::Spell;

/// Headline numbers on a page.
const HEADLINES: usize = 3;

/// Computes the page.
///
/// # Errors
/// When a column is not as long as there are runs, or holds an infinite value.
pub fn build(input: &PageInput) -> Result<Page, ReportError> {
    check(input)?;
    let facts = &input.scenario;
    let run = &input.run;
    let horizon = f64::from(facts.end.days_since(facts.start));
    let say_and_do = say_and_do(input, horizon)?;
    let who_moves = who_moves(input, horizon)?;
    Ok(Page {
        header: header(input),
        not_compared: None,
        options: facts.options,
        premises: facts.premises.clone(),
        changed: Vec::new(),
        three_numbers: three_numbers(input, horizon)?,
        customers: customers(input, horizon)?,
        by_the_order: by_the_order(input, (&say_and_do, &who_moves), horizon)?,
        how_it_ends: match &input.case {
            Some(case) => Some(how_it_ends(case, horizon).map_err(in_column("case"))?),
            None => None,
        },
        who_acts: actors::who_acts(input, horizon)?,
        regions: actors::regions(input, horizon)?,
        say_and_do,
        who_moves,
        enough: enough(input)?,
        how_far_to_trust_this: Grounds {
            inputs: facts.inputs,
            inputs_assumed: facts.inputs_assumed,
            inputs_uncertain: facts.inputs_uncertain,
            runs_failed: run.failed,
            not_in_the_model: facts.not_in_the_model.clone(),
            checks: input.checks.clone(),
        },
        next: run.next.clone(),
        footer: footer(input),
    })
}

fn header(input: &PageInput) -> Header {
    let facts = &input.scenario;
    Header {
        title: facts.title.clone(),
        option: facts.option.clone(),
        start: facts.start,
        end: facts.end,
        who: facts.who.clone(),
        runs: input.run.runs,
        baseline: facts.baseline.clone(),
    }
}

fn footer(input: &PageInput) -> Footer {
    let run = &input.run;
    Footer {
        runs: run.runs,
        customers: run.customers,
        seed: run.seed,
        digest6: input.scenario.digest.chars().take(6).collect(),
        model_version: run.model_version,
        program_version: run.program_version.clone(),
        seconds: run.seconds,
    }
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
    let policies = input
        .policies
        .iter()
        .map(|policy| (&policy.name, &policy.days));
    let regions = input.regions.regions.iter();
    for (name, days) in policies.chain(regions.map(|region| (&region.name, &region.days))) {
        let baseline = days.baseline.as_ref().map(Vec::len);
        lengths.extend([Some(days.scenario.len()), baseline].map(|len| (name.as_str(), len)));
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

fn in_column(name: &str) -> impl FnOnce(MeasureError) -> ReportError {
    move |source| ReportError::NotMeasurable {
        column: name.to_owned(),
        source,
    }
}

/// Every effect that stands in no other block.
fn by_the_order(
    input: &PageInput,
    (say_and_do, who_moves): (&[Number], &Option<WhoMoves>),
    horizon: f64,
) -> Result<Vec<Number>, ReportError> {
    if input.scenario.baseline.is_none() {
        return Ok(Vec::new());
    }
    let moves = who_moves.iter().filter_map(|who| who.region_moves.as_ref());
    let shown: Vec<&str> = say_and_do.iter().chain(moves).map(|n| &*n.name).collect();
    let effects = input.metrics.iter().filter(|metric| {
        let own_block = matches!(metric.facts.part, Part::Customer(_) | Part::Group { .. });
        let shown = shown.contains(&metric.facts.name.as_str());
        !own_block && !shown && metric.facts.headline.is_none()
    });
    let mut numbers: Vec<Number> = effects
        .map(|metric| number(metric, horizon))
        .collect::<Result<_, _>>()?;
    // The clearest first, since the terminal shows a few; equals in the scenario's order.
    numbers.sort_by(|a, b| clearness(b).total_cmp(&clearness(a)));
    Ok(numbers)
}

/// How many times its error an effect is; 0 where nothing is known of either.
fn clearness(number: &Number) -> f64 {
    match number.effect {
        Some(Effect {
            mean,
            error: Some(error),
            ..
        }) if mean != 0.0 => mean.abs() / error,
        _ => 0.0,
    }
}

/// What was asked for and reached; nothing where the job had a fixed number of runs.
fn enough(input: &PageInput) -> Result<Option<Enough>, ReportError> {
    let run = &input.run;
    if run.asked.is_empty() {
        return Ok(None);
    }
    let stopped_at = run.runs + run.failed;
    let reached = run.asked.iter().filter_map(|ask| {
        let name = &ask.of.metric.name;
        let metric = input.metrics.iter().find(|m| m.facts.name == *name)?;
        let columns = (&metric.scenario[..], metric.baseline.as_deref());
        Some(Reached::of(ask, columns, stopped_at).map_err(in_column(name)))
    });
    Ok(Some(Enough {
        stopped_at,
        allowed: run.allowed,
        asked: reached.collect::<Result<_, _>>()?,
    }))
}

fn three_numbers(input: &PageInput, horizon: f64) -> Result<Vec<Number>, ReportError> {
    let headline = |metric: &&MetricColumns| metric.facts.headline.is_some();
    let mut metrics: Vec<_> = input.metrics.iter().filter(headline).collect();
    metrics.sort_by_key(|metric| metric.facts.headline);
    let metrics = metrics.into_iter().take(HEADLINES);
    metrics.map(|metric| number(metric, horizon)).collect()
}

/// What is not among the headline numbers, customer by customer.
fn customers(input: &PageInput, horizon: f64) -> Result<Vec<CustomerNumbers>, ReportError> {
    let mut customers: Vec<CustomerNumbers> = Vec::new();
    for metric in input.metrics.iter().filter(|m| m.facts.headline.is_none()) {
        let Part::Customer(title) = &metric.facts.part else {
            continue;
        };
        let number = number(metric, horizon)?;
        match customers.iter_mut().find(|known| known.title == *title) {
            Some(known) => known.numbers.push(number),
            None => customers.push(CustomerNumbers {
                title: title.clone(),
                numbers: vec![number],
            }),
        }
    }
    Ok(customers)
}

/// Rungs of `SAY AND DO`.
const RUNGS: u8 = 4;

/// A rung of each kind; nothing unless both what is said and what is done are measured.
fn say_and_do(input: &PageInput, horizon: f64) -> Result<Vec<Number>, ReportError> {
    let rung = |rung: u8| {
        let mut metrics = input.metrics.iter();
        metrics.find(|metric| metric.facts.part == Part::SayAndDo(rung))
    };
    let rungs: Vec<_> = (0..RUNGS).filter_map(rung).collect();
    if rung(0).is_none() || rungs.len() < 2 {
        return Ok(Vec::new());
    }
    rungs
        .into_iter()
        .map(|metric| number(metric, horizon))
        .collect()
}

fn number(metric: &MetricColumns, horizon: f64) -> Result<Number, ReportError> {
    let facts = &metric.facts;
    let measured = measured::level(&facts.unit, &metric.scenario, horizon);
    let (typical, spread) = measured.map_err(in_column(&facts.name))?;
    let missing = metric.scenario.iter().filter(|value| value.is_nan());
    let runs_missing = match facts.unit {
        Unit::Days => 0, // not missing: longer than the horizon
        _ => u32::try_from(missing.count()).unwrap_or(u32::MAX),
    };
    Ok(Number {
        name: facts.name.clone(),
        label: facts.label.clone(),
        unit: facts.unit.clone(),
        typical,
        spread,
        at_start: metric.at_start.filter(|value| value.is_finite()),
        effect: effect(metric, horizon)?,
        record: facts.record.clone(),
        runs_missing,
    })
}

fn effect(metric: &MetricColumns, horizon: f64) -> Result<Option<Effect>, ReportError> {
    let (facts, with) = (&metric.facts, &metric.scenario[..]);
    let Some(without) = &metric.baseline else {
        return Ok(None);
    };
    let effect = measured::effect(&facts.unit, facts.better, (with, without), horizon);
    effect.map_err(in_column(&facts.name))
}

fn how_it_ends(case: &CaseColumns, horizon: f64) -> Result<HowItEnds, MeasureError> {
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
    let spells = case.scenario.iter().map(|outcome| Spell {
        duration: outcome.days,
        outcome: outcome.ending.map(|_| 0),
    });
    let (days, days_spread) = estimate::time_to_end(&spells.collect::<Vec<_>>(), horizon)?;
    Ok(HowItEnds {
        endings,
        days,
        days_spread,
    })
}

fn who_moves(input: &PageInput, horizon: f64) -> Result<Option<WhoMoves>, ReportError> {
    let mut groups = Vec::new();
    let mut common = None;
    for metric in &input.metrics {
        let Part::Group { who, what } = &metric.facts.part else {
            continue;
        };
        if let Some(effect) = effect(metric, horizon)? {
            common.get_or_insert((what, &metric.facts.unit));
            groups.push(GroupEffect {
                who: who.clone(),
                effect,
            });
        }
    }
    groups.sort_by(|a, b| b.effect.mean.abs().total_cmp(&a.effect.mean.abs()));
    let Some((what, unit)) = common else {
        return Ok(None);
    };
    let mut metrics = input.metrics.iter();
    let region_moves = metrics.find(|metric| metric.facts.part == Part::RegionMoves);
    Ok(Some(WhoMoves {
        what: what.clone(),
        unit: unit.clone(),
        groups,
        region_moves: region_moves
            .map(|metric| number(metric, horizon))
            .transpose()?,
    }))
}

#[cfg(test)]
mod tests;
