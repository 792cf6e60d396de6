//! What a scenario means, after inheritance, overrides and validation: the only form
//! that the model sees. What a user writes is in the module `raw`.
//!
//! Range, default and an example of each field stand with the type that is written, from
//! where the schema takes them; here stands what the model makes of it, with its symbol in
//! `docs/model.md`.
//!
//! A number that a user may write as a distribution is a [`Quantity`]; its value in one
//! run is read from that run's [`InputDraw`]. Field names are those of the TOML file.

mod correlation;
mod court;
mod customers;
mod decision;
mod finance;
mod input;
mod market;
mod metric;
mod named;
mod observation;
mod policy;
mod posterior;
mod report;

pub use correlation::{Correlation, Correlations};
pub use court::{
    CaseSpec, Circuit, CourtSystem, Demands, Doctrine, Exit, Fact, FactKind, Fine, Force,
    ForceKind, Given, Node, NodeKind, Order, Outcome, OutcomeEffect, Subject, Target,
};
pub use customers::{
    Adoption, Attention, Belief, Choice, Concern, Network, Perception, Projects, Survey, Trust,
};
pub use decision::{Actor, Decision, DecisionOption, Lever, MetricId, OptionId};
pub use finance::Finance;
pub use input::{Distribution, Input, InputDraw, InputId, Quantity};
pub use market::{
    Bloc, Build, Group, Investment, Jurisdiction, Market, MarketBenchmark, Offering, Posture,
    Provider, Region, SegmentTraits,
};
pub use metric::{
    Better, CaseStep, Metric, MetricScope, MetricWhen, Observable, Source, SourceKind, StepBy,
    WindowUse,
};
pub use named::{Destination, ExitPlan, Leave, NamedCustomer, Workload};
pub use observation::{Backtest, Bound, Observation, ObservationUse, Panel, PanelId};
pub use policy::{Bar, BroughtBy, Instrument, InstrumentKind, Lobbied, Maker, RevelationProcess};
pub use posterior::{Posterior, PosteriorOrigin};
pub use report::{ActorLabel, Report};

use std::sync::Arc;

use crate::domain::{Control, Date, JurisdictionId, PerControl, PublicId};

/// A scenario ready to be simulated. Invariants hold: every id is in range, every name
/// unique, every distribution sound, every procedure graph ends.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name by which it was asked for.
    pub name: String,
    /// One line.
    pub title: String,
    /// Two paragraphs: what it asks, and what it leaves out.
    pub asks: String,
    /// Name or path of the world against which "by the order" is measured.
    pub baseline: Option<String>,
    /// Name of the option laid over it, one of `options`; none as it was written.
    pub under: Option<String>,
    /// First day simulated.
    pub start: Date,
    /// Day from which beliefs are spun up by dated facts, not after `start`.
    pub spin_up_from: Date,
    /// Months simulated.
    pub horizon_months: u32,
    /// Runs unless the command line says otherwise.
    pub runs: u32,
    /// Customers unless the command line says otherwise.
    pub customers: u32,
    /// Currency of every amount, such as `USD`.
    pub currency: String,
    /// Year in whose prices amounts are given.
    pub price_year: i16,
    /// Discount rate a year.
    pub discount_rate_per_year: Quantity,
    /// Every number written as a distribution, in the order of their paths.
    pub inputs: Vec<Input>,
    /// Which inputs move together.
    pub correlations: Correlations,
    /// What some of them are drawn from together, in place of their distributions.
    pub posterior: Option<Posterior>,
    /// What is simulated.
    pub model: Model,
    /// Observables reported for each run.
    pub metrics: Vec<Metric>,
    /// What is to be decided, by whom and for what.
    pub decision: Option<Decision>,
    /// What could be done, in the order of names.
    pub options: Vec<DecisionOption>,
    /// What a person may move, at most eight, in the order of names.
    pub levers: Vec<Lever>,
    /// What was observed, in the order written.
    pub observations: Vec<Observation>,
    /// Who was asked for some of them, in the order of names.
    pub panels: Vec<Panel>,
    /// How the past is forecast, if the scenario says it.
    pub backtest: Option<Backtest>,
    /// How its page is shown to others.
    pub report: Report,
    /// Where each number comes from: path prefix → source.
    pub sources: Vec<Source>,
    /// Every path of the scenario that holds a number, for the coverage of `sources`.
    pub number_paths: Vec<String>,
    /// The flattened TOML text, overrides applied; parsing it gives this scenario again.
    pub frozen: String,
    /// SHA-256 of `frozen` without `[report]`, which changes no number, in hexadecimal.
    pub digest: String,
}

impl Scenario {
    /// The title of the option laid over it, if one was.
    #[must_use]
    pub fn option_title(&self) -> Option<&str> {
        let under = self.under.as_deref()?;
        let option = self.options.iter().find(|option| option.name == under);
        option.map(|option| option.title.as_str())
    }

    /// The last day simulated.
    #[must_use]
    pub fn end(&self) -> Date {
        let months = i32::try_from(self.horizon_months).unwrap_or(i32::MAX);
        self.start.plus_months(months)
    }

    /// Days from the start to the end of what is simulated.
    #[must_use]
    pub fn horizon_days(&self) -> f64 {
        f64::from(self.end().days_since(self.start))
    }

