//! What a site is worth: the present value of what it would earn, less what it costs.
//!
//! New workload flows in at a rate F, which changes at rate h as prices fall and what is
//! still on premises gets less, and grows, once placed, at rate g, so that
//! `W' = F·e^(h·t) + g·W` from the opening on. Of the revenue a margin m is earned; the site
//! costs K a year and its capital at the decision. With the money worth r a year,
//!
//! A site of limited capacity takes no more once it is full: the flow ends, and what is there
//! grows.
//!
//! `NPV = e^(−r·lead)·∫_0^life e^(−r·t)·(m·W(t) − K) dt − capex`
//!
//! and it is worth building when that exceeds the value of waiting,
//! `NPV > (m* − 1)·capex` and `NPV > 0` (Dixit & Pindyck 1994: invest when value exceeds m*
//! times the cost).

use crate::chance::math;

/// A site as an investment. Amounts in one currency; time in years.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Investment {
    /// Years from decision to opening.
    pub lead_years: f64,
    /// Years for which it is counted on.
    pub life_years: f64,
    /// Capital spent at the decision.
    pub capex: f64,
    /// Cost a year while open, whatever the load.
    pub fixed_per_year: f64,
}

/// What flows in.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Inflow {
    /// Revenue a year that each further year adds, before growth.
    pub per_year: f64,
    /// Change a year of that flow.
    pub change_per_year: f64,
    /// Growth a year of what is there.
    pub growth_per_year: f64,
    /// Revenue a year already there at the opening.
    pub at_opening: f64,
    /// Years from the opening for which it flows, infinite when always; what is there then
    /// goes on to grow.
    pub ends_after_years: f64,
}

/// What money is worth to a provider.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Capital {
    /// Discount rate a year, continuous: ln(1 + rate).
    pub rate: f64,
    /// Part of revenue that is left after the cost of serving it.
    pub margin: f64,
    /// m*: value over cost above which waiting is worth nothing more; 1 or more.
    pub hurdle: f64,
}

/// `∫_0^T e^(−a·t) dt`: the value of one a year for T years at rate a, which may be 0 or
/// negative.
#[must_use]
pub fn annuity(a: f64, years: f64) -> f64 {
    let at = a * years;
    if at.abs() < 1e-9 {
        years * (1.0 - at / 2.0)
    } else {
        (1.0 - math::exp(-at)) / a
    }
}

impl Investment {
    /// Net present value at the decision.
    #[must_use]
    pub fn npv(&self, inflow: &Inflow, capital: &Capital) -> f64 {
        let earned = capital.margin * inflow.value(capital.rate, self.life_years);
        let cost = self.fixed_per_year * annuity(capital.rate, self.life_years);
        math::exp(-capital.rate * self.lead_years) * (earned - cost) - self.capex
    }

    /// Whether it is worth building now rather than waiting.
    #[must_use]
    pub fn is_worth_building(&self, npv: f64, capital: &Capital) -> bool {
        npv > 0.0 && npv > (capital.hurdle - 1.0) * self.capex
    }
}

impl Inflow {
    /// `∫_0^T e^(−r·t)·W(t) dt` with `W' = F·e^(h·t) + g·W` until the flow ends and
    /// `W' = g·W` then, `W(0)` given.
    #[must_use]
    pub fn value(&self, rate: f64, years: f64) -> f64 {
        let kept = annuity(rate - self.growth_per_year, years);
        let mut flowing = self.flow_value(rate, years);
        let end = self.ends_after_years;
        if end < years {
            // Less all that would have come later.
            let later = math::exp((self.change_per_year - rate) * end);
            flowing -= later * self.flow_value(rate, years - end);
        }
        self.at_opening * kept + self.per_year * flowing
    }

    /// What one a year of flow that never ends is worth over so many years.
    fn flow_value(&self, rate: f64, years: f64) -> f64 {
        let (g, h) = (self.growth_per_year, self.change_per_year);
        if (g - h).abs() < 1e-6 {
            first_moment(rate - g, years)
        } else {
            (annuity(rate - g, years) - annuity(rate - h, years)) / (g - h)
        }
    }

    /// `W(t)` while it flows.
    #[must_use]
    pub fn after(&self, years: f64) -> f64 {
        let (g, h) = (self.growth_per_year, self.change_per_year);
        let grown = math::exp(g * years);
        // ∫_0^t e^(h·s)·e^(g·(t − s)) ds
        self.at_opening * grown + self.per_year * grown * annuity(g - h, years)
    }
}

