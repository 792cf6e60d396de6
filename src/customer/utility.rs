//! Utilities of offerings and providers, and the month's tables made from them.
//!
//! `V_o = −β_lat·latency − β_price·ln price + β_home·[at home] − lag_o − ω·β_exp·E[h, o]` and
//! `U_p = δ_p + IV_p + ω·β_trust·(logit τ − logit τ°) + g_p·t + β_scale·ln max(share_p, 0.001)
//! − [pends]·β_pend·4R̂(1 − R̂)`; neighbours and switching costs differ by customer and come
//! in when it chooses. A constant common to all providers cancels among them but not
//! against the outside option, so trust enters as its deviation from rest.

use std::sync::Arc;

use super::beliefs::Beliefs;
use super::choice::{ChoiceTables, Nests};
use super::policy::PolicyEffects;
use crate::chance::math;
use crate::domain::{Control, Record};
use crate::scenario::resolved::{FullModel, InputDraw};

/// Smallest share that enters the scale effect.
const SMALLEST_SHARE: f64 = 0.001;

/// Weights and fixed parts of utility in one run.
#[derive(Clone, Debug)]
pub struct Utility {
    model: Arc<FullModel>,
    /// μ
    pub nest_scale: f64,
    exposure_weight: f64,
    /// β_trust
    pub trust_weight: f64,
    /// β_price
    pub price_weight: f64,
    scale_weight: f64,
    /// β_peer
    pub peer_weight: f64,
    pending_penalty: f64,
    /// ω, `[class]`
    pub loadings: Vec<f64>,
    /// V_o without news, at start prices: `[group][offering]`.
    fixed: Vec<f64>,
    /// g_p a month: `[provider]`.
    trend_a_month: Vec<f64>,
    /// δ: `[group][provider]`; −∞ for a provider that the group never uses.
    brand: Vec<f64>,
}

impl Utility {
    /// The parameters of a run; brands are zero until solved.
    #[must_use]
    pub fn new(model: &Arc<FullModel>, draw: &InputDraw) -> Self {
        let choice = &model.choice;
        let classes = choice.classes as usize;
        Self {
            nest_scale: choice.nest_scale.value(draw),
            exposure_weight: choice.exposure_weight.value(draw),
            trust_weight: choice.trust_weight.value(draw),
            price_weight: choice.price_weight.value(draw),
            scale_weight: choice.scale_weight.value(draw),
            peer_weight: choice.peer_weight.value(draw),
            pending_penalty: model.projects.pending_penalty.value(draw),
            loadings: super::beliefs::class_loadings(classes, choice.class_log_sd, draw),
            fixed: fixed_utilities(model, draw),
            trend_a_month: model
                .providers
                .iter()
                .map(|p| p.brand_trend_per_year.value(draw) / 12.0)
                .collect(),
            brand: vec![0.0; model.groups.len() * model.providers.len()],
            model: Arc::clone(model),
        }
    }

    /// Sets a group's brands δ.
    pub fn set_brands(&mut self, group: usize, brands: &[f64]) {
        let providers = brands.len();
        self.brand[group * providers..(group + 1) * providers].copy_from_slice(brands);
    }

    /// Writes the utilities of a month into the tables, for [`ChoiceTables::exponentiate`].
    ///
    /// `share(market, provider)` is last month's share of spend; `month` counts from 0.
    pub fn fill(
        &self,
        tables: &mut ChoiceTables,
        nests: &Nests,
        (beliefs, policy): (&Beliefs, &PolicyEffects),
        record: &Record,
        month: u32,
        share: impl Fn(usize, usize) -> f64,
    ) {
        let (offerings, providers) = (nests.offerings(), nests.providers());
        let classes = self.loadings.len();
        let mut priced = [0.0; 64];
        let mut common = [0.0; 16];
        let mut deviation = [0.0; 16];
        let mut price = [0.0; 16];
        let mut scale = [0.0; 16];
        for (out, index) in price.iter_mut().zip(&record.price_index) {
            *out = self.price_weight * math::ln(*index);
        }
        let mut market_before = None;
        for (group, spec) in self.model.groups.iter().enumerate() {
            // Groups of a market stand together and share its scale effect.
            if market_before != Some(spec.market) {
                market_before = Some(spec.market);
                for (p, out) in scale[..providers].iter_mut().enumerate() {
                    *out = self.scale_weight * math::ln(share(spec.market, p).max(SMALLEST_SHARE));
                }
            }
            let fixed = &self.fixed[group * offerings..(group + 1) * offerings];
            for (o, value) in priced[..offerings].iter_mut().enumerate() {
                let p = usize::from(nests.provider_of(o as u8));
                *value = if record.takes_new(o) {
                    (fixed[o] - price[p]) / self.nest_scale
                } else {
                    f64::NEG_INFINITY
                };
            }
            if let Some((barred, wedge)) = policy.of_group(group) {
                for (o, value) in priced[..offerings].iter_mut().enumerate() {
                    *value -= self.price_weight * wedge[o] / self.nest_scale;
                    if barred[o] {
                        *value = f64::NEG_INFINITY;
                    }
                }
            }
            common[..providers].copy_from_slice(&scale[..providers]);
            self.add_common_part(group, beliefs, record, month, &mut common[..providers]);
            beliefs.deviations(group, &mut deviation[..providers]);
            for deviation in &mut deviation[..providers] {
                *deviation *= self.trust_weight;
            }
            let exposures = beliefs.exposures(group);
            for (class, &loading) in self.loadings.iter().enumerate() {
                let cell = group * classes + class;
                let fear = loading * self.exposure_weight / self.nest_scale;
                let row = &mut tables.attraction[cell * offerings..(cell + 1) * offerings];
                for ((out, v), e) in row.iter_mut().zip(&priced).zip(exposures) {
                    *out = v - fear * e;
                }
                let row = &mut tables.weight[cell * providers..(cell + 1) * providers];
                for ((out, u), d) in row.iter_mut().zip(&common).zip(&deviation) {
                    *out = u + loading * d;
                }
            }
        }
    }