    /// Of a time to an end that may not come by the horizon, the days which a future without it
    /// counts as having lasted: to leave it out would select those in which it came soon.
    #[must_use]
    pub fn open_until(&self, metric: &Metric) -> Option<f64> {
        let is_to_an_end = matches!(metric.of, Observable::CaseDays | Observable::PolicyDays);
        is_to_an_end.then(|| self.horizon_days())
    }
}

/// What a scenario simulates.
#[derive(Clone, Debug)]
pub enum Model {
    /// Customers, governments, courts and providers.
    Full(Arc<FullModel>),
    /// The stripped market on which engines are compared (`[market_benchmark]`).
    MarketBenchmark(MarketBenchmark),
}

/// The whole model's tables.
#[derive(Clone, Debug)]
pub struct FullModel {
    /// Blocs of countries.
    pub blocs: Vec<Bloc>,
    /// Countries.
    pub jurisdictions: Vec<Jurisdiction>,
    /// One public per bloc with markets, then one per country with a market outside blocs
    /// at `start`: the names of those publics (of the bloc or the country).
    pub publics: Vec<String>,
    /// Providers.
    pub providers: Vec<Provider>,
    /// Regions, open or to be opened.
    pub regions: Vec<Region>,
    /// Offerings: region × custody, in the order of regions.
    pub offerings: Vec<Offering>,
    /// Traits of the five segments, by [`crate::domain::Segment::index`].
    pub segments: Vec<SegmentTraits>,
    /// Markets, one a jurisdiction that has customers.
    pub markets: Vec<Market>,
    /// Customer groups: market × segment with a positive share, in that order.
    pub groups: Vec<Group>,
    /// Beliefs at rest, one a market, in the order of `markets`.
    pub beliefs: Vec<Belief>,
    /// Latency between a customer's jurisdiction and where the data lies, 0 (near) to 1
    /// (far): `latency[customer][host]`.
    pub latency: Vec<Vec<Quantity>>,
    /// How customers choose.
    pub choice: Choice,
    /// How new workload arrives.
    pub projects: Projects,
    /// How customers without cloud come to use it.
    pub adoption: Adoption,
    /// When customers reconsider.
    pub attention: Attention,
    /// How trust moves.
    pub trust: Trust,
    /// How concern moves.
    pub concern: Concern,
    /// How perceived reach moves.
    pub perception: Perception,
    /// Who watches whom.
    pub network: Network,
    /// The survey's measurement model.
    pub survey: Survey,
    /// Doctrines of reach, at most one a jurisdiction.
    pub doctrines: Vec<Doctrine>,
    /// Court systems.
    pub courts: Vec<CourtSystem>,
    /// Cases.
    pub cases: Vec<CaseSpec>,
    /// Streams of demands, one for each asserting jurisdiction × provider named.
    pub demands: Vec<Demands>,
    /// Makers of policy.
    pub makers: Vec<Maker>,
    /// Instruments of policy.
    pub instruments: Vec<Instrument>,
    /// Leaks as a process, at most one for each government.
    pub revelations: Vec<RevelationProcess>,
    /// Outcomes given and dated facts replayed, by date.
    pub forces: Vec<Force>,
    /// What was learned since the start, in the order of names.
    pub facts: Vec<Fact>,
    /// Named customers, beside the market.
    pub customers: Vec<NamedCustomer>,
}

impl FullModel {
    /// An actor, as read in a sentence.
    #[must_use]
    pub fn title_of(&self, actor: Actor) -> &str {
        match actor {
            Actor::Provider(provider) => &self.providers[provider.index()].title,
            Actor::Government(jurisdiction) => &self.jurisdictions[jurisdiction.index()].title,
            Actor::Customer(customer) => &self.customers[customer.index()].title,
        }
    }

    /// The control structure over the data at issue in a case about an order: that of the
    /// provider's first region there, direct where it has none.
    #[must_use]
    pub fn control_at_issue(&self, case: &CaseSpec) -> Option<Control> {
        let order = case.order()?;
        let holds = |region: &&Region| {
            region.provider == order.provider && region.jurisdiction == order.data_in
        };
        let at_issue = self.regions.iter().find(holds);
        Some(at_issue.map_or(Control::Direct, |region| region.control))
    }

    /// The control structures at issue in any case, each once; direct where there is none.
    #[must_use]
    pub fn controls_at_issue(&self) -> Vec<Control> {
        let cases = self.cases.iter();
        let cases = cases.filter_map(|case| self.control_at_issue(case));
        let mut controls: Vec<Control> = cases.collect();
        controls.sort_unstable();
        controls.dedup();
        if controls.is_empty() {
            controls.push(Control::Direct);
        }
        controls
    }

    /// The public to which a jurisdiction's customers belong, if it has customers.
    #[must_use]
    pub fn public_of(&self, jurisdiction: JurisdictionId) -> Option<PublicId> {
        let entry = &self.jurisdictions[jurisdiction.index()];
        let name = entry
            .bloc
            .map_or(&entry.name, |bloc| &self.blocs[bloc.index()].name);
        self.publics
            .iter()
            .position(|public| public == name)
            .map(PublicId::new)
    }
}

/// One quantity for each control structure.
pub type ControlQuantities = PerControl<Quantity>;
