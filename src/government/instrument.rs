//! Instruments of policy: each is proposed at a bounded hazard, drafted, in force, and may
//! expire or be struck down.
//!
//! `h = h_max·logistic(logit(share at rest) + b·Π)`, constant within a month, times a factor
//! while the question is before the highest court. A proposal comes when the hazard has used
//! up a keyed budget, so that more pressure is never later; then drafting takes its months.

use crate::chance::budget::Budget;
use crate::chance::{EntityKey, Run, Stream, math};
use crate::domain::{Date, Event, EventIndex, EventKind, InstrumentId, Usd};
use crate::scenario::resolved::{InputDraw, Instrument, Lobbied};

const DAYS_PER_YEAR: f64 = 365.25;

/// Streams from which policy draws, each keyed by the instrument's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dice {
    pub proposal: Stream,
    pub striking: Stream,
}

/// Where an instrument stands.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Stage {
    /// It may be proposed.
    Idle(Budget),
    /// Proposed, or brought by a case; in force on a day.
    Drafted {
        on: Date,
        proposal: Option<EventIndex>,
    },
    /// In force until a day, unless struck down before.
    InForce { until: Option<Date>, budget: Budget },
}

/// One instrument in one run.
#[derive(Clone, Debug)]
pub(super) struct Course {
    id: InstrumentId,
    key: EntityKey,
    stage: Stage,
    /// How often it was proposed.
    round: u32,
    most_per_day: f64,
    log_odds_at_rest: f64,
    pressure_weight: f64,
    factor_while_pending: f64,
    drafting_days: i32,
    lasts_months: Option<i32>,
    struck_down_per_day: f64,
    /// Hazard of this month.
    hazard_per_day: f64,
}

impl Course {
    pub(super) fn new(id: InstrumentId, spec: &Instrument) -> Self {
        Self {
            id,
            key: EntityKey::of(&spec.name),
            stage: Stage::Idle(Budget::of(0.5)),
            round: 0,
            most_per_day: 0.0,
            log_odds_at_rest: 0.0,
            pressure_weight: 0.0,
            factor_while_pending: 1.0,
            drafting_days: 0,
            lasts_months: None,
            struck_down_per_day: 0.0,
            hazard_per_day: 0.0,
        }
    }

    /// The start of a run.
    pub(super) fn begin(
        &mut self,
        spec: &Instrument,
        (draw, run, start): (&InputDraw, Run, Date),
        lobbying: Usd,
        dice: &Dice,
    ) {
        self.round = 0;
        let lobbied = spec.lobbied.map_or(1.0, |of| lobbied(&of, lobbying, draw));
        self.most_per_day = lobbied * spec.most_per_year.value(draw) / DAYS_PER_YEAR;
        self.log_odds_at_rest = math::logit(spec.share_at_rest.value(draw));
        self.pressure_weight = spec.pressure_weight.value(draw);
        self.factor_while_pending = spec.factor_while_pending.value(draw);
        let drafting = spec.drafting_months.value(draw) * DAYS_PER_YEAR / 12.0;
        self.drafting_days = drafting.clamp(0.0, 36_525.0) as i32;
        let lasts = spec.lasts_months.map(|months| months.value(draw));
        self.lasts_months = lasts.map(|months| months.round().clamp(1.0, 1_200.0) as i32);
        self.struck_down_per_day = spec.struck_down_per_year.value(draw) / DAYS_PER_YEAR;
        self.stage = if spec.in_force_at_start {
            self.enter_force(start, run, dice)
        } else {
            self.idle(run, dice)
        };
        self.hazard_per_day = 0.0;
    }

    fn idle(&self, run: Run, dice: &Dice) -> Stage {
        Stage::Idle(Budget::of(dice.proposal.uniform(run, self.key, self.round)))
    }

    fn enter_force(&self, on: Date, run: Run, dice: &Dice) -> Stage {
        Stage::InForce {
            until: self.lasts_months.map(|months| on.plus_months(months)),
            budget: Budget::of(dice.striking.uniform(run, self.key, self.round)),
        }
    }

