//! What figures are made from: a result of `comity run`, its frozen scenario, its case.

use super::ink::Ink;
use super::studies::SUMMARY;
use super::{FigureError, claim};
use crate::domain::Date;
use crate::ensemble::again::Frozen;
use crate::report::digits::count;
use crate::report::finished::{case_columns, not_in_the_model};
use crate::report::front::FrontPage;
use crate::report::input::{CaseColumns, ScenarioFacts};
use crate::report::page::Page;
use crate::result::Opened;
use crate::scenario::Scenario;
use crate::scenario::resolved::{CaseSpec, FullModel, Market, Model, Quantity};

/// A result, opened for figures.
pub(super) struct Source<'r> {
    pub result: &'r Opened,
    pub scenario: Scenario,
    pub facts: ScenarioFacts,
    /// Whether the runs are paired with a baseline.
    pub paired: bool,
}

impl<'r> Source<'r> {
    pub fn of(result: &'r Opened) -> Result<Self, FigureError> {
        if result.manifest.runs_ok == 0 {
            return Err(FigureError::Empty(result.path.display().to_string()));
        }
        let Frozen { scenario, baseline } = Frozen::of(result)?;
        let facts = ScenarioFacts::new(&scenario, None, not_in_the_model(&scenario.model));
        Ok(Self {
            result,
            scenario,
            facts,
            paired: baseline.is_some(),
        })
    }

    /// The model, where it is the whole one.
    pub fn model(&self) -> Option<&FullModel> {
        match &self.scenario.model {
            Model::Full(model) => Some(model),
            Model::MarketBenchmark(_) => None,
        }
    }

    /// The front page, as it is stored.
    pub fn page(&self) -> Result<Page, FigureError> {
        let stored = super::stored(self.result, SUMMARY)?;
        match stored {
            FrontPage::Scenario(page) => Ok(*page),
            FrontPage::MarketBenchmark(_) => {
                Err(FigureError::Benchmark(self.scenario.name.clone()))
            }
        }
    }

    /// Where a provider stands in the scenario; after all where it is none.
    pub fn place_of_provider(&self, name: &str) -> usize {
        let providers = self.model().map_or(&[][..], |model| &model.providers);
        let place = providers.iter().position(|known| known.name == name);
        place.unwrap_or(providers.len())
    }

    /// A provider's ink and title.
    pub fn provider(&self, name: &str) -> (Ink, String) {
        let place = self.place_of_provider(name);
        let known = self.model().and_then(|model| model.providers.get(place));
        let title = known.map_or(name, |known| &known.title).to_owned();
        (Ink::of_actor(place), title)
    }

    /// Where a country stands in the scenario: the largest market first, those without one
    /// after them; after all where it is a bloc.
    pub fn place_of_country(&self, name: &str) -> usize {
        let Some(model) = self.model() else { return 0 };
        let typical = |market: &Market| match market.spend_musd_per_year {
            Quantity::Known(value) => value,
            Quantity::Uncertain(id) => self.scenario.inputs[id.0].distribution.mean(),
        };
        let mut countries: Vec<(f64, &str)> = Vec::new();
        for (at, country) in model.jurisdictions.iter().enumerate() {
            let own = model
                .markets
                .iter()
                .find(|market| market.jurisdiction.index() == at);
            countries.push((own.map_or(0.0, typical), &country.name));
        }
        countries.sort_by(|a, b| b.0.total_cmp(&a.0));
        let place = countries.iter().position(|(_, known)| *known == name);
        place.unwrap_or(countries.len())
    }

    /// A country's title; of a bloc its name.
    pub fn country(&self, name: &str) -> String {
        let countries = self.model().map_or(&[][..], |model| &model.jurisdictions);
        let known = countries.iter().find(|known| known.name == name);
        known.map_or(name, |known| &known.title).to_owned()
    }

    /// The first case, and how it ends in each run.
    pub fn case(&self, figure: &'static str) -> Result<(&CaseSpec, CaseColumns), FigureError> {
        let case = self.model().and_then(|model| model.cases.first());
        let case = case.ok_or_else(|| FigureError::Not {
            figure,
            why: format!("there is no case in `{}`", self.scenario.name),
        })?;
        let start = self.scenario.start;
        let columns = case_columns(self.result.files(), self.paired, &case.name, start)?;
        Ok((case, columns))
    }

    /// The last days of the months simulated, from the first day on.
    pub fn month_ends(&self) -> Vec<Date> {
        let (start, end) = (self.facts.start, self.facts.end);
        let months = (1..).map(|months| start.plus_months(months));
        let mut dates = vec![start];
        dates.extend(months.take_while(|date| *date < end));
        dates.push(end);
        dates
    }

    /// A title: what is claimed of a subject, as far as there are futures enough to claim it.
    pub fn title(&self, subject: &str, claim: &str) -> String {
        claim::title(self.result.manifest.runs_ok, subject, claim)
    }

    /// What it takes to make it again.
    pub fn footer(&self) -> String {
        let identity = &self.result.manifest.identity;
        let under = self.facts.option.as_ref();
        let under = under.map_or(String::new(), |option| format!(" · under: {option}"));
        format!(
            "{}{under} · {} futures of {} customers · seed {} · digest {} · model {} · comity {}",
            self.scenario.name,
            count(self.result.manifest.runs()),
            count(identity.customers),
            identity.seed,
            &self.facts.digest.get(..6).unwrap_or_default(),
            identity.model_version,
            self.result.manifest.program_version,
        )
    }

    /// The end of every caption: how it was made.
    pub fn made(&self) -> String {
        format!(
            "{} to {}. Made by: {}.",
            self.facts.start.in_words(),
            self.facts.end.in_words(),
            self.footer()
        )
    }
}
