//! What new workload a provider would win with a site that it does not have: the question
//! behind a building decision, answered from the month's class tables with beliefs, brands,
//! prices and law as they are.
//!
//! `F = Σ_{h,class} new workload·(P_p with − P_p without)`, P_p the share of p in projects
//! (nested logit). At the provider's level, so that what only moves from its own sites to the
//! new one does not count. What is announced to open counts as open, what is announced to
//! close as closed.

use super::customers::Customers;
use crate::chance::{kernel, math};
use crate::domain::{OfferingId, Record};

/// The tables of a quarter's decisions: those of the month, with announced sites open.
#[derive(Clone, Debug, Default)]
pub struct Forecast {
    /// `exp(V_o/μ)` of offerings that are not open: `[cell][offering]`, 0 for the others.
    attraction: Vec<f64>,
    /// Nest sums with announced sites: `[cell][provider]`.
    nest_sum: Vec<f64>,
    /// Weights with them, and their sum with the outside option.
    weight: Vec<f64>,
    total: Vec<f64>,
    /// New workload a year that projects offer: `[group]`.
    offered: Vec<f64>,
    /// Change a year of what is offered: the stock on offer gets less by what is placed, and more
    /// by what those bring who adopt cloud.
    change_per_year: f64,
}

/// What a site would bring.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Gain {
    /// Workload that each year adds, USD a year at start prices.
    pub usd_per_year: f64,
    /// Change a year of that flow.
    pub change_per_year: f64,
    /// Workload that each year comes to the new site itself, also from the provider's others.
    pub intake_usd_per_year: f64,
    /// The group that brings most of it.
    pub largest_group: usize,
}

impl Customers {
    /// Fills a forecast from the tables of this month; what is announced to open and to
    /// close is by offering.
    pub fn foresee(
        &self,
        record: &Record,
        (opening, closing): (&[bool], &[bool]),
        forecast: &mut Forecast,
    ) {
        let model = &*self.model;
        let tables = self.market.tables();
        let nests = self.market.nests();
        let (offerings, providers) = (nests.offerings(), nests.providers());
        let classes = self.utility.loadings.len();
        let cells = model.groups.len() * classes;
        forecast.attraction.clear();
        forecast
            .attraction
            .resize(cells * offerings, f64::NEG_INFINITY);
        for o in (0..offerings).filter(|&o| !record.open[o]) {
            for group in 0..model.groups.len() {
                if self.policy.is_barred(group, o) {
                    continue;
                }
                for class in 0..classes {
                    let at = (group * classes + class) * offerings + o;
                    forecast.attraction[at] = self.log_attraction((group, class), o, record);
                }
            }
        }
        kernel::exp_in_place(&mut forecast.attraction);
        forecast.nest_sum.clear();
        forecast.weight.clear();
        forecast.total.clear();
        for cell in 0..cells {
            let row = &forecast.attraction[cell * offerings..(cell + 1) * offerings];
            let mut total = tables.outside[cell];
            for p in 0..providers {
                let own = || nests.members(p).iter().map(|&o| usize::from(o));
                let plus: f64 = own().filter(|&o| opening[o]).map(|o| row[o]).sum();
                let open = tables.attractions(cell);
                let minus: f64 = own().filter(|&o| closing[o]).map(|o| open[o]).sum();
                let (sum, weight) = (tables.nest_sums(cell)[p], tables.weights(cell)[p]);
                let then = (sum + plus - minus).max(0.0);
                let widened = self.widened((cell, p), (weight, sum), then);
                forecast.nest_sum.push(then);
                forecast.weight.push(widened);
                total += widened;
            }
            forecast.total.push(total);
        }
        let a_year = 12.0 * self.project_flow_per_month();
        forecast.offered.clear();
        let groups = 0..model.groups.len();
        let on_offer = groups.map(|group| a_year * self.market.stock_on_offer(group));
        forecast.offered.extend(on_offer);
        let stock: f64 = forecast.offered.iter().sum::<f64>() / a_year;
        let groups = 0..model.groups.len();
        let change = groups.map(|group| {
            let accepted = forecast.accepted(group, classes);
            let joined = self.stock_that_joins_per_year(group) * accepted;
            joined - forecast.offered[group] * accepted
        });
        forecast.change_per_year = change.sum::<f64>() / stock.max(f64::MIN_POSITIVE);
    }