    /// Sets the hazard of the month to come.
    pub(super) fn weigh(&mut self, pressure: f64, pends_at_the_top: bool, may_be_proposed: bool) {
        let share = math::logistic(self.log_odds_at_rest + self.pressure_weight * pressure);
        let factor = if pends_at_the_top {
            self.factor_while_pending
        } else {
            1.0
        };
        self.hazard_per_day = if may_be_proposed {
            self.most_per_day * share * factor
        } else {
            0.0
        };
    }

    /// The days from `from` up to `until`; appends what happens.
    pub(super) fn advance(
        &mut self,
        (from, until): (Date, Date),
        (run, dice): (Run, &Dice),
        events: &mut Vec<Event>,
    ) {
        let mut from = from;
        // A proposal, its force and its end may come in one long span.
        while from < until {
            let days = until.days_since(from).unsigned_abs();
            match self.stage {
                Stage::Idle(mut budget) => {
                    let day = budget.spend(self.hazard_per_day, days);
                    self.stage = Stage::Idle(budget);
                    let Some(day) = day else { return };
                    let date = from.plus_days(day as i32);
                    let instrument = self.id;
                    let kind = EventKind::PolicyProposed { instrument };
                    let proposal = note(events, date, None, kind);
                    self.round += 1;
                    let on = date.plus_days(self.drafting_days);
                    self.stage = Stage::Drafted { on, proposal };
                    from = date;
                }
                Stage::Drafted { on, .. } if on >= until => return,
                Stage::Drafted { on, proposal } => {
                    let instrument = self.id;
                    note(
                        events,
                        on,
                        proposal,
                        EventKind::PolicyInForce { instrument },
                    );
                    self.stage = self.enter_force(on, run, dice);
                    from = on;
                }
                Stage::InForce {
                    until: end,
                    mut budget,
                } => {
                    let expires = end.filter(|&end| end < until);
                    let last = expires.unwrap_or(until);
                    let days = last.days_since(from).max(0).unsigned_abs();
                    let struck = budget.spend(self.struck_down_per_day, days);
                    let ended = struck.map(|day| (from.plus_days(day as i32), true));
                    let Some((date, struck_down)) = ended.or(expires.map(|on| (on, false))) else {
                        self.stage = Stage::InForce { until: end, budget };
                        return;
                    };
                    let instrument = self.id;
                    let kind = EventKind::PolicyEnded {
                        instrument,
                        struck_down,
                    };
                    note(events, date, None, kind);
                    self.stage = self.idle(run, dice);
                    // A maker whose instrument ended is free to begin anew next month, when
                    // it has been weighed.
                    self.hazard_per_day = 0.0;
                    return;
                }
            }
        }
    }

    /// The case that brings it has ended on `date`, of which `cause` tells: it is in force after
    /// its drafting, if before `until` at once. Nothing if it already is, or soon will be.
    pub(super) fn bring(
        &mut self,
        (date, until): (Date, Date),
        cause: Option<EventIndex>,
        (run, dice): (Run, &Dice),
        events: &mut Vec<Event>,
    ) {
        if let Stage::Idle(_) = self.stage {
            self.round += 1;
            let on = date.plus_days(self.drafting_days);
            self.stage = Stage::Drafted {
                on,
                proposal: cause,
            };
            self.advance((date, until), (run, dice), events);
        }
    }

    /// Is it in force?
    pub(super) fn in_force(&self) -> bool {
        matches!(self.stage, Stage::InForce { .. })
    }
}

/// Factor on the hazard under so much lobbying a year: `1 + (f − 1)·L/(L + L½)`.
fn lobbied(spec: &Lobbied, lobbying: Usd, draw: &InputDraw) -> f64 {
    let (factor, half) = (spec.factor.value(draw), spec.half_usd_per_year.value(draw));
    1.0 + (factor - 1.0) * lobbying.0 / (lobbying.0 + half)
}

fn note(
    events: &mut Vec<Event>,
    date: Date,
    cause: Option<EventIndex>,
    kind: EventKind,
) -> Option<EventIndex> {
    let index = u32::try_from(events.len()).ok().map(EventIndex);
    events.push(Event { date, cause, kind });
    index
}
