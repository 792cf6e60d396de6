//! The market benchmark without a framework: bare arrays by the same rules as the engine
//! (f64, keyed Philox, portable maths, one customer at a time in calendar buckets), to say
//! what the engine's generality costs.

use comity::chance::{math, philox4x32};

const GROUPS: usize = 20;
const OFFERINGS: usize = 12;
const PROVIDERS: usize = 4;
const OFFSETS: [usize; 4] = [1, 7, 53, 401];

/// Bare arrays.
pub struct Twin {
    customers: usize,
    offering: Vec<u8>,
    seen: Vec<u8>,
    stay_gain: Vec<f64>,
    buckets: Vec<Vec<u32>>,
    base: Vec<f64>,
}

fn uniforms(key: [u32; 2], run: u32, entity: u64, index: u32) -> (f64, f64) {
    let [a, b, c, d] = philox4x32([run, entity as u32, (entity >> 32) as u32, index], key);
    let unit = |low: u32, high: u32| {
        (((u64::from(high) << 32 | u64::from(low)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    };
    (unit(a, b), unit(c, d))
}

/// Months until the next look: geometric with chance 1/12, at least 1.
fn wait(u: f64) -> usize {
    (math::ln(u) / math::ln(11.0 / 12.0)) as usize + 1
}

impl Twin {
    /// Arrays for so many customers.
    pub fn new(customers: usize) -> Self {
        let base = (0..GROUPS * OFFERINGS).map(|i| {
            math::exp(comity::world::benchmark::fixed_utility(
                i / OFFERINGS,
                i % OFFERINGS,
            ))
        });
        let stay_gain = (0..customers).map(|i| {
            let z = math::normal_quantile(uniforms([1, 1], u32::MAX, i as u64, 0).0);
            math::exp(2.0 * math::exp(0.5 * z)) - 1.0
        });
        Self {
            customers,
            offering: vec![0; customers],
            seen: vec![0; customers],
            stay_gain: stay_gain.collect(),
            buckets: Vec::new(),
            base: base.collect(),
        }
    }

    /// One run; returns the last month's count of each offering.
    pub fn simulate(&mut self, run: u32, months: usize) -> [u32; OFFERINGS] {
        let n = self.customers;
        let mut counts = [0u32; OFFERINGS];
        let mut good = [2.0; GROUPS * PROVIDERS];
        let mut bad = [2.0; GROUPS * PROVIDERS];
        let kept = math::exp2(-1.0 / 12.0);
        self.buckets.resize(months + 1, Vec::new());
        self.buckets.iter_mut().for_each(Vec::clear);
        for i in 0..n {
            self.offering[i] = (i % OFFERINGS) as u8;
            self.seen[i] = (i % OFFERINGS % PROVIDERS) as u8;
            counts[i % OFFERINGS] += 1;
            let month = wait(uniforms([2, 2], run, i as u64, 0).0);
            if month <= months {
                self.buckets[month].push(i as u32);
            }
        }
        let peer: [f64; 9] = std::array::from_fn(|k| math::exp(0.5 * k as f64 / 8.0));
        let mut moved = Vec::new();
        for month in 1..=months {
            let mut weight = [0.0; GROUPS * PROVIDERS];
            for (stock, weight) in weight.iter_mut().enumerate() {
                good[stock] = 2.0 + kept * (good[stock] - 2.0);
                bad[stock] = 2.0 + kept * (bad[stock] - 2.0);
                if uniforms([3, 3], run, stock as u64, month as u32).0 < 0.5 {
                    good[stock] += 1.0;
                } else {
                    bad[stock] += 2.0;
                }
                let odds: f64 = good[stock] / bad[stock];
                *weight = odds * odds;
            }
            let due = std::mem::take(&mut self.buckets[month]);
            for &customer in &due {
                let i = customer as usize;
                let group = i % GROUPS;
                let (u, next) = uniforms([4, 4], run, u64::from(customer), month as u32);
                let mut neighbours = [0usize; PROVIDERS];
                for offset in OFFSETS {
                    neighbours[usize::from(self.seen[wrap(i + offset, n)])] += 1;
                    neighbours[usize::from(self.seen[wrap(i + n - offset, n)])] += 1;
                }
                let current = usize::from(self.offering[i]);
                let mut chances = [0.0; OFFERINGS];
                let mut total = 0.0;
                for (o, chance) in chances.iter_mut().enumerate() {
                    let p = o % PROVIDERS;
                    *chance = self.base[group * OFFERINGS + o]
                        * weight[group * PROVIDERS + p]
                        * peer[neighbours[p]];
                    total += *chance;
                }
                let extra = self.stay_gain[i] * chances[current];
                let mut left = u * (total + extra) - extra;
                let mut chosen = current;
                if left >= 0.0 {
                    for (o, &w) in chances.iter().enumerate() {
                        chosen = o;
                        if left < w {
                            break;
                        }
                        left -= w;
                    }
                }
                if chosen != current {
                    self.offering[i] = chosen as u8;
                    counts[current] -= 1;
                    counts[chosen] += 1;
                    moved.push(customer);
                }
                let later = month + wait(next);
                if later <= months {
                    self.buckets[later].push(customer);
                }
            }
            self.buckets[month] = due;
            for customer in moved.drain(..) {
                self.seen[customer as usize] = self.offering[customer as usize] % PROVIDERS as u8;
            }
        }
        counts
    }
}

fn wrap(i: usize, n: usize) -> usize {
    if i >= n { i - n } else { i }
}
