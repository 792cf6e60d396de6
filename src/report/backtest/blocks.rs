//! What a backtest says, in figures and words, block by block.

use super::forecasts::{decimals, ends, forecasts, labelled, observed};
use super::pooled::{by_backtest, pooled};
use crate::analysis::backtest::occurrence::{Counted, Occurrence};
use crate::analysis::backtest::record::{Backtested, Row};
use crate::analysis::backtest::score::Outcome;
use crate::report::block::Block;
use crate::report::digits::{count, figure};

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
    let learning = match (job.learning, job.fitted_until) {
        (true, _) => "futures weighed by what had been observed for fitting".to_owned(),
        (false, None) => "all futures weighed alike".to_owned(),
        (false, Some(until)) => {
            format!("inputs fitted to what was seen until {}", until.in_words())
        }
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

fn occurrences(backtested: &Backtested) -> Block {
    let of = |row: &Row| {
        let occurrence = row.occurrence.as_ref()?;
        Some(vec![
            row.label.clone(),
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
        ..Block::default()
    }
}

fn share(counted: &Counted) -> String {
    let percent = |share: f64| figure(100.0 * share, i32::from(share < 0.1));
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
        ..Block::default()
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
        ..Block::default()
    }
}