    /// Stock on premises that would come on offer in a year if all who consider cloud adopted it,
    /// beyond what they offer by considering it alone, USD a year at start prices.
    fn stock_that_joins_per_year(&self, group: usize) -> f64 {
        let chance = self.market.consideration[group];
        let turns = 12.0 / f64::from(self.model.projects.interval_months);
        let without = self.market.ledger().without_cloud[group];
        turns * chance * (1.0 - chance) * without
    }

    /// What opening the offerings `added` (not open now) and closing `removed` (open now), all
    /// of one provider, would bring it.
    #[must_use]
    pub fn gain_of(
        &self,
        forecast: &Forecast,
        provider: usize,
        (added, removed): (&[OfferingId], &[OfferingId]),
    ) -> Gain {
        let nests = self.market.nests();
        let (offerings, providers) = (nests.offerings(), nests.providers());
        let classes = self.utility.loadings.len();
        let mut gain = Gain {
            change_per_year: forecast.change_per_year,
            ..Gain::default()
        };
        let mut largest = 0.0;
        for (group, offered) in forecast.offered.iter().enumerate() {
            let (mut sum, mut there) = (0.0, 0.0);
            for cell in group * classes..(group + 1) * classes {
                let row = &forecast.attraction[cell * offerings..(cell + 1) * offerings];
                let open = self.market.tables().attractions(cell);
                let plus: f64 = added.iter().map(|o| row[o.index()]).sum();
                let minus: f64 = removed.iter().map(|o| open[o.index()]).sum();
                let at = cell * providers + provider;
                let (before, weight) = (forecast.nest_sum[at], forecast.weight[at]);
                let then = (before + plus - minus).max(0.0);
                let with = self.widened((cell, provider), (weight, before), then);
                let total = forecast.total[cell];
                sum += with / (total - weight + with) - weight / total;
                there += with / (total - weight + with) * plus / then.max(f64::MIN_POSITIVE);
            }
            let flow = offered * sum / classes as f64;
            gain.usd_per_year += flow;
            gain.intake_usd_per_year += offered * there / classes as f64;
            // Of a closing all flows are losses, the largest the deepest.
            if flow.abs() > largest {
                largest = flow.abs();
                gain.largest_group = group;
            }
        }
        gain
    }

    /// Workload at the offerings `removed` of a provider, USD a year at start prices, that
    /// would leave it if they closed: the choice of a base that has to leave its place, with
    /// the median switching cost. Another region of the provider spares most of that.
    #[must_use]
    pub fn stake_of(&self, forecast: &Forecast, provider: usize, removed: &[OfferingId]) -> f64 {
        let providers = self.market.nests().providers();
        let classes = self.utility.loadings.len();
        let mut stake = 0.0;
        for group in 0..forecast.offered.len() {
            let loads = self.market.ledger().loads(group);
            let here =
                |o: &OfferingId| loads[o.index()] * self.market.growth_of(group, o.index() as u8);
            let placed: f64 = removed.iter().map(here).sum();
            if placed <= 0.0 {
                continue;
            }
            let mut leaving = 0.0;
            for cell in group * classes..(group + 1) * classes {
                let open = self.market.tables().attractions(cell);
                let minus: f64 = removed.iter().map(|o| open[o.index()]).sum();
                let at = cell * providers + provider;
                let (before, weight) = (forecast.nest_sum[at], forecast.weight[at]);
                let then = (before - minus).max(0.0);
                let with = self.widened((cell, provider), (weight, before), then);
                let others = forecast.total[cell] - weight;
                leaving += others / (others + self.gain_within * with);
            }
            stake += placed * leaving / classes as f64;
        }
        stake
    }

    /// A provider's weight when its nest sum becomes `then`: `w·(then/now)^μ`, or from
    /// nothing that of its brand and the sum.
    fn widened(&self, of: (usize, usize), (weight, now): (f64, f64), then: f64) -> f64 {
        let nest_scale = self.utility.nest_scale;
        if then == now {
            weight
        } else if now <= 0.0 {
            self.market.tables().weight_of_sum(of, then, nest_scale)
        } else {
            weight * math::exp(nest_scale * math::ln(then / now))
        }
    }

