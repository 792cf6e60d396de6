//! Money in is money out, in every month of every run.

use comity::domain::{EventKind, SiteAct, Usd};

use crate::worlds::{model, simulate, written};

/// Everything that moves money at once: subsidies, lobbying, fines, cases, prices that answer.
const BUSY: &str = r#"
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

/// What customers spend is what providers take; what is left is what is taken less each thing
/// that is paid; subsidies are what the customers' ledger says that they were spared; fines are
/// those of the events, and so is the capital of what was decided.
#[test]
fn money_in_is_money_out_in_every_month() {
    let scenario = written("busy", BUSY, &[]);
    let tables = model(&scenario);
    let (runs, horizon) = (0..6, scenario.horizon_months as usize);
    let (mut prices, mut fines, mut subsidies) = (Vec::new(), Usd::ZERO, 0.0);
    let (mut totals, mut capital) = ([0.0; 5], 0.0);
    simulate(&scenario, 1_000, runs, |run, k, world| {
        let draw = scenario.draw_inputs(comity::chance::Seed(1), comity::chance::Run(run));
        if k == 0 {
            (fines, subsidies, capital) = (Usd::ZERO, 0.0, 0.0);
            prices.clone_from(&world.record().price_index);
            return;
        }
        let market = world.customers().market();
        let mut spent = vec![0.0; tables.providers.len()];
        for (o, offering) in tables.offerings.iter().enumerate() {
            let p = offering.provider.index();
            let factor = tables.regions[offering.region.index()]
                .price_factor
                .value(&draw);
            for group in 0..tables.groups.len() {
                let held = market.ledger().loads(group)[o] * market.growth_of(group, o as u8);
                spent[p] += held * prices[p] * factor / 12.0;
            }
        }
        for (p, spec) in tables.providers.iter().enumerate() {
            let month = world.accounts().month(p);
            assert!((month.revenue.0 - spent[p]).abs() <= 1e-9 * spent[p]);
            let margin = spec
                .finance
                .map_or(1.0, |finance| finance.margin.value(&draw));
            let served = (1.0 - margin) * spent[p];
            assert!((month.serving.0 - served).abs() <= 1e-9 * spent[p]);
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
            let left = month.cash_flow().0;
            assert!((left + out - month.revenue.0).abs() <= 1e-9 * spent[p]);
            fines += month.contempt_fines;
            capital += month.capital.0;
            subsidies += month.subsidies.0 * world.customers().price_weight();
            let paid = [
                month.legal,
                month.lobbying,
                month.subsidies,
                month.fixed,
                month.capital,
            ];
            for (total, usd) in totals.iter_mut().zip(paid) {
                *total += usd.0;
            }
        }
        prices.clone_from(&world.record().price_index);
        if k == horizon {
            let start = world.setting().calendar.start();
            let paid = world.events().iter().filter(|event| event.date >= start);
            let paid: f64 = paid
                .filter_map(|event| match event.kind {
                    EventKind::FinePaid { usd, .. } => Some(usd),
                    _ => None,
                })
                .sum();
            assert!((fines.0 - paid).abs() <= 1e-9 * paid.max(1.0));
            let built = world.events().iter().map(|event| match event.kind {
                EventKind::SiteDecided {
                    region,
                    act: SiteAct::Build | SiteAct::Convert,
                    ..
                } => {
                    let build = tables.regions[region.index()].build.as_ref();
                    1e6 * build.map_or(0.0, |build| build.capex_musd.value(&draw))
                }
                _ => 0.0,
            });
            let built: f64 = built.sum();
            assert!((capital - built).abs() <= 1e-9 * built);
            let spared: f64 = market.ledger().subsidised.iter().sum();
            assert!((subsidies - spared).abs() <= 1e-9 * spared);
        }
    });
    // The test is about something.
    assert!(totals.iter().all(|&total| total > 0.0), "{totals:?}");
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
