//! Providers place data centers: what a region was forecast to bring against what it
//! brought, patterns P2, P6 and P7 of `docs/model.md`, conversion and closing.
//!
//! Statistical tests compare a mean over runs with a bound by its standard error and ask for
//! five of them: were the truth at the bound, each would pass by luck with a chance of 3e-7.
//! The seed was not used for tuning.

use comity::chance::math::{exp, ln_1p};
use comity::chance::{Run, Seed};
use comity::domain::{Date, Event, EventKind, SiteAct, SiteReason};
use comity::scenario::resolved::{FullModel, InputDraw, Model};
use comity::scenario::{Scenario, load_text};
use comity::world::{Setting, World};
use rayon::prelude::*;

const SEED: Seed = Seed(20_160_714);
const ONE_REGION: &str = include_str!("placement/one_region.toml");
const MANDATE: &str = include_str!("placement/mandate.toml");
fn scenario(text: &str, settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(|&set| set.to_owned()).collect();
    load_text("placement", text, &settings).unwrap_or_else(|e| panic!("{}", e.render(false)))
}

fn model(scenario: &Scenario) -> &std::sync::Arc<FullModel> {
    match &scenario.model {
        Model::Full(model) => model,
        Model::MarketBenchmark(_) => panic!("not the whole model"),
    }
}

