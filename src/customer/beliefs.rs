//! What customers believe, by group: one channel for each kind of news, so that nothing
//! counts twice. Rulings and statutes move perceived reach; leaks, and what a suspension of
//! adequacy finds, move concern; the conduct of providers moves trust.

use std::sync::Arc;

use super::concern::Concern;
use super::exposure::Exposure;
use super::perception::Perception;
use super::trust::{Evidence, Stock, TrustRules};
use crate::chance::{kernel, math};
use crate::domain::{Conduct, Event, EventKind, JurisdictionId, ProviderId, Record};
use crate::scenario::resolved::{FullModel, InputDraw, InstrumentKind, Quantity};

/// The beliefs of all groups in one run.
#[derive(Clone, Debug)]
pub struct Beliefs {
    model: Arc<FullModel>,
    perception: Perception,
    concern: Concern,
    exposure: Exposure,
    rules: TrustRules,
    /// `[group][provider]`
    trust: Vec<Stock>,
    /// `[provider]`: has been seen to contest.
    contested: Vec<bool>,
    /// `[instrument]`: severity of what it finds when it comes into force.
    findings: Vec<f64>,
}

impl Beliefs {
    /// Everything at rest.
    #[must_use]
    pub fn at_rest(model: &Arc<FullModel>, draw: &InputDraw) -> Self {
        let location = model
            .beliefs
            .iter()
            .map(|b| b.location_protects.value(draw))
            .collect();
        // A market's public is that of its groups.
        let public_of_market = |market: usize| {
            let group = model.groups.iter().find(|group| group.market == market);
            group.map(|group| group.public)
        };
        let publics = (0..model.markets.len())
            .filter_map(public_of_market)
            .collect();
        let perception = Perception::at_rest(
            &model.perception,
            draw,
            model.jurisdictions.len(),
            location,
            publics,
        );
        let half_life = model.concern.half_life_months.value(draw);
        let concern = Concern::at_rest(half_life, &model.beliefs, draw);
        let mut exposure = Exposure::new(model, draw);
        exposure.refresh(&concern, &perception);
        let rules = TrustRules::new(&model.trust, draw);
        Self {
            trust: vec![rules.at_rest(); model.groups.len() * model.providers.len()],
            contested: vec![false; model.providers.len()],
            findings: model
                .instruments
                .iter()
                .map(|instrument| match &instrument.kind {
                    InstrumentKind::Suspension { finding, .. } => finding.value(draw),
                    _ => 0.0,
                })
                .collect(),
            perception,
            concern,
            exposure,
            rules,
            model: Arc::clone(model),
        }
    }

    /// Policies now shield the location of each market's data this far; exposures follow.
    pub fn shield(&mut self, shields: &[f64]) {
        if self.perception.shield(shields) {
            self.exposure.refresh(&self.concern, &self.perception);
        }
    }

    /// A month's fading of all news; exposures follow.
    pub fn pass_month(&mut self) {
        self.perception.pass_month();
        self.concern.pass_month();
        let providers = self.contested.len();
        for row in self.trust.chunks_exact_mut(providers) {
            for (stock, &contested) in row.iter_mut().zip(&self.contested) {
                self.rules.forget(stock, contested);
            }
        }
        self.exposure.refresh(&self.concern, &self.perception);
    }

    /// Whether an event is news that moves beliefs.
    #[must_use]
    pub fn is_moved_by(event: &Event, record: &Record) -> bool {
        match event.kind {
            EventKind::Leak { .. }
            | EventKind::PolicyInForce { .. }
            | EventKind::Ruling { .. }
            | EventKind::Conduct { .. } => true,
            EventKind::ReachInLaw { by, .. } => record.reach_settled[by.index()],
            _ => false,
        }
    }

