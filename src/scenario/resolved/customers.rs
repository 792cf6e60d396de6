//! How customers perceive, trust, choose and act: the parameters of the room `customer`.

use super::{ControlQuantities, Quantity};
use crate::domain::JurisdictionId;

/// `[belief.DE]`: what the customers of one country believe at rest.
#[derive(Clone, Debug)]
pub struct Belief {
    /// Key in the file.
    pub jurisdiction: JurisdictionId,
    /// `location_protects`: ψ, the belief that data stored at home is out of reach.
    pub location_protects: Quantity,
    /// `concern = { US = 0.1, DE = 0.02 }`: concern c0 with each government at rest, by
    /// jurisdiction.
    pub concern: Vec<Quantity>,
    /// `distance = { US = 1.0 }`: how strongly news of a government's conduct moves concern
    /// here.
    pub distance: Vec<Quantity>,
}

/// `[choice]`
#[derive(Clone, Debug)]
pub struct Choice {
    /// `exposure_weight` β_exp: loss of utility at exposure 1 for a customer of mean class.
    pub exposure_weight: Quantity,
    /// `trust_weight` β_trust: utility per unit of deviation of the trust's log-odds.
    pub trust_weight: Quantity,
    /// `home_weight` β_home: utility of data at home.
    pub home_weight: Quantity,
    /// `latency_weight` β_lat: loss at latency 1.
    pub latency_weight: Quantity,
    /// `price_weight` β_price: loss per unit of ln price.
    pub price_weight: Quantity,
    /// `nest_scale` μ: 1 is the plain logit.
    pub nest_scale: Quantity,
    /// `scale_weight` β_scale: utility per unit of ln share.
    pub scale_weight: Quantity,
    /// `peer_weight` β_peer: utility at a full share of neighbours.
    pub peer_weight: Quantity,
    /// `class_log_sd` σ_ω: sd of the log of the class loading ω (mean 1).
    pub class_log_sd: Quantity,
    /// `classes` K: equal-probability classes within a group.
    pub classes: u32,
    /// `region_move_cost` s_reg, in units of μ.
    pub region_move_cost: Quantity,
    /// `new_provider_cost` s_new: of a project with a provider not used yet.
    pub new_provider_cost: Quantity,
    /// `base_switching_per_year`: share of customers whose primary moves to another
    /// provider in a year at rest; the median of s is solved for it.
    pub base_switching_per_year: Quantity,
    /// `switching_cost_log_sd`: sd of ln s over customers.
    pub switching_cost_log_sd: Quantity,
    /// `move_months`: from decision to arrival of a moved base.
    pub move_months: u32,
}

/// `[projects]`: new workload.
#[derive(Clone, Debug)]
pub struct Projects {
    /// `interval_months`: between a customer's projects.
    pub interval_months: u32,
    /// `share_of_on_premises`: part of the stock on premises that a project may place.
    pub share_of_on_premises: Quantity,
    /// `take_up`: share of projects placed (not deferred) at rest.
    pub take_up: Quantity,
    /// `pending_penalty` β_pend: pull of deferral while the question pends in a high court.
    pub pending_penalty: Quantity,
    /// `price_elasticity` of expansion to the unit cost (negative).
    pub price_elasticity: Quantity,
}

/// `[adoption]`: how customers without cloud come to use it (Bass 1969).
#[derive(Clone, Debug)]
pub struct Adoption {
    /// `innovation_per_year` p: hazard of considering it by itself.
    pub innovation_per_year: Quantity,
    /// `imitation_per_year` q: hazard added when all of the country's customers use cloud.
    pub imitation_per_year: Quantity,
}

/// `[attention]`: when the installed base is reconsidered.
#[derive(Clone, Debug)]
pub struct Attention {
    /// `contract_months`: the base is reconsidered when a contract ends.
    pub contract_months: u32,
    /// `base_hazard` ζ0 a month.
    pub base_hazard: Quantity,
    /// `fall_hazard` ζ1 a month per unit fall of utility this month.
    pub fall_hazard: Quantity,
    /// `home_region_hazard` ζ3 a month while the own provider's home region is new.
    pub home_region_hazard: Quantity,
    /// `home_region_months`: how long it is new.
    pub home_region_months: u32,
}

/// `[trust]`: a Beta reputation with forgetting (Jøsang & Ismail 2002).
#[derive(Clone, Debug)]
pub struct Trust {
    /// `good_prior` α0.
    pub good_prior: Quantity,
    /// `bad_prior` β0.
    pub bad_prior: Quantity,
    /// `good_half_life_months`
    pub good_half_life_months: Quantity,
    /// `bad_half_life_months`
    pub bad_half_life_months: Quantity,
    /// `bad_weight` κ: how much bad evidence outweighs good (Slovic 1993).
    pub bad_weight: Quantity,
    /// `spill_over`: part of the evidence that reaches providers of the same parent country.
    pub spill_over: Quantity,
    /// `contest_credit`: after a contest, bad evidence is scaled by 1 − credit.
    pub contest_credit: Quantity,
    /// `contest` r: good evidence of a contest.
    pub contest: Quantity,
    /// `defiance` r: good evidence of standing in contempt.
    pub defiance: Quantity,
    /// `yield` s: bad evidence of giving up or producing.
    pub yielding: Quantity,
    /// `disclosure` s: bad evidence of a disclosure that becomes known.
    pub disclosure: Quantity,
    /// `report` r: good evidence of a year's report by a transparent provider.
    pub report: Quantity,
    /// `home_factor`: how much of all this counts for customers of the provider's own
    /// country.
    pub home_factor: Quantity,
}

/// `[concern]`
#[derive(Clone, Debug)]
pub struct Concern {
    /// `half_life_months`
    pub half_life_months: Quantity,
}

/// `[perception]`: perceived reach, in log-odds, by public.
#[derive(Clone, Debug)]
pub struct Perception {
    /// `half_life_months` H_R
    pub half_life_months: Quantity,
    /// `public_reading = { direct = 0.35, … }`: the public's reading of an unsettled law.
    pub public_reading: ControlQuantities,
    /// `jump = { magistrate = 0.3, … }` ν: of a ruling on control, in log-odds, by level
    /// (statutes settle and do not jump).
    pub jump: [Quantity; 5],
    /// `media = { EU = 1, US = 0.5 }`: attention of each public to such news, by public.
    pub media: Vec<Quantity>,
    /// `location_erosion` e: part of ψ lost by a control-based ruling at media 1.
    pub location_erosion: Quantity,
    /// `location_restored`: part of what was lost that a reversal restores.
    pub location_restored: Quantity,
    /// `near_in_bloc`: how near a region in the customer's bloc is (home 1, else 0).
    pub near_in_bloc: Quantity,
}

/// `[network]`: a stochastic block model over (jurisdiction, segment).
#[derive(Clone, Debug)]
pub struct Network {
    /// `mean_degree`
    pub mean_degree: f64,
    /// `same_jurisdiction`: relative odds of a tie within the jurisdiction (1 = indifferent).
    pub same_jurisdiction: f64,
    /// `same_segment`: likewise within the segment.
    pub same_segment: f64,
}

/// `[survey]`: how an answer "less likely to use" comes about.
#[derive(Clone, Debug)]
pub struct Survey {
    /// `threshold`: fall of utility below which nobody mentions it.
    pub threshold: Quantity,
    /// `noise`: sd of the answer's error, in utility.
    pub noise: Quantity,
    /// `lapse`: share that answers at random.
    pub lapse: Quantity,
}