/// What `look` makes of each run at its end; `observe` sees each month.
fn simulate<T: Send, S: Default>(
    scenario: &Scenario,
    (runs, customers): (u32, usize),
    observe: impl Fn(&mut S, usize, &World<'_>, &InputDraw) + Sync,
    look: impl Fn(S, &World<'_>, &InputDraw) -> T + Sync,
) -> Vec<T> {
    let setting = Setting::new(scenario, model(scenario), customers, SEED);
    (0..runs)
        .into_par_iter()
        .map_init(
            || World::new(setting.clone(), &scenario.median_inputs()).unwrap(),
            |world, run| {
                let draw = scenario.draw_inputs(SEED, Run(run));
                let mut seen = S::default();
                let watch = |k: usize, world: &World<'_>| observe(&mut seen, k, world, &draw);
                world.simulate(Run(run), &draw, watch).unwrap();
                look(seen, world, &draw)
            },
        )
        .collect()
}

/// Events of each run.
fn events(scenario: &Scenario, size: (u32, usize)) -> Vec<Vec<Event>> {
    let nothing = |(): &mut (), _: usize, _: &World<'_>, _: &InputDraw| {};
    simulate(scenario, size, nothing, |(), world, _| {
        world.events().to_vec()
    })
}

fn region(scenario: &Scenario, name: &str) -> usize {
    let mut regions = model(scenario).regions.iter();
    regions.position(|region| region.name == name).unwrap()
}

/// Revenue of a provider, USD a year.
fn revenue(world: &World<'_>, draw: &InputDraw, provider: &str) -> f64 {
    let model = world.setting().model;
    let market = world.customers().market();
    let offerings = model.offerings.iter().enumerate();
    let own = offerings.filter(|(_, o)| model.providers[o.provider.index()].name == provider);
    let of = |(o, offering): (usize, &comity::scenario::resolved::Offering)| {
        let region = &model.regions[offering.region.index()];
        let price = world.record().price(offering.provider) * region.price_factor.value(draw);
        let loads = (0..model.groups.len())
            .map(|g| market.ledger().loads(g)[o] * market.growth_of(g, o as u8));
        price * loads.sum::<f64>()
    };
    own.map(of).sum()
}

/// A mean and its standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[track_caller]
fn surely_above(values: &[f64], bound: f64) {
    let (mean, error) = mean(values);
    assert!(mean - 5.0 * error > bound, "{mean} ± {error}, {bound}");
}

#[track_caller]
fn surely_below(values: &[f64], bound: f64) {
    let (mean, error) = mean(values);
    assert!(mean + 5.0 * error < bound, "{mean} ± {error}, {bound}");
}

/// What one region brought and what it was forecast to bring, in one run, in USD.
#[derive(Debug)]
struct Yield {
    /// Present value of Microsoft's money at the decision, above that of the paired world.
    worth: f64,
    /// The same as it was reckoned with when the region was decided.
    npv: f64,
}

/// Cash flow of Microsoft, month by month.
type Flows = Vec<f64>;

fn yields(runs: u32) -> Vec<Yield> {
    let built = scenario(ONE_REGION, &[]);
    let not = scenario(ONE_REGION, &["region.azure-germany.build.capex_musd=1e9"]);
    let size = (runs, 1000);
    let microsoft = {
        let mut providers = model(&built).providers.iter();
        providers.position(|p| p.name == "microsoft").unwrap()
    };
    let watch = |flows: &mut Flows, k: usize, world: &World<'_>, _: &InputDraw| {
        if k > 0 {
            let month = world.accounts().month(microsoft);
            flows.push(month.cash_flow().0);
        }
    };
    let with = simulate(&built, size, watch, |flows, world, _| {
        (flows, forecast(world))
    });
    let without = simulate(&not, size, watch, |flows, world, _| {
        let decides = |event: &Event| matches!(event.kind, EventKind::SiteDecided { .. });
        assert!(!world.events().iter().any(decides));
        flows
    });
    let pairs = with.into_iter().zip(without);
    pairs
        .map(|((with, npv), without)| {
            let more = with.iter().zip(&without).map(|(w, wo)| w - wo);
            let rate = ln_1p(0.08) / 12.0;
            // Money of month k comes in its middle; the decision is at the end of the third.
            let value = |(k, cash): (usize, f64)| cash * exp(-rate * (k as f64 - 2.5));
            Yield {
                worth: more.enumerate().map(value).sum(),
                npv,
            }
        })
        .collect()
}

/// The value that decided.
fn forecast(world: &World<'_>) -> f64 {
    let decided = |event: &Event| match event.kind {
        EventKind::SiteDecided { npv_usd, .. } => Some(npv_usd),
        _ => None,
    };
    world.events().iter().find_map(decided).unwrap()
}

/// In a world without news, what one region more brings over its first five years against
/// what it was forecast to bring when it was decided. The forecast leaves out that the
/// installed base looks at a new region at home, so that the truth is a little above it. A
/// world in which what is on offer changed otherwise than at the rate of the day of the
/// decision, or whose base moved freely, would break it. The ratio told in docs/model.md, 5.16,
/// is that of this test: three standard errors off, it fails, which at another seed happens
/// with a chance of 0.3 %.
#[test]
fn a_region_brings_what_was_forecast() {
    let yields = yields(300);
    let of = |value: &dyn Fn(&Yield) -> f64| yields.iter().map(value).collect::<Vec<f64>>();
    for bound in [0.75, 1.35] {
        let beyond = of(&|y| (y.worth - bound * y.npv) * if bound > 1.0 { -1.0 } else { 1.0 });
        surely_above(&beyond, 0.0);
    }
    let docs = include_str!("../../docs/model.md");
    let (worth, npv) = (mean(&of(&|y| y.worth)), mean(&of(&|y| y.npv)));
    let ratio = worth.0 / npv.0;
    let error = mean(&of(&|y| y.worth - ratio * y.npv)).1 / npv.0;
    let told = docs.find(" of (38)").and_then(|end| {
        let mut words = docs[..end].rsplit([' ', '\n']);
        words.nth(2)?.parse::<f64>().ok()
    });
    let agrees = told.is_some_and(|told| (told - ratio).abs() < 3.0 * error);
    assert!(agrees, "told {told:?}, found {ratio:.3} ± {error:.3}");
}

/// The shipped world from 2014 on in which no further region opens but, in July 2015, one of
/// Microsoft's in Germany, or none.
fn one_more(region: Option<&str>) -> Scenario {
    let mut text = "extends = \"preska-2014\"\nbaseline = \"\"\n".to_owned();
    let shipped = scenario(&text, &[]);
    let regions = model(&shipped).regions.iter();
    for region in regions.filter(|r| r.build.is_some() || r.name == "azure-germany-trustee") {
        text += &format!("[region.{}]\nremove = true\n", region.name);
    }
    if let Some(more) = region {
        text += &format!(
            "[region.azure-home]\nprovider = \"microsoft\"\njurisdiction = \"DE\"\n\
             opens = 2015-07-31\n{more}\n"
        );
    }
    scenario(&text, &[])
}

/// P6. What one region brings over its first five years, less the cost of serving it, against
/// its fixed cost as in the library (12 million USD a year, 8 more for the trustee): a trustee's
/// at a quarter more and with a lag in features does not cover it in most runs, an ordinary
/// one does, and without premium and lag the trustee's does as well. Capital comes on top. By
/// other seeds the shares were 0.02, 0.93 and 0.94: with those each of the three would fail by
/// luck with a chance below 1e-4. Customers who mind price and features less, or reach far
/// more, would break it.
#[test]
fn p6_a_trustee_region_does_not_cover_its_fixed_cost_an_ordinary_one_does() {
    let earned = |region: Option<&str>| {
        let scenario = one_more(region);
        let mut providers = model(&scenario).providers.iter();
        let microsoft = providers.position(|p| p.name == "microsoft").unwrap();
        let watch = |sum: &mut f64, k: usize, world: &World<'_>, _: &InputDraw| {
            let month = world.accounts().month(microsoft);
            if (13..=72).contains(&k) {
                *sum += month.revenue.0 - month.serving.0;
            }
        };
        simulate(&scenario, (60, 500), watch, |sum, _, _| sum)
    };
    let without = earned(None);
    let covers = |region: &str, fixed_usd_per_year: f64| -> Vec<f64> {
        let with = earned(Some(region));
        let more = with
            .iter()
            .zip(&without)
            .map(|(with, without)| with - without);
        more.map(|more| f64::from(u8::from(more > 5.0 * fixed_usd_per_year)))
            .collect()
    };
    surely_above(&covers("control = \"subsidiary\"", 12e6), 0.5);
    let trustee = "control = \"trustee\"\n";
    let dear = format!("{trustee}price_factor = 1.25\nfeature_lag = 0.8");
    surely_below(&covers(&dear, 20e6), 0.5);
    surely_above(&covers(trustee, 20e6), 0.5);
}

