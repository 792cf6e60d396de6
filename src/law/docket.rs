//! All cases together, in order of date: what one of them changes for the law and for
//! the others.

use super::case::{Act, Consequence};
use super::doctrine::Standing;
use super::journal::Journal;
use super::{Law, Next, SettledBy, Settlement};
use crate::chance::EntityKey;
use crate::domain::{Control, Date, Ending, EventIndex, EventKind, JurisdictionId, Level};

/// Below any change: tell every control.
const EVERYTHING: f64 = -1.0;

/// Change of reach by the mere ageing of rulings that is worth telling: half a point.
const TOLD_CHANGE: f64 = 0.005;

impl Law<'_> {
    /// What comes next, and when; on one day statutes first, then cases in their order.
    pub(super) fn next(&self) -> Option<(Date, Next)> {
        let settled = self.settlements.get(self.next_settlement);
        let settled = settled.map(|next| (next.date, Next::Settlement(self.next_settlement)));
        let ageing = self.next_ageing.map(|date| (date, Next::Ageing));
        let cases = self.cases.iter().enumerate();
        let cases = cases.filter_map(|(index, case)| {
            case.next()
                .map(|(date, act)| (date, Next::Case(index, act)))
        });
        cases.chain(settled).chain(ageing).min()
    }

    pub(super) fn follow(&mut self, date: Date, next: Next, journal: &mut Journal<'_>) {
        match next {
            Next::Settlement(index) => {
                self.next_settlement += 1;
                let Settlement {
                    by, kind, cause, ..
                } = self.settlements[index];
                self.take_in(by, kind, (date, cause), journal);
            }
            Next::Ageing => self.age(date, journal),
            Next::Case(index, act) => self.act(index, (date, act), journal),
        }
    }

    fn act(&mut self, index: usize, (date, act): (Date, Act), journal: &mut Journal<'_>) {
        let decides = act == Act::Leave && self.cases[index].decides();
        let shift = if decides {
            self.shift(index, date)
        } else {
            0.0
        };
        let case = &mut self.cases[index];
        let (id, doctrine, order) = (case.plan.id, case.plan.doctrine, case.plan.spec.order());
        let procedure = &self.procedures[case.plan.spec.court];
        let consequence = case.act((date, act), shift, procedure, &self.dice, journal);
        match consequence {
            None => {}
            Some(Consequence::Settled(kind)) => {
                if let Some(order) = order {
                    self.take_in(order.asserting, kind, (date, None), journal);
                }
            }
            Some(Consequence::Ruling {
                level,
                favours,
                cause,
            }) => {
                if let (Some(doctrine), Some(order)) = (doctrine, order) {
                    let ruling = Standing {
                        case: id,
                        date,
                        level,
                        circuit: order.circuit.index(),
                        favours,
                    };
                    self.in_force[doctrine].rule(ruling);
                    let least = if level == Level::Supreme {
                        EVERYTHING
                    } else {
                        0.0
                    };
                    self.announce(doctrine, date, cause, least, journal);
                    self.watch_ageing(date);
                }
            }
        }
    }

    /// A statute or treaty enters into force.
    fn take_in(
        &mut self,
        by: JurisdictionId,
        kind: SettledBy,
        (date, cause): (Date, Option<EventIndex>),
        journal: &mut Journal<'_>,
    ) {
        match kind {
            SettledBy::Statute(asserts) => {
                let asserts = asserts.unwrap_or_else(|| self.draws_assertion(by));
                self.enact(by, asserts, (date, cause), journal);
            }
            SettledBy::Treaty => {
                let told = journal.note(date, cause, EventKind::Treaty { by });
                if let Some(doctrine) = self.doctrine_of(by) {
                    self.in_force[doctrine].agree_treaty();
                }
                self.moot(by, Ending::Treaty, date, told, journal);
            }
        }
    }

    /// Does the statute that now comes assert reach?
    fn draws_assertion(&self, by: JurisdictionId) -> bool {
        let Some(doctrine) = self.doctrine_of(by) else {
            return false;
        };
        let name = &self.model.jurisdictions[by.index()].name;
        let key = EntityKey::of(name);
        let u = self
            .dice
            .statute
            .uniform(self.run, key, self.enacted[doctrine]);
        u < self.in_force[doctrine].statute_chance_asserts
    }

    /// A statute on reach enters into force; it settles the question for all open cases.
    fn enact(
        &mut self,
        by: JurisdictionId,
        asserts: bool,
        (date, cause): (Date, Option<EventIndex>),
        journal: &mut Journal<'_>,
    ) {
        let cause = journal.note(date, cause, EventKind::Statute { by, asserts });
        if let Some(doctrine) = self.doctrine_of(by) {
            self.enacted[doctrine] += 1;
            self.in_force[doctrine].enact(asserts);
            self.announce(doctrine, date, cause, EVERYTHING, journal);
        }
        self.moot(by, Ending::Statute, date, cause, journal);
    }

    fn moot(
        &mut self,
        by: JurisdictionId,
        ending: Ending,
        date: Date,
        cause: Option<EventIndex>,
        journal: &mut Journal<'_>,
    ) {
        for case in self
            .cases
            .iter_mut()
            .filter(|case| case.plan.spec.asserting() == Some(by))
        {
            case.moot(ending, date, cause, journal);
        }
    }

    pub(super) fn doctrine_of(&self, by: JurisdictionId) -> Option<usize> {
        let mut doctrines = self.in_force.iter();
        doctrines.position(|law| law.spec.jurisdiction == by)
    }

    /// Tells the reach that changed by more than `least`; what settles the law tells all,
    /// since the public then reads it anew even where it stays.
    fn announce(
        &mut self,
        doctrine: usize,
        date: Date,
        cause: Option<EventIndex>,
        least: f64,
        journal: &mut Journal<'_>,
    ) {
        let law = &self.in_force[doctrine];
        let reach = law.reach(date, None);
        let by = law.spec.jurisdiction;
        for control in Control::ALL {
            let k = control.index();
            let told = &mut self.told[doctrine][k];
            if (reach[k] - *told).abs() > least {
                let change = EventKind::ReachInLaw {
                    by,
                    control,
                    before: *told,
                    reach: reach[k],
                };
                *told = reach[k];
                journal.note(date, cause, change);
            }
        }
    }

    /// On the first of each month, while rulings persuade less and less.
    fn age(&mut self, date: Date, journal: &mut Journal<'_>) {
        self.next_ageing = None;
        for doctrine in 0..self.in_force.len() {
            if self.in_force[doctrine].ages() {
                self.announce(doctrine, date, None, TOLD_CHANGE, journal);
                self.watch_ageing(date);
            }
        }
    }

    fn watch_ageing(&mut self, date: Date) {
        if self.next_ageing.is_none() {
            let (_, _, day) = date.ymd();
            let first = date.plus_days(1 - i32::from(day)).plus_months(1);
            self.next_ageing = Some(first);
        }
    }
}
