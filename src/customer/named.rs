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
//! | one workload in a run: all of that together | `state` |
//! | what is reported | `observed` |

mod bill;
mod exit;
mod observed;
mod place;
mod state;

use std::sync::Arc;

use super::beliefs::Beliefs;
use crate::domain::{
    CustomerId, Date, Event, EventIndex, EventKind, ExitReason, Loss, Record, RegionId, WorkloadId,
};
use crate::scenario::resolved::{FullModel, InputDraw, Leave};

pub use bill::Bill;
use exit::Exit;
use state::{Deed, State};

/// All named customers of one worker's world.
#[derive(Clone, Debug)]
pub struct NamedCustomers {
    model: Arc<FullModel>,
    /// Customer after customer.
    workloads: Vec<State>,
    /// What they did.
    events: Vec<Deed>,
}

impl NamedCustomers {
    /// The named customers of a model, before any run.
    #[must_use]
    pub fn new(model: &Arc<FullModel>) -> Self {
        let mut workloads = Vec::new();
        for (c, customer) in model.customers.iter().enumerate() {
            for (w, workload) in customer.workloads.iter().enumerate() {
                let ids = (CustomerId::new(c), WorkloadId::new(w));
                workloads.push(State::new(model, customer, workload, ids));
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
            state.begin(model, draw);
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
            state.watch(group, beliefs, cause);
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

    /// What their exits have cost so far: each is one loss, of the day on which it was decided.
    pub fn losses(&self) -> impl Iterator<Item = Loss> + '_ {
        let states = self.workloads.iter();
        states.flat_map(|state| state.losses(&self.events))
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
}

#[cfg(test)]
mod tests;
