use super::super::futures::{Futures, Simulated};
use super::super::judged::{Question, judge};
use super::super::verdict::{Verdict, confirmed, verdict};
use super::*;
use crate::chance::{EntityKey, Run, Seed, Stream, math};
use crate::measure::enough::Width;
use crate::scenario::resolved::Better;

/// Options of which what is common to all in a future has a standard deviation of 2, and what
/// is their own of 1.
struct Toy<'a> {
    seed: u64,
    means: &'a [f64],
}

impl Toy<'_> {
    fn simulated(&self, option: usize, done: u32) -> Simulated {
        let normal = |name: &str, future: u32| {
            let stream = Stream::new(Seed(self.seed), "toy", "allocation");
            math::normal_quantile(stream.uniform(Run(future), EntityKey::of(name), 0))
        };
        let own = format!("option {option}");
        let value =
            |future| self.means[option] + 2.0 * normal("common", future) + normal(&own, future);
        Simulated {
            done,
            runs: (0..u64::from(done)).collect(),
            metrics: vec![(0..done).map(value).collect()],
            ..Simulated::default()
        }
    }

    fn judged(&self, done: &[u32], matters: f64) -> Judged {
        let options = done.iter().enumerate();
        let options: Vec<Simulated> = options.map(|(o, &n)| self.simulated(o, n)).collect();
        let question = Question {
            objective: 0,
            better: Better::Higher,
            tolerance: None,
            reference: 0,
            matters: Width::Within(matters),
        };
        judge(&Futures::side_by_side(&options), &question)
            .unwrap()
            .unwrap()
    }

    /// Rounds until there is a verdict, and the futures that it took.
    fn settled(&self, matters: f64, equally: bool) -> (Verdict, u32) {
        let mut done = first_stage(self.means.len(), 100_000);
        loop {
            let judged = self.judged(&done, matters);
            let said = verdict(&judged);
            if !matches!(said, Verdict::CannotTell { .. }) {
                return (said, done.iter().sum());
            }
            let next = next_round(&judged, &done, 100_000).unwrap();
            assert!(next.iter().zip(&done).all(|(next, done)| next >= done));
            assert_eq!(next.iter().max(), Some(&next[judged.best]));
            done = if equally {
                let all: u32 = next.iter().sum();
                let each = all / u32::try_from(next.len()).unwrap();
                vec![(each / BATCH * BATCH).max(done[0] + BATCH); next.len()]
            } else {
                next
            };
        }
    }
}

/// Five options, of which two are near each other and three far behind: to the same verdict, which
/// is nearly always the true one, equal allocation takes half as much again.
#[test]
fn what_is_far_behind_is_given_few_futures() {
    let means = [0.0, 0.1, -1.0, -1.5, -2.0];
    let (mut own, mut equal, mut right) = (0, 0, 0);
    for seed in 0..30 {
        let toy = Toy {
            seed,
            means: &means,
        };
        let (said, futures) = toy.settled(0.03, false);
        let (said_equally, futures_equally) = toy.settled(0.03, true);
        if said == said_equally {
            own += futures;
            equal += futures_equally;
        }
        right += u32::from(said == Verdict::Choose { option: 1 });
    }
    assert!(right >= 27, "{right}");
    assert!(f64::from(equal) > 1.5 * f64::from(own), "{own} {equal}");
}

#[test]
fn what_differs_by_less_than_matters_is_a_tie() {
    let toy = Toy {
        seed: 1,
        means: &[0.0, 0.0, -2.0],
    };
    let (said, futures) = toy.settled(0.1, false);
    let Verdict::Tie { mut options } = said else {
        panic!("{said:?}")
    };
    options.sort_unstable();
    assert_eq!(options, [0, 1]);
    // 1.96 · √2 / 0.1 squared is 770 of the two.
    assert!((1_600..3_500).contains(&futures), "{futures}");
}

#[test]
fn no_more_than_is_allowed_is_given() {
    let toy = Toy {
        seed: 2,
        means: &[0.0, 0.001, -1.0],
    };
    let mut done = first_stage(3, 700);
    let mut rounds = 0;
    loop {
        let judged = toy.judged(&done, 1e-6);
        let Some(next) = next_round(&judged, &done, 700) else {
            break;
        };
        done = next;
        rounds += 1;
    }
    assert!(rounds < 30, "{rounds}");
    assert_eq!(&done[..2], [700, 700]);
    assert!(done[2] < 700, "{done:?}");
    assert_eq!(first_stage(2, 64), [64, 64]);
    assert_eq!(next_round(&toy.judged(&[64; 3], 1e-6), &[64; 3], 64), None);
}

#[test]
fn in_doubt_the_two_that_lead_are_given_twice_as_many() {
    let toy = Toy {
        seed: 3,
        means: &[0.0, 1.0, 0.9],
    };
    let judged = toy.judged(&[200, 400, 400], 0.1);
    let next = after_doubt(&judged, &[200, 400, 400], 1_000);
    assert_eq!(next, Some(vec![200, 800, 800]));
    assert_eq!(after_doubt(&judged, &[200, 400, 400], 400), None);
}

impl Toy<'_> {
    /// All of it, the fresh futures too, as a comparison does it.
    fn decided(&self, matters: f64, most: u32) -> Verdict {
        let mut done = first_stage(self.means.len(), most);
        let fresh_world = Toy {
            seed: self.seed ^ (1 << 63),
            means: self.means,
        };
        loop {
            let judged = self.judged(&done, matters);
            let told = !matches!(verdict(&judged), Verdict::CannotTell { .. });
            if !told && let Some(next) = next_round(&judged, &done, most) {
                done = next;
                continue;
            }
            let second = runner_up(&judged).unwrap();
            let n = fresh(&judged, &done);
            let pair = [judged.best, second].map(|option| fresh_world.simulated(option, n));
            let again = Futures::side_by_side(&pair).difference(0, 0, 1).unwrap();
            let said = confirmed(&judged, again.as_ref());
            if !told || !matches!(said, Verdict::CannotTell { .. }) {
                return said;
            }
            match after_doubt(&judged, &done, most) {
                Some(next) => done = next,
                None => return said,
            }
        }
    }
}

/// The futures are looked at round after round, and in some round a difference that is none will
/// seem to be one: of options that are equal, one is chosen in fewer than 5 % of repeats all the same,
/// since fresh futures must say so too. The seeds are fixed.
#[test]
fn many_looks_choose_seldom_between_equal_options() {
    let (mut chosen, mut seemed) = (0, 0);
    for seed in 0..150 {
        let toy = Toy {
            seed,
            means: &[0.0, 0.0],
        };
        let said = toy.decided(0.08, 2_500);
        chosen += u32::from(matches!(said, Verdict::Choose { .. }));
        let (said, _) = toy.settled(0.08, false);
        seemed += u32::from(matches!(said, Verdict::Choose { .. }));
    }
    assert!(chosen <= 7, "{chosen}");
    assert!(seemed > 7, "the fresh futures matter: {seemed}");
}
