//! How likely each way of ending is by a given time, when ways compete.
//!
//! A case that the provider wins cannot be settled any more. Treating the other ways
//! as censoring (one minus Kaplan–Meier for each) overstates every one of them; the
//! estimator of Aalen & Johansen (1978) does not, and its chances add up, with the
//! chance of not having ended, to one.

use super::MeasureError;
use super::distribution::normal_quantile;
use super::interval::{Interval, two_sided};
use super::survival::{Spell, in_order, log_log_interval};

/// What happened at one time at which at least one spell ended or was last seen.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    time: f64,
    at_risk: f64,
    /// How many ended in each way.
    ended: Vec<u32>,
    survival_before: f64,
    survival: f64,
    /// The chance to have ended in each way by now.
    incidence: Vec<f64>,
}

/// The Aalen–Johansen estimate of cumulative incidence, for each outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeIncidence {
    outcomes: usize,
    steps: Vec<Step>,
}

impl CumulativeIncidence {
    /// The estimate from these spells; outcomes are numbered from 0 up to the highest
    /// that occurs, and each costs memory at every time, so leave no gaps.
    ///
    /// # Errors
    /// [`MeasureError::BadDuration`] for a duration that is negative or not finite.
    pub fn new(spells: &[Spell]) -> Result<Self, MeasureError> {
        let ordered = in_order(spells)?;
        let highest = ordered.iter().filter_map(|spell| spell.outcome).max();
        let outcomes = highest.map_or(0, |highest| usize::from(highest) + 1);
        let mut left = ordered.len();
        let mut survival = 1.0;
        let mut incidence = vec![0.0; outcomes];
        let mut steps = Vec::new();
        for tied in ordered.chunk_by(|a, b| a.duration == b.duration) {
            let at_risk = left as f64;
            let mut ended = vec![0; outcomes];
            for outcome in tied.iter().filter_map(|spell| spell.outcome) {
                ended[usize::from(outcome)] += 1;
            }
            let survival_before = survival;
            for (chance, &ended) in incidence.iter_mut().zip(&ended) {
                *chance += survival_before * f64::from(ended) / at_risk;
            }
            let all_ended: u32 = ended.iter().sum();
            survival *= (at_risk - f64::from(all_ended)) / at_risk;
            let (time, incidence) = (tied[0].duration, incidence.clone());
            steps.push(Step {
                time,
                at_risk,
                ended,
                survival_before,
                survival,
                incidence,
            });
            left -= tied.len();
        }
        Ok(Self { outcomes, steps })
    }

    /// How many outcomes there are.
    pub fn outcomes(&self) -> usize {
        self.outcomes
    }

