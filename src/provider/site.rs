//! A region as its provider reckons with it: what it costs, when it would be open, and what
//! it is worth by [`super::valuation`].
//!
//! Workload is at start prices; revenue is that times the provider's price today and the
//! region's price factor. Prices go on by their trend, and what is placed grows with the
//! market and answers the fall of prices (elasticity ε), so that for price trend q
//! `h = q + change of the flow` and `g = growth + (1 + ε)·q`.

use super::placement::Prospect;
use super::valuation::{Capital, Inflow, Investment};
use crate::chance::math;
use crate::domain::{Date, RegionId};
use crate::scenario::resolved::{FullModel, InputDraw, Provider, Region};

const DAYS_PER_YEAR: f64 = 365.25;
const MILLION: f64 = 1e6;
/// A century: past any horizon.
const MOST_MONTHS: f64 = 1_200.0;

/// How a provider judges sites in one run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Terms {
    pub capital: Capital,
    pub notice_months: i32,
    /// The most sites that it builds at a time.
    pub most_under_way: u32,
    life_years: f64,
    price_trend_per_year: f64,
    price_elasticity: f64,
}

impl Terms {
    pub(super) fn new(provider: &Provider, model: &FullModel, draw: &InputDraw) -> Option<Self> {
        let raw = provider.investment.as_ref()?;
        Some(Self {
            capital: Capital {
                rate: math::ln_1p(raw.discount_rate_per_year.value(draw)),
                margin: raw.margin.value(draw),
                hurdle: raw.hurdle.value(draw),
            },
            notice_months: raw.closing_notice_months as i32,
            most_under_way: raw.most_sites_under_way,
            life_years: raw.life_years.value(draw),
            price_trend_per_year: provider.price_trend_per_year.value(draw),
            price_elasticity: model.projects.price_elasticity.value(draw),
        })
    }

    /// Revenue from a flow that begins in so many years, at this price today.
    fn inflow(&self, prospect: &Prospect, price: f64, in_years: f64) -> Inflow {
        let trend = self.price_trend_per_year;
        let change_per_year = trend + prospect.flow_change_per_year;
        let by_then = math::exp(change_per_year * in_years);
        Inflow {
            per_year: prospect.flow_usd_per_year * price * by_then,
            change_per_year,
            growth_per_year: prospect.growth_per_year + (1.0 + self.price_elasticity) * trend,
            at_opening: 0.0,
            ends_after_years: f64::INFINITY,
        }
    }

    /// Years from its opening after which a region of this capacity (USD a year at start
    /// prices) is full, if it opens in so many years; infinite when not within its life.
    fn fills_after(&self, prospect: &Prospect, capacity: f64, in_years: f64) -> f64 {
        let change_per_year = prospect.flow_change_per_year;
        let workload = Inflow {
            per_year: prospect.intake_usd_per_year * math::exp(change_per_year * in_years),
            change_per_year,
            growth_per_year: prospect.growth_per_year
                + self.price_elasticity * self.price_trend_per_year,
            at_opening: 0.0,
            ends_after_years: f64::INFINITY,
        };
        if workload.after(self.life_years) < capacity {
            return f64::INFINITY;
        }
        let (mut below, mut above) = (0.0, self.life_years);
        // To within a second.
        for _ in 0..40 {
            let middle = f64::midpoint(below, above);
            if workload.after(middle) < capacity {
                below = middle;
            } else {
                above = middle;
            }
        }
        above
    }
}

/// A region about which its provider decides, in one run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Site {
    /// Cost a year while open.
    pub fixed_usd_per_year: f64,
    /// Price against the provider's list price.
    pub price_factor: f64,
    /// Days from decision to opening.
    pub lead_days: i32,
    /// Days for which it must have been worth building before it is decided.
    pub preparation_days: i32,
    /// Since when it has been worth building at each quarter's end.
    pub worth_since: Option<Date>,
    /// The region that closes when it opens.
    pub converts: Option<RegionId>,
    /// It has been decided to build it.
    pub is_decided: bool,
    /// Workload from which on it takes nothing new; none without a limit.
    capacity_usd_per_year: Option<f64>,
    /// What building it takes; none of a region with dates.
    capex_usd: Option<f64>,
}

impl Site {
    pub(super) fn new(region: &Region, draw: &InputDraw) -> Option<Self> {
        let fixed = region.fixed_musd_per_year()?;
        let build = region.build.as_ref();
        let days = |months: f64| (months.min(MOST_MONTHS) * DAYS_PER_YEAR / 12.0).round() as i32;
        let lead = build.map_or(0.0, |build| build.lead_months.value(draw));
        let preparation = build.map_or(0.0, |build| build.preparation_months.value(draw));
        Some(Self {
            fixed_usd_per_year: MILLION * fixed.value(draw),
            price_factor: region.price_factor.value(draw),
            lead_days: days(lead),
            preparation_days: days(preparation),
            worth_since: None,
            converts: build.and_then(|build| build.converts),
            is_decided: false,
            capacity_usd_per_year: region.capacity_usd_per_year.map(|most| most.value(draw)),
            capex_usd: build.map(|build| MILLION * build.capex_musd.value(draw)),
        })
    }

    /// Whether it may still be built.
    pub(super) fn is_candidate(&self) -> bool {
        self.capex_usd.is_some() && !self.is_decided
    }

    /// Building it as an investment, and its net present value in USD, when so much fixed
    /// cost a year is saved elsewhere.
    pub(super) fn value_of_building(
        &self,
        terms: &Terms,
        prospect: &Prospect,
        price: f64,
        saved_usd_per_year: f64,
    ) -> (Investment, f64) {
        let investment = Investment {
            lead_years: f64::from(self.lead_days) / DAYS_PER_YEAR,
            life_years: terms.life_years,
            capex: self.capex_usd.unwrap_or(0.0),
            fixed_per_year: self.fixed_usd_per_year - saved_usd_per_year,
        };
        let lead_years = investment.lead_years;
        let mut inflow = terms.inflow(prospect, price, lead_years);
        if let Some(capacity) = self.capacity_usd_per_year {
            inflow.ends_after_years = terms.fills_after(prospect, capacity, lead_years);
        }
        (investment, investment.npv(&inflow, &terms.capital))
    }

    /// Present value in USD of keeping it open, against closing it: the new workload and the
    /// part of what is there that would be lost, less its fixed cost.
    pub(super) fn value_of_going_on(
        &self,
        terms: &Terms,
        (lost, stake_usd_per_year): (&Prospect, f64),
        price: f64,
    ) -> f64 {
        let kept = Prospect {
            flow_usd_per_year: -lost.flow_usd_per_year,
            ..*lost
        };
        let inflow = Inflow {
            at_opening: stake_usd_per_year * price,
            ..terms.inflow(&kept, price, 0.0)
        };
        let going_on = Investment {
            lead_years: 0.0,
            life_years: terms.life_years,
            capex: 0.0,
            fixed_per_year: self.fixed_usd_per_year,
        };
        going_on.npv(&inflow, &terms.capital)
    }
}