    /// `V_o/μ` of an offering for a class, at this ln price of its provider (wedges
    /// included) and exposure.
    #[must_use]
    pub fn log_attraction(
        &self,
        (group, class): (usize, usize),
        offering: usize,
        ln_price: f64,
        exposure: f64,
    ) -> f64 {
        let fixed = self.fixed[group * self.model.offerings.len() + offering];
        let fear = self.loadings[class] * self.exposure_weight * exposure;
        (fixed - self.price_weight * ln_price - fear) / self.nest_scale
    }

    /// Adds brand, trend and the pending question to what is there of U_p.
    fn add_common_part(
        &self,
        group: usize,
        beliefs: &Beliefs,
        record: &Record,
        month: u32,
        out: &mut [f64],
    ) {
        let spec = self.model.groups[group];
        let providers = out.len();
        for (p, out) in out.iter_mut().enumerate() {
            let parent = self.model.providers[p].parent;
            *out += self.brand[group * providers + p] + self.trend_a_month[p] * f64::from(month);
            if record.reach_pends[parent.index()] && parent != spec.jurisdiction {
                let reach =
                    beliefs.perception().reach(spec.public, parent)[Control::Direct.index()];
                *out -= self.pending_penalty * 4.0 * reach * (1.0 - reach);
            }
        }
    }

    /// How bad a provider's standing is with a group: `β_exp·Ē − β_trust·(logit τ −
    /// logit τ°)` for a customer of mean class, Ē weighted by where the group's workload
    /// with that provider lies. Its rises are the falls that draw attention.
    #[must_use]
    pub fn grievance(
        &self,
        beliefs: &Beliefs,
        nests: &Nests,
        group: usize,
        provider: usize,
        loads: &[f64],
    ) -> f64 {
        let exposures = beliefs.exposures(group);
        let (mut sum, mut weight) = (0.0, 0.0);
        for &offering in nests.members(provider) {
            let load = loads[usize::from(offering)];
            sum += load * exposures[usize::from(offering)];
            weight += load;
        }
        let mean = if weight > 0.0 { sum / weight } else { 0.0 };
        self.exposure_weight * mean - self.trust_weight * beliefs.trust(group, provider).deviation()
    }
}

fn fixed_utilities(model: &FullModel, draw: &InputDraw) -> Vec<f64> {
    let choice = &model.choice;
    let latency_weight = choice.latency_weight.value(draw);
    let home_weight = choice.home_weight.value(draw);
    let price_weight = choice.price_weight.value(draw);
    let mut fixed = Vec::with_capacity(model.groups.len() * model.offerings.len());
    for group in &model.groups {
        let home_factor = model.segments[group.segment.index()]
            .home_factor
            .value(draw);
        for offering in &model.offerings {
            let region = &model.regions[offering.region.index()];
            let latency = model.latency[group.jurisdiction.index()][offering.jurisdiction.index()]
                .value(draw);
            let at_home = offering.jurisdiction == group.jurisdiction;
            let home = if at_home {
                home_weight * home_factor
            } else {
                0.0
            };
            let price = price_weight * math::ln(region.price_factor.value(draw));
            fixed.push(home - latency_weight * latency - price - region.feature_lag.value(draw));
        }
    }
    fixed
}
