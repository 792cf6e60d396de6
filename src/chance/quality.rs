//! Tests of the draws as a whole: do they look like luck, whichever part of the name
//! is counted through?
//!
//! Seeds are fixed, so a test passes always or never; the chance of failing that is
//! stated is the chance over seeds.

use super::{EntityKey, Run, Seed, Stream};
use rand::seq::SliceRandom;

const DRAWS: u32 = 1 << 18;

fn stream(purpose: &str) -> Stream {
    Stream::new(Seed(2014), "provider", purpose)
}

/// Uniform numbers met when one part of the name is counted and the rest stands still.
fn walks() -> [(&'static str, Vec<f64>); 4] {
    let (stream, entity) = (stream("price"), EntityKey::of("microsoft"));
    let draws = |draw: &dyn Fn(u32) -> f64| (0..DRAWS).map(draw).collect();
    [
        ("index", draws(&|i| stream.uniform(Run(5), entity, i))),
        ("second half", draws(&|i| stream.pair(Run(5), entity, i).1)),
        ("run", draws(&|i| stream.uniform(Run(i), entity, 5))),
        (
            "member",
            draws(&|i| stream.uniform(Run(5), entity.child(u64::from(i)), 5)),
        ),
    ]
}

/// The 2.5e-7 and 1 − 2.5e-7 quantiles of chi-square with 255 degrees of freedom.
const CHI_SQUARE_255: std::ops::Range<f64> = 157.2..385.0;

fn chi_square(bins: impl Iterator<Item = usize>) -> f64 {
    let mut counts = [0u32; 256];
    let mut total = 0.0;
    for bin in bins {
        counts[bin] += 1;
        total += 1.0;
    }
    let expected = total / 256.0;
    let distance = |&count: &u32| (f64::from(count) - expected) * (f64::from(count) - expected);
    counts.iter().map(distance).sum::<f64>() / expected
}

/// Chance of failing 5e-7 for each of the twelve tests.
#[test]
fn uniforms_fill_the_interval_and_the_square() {
    for (walk, uniforms) in walks() {
        let high = chi_square(uniforms.iter().map(|u| (u * 256.0) as usize));
        assert!(CHI_SQUARE_255.contains(&high), "{walk}: {high}");
        // The next eight bits, which a weak generator neglects.
        let low = chi_square(uniforms.iter().map(|u| (u * 65_536.0) as usize % 256));
        assert!(CHI_SQUARE_255.contains(&low), "{walk}: {low}");
        let square = |pair: &[f64]| (pair[0] * 16.0) as usize * 16 + (pair[1] * 16.0) as usize;
        let pairs = chi_square(uniforms.chunks(2).map(square));
        assert!(CHI_SQUARE_255.contains(&pairs), "{walk}: {pairs}");
    }
}

fn correlation(first: &[f64], second: &[f64]) -> f64 {
    let product = |(a, b): (&f64, &f64)| (a - 0.5) * (b - 0.5);
    12.0 * first.iter().zip(second).map(product).sum::<f64>() / first.len() as f64
}

/// Two entities alike in all but name, two purposes, two seeds, two neighbouring runs
/// or indices share no luck. |r| < 5/√n each: chance of failing 6e-7.
#[test]
fn what_differs_in_name_is_uncorrelated() {
    let of = |stream: Stream, name: &str, run: u32, index: u32| -> Vec<f64> {
        let entity = EntityKey::of(name);
        (0..DRAWS)
            .map(|i| stream.uniform(Run(i + run), entity, index))
            .collect()
    };
    let base = of(stream("price"), "microsoft", 0, 0);
    let others = [
        ("entity", of(stream("price"), "microsoft-2", 0, 0)),
        ("purpose", of(stream("posture"), "microsoft", 0, 0)),
        ("run", of(stream("price"), "microsoft", 1, 0)),
        ("index", of(stream("price"), "microsoft", 0, 1)),
        (
            "seed",
            of(
                Stream::new(Seed(2015), "provider", "price"),
                "microsoft",
                0,
                0,
            ),
        ),
    ];
    let limit = 5.0 / f64::from(DRAWS).sqrt();
    for (part, other) in others {
        let r = correlation(&base, &other);
        assert!(r.abs() < limit, "{part}: {r}");
    }
    assert!((correlation(&base, &base) - 1.0).abs() < 0.02);
}

/// 60,000 shuffles of three cards by `rand`: chi-square with 5 degrees of freedom stays
/// below 39.2 but for a chance of 2.2e-7.
#[test]
fn shuffles_are_fair() {
    let mut counts = [0.0; 9];
    for run in 0..60_000 {
        let mut cards = [0usize, 1, 2];
        cards.shuffle(&mut stream("order").rng(Run(run), EntityKey::of("cards")));
        counts[cards[0] * 3 + cards[1]] += 1.0;
    }
    let distance = |count: f64| (count - 10_000.0) * (count - 10_000.0) / 10_000.0;
    let seen = counts.into_iter().filter(|&count| count > 0.0);
    assert_eq!(seen.clone().count(), 6);
    let chi_square: f64 = seen.map(distance).sum();
    assert!(chi_square < 39.2, "{chi_square}");
}
