//! The parameters of customers as written.

use super::placed::Placed;
use serde::Deserialize;

use super::value::{Number, Numbers, Whole};

/// `[belief.DE]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belief {
    pub location_protects: Number,
    #[serde(default)]
    pub concern: Numbers,
    #[serde(default)]
    pub distance: Numbers,
}

/// `[choice]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub exposure_weight: Number,
    pub trust_weight: Number,
    pub home_weight: Number,
    pub latency_weight: Number,
    pub price_weight: Number,
    pub nest_scale: Number,
    pub scale_weight: Number,
    pub peer_weight: Number,
    pub class_log_sd: Number,
    pub classes: Whole,
    pub region_move_cost: Number,
    pub new_provider_cost: Number,
    pub base_switching_per_year: Number,
    pub switching_cost_log_sd: Number,
    pub move_months: Whole,
}

/// `[projects]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Projects {
    pub interval_months: Whole,
    pub share_of_on_premises: Number,
    pub take_up: Number,
    pub pending_penalty: Number,
    pub price_elasticity: Number,
}

/// `[attention]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attention {
    pub contract_months: Whole,
    pub base_hazard: Number,
    pub fall_hazard: Number,
    pub home_region_hazard: Number,
    pub home_region_months: Whole,
}

/// `[trust]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    pub good_prior: Number,
    pub bad_prior: Number,
    pub good_half_life_months: Number,
    pub bad_half_life_months: Number,
    pub bad_weight: Number,
    pub spill_over: Number,
    pub contest_credit: Number,
    pub contest: Number,
    pub defiance: Number,
    #[serde(rename = "yield")]
    pub yielding: Number,
    pub disclosure: Number,
    pub home_factor: Number,
}

/// `[concern]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concern {
    pub half_life_months: Number,
}

/// `[perception]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Perception {
    pub half_life_months: Number,
    pub public_reading: Placed<Numbers>,
    pub jump: Placed<Numbers>,
    pub media: Placed<Numbers>,
    pub location_erosion: Number,
    pub location_restored: Number,
    pub near_in_bloc: Number,
}

/// `[network]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    pub mean_degree: Number,
    pub same_jurisdiction: Number,
    pub same_segment: Number,
}

/// `[survey]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    pub threshold: Number,
    pub noise: Number,
    pub lapse: Number,
}
