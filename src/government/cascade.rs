//! A self-exciting process by its clusters (Hawkes 1971; Hawkes & Oakes 1974): events come
//! by themselves at a base rate, and each brings more, on average fewer than one, after
//! exponential delays. One disclosure of surveillance leads to others.
//!
//! Every event is keyed by its place in its cluster, so that a higher base rate or more
//! offspring adds events and leaves the luck of those that were there.

use crate::chance::quantile::{exponential, poisson};
use crate::chance::{EntityKey, Run, Stream};

/// Events of a run beyond which a cascade is cut: never met while each brings fewer than
/// one, which validation asks for.
const MOST: usize = 4_096;

/// The law of a cascade, time in days.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cascade {
    /// Events a day that come by themselves.
    pub base_per_day: f64,
    /// Mean number of events that one brings directly, below 1.
    pub branching: f64,
    /// Mean delay between an event and one that it brings.
    pub delay_days: f64,
}

/// An event of a cascade.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Burst {
    /// Days after the beginning.
    pub day: f64,
    /// Position in the list of the event that brought it, if one did.
    pub parent: Option<usize>,
    /// Whose luck it has: for a severity and the like.
    pub key: EntityKey,
}

impl Cascade {
    /// Writes all events of the days before `until` into `bursts`, in order of day.
    pub fn draw(
        &self,
        stream: &Stream,
        run: Run,
        whose: EntityKey,
        until: f64,
        bursts: &mut Vec<Burst>,
    ) {
        bursts.clear();
        if self.base_per_day > 0.0 {
            let mut day = 0.0;
            for number in 0..MOST as u64 {
                let key = whose.child(number);
                day += exponential(stream.uniform(run, key, 0), 1.0 / self.base_per_day);
                if day >= until {
                    break;
                }
                let parent = None;
                bursts.push(Burst { day, parent, key });
            }
        }
        let mut next = 0;
        while next < bursts.len() && bursts.len() < MOST {
            let Burst { day, key, .. } = bursts[next];
            let brought = poisson(stream.uniform(run, key, 1), self.branching);
            for number in 0..brought {
                let key = key.child(number);
                let u = stream.uniform(run, key, 2);
                let day = day + exponential(u, self.delay_days);
                if day < until && bursts.len() < MOST {
                    let parent = Some(next);
                    bursts.push(Burst { day, parent, key });
                }
            }
            next += 1;
        }
        in_order(bursts);
    }

    /// Mean number of events in `days` days from an empty past (Hawkes 1971):
    /// `μ·t/(1 − n) − μ·n/(β·(1 − n)²)·(1 − e^(−β(1 − n)t))` with β = 1/delay.
    #[must_use]
    pub fn mean_count(&self, days: f64) -> f64 {
        let left = 1.0 - self.branching;
        let fading = 1.0 - crate::chance::math::exp(-left * days / self.delay_days);
        let transient = self.branching * self.delay_days / (left * left) * fading;
        self.base_per_day * (days / left - transient)
    }
}

/// Sorts by day; parents, which come before, are found again.
fn in_order(bursts: &mut [Burst]) {
    let parent_days: Vec<Option<EntityKey>> = bursts
        .iter()
        .map(|burst| burst.parent.map(|at| bursts[at].key))
        .collect();
    let mut order: Vec<usize> = (0..bursts.len()).collect();
    order.sort_by(|&a, &b| bursts[a].day.total_cmp(&bursts[b].day));
    let sorted: Vec<Burst> = order.iter().map(|&at| bursts[at]).collect();
    for (place, (&at, burst)) in order.iter().zip(&sorted).enumerate() {
        let parent = parent_days[at].and_then(|key| sorted.iter().position(|b| b.key == key));
        bursts[place] = Burst { parent, ..*burst };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;

    fn count(cascade: Cascade, days: f64, run: u32) -> usize {
        let stream = Stream::new(Seed(9), "government", "leak");
        let mut bursts = Vec::new();
        let whose = EntityKey::of("US");
        cascade.draw(&stream, Run(run), whose, days, &mut bursts);
        assert!(bursts.is_sorted_by(|a, b| a.day <= b.day));
        for burst in &bursts {
            assert!(burst.parent.is_none_or(|p| bursts[p].day <= burst.day));
        }
        bursts.len()
    }

    /// μ = 0.5, n = 0.6, β = 1 over 10 days: 10.6593418229 events. 40,000 runs; the standard
    /// deviation of a count is below √(10 · 7.8125); 5 standard errors: fails with chance
    /// 6e-7.
    #[test]
    fn the_mean_count_has_its_transient() {
        let cascade = Cascade {
            base_per_day: 0.5,
            branching: 0.6,
            delay_days: 1.0,
        };
        assert!((cascade.mean_count(10.0) - 10.659_341_822_9).abs() < 1e-9);
        assert!((cascade.mean_count(100.0) - 123.125).abs() < 1e-6);
        let runs = 40_000;
        let sum: usize = (0..runs).map(|run| count(cascade, 10.0, run)).sum();
        let mean = sum as f64 / f64::from(runs);
        let error = (78.125 / f64::from(runs)).sqrt();
        assert!((mean - 10.659_341_822_9).abs() < 5.0 * error, "{mean}");
    }

    #[test]
    fn more_never_means_fewer() {
        let low = Cascade {
            base_per_day: 0.02,
            branching: 0.3,
            delay_days: 20.0,
        };
        let faster = Cascade {
            base_per_day: 0.03,
            ..low
        };
        let fertile = Cascade {
            branching: 0.6,
            ..low
        };
        let never = Cascade {
            base_per_day: 0.0,
            ..low
        };
        for run in 0..200 {
            let least = count(low, 365.0, run);
            assert!(count(faster, 365.0, run) >= least);
            assert!(count(fertile, 365.0, run) >= least);
            assert_eq!(count(never, 365.0, run), 0);
        }
    }
}
