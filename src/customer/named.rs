//! Named customers: firms of their own beside the market (docs/model.md, "Named
//! customers"). They share the beliefs of their group, pay list prices, and leave when
//! their scenario says so or their region closes. They move nobody: no share, price,
//! neighbour or public event depends on them, and they draw nothing but their inputs.
//!
//! | story | file |
//! |---|---|
//! | where a workload is, who reaches it there | `place` |
//! | when an exit begins and ends | `exit` |
//! | what a month costs | `bill` |

mod bill;
mod exit;
mod place;

use std::ops::Range;
use std::sync::Arc;

use super::beliefs::Beliefs;
use crate::domain::{
    CustomerId, Date, Event, EventIndex, EventKind, ExitReason, Record, RegionId, WorkloadId,
};
use crate::scenario::resolved::{
    Destination, FullModel, InputDraw, Leave, NamedCustomer, Workload,
};

pub use bill::Bill;
use bill::Terms;
use exit::Exit;
use place::Place;

/// All named customers of one worker's world.
#[derive(Clone, Debug)]
pub struct NamedCustomers {
    model: Arc<FullModel>,
    /// Customer after customer.
    workloads: Vec<State>,
    /// What they did, and the position here of what brought it about.
    events: Vec<(Event, Option<usize>)>,
}

/// A workload in one run.
#[derive(Clone, Debug)]
struct State {
    customer: CustomerId,
    workload: WorkloadId,
    old: Place,
    new: Place,
    terms: Terms,
    tolerance: f64,
    exit: Option<Exit>,
    /// Position of the decision among the events.
    decision: Option<usize>,
    exit_paid: f64,
    /// Now.
    exposure: f64,
    reach_in_law: f64,
    /// A year at the start's prices, now.
    size: f64,
    is_above: bool,
    /// The event that lifted the exposure above the tolerance.
    lifted_by: Option<EventIndex>,
    /// Months in a row at whose ends the exposure was above the tolerance.
    months_above: u32,
    bill: Bill,
}

impl NamedCustomers {
    /// The named customers of a model, before any run.
    #[must_use]
    pub fn new(model: &Arc<FullModel>) -> Self {
        let mut workloads = Vec::new();
        for (c, customer) in model.customers.iter().enumerate() {
            for (w, workload) in customer.workloads.iter().enumerate() {
                let old = Place::at(model, customer, workload.offering);
                let exit = workload.exit.as_ref();
                workloads.push(State {
                    customer: CustomerId::new(c),
                    workload: WorkloadId::new(w),
                    old,
                    new: exit.map_or(old, |exit| Place::of(model, customer, exit.to)),
                    terms: Terms::default(),
                    tolerance: 1.0,
                    exit: None,
                    decision: None,
                    exit_paid: 0.0,
                    exposure: 0.0,
                    reach_in_law: 0.0,
                    size: 0.0,
                    is_above: false,
                    lifted_by: None,
                    months_above: 0,
                    bill: Bill::default(),
                });
            }
        }
        Self {
            model: Arc::clone(model),
            // A decision and an end each.
            events: Vec::with_capacity(2 * workloads.len()),
            workloads,
        }
    }

    /// Starts a run: inputs drawn, everything where it is at the start.
    pub fn begin(&mut self, draw: &InputDraw, at_rest: &Beliefs) {
        self.events.clear();
        let model = &self.model;
        for state in &mut self.workloads {
            let customer = &model.customers[state.customer.index()];
            let spec = &customer.workloads[state.workload.index()];
            state.terms = Terms::new(model, spec, draw);
            state.tolerance = customer.tolerance.value(draw);
            state.exit = None;
            state.decision = None;
            state.exit_paid = 0.0;
            state.is_above = false;
            state.lifted_by = None;
            state.months_above = 0;
            state.bill = Bill::default();
        }
        self.watch(at_rest, None);
    }

    /// A month begins, whose news fades by itself: what is set by a day in it is decided.
    pub fn begin_month(&mut self, from: Date, until: Date, beliefs: &Beliefs) {
        let Self {
            model,
            workloads,
            events,
        } = self;
        for state in workloads.iter_mut().filter(|state| state.exit.is_none()) {
            let spec = state.spec(model);
            let (day, reason) = match spec.leave {
                Leave::On(day) => (day, ExitReason::DaySet),
                Leave::AtContractEnd => match spec.contract_ends {
                    Some(ends) => (ends, ExitReason::ContractEnd),
                    None => continue,
                },
                Leave::Stay | Leave::AboveTolerance { .. } => continue,
            };
            if (from..until).contains(&day) {
                state.decide(Exit::decided(day, reason, None), day, events);
            }
        }
        self.watch(beliefs, None);
    }

