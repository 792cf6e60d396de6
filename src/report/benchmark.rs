//! The front page of a market benchmark: where the customers are at the end.

use serde::{Deserialize, Serialize};

use super::finished::PageError;
use super::input::ReportError;
use super::page::{Bounded, Footer, Typical};
use crate::domain::Date;
use crate::ensemble::Finished;
use crate::measure::stated;
use crate::measure::summary::Summary;
use crate::result::Identity;
use crate::scenario::Scenario;

/// The whole page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BenchmarkPage {
    /// The scenario's title.
    pub title: String,
    /// The option laid over it, by its title; `None` as the scenario is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// First day simulated.
    pub start: Date,
    /// Last day simulated.
    pub end: Date,
    /// Months simulated.
    pub months: u32,
    /// Each offering's share of the customers on the last day.
    pub shares: Vec<OfferingShare>,
    /// Commands that go on from here.
    pub next: Vec<String>,
    /// What it takes to make the page again.
    pub footer: Footer,
}

/// An offering's share of the customers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OfferingShare {
    /// Name of the metric, a column of `runs.parquet` after `out_`.
    pub name: String,
    /// The offering's number.
    pub offering: String,
    /// Mean over the runs, per cent of customers, with half its 95 % interval.
    pub percent: Option<Typical>,
}

impl BenchmarkPage {
    /// The page of a finished ensemble.
    ///
    /// # Errors
    /// [`PageError`]
    pub fn of(
        finished: &Finished<'_>,
        scenario: &Scenario,
        identity: &Identity,
    ) -> Result<Self, PageError> {
        let months = scenario.horizon_months;
        let at_the_end = format!("_month_{months:03}");
        let metrics = finished.layout.metrics.iter();
        let metrics = metrics.filter(|metric| metric.name.ends_with(&at_the_end));
        let shares = metrics.map(|metric| share(finished, &metric.name));
        Ok(Self {
            title: scenario.title.clone(),
            option: scenario.option_title().map(str::to_owned),
            start: scenario.start,
            end: scenario
                .start
                .plus_months(i32::try_from(months).unwrap_or(i32::MAX)),
            months,
            shares: shares.collect::<Result<_, PageError>>()?,
            next: Vec::new(),
            footer: Footer {
                runs: finished.runs_ok,
                customers: identity.customers,
                seed: identity.seed,
                digest6: scenario.digest.chars().take(6).collect(),
                model_version: identity.model_version,
                program_version: env!("CARGO_PKG_VERSION").to_owned(),
                seconds: None,
            },
        })
    }

    /// Millions of customer-months simulated in a second; `None` where the page was read.
    #[must_use]
    pub fn million_customer_months_per_second(&self) -> Option<f64> {
        let seconds = self.footer.seconds.filter(|seconds| *seconds > 0.0)?;
        let customers = f64::from(self.footer.runs) * f64::from(self.footer.customers);
        Some(customers * f64::from(self.months) / seconds / 1e6)
    }
}

fn share(finished: &Finished<'_>, name: &str) -> Result<OfferingShare, PageError> {
    let summary = Summary::new(&finished.files().numbers("runs", &format!("out_{name}"))?);
    let summary = summary.map_err(|source| ReportError::NotMeasurable {
        column: name.to_owned(),
        source,
    })?;
    let interval = stated::mean(&summary);
    Ok(OfferingShare {
        name: name.to_owned(),
        offering: name.split('_').nth(2).unwrap_or(name).to_owned(),
        percent: summary.mean.map(|mean| Typical {
            value: Bounded::At(mean),
            error: interval.map(|interval| interval.half_width()),
        }),
    })
}
