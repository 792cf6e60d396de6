//! The results that a page is of, read: what each command stored, and the scenario frozen there.

use serde::de::DeserializeOwned;

use super::HtmlError;
use crate::ensemble::again::Frozen;
use crate::report::comparison::Comparison;
use crate::report::front::{FrontPage, next_commands};
use crate::report::page::Page;
use crate::report::sweep::Sweep;
use crate::report::typed::command_again;
use crate::result::Opened;
use crate::scenario::{Overlay, load_text};

/// Where every command stores its page.
const SUMMARY: &str = "summary.json";

/// A result that a page is to be of.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The result.
    pub result: Opened,
    /// Its scenario as a command takes it.
    pub scenario: String,
    /// Whether `scenario` names files frozen in the result, of a comparison one an option.
    pub is_frozen: bool,
    /// Its folder as a command takes it.
    pub folder: String,
}

/// What a result is.
#[derive(Debug)]
pub enum Kind {
    /// Of `comity run`.
    Run(Box<Page>, Box<Frozen>),
    /// Of `comity compare`.
    Comparison(Box<Comparison>),
    /// Of `comity sweep`.
    Sweep(Box<Sweep>),
}

impl Joined {
    /// Reads what its command stored.
    ///
    /// # Errors
    /// [`HtmlError::Kind`] for other commands, [`HtmlError::Benchmark`], and where a file cannot
    /// be read.
    pub fn read(&self) -> Result<Kind, HtmlError> {
        let identity = &self.result.manifest.identity;
        Ok(match identity.kind.as_str() {
            "run" => {
                let mut front: FrontPage = self.stored()?;
                let sized = format!(
                    "{} --customers {} --seed {}",
                    self.scenario, identity.customers, identity.seed
                );
                let next = next_commands(&sized, &self.result.manifest);
                front.add(None, next, &sized);
                match front {
                    FrontPage::Scenario(page) => {
                        Kind::Run(page, Box::new(Frozen::of(&self.result)?))
                    }
                    FrontPage::MarketBenchmark(_) => {
                        return Err(HtmlError::Benchmark(identity.scenario.clone()));
                    }
                }
            }
            "compare" => Kind::Comparison(Box::new(self.stored()?)),
            "sweep" => Kind::Sweep(Box::new(self.stored()?)),
            kind => {
                return Err(HtmlError::Kind {
                    path: self.result.path.display().to_string(),
                    kind: kind.to_owned(),
                });
            }
        })
    }

    fn stored<T: DeserializeOwned>(&self) -> Result<T, HtmlError> {
        let bytes = self.result.files().bytes(SUMMARY)?;
        serde_json::from_slice(&bytes).map_err(|error| HtmlError::Stored {
            path: self.result.path.join(SUMMARY).display().to_string(),
            version: self.result.manifest.program_version.clone(),
            why: error.to_string(),
        })
    }

    /// The command that makes it again.
    #[must_use]
    pub fn command(&self) -> String {
        let identity = &self.result.manifest.identity;
        let folder = self.result.path.display().to_string();
        command_again(identity, &self.scenario, &folder)
    }

    /// The command that simulates its futures again, and looks along no lever.
    #[must_use]
    pub fn command_of_futures(&self) -> String {
        let mut identity = self.result.manifest.identity.clone();
        identity.arguments.remove("levers");
        let folder = self.result.path.display().to_string();
        command_again(&identity, &self.scenario, &folder)
    }

    /// Whether a comparison is of the decision of this run's scenario, with the same assumptions:
    /// its first option is that scenario under the option, or the run's own.
    #[must_use]
    pub fn is_decision_of(&self, run: &Opened, frozen: &Frozen) -> bool {
        let first = &self.result.manifest.identity.scenario_digest;
        let options = self.result.manifest.identity.arguments.get("options");
        let options = options.map(String::as_str).unwrap_or_default();
        let own = &run.manifest.identity.scenario_digest;
        if options.lines().any(|option| option.ends_with(own.as_str())) {
            return true;
        }
        let decision = frozen.scenario.decision.iter();
        let mut names = decision.flat_map(|decision| &decision.options);
        names.any(|id| {
            let option = Some(frozen.scenario.options[id.0].name.clone());
            let overlay = Overlay {
                option,
                ..Overlay::default()
            };
            let under = load_text(&frozen.scenario.name, &frozen.scenario.frozen, overlay);
            under.is_ok_and(|under| under.digest == *first)
        })
    }
}
