//! What each input changes: the mean over the points where it is high less that over the points
//! where it is low, future by future.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plan::Plan;
use crate::analysis::decide::difference::Difference;
use crate::chance::design::Kind;
use crate::measure::MeasureError;

/// Values in words that are held against the first.
const MOST_WORDS: usize = 6;

/// A point as it is compared: its futures, of all replicates.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct At {
    /// Names of its futures, rising; those of the same name have the same luck.
    pub futures: Vec<u64>,
    /// `values[metric][future]`
    pub values: Vec<Vec<f64>>,
}

impl At {
    /// Adds the futures of a replicate, from 0.
    pub fn add(&mut self, replicate: usize, runs: &[u64], values: &[Vec<f64>]) {
        const EACH: u64 = 1 << 32; // more than runs can be asked for
        let first = EACH * replicate as u64;
        self.futures.extend(runs.iter().map(|run| first + run));
        self.values.resize_with(values.len(), Vec::new);
        for (own, more) in self.values.iter_mut().zip(values) {
            own.extend(more);
        }
    }
}

/// What an input changes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// Its path.
    pub path: String,
    /// Where it is low.
    pub from: End,
    /// Where it is high, or of words another.
    pub to: End,
    /// Of each metric, high less low; `None` where no future has both.
    pub differences: Vec<Option<Difference>>,
}

/// One end of what is compared.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct End {
    /// The value, or the range of values.
    pub value: String,
    /// How many points have it.
    pub points: usize,
}

/// The points of an end.
struct Group {
    value: String,
    points: Vec<usize>,
}

impl Group {
    fn end(&self) -> End {
        End {
            value: self.value.clone(),
            points: self.points.len(),
        }
    }
}

/// What each input of the plan changes, in `points` with so many metrics.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn moved(plan: &Plan, points: &[At], metrics: usize) -> Result<Vec<Moved>, MeasureError> {
    let mut all = Vec::new();
    for (path, name) in plan.paths.iter().enumerate() {
        for (from, to) in ends(plan, path) {
            let differences = (0..metrics).map(|metric| difference(&from, &to, points, metric));
            all.push(Moved {
                path: name.clone(),
                from: from.end(),
                to: to.end(),
                differences: differences.collect::<Result<_, _>>()?,
            });
        }
    }
    Ok(all)
}

/// What is compared of an input: its lowest with its highest, of words the first with others.
fn ends(plan: &Plan, path: usize) -> Vec<(Group, Group)> {
    match plan.numbers(path) {
        Some(numbers) => of_numbers(plan, path, &numbers).into_iter().collect(),
        None => of_words(plan, path),
    }
}

fn of_numbers(plan: &Plan, path: usize, numbers: &[f64]) -> Option<(Group, Group)> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
    let (&lowest, &highest) = (order.first()?, order.last()?);
    let mut levels: Vec<f64> = order.iter().map(|&at| numbers[at]).collect();
    levels.dedup();
    if levels.len() < 2 {
        return None;
    }
    let value = |point: usize| plan.points[point].values[path].clone().unwrap_or_default();
    // Values of a table are levels where each occurs twice or more.
    let are_levels = match plan.kind {
        Kind::Grid => true,
        Kind::Latin | Kind::Sobol => false,
        Kind::Table => levels.len() * 2 <= numbers.len(),
    };
    if are_levels {
        let at = |end: usize| Group {
            value: value(end),
            points: (0..numbers.len())
                .filter(|&point| numbers[point] == numbers[end])
                .collect(),
        };
        return Some((at(lowest), at(highest)));
    }
    let third = (numbers.len() / 3).max(1);
    let group = |points: &[usize]| Group {
        value: match points {
            [first, .., last] => format!("{} to {}", short(numbers[*first]), short(numbers[*last])),
            points => points.first().map_or_else(String::new, |&only| value(only)),
        },
        points: points.to_vec(),
    };
    let high = &order[order.len() - third..];
    Some((group(&order[..third]), group(high)))
}

/// To three significant digits, for a range of a sample.
fn short(value: f64) -> String {
    let text = format!("{value:.2e}");
    text.parse()
        .map_or(text, |rounded: f64| super::varied::written(rounded))
}

fn of_words(plan: &Plan, path: usize) -> Vec<(Group, Group)> {
    let mut groups: Vec<Group> = Vec::new();
    for (point, row) in plan.points.iter().enumerate() {
        let value = row.values[path].clone().unwrap_or_default();
        match groups.iter_mut().find(|group| group.value == value) {
            Some(group) => group.points.push(point),
            None => groups.push(Group {
                value,
                points: vec![point],
            }),
        }
    }
    let mut groups = groups.into_iter();
    let Some(first) = groups.next() else {
        return Vec::new();
    };
    let pair = |other| {
        let first = Group {
            value: first.value.clone(),
            points: first.points.clone(),
        };
        (first, other)
    };
    groups.take(MOST_WORDS).map(pair).collect()
}

