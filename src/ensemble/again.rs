//! One run of a result, simulated again from the scenario frozen in it: a run depends on
//! its number alone. What comes out is held against the run's row in `runs.parquet`, bit
//! for bit, before any of it is believed.

use thiserror::Error;

use super::simulator::{RunOutput, Simulator};
use super::worlds::{PairingError, WorldSimulator};
use crate::chance::Seed;
use crate::result::guard::guarded;
use crate::result::schemas::{self, Words};
use crate::result::table::{Cells, Table};
use crate::result::{ExitClass, Layout, Opened, ResultError, RunRows, Wanted};
use crate::scenario::{Scenario, ScenarioError, load_text};
use crate::world::MODEL_VERSION;
use crate::world::series::SeriesDetail;

/// Columns of `runs.parquet` that are held in memory at a time.
const COLUMNS_AT_A_TIME: usize = 32;

/// Why a run cannot be simulated again.
#[derive(Debug, Error)]
pub enum AgainError {
    /// The result cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// The frozen scenario cannot be read by this program.
    #[error(
        "the {file} of the result cannot be read by this program: {}; the program that wrote the \
         result can",
        .error.render(false).trim_end()
    )]
    Scenario {
        /// `scenario.toml` or `baseline.toml`.
        file: &'static str,
        /// What is wrong with it.
        error: Box<ScenarioError>,
    },
    /// The frozen scenarios cannot be simulated together.
    #[error(transparent)]
    Pairing(#[from] PairingError),
    /// The result was made by another version of the model.
    #[error(
        "run {run} cannot be simulated again: the result has model version {there}, this program \
         has {MODEL_VERSION}; {kept}"
    )]
    ModelVersion {
        /// The run.
        run: u32,
        /// The version of the result.
        there: u32,
        /// Which runs were kept with their events.
        kept: String,
    },
    /// The program reads the frozen scenario in another way.
    #[error(
        "run {run} cannot be simulated again: this program reads the scenario of the result with \
         another digest; {kept}"
    )]
    Digest {
        /// The run.
        run: u32,
        /// Which runs were kept with their events.
        kept: String,
    },
    /// The run came out otherwise.
    #[error(
        "run {run} simulated again differs from runs.parquet in {column}: {here} here, {there} \
         there; the program or the machine is not the one that wrote the result; {kept}"
    )]
    Differs {
        /// The run.
        run: u32,
        /// The first column that differs.
        column: String,
        /// The value now.
        here: f64,
        /// The value in the table.
        there: f64,
        /// Which runs were kept with their events.
        kept: String,
    },
    /// The run failed.
    #[error("run {run} cannot be simulated again: {why}")]
    Failed {
        /// The run.
        run: u32,
        /// Why.
        why: String,
    },
}

impl AgainError {
    /// What the fault means to whoever called the program.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self {
            Self::Result(error) => error.exit_class(),
            Self::Pairing(_) | Self::Failed { .. } => ExitClass::Failed,
            _ => ExitClass::Refused,
        }
    }
}

/// The scenario and the baseline frozen in a result.
#[derive(Debug)]
pub struct Frozen {
    /// The scenario, as it was run.
    pub scenario: Scenario,
    /// The baseline, if the runs were paired with one.
    pub baseline: Option<Scenario>,
}

impl Frozen {
    /// Reads both from the result, under the name by which the scenario was asked for.
    ///
    /// # Errors
    /// [`AgainError::Result`], [`AgainError::Scenario`].
    pub fn of(result: &Opened) -> Result<Self, AgainError> {
        let files = result.files();
        let name = &result.manifest.identity.scenario;
        let load = |file: &'static str| {
            let bytes = files.bytes(file)?;
            let text = String::from_utf8_lossy(&bytes);
            load_text(name, &text, &[]).map_err(|error| AgainError::Scenario {
                file,
                error: Box::new(error),
            })
        };
        let paired = files.has("baseline.toml");
        Ok(Self {
            scenario: load("scenario.toml")?,
            baseline: paired.then(|| load("baseline.toml")).transpose()?,
        })
    }
}

