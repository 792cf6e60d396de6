//! A whole scenario as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::shape;
use super::value::{Day, Named, Number, Numbers, Text, Whole};
use super::{
    Adoption, Attention, Backtest, Belief, Bloc, Case, Choice, Concern, Correlation, Court,
    Decision, DecisionOption, Demands, Doctrine, Fact, Force, Government, Inputs, Instrument,
    Jurisdiction, Lever, Market, MarketBenchmark, Metric, NamedCustomer, Network, Observation,
    Panel, Perception, Placed, Projects, Provider, Region, Report, Revelations, Segment, Survey,
    Trust,
};

/// The fields of a scenario outside tables.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Version of the format: 1.
    #[schemars(extend("const" = 1))]
    pub comity: Whole,
    /// One line: what the scenario is about.
    pub title: String,
    /// Two paragraphs: what it asks, and what it leaves out.
    #[serde(default)]
    pub asks: String,
    /// Name or file of the world against which "by the order" is measured; `""` is none.
    pub baseline: Option<Text>,
    /// The option that was laid over, which a frozen scenario names; `--option` writes it.
    pub under: Option<Text>,
    /// First day simulated, before 2150, as in `2014-07-31`.
    pub start: Day,
    /// Day from which beliefs are spun up by dated facts, not after `start`; `start` unless
    /// given.
    pub spin_up_from: Option<Day>,
    /// Months simulated, 1 to 600.
    #[schemars(range(min = 1, max = 600))]
    pub horizon_months: Whole,
    /// Futures simulated where `--runs` does not say, 1 to 10,000,000; 1,000 unless given.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub runs: Option<Whole>,
    /// Customers simulated where `--customers` does not say, 1 to 10,000,000; 10,000 unless
    /// given.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub customers: Option<Whole>,
    /// Currency of every amount, three capitals; `USD` unless given.
    #[schemars(extend("pattern" = "^[A-Z]{3}$"))]
    pub currency: Option<Text>,
    /// Year in whose prices amounts are given, 1900 to 2200; that of `start` unless given.
    #[schemars(range(min = 1900, max = 2200))]
    pub price_year: Option<Whole>,
    /// Rate a year by which later amounts count less: 0.08 is 8 %; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub discount_rate_per_year: Option<Number>,
}

/// Everything written.
#[derive(Clone, Debug, JsonSchema)]
pub struct Document {
    #[schemars(flatten)]
    pub head: Head,
    #[schemars(flatten)]
    pub full: Option<Box<Full>>,
    pub market_benchmark: Option<MarketBenchmark>,
    pub metric: Named<Metric>,
    pub inputs: Option<Inputs>,
    pub correlation: Named<Correlation>,
    pub decision: Option<Decision>,
    pub option: Named<DecisionOption>,
    pub lever: Named<Lever>,
    /// What was observed, for backtests: a list of tables. `[[observation]]`
    pub observation: Vec<Placed<Observation>>,
    pub panel: Named<Panel>,
    pub backtest: Option<Backtest>,
    pub report: Option<Report>,
    /// Where numbers come from: a path, or one above several, and what it rests on: evidence
    /// (`"T01-T18: remark"`) or `"assumed: why"`.
    #[schemars(transform = shape::source_notes)]
    pub sources: BTreeMap<Text, Text>,
}

/// The tables of the whole model.
#[derive(Clone, Debug, JsonSchema)]
pub struct Full {
    pub bloc: Named<Bloc>,
    pub jurisdiction: Named<Jurisdiction>,
    pub provider: Named<Provider>,
    pub region: Named<Region>,
    pub segment: Named<Segment>,
    pub market: Named<Market>,
    pub belief: Named<Belief>,
    /// How far the data is from a customer's country on the network, by the country where it
    /// lies, 0 (near) to 1 (far); home is 0 unless given. `[latency.DE]`
    #[schemars(transform = shape::latencies)]
    pub latency: Named<Numbers>,
    pub choice: Choice,
    pub projects: Projects,
    pub adoption: Adoption,
    pub attention: Attention,
    pub trust: Trust,
    pub concern: Concern,
    pub perception: Perception,
    pub network: Network,
    pub survey: Survey,
    pub doctrine: Named<Doctrine>,
    pub court: Named<Court>,
    pub case: Named<Case>,
    /// Demands for content stored abroad, by government and provider. `[demands.US.microsoft]`
    #[schemars(transform = shape::rows)]
    pub demands: Named<BTreeMap<Text, Demands>>,
    pub government: Named<Government>,
    pub instrument: Named<Instrument>,
    pub revelations: Named<Revelations>,
    pub force: Named<Force>,
    pub fact: Named<Fact>,
    pub customer: Named<NamedCustomer>,
}
