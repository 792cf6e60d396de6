//! Countries, providers, regions, segments and markets as written.

use super::placed::Placed;
use serde::Deserialize;

use super::value::{Day, Named, Number, Numbers, Text, Whole};

/// `[bloc.EU]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bloc {
    pub title: Option<String>,
}

/// `[jurisdiction.DE]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    pub title: Option<String>,
    pub bloc: Option<Text>,
}

/// `[provider.microsoft]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    pub title: Option<String>,
    pub parent: Text,
    pub posture: Placed<Posture>,
    pub brand_trend_per_year: Option<Number>,
    pub price_trend_per_year: Option<Number>,
}

/// `posture = { contest_to = "circuit" }`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posture {
    pub contest_to: Text,
    #[serde(default)]
    pub defy: bool,
    #[serde(default)]
    pub partial_compliance: bool,
}

/// `[region.azure-dublin]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    pub provider: Text,
    pub jurisdiction: Text,
    pub control: Text,
    pub custody: Option<Placed<Vec<Text>>>,
    #[serde(default)]
    pub sites: Vec<String>,
    pub opens: Option<Day>,
    pub closes: Option<Day>,
    pub feature_lag: Option<Number>,
    pub price_factor: Option<Number>,
}

/// `[segment.public_sector]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    pub concern_factor: Number,
    pub home_factor: Number,
    pub size_log_sd: Number,
    pub customers_share: Number,
}

/// `[market.DE]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Market {
    pub spend_musd_per_year: Number,
    pub on_premises_ratio: Number,
    pub growth_per_year: Number,
    pub cloud_users_share: Number,
    pub segment_share: Placed<Numbers>,
    pub provider_share: Placed<Numbers>,
    #[serde(default)]
    pub provider_share_by_segment: Named<Numbers>,
    pub customers_weight: Option<Number>,
}

/// `[market_benchmark]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketBenchmark {
    pub groups: Whole,
    pub providers: Whole,
    pub offerings: Whole,
    pub reconsider_chance: Number,
    pub trust_prior: Number,
    pub trust_half_life_months: Number,
    pub bad_weight: Number,
    pub trust_weight: Number,
    pub peer_weight: Number,
    pub switching_cost_median: Number,
    pub switching_cost_log_sd: Number,
    pub neighbour_offsets: Vec<Whole>,
}