/// A region that opened or closed on a day.
type Step = (usize, bool, Date);

/// Regions that were decided and opened under the order and that the paired world, in which
/// the order was quashed, has not opened five years later, of `runs` runs: whether each is
/// there five years after its opening. Those too late to tell are left out.
fn by_the_order(text: &str, runs: u32) -> Vec<f64> {
    let order = scenario(text, &[]);
    let quashed = text.replace("extends = \"preska-2014\"", "extends = \"no-order\"");
    let quashed = scenario(&quashed, &[]);
    let steps = |scenario: &Scenario| -> Vec<Vec<Step>> {
        let step = |event: &Event| match event.kind {
            EventKind::RegionOpened { region } => {
                event.cause.map(|_| (region.index(), true, event.date))
            }
            EventKind::RegionClosed { region } => Some((region.index(), false, event.date)),
            _ => None,
        };
        let runs = events(scenario, (runs, 300));
        let steps = runs.iter().map(|events| events.iter().filter_map(step));
        steps.map(Iterator::collect).collect()
    };
    let end = order.start.plus_months(order.horizon_months as i32);
    let pairs = steps(&order).into_iter().zip(steps(&quashed));
    let mut stays = Vec::new();
    for (with, without) in pairs {
        for &(region, _, day) in with.iter().filter(|step| step.1) {
            let later = day.plus_months(60);
            let also = |step: &&Step| step.0 == region && step.1 && step.2 < later;
            let closed = |step: &&Step| step.0 == region && !step.1 && step.2 <= later;
            if later <= end && !without.iter().any(|step| also(&step)) {
                let stayed = !with.iter().any(|step| closed(&step));
                stays.push(f64::from(u8::from(stayed)));
            }
        }
    }
    stays
}

