//! Countries, providers, regions and the customers' markets.

use super::{Finance, Quantity};
use crate::domain::{
    BlocId, Control, Date, JurisdictionId, Level, OfferingId, ProviderId, PublicId, RegionId,
    Segment,
};

/// `[bloc.EU]`
#[derive(Clone, Debug)]
pub struct Bloc {
    /// Key in the file.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
}

/// `[jurisdiction.DE]`
#[derive(Clone, Debug)]
pub struct Jurisdiction {
    /// Key in the file.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
    /// `bloc = "EU"`, if it belongs to one.
    pub bloc: Option<BlocId>,
}

/// `[provider.microsoft]`
#[derive(Clone, Debug)]
pub struct Provider {
    /// Key in the file.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
    /// `parent = "US"`: whose law can command it.
    pub parent: JurisdictionId,
    /// `posture = { contest_to = "circuit", defy = true, partial_compliance = true }`
    pub posture: Posture,
    /// `brand_trend_per_year`: drift of its utility (features, ecosystem).
    pub brand_trend_per_year: Quantity,
    /// `price_trend_per_year`: change of ln price a year.
    pub price_trend_per_year: Quantity,
    /// `price_response` φ: change of ln price a quarter per unit of ln(intake over plan).
    pub price_response: Quantity,
    /// `[provider.microsoft.finance]`; its revenue alone is known where it is missing.
    pub finance: Option<Finance>,
    /// `[provider.microsoft.investment]`: how it decides what to build and to close, if it
    /// does.
    pub investment: Option<Investment>,
}

/// How a provider judges sites.
#[derive(Clone, Debug)]
pub struct Investment {
    /// The margin of its `[provider.microsoft.finance]`.
    pub margin: Quantity,
    /// The scenario's `discount_rate_per_year`.
    pub discount_rate_per_year: Quantity,
    /// `hurdle` m*: value over capital from which waiting is worth nothing more.
    pub hurdle: Quantity,
    /// `life_years` of business that it counts on.
    pub life_years: Quantity,
    /// `closing_notice_months`
    pub closing_notice_months: u32,
    /// `most_sites_under_way`: decided and not open yet.
    pub most_sites_under_way: u32,
}

/// What a provider does when ordered to produce data stored abroad.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posture {
    /// `contest_to`: the highest court to which it carries a contest; `"none"` complies.
    pub contest_to: Option<Level>,
    /// `contest_to = "by_value"`: contests to the highest court that there is, but each time
    /// only where it is worth its cost.
    pub by_value: bool,
    /// `defy`: stands in contempt, when held in it, rather than produce.
    pub defy: bool,
    /// `partial_compliance`: hands over non-content data at once.
    pub partial_compliance: bool,
    /// `narrow`: share of demands that it gets narrowed, of those that would not be anyway.
    pub narrow: Quantity,
    /// `transparency`: reports each year; disclosures that are not secret become known.
    pub transparency: bool,
    /// `lobbying_usd_per_year`: spent on a statute or treaty of its own government.
    pub lobbying_usd_per_year: Quantity,
    /// `migration_subsidy` σ: share of the switching cost to it that it pays.
    pub migration_subsidy: Quantity,
}

impl Posture {
    /// Contests as far as a court and does nothing else.
    #[must_use]
    pub const fn contesting_to(level: Option<Level>) -> Self {
        Self {
            contest_to: level,
            by_value: false,
            defy: false,
            partial_compliance: false,
            narrow: Quantity::Known(0.0),
            transparency: false,
            lobbying_usd_per_year: Quantity::Known(0.0),
            migration_subsidy: Quantity::Known(0.0),
        }
    }
}

/// `[region.azure-dublin]`: all data centers of one provider in one jurisdiction under one
/// control structure, which law and customers cannot tell apart.
#[derive(Clone, Debug)]
pub struct Region {
    /// Key in the file.
    pub name: String,
    /// `provider`
    pub provider: ProviderId,
    /// `jurisdiction`: where the data lies.
    pub jurisdiction: JurisdictionId,
    /// `control`
    pub control: Control,
    /// `sites = ["Dublin"]`: the real places, for the reader.
    pub sites: Vec<String>,
    /// `opens`: a date; regions that were open before the scenario give the true date or
    /// omit it.
    pub opens: Option<Date>,
    /// `closes`
    pub closes: Option<Date>,
    /// `feature_lag`: loss of utility against the provider's main regions.
    pub feature_lag: Quantity,
    /// `price_factor`: price against the provider's list price.
    pub price_factor: Quantity,
    /// `capacity_usd_per_year`: workload at start prices from which on it takes nothing new.
    pub capacity_usd_per_year: Option<Quantity>,
    /// `[region.azure-frankfurt.build]`: a candidate, closed until its provider decides.
    pub build: Option<Build>,
    /// `running.fixed_musd_per_year`: of a region that its provider may close.
    pub running_musd_per_year: Option<Quantity>,
}

impl Region {
    /// Whether it is open on a day by the scenario's dates; a candidate never is.
    #[must_use]
    pub fn is_open_by_date(&self, day: Date) -> bool {
        self.build.is_none()
            && self.opens.is_none_or(|opens| opens <= day)
            && self.closes.is_none_or(|closes| day < closes)
    }