    /// Takes in an event, which the record and beliefs hold already.
    pub fn hear(&mut self, index: EventIndex, event: &Event, beliefs: &Beliefs) {
        if let EventKind::RegionClosed { region } = event.kind {
            self.close(region, event.date, index);
        }
        self.watch(beliefs, Some(index));
    }

    /// Whatever is in a region that closes must go at once.
    fn close(&mut self, region: RegionId, date: Date, index: EventIndex) {
        let Self {
            model,
            workloads,
            events,
        } = self;
        for state in workloads {
            let spec = state.spec(model);
            let is_there = model.offerings[spec.offering.index()].region == region;
            if !is_there || spec.exit.is_none() || state.has_left_by(date) {
                continue;
            }
            if state.exit.is_none() {
                let exit = Exit::decided(date, ExitReason::RegionClosed, Some(index));
                state.decide(exit, date, events);
            }
            if let Some(exit) = &mut state.exit {
                exit.force(date, index);
            }
        }
    }

    /// Sees which workloads are above what is tolerated, and what lifted them there.
    fn watch(&mut self, beliefs: &Beliefs, cause: Option<EventIndex>) {
        for state in &mut self.workloads {
            let group = self.model.customers[state.customer.index()].group;
            state.exposure = state.place().exposure(group, beliefs);
            let is_above = state.exposure > state.tolerance;
            if is_above != state.is_above {
                state.lifted_by = cause.filter(|_| is_above);
            }
            state.is_above = is_above;
        }
    }

    /// Month number `month`, from 1, is over: exits go on, the month is billed, and who
    /// has been above its tolerance for long enough decides.
    pub fn pass_month(
        &mut self,
        month: u32,
        (from, until): (Date, Date),
        record: &Record,
        beliefs: &Beliefs,
    ) {
        let Self {
            model,
            workloads,
            events,
        } = self;
        for state in workloads.iter_mut() {
            let spec = state.spec(model);
            state.begin_exit(spec, record);
            state.bill(month, (from, until), spec, record);
            state.finish_exit(until, events);
        }
        self.observe(month, record, beliefs);
        for state in &mut self.workloads {
            let spec = state.spec(&self.model);
            state.months_above = if state.is_above {
                state.months_above + 1
            } else {
                0
            };
            if let Leave::AboveTolerance { after_months } = spec.leave
                && state.exit.is_none()
                && state.months_above >= after_months
            {
                let reason = ExitReason::AboveTolerance;
                let exit = Exit::decided(until, reason, state.lifted_by);
                state.decide(exit, until, &mut self.events);
            }
        }
    }

    /// Sees what can be observed at the end of a month, or at the start (0).
    pub fn observe(&mut self, month: u32, record: &Record, beliefs: &Beliefs) {
        self.watch(beliefs, None);
        for state in &mut self.workloads {
            state.reach_in_law = state.place().reach_in_law(record);
            state.size = state.terms.size(month);
        }
    }