/// P7. Germany answers the order with a mandate to keep data at home, for three years at a
/// time; of the regions opened that would not be there without the order, most stay. What
/// keeps them is that their capital is sunk: rented at the same present value, so that it is
/// saved by closing, fewer do. The capital is that of the library. Of 400 runs 124 of 129 stayed,
/// and 60 of 113 rented ones; each statement holds by five standard errors, with shares like these
/// and the runs here by more than six. (Under version 2 of the model most rented ones closed, 39 of
/// 51, and that was asked for; since customers adopt cloud regions earn more, and half stay.) A
/// provider that reckons what is spent among what it could save would break it.
#[test]
fn p7_regions_opened_under_an_order_remain_as_their_capital_is_sunk() {
    let share = |text: &str| {
        let stays = by_the_order(text, 260);
        assert!(stays.len() >= 50, "{} regions by the order", stays.len());
        mean(&stays)
    };
    let sunk = share(MANDATE);
    assert!(sunk.0 - 5.0 * sunk.1 > 0.5, "{sunk:?}");
    // 70 million over 15 years at 8 %, from the opening on, are 9.5 million a year.
    let shipped = scenario(MANDATE, &[]);
    let mut rented = MANDATE.to_owned();
    for region in &model(&shipped).regions {
        if let Some(build) = &region.build {
            let fixed = build.fixed_musd_per_year.value(&shipped.median_inputs()) + 9.5;
            rented += &format!(
                "[region.{}.build]\ncapex_musd = 0.01\nfixed_musd_per_year = {fixed}\n",
                region.name
            );
        }
    }
    let rented = share(&rented);
    let error = (sunk.1 * sunk.1 + rented.1 * rented.1).sqrt();
    assert!(sunk.0 - rented.0 - 5.0 * error > 0.0, "{sunk:?} {rented:?}");
}

/// What a provider decides because of a policy is caused by it, and opens by its decision.
#[test]
fn a_decision_by_policy_names_the_policy() {
    let mut by_policy = 0;
    for events in events(&scenario(MANDATE, &[]), (20, 300)) {
        for event in &events {
            let cause = event.cause.map(|cause| events[cause.0 as usize].kind);
            match event.kind {
                EventKind::SiteDecided { why, .. } => {
                    let named = matches!(cause, Some(EventKind::PolicyInForce { .. }));
                    assert_eq!(named, why == SiteReason::Policy, "{event:?}");
                    by_policy += u32::from(named);
                }
                EventKind::RegionOpened { .. } | EventKind::RegionClosed { .. } => {
                    let decided = matches!(cause, None | Some(EventKind::SiteDecided { .. }));
                    assert!(decided, "{cause:?}");
                }
                _ => {}
            }
        }
    }
    assert!(by_policy > 0);
}

/// P2. Part of the work of EU customers with US providers that lies at home, after ten
/// years less at the start, in points; without a wish for home little of it is left, and the
/// statement fails. Home regions that nobody builds, or that cost or lag much more, would
/// break it.
#[test]
fn p2_work_goes_home_as_regions_open_and_not_without_the_wish_for_it() {
    let rise = |settings: &[&str]| {
        let scenario = scenario("extends = \"preska-2014\"\nbaseline = \"\"\n", settings);
        let observe = |ends: &mut (f64, f64), k: usize, world: &World<'_>, _: &InputDraw| {
            ends.1 = 100.0 * home_share(world);
            if k == 0 {
                ends.0 = ends.1;
            }
        };
        simulate(&scenario, (40, 1000), observe, |(first, last), _, _| {
            last - first
        })
    };
    surely_above(&rise(&[]), 30.0);
    surely_below(&rise(&["choice.home_weight=0"]), 15.0);
}

fn home_share(world: &World<'_>) -> f64 {
    let model = world.setting().model;
    let market = world.customers().market();
    let (mut home, mut all) = (0.0, 0.0);
    for (g, group) in model.groups.iter().enumerate() {
        if model.jurisdictions[group.jurisdiction.index()]
            .bloc
            .is_none()
        {
            continue;
        }
        for (o, offering) in model.offerings.iter().enumerate() {
            let parent = model.providers[offering.provider.index()].parent;
            if model.jurisdictions[parent.index()].name == "US" {
                let load = market.ledger().loads(g)[o] * market.growth_of(g, o as u8);
                all += load;
                home += f64::from(u8::from(offering.jurisdiction == group.jurisdiction)) * load;
            }
        }
    }
    home / all
}

/// Candidates that nobody can pay for leave every bit as it is without them.
#[test]
fn candidates_that_are_too_dear_change_nothing() {
    let base = "extends = \"preska-2014\"\nbaseline = \"\"\n";
    let full = scenario(base, &[]);
    let candidates: Vec<&str> = model(&full)
        .regions
        .iter()
        .filter(|region| region.build.is_some())
        .map(|region| region.name.as_str())
        .collect();
    assert!(candidates.len() > 5);
    let dear: Vec<String> = candidates
        .iter()
        .map(|name| format!("region.{name}.build.capex_musd=1e12"))
        .collect();
    let dear = scenario(base, &dear.iter().map(String::as_str).collect::<Vec<_>>());
    let tables = candidates
        .iter()
        .map(|name| format!("[region.{name}]\nremove = true\n"));
    let without = scenario(&(base.to_owned() + &tables.collect::<String>()), &[]);
    let watch = |bits: &mut Vec<u64>, _: usize, world: &World<'_>, draw: &InputDraw| {
        let providers = world.setting().model.providers.iter();
        bits.extend(providers.map(|p| revenue(world, draw, &p.name).to_bits()));
    };
    let bits = |scenario: &Scenario| simulate(scenario, (4, 600), watch, |bits, _, _| bits);
    assert_eq!(bits(&dear), bits(&without));
    assert_ne!(
        bits(&full),
        bits(&without),
        "the candidates would be chosen"
    );
}

