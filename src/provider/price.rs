//! List prices: an exponential trend, 1 at the start, and each quarter an answer to intake,
//!
//! `Δ ln price = φ·clip(ln(intake/plan), ±0.1)`
//!
//! beside the trend: who wins more new workload than planned can charge more, who wins less
//! must charge less (as sellers did after 2013: Song & Wilkie 2017). The plan is to win the
//! share of the workload offered by projects that was won when the same customers first took
//! their turns: customers decide on a project every few months, so quarters differ in who does.
//! A plan that grew with the market instead would be missed by everybody, since projects offer a
//! part of a stock on premises that shrinks.

use crate::chance::math;
use crate::scenario::resolved::{InputDraw, Provider};

/// Months from one answer to the next.
const QUARTER_MONTHS: u32 = 3;
/// The most by which intake counts as above or below plan, in ln.
const CLIP: f64 = 0.1;

/// Prices in one run.
#[derive(Clone, Debug)]
pub struct Prices {
    sellers: Vec<Seller>,
    /// Quarters after which the same customers take their turns again.
    cycle: usize,
    /// Share of the workload offered that each won in each quarter of the first cycle.
    plan: Vec<f64>,
    /// Workload offered by projects up to the last quarter's end, USD a year.
    offered_before: f64,
}

#[derive(Clone, Copy, Debug)]
struct Seller {
    /// Change of ln price a month.
    trend_a_month: f64,
    /// φ
    response: f64,
    /// Sum of all answers, in ln price.
    answered: f64,
    /// Workload won up to the last quarter's end, USD a year.
    won_before: f64,
}

impl Prices {
    /// The prices of a run, at its start; each customer has a project every `interval_months`.
    #[must_use]
    pub fn new(providers: &[Provider], interval_months: u32, draw: &InputDraw) -> Self {
        let seller = |p: &Provider| Seller {
            trend_a_month: p.price_trend_per_year.value(draw) / 12.0,
            response: p.price_response.value(draw),
            answered: 0.0,
            won_before: 0.0,
        };
        let cycle = if interval_months.is_multiple_of(QUARTER_MONTHS) {
            interval_months / QUARTER_MONTHS
        } else {
            interval_months
        };
        let cycle = cycle.max(1) as usize;
        Self {
            plan: vec![0.0; cycle * providers.len()],
            cycle,
            sellers: providers.iter().map(seller).collect(),
            offered_before: 0.0,
        }
    }

    /// At the end of a quarter, answers to what projects offered and each provider won since
    /// the start of the run, USD a year of workload.
    pub fn answer(&mut self, month: u32, offered: f64, won: &[f64]) {
        if !month.is_multiple_of(QUARTER_MONTHS) {
            return;
        }
        let on_offer = offered - self.offered_before;
        self.offered_before = offered;
        let quarter = (month / QUARTER_MONTHS - 1) as usize;
        let sellers = self.sellers.len();
        let row = quarter % self.cycle * sellers;
        let plan = &mut self.plan[row..row + sellers];
        for ((seller, plan), &won) in self.sellers.iter_mut().zip(plan).zip(won) {
            let intake = won - seller.won_before;
            seller.won_before = won;
            if on_offer > 0.0 && quarter < self.cycle {
                *plan = intake / on_offer;
            } else if on_offer > 0.0 {
                seller.answer(intake / on_offer, *plan);
            }
        }
    }

    /// Writes the list prices after so many months.
    pub fn quote(&self, month: u32, price_index: &mut [f64]) {
        for (price, seller) in price_index.iter_mut().zip(&self.sellers) {
            *price = math::exp(seller.trend_a_month * f64::from(month) + seller.answered);
        }
    }
}

impl Seller {
    fn answer(&mut self, won_share: f64, plan: f64) {
        if plan > 0.0 && self.response > 0.0 {
            let above_plan = math::ln(won_share / plan).clamp(-CLIP, CLIP);
            self.answered += self.response * above_plan;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::JurisdictionId;
    use crate::scenario::resolved::{Posture, Quantity};

    fn prices(response: f64, trend: f64, interval_months: u32) -> Prices {
        let provider = Provider {
            name: "acme".into(),
            title: String::new(),
            parent: JurisdictionId(0),
            posture: Posture::contesting_to(None),
            brand_trend_per_year: Quantity::Known(0.0),
            price_trend_per_year: Quantity::Known(trend),
            price_response: Quantity::Known(response),
            finance: None,
            investment: None,
        };
        Prices::new(&[provider], interval_months, &InputDraw(Vec::new()))
    }

    /// ln of the price at the ends of quarters, given the share won in each.
    fn quoted(mut prices: Prices, shares: &[f64]) -> Vec<f64> {
        let (mut offered, mut won, mut price) = (0.0, 0.0, [1.0]);
        let mut logs = Vec::new();
        for (quarter, share) in shares.iter().enumerate() {
            for month in 0..3 {
                let month = quarter as u32 * 3 + month + 1;
                offered += 10.0 + f64::from(month);
                won += share * (10.0 + f64::from(month));
                prices.answer(month, offered, &[won]);
                prices.quote(month, &mut price);
            }
            logs.push(math::ln(price[0]));
        }
        logs
    }

    #[test]
    fn a_price_answers_to_what_was_won_against_the_first_quarter_and_no_more_than_the_clip() {
        let logs = quoted(prices(0.5, 0.0, 3), &[0.4, 0.42, 0.8, 0.4, 0.0]);
        let step = 0.5 * math::ln(1.05);
        for (found, expected) in logs.iter().zip([0.0, step, step + 0.05, step + 0.05, step]) {
            assert!((found - expected).abs() < 1e-12, "{logs:?}");
        }
    }

    /// Customers of even quarters are others than those of odd ones.
    #[test]
    fn a_quarter_is_held_against_the_one_in_which_the_same_customers_took_their_turns() {
        let logs = quoted(prices(0.5, 0.0, 6), &[0.4, 0.2, 0.4, 0.21, 0.4]);
        let step = 0.5 * math::ln(1.05);
        for (found, expected) in logs.iter().zip([0.0, 0.0, 0.0, step, step]) {
            assert!((found - expected).abs() < 1e-12, "{logs:?}");
        }
    }

    #[test]
    fn without_a_response_prices_are_their_trend_to_the_bit() {
        let mut plain = [0.0];
        let mut answering = prices(0.0, -0.06, 6);
        for month in 1..=24 {
            answering.answer(month, f64::from(month), &[f64::from(month * month)]);
            answering.quote(month, &mut plain);
            assert_eq!(plain[0], math::exp(-0.06 / 12.0 * f64::from(month)));
        }
    }
}
