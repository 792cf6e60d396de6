//! What holds in every world, whatever is assumed: nothing is lost, money in is money out, and
//! what cannot happen leaves no trace.

use comity::chance::{Run, Seed};
use comity::domain::EventKind;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::money::{BUSY, Followed};
use crate::sandbox::{Sandbox, assert_same};
use crate::workload::assert_conserved;
use crate::worlds::{simulate, written};

/// Worlds in which much happens at once, each within its first year and a half.
fn settings() -> impl Strategy<Value = Vec<String>> {
    let weights = (0.0..4.0f64, 0.0..1.0f64, 0.0..0.5f64, 0.002..0.1f64);
    // Of growth and elasticity both or neither.
    let expansion = prop::option::of((-0.1..0.2f64, -2.0..0.0f64));
    let prices = (0.0..0.9f64, 0.0..1.0f64, expansion);
    let policy = (0.0..60.0f64, 0.0..60.0f64, 0.0..60.0f64, 1_u32..12);
    let posture = prop::sample::select(vec!["none", "district", "circuit", "supreme", "by_value"]);
    let law = (posture, any::<bool>(), 0.0..1.0f64);
    (weights, prices, policy, law).prop_map(|(weights, prices, policy, law)| {
        let (exposure, trust, peers, switching) = weights;
        let (response, subsidy, expansion) = prices;
        let (growth, elasticity) = expansion.unwrap_or((0.0, 0.0));
        let (ban, localisation, suspension, grace) = policy;
        let (posture, defy, narrow) = law;
        let mut settings = vec![
            format!("choice.exposure_weight={exposure}"),
            format!("choice.trust_weight={trust}"),
            format!("choice.peer_weight={peers}"),
            format!("choice.base_switching_per_year={switching}"),
            format!("provider.google.price_response={response}"),
            format!("provider.google.posture.migration_subsidy={subsidy}"),
            format!("projects.price_elasticity={elasticity}"),
            format!("instrument.de-procurement.most_per_year={ban}"),
            format!("instrument.de-procurement.share_at_rest=0.5"),
            format!("instrument.de-procurement.drafting_months=0"),
            format!("instrument.de-procurement.grace_months={grace}"),
            format!("instrument.br-localisation.most_per_year={localisation}"),
            format!("instrument.br-localisation.drafting_months=1"),
            format!("instrument.eu-suspension.most_per_year={suspension}"),
            format!("provider.microsoft.posture.contest_to={posture}"),
            format!("provider.microsoft.posture.defy={defy}"),
            format!("provider.microsoft.posture.narrow={narrow}"),
        ];
        let markets = ["US", "IE", "DE", "FR", "UK", "BR"];
        settings.extend(markets.map(|market| format!("market.{market}.growth_per_year={growth}")));
        settings
    })
}

/// What a case adds: a region that closes, at home or abroad, or none.
fn closing() -> impl Strategy<Value = String> {
    let regions = vec![
        "azure-dublin",
        "ovh-france",
        "amazon-us",
        "t-systems-germany",
    ];
    let closes = (prop::sample::select(regions), 1_u32..13);
    prop::option::of(closes).prop_map(|closes| {
        closes.map_or_else(String::new, |(region, month)| {
            format!("[region.{region}]\ncloses = 2015-{month:02}-10\n")
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// The ledger is what customers hold, nobody holds less than nothing, and money balances,
    /// in every month of every world. Where nothing grows, all workload is what it was.
    #[test]
    fn workload_and_money_are_conserved_in_any_world(
        settings in settings(), closing in closing(), run in 0_u32..1000,
    ) {
        let still = settings.contains(&"projects.price_elasticity=0".to_owned());
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        let mut scenario = written("any", &format!("{BUSY}{closing}"), &settings);
        scenario.horizon_months = 18;
        let draw = scenario.draw_inputs(Seed(1), Run(run));
        let mut followed = Followed::default();
        let mut start = 0.0;
        simulate(&scenario, 120, run..run + 1, |_, k, world| {
            assert_conserved(world);
            followed.assert_balanced(k, world, &draw);
            let all = world.customers().market().all_workload();
            if k == 0 {
                start = all;
            }
            assert!(!still || (all / start - 1.0).abs() < 1e-6, "{all} of {start}");
        });
    }
}

/// The settings above do make policies, moves and fines happen, or the property would be about
/// a quiet market.
#[test]
fn the_worlds_of_the_property_are_busy() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut policies, mut moves) = (0, 0);
    for _ in 0..6 {
        let settings = settings().new_tree(&mut runner).unwrap().current();
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        let mut scenario = written("any", BUSY, &settings);
        scenario.horizon_months = 18;
        simulate(&scenario, 120, 0..1, |_, k, world| {
            if k < 18 {
                return;
            }
            let in_force = |kind| matches!(kind, EventKind::PolicyInForce { .. });
            policies += world.events().iter().filter(|e| in_force(e.kind)).count();
            let market = world.customers().market();
            let providers = market.nests().providers();
            for group in 0..market.population().groups() {
                for from in 0..providers {
                    let to = (0..=providers).filter(|&to| to != from);
                    moves += to
                        .map(|to| market.ledger().moves(group, from, to))
                        .sum::<u32>();
                }
            }
        });
    }
    assert!(policies > 6 && moves > 6, "{policies} {moves}");
}

/// An instrument that cannot come leaves every table as it was, to the byte.
#[test]
fn an_instrument_with_zero_hazard_leaves_identical_bytes() {
    let never = "comity = 1\ntitle = \"Never\"\nextends = \"preska-2014\"\n\
                 [instrument.never]\nby = \"EU\"\nagainst = \"US\"\nkind = \"localisation\"\n\
                 segments = [\"enterprise\"]\ngrace_months = 1\nmost_per_year = RATE\n\
                 share_at_rest = 0.9\npressure_weight = 5\ndrafting_months = 0\n";
    let sandbox = Sandbox::new();
    let tables = |name: &str, text: &str| {
        std::fs::write(sandbox.path(&format!("{name}.toml")), text).unwrap();
        let file = format!("{name}.toml");
        let arguments = [
            "run",
            &file,
            "--no-baseline",
            "-n",
            "6",
            "--customers",
            "120",
            "-q",
        ];
        sandbox
            .comity(&[&arguments[..], &["--keep", "2", "-o", name]].concat())
            .well();
        let mut files = sandbox.result_files(name);
        files.retain(|file, _| file.ends_with(".parquet"));
        assert!(files.len() >= 6, "{:?}", files.keys());
        files
    };
    let without = "comity = 1\ntitle = \"Never\"\nextends = \"preska-2014\"\n";
    let (without, with) = (
        tables("without", without),
        tables("with", &never.replace("RATE", "0")),
    );
    assert_same(&without, &with);
    // One that comes does not.
    assert_ne!(
        without["runs.parquet"],
        tables("comes", &never.replace("RATE", "50"))["runs.parquet"]
    );
}