/// `∫_0^T t·e^(−r·t) dt`
fn first_moment(rate: f64, years: f64) -> f64 {
    let rt = rate * years;
    if rt.abs() < 1e-4 {
        years * years * (0.5 - rt / 3.0 + rt * rt / 8.0)
    } else {
        (1.0 - math::exp(-rt) * (1.0 + rt)) / (rate * rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
            "{found} {expected}"
        );
    }

    #[test]
    fn annuities_are_those_of_the_tables() {
        // 1 a year for ten years at 8 % compounded continuously: (1 − e^−0.8)/0.08.
        close(annuity(0.08, 10.0), 6.883_387_948_534_731);
        close(annuity(0.0, 10.0), 10.0);
        close(annuity(-0.05, 2.0), (math::exp(0.1) - 1.0) / 0.05);
        close(annuity(0.1, 1e6), 10.0);
    }

    /// Simpson's rule on 20,000 steps has an error below 1e-9 here.
    fn by_steps(inflow: &Inflow, rate: f64, years: f64) -> f64 {
        let n = 20_000;
        let h = years / f64::from(n);
        let (f, g, change) = (
            inflow.per_year,
            inflow.growth_per_year,
            inflow.change_per_year,
        );
        let w = |t: f64| {
            let grown = math::exp(g * t);
            let flowed = if g == change {
                f * t * grown
            } else {
                f * (grown - math::exp(change * t)) / (g - change)
            };
            (inflow.at_opening * grown + flowed) * math::exp(-rate * t)
        };
        let sum: f64 = (1..n)
            .map(|i| w(f64::from(i) * h) * if i % 2 == 1 { 4.0 } else { 2.0 })
            .sum();
        (w(0.0) + sum + w(years)) * h / 3.0
    }

    #[test]
    fn the_value_of_an_inflow_is_its_integral() {
        for growth_per_year in [0.0, 0.12, -0.05, 0.08] {
            for (rate, change_per_year) in [(0.0, 0.0), (0.08, -0.14), (0.15, 0.12)] {
                let inflow = Inflow {
                    per_year: 30.0,
                    change_per_year,
                    growth_per_year,
                    at_opening: 12.0,
                    ends_after_years: f64::INFINITY,
                };
                close(inflow.value(rate, 15.0), by_steps(&inflow, rate, 15.0));
                // A flow that ends: six years of it, then nine of what is there by then.
                let ends = Inflow {
                    ends_after_years: 6.0,
                    ..inflow
                };
                let then = Inflow {
                    per_year: 0.0,
                    at_opening: inflow.after(6.0),
                    ..inflow
                };
                let in_two =
                    inflow.value(rate, 6.0) + math::exp(-6.0 * rate) * then.value(rate, 9.0);
                close(ends.value(rate, 15.0), in_two);
            }
        }
    }

    #[test]
    fn a_site_by_hand() {
        // No growth, no discounting, ten years: m·F·T²/2 − K·T − capex.
        let site = Investment {
            lead_years: 2.0,
            life_years: 10.0,
            capex: 100.0,
            fixed_per_year: 5.0,
        };
        let inflow = Inflow {
            per_year: 10.0,
            change_per_year: 0.0,
            growth_per_year: 0.0,
            at_opening: 0.0,
            ends_after_years: f64::INFINITY,
        };
        let capital = Capital {
            rate: 0.0,
            margin: 0.4,
            hurdle: 1.5,
        };
        let npv = site.npv(&inflow, &capital);
        close(npv, 0.4 * 10.0 * 50.0 - 50.0 - 100.0);
        assert!(
            !site.is_worth_building(npv, &capital),
            "waiting is worth 50"
        );
        assert!(site.is_worth_building(npv + 0.1, &capital));
    }

    proptest! {
        #[test]
        fn more_inflow_and_less_cost_are_worth_more(
            per_year in 0.0..100.0f64, more in 0.0..10.0f64,
            capex in 0.0..500.0f64, growth_per_year in -0.2..0.3f64, rate in 0.0..0.3f64,
        ) {
            let capital = Capital { rate, margin: 0.3, hurdle: 1.5 };
            let site = Investment { lead_years: 1.5, life_years: 15.0, capex, fixed_per_year: 8.0 };
            let inflow = Inflow { per_year, change_per_year: -0.1, growth_per_year, at_opening: 0.0,
                ends_after_years: f64::INFINITY };
            let npv = site.npv(&inflow, &capital);
            let richer = Inflow { per_year: per_year + more, ..inflow };
            prop_assert!(site.npv(&richer, &capital) >= npv - 1e-9 * npv.abs());
            let dearer = Investment { capex: capex + more, ..site };
            prop_assert!(dearer.npv(&inflow, &capital) <= npv);
        }
    }
}