/// The mean over the points of one group less that over those of the other, in each future
/// that all of them have.
fn difference(
    from: &Group,
    to: &Group,
    points: &[At],
    metric: usize,
) -> Result<Option<Difference>, MeasureError> {
    let low = means(from, points, metric);
    let high = means(to, points, metric);
    let both = low.iter().filter_map(|(future, low)| {
        let high = high.get(future)?;
        Some((*future, (*low, *high)))
    });
    let (futures, values): (Vec<u64>, Vec<(f64, f64)>) = both.unzip();
    let (low, high): (Vec<f64>, Vec<f64>) = values.into_iter().unzip();
    Difference::new(&futures, &high, &low)
}

/// Of each future that all points of the group have with a value, the mean over them.
fn means(group: &Group, points: &[At], metric: usize) -> BTreeMap<u64, f64> {
    let mut sums: BTreeMap<u64, (f64, usize)> = BTreeMap::new();
    for &point in &group.points {
        let at = &points[point];
        for (future, value) in at.futures.iter().zip(&at.values[metric]) {
            if !value.is_nan() {
                let sum = sums.entry(*future).or_default();
                *sum = (sum.0 + value, sum.1 + 1);
            }
        }
    }
    let all = group.points.len();
    sums.into_iter()
        .filter(|(_, (_, count))| *count == all)
        .map(|(future, (sum, count))| (future, sum / count as f64))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sweep::table;
    use crate::analysis::sweep::varied::Varied;
    use crate::chance::Seed;

    /// Points at which the metric is linear in the inputs, with the same noise in each future.
    fn linear(plan: &Plan, slopes: &[f64]) -> Vec<At> {
        let noise = |future: u64| (future * 7 % 13) as f64;
        let numbers: Vec<Vec<f64>> = (0..plan.paths.len())
            .map(|path| plan.numbers(path).unwrap())
            .collect();
        let point = |at: usize| {
            let terms = numbers
                .iter()
                .zip(slopes)
                .map(|(column, slope)| slope * column[at]);
            let level: f64 = terms.sum();
            let runs: Vec<u64> = (0..12).collect();
            let values = runs.iter().map(|&run| level + noise(run)).collect();
            let mut point = At::default();
            point.add(0, &runs, &[values]);
            point
        };
        (0..plan.points.len()).map(point).collect()
    }

    #[test]
    fn in_a_grid_it_is_the_main_effect_whatever_the_futures() {
        let varied = ["a=0..1", "b=10..20"].map(|text| Varied::parse(text).unwrap());
        let plan = Plan::grid(varied.to_vec()).unwrap();
        let found = moved(&plan, &linear(&plan, &[3.0, -0.5]), 1).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((&*found[0].from.value, &*found[0].to.value), ("0", "1"));
        assert_eq!((found[0].from.points, found[0].to.points), (3, 3));
        for (moved, slope) in found.iter().zip([3.0, -5.0]) {
            let difference = moved.differences[0].unwrap();
            assert!((difference.mean - slope).abs() < 1e-12);
            assert_eq!(difference.futures, 12);
            // The noise of a future is the same at both ends.
            assert!(difference.error().unwrap() < 1e-9);
        }
    }

    #[test]
    fn in_a_sample_it_is_between_thirds() {
        let varied = vec![Varied::parse("a=0..1").unwrap()];
        let plan = Plan::sample(Kind::Latin, varied, 30, Seed(1)).unwrap();
        let found = moved(&plan, &linear(&plan, &[3.0]), 1).unwrap();
        assert_eq!((found[0].from.points, found[0].to.points), (10, 10));
        // The middles of the thirds are two thirds apart, and strata keep them there.
        let mean = found[0].differences[0].unwrap().mean;
        assert!((mean - 2.0).abs() < 3.0 / 30.0, "{mean}");
    }

    #[test]
    fn words_are_held_against_the_first() {
        let varied = vec![Varied::parse("a=none,some,all").unwrap()];
        let plan = Plan::grid(varied).unwrap();
        let mut points = Vec::new();
        for level in [1.0, 4.0, 6.0] {
            let mut at = At::default();
            at.add(0, &[0, 1, 2], &[vec![level, level, f64::NAN]]);
            at.add(1, &[0], &[vec![level + 9.0]]);
            points.push(at);
        }
        let found = moved(&plan, &points, 1).unwrap();
        let told: Vec<(&str, &str, f64, u64)> = found
            .iter()
            .map(|one| {
                let difference = one.differences[0].unwrap();
                (
                    &*one.from.value,
                    &*one.to.value,
                    difference.mean,
                    difference.futures,
                )
            })
            .collect();
        assert_eq!(told, [("none", "some", 3.0, 3), ("none", "all", 5.0, 3)]);
    }

    #[test]
    fn what_does_not_vary_moves_nothing_and_points_of_other_luck_are_not_held_together() {
        let plan = table::read("t", "a,b\n1,1\n1,2\n", false).unwrap();
        let mut points = vec![At::default(), At::default()];
        points[0].add(0, &[0, 1], &[vec![1.0, 2.0]]);
        points[1].add(1, &[0, 1], &[vec![1.0, 2.0]]);
        let found = moved(&plan, &points, 1).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((&*found[0].path, found[0].differences[0]), ("b", None));
    }
}
