//! Money in is money out, in every month of every run.

use comity::chance::{Run, Seed};
use comity::domain::{EventKind, SiteAct, Usd};
use comity::scenario::resolved::InputDraw;
use comity::world::World;

use crate::worlds::{model, simulate, written};

/// Everything that moves money at once: subsidies, lobbying, fines, cases, prices that answer.
pub const BUSY: &str = r#"
extends = "preska-2014"
baseline = ""
[provider.google]
price_response = 0.3
posture = { migration_subsidy = 0.5, transparency = true }
[provider.microsoft]
price_response = 0.2
posture = { lobbying_usd_per_year = 2e6 }
[provider.microsoft.finance]
fixed_usd_per_year = 3e7
[provider.google.finance]
margin = 0.25
turnover_usd_per_year = 6e10
[government.US]
half_life_months = 12
leak = 1
ruling = 1
disclosure = 1
[instrument.act]
by = "US"
against = "US"
kind = "statute"
most_per_year = 0.2
share_at_rest = 0.5
pressure_weight = 0
drafting_months = 6
lobbied_factor = 3
lobbied_half_usd_per_year = 2e6
[case.ms-ireland.fine]
ceiling_usd = 1e7
[sources]
"provider.google" = "assumed: a test"
"provider.microsoft" = "assumed: a test"
"government" = "assumed: a test"
"instrument" = "assumed: a test"
"#;

/// Money of a run, followed month by month.
#[derive(Default)]
pub struct Followed {
    /// Prices at the beginning of the month.
    prices: Vec<f64>,
    contempt_fines: Usd,
    /// In the unit of the customers' ledger.
    subsidies: f64,
    /// Legal cost, lobbying, subsidies, fixed cost, capital.
    pub paid: [f64; 5],
}

impl Followed {
    /// Asserts that in the month that is over what customers spend is what providers take, and
    /// that what is left is what is taken less each thing that is paid; over the run so far
    /// subsidies are what the customers' ledger says that they were spared, and fines and the
    /// capital of what was decided are those of the events. `k` is the month, 0 the start.
    pub fn assert_balanced(&mut self, k: usize, world: &World<'_>, draw: &InputDraw) {
        if k > 0 {
            self.assert_month(world, draw);
            self.assert_so_far(world, draw);
        }
        self.prices.clone_from(&world.record().price_index);
    }

    fn assert_month(&mut self, world: &World<'_>, draw: &InputDraw) {
        let tables = world.setting().model;
        let spent = spent(world, &self.prices, draw);
        for (p, spec) in tables.providers.iter().enumerate() {
            let month = world.accounts().month(p);
            let close = |found: Usd, expected: f64| {
                assert!(
                    (found.0 - expected).abs() <= 1e-9 * spent[p],
                    "{}: {found:?} for {expected}",
                    spec.name
                );
            };
            close(month.revenue, spent[p]);
            let margin = spec
                .finance
                .map_or(1.0, |finance| finance.margin.value(draw));
            close(month.serving, (1.0 - margin) * spent[p]);
            let paid = [
                month.serving,
                month.fixed,
                month.legal,
                month.lobbying,
                month.subsidies,
                month.contempt_fines,
                month.protection_fines,
                month.capital,
            ];
            let out: f64 = paid.iter().map(|usd| usd.0).sum();
            close(month.revenue, month.cash_flow().0 + out);
            self.contempt_fines += month.contempt_fines;
            self.subsidies += month.subsidies.0 * world.customers().price_weight();
            let parts = [
                month.legal,
                month.lobbying,
                month.subsidies,
                month.fixed,
                month.capital,
            ];
            for (sum, usd) in self.paid.iter_mut().zip(parts) {
                *sum += usd.0;
            }
        }
    }

    fn assert_so_far(&self, world: &World<'_>, draw: &InputDraw) {
        let start = world.setting().calendar.start();
        let events = world.events().iter().filter(|event| event.date >= start);
        let fines = events.filter_map(|event| match event.kind {
            EventKind::FinePaid { usd, .. } => Some(usd),
            _ => None,
        });
        let fines: f64 = fines.sum();
        assert!((self.contempt_fines.0 - fines).abs() <= 1e-9 * fines.max(1.0));
        let tables = world.setting().model;
        let built = world.events().iter().map(|event| match event.kind {
            EventKind::SiteDecided {
                region,
                act: SiteAct::Build | SiteAct::Convert,
                ..
            } => {
                let build = tables.regions[region.index()].build.as_ref();
                1e6 * build.map_or(0.0, |build| build.capex_musd.value(draw))
            }
            _ => 0.0,
        });
        let built: f64 = built.sum();
        assert!((self.paid[4] - built).abs() <= 1e-9 * built);
        let spared: f64 = world.customers().market().ledger().subsidised.iter().sum();
        assert!((self.subsidies - spared).abs() <= 1e-9 * spared.max(1.0));
    }
}

/// What customers spend with each provider in a month, USD, at these prices.
fn spent(world: &World<'_>, prices: &[f64], draw: &InputDraw) -> Vec<f64> {
    let tables = world.setting().model;
    let market = world.customers().market();
    let mut spent = vec![0.0; tables.providers.len()];
    for (o, offering) in tables.offerings.iter().enumerate() {
        let p = offering.provider.index();
        let factor = tables.regions[offering.region.index()]
            .price_factor
            .value(draw);
        for group in 0..tables.groups.len() {
            let held = market.ledger().loads(group)[o] * market.growth_of(group, o as u8);
            spent[p] += held * prices[p] * factor / 12.0;
        }
    }
    spent
}

#[test]
fn money_in_is_money_out_in_every_month() {
    let scenario = written("busy", BUSY, &[]);
    let mut followed = Followed::default();
    let mut paid = [0.0; 5];
    simulate(&scenario, 1_000, 0..6, |run, k, world| {
        if k == 0 {
            followed = Followed::default();
        }
        let draw = scenario.draw_inputs(Seed(1), Run(run));
        followed.assert_balanced(k, world, &draw);
        for (sum, usd) in paid.iter_mut().zip(followed.paid) {
            *sum += usd;
        }
    });
    // The test is about something.
    assert!(paid.iter().all(|&sum| sum > 0.0), "{paid:?}");
}

/// Prices that answer move; those of who does not answer keep their trend to the bit.
#[test]
fn only_who_answers_to_intake_leaves_the_price_trend() {
    let busy = written("busy", BUSY, &[]);
    let tables = model(&busy);
    let (mut quiet, mut moved) = (0, 0);
    simulate(&busy, 1_000, 0..2, |_, k, world| {
        if k < 12 {
            return;
        }
        let trend = comity::chance::math::exp(-0.06 / 12.0 * k as f64);
        for (price, provider) in world.record().price_index.iter().zip(&tables.providers) {
            let answers = ["google", "microsoft"].contains(&provider.name.as_str());
            quiet += usize::from(!answers);
            moved += usize::from(answers && *price != trend);
            assert!(
                answers || *price == trend,
                "{} {price} {trend}",
                provider.name
            );
        }
    });
    assert!(quiet > 0 && moved > 300, "{quiet} {moved}"); // of 436
}
