//! What a backtest says, in figures and words, block by block.

use crate::analysis::backtest::occurrence::{Counted, Occurrence};
use crate::analysis::backtest::pooled::{Covered, Pooled, Skill};
use crate::analysis::backtest::record::{Backtested, Row};
use crate::analysis::backtest::score::{Outcome, Scored};
use crate::measure::interval::Interval;
use crate::report::figures::{count, figure};

/// A label, a table and sentences below it.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// Its label, which also heads the table's first column.
    pub label: String,
    /// Heads of the other columns.
    pub head: Vec<&'static str>,
    /// Rows, each as long as the head and one.
    pub rows: Vec<Vec<String>>,
    /// Sentences below.
    pub notes: Vec<String>,
    /// Columns, from 1, that a narrow page leaves out, the first to go first.
    pub optional: Vec<usize>,
}

/// What was done, in a sentence.
#[must_use]
pub fn about(backtested: &Backtested) -> String {
    let job = &backtested.job;
    let ends = backtested.origins.first().zip(backtested.origins.last());
    let origins = ends.map_or_else(String::new, |(first, last)| {
        let n = backtested.origins.len();
        match n {
            1 => format!("from {}", first.date.in_words()),
            _ => format!(
                "{n} origins, {} to {}",
                first.date.in_words(),
                last.date.in_words()
            ),
        }
    });
    let facts = if job.given {
        "all facts given"
    } else {
        "later facts withheld"
    };
    let learning = if job.learning {
        "futures weighed by what had been observed for fitting"
    } else {
        "all futures weighed alike"
    };
    let shuffled = job.shuffled.as_ref();
    let shuffled = shuffled.map_or_else(String::new, |seed| {
        format!(" · values of each series with their dates shuffled by seed {seed}")
    });
    format!(
        "{origins} · {facts} · {learning}{shuffled} · {} futures of {} customers for each set of \
         facts · seed {} · model {}",
        count(job.runs),
        count(job.customers),
        job.seed,
        job.model_version
    )
}

/// All blocks, in order; those with nothing to say are left out.
#[must_use]
pub fn blocks(backtested: &Backtested) -> Vec<Block> {
    let of_use = |label: &str, use_for: &str| {
        let rows: Vec<&Row> = backtested
            .observations
            .iter()
            .filter(|row| row.use_for == use_for)
            .collect();
        forecasts(label, &rows)
    };
    let blocks = [
        of_use("FOR FITTING", "fit"),
        of_use("HELD OUT", "validate"),
        pooled(&backtested.pooled),
        by_backtest(backtested),
        occurrences(backtested),
        claims(backtested),
        origins(backtested),
    ];
    let said = |block: &Block| !block.rows.is_empty();
    blocks.into_iter().filter(said).collect()
}

fn forecasts(label: &str, rows: &[&Row]) -> Block {
    let mut notes = Vec::new();
    if rows.iter().any(|row| is_outside(row)) {
        notes.push("! observed outside the 95 % band of its forecast.".to_owned());
    }
    Block {
        label: label.to_owned(),
        head: vec![
            "from",
            "observed",
            "forecast, 8 in 10",
            "CRPS",
            "skill",
            "PIT",
        ],
        rows: rows.iter().map(|row| forecast(row)).collect(),
        notes,
        optional: vec![4],
    }
}

fn forecast(row: &Row) -> Vec<String> {
    let mut cells = vec![labelled(row), row.origin.to_string(), observed(row)];
    let Some(scored) = &row.scored else {
        cells.extend([
            "in no future".to_owned(),
            String::new(),
            String::new(),
            String::new(),
        ]);
        return cells;
    };
    cells.push(spread(scored));
    match &scored.outcome {
        Outcome::Value {
            crps_mixture, pit, ..
        } => {
            let [no_change, _] = scored.skills();
            cells.push(figure(*crps_mixture, decimals(*crps_mixture)));
            cells.push(no_change.map_or_else(|| "–".to_owned(), |skill| figure(skill, 2)));
            cells.push(figure(*pit, 2));
        }
        Outcome::Bound { chance, brier } => {
            cells.push(format!("Brier {}", figure(*brier, 2)));
            cells.push("–".to_owned());
            cells.push(format!("{} %", figure(100.0 * chance, 0)));
        }
    }
    cells
}

fn labelled(row: &Row) -> String {
    let mark = if is_outside(row) { "! " } else { "" };
    let of = row.backtest.as_ref();
    let of = of.map_or_else(String::new, |label| format!("{label}: "));
    format!("{mark}{of}{} ({})", row.label, row.date)
}

fn is_outside(row: &Row) -> bool {
    let inside = row.scored.as_ref().and_then(Scored::inside);
    inside.is_some_and(|[_, _, inside_95, _]| !inside_95)
}

