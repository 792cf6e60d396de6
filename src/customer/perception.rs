//! Perceived reach: how far the customers of each public believe that a foreign government
//! can reach, and how far they believe that location protects.
//!
//! In log-odds, `ℓ ← ℓ_D + (ℓ − ℓ_D)·2^(−Δt/H_R) + ν_level·direction·media` around the
//! public's reading of the law, not the lawyer's: a district ruling moves little of the
//! law and much of the perception. A statute or the highest court settles both.

use crate::chance::math;
use crate::domain::{Control, JurisdictionId, Level, Party, PerControl, PublicId};
use crate::scenario::resolved::{InputDraw, Perception as Spec};

/// Reach in law closer to 0 or 1 than this is read as this by the public.
const FIRMEST_READING: f64 = 0.02;

/// Perceived reach of every government in the eyes of every public.
#[derive(Clone, Debug)]
pub struct Perception {
    jurisdictions: usize,
    kept_a_month: f64,
    half_life_months: f64,
    reading: PerControl<f64>,
    jump: [f64; 5],
    media: Vec<f64>,
    erosion: f64,
    restored: f64,
    /// ℓ and its anchor ℓ_D: `[public][jurisdiction]`.
    log_odds: Vec<PerControl<f64>>,
    anchor: Vec<PerControl<f64>>,
    /// R̂ = logistic ℓ, kept beside ℓ.
    reach: Vec<PerControl<f64>>,
    /// ψ now and at rest: `[market]`.
    location: Vec<f64>,
    location_at_rest: Vec<f64>,
    /// How far policies close the distance from ψ to certainty: `[market]`.
    shields: Vec<f64>,
    market_public: Vec<PublicId>,
}

impl Perception {
    /// Everything at rest, for one run.
    #[must_use]
    pub fn at_rest(
        spec: &Spec,
        draw: &InputDraw,
        jurisdictions: usize,
        location_at_rest: Vec<f64>,
        market_public: Vec<PublicId>,
    ) -> Self {
        let half_life_months = spec.half_life_months.value(draw);
        let reading = spec.public_reading.map(|reach| read(reach.value(draw)));
        let media: Vec<f64> = spec.media.iter().map(|m| m.value(draw)).collect();
        let states = media.len() * jurisdictions;
        let mut perception = Self {
            jurisdictions,
            kept_a_month: math::exp2(-1.0 / half_life_months),
            half_life_months,
            reading,
            jump: spec.jump.map(|jump| jump.value(draw)),
            media,
            erosion: spec.location_erosion.value(draw),
            restored: spec.location_restored.value(draw),
            log_odds: vec![reading; states],
            anchor: vec![reading; states],
            reach: vec![[0.0; 5]; states],
            location: location_at_rest.clone(),
            shields: vec![0.0; location_at_rest.len()],
            location_at_rest,
            market_public,
        };
        perception.refresh();
        perception
    }

    /// Perceived reach R̂ of a government over data under each control structure.
    #[must_use]
    pub fn reach(&self, public: PublicId, by: JurisdictionId) -> &PerControl<f64> {
        &self.reach[public.index() * self.jurisdictions + by.index()]
    }

    /// ψ of a market: the belief that location protects, with the shield of its law.
    #[must_use]
    pub fn location(&self, market: usize) -> f64 {
        let psi = self.location[market];
        psi + self.shields[market] * (1.0 - psi)
    }

    /// Sets how far policies shield each market's location; whether that is a change.
    pub fn shield(&mut self, shields: &[f64]) -> bool {
        let changed = self.shields != shields;
        if changed {
            self.shields.copy_from_slice(shields);
        }
        changed
    }

    /// A month's return towards the reading of the law.
    pub fn pass_month(&mut self) {
        for (state, anchor) in self.log_odds.iter_mut().zip(&self.anchor) {
            for (l, l_d) in state.iter_mut().zip(anchor) {
                *l = l_d + (*l - l_d) * self.kept_a_month;
            }
        }
        self.refresh();
    }

    /// A ruling on control by a court of `by`, so many days before the month's end.
    pub fn hear_ruling(
        &mut self,
        by: JurisdictionId,
        level: Level,
        favours: Party,
        days_left: i32,
    ) {
        let faded = self.faded(days_left);
        for (public, &media) in self.media.iter().enumerate() {
            let step = self.jump[level.index()] * favours.reach_sign() * media * faded;
            let state = &mut self.log_odds[public * self.jurisdictions + by.index()];
            state.iter_mut().for_each(|l| *l += step);
        }
        for (market, psi) in self.location.iter_mut().enumerate() {
            let media = self.media[self.market_public[market].index()];
            match favours {
                Party::Government => *psi *= 1.0 - (self.erosion * media).min(1.0),
                Party::Provider => {
                    *psi += self.restored * media.min(1.0) * (self.location_at_rest[market] - *psi);
                }
            }
        }
        self.refresh();
    }

    /// The reach of `by` over one control structure is settled: every public reads the law
    /// as it now is.
    pub fn hear_settlement(&mut self, by: JurisdictionId, control: Control, reach_in_law: f64) {
        let settled = read(reach_in_law);
        for public in 0..self.media.len() {
            let at = public * self.jurisdictions + by.index();
            self.anchor[at][control.index()] = settled;
            self.log_odds[at][control.index()] = settled;
        }
        self.refresh();
    }

    /// The public's reading of unsettled law over direct control.
    #[must_use]
    pub fn reading(&self) -> f64 {
        math::logistic(self.reading[Control::Direct.index()])
    }

    fn faded(&self, days_left: i32) -> f64 {
        const DAYS_A_MONTH: f64 = 365.25 / 12.0;
        math::exp2(-f64::from(days_left) / (DAYS_A_MONTH * self.half_life_months))
    }

    fn refresh(&mut self) {
        for (reach, state) in self.reach.iter_mut().zip(&self.log_odds) {
            *reach = state.map(math::logistic);
        }
    }
}

fn read(reach: f64) -> f64 {
    math::logit(reach.clamp(FIRMEST_READING, 1.0 - FIRMEST_READING))
}

#[cfg(test)]
mod tests;