/// A region that costs more than it can earn is closed after its notice, one that costs
/// nothing never; all workload stays accounted for.
#[test]
fn a_region_that_loses_money_is_closed_with_notice() {
    let base = "extends = \"preska-2014\"\nbaseline = \"\"\n\
                [region.azure-amsterdam.running]\nfixed_musd_per_year = ";
    let run = |cost: &str| {
        let scenario = scenario(&format!("{base}{cost}\n"), &[]);
        let at = region(&scenario, "azure-amsterdam");
        let watch = |(): &mut (), _: usize, world: &World<'_>, _: &InputDraw| {
            assert!(world.customers().market().conservation_gap() < 1e-6);
        };
        let runs = simulate(&scenario, (3, 600), watch, |(), world, _| {
            world.events().to_vec()
        });
        (at, runs)
    };
    let (at, runs) = run("100000");
    for events in &runs {
        let decided = events.iter().position(|event| matches!(event.kind, EventKind::SiteDecided { region, act: SiteAct::Close, npv_usd, .. } if region.index() == at && npv_usd < 0.0));
        let closed = events.iter().find(|event| matches!(event.kind, EventKind::RegionClosed { region } if region.index() == at));
        let (decided, closed) = (decided.unwrap(), closed.unwrap());
        assert_eq!(closed.cause.map(|cause| cause.0 as usize), Some(decided));
        assert_eq!(
            closed.date,
            events[decided].date.plus_days(1).plus_months(12)
        );
    }
    let (_, runs) = run("0");
    let closes = |event: &Event| matches!(event.kind, EventKind::RegionClosed { .. });
    assert!(!runs.iter().flatten().any(closes));
}

/// A conversion: the old region closes on the day on which the new one opens, by the same
/// decision, which waits until there is something to convert.
#[test]
fn a_conversion_closes_the_old_region_as_the_new_one_opens() {
    let text = "extends = \"preska-2014\"\nbaseline = \"\"\n[region.azure-germany.build]\n\
                converts = \"azure-germany-trustee\"\ncapex_musd = 1\n";
    let scenario = scenario(text, &[]);
    let (new, old) = (
        region(&scenario, "azure-germany"),
        region(&scenario, "azure-germany-trustee"),
    );
    for events in events(&scenario, (4, 600)) {
        let find =
            |is: &dyn Fn(&EventKind) -> bool| *events.iter().find(|event| is(&event.kind)).unwrap();
        let decided = find(
            &|kind| matches!(kind, EventKind::SiteDecided { region, act: SiteAct::Convert, .. } if region.index() == new),
        );
        let opened = find(
            &|kind| matches!(kind, EventKind::RegionOpened { region } if region.index() == new),
        );
        let closed = find(
            &|kind| matches!(kind, EventKind::RegionClosed { region } if region.index() == old),
        );
        assert!(decided.date >= "2016-09-01".parse().unwrap());
        assert_eq!((opened.date, opened.cause), (closed.date, closed.cause));
        assert_eq!(events[opened.cause.unwrap().0 as usize], decided);
    }
}

