//! A whole scenario as written.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::value::{Day, Named, Number, Numbers, Text, Whole};
use super::{
    Attention, Belief, Bloc, Case, Choice, Concern, Correlation, Court, Decision, DecisionOption,
    Demands, Doctrine, Force, Jurisdiction, Lever, Market, MarketBenchmark, Metric, NamedCustomer,
    Network, Observation, Perception, Placed, Projects, Provider, Region, Segment, Survey, Trust,
};

/// The fields of a scenario outside tables.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub comity: Whole,
    pub title: String,
    #[serde(default)]
    pub asks: String,
    pub baseline: Option<Text>,
    pub under: Option<Text>,
    pub start: Day,
    pub spin_up_from: Option<Day>,
    pub horizon_months: Whole,
    pub runs: Option<Whole>,
    pub customers: Option<Whole>,
    pub currency: Option<Text>,
    pub price_year: Option<Whole>,
    pub discount_rate_per_year: Option<Number>,
}

/// Everything written.
#[derive(Clone, Debug)]
pub struct Document {
    pub head: Head,
    pub full: Option<Box<Full>>,
    pub market_benchmark: Option<MarketBenchmark>,
    pub metric: Named<Metric>,
    pub correlation: Named<Correlation>,
    pub decision: Option<Decision>,
    pub option: Named<DecisionOption>,
    pub lever: Named<Lever>,
    pub observation: Vec<Placed<Observation>>,
    pub sources: BTreeMap<Text, Text>,
}

/// The tables of the whole model.
#[derive(Clone, Debug)]
pub struct Full {
    pub bloc: Named<Bloc>,
    pub jurisdiction: Named<Jurisdiction>,
    pub provider: Named<Provider>,
    pub region: Named<Region>,
    pub segment: Named<Segment>,
    pub market: Named<Market>,
    pub belief: Named<Belief>,
    pub latency: Named<Numbers>,
    pub choice: Choice,
    pub projects: Projects,
    pub attention: Attention,
    pub trust: Trust,
    pub concern: Concern,
    pub perception: Perception,
    pub network: Network,
    pub survey: Survey,
    pub doctrine: Named<Doctrine>,
    pub court: Named<Court>,
    pub case: Named<Case>,
    pub demands: Named<BTreeMap<Text, Demands>>,
    pub force: Named<Force>,
    pub customer: Named<NamedCustomer>,
}
