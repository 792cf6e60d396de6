//! P3: law is slow, and a statute can end a case first.

use super::{Futures, Mean, ORDER, Size, alone};

/// Four years; the courts do not ask how many customers there are.
const FOUR_YEARS: Size = Size {
    months: 48,
    runs: 150,
    customers: 60,
};

/// The share of cases that are open after so many days.
fn open_after(futures: &Futures, days: f64) -> Mean {
    let open = |lasted: f64| f64::from(u8::from(lasted.is_nan() || lasted > days));
    let lasted = futures.values("case_days").into_iter();
    Mean::of(&lasted.map(open).collect::<Vec<_>>())
}

/// The share of cases that end so.
fn ending(futures: &Futures, ending: &str) -> Mean {
    let ends = |of: &String| f64::from(u8::from(of == ending));
    Mean::of(&futures.endings.iter().map(ends).collect::<Vec<_>>())
}

/// P3: most cases are open a year after the order and many two years after, and a statute ends
/// some before the last court has ruled. It would break if courts took no time: with a day
/// at each stage, few cases see the end of the first year. It would break too if nobody
/// could pass a statute: without the instrument no case ends by one.
#[test]
fn p3_law_is_slow_and_a_statute_can_moot_the_case() {
    let slow = alone(ORDER, &[], FOUR_YEARS);
    open_after(&slow, 365.0).above(0.5);
    open_after(&slow, 730.0).above(0.15);
    ending(&slow, "statute").above(0.10);
    ending(&slow, "statute").below(0.60);
    ending(&slow, "government").above(0.10);

    let system = include_str!("../../../scenarios/library/us-sca.toml");
    let nodes = system.lines().filter_map(|line| {
        let name = line
            .strip_prefix("[court.us-sca.node.")?
            .strip_suffix(']')?;
        (!name.contains('.')).then(|| format!("court.us-sca.node.{name}.days=1"))
    });
    let nodes: Vec<String> = nodes.collect();
    assert!(nodes.len() > 20, "{nodes:?}");
    let quick: Vec<&str> = nodes.iter().map(String::as_str).collect();
    let size = Size {
        runs: 40,
        ..FOUR_YEARS
    };
    open_after(&alone(ORDER, &quick, size), 365.0).below(0.5);

    let idle = alone(ORDER, &["instrument.us-statute.most_per_year=0"], size);
    assert!(idle.endings.iter().all(|ending| ending != "statute"));
}