    /// `V_o/μ` of an offering as if it were open.
    pub(super) fn log_attraction(
        &self,
        (group, class): (usize, usize),
        o: usize,
        record: &Record,
    ) -> f64 {
        let provider = self.model.offerings[o].provider.index();
        let price = math::ln(record.price_index[provider]) + self.policy.price_wedge(group, o);
        let exposure = self.beliefs.exposures(group)[o];
        self.utility
            .log_attraction((group, class), o, price, exposure)
    }
}

impl Forecast {
    /// Part of what projects of a group offer that they place.
    fn accepted(&self, group: usize, classes: usize) -> f64 {
        let providers = self.weight.len() / self.total.len();
        let cells = group * classes..(group + 1) * classes;
        let placed = cells.map(|cell| {
            let weights = &self.weight[cell * providers..(cell + 1) * providers];
            weights.iter().sum::<f64>() / self.total[cell]
        });
        placed.sum::<f64>() / classes as f64
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::choice::nested_logit;
    use super::super::fixture::{first_day, small_scenario, tables};
    use super::super::frame::population;
    use super::*;
    use crate::chance::{Run, Seed};

    /// The forecast of a region that opens against the closed form of the nested logit, cell
    /// by cell, in a world where it is open.
    #[test]
    fn the_gain_of_a_site_is_the_difference_of_two_nested_logits() {
        let scenario = small_scenario(&[]);
        let (model, draw) = tables(&scenario);
        let population = population(&model, 100, Seed(1));
        let mut customers = Customers::new(Arc::clone(&model), population, Seed(1), &draw);
        let record = first_day(&model, &scenario);
        customers.begin(Run(0), &draw, &record).unwrap();
        customers.weigh(0, &record);
        let closed: Vec<OfferingId> = (0..model.offerings.len())
            .filter(|&o| !record.open[o])
            .map(OfferingId::new)
            .collect();
        let provider = model.offerings[closed[0].index()].provider.index();
        let mut forecast = Forecast::default();
        let nothing = vec![false; model.offerings.len()];
        customers.foresee(&record, (&nothing, &nothing), &mut forecast);
        let gain = customers.gain_of(&forecast, provider, (&closed, &[]));

        let nests = customers.market.nests();
        let classes = customers.utility.loadings.len();
        let share = |open: bool, cell: usize| {
            let tables = customers.market.tables();
            let row = &forecast.attraction[cell * nests.offerings()..];
            let mu = customers.utility.nest_scale;
            let v: Vec<f64> = (0..nests.offerings())
                .map(|o| {
                    let a = if record.open[o] {
                        tables.attractions(cell)[o]
                    } else if open {
                        row[o]
                    } else {
                        0.0
                    };
                    mu * math::ln(a)
                })
                .collect();
            let extra: Vec<f64> = (0..nests.providers())
                .map(|p| {
                    math::ln(tables.weights(cell)[p]) - mu * math::ln(tables.nest_sums(cell)[p])
                })
                .collect();
            let (_, chances) = nested_logit(nests, &v, &extra, 0.0, mu);
            nests
                .members(provider)
                .iter()
                .map(|&o| chances[usize::from(o)])
                .sum::<f64>()
        };
        let expected: f64 = (0..model.groups.len() * classes)
            .map(|cell| {
                let offered = forecast.offered[cell / classes] / classes as f64;
                offered * (share(true, cell) - share(false, cell))
            })
            .sum();
        assert!(expected > 0.0);
        assert!((gain.usd_per_year / expected - 1.0).abs() < 1e-9);
        // Announced already, it brings nothing more.
        let mut announced = vec![false; model.offerings.len()];
        closed.iter().for_each(|o| announced[o.index()] = true);
        customers.foresee(&record, (&announced, &nothing), &mut forecast);
        assert_eq!(
            customers
                .gain_of(&forecast, provider, (&[], &[]))
                .usd_per_year,
            0.0
        );
    }
}
