//! Exits that compete with the courts: statute, treaty, settlement, withdrawal.
//!
//! Each exit has a budget, a keyed standard exponential number, and fires when its
//! hazard, summed over the days, has used it up. The hazard changes only with the level
//! at which the case stands, so the day is exact, whatever the spans in which a run is
//! advanced; and a run in which one exit is made likelier meets it earlier and keeps all
//! other luck.

use super::doctrine::DAYS_PER_YEAR;
use crate::chance::math::ln;
use crate::chance::{EntityKey, Run, Stream};
use crate::domain::{Date, Ending, Level};
use crate::scenario::resolved::{Exit, InputDraw};

/// The exits of one case in one run.
#[derive(Clone, Debug)]
pub(super) struct ExitClocks<'m> {
    exits: &'m [Exit],
    by_policy: [bool; Ending::ALL.len()],
    /// What is left of each budget at `since`.
    left: Vec<f64>,
    /// Hazard a day, by exit and level.
    hazards: Vec<[f64; 5]>,
    since: Date,
}

impl<'m> ExitClocks<'m> {
    /// `by_policy` are endings that a government's instruments bring, so that no hazard of
    /// the court system does.
    pub(super) fn new(exits: &'m [Exit], by_policy: [bool; Ending::ALL.len()], from: Date) -> Self {
        Self {
            exits,
            by_policy,
            left: vec![0.0; exits.len()],
            hazards: vec![[0.0; 5]; exits.len()],
            since: from,
        }
    }

    /// Takes the numbers of a run; exits can fire from the day `from` on.
    pub(super) fn begin(
        &mut self,
        draw: &InputDraw,
        from: Date,
        (stream, run, case): (&Stream, Run, EntityKey),
    ) {
        self.since = from;
        for (index, exit) in self.exits.iter().enumerate() {
            let u = stream.uniform(run, case, exit.ending.index() as u32);
            self.left[index] = -ln(u);
            let a_day = if self.by_policy[exit.ending.index()] {
                0.0
            } else {
                exit.hazard_per_year.value(draw) / DAYS_PER_YEAR
            };
            for (hazard, factor) in self.hazards[index].iter_mut().zip(&exit.factor_at) {
                *hazard = (a_day * factor.value(draw)).max(0.0);
            }
        }
    }

    /// Uses up budgets for the days until `date`, spent at `level`.
    pub(super) fn pass(&mut self, level: Level, date: Date) {
        let days = date.days_since(self.since);
        if days <= 0 {
            return;
        }
        for (left, hazards) in self.left.iter_mut().zip(&self.hazards) {
            *left -= f64::from(days) * hazards[level.index()];
        }
        self.since = date;
    }

    /// The first exit to fire while the case stays at `level`, and its day.
    pub(super) fn next(&self, level: Level) -> Option<(Date, usize)> {
        let mut first: Option<(f64, usize)> = None;
        for (index, (left, hazards)) in self.left.iter().zip(&self.hazards).enumerate() {
            let days = left.max(0.0) / hazards[level.index()];
            // Never, when there is no hazard.
            if days < 200_000.0 && first.is_none_or(|(soonest, _)| days < soonest) {
                first = Some((days, index));
            }
        }
        first.map(|(days, index)| (self.since.plus_days(days as i32), index))
    }

    pub(super) fn exit(&self, index: usize) -> &'m Exit {
        &self.exits[index]
    }

    /// Days from such an exit to the formal end; none where the court has no such exit.
    pub(super) fn days_to_end(&self, ending: Ending) -> i32 {
        let exit = self.exits.iter().find(|exit| exit.ending == ending);
        exit.map_or(0, |exit| {
            i32::try_from(exit.days_to_end).unwrap_or(i32::MAX)
        })
    }
}
