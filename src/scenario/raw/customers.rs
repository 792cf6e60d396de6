//! The parameters of customers as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placed::Placed;
use super::shape;
use super::value::{Number, Numbers, Whole};

/// What the customers of one country believe at rest, before any news. `[belief.DE]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Belief {
    /// Belief that data stored at home is out of a foreign government's reach.
    #[schemars(transform = shape::chance)]
    pub location_protects: Number,
    /// Concern with each government, by country, as in `{ US = 0.4, DE = 0.02 }`; 0 where not
    /// named.
    #[serde(default)]
    #[schemars(transform = shape::chance)]
    pub concern: Numbers,
    /// How strongly news of a government's conduct moves concern here, by country; 1 is the
    /// unit, 0 where not named.
    #[serde(default)]
    #[schemars(transform = shape::not_negative)]
    pub distance: Numbers,
}

/// How customers choose provider and region: weights of a nested logit, in units of utility
/// (a difference of 1 makes the odds e to 1). `[choice]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Loss of utility at exposure 1 for a customer who cares as much as the mean one.
    pub exposure_weight: Number,
    /// Utility per unit of log-odds by which trust lies above its level at rest.
    pub trust_weight: Number,
    /// Utility of data at home.
    pub home_weight: Number,
    /// Loss of utility at latency 1 (far).
    pub latency_weight: Number,
    /// Loss of utility per unit of ln price: 3 means that a price 10 % higher costs 0.29.
    pub price_weight: Number,
    /// Scale of the nest of one provider's regions: 1 is the plain logit; the lower, the
    /// closer substitutes its regions are.
    #[schemars(transform = shape::nest)]
    pub nest_scale: Number,
    /// Utility per unit of ln share: how much the large attract. With `peer_weight` below 1 in
    /// every draw, or shares run away.
    #[schemars(transform = shape::not_negative)]
    pub scale_weight: Number,
    /// Utility of a provider that all neighbours have. With `scale_weight` below 1.
    #[schemars(transform = shape::not_negative)]
    pub peer_weight: Number,
    /// Spread between customers of how much exposure counts: standard deviation of its ln.
    #[schemars(transform = shape::not_negative)]
    pub class_log_sd: Number,
    /// Classes of customers in each group, equally likely, 1 to 16. A numerical choice: more
    /// is finer and slower.
    #[schemars(range(min = 1, max = 16))]
    pub classes: Whole,
    /// Cost of moving a base to another region of the same provider, in units of `nest_scale`.
    #[schemars(transform = shape::not_negative)]
    pub region_move_cost: Number,
    /// Cost in utility of a project with a provider that the customer does not use yet.
    #[schemars(transform = shape::not_negative)]
    pub new_provider_cost: Number,
    /// Share of customers whose base moves to another provider in a year at rest; the cost of
    /// switching is solved from it.
    #[schemars(transform = shape::open_chance)]
    pub base_switching_per_year: Number,
    /// Spread between customers of the cost of switching: standard deviation of its ln.
    #[schemars(transform = shape::not_negative)]
    pub switching_cost_log_sd: Number,
    /// Months from the decision to move a base until it has arrived, 0 to 120.
    #[schemars(range(min = 0, max = 120))]
    pub move_months: Whole,
}

/// New workload: how often customers place some of what still stands on their premises.
/// `[projects]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Projects {
    /// Months between a customer's projects, 1 to 600.
    #[schemars(range(min = 1, max = 600))]
    pub interval_months: Whole,
    /// Part of the workload on premises that one project may place.
    #[schemars(transform = shape::chance)]
    pub share_of_on_premises: Number,
    /// Share of projects placed rather than deferred, at rest.
    #[schemars(transform = shape::open_chance)]
    pub take_up: Number,
    /// Pull of deferral, in utility, while the question of reach pends in a high court.
    #[schemars(transform = shape::not_negative)]
    pub pending_penalty: Number,
    /// Elasticity of the workload placed to its unit cost: -1.3 means that a price 10 % lower
    /// places 15 % more.
    #[schemars(transform = shape::not_positive)]
    pub price_elasticity: Number,
}

/// How customers without cloud come to use it (Bass 1969). `[adoption]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// Hazard a year at which one considers it by itself.
    #[schemars(transform = shape::not_negative)]
    pub innovation_per_year: Number,
    /// Hazard a year that is added by the example of others, when all in its country use cloud;
    /// in proportion to the share that does.
    #[schemars(transform = shape::not_negative)]
    pub imitation_per_year: Number,
}

