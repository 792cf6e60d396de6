//! What a case does to the provider on its way: stay, contempt, fines, conduct, the end.

use super::case::{Case, Contempt, Phase};
use super::journal::Journal;
use crate::domain::{Conduct, Date, Ending, EventIndex, EventKind};
use crate::scenario::resolved::{OutcomeEffect, StepBy};

impl Case<'_> {
    pub(super) fn conduct(&mut self, date: Date, conduct: Conduct, journal: &mut Journal<'_>) {
        self.yielded |= conduct == Conduct::Yield;
        let Some(provider) = self.plan.spec.provider() else {
            return;
        };
        journal.note(date, self.last, EventKind::Conduct { provider, conduct });
    }

    /// Changes the case's attributes; true when the provider gives in at once.
    pub(super) fn apply(
        &mut self,
        effects: &[OutcomeEffect],
        date: Date,
        journal: &mut Journal<'_>,
    ) -> bool {
        let case = self.plan.id;
        let mut gives_in = false;
        for effect in effects {
            match effect {
                OutcomeEffect::Stayed => self.stay(true, date, journal),
                OutcomeEffect::StayLifted => self.stay(false, date, journal),
                OutcomeEffect::ContemptStipulated | OutcomeEffect::ContemptFined => {
                    let fined = *effect == OutcomeEffect::ContemptFined;
                    self.contempt = if fined {
                        Contempt::Fined
                    } else {
                        Contempt::Stipulated
                    };
                    journal.note(date, self.last, EventKind::Contempt { case, fined });
                    if self.plan.posture.defy {
                        self.conduct(date, Conduct::Defiance, journal);
                    } else {
                        gives_in = true;
                    }
                }
                OutcomeEffect::ContemptPurged => {
                    self.contempt = Contempt::None;
                    self.pay(date, journal);
                }
            }
        }
        if self.contempt == Contempt::Fined && !self.stayed {
            self.fine.start(date);
        } else {
            self.fine.stop(date);
        }
        gives_in
    }

    /// Stays the order or lifts the stay; a ruling that would lift one which was never
    /// granted changes nothing, so that courts with and without a stay share their nodes.
    fn stay(&mut self, granted: bool, date: Date, journal: &mut Journal<'_>) {
        if self.stayed != granted {
            self.stayed = granted;
            let case = self.plan.id;
            journal.note(date, self.last, EventKind::Stay { case, granted });
        }
    }

    fn pay(&mut self, date: Date, journal: &mut Journal<'_>) {
        let usd = self.fine.settle(date);
        if usd > 0.0 {
            self.fines_paid_usd += usd;
            let case = self.plan.id;
            journal.note(date, self.last, EventKind::FinePaid { case, usd });
        }
    }

    /// The courts are done with the case; it ends formally `days` later.
    pub(super) fn close(
        &mut self,
        ending: Ending,
        date: Date,
        days: i32,
        cause: Option<EventIndex>,
        journal: &mut Journal<'_>,
    ) {
        self.last = cause.or(self.last);
        if ending == Ending::Complied && !self.yielded {
            self.conduct(date, Conduct::Yield, journal);
        }
        // A coercive fine falls with the order (United States v. United Mine Workers 1947).
        if ending == Ending::Provider {
            self.fine.settle(date);
        } else {
            self.pay(date, journal);
        }
        self.contempt = Contempt::None;
        let on = date.plus_days(days);
        self.agreement.closed(&self.plan.learned, on);
        self.phase = Phase::Closing { ending, on };
        if days == 0 {
            self.end(date, journal);
        }
    }

    pub(super) fn end(&mut self, date: Date, journal: &mut Journal<'_>) {
        if let Phase::Closing { ending, .. } = self.phase {
            let case = self.plan.id;
            self.last = journal.note(date, self.last, EventKind::CaseEnded { case, ending });
            self.phase = Phase::Ended { ending, on: date };
        }
    }

    /// A statute or treaty has settled the question on which the case turns.
    pub(super) fn moot(
        &mut self,
        ending: Ending,
        date: Date,
        cause: Option<EventIndex>,
        journal: &mut Journal<'_>,
    ) {
        if let Phase::At { .. } = self.phase {
            self.pass(StepBy::Ending(ending), date);
            self.close(ending, date, self.exits.days_to_end(ending), cause, journal);
        }
    }
}
