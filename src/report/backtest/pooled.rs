//! Scores summed up, in figures and in words.

use super::forecasts::ends;
use crate::analysis::backtest::pooled::{Covered, Pooled, Skill};
use crate::analysis::backtest::record::Backtested;
use crate::report::block::Block;
use crate::report::digits::figure;

/// The block of what is pooled by use.
pub(super) fn pooled(all: &[Pooled]) -> Block {
    let rows = all.iter().map(|pooled| {
        let covered = pooled.inside.iter().map(|c| c.inside.to_string());
        let covered: Vec<String> = covered.collect();
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| figure(v, 2));
        vec![
            pooled.use_for.clone(),
            format!("{} of {}", covered.join(", "), pooled.values),
            skill(pooled.persistence.as_ref()),
            skill(pooled.trend.as_ref()),
            number(pooled.crps_standardised),
            number(pooled.log_score),
        ]
    });
    let mut notes = Vec::new();
    for pooled in all {
        notes.extend(pit_in_words(pooled));
        notes.extend(coverage_in_words(pooled));
        notes.extend(worse(pooled, pooled.persistence.as_ref(), "no change"));
        notes.extend(worse(pooled, pooled.trend.as_ref(), "the trend"));
        notes.extend(bounds_in_words(pooled));
    }
    notes.push(
        "Skill is 1 − CRPS/CRPS of the reference, each CRPS divided by the observation's error; \
         above 0 is better than the reference. Its interval draws whole series."
            .to_owned(),
    );
    Block {
        label: "SCORES".to_owned(),
        head: vec![
            "in 50, 80, 95 %",
            "skill, no change",
            "skill, trend",
            "CRPS/error, series",
            "log score",
        ],
        rows: rows.collect(),
        notes,
        optional: vec![5, 4],
        ..Block::default()
    }
}

fn skill(skill: Option<&Skill>) -> String {
    let Some(skill) = skill else {
        return "–".to_owned();
    };
    let own = figure(skill.skill, 2);
    skill.interval.as_ref().map_or_else(
        || own.clone(),
        |interval| format!("{own} [{}]", ends(interval, 2)),
    )
}

fn pit_in_words(pooled: &Pooled) -> Option<String> {
    if pooled.values == 0 {
        return None;
    }
    let bins: Vec<String> = pooled.pit.iter().map(ToString::to_string).collect();
    let test = pooled.pit_uniform.map_or_else(
        || "too few to test whether they are even".to_owned(),
        |p| {
            format!(
                "chance of values as uneven if forecasts were right: {}",
                figure(p, 3)
            )
        },
    );
    Some(format!(
        "{}: values by fifth of their forecast, lowest first: {} ({test}).",
        pooled.use_for,
        bins.join(", ")
    ))
}

fn coverage_in_words(pooled: &Pooled) -> Option<String> {
    let share = |covered: &Covered| {
        let interval = covered.interval.as_ref()?;
        let percent = |share: f64| figure(100.0 * share, 0);
        Some(format!(
            "{} % band held {} to {} %",
            percent(covered.band),
            percent(interval.low),
            percent(interval.high)
        ))
    };
    let shares: Vec<String> = pooled.inside.iter().filter_map(share).collect();
    (!shares.is_empty()).then(|| format!("{}: the {}.", pooled.use_for, shares.join(", the ")))
}

fn worse(pooled: &Pooled, skill: Option<&Skill>, than: &str) -> Option<String> {
    let skill = skill?;
    let (worse, rows) = (skill.worse.len(), skill.rows);
    let what = if worse == 0 {
        String::new()
    } else {
        format!(": {}", skill.worse.join("; "))
    };
    Some(format!(
        "{}: worse than {than} in {worse} of {rows}{what}.",
        pooled.use_for
    ))
}

fn bounds_in_words(pooled: &Pooled) -> Option<String> {
    let brier = pooled.brier?;
    let bounds = match pooled.bounds {
        1 => "the bound".to_owned(),
        bounds => format!("{bounds} bounds"),
    };
    Some(format!(
        "{}: Brier score of {bounds}: {}.",
        pooled.use_for,
        figure(brier, 3)
    ))
}

/// The block of backtests by their label.
pub(super) fn by_backtest(backtested: &Backtested) -> Block {
    let rows = backtested.by_backtest.iter().map(|of| {
        vec![
            of.backtest.clone(),
            some_of(of.inside_80, of.values),
            some_of(of.worse_than_no_change, of.with_no_change),
        ]
    });
    Block {
        label: "BACKTESTS".to_owned(),
        head: vec!["inside 80 %", "worse than no change"],
        rows: rows.collect(),
        notes: Vec::new(),
        ..Block::default()
    }
}

fn some_of(some: usize, all: usize) -> String {
    if all == 0 {
        return "–".to_owned();
    }
    format!("{some} of {all}")
}
