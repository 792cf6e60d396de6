//! Countries, providers, regions, segments and markets as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::finance::Finance;
use super::placed::Placed;
use super::shape;
use super::value::{Day, Named, Number, Numbers, Text, Whole};
use crate::domain::Control;

/// A bloc of countries whose customers read the same news. `[bloc.EU]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Bloc {
    /// As read in a sentence: "the European Union". The table's name unless given.
    pub title: Option<String>,
}

/// A country. `[jurisdiction.DE]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Jurisdiction {
    /// As read in a sentence: "Germany". The table's name unless given.
    pub title: Option<String>,
    /// The bloc to which it belongs, if to one; `""` takes it out of the one in a file that is
    /// extended.
    pub bloc: Option<Text>,
}

/// A cloud provider. `[provider.microsoft]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Provider {
    /// As read in a sentence: "Microsoft". The table's name unless given.
    pub title: Option<String>,
    /// The country whose law can command it.
    pub parent: Text,
    /// What it does when ordered to produce data stored abroad.
    pub posture: Placed<Posture>,
    /// Yearly gain in utility by features and ecosystem; 0 unless given.
    pub brand_trend_per_year: Option<Number>,
    /// Yearly change of ln price: -0.06 is a fall of 6 %; 0 unless given.
    pub price_trend_per_year: Option<Number>,
    /// How far its prices answer to its intake: change of ln price a quarter per unit by which
    /// the ln of new workload won is above plan, counted to ±0.1; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub price_response: Option<Number>,
    /// Its money, without which it has no profit.
    pub finance: Option<Placed<Finance>>,
    /// How it judges what to build and to close; without it keeps to the dates given.
    pub investment: Option<Investment>,
}

/// How a provider judges what to build and to close: besides this by the margin of its
/// `finance` and the scenario's `discount_rate_per_year`. `[provider.microsoft.investment]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Investment {
    /// Value over capital from which waiting is worth nothing more.
    #[schemars(transform = shape::at_least_one)]
    pub hurdle: Number,
    /// Years of business that it counts on.
    #[schemars(transform = shape::positive)]
    pub life_years: Number,
    /// Months from the decision to close a region to its closing.
    #[schemars(range(min = 0, max = 1200))]
    pub closing_notice_months: Whole,
    /// The most sites that it builds at a time; any number unless given.
    #[schemars(range(min = 1, max = 64))]
    pub most_sites_under_way: Option<Whole>,
}

/// What a provider does when ordered to produce data stored abroad, as in
/// `{ contest_to = "circuit", defy = true }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Posture {
    /// The highest level of court to which it carries a contest; `none` complies at once,
    /// `by_value` contests wherever that is worth its cost to it.
    #[schemars(extend("enum" = shape::contests()))]
    pub contest_to: Text,
    /// Held in contempt, it stands there rather than produce. No unless given.
    #[serde(default)]
    pub defy: bool,
    /// It hands over data other than content at once. No unless given.
    #[serde(default)]
    pub partial_compliance: bool,
    /// Share of demands that it gets narrowed to data at home, of those that would not be
    /// narrowed anyway; 0 unless given.
    #[schemars(transform = shape::chance)]
    pub narrow: Option<Number>,
    /// It reports each year on the demands it meets: customers count that as good evidence, and
    /// each disclosure that is not secret becomes known. No unless given.
    #[serde(default)]
    pub transparency: bool,
    /// What it spends on lobbying its own government for a statute or treaty, in USD a year; 0
    /// unless given.
    #[schemars(transform = shape::not_negative)]
    pub lobbying_usd_per_year: Option<Number>,
    /// Share of the switching cost that it pays to customers who move their base to it; 0
    /// unless given.
    #[schemars(transform = shape::chance)]
    pub migration_subsidy: Option<Number>,
}

/// All data centers of one provider in one country under one control structure, which neither
/// law nor customers can tell apart. `[region.azure-dublin]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Region {
    /// Whose it is.
    pub provider: Text,
    /// The country where the data lies.
    pub jurisdiction: Text,
    /// Who controls the data: the provider itself (`direct`), a company that it controls
    /// (`subsidiary`), an independent local `trustee`, a locally owned `partner` on its
    /// technology, or nobody but the customer (`customer_keys`).
    #[schemars(extend("enum" = Control::ALL.map(Control::name)))]
    pub control: Text,
    /// Who may hold the keys: `["provider"]` unless given; `"customer"` adds an offering of
    /// which the provider holds ciphertext only.
    #[schemars(transform = shape::custody)]
    pub custody: Option<Placed<Vec<Text>>>,
    /// The real places, for the reader.
    #[serde(default)]
    pub sites: Vec<String>,
    /// The day on which it opens; open from the start unless given.
    pub opens: Option<Day>,
    /// The day on which it closes, if it does.
    pub closes: Option<Day>,
    /// Loss of utility against the provider's main region; 0 unless given.
    pub feature_lag: Option<Number>,
    /// Price against the provider's list price; 1 unless given.
    #[schemars(transform = shape::positive)]
    pub price_factor: Option<Number>,
    /// Workload, in USD a year at start prices, from which on it takes neither projects nor
    /// movers until it holds less; what is there stays and grows. No limit unless given.
    #[schemars(transform = shape::positive)]
    pub capacity_usd_per_year: Option<Number>,
    /// What it takes to build it: a candidate, which opens when its provider decides so.
    pub build: Option<Build>,
    /// What a region with dates, or one open from the start, costs to run: its provider may
    /// close it.
    pub running: Option<Running>,
}