    /// Cost a year while open, of a region that its provider may close, million USD.
    #[must_use]
    pub fn fixed_musd_per_year(&self) -> Option<Quantity> {
        let built = self.build.as_ref().map(|build| build.fixed_musd_per_year);
        built.or(self.running_musd_per_year)
    }
}

/// What it takes to build a region.
#[derive(Clone, Debug)]
pub struct Build {
    /// `capex_musd`, spent at the decision.
    pub capex_musd: Quantity,
    /// `fixed_musd_per_year` while open.
    pub fixed_musd_per_year: Quantity,
    /// `lead_months` from decision to opening.
    pub lead_months: Quantity,
    /// `preparation_months` for which it is worth building before it can be decided.
    pub preparation_months: Quantity,
    /// `converts`: the region of the same provider that closes when this one opens.
    pub converts: Option<RegionId>,
}

/// A region under one key custody. `custody = ["provider"]` on the region; `"customer"`
/// adds an offering whose control is [`Control::CustomerKeys`].
#[derive(Clone, Debug)]
pub struct Offering {
    /// The region's name, with `+keys` where the customer holds the keys.
    pub name: String,
    /// Its region.
    pub region: RegionId,
    /// The region's provider.
    pub provider: ProviderId,
    /// Where the data lies.
    pub jurisdiction: JurisdictionId,
    /// Who controls the data.
    pub control: Control,
}

/// `[segment.public_sector]`
#[derive(Clone, Debug)]
pub struct SegmentTraits {
    /// Which.
    pub segment: Segment,
    /// `concern_factor`: multiplies the country's concern with foreign governments.
    pub concern_factor: Quantity,
    /// `home_factor`: multiplies the preference for data at home.
    pub home_factor: Quantity,
    /// `size_log_sd`: sd of the log of customer size (heavy tail).
    pub size_log_sd: Quantity,
    /// `customers_share`: share of a market's simulated customers.
    pub customers_share: f64,
}

/// `[market.DE]`
#[derive(Clone, Debug)]
pub struct Market {
    /// Key in the file, a jurisdiction.
    pub jurisdiction: JurisdictionId,
    /// `spend_musd_per_year`: cloud spend placed at the start, million USD a year.
    pub spend_musd_per_year: Quantity,
    /// `on_premises_ratio`: workload still on premises ÷ workload placed, at the start.
    pub on_premises_ratio: Quantity,
    /// `growth_per_year`: growth of placed workload without any choice (expansion).
    pub growth_per_year: Quantity,
    /// `cloud_users_share`: share of customers that use any cloud at the start.
    pub cloud_users_share: Quantity,
    /// `segment_share = { consumer = 0.1, … }`: share of spend.
    pub segment_share: [f64; 5],
    /// `provider_share = { amazon = 0.5, … }`: share of spend, by provider.
    pub provider_share: Vec<f64>,
    /// `[market.DE.provider_share_by_segment.public_sector]` replaces it for a segment.
    pub provider_share_by_segment: [Option<Vec<f64>>; 5],
    /// `customers_weight`: this market's part of the simulated customers, relative.
    pub customers_weight: f64,
}

/// Jurisdiction × segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// Position in [`super::FullModel::markets`].
    pub market: usize,
    /// The market's jurisdiction.
    pub jurisdiction: JurisdictionId,
    /// Whose news it reads.
    pub public: PublicId,
    /// Which segment.
    pub segment: Segment,
}

/// `[market_benchmark]`: the stripped market on which engines are compared. Starting
/// offerings, fixed utilities and providers of offerings follow the formulas of
/// `docs/model.md`, section "The market benchmark".
#[derive(Clone, Debug, PartialEq)]
pub struct MarketBenchmark {
    /// `groups`: customer i belongs to group i mod groups.
    pub groups: u32,
    /// `providers`: offering o belongs to provider o mod providers.
    pub providers: u32,
    /// `offerings`
    pub offerings: u32,
    /// `reconsider_chance`: a customer's chance of reconsidering in a month.
    pub reconsider_chance: f64,
    /// `trust_prior`: both stocks at rest.
    pub trust_prior: f64,
    /// `trust_half_life_months`
    pub trust_half_life_months: f64,
    /// `bad_weight`: how much bad evidence outweighs good.
    pub bad_weight: f64,
    /// `trust_weight`: utility per unit of the trust's log-odds.
    pub trust_weight: f64,
    /// `peer_weight`: utility at a full share of neighbours.
    pub peer_weight: f64,
    /// `switching_cost_median`, lognormal over customers.
    pub switching_cost_median: f64,
    /// `switching_cost_log_sd`
    pub switching_cost_log_sd: f64,
    /// `neighbour_offsets`: the neighbours of i are i ± each offset, modulo the customers.
    pub neighbour_offsets: Vec<u32>,
}

impl MarketBenchmark {
    /// The provider of an offering.
    #[must_use]
    pub fn provider_of(&self, offering: OfferingId) -> ProviderId {
        ProviderId::new(offering.index() % self.providers as usize)
    }
}
