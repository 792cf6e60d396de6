//! Law: cases on procedure graphs, the reach in law that they leave behind, and the
//! demands filed under it (docs/model.md, section "Law").
//!
//! One [`Law`] lives in each worker and is used run after run: [`Law::begin`] takes the
//! inputs of a run, [`Law::advance`] moves the courts over a span of days and appends
//! what happens to the run's events, [`Law::demands`] counts a month's demands.
//!
//! | file | tells |
//! |---|---|
//! | `procedure`, `decision`, `merit`, `newton` | how likely each outcome is, by merit of the case |
//! | `opening`, `posterior` | the start of a run; what a case's history teaches about its merit |
//! | `agreement` | whether a case came as what was learned of it says |
//! | `case`, `passage`, `attributes`, `fine`, `exits` | one case in calendar days |
//! | `docket` | all cases together, and what they change for each other |
//! | `doctrine` | reach in law from rulings, statutes and forum choice |
//! | `demands` | demands for content stored abroad |
//! | `worth` | whether a contest is worth its cost |
//! | `absorption`, `course` | exact endings and durations, without simulating |
//!
//! Cost, measured on one core: a run of 120 months with one case about 0.1 ms, of which
//! 10 µs to begin; solving merit anew 0.17 ms for ten decisions without a cycle, 0.8 ms
//! with remands that make cycles, and nothing while a court's chances stay the same.

mod absorption;
mod agreement;
mod attributes;
mod case;
mod course;
mod decision;
mod demands;
mod docket;
mod doctrine;
mod error;
mod exits;
mod fine;
#[cfg(test)]
mod fixture;
mod journal;
mod linear;
mod merit;
mod newton;
mod opening;
mod order;
mod passage;
mod plan;
mod posterior;
mod procedure;
mod quadrature;
mod sojourn;
#[cfg(test)]
mod tests;
mod worth;

pub use absorption::{Absorption, Prospect};
pub use course::Course;
pub use demands::{DemandCounts, Fates};
pub use error::LawError;
pub use procedure::Procedure;

use crate::chance::{Run, Stream};
use crate::domain::{
    CaseId, Date, Ending, Event, EventIndex, JurisdictionId, Level, NodeId, OfferingId, PerControl,
    ProviderId, Record,
};
use crate::scenario::resolved::{CaseStep, FullModel};
use case::{Act, Case};
use demands::DemandStream;
use doctrine::LawInForce;
use journal::Journal;

/// The last day of the calendar, 2200-12-31: what is dated then never happens.
const LAST_DAY: i32 = 84_370;

/// The streams from which the courts draw, each keyed by the case's name.
#[derive(Clone, Copy, Debug)]
struct Dice {
    merit: Stream,
    sojourn: Stream,
    outcome: Stream,
    exit: Stream,
    statute: Stream,
    fact: Stream,
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseState {
    /// Latent merit θ, standard normal before anything is known.
    pub merit: f64,
    /// It has been filed.
    pub filed: bool,
    /// The node in which it is, while the courts have it.
    pub node: Option<NodeId>,
    /// How and when it ended.
    pub ended: Option<(Ending, Date)>,
    /// Days from filing to the end.
    pub days: Option<i32>,
    /// The order is stayed.
    pub stayed: bool,
    /// The provider stands in contempt.
    pub in_contempt: bool,
    /// Non-content data was handed over.
    pub partly_complied: bool,
    /// Fines accrued and not yet paid, USD.
    pub fines_accrued_usd: f64,
    /// Fines paid, USD.
    pub fines_paid_usd: f64,
}

/// A node that a case has left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passed {
    /// The node, and by what it was left.
    pub step: CaseStep,
    /// The day on which the case came to it.
    pub entered: Date,
    /// The day on which it left.
    pub left: Date,
}

/// A statute or treaty to come: given by the scenario, or brought by a government.
#[derive(Clone, Copy, Debug)]
struct Settlement {
    date: Date,
    by: JurisdictionId,
    kind: SettledBy,
    cause: Option<EventIndex>,
}

/// What settles a government's reach from outside its courts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettledBy {
    /// A statute that asserts reach or renounces it; chance decides where that is not given.
    Statute(Option<bool>),
    /// A treaty or executive agreement.
    Treaty,
}

/// What comes next in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Settlement(usize),
    Ageing,
    Case(usize, Act),
}

/// All courts, cases and demands of a scenario, for one run at a time.
#[derive(Clone, Debug)]
pub struct Law<'m> {
    model: &'m FullModel,
    dice: Dice,
    procedures: Vec<Procedure<'m>>,
    cases: Vec<Case<'m>>,
    /// Every dated fact of every case, in order of date: case, position in its history.
    facts: Vec<(Date, usize, usize)>,
    /// By date: those that the scenario gives, and those that a run has added.
    settlements: Vec<Settlement>,
    given_settlements: Vec<Settlement>,
    in_force: Vec<LawInForce<'m>>,
    /// Reach as last told, by doctrine.
    told: Vec<PerControl<f64>>,
    enacted: Vec<u32>,
    /// By case: 2·d and what amici and salience add to the log-odds toward the provider.
    loadings: Vec<(f64, f64)>,
    demands: Vec<DemandStream>,
    counted: Vec<DemandCounts>,
    run: Run,
    start: Date,
    today: Date,
    /// Days before courts of each level since the run began, by case.
    days_at: Vec<[u32; Level::ALL.len()]>,
    next_settlement: usize,
    next_ageing: Option<Date>,
}