/// What it takes to build a region. `[region.azure-frankfurt.build]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Build {
    /// Capital spent at the decision, in million USD.
    #[schemars(transform = shape::positive)]
    pub capex_musd: Number,
    /// Cost while it is open, whatever the load, in million USD a year.
    #[schemars(transform = shape::not_negative)]
    pub fixed_musd_per_year: Number,
    /// Months from the decision to the opening.
    #[schemars(transform = shape::not_negative)]
    pub lead_months: Number,
    /// Months for which it is worth building before it can be decided, while land, power and
    /// permits are prepared; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub preparation_months: Option<Number>,
    /// Another region of the same provider, which closes when this one opens.
    pub converts: Option<Text>,
}

/// What a region costs to run. `[region.azure-dublin.running]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Running {
    /// Cost while it is open, whatever the load, in million USD a year.
    #[schemars(transform = shape::not_negative)]
    pub fixed_musd_per_year: Number,
}

/// Traits of one kind of customers; all five are needed. `[segment.public_sector]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Segment {
    /// What multiplies the country's concern with foreign governments.
    #[schemars(transform = shape::not_negative)]
    pub concern_factor: Number,
    /// What multiplies the wish to have the data at home.
    pub home_factor: Number,
    /// Spread of customer size: standard deviation of ln spend.
    #[schemars(transform = shape::not_negative)]
    pub size_log_sd: Number,
    /// Share of a market's simulated customers; over the segments they sum to one. Spend weighs
    /// them back.
    #[schemars(transform = shape::chance, transform = shape::plain)]
    pub customers_share: Number,
}

/// The customers of one country. `[market.DE]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Market {
    /// Cloud spend at the start, in million USD a year.
    #[schemars(transform = shape::positive)]
    pub spend_musd_per_year: Number,
    /// Workload still on premises over workload placed, at the start.
    #[schemars(transform = shape::not_negative)]
    pub on_premises_ratio: Number,
    /// Growth a year of the workload placed, without any choice: 0.12 is 12 %.
    #[schemars(transform = shape::rate)]
    pub growth_per_year: Number,
    /// Share of customers that use any cloud at the start.
    #[schemars(transform = shape::scale)]
    pub cloud_users_share: Number,
    /// Share of spend by segment; they sum to one, 0 where not named.
    #[schemars(transform = shape::chance, transform = shape::plain, transform = shape::by_segment)]
    pub segment_share: Placed<Numbers>,
    /// Share of spend by provider; they sum to one, each is at least 0.001.
    #[schemars(transform = shape::market_share, transform = shape::plain)]
    pub provider_share: Placed<Numbers>,
    /// Other shares by provider in one segment:
    /// `[market.DE.provider_share_by_segment.public_sector]`.
    #[serde(default)]
    #[schemars(transform = shape::market_shares, transform = shape::by_segment)]
    pub provider_share_by_segment: Named<Numbers>,
    /// This market's part of the simulated customers, relative; 1 unless given. Spend weighs
    /// them back.
    #[schemars(transform = shape::positive, transform = shape::plain)]
    pub customers_weight: Option<Number>,
}

/// The stripped market on which engines are compared; it excludes all other tables but metrics
/// and sources. `[market_benchmark]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarketBenchmark {
    /// Groups of customers, 1 to 256.
    #[schemars(range(min = 1, max = 256))]
    pub groups: Whole,
    /// Providers, 1 to 16.
    #[schemars(range(min = 1, max = 16))]
    pub providers: Whole,
    /// Offerings, 1 to 64.
    #[schemars(range(min = 1, max = 64))]
    pub offerings: Whole,
    /// Chance that a customer reconsiders in a month.
    #[schemars(transform = shape::chance, transform = shape::plain)]
    pub reconsider_chance: Number,
    /// Good and bad evidence at rest.
    #[schemars(transform = shape::positive, transform = shape::plain)]
    pub trust_prior: Number,
    /// Months after which half of all evidence is forgotten.
    #[schemars(transform = shape::positive, transform = shape::plain)]
    pub trust_half_life_months: Number,
    /// How much bad evidence outweighs good.
    #[schemars(transform = shape::not_negative, transform = shape::plain)]
    pub bad_weight: Number,
    /// Utility per unit of the trust's log-odds.
    #[schemars(transform = shape::plain)]
    pub trust_weight: Number,
    /// Utility of a provider that all neighbours have.
    #[schemars(transform = shape::plain)]
    pub peer_weight: Number,
    /// Median cost of switching, in utility; lognormal over customers.
    #[schemars(transform = shape::positive, transform = shape::plain)]
    pub switching_cost_median: Number,
    /// Standard deviation of the ln of that cost.
    #[schemars(transform = shape::not_negative, transform = shape::plain)]
    pub switching_cost_log_sd: Number,
    /// The neighbours of customer i are i ± each offset; at most 15, each 1 to 1,000,000.
    #[schemars(length(max = 15), inner(range(min = 1, max = 1_000_000)))]
    pub neighbour_offsets: Vec<Whole>,
}