/// So many runs, from the first, are kept in a result with all their events.
#[must_use]
pub fn runs_kept(result: &Opened) -> u32 {
    let identity = &result.manifest.identity;
    let kept = identity.arguments.get("keep");
    let kept = kept.and_then(|kept| kept.parse().ok()).unwrap_or(0);
    result.manifest.runs().min(kept)
}

/// The rows that run `run` would have in `events.parquet`, had it been kept.
///
/// # Errors
/// [`AgainError`]; a difference from the result is refused.
pub fn events_again(result: &Opened, frozen: &Frozen, run: u32) -> Result<Table, AgainError> {
    let identity = &result.manifest.identity;
    let kept = || match runs_kept(result) {
        0 => "no run was kept with its events (--keep 0)".to_owned(),
        1 => "run 0 was kept with its events and can be told".to_owned(),
        kept => format!(
            "runs 0 to {} were kept with their events and can be told",
            kept - 1
        ),
    };
    if identity.model_version != MODEL_VERSION {
        return Err(AgainError::ModelVersion {
            run,
            there: identity.model_version,
            kept: kept(),
        });
    }
    let baseline = frozen.baseline.as_ref();
    let digests = (&frozen.scenario.digest, baseline.map(|b| &b.digest));
    if digests != (&identity.scenario_digest, identity.baseline_digest.as_ref()) {
        return Err(AgainError::Digest { run, kept: kept() });
    }
    let simulator = WorldSimulator::new(
        &frozen.scenario,
        baseline,
        identity.customers as usize,
        Seed(identity.seed),
        SeriesDetail::Totals,
    )?;
    let output = simulate(&simulator, run).map_err(|why| AgainError::Failed { run, why })?;
    let layout = simulator.layout();
    if let Some(difference) = first_difference(result, layout, &output.rows)? {
        let (column, here, there) = difference;
        return Err(AgainError::Differs {
            run,
            column,
            here,
            there,
            kept: kept(),
        });
    }
    let mut events = Table::new(schemas::events());
    schemas::add_events(&mut events, &Words::new(layout), &output.rows);
    Ok(events)
}

fn simulate(simulator: &WorldSimulator<'_>, run: u32) -> Result<RunOutput, String> {
    let mut output = RunOutput {
        keep_events: true,
        ..RunOutput::default()
    };
    output.clear(run);
    let done = guarded(|| {
        let mut worker = simulator.worker()?;
        let done = simulator.simulate(&mut worker, run, &mut output);
        done.map_err(|failure| failure.to_string())
    });
    done.and_then(|done| done)?;
    output.rows.check(simulator.layout())?;
    Ok(output)
}

/// The first column in which the run's row in the result is not that of `rows`, with both
/// values.
fn first_difference(
    result: &Opened,
    layout: &Layout,
    rows: &RunRows,
) -> Result<Option<(String, f64, f64)>, AgainError> {
    let mut again = Table::new(schemas::runs(layout));
    schemas::add_run(&mut again, layout, rows);
    let number = |cells: &Cells, row: usize| {
        let numbers = cells.to_numbers().unwrap_or_default();
        numbers.get(row).copied().unwrap_or(f64::NAN)
    };
    let files = result.files();
    let runs = files.numbers("runs", "run")?;
    let row = runs
        .iter()
        .position(|&number| number == f64::from(rows.run));
    let Some(row) = row else {
        return Ok(Some(("run".to_owned(), f64::from(rows.run), f64::NAN)));
    };
    let names: Vec<&str> = again.schema.columns.iter().map(|c| &*c.name).collect();
    for names in names.chunks(COLUMNS_AT_A_TIME) {
        let stored = files.table("runs", Wanted::Columns(names))?;
        for (name, cells) in names.iter().zip(&stored.cells) {
            let here = again
                .column(name)
                .map_or(f64::NAN, |cells| number(cells, 0));
            let there = number(cells, row);
            // Every missing value is the same.
            if here.to_bits() != there.to_bits() && !(here.is_nan() && there.is_nan()) {
                return Ok(Some(((*name).to_owned(), here, there)));
            }
        }
    }
    Ok(None)
}