/// A region with a limit takes nobody once it is full: when those who were on their way have
/// arrived, what its customers brought there (growth of what they have aside) only gets
/// less; it stays, and grows past the limit. Without the limit it is brought more and more; a
/// limit that is never met leaves every bit as it was.
#[test]
fn a_full_region_takes_nothing_new_and_keeps_what_it_has() {
    #[derive(Default)]
    struct Seen {
        brought: Vec<f64>,
        used: Vec<f64>,
        bits: Vec<u64>,
    }
    let base = "extends = \"preska-2014\"\nbaseline = \"\"\n";
    let dublin = region(&scenario(base, &[]), "azure-dublin");
    let run = |limit: Option<f64>| {
        let limit = limit.map(|limit| format!("region.azure-dublin.capacity_usd_per_year={limit}"));
        let scenario = scenario(base, &limit.iter().map(String::as_str).collect::<Vec<_>>());
        let watch = |seen: &mut Seen, _: usize, world: &World<'_>, draw: &InputDraw| {
            let market = world.customers().market();
            let offerings = world.setting().model.offerings.iter().enumerate();
            let there = offerings.filter(|(_, o)| o.region.index() == dublin);
            let loads = there.flat_map(|(o, _)| {
                (0..world.setting().model.groups.len()).map(move |g| market.ledger().loads(g)[o])
            });
            seen.brought.push(loads.sum());
            seen.used.push(world.record().utilisation[dublin]);
            seen.bits.push(revenue(world, draw, "microsoft").to_bits());
        };
        simulate(&scenario, (4, 600), watch, |seen, _, _| seen)
    };
    let without = run(None);
    let limit = 1.2 * without[0].brought[0];
    let mut months = 0;
    for (with, without) in run(Some(limit)).iter().zip(&without) {
        assert!(with.used[0] < 1.0 && without.used.iter().all(|&used| used == 0.0));
        for k in 8..with.used.len() {
            // Full at the end of each month from which a mover can still arrive.
            if with.used[k - 8..k].iter().all(|&used| used >= 1.0) {
                let (before, after) = (with.brought[k - 1], with.brought[k]);
                assert!(after <= before * (1.0 + 1e-9), "{k}: {before} {after}");
                months += 1;
            }
        }
        let most = with.used.iter().copied().fold(0.0, f64::max);
        assert!(most > 1.05, "what is there grows: {most}");
        let more = |seen: &Seen| seen.brought[48] / seen.brought[0];
        let (with, without) = (more(with), more(without));
        assert!(without > 1.2 * with && with > 0.5, "{with} {without}");
    }
    assert!(months > 100, "{months}");
    for (never, without) in run(Some(1e15)).iter().zip(&without) {
        assert_eq!(never.bits, without.bits);
    }
}

/// A region is decided only when it has been worth building for as long as it takes to
/// prepare, and a provider builds one at a time; without either nearly all is decided at once.
#[test]
fn a_provider_prepares_its_regions_and_builds_one_at_a_time() {
    let base = "extends = \"preska-2014\"\nbaseline = \"\"\n";
    let shipped = scenario(base, &[]);
    let candidates = || model(&shipped).regions.iter().filter(|r| r.build.is_some());
    let first_quarters = |months: u32, most: u32| {
        let mut text = base.to_owned();
        for region in candidates() {
            text += &format!(
                "[region.{}.build]\npreparation_months = {months}\n",
                region.name
            );
        }
        for provider in ["amazon", "google", "ibm", "microsoft"] {
            text += &format!("[provider.{provider}.investment]\nmost_sites_under_way = {most}\n");
        }
        let scenario = scenario(&text, &[]);
        let start = scenario.start;
        let mut first = Vec::new();
        for events in events(&scenario, (8, 400)) {
            // By provider: sites decided and not open.
            let mut under_way = std::collections::BTreeMap::new();
            let mut dated: Vec<&Event> = events.iter().collect();
            dated.sort_by_key(|event| event.date);
            for event in dated {
                let (region, change) = match event.kind {
                    EventKind::SiteDecided {
                        region,
                        act: SiteAct::Build,
                        ..
                    } => (region, 1),
                    EventKind::RegionOpened { region } if event.cause.is_some() => (region, -1),
                    _ => continue,
                };
                let provider = model(&scenario).regions[region.index()].provider.index();
                let count = under_way.entry(provider).or_insert(0);
                *count += change;
                assert!((0..=most as i32).contains(count), "{count} under way");
                if change == 1 {
                    let days = event.date.days_since(start);
                    assert!(days >= 91 + 30 * months as i32, "decided after {days} days");
                    first.push(days < 200);
                }
            }
        }
        assert!(first.len() > 10);
        first.iter().filter(|&&first| first).count() as f64 / first.len() as f64
    };
    assert_eq!(first_quarters(12, 1), 0.0);
    assert!(first_quarters(0, 64) > 0.9);
}