/// When customers look again at where their base stands. `[attention]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attention {
    /// Months of a contract, at the end of which the base is looked at, 1 to 600.
    #[schemars(range(min = 1, max = 600))]
    pub contract_months: Whole,
    /// Hazard a month of looking without a reason.
    #[schemars(transform = shape::not_negative)]
    pub base_hazard: Number,
    /// Hazard a month per unit by which utility fell this month.
    #[schemars(transform = shape::not_negative)]
    pub fall_hazard: Number,
    /// Hazard a month while a region of the customer's own provider at home is new.
    #[schemars(transform = shape::not_negative)]
    pub home_region_hazard: Number,
    /// Months for which such a region is new, 0 to 600.
    #[schemars(range(min = 0, max = 600))]
    pub home_region_months: Whole,
}

/// Trust in providers' conduct: good and bad evidence, forgotten at two paces. Trust at rest is
/// `good_prior` over both priors; evidence counts in the same unit. `[trust]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// Good evidence at rest.
    #[schemars(transform = shape::positive)]
    pub good_prior: Number,
    /// Bad evidence at rest.
    #[schemars(transform = shape::positive)]
    pub bad_prior: Number,
    /// Months after which half of good evidence is forgotten.
    #[schemars(transform = shape::positive)]
    pub good_half_life_months: Number,
    /// Months after which half of bad evidence is forgotten.
    #[schemars(transform = shape::positive)]
    pub bad_half_life_months: Number,
    /// How much bad evidence outweighs good; 1 is alike.
    #[schemars(transform = shape::not_negative)]
    pub bad_weight: Number,
    /// Part of the evidence about one provider that also counts for the others of its parent
    /// country.
    #[schemars(transform = shape::chance)]
    pub spill_over: Number,
    /// Part of later bad evidence that a provider known to have contested is spared.
    #[schemars(transform = shape::chance)]
    pub contest_credit: Number,
    /// Good evidence of a contest.
    #[schemars(transform = shape::not_negative)]
    pub contest: Number,
    /// Good evidence of standing in contempt.
    #[schemars(transform = shape::not_negative)]
    pub defiance: Number,
    /// Bad evidence of giving up or producing.
    #[serde(rename = "yield")]
    #[schemars(transform = shape::not_negative)]
    pub yielding: Number,
    /// Bad evidence of a disclosure that becomes known.
    #[schemars(transform = shape::not_negative)]
    pub disclosure: Number,
    /// Good evidence of a yearly report on demands; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub report: Option<Number>,
    /// How much of all this counts for customers in the provider's own country; 1 is alike.
    #[schemars(transform = shape::not_negative)]
    pub home_factor: Number,
}

/// How concern with governments fades. `[concern]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concern {
    /// Months after which half of what news added to concern is gone.
    #[schemars(transform = shape::positive)]
    pub half_life_months: Number,
}

/// How rulings move what the public takes the law to be. `[perception]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Perception {
    /// Months after which half of what a ruling did to perceived reach is gone.
    #[schemars(transform = shape::positive)]
    pub half_life_months: Number,
    /// The public's reading of an unsettled law: perceived chance of reach, by control
    /// structure.
    #[schemars(transform = shape::open_chance, transform = shape::by_control)]
    pub public_reading: Placed<Numbers>,
    /// How far a ruling moves perceived reach, in log-odds, by level of court; 0 where not
    /// named.
    #[schemars(transform = shape::not_negative, transform = shape::by_level)]
    pub jump: Placed<Numbers>,
    /// Attention of each public (a bloc, or a country outside blocs) to such news; 1 is the
    /// unit.
    #[schemars(transform = shape::not_negative)]
    pub media: Placed<Numbers>,
    /// Part of the belief that location protects that a ruling by control takes, at media 1.
    #[schemars(transform = shape::chance)]
    pub location_erosion: Number,
    /// Part of what was lost that a reversal restores.
    #[schemars(transform = shape::chance)]
    pub location_restored: Number,
    /// How near to home a region elsewhere in the customer's bloc counts; home is 1.
    #[schemars(transform = shape::chance)]
    pub near_in_bloc: Number,
}

/// Which customers watch which: ties drawn at random, more often among like. `[network]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Mean number of customers that one watches.
    #[schemars(transform = shape::degree, transform = shape::plain)]
    pub mean_degree: Number,
    /// Odds of a tie within the same country, relative to another; 1 is indifferent.
    #[schemars(transform = shape::not_negative, transform = shape::plain)]
    pub same_jurisdiction: Number,
    /// Odds of a tie within the same segment, relative to another; 1 is indifferent.
    #[schemars(transform = shape::not_negative, transform = shape::plain)]
    pub same_segment: Number,
}

/// How an answer "less likely to use" comes about when customers are asked. `[survey]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Fall of utility below which nobody mentions it.
    #[schemars(transform = shape::not_negative)]
    pub threshold: Number,
    /// Standard deviation of the answer's error, in utility.
    #[schemars(transform = shape::not_negative)]
    pub noise: Number,
    /// Share that answers at random.
    #[schemars(transform = shape::chance)]
    pub lapse: Number,
}