    /// Takes in one event, so many days before the month's end. The record already holds
    /// what the event changed in public.
    pub fn hear(&mut self, event: &Event, days_left: i32, record: &Record) {
        match event.kind {
            EventKind::Leak { by, severity } => {
                self.concern.hear((by, severity), days_left, |_| true);
            }
            EventKind::PolicyInForce { instrument } => {
                let severity = self.findings[instrument.index()];
                if severity == 0.0 {
                    return;
                }
                let model = Arc::clone(&self.model);
                let spec = &model.instruments[instrument.index()];
                let binds = &model.makers[spec.by.index()].members;
                let hears = |market: usize| binds.contains(&model.markets[market].jurisdiction);
                self.concern
                    .hear((spec.against, severity), days_left, hears);
            }
            EventKind::Ruling {
                case,
                level,
                favours,
                ..
            } => {
                let Some(by) = self.model.cases[case.index()].asserting() else {
                    return;
                };
                self.perception.hear_ruling(by, level, favours, days_left);
            }
            EventKind::ReachInLaw {
                by, control, reach, ..
            } if record.reach_settled[by.index()] => {
                self.perception.hear_settlement(by, control, reach);
            }
            EventKind::Conduct { provider, conduct } => {
                return self.hear_conduct(provider, conduct);
            }
            _ => return,
        }
        self.exposure.refresh(&self.concern, &self.perception);
    }

    fn hear_conduct(&mut self, actor: ProviderId, conduct: Conduct) {
        let parent = self.model.providers[actor.index()].parent;
        let providers = self.contested.len();
        for (row, group) in self
            .trust
            .chunks_exact_mut(providers)
            .zip(&self.model.groups)
        {
            let at_home = group.jurisdiction == parent;
            for (p, stock) in row.iter_mut().enumerate() {
                let same_parent = self.model.providers[p].parent == parent;
                let reach = if p == actor.index() {
                    1.0
                } else if same_parent {
                    self.rules.spill_over
                } else {
                    continue;
                };
                let evidence = self.rules.evidence(conduct, self.contested[p]);
                let heard = if at_home {
                    reach * self.rules.home_factor
                } else {
                    reach
                };
                match evidence {
                    Evidence::Good(r) => stock.good += r * heard,
                    Evidence::Bad(s) => stock.bad += s * heard,
                }
            }
        }
        if matches!(conduct, Conduct::Contest | Conduct::Defiance) {
            self.contested[actor.index()] = true;
        }
    }

    /// A group's trust in a provider.
    #[must_use]
    pub fn trust(&self, group: usize, provider: usize) -> &Stock {
        &self.trust[group * self.contested.len() + provider]
    }

    /// Writes the deviations of a group's trust from rest, logit τ − logit τ°, by provider.
    pub fn deviations(&self, group: usize, out: &mut [f64]) {
        let providers = self.contested.len();
        let row = &self.trust[group * providers..(group + 1) * providers];
        let mut odds = [1.0; 16];
        for (odds, stock) in odds.iter_mut().zip(row) {
            *odds = stock.odds_ratio();
        }
        kernel::ln_into(&odds[..providers], out);
    }

    /// A group's concern with a government, 0 to 1.
    #[must_use]
    pub fn concern(&self, group: usize, with: JurisdictionId) -> f64 {
        let market = self.model.groups[group].market;
        let factor = self.exposure.concern_factor(group);
        self.concern.with(market, with.index(), factor)
    }

    /// A group's exposures, by offering.
    #[must_use]
    pub fn exposures(&self, group: usize) -> &[f64] {
        self.exposure.of(group)
    }

    /// A group's exposure on its own premises.
    #[must_use]
    pub fn exposure_on_premises(&self, group: usize) -> f64 {
        self.exposure.on_premises(group, &self.concern)
    }

    /// What is perceived of reach and location.
    #[must_use]
    pub fn perception(&self) -> &Perception {
        &self.perception
    }
}

/// Class loadings ω: midpoints of equal slices of a lognormal distribution, scaled to mean
/// one (latent-class logit: Kamakura & Russell 1989).
#[must_use]
pub fn class_loadings(classes: usize, log_sd: Quantity, draw: &InputDraw) -> Vec<f64> {
    let log_sd = log_sd.value(draw);
    let raw: Vec<f64> = (0..classes)
        .map(|k| math::exp(log_sd * math::normal_quantile((k as f64 + 0.5) / classes as f64)))
        .collect();
    let mean = raw.iter().sum::<f64>() / classes as f64;
    raw.iter().map(|w| w / mean).collect()
}

#[cfg(test)]
mod tests;
