//! P5: trust falls fast, returns slowly, and sooner to who was seen to fight.

use super::{Futures, ORDER, Size, alone, beyond};

const FIVE_YEARS: Size = Size {
    months: 60,
    runs: 100,
    customers: 60,
};
/// Gives in at once.
const YIELDS: &str = "provider.microsoft.posture.contest_to=none";
/// Good evidence over all at rest, in the shipped libraries.
const AT_REST: f64 = 100.0 * 4.0 / 6.0;

/// How far trust is below rest, each run.
fn fall(futures: &Futures, when: &str) -> Vec<f64> {
    let trust = futures.values(when);
    trust.iter().map(|trust| AT_REST - trust).collect()
}

/// P5: who gives in without a fight loses at once; two years later more than half of that is
/// still lost, five years later most is back. It would break if bad evidence were forgotten as
/// soon as good: with equal half-lives more than half is back after two years. So it is, with
/// the shipped half-lives, for a provider that fought in the lower court before it gave in,
/// and it loses less; one that fights on gains.
#[test]
fn p5_trust_falls_fast_and_returns_slowly_and_sooner_to_who_fought() {
    let first_contact = format!("{ORDER}{}", include_str!("first_contact.toml"));
    let meek = alone(&first_contact, &[YIELDS], FIVE_YEARS);
    let lost = fall(&meek, "trust_1m");
    beyond(&lost, 0.0, &lost).above(15.0);
    beyond(&fall(&meek, "trust_24m"), 0.5, &lost).above(0.0);
    beyond(&fall(&meek, "trust_60m"), 0.5, &lost).below(0.0);

    let equal = r#"trust.bad_half_life_months={ dist = "lognormal", median = 12, sigma = 0.3 }"#;
    let equal = alone(&first_contact, &[YIELDS, equal], FIVE_YEARS);
    let lost_too = fall(&equal, "trust_1m");
    beyond(&fall(&equal, "trust_24m"), 0.5, &lost_too).below(0.0);

    // In the shipped history it contested the magistrate's ruling.
    let fought = alone(ORDER, &[YIELDS], FIVE_YEARS);
    let lost_less = fall(&fought, "trust_1m");
    beyond(&lost_less, 1.0, &lost).below(0.0);
    beyond(&fall(&fought, "trust_24m"), 0.5, &lost_less).below(0.0);

    let fights = alone(
        ORDER,
        &[],
        Size {
            months: 12,
            ..FIVE_YEARS
        },
    );
    fights.level("trust_1m").above(AT_REST);
    fights.level("trust_12m").above(AT_REST);
}