fn observed(row: &Row) -> String {
    let error = row.scored.as_ref().map_or(row.value, |scored| scored.error);
    let value = figure(row.value, decimals(error.max(0.001 * row.value.abs())));
    let value = match row.bound.as_deref() {
        Some("at_least") => format!("≥ {value}"),
        Some(_) => format!("≤ {value}"),
        None => value,
    };
    format!("{value}{}", suffix(&row.unit))
}

fn suffix(unit: &str) -> String {
    match unit {
        "percent" => " %".to_owned(),
        "points 0-100" => String::new(),
        unit => format!(" {unit}"),
    }
}

/// The mean, and the band that holds 8 in 10.
fn spread(scored: &Scored) -> String {
    let digits = decimals(scored.sd);
    let mean = figure(scored.mean, digits);
    format!("{mean} [{}]", ends(&scored.bands[1], digits))
}

fn ends(band: &Interval, digits: i32) -> String {
    format!(
        "{} to {}",
        figure(band.low, digits),
        figure(band.high, digits)
    )
}

/// Decimals that suit a number known up to this.
fn decimals(size: f64) -> i32 {
    match size.abs() {
        s if s >= 10.0 => 0,
        s if s >= 1.0 => 1,
        s if s >= 0.1 => 2,
        _ => 3,
    }
}

fn pooled(all: &[Pooled]) -> Block {
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

fn by_backtest(backtested: &Backtested) -> Block {
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
        optional: Vec::new(),
    }
}

fn some_of(some: usize, all: usize) -> String {
    if all == 0 {
        return "–".to_owned();
    }
    format!("{some} of {all}")
}

fn occurrences(backtested: &Backtested) -> Block {
    let of = |row: &Row| {
        let occurrence = row.occurrence.as_ref()?;
        Some(vec![
            format!("{} ({})", row.label, row.date),
            share(&occurrence.came_about),
            observed(row),
            among(occurrence),
            share(&occurrence.at_most_observed),
        ])
    };
    let rows: Vec<Vec<String>> = backtested.observations.iter().filter_map(of).collect();
    Block {
        label: "IF IT COMES ABOUT".to_owned(),
        head: vec![
            "in futures",
            "observed",
            "median, 9 in 10",
            "at most observed",
        ],
        rows,
        notes: vec![
            "Of what only some futures have: in how many, and where the record lies among these; \
             futures counted without weights, intervals of 95 % (Wilson)."
                .to_owned(),
        ],
        optional: Vec::new(),
    }
}

fn share(counted: &Counted) -> String {
    let percent = |share: f64| figure(100.0 * share, 1);
    let own = counted.share().map_or_else(|| "–".to_owned(), percent);
    counted.interval.as_ref().map_or_else(
        || own.clone(),
        |i| format!("{own} % [{} to {}]", percent(i.low), percent(i.high)),
    )
}

fn among(occurrence: &Occurrence) -> String {
    let digits = occurrence.median.map_or(0, decimals);
    let median = occurrence.median.map(|median| figure(median, digits));
    let band = occurrence.band90.as_ref().map(|band| ends(band, digits));
    median.zip(band).map_or_else(
        || "–".to_owned(),
        |(median, band)| format!("{median} [{band}]"),
    )
}

fn claims(backtested: &Backtested) -> Block {
    let of = |row: &Row| {
        let scored = row.scored.as_ref()?;
        let Outcome::Value { pit, .. } = scored.outcome else {
            return None;
        };
        let outside = scored.inside().is_some_and(|[.., inside_99]| !inside_99);
        Some(vec![
            labelled(row),
            row.origin.to_string(),
            observed(row),
            format!(
                "{} [{}]",
                figure(scored.mean, decimals(scored.sd)),
                ends(&scored.bands[3], decimals(scored.sd))
            ),
            figure(pit, 3),
            if outside { "outside" } else { "inside" }.to_owned(),
        ])
    };
    let rows = backtested
        .observations
        .iter()
        .filter(|row| row.use_for == "claim")
        .filter_map(of);
    Block {
        label: "CLAIMS".to_owned(),
        head: vec!["from", "claimed", "forecast, 99 in 100", "PIT", "99 % band"],
        rows: rows.collect(),
        notes: vec!["Forecasts of others, where they lie in this one; nobody's score.".to_owned()],
        optional: Vec::new(),
    }
}

fn origins(backtested: &Backtested) -> Block {
    let rows = backtested.origins.iter().map(|origin| {
        let facts = origin.facts_known + origin.facts_withheld.len();
        vec![
            origin.date.to_string(),
            format!("{} of {facts}", origin.facts_known),
            origin.learned.to_string(),
            count(u32::try_from(origin.futures).unwrap_or(u32::MAX)),
            figure(origin.effective, 1),
        ]
    });
    let mut notes = Vec::new();
    if !backtested.not_forecast.is_empty() {
        let what = backtested.not_forecast.join("; ");
        notes.push(format!("Not forecast, for no origin comes before: {what}."));
    }
    Block {
        label: "ORIGINS".to_owned(),
        head: vec!["facts known", "learned from", "futures", "effective"],
        rows: rows.collect(),
        notes,
        optional: Vec::new(),
    }
}
