//! The files of a fit: the posterior as scenarios read it, and tables as CSV (RFC 4180).

use std::fmt::Write as _;

use serde::Serialize;

use super::observed::Observed;
use super::summary::FitSummary;
use crate::result::Identity;

/// The posterior, for `[inputs] posterior = "…"`: a row for each particle.
pub fn posterior(problem: &Observed<'_>, identity: &Identity, columns: &[Vec<f64>]) -> String {
    let scenario = problem.scenario();
    let until = scenario.backtest.as_ref().map(|b| b.fit_until.to_string());
    let until = until.unwrap_or_default();
    // Names are plain letters, and digests are.
    let mut out = format!(
        "comity = 1\ntitle = \"Inputs of {name}, fitted to what was observed until {until}\"\n\
         from = {{ scenario = \"{name}\", digest = \"{}\", model_version = {}, seed = \"{}\", \
         fit_until = {until}, observations = {} }}\ninputs = [\n",
        identity.scenario_digest,
        identity.model_version,
        identity.seed,
        problem.observations().len(),
        name = scenario.name,
    );
    for input in problem.inputs() {
        // A path has no single quote but in a name that cannot be one; writing to a String
        // cannot fail.
        let _ = writeln!(out, "  '{}',", scenario.inputs[input.0].path);
    }
    out.push_str("]\ndraws = [\n");
    let rows = columns.first().map_or(0, Vec::len);
    for row in 0..rows {
        let values = columns.iter().map(|column| format!("{:?}", column[row]));
        let _ = writeln!(out, "  [{}],", values.collect::<Vec<_>>().join(", "));
    }
    out.push_str("]\n");
    out
}

#[derive(Serialize)]
struct InputRow<'s> {
    input: &'s str,
    prior_mean: f64,
    prior_sd: f64,
    prior_p05: f64,
    prior_p95: f64,
    posterior_mean: f64,
    posterior_sd: f64,
    posterior_p05: f64,
    posterior_p95: f64,
    contraction: f64,
    identified: &'static str,
    not_apart_from: &'s str,
    rank_correlation: Option<f64>,
}

/// `identifiability.csv`: a row for each input, in its own unit.
pub fn inputs(summary: &FitSummary) -> Result<Vec<u8>, csv::Error> {
    written(summary.inputs.iter().map(|input| InputRow {
        input: &input.path,
        prior_mean: input.prior.mean,
        prior_sd: input.prior.sd,
        prior_p05: input.prior.p05,
        prior_p95: input.prior.p95,
        posterior_mean: input.posterior.mean,
        posterior_sd: input.posterior.sd,
        posterior_p05: input.posterior.p05,
        posterior_p95: input.posterior.p95,
        contraction: input.contraction,
        identified: input.identified.word(),
        not_apart_from: input.tied_to.as_ref().map_or("", |tie| &tie.path),
        rank_correlation: input.tied_to.as_ref().map(|tie| tie.rank),
    }))
}

/// `generations.csv`: how each generation was reached.
pub fn generations(summary: &FitSummary) -> Result<Vec<u8>, csv::Error> {
    written(summary.generations.iter())
}

#[derive(Serialize)]
struct ObservationRow<'s> {
    metric: &'s str,
    date: &'s str,
    value: f64,
    prior_mean: Option<f64>,
    prior_sd: Option<f64>,
    posterior_mean: Option<f64>,
    posterior_sd: Option<f64>,
}

/// `observations.csv`: what was observed and what would have been seen, in the metric's unit.
pub fn observations(summary: &FitSummary) -> Result<Vec<u8>, csv::Error> {
    written(summary.observations.iter().map(|row| ObservationRow {
        metric: &row.metric,
        date: &row.date,
        value: row.value,
        prior_mean: row.prior.map(|of| of[0]),
        prior_sd: row.prior.map(|of| of[1]),
        posterior_mean: row.posterior.map(|of| of[0]),
        posterior_sd: row.posterior.map(|of| of[1]),
    }))
}

fn written(rows: impl Iterator<Item = impl Serialize>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}
