//! What `summary.json` holds: the front page of a scenario or of a market benchmark.
//!
//! Stored without the time taken and without commands, so that equal jobs give equal
//! files; whoever shows it adds both.

use serde::{Deserialize, Serialize};

use super::benchmark::BenchmarkPage;
use super::finished::{PageError, page_of};
use super::page::{Change, Footer, Page};
use super::terminal::Terminal;
use crate::ensemble::Finished;
use crate::result::{Identity, Manifest};
use crate::scenario::Scenario;
use crate::scenario::resolved::Model;

/// A front page, told apart by its key `page`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum FrontPage {
    /// Of a scenario with the whole model.
    Scenario(Box<Page>),
    /// Of a market benchmark.
    MarketBenchmark(BenchmarkPage),
}

impl FrontPage {
    /// The front page of a finished ensemble of `scenario`.
    ///
    /// # Errors
    /// [`PageError`]
    pub fn of(
        finished: &Finished<'_>,
        scenario: &Scenario,
        identity: &Identity,
    ) -> Result<Self, PageError> {
        Ok(match &scenario.model {
            Model::Full(_) => Self::Scenario(Box::new(page_of(finished, scenario, identity)?)),
            Model::MarketBenchmark(_) => {
                Self::MarketBenchmark(BenchmarkPage::of(finished, scenario, identity)?)
            }
        })
    }

    /// Adds what is not stored: the seconds taken, if it was simulated now, and commands
    /// that go on from here, among them that which compares the options of `scenario`, as a
    /// command takes it.
    pub fn add(&mut self, seconds: Option<f64>, commands: Vec<String>, scenario: &str) {
        if let Self::Scenario(page) = self
            && page.options > 1
        {
            let options = page.options;
            let command = format!("comity compare {scenario}  ({options} options)");
            page.not_compared = Some(command);
        }
        let (footer, next): (&mut Footer, _) = match self {
            Self::Scenario(page) => (&mut page.footer, &mut page.next),
            Self::MarketBenchmark(page) => (&mut page.footer, &mut page.next),
        };
        footer.seconds = seconds;
        *next = commands;
    }

    /// Says what the headline numbers were before facts were given: those of `before`, the page
    /// of the same job without them.
    pub fn say_what_changed(&mut self, before: &Self) {
        let (Self::Scenario(page), Self::Scenario(before)) = (self, before) else {
            return;
        };
        let numbers = page.three_numbers.iter().filter_map(|given| {
            let mut before = before.three_numbers.iter();
            let before = before.find(|before| before.name == given.name)?.clone();
            let given = given.clone();
            Some(Change { before, given })
        });
        page.changed = numbers.collect();
    }

    /// The page's text.
    #[must_use]
    pub fn render(&self, terminal: &Terminal) -> String {
        match self {
            Self::Scenario(page) => terminal.render(page),
            Self::MarketBenchmark(page) => terminal.render_benchmark(page),
        }
    }
}

/// Commands that go on from a result: four times the runs, which halves the simulation
/// error (it falls with their square root). `reference` is the scenario as a command
/// takes it, with its settings.
#[must_use]
pub fn next_commands(reference: &str, manifest: &Manifest) -> Vec<String> {
    const MOST_RUNS: u32 = 10_000_000;
    let more = manifest.runs().saturating_mul(4);
    if more > MOST_RUNS {
        return Vec::new();
    }
    vec![format!("comity run {reference} -n {more}  (half the ±)")]
}
