//! One workload of a named customer in a run.

use super::super::beliefs::Beliefs;
use super::bill::{Bill, Terms};
use super::exit::Exit;
use super::place::Place;
use crate::domain::{
    Bearer, CustomerId, Date, Event, EventIndex, EventKind, Loss, LossKind, Matter, Record,
    WorkloadId,
};
use crate::scenario::resolved::{Destination, FullModel, InputDraw, NamedCustomer, Workload};

/// What a named customer did, and the position among all they did of what brought it about,
/// unless that is an event of the world.
pub(super) type Deed = (Event, Option<usize>);

/// A workload in one run.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub customer: CustomerId,
    pub workload: WorkloadId,
    old: Place,
    new: Place,
    pub terms: Terms,
    pub tolerance: f64,
    pub exit: Option<Exit>,
    /// Position of the decision among the events.
    decision: Option<usize>,
    exit_paid: f64,
    /// Paid so far for a place that it had left.
    idle_paid: f64,
    /// Now.
    pub exposure: f64,
    pub reach_in_law: f64,
    /// A year at the start's prices, now.
    pub size: f64,
    pub is_above: bool,
    /// The event that lifted the exposure above the tolerance.
    pub lifted_by: Option<EventIndex>,
    /// Months in a row at whose ends the exposure was above the tolerance.
    pub months_above: u32,
    pub bill: Bill,
}

impl State {
    pub(super) fn new(
        model: &FullModel,
        customer: &NamedCustomer,
        spec: &Workload,
        (customer_id, workload): (CustomerId, WorkloadId),
    ) -> Self {
        let old = Place::at(model, customer, spec.offering);
        let exit = spec.exit.as_ref();
        Self {
            customer: customer_id,
            workload,
            old,
            new: exit.map_or(old, |exit| Place::of(model, customer, exit.to)),
            terms: Terms::default(),
            tolerance: 1.0,
            exit: None,
            decision: None,
            exit_paid: 0.0,
            idle_paid: 0.0,
            exposure: 0.0,
            reach_in_law: 0.0,
            size: 0.0,
            is_above: false,
            lifted_by: None,
            months_above: 0,
            bill: Bill::default(),
        }
    }

    /// Starts a run: inputs drawn, everything where it is at the start.
    pub(super) fn begin(&mut self, model: &FullModel, draw: &InputDraw) {
        let customer = &model.customers[self.customer.index()];
        self.terms = Terms::new(model, self.spec(model), draw);
        self.tolerance = customer.tolerance.value(draw);
        self.exit = None;
        self.decision = None;
        self.exit_paid = 0.0;
        self.idle_paid = 0.0;
        self.is_above = false;
        self.lifted_by = None;
        self.months_above = 0;
        self.bill = Bill::default();
    }

    pub(super) fn spec<'m>(&self, model: &'m FullModel) -> &'m Workload {
        &model.customers[self.customer.index()].workloads[self.workload.index()]
    }

    pub(super) fn has_left(&self) -> bool {
        self.exit.is_some_and(|exit| exit.finished)
    }

    pub(super) fn has_left_by(&self, date: Date) -> bool {
        let ends = self.exit.and_then(|exit| exit.ends());
        ends.is_some_and(|ends| ends <= date)
    }

    pub(super) fn place(&self) -> Place {
        if self.has_left() { self.new } else { self.old }
    }

    /// Sees whether it is above what is tolerated, and what lifted it there.
    pub(super) fn watch(&mut self, group: usize, beliefs: &Beliefs, cause: Option<EventIndex>) {
        self.exposure = self.place().exposure(group, beliefs);
        let is_above = self.exposure > self.tolerance;
        if is_above != self.is_above {
            self.lifted_by = cause.filter(|_| is_above);
        }
        self.is_above = is_above;
    }

    pub(super) fn decide(&mut self, exit: Exit, date: Date, events: &mut Vec<Deed>) {
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
    pub(super) fn begin_exit(&mut self, spec: &Workload, record: &Record) {
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

    pub(super) fn bill(
        &mut self,
        month: u32,
        span: (Date, Date),
        spec: &Workload,
        record: &Record,
    ) {
        let (places, exit) = ((self.old, self.new), self.exit.as_ref());
        self.bill = self
            .terms
            .bill(month, span, places, exit, spec.contract_ends, record);
        let due = exit.map_or(0.0, |exit| self.terms.exit_cost * exit.part_done(span.1));
        self.bill.exit = due - self.exit_paid;
        self.exit_paid = due;
        self.idle_paid += self.bill.idle;
    }

    /// What its exit has cost so far, a loss of the day on which it was decided.
    pub(super) fn losses(&self, deeds: &[Deed]) -> impl Iterator<Item = Loss> + use<> {
        let decided = self.decision.and_then(|at| deeds.get(at));
        let paid = [
            (LossKind::ExitCost, self.exit_paid),
            (LossKind::IdleContract, self.idle_paid),
        ];
        let (customer, workload) = (self.customer, self.workload);
        let losses = decided.map(|(event, _)| {
            paid.map(|(kind, amount)| Loss {
                date: event.date,
                kind,
                matter: Matter::Workload(customer, workload),
                bearer: Bearer::Customer(customer),
                amount,
            })
        });
        let losses = losses.into_iter().flatten();
        losses.filter(|loss| loss.amount > 0.0)
    }

    pub(super) fn finish_exit(&mut self, until: Date, events: &mut Vec<Deed>) {
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