    /// The distinct durations, rising: where the estimates may step.
    pub fn times(&self) -> impl Iterator<Item = f64> + '_ {
        self.steps.iter().map(|step| step.time)
    }

    /// The chance to have ended by `time` with this outcome; 0 for one that never
    /// occurs. `None` where nobody was followed so long, unless all had ended before.
    pub fn at(&self, outcome: u16, time: f64) -> Option<f64> {
        let within = self.within(time)?;
        let last = within.last();
        Some(
            last.and_then(|step| step.incidence.get(usize::from(outcome)))
                .map_or(0.0, |&i| i),
        )
    }

    /// The chance not to have ended by `time`; `None` as in [`CumulativeIncidence::at`].
    pub fn survival_at(&self, time: f64) -> Option<f64> {
        Some(self.within(time)?.last().map_or(1.0, |step| step.survival))
    }

    /// The standard error of [`CumulativeIncidence::at`] by the delta method
    /// (Marubini & Valsecchi 1995, section 10.4).
    pub fn standard_error_at(&self, outcome: u16, time: f64) -> Option<f64> {
        let within = self.within(time)?;
        let outcome = usize::from(outcome);
        let Some(now) = within.last().and_then(|step| step.incidence.get(outcome)) else {
            return Some(0.0);
        };
        let mut variance = 0.0;
        for step in within {
            let n = step.at_risk;
            let ended = f64::from(step.ended[outcome]);
            let all_ended = f64::from(step.ended.iter().sum::<u32>());
            let to_come = now - step.incidence[outcome];
            let before = step.survival_before;
            // Where all ended nothing is to come, and the first term is 0.
            if all_ended < n {
                variance += to_come * to_come * all_ended / (n * (n - all_ended));
            }
            variance += before * before * ended * (n - ended) / (n * n * n);
            variance -= 2.0 * to_come * before * ended / (n * n);
        }
        Some(variance.max(0.0).sqrt())
    }

    /// The interval of [`CumulativeIncidence::at`] on the log(−log) scale, inside 0 to
    /// 1; `None` also where the estimate is 0 or 1.
    pub fn interval_at(&self, outcome: u16, time: f64, confidence: f64) -> Option<Interval> {
        let z = two_sided(confidence).and_then(normal_quantile)?;
        log_log_interval(
            self.at(outcome, time)?,
            self.standard_error_at(outcome, time)?,
            z,
        )
    }

    /// The steps up to `time`, if the estimates reach so far.
    fn within(&self, time: f64) -> Option<&[Step]> {
        let last = self.steps.last()?;
        let reached = time >= 0.0 && (time <= last.time || last.survival == 0.0);
        reached.then(|| &self.steps[..self.steps.partition_point(|step| step.time <= time)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::survival::KaplanMeier;
    use crate::measure::toy::Toy;
    use proptest::prelude::*;

    /// Durations 1 to 12, with outcomes 0 and 1 and two censored.
    fn dozen() -> CumulativeIncidence {
        let outcomes = [1, 2, 0, 1, 1, 2, 0, 2, 1, 0, 1, 2];
        let spells: Vec<Spell> = (1..)
            .zip(outcomes)
            .map(|(time, code)| Spell {
                duration: f64::from(time),
                outcome: u16::checked_sub(code, 1),
            })
            .collect();
        CumulativeIncidence::new(&spells).unwrap()
    }

    /// lifelines 0.30.3, `AalenJohansenFitter(calculate_variance=True)`.
    #[test]
    fn incidence_of_lifelines() {
        let fit = dozen();
        for (outcome, time, chance) in [
            (0, 0.5, 0.0),
            (0, 1.0, 0.08333333333333333),
            (0, 4.0, 0.17592592592592593),
            (0, 8.5, 0.2685185185185185),
            (0, 11.0, 0.5462962962962963),
            (1, 2.0, 0.08333333333333334),
            (1, 10.0, 0.28703703703703703),
            (1, 12.0, 0.4537037037037037),
        ] {
            assert!((fit.at(outcome, time).unwrap() - chance).abs() < 1e-14);
        }
        for (outcome, time, variance) in [
            (0, 1.0, 0.00636574074074074),
            (0, 4.0, 0.012843411827465328),
            (0, 9.0, 0.0230400281969212),
            (0, 11.0, 0.029761564548087233),
            (1, 8.0, 0.020125076207895134),
        ] {
            let found = fit.standard_error_at(outcome, time).unwrap();
            assert!(
                (found * found - variance).abs() < 1e-14,
                "{outcome} {time} {}",
                found * found
            );
        }
        let found = fit.interval_at(0, 1.0, 0.95).unwrap();
        assert!((found.low - 0.0050528354789907285).abs() < 1e-12);
        assert!((found.high - 0.3110704099899873).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_seen_is_not_claimed() {
        let fit = dozen();
        assert_eq!(
            (fit.at(7, 3.0), fit.standard_error_at(7, 3.0)),
            (Some(0.0), Some(0.0))
        );
        assert_eq!((fit.at(0, -1.0), fit.survival_at(13.0)), (None, Some(0.0)));
        assert_eq!(fit.interval_at(0, 0.5, 0.95), None);
        let open = [Spell {
            duration: 2.0,
            outcome: None,
        }];
        let open = CumulativeIncidence::new(&open).unwrap();
        assert_eq!(
            (open.at(0, 2.0), open.at(0, 2.1), open.outcomes()),
            (Some(0.0), None, 0)
        );
    }

    /// Without censoring the estimate is the share that ended so, and its error that of
    /// a share.
    #[test]
    fn without_censoring_it_is_a_share() {
        let mut toy = Toy::new(41);
        let spells: Vec<Spell> = (0..40)
            .map(|_| Spell {
                duration: toy.exponential(),
                outcome: Some((toy.bits() % 3) as u16),
            })
            .collect();
        let fit = CumulativeIncidence::new(&spells).unwrap();
        for time in [0.3, 1.0, 9.0] {
            let so = |s: &&Spell| s.outcome == Some(2) && s.duration <= time;
            let share = spells.iter().filter(so).count() as f64 / 40.0;
            let error = (share * (1.0 - share) / 40.0).sqrt();
            assert!((fit.at(2, time).unwrap() - share).abs() < 1e-14);
            assert!((fit.standard_error_at(2, time).unwrap() - error).abs() < 1e-14);
        }
    }

    proptest! {
        /// All outcomes and survival add up to 1, with ties and censoring, and survival
        /// is Kaplan–Meier's; one minus Kaplan–Meier of one outcome alone is never less.
        #[test]
        fn chances_add_up(
            spells in prop::collection::vec((0u8..20, prop::option::of(0u16..4)), 1..80),
            time in 0u8..20,
        ) {
            let spells: Vec<Spell> = spells
                .into_iter()
                .map(|(time, outcome)| Spell { duration: f64::from(time), outcome })
                .collect();
            let time = f64::from(time);
            let fit = CumulativeIncidence::new(&spells).unwrap();
            let whole = KaplanMeier::new(&spells).unwrap();
            prop_assert_eq!(fit.survival_at(time).is_some(), whole.survival_at(time).is_some());
            prop_assume!(fit.survival_at(time).is_some());
            let survival = fit.survival_at(time).unwrap();
            prop_assert!((survival - whole.survival_at(time).unwrap()).abs() < 1e-12);
            let ended: f64 = (0..4).map(|outcome| fit.at(outcome, time).unwrap()).sum();
            prop_assert!((ended + survival - 1.0).abs() < 1e-12);
            let alone: Vec<Spell> = spells
                .iter()
                .map(|s| Spell { outcome: s.outcome.filter(|&o| o == 0), ..*s })
                .collect();
            if let Some(survival) = KaplanMeier::new(&alone).unwrap().survival_at(time) {
                prop_assert!(1.0 - survival >= fit.at(0, time).unwrap() - 1e-12);
            }
        }
    }
}