impl<'m> Law<'m> {
    /// Moves the courts over the days from `from` up to, not including, `until`, and
    /// appends what happens, in order of date. Spans may be of any length: the events do
    /// not depend on how the time is cut. What happened before the first span's `from`
    /// shapes the law without being told.
    pub fn advance(&mut self, from: Date, until: Date, events: &mut Vec<Event>) {
        let mut journal = Journal { from, events };
        let mut counted = from;
        while let Some((date, next)) = self.next() {
            if date >= until || date.days_since_epoch() >= LAST_DAY {
                break;
            }
            self.count_days(counted, date);
            counted = counted.max(date);
            self.follow(date, next, &mut journal);
        }
        self.count_days(counted, until);
        self.today = until;
    }

    /// Adds the days of a span in which nothing happens to the levels that have the cases.
    fn count_days(&mut self, from: Date, until: Date) {
        let days = until.days_since(from).max(0).unsigned_abs();
        for (days_at, case) in self.days_at.iter_mut().zip(&self.cases) {
            if case.is_in_court() {
                days_at[case.level().index()] += days;
            }
        }
    }

    /// Whether no case has come otherwise than what was learned of it says, up to the day to
    /// which the law was advanced; `at_the_end`, whether each came as it says.
    #[must_use]
    pub fn agrees(&self, at_the_end: bool) -> bool {
        self.cases.iter().all(|case| {
            let learned = &case.plan.learned;
            case.agreement.holds(learned, self.today, at_the_end)
        })
    }

    /// Days that a case has been before courts of each level since the run began.
    #[must_use]
    pub fn days_in_court(&self, id: CaseId) -> &[u32; Level::ALL.len()] {
        &self.days_at[id.index()]
    }

    /// Lets providers that contest by value see in the record what is at stake.
    pub fn weigh(&mut self, record: &Record) {
        for case in &mut self.cases {
            if let (Some(worth), Some(order)) = (&mut case.worth, case.plan.spec.order()) {
                worth.weigh(order.provider, order.asserting, record);
            }
        }
    }

    /// A government's statute or treaty enters into force on a day to which the law was not
    /// yet advanced; `cause` is the event that brought it.
    pub fn settle(
        &mut self,
        date: Date,
        by: JurisdictionId,
        kind: SettledBy,
        cause: Option<EventIndex>,
    ) {
        let later = |settlement: &Settlement| settlement.date > date;
        let rest = &self.settlements[self.next_settlement..];
        let place = rest.iter().position(later).unwrap_or(rest.len());
        let settlement = Settlement {
            date,
            by,
            kind,
            cause,
        };
        self.settlements
            .insert(self.next_settlement + place, settlement);
    }

    /// Counts the demands of month number `month` (the days from `from` up to `until`),
    /// one entry for each `[demands]`, under the reach in law of `record`, and appends the
    /// disclosures that become known. The workload abroad at the first call of a run is
    /// what the rates of the file belong to.
    pub fn demands(
        &mut self,
        (month, from, until): (u32, Date, Date),
        record: &Record,
        events: &mut Vec<Event>,
    ) -> &[DemandCounts] {
        let mut journal = Journal { from, events };
        self.counted.clear();
        for stream in &mut self.demands {
            let (asserting, provider) = stream.parties();
            let reach = reach_abroad(self.model, asserting, provider, record);
            let span = (month, from, until);
            self.counted
                .push(stream.count(span, reach, record, &mut journal));
        }
        &self.counted
    }

    /// Reach in law of `by` as last told; zero without a doctrine of reach. After
    /// [`Law::begin`] that is the unsettled law.
    #[must_use]
    pub fn reach(&self, by: JurisdictionId) -> PerControl<f64> {
        self.doctrine_of(by)
            .map_or([0.0; 5], |doctrine| self.told[doctrine])
    }

    /// Has a statute, a treaty or the highest court settled the reach of `by`?
    #[must_use]
    pub fn reach_settled(&self, by: JurisdictionId) -> bool {
        let doctrine = self.doctrine_of(by);
        doctrine.is_some_and(|doctrine| self.in_force[doctrine].is_settled())
    }

    /// Does the reach of `by` pend in an appellate or higher court?
    #[must_use]
    pub fn reach_pends(&self, by: JurisdictionId) -> bool {
        let mut cases = self.cases.iter();
        cases.any(|case| case.plan.spec.asserting() == Some(by) && case.pends())
    }

    /// Is the question of `by`'s reach before its highest court?
    #[must_use]
    pub fn pends_at_the_top(&self, by: JurisdictionId) -> bool {
        let mut cases = self.cases.iter();
        cases.any(|case| case.plan.spec.asserting() == Some(by) && case.pends_at_the_top())
    }

    /// Where a case stands on the day to which the law was advanced.
    #[must_use]
    pub fn case(&self, id: CaseId) -> CaseState {
        self.cases[id.index()].state(self.today)
    }

    /// The steps that a case has taken since it was filed, in order, those before the start of
    /// the run included.
    #[must_use]
    pub fn passed(&self, id: CaseId) -> &[Passed] {
        &self.cases[id.index()].passed
    }

    /// The court system before which a case goes, with the numbers of this run.
    #[must_use]
    pub fn procedure(&self, id: CaseId) -> &Procedure<'m> {
        &self.procedures[self.model.cases[id.index()].court]
    }
}

/// Reach over what the provider stores outside the government's own country: a demand is
/// put where reach is best, so the highest over its open offerings there.
fn reach_abroad(
    model: &FullModel,
    asserting: JurisdictionId,
    provider: ProviderId,
    record: &Record,
) -> f64 {
    let offerings = model.offerings.iter().enumerate();
    let abroad = offerings.filter(|(index, offering)| {
        offering.provider == provider
            && offering.jurisdiction != asserting
            && record.is_open(OfferingId::new(*index))
    });
    let reach = record.reach(asserting);
    abroad.fold(0.0, |best, (_, offering)| {
        reach[offering.control.index()].max(best)
    })
}