    /// What they did, as events that follow `count` others in the run's list.
    pub fn events(&self, count: usize) -> impl Iterator<Item = Event> + '_ {
        self.events.iter().map(move |&(event, cause)| Event {
            cause: event.cause.or_else(|| {
                let index = u32::try_from(count + cause?).ok()?;
                Some(EventIndex(index))
            }),
            ..event
        })
    }

    /// The positions of a customer's workloads, or of one of them.
    #[must_use]
    pub fn select(
        model: &FullModel,
        customer: CustomerId,
        workload: Option<WorkloadId>,
    ) -> Range<usize> {
        let count = |customer: &NamedCustomer| customer.workloads.len();
        let first: usize = model.customers[..customer.index()].iter().map(count).sum();
        match workload {
            Some(workload) => first + workload.index()..first + workload.index() + 1,
            None => first..first + count(&model.customers[customer.index()]),
        }
    }

    /// The last month's bills of some workloads.
    pub fn bills(&self, of: Range<usize>) -> impl Iterator<Item = Bill> + '_ {
        self.workloads[of].iter().map(|state| state.bill)
    }

    /// Exposure, weighted by workload; NaN without any workload.
    #[must_use]
    pub fn exposure(&self, of: Range<usize>) -> f64 {
        self.weighted(of, |state| state.exposure)
    }

    /// Reach in law, weighted by workload; NaN without any workload.
    #[must_use]
    pub fn reach_in_law(&self, of: Range<usize>) -> f64 {
        self.weighted(of, |state| state.reach_in_law)
    }

    /// Part of the workload that is above what is tolerated; NaN without any workload.
    #[must_use]
    pub fn part_above(&self, of: Range<usize>) -> f64 {
        self.weighted(of, |state| f64::from(u8::from(state.is_above)))
    }

    fn weighted(&self, of: Range<usize>, value: impl Fn(&State) -> f64) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for state in &self.workloads[of] {
            sum += state.size * value(state);
            weight += state.size;
        }
        sum / weight
    }

    /// Whether any workload is above what is tolerated.
    #[must_use]
    pub fn is_any_above(&self, of: Range<usize>) -> bool {
        self.workloads[of].iter().any(|state| state.is_above)
    }

    /// Exits that are finished.
    #[must_use]
    pub fn exits_finished(&self, of: Range<usize>) -> usize {
        let states = self.workloads[of].iter();
        states.filter(|state| state.has_left()).count()
    }

    /// Exits that were not finished by the day set for them, which has passed by `today`.
    #[must_use]
    pub fn exits_late(&self, of: Range<usize>, today: Date) -> usize {
        let is_late = |state: &&State| {
            let by = state.spec(&self.model).exit_by.filter(|&by| by <= today);
            let left = state
                .exit
                .filter(|exit| exit.finished)
                .and_then(|exit| exit.ends());
            by.is_some_and(|by| left.is_none_or(|left| left > by))
        };
        self.workloads[of].iter().filter(is_late).count()
    }

    /// Exits that a closing region forced.
    #[must_use]
    pub fn exits_forced(&self, of: Range<usize>) -> usize {
        let is_forced = |state: &&State| state.exit.is_some_and(|exit| exit.forced_by.is_some());
        self.workloads[of].iter().filter(is_forced).count()
    }
}

impl State {
    fn spec<'m>(&self, model: &'m FullModel) -> &'m Workload {
        &model.customers[self.customer.index()].workloads[self.workload.index()]
    }

    fn has_left(&self) -> bool {
        self.exit.is_some_and(|exit| exit.finished)
    }

    fn has_left_by(&self, date: Date) -> bool {
        let ends = self.exit.and_then(|exit| exit.ends());
        ends.is_some_and(|ends| ends <= date)
    }

    fn place(&self) -> Place {
        if self.has_left() { self.new } else { self.old }
    }

    fn decide(&mut self, exit: Exit, date: Date, events: &mut Vec<(Event, Option<usize>)>) {
        self.decision = Some(events.len());
        let kind = EventKind::ExitDecided {
            customer: self.customer,
            workload: self.workload,
            reason: exit.reason,
            cost: self.terms.exit_cost,
        };
        let cause = exit.cause;
        events.push((Event { date, cause, kind }, None));
        self.exit = Some(exit);
    }

    /// Begins a decided exit once its new place is open.
    fn begin_exit(&mut self, spec: &Workload, record: &Record) {
        let (Some(exit), Some(plan)) = (&mut self.exit, spec.exit) else {
            return;
        };
        match plan.to {
            Destination::Offering(to) if record.is_open(to) => {
                exit.begin(record.opened_on[to.index()], self.terms.exit_months);
            }
            Destination::Offering(_) => {}
            Destination::OnPremises { .. } => exit.begin_at_once(self.terms.exit_months),
        }
    }

    fn bill(&mut self, month: u32, span: (Date, Date), spec: &Workload, record: &Record) {
        let (places, exit) = ((self.old, self.new), self.exit.as_ref());
        self.bill = self
            .terms
            .bill(month, span, places, exit, spec.contract_ends, record);
        let due = exit.map_or(0.0, |exit| self.terms.exit_cost * exit.part_done(span.1));
        self.bill.exit = due - self.exit_paid;
        self.exit_paid = due;
    }

    fn finish_exit(&mut self, until: Date, events: &mut Vec<(Event, Option<usize>)>) {
        let Some(exit) = &mut self.exit else { return };
        let Some(date) = exit.ends().filter(|&ends| ends <= until && !exit.finished) else {
            return;
        };
        exit.finished = true;
        let kind = EventKind::ExitFinished {
            customer: self.customer,
            workload: self.workload,
            cost: self.terms.exit_cost,
        };
        // Its own decision, unless a closing region came between.
        let cause = exit.forced_by;
        events.push((Event { date, cause, kind }, self.decision));
    }
}

#[cfg(test)]
mod tests;
