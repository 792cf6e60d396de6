//! What policies in force mean for customers: services that are barred to them, and by when
//! they must have left; prices that a suspension, a tariff or a dated fact raises; a location
//! that the law of the place shields.
//!
//! A barred offering has no attraction for the group: nothing new goes there, and whoever
//! looks at its base leaves. Until the grace ends a part `1/(months left)` of those still
//! there is made to look each month, so that departures spread evenly and all have left in
//! time.

use super::columns::SLOTS;
use super::compliance::Compliance;
use super::customers::Customers;
use super::market::Market;
use crate::chance::{Run, Stream};
use crate::domain::{Date, InstrumentId, JurisdictionId, OfferingId, Record};
use crate::scenario::resolved::{
    Bar, FullModel, Group, InputDraw, Instrument, InstrumentKind, Offering,
};

/// The effects of all policies in force, by group and offering.
#[derive(Clone, Debug)]
pub struct PolicyEffects {
    offerings: usize,
    /// Nothing here is in force: the rest is not looked at.
    idle: bool,
    /// Closed to the group by a policy: `[group][offering]`.
    barred: Vec<bool>,
    /// The last day of grace, where barred: `[group][offering]`.
    leave_by: Vec<Option<Date>>,
    /// Rise of ln price: `[group][offering]`.
    price_wedge: Vec<f64>,
    /// Part of the way from ψ to certainty: `[market]`.
    shield: Vec<f64>,
    numbers: Vec<Numbers>,
    /// Dated facts that make all cloud dearer in a place.
    compliance: Compliance,
}

/// The numbers of one instrument in one run.
#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    tolerated_reach: f64,
    price_wedge: f64,
    shield: f64,
}

impl PolicyEffects {
    /// No policies yet.
    #[must_use]
    pub fn new(model: &FullModel) -> Self {
        let pairs = model.groups.len() * model.offerings.len();
        Self {
            offerings: model.offerings.len(),
            idle: true,
            barred: vec![false; pairs],
            leave_by: vec![None; pairs],
            price_wedge: vec![0.0; pairs],
            shield: vec![0.0; model.markets.len()],
            numbers: vec![Numbers::default(); model.instruments.len()],
            compliance: Compliance::new(model),
        }
    }

    /// The numbers of a run that starts on this day.
    pub fn begin(&mut self, model: &FullModel, draw: &InputDraw, start: Date) {
        self.compliance.begin(model, draw, start);
        for (numbers, spec) in self.numbers.iter_mut().zip(&model.instruments) {
            *numbers = Numbers::default();
            match &spec.kind {
                InstrumentKind::ProcurementBan(bar) | InstrumentKind::Localisation(bar) => {
                    numbers.tolerated_reach = bar.tolerated_reach.value(draw);
                }
                InstrumentKind::Suspension { price_wedge, .. }
                | InstrumentKind::Tariff { price_wedge } => {
                    numbers.price_wedge = price_wedge.value(draw);
                }
                InstrumentKind::BlockingStatute { shield, .. } => {
                    numbers.shield = shield.value(draw);
                }
                InstrumentKind::Statute | InstrumentKind::Treaty => {}
            }
        }
        self.clear();
    }

    fn clear(&mut self) {
        self.idle = true;
        self.barred.fill(false);
        self.leave_by.fill(None);
        self.price_wedge.fill(0.0);
        self.shield.fill(0.0);
    }

    /// Reads the policies and dated facts in force from the record.
    pub fn refresh(&mut self, model: &FullModel, record: &Record) {
        let any = record.in_force_since.iter().any(Option::is_some);
        if !any && !self.compliance.any(record.today) {
            if !self.idle {
                self.clear();
            }
            return;
        }
        self.clear();
        self.idle = false;
        for (index, spec) in model.instruments.iter().enumerate() {
            if let Some(since) = record.in_force_since[index] {
                self.apply(model, record, (spec, self.numbers[index], since));
            }
        }
        let groups = self.price_wedge.chunks_exact_mut(self.offerings);
        for (group, row) in groups.enumerate() {
            let wedge = self.compliance.wedge(group, record.today);
            row.iter_mut().for_each(|sum| *sum += wedge);
        }
    }

    fn apply(
        &mut self,
        model: &FullModel,
        record: &Record,
        (spec, numbers, since): (&Instrument, Numbers, Date),
    ) {
        let maker = &model.makers[spec.by.index()];
        let binds = |jurisdiction: JurisdictionId| maker.members.contains(&jurisdiction);
        if numbers.shield > 0.0 {
            for (market, shield) in model.markets.iter().zip(&mut self.shield) {
                if binds(market.jurisdiction) {
                    *shield = shield.max(numbers.shield);
                }
            }
        }
        for (g, group) in model.groups.iter().enumerate() {
            if !binds(group.jurisdiction) {
                continue;
            }
            for (o, offering) in model.offerings.iter().enumerate() {
                let at = g * self.offerings + o;
                let bar = bars(model, record, spec, (numbers, group, offering));
                if let Some(bar) = bar {
                    let until = since.plus_months(bar.grace_months as i32);
                    let sooner = self.leave_by[at].is_none_or(|before| until < before);
                    self.barred[at] = true;
                    if sooner {
                        self.leave_by[at] = Some(until);
                    }
                }
                if wedged(model, spec, offering) {
                    // Of several that make the same services dearer the dearest counts: what
                    // is suspended twice is suspended.
                    self.price_wedge[at] = self.price_wedge[at].max(numbers.price_wedge);
                }
            }
        }
    }

    /// Whether an offering is barred to a group.
    #[must_use]
    pub fn is_barred(&self, group: usize, offering: usize) -> bool {
        self.barred[group * self.offerings + offering]
    }

    /// The policy in force that bars the most of these offerings to a group, the first of
    /// equals; none where nothing is barred.
    #[must_use]
    pub fn barring(
        &self,
        model: &FullModel,
        record: &Record,
        (group, offerings): (usize, &[OfferingId]),
    ) -> Option<InstrumentId> {
        if self.idle {
            return None;
        }
        let mut most = (0, None);
        for (index, spec) in model.instruments.iter().enumerate() {
            let binds = &model.makers[spec.by.index()].members;
            let bound = &model.groups[group];
            let in_force = record.in_force_since[index].is_some();
            if !in_force || !binds.contains(&bound.jurisdiction) {
                continue;
            }
            let barred = offerings.iter().filter(|o| {
                let offering = &model.offerings[o.index()];
                bars(model, record, spec, (self.numbers[index], bound, offering)).is_some()
            });
            let count = barred.count();
            if count > most.0 {
                most = (count, Some(InstrumentId::new(index)));
            }
        }
        most.1
    }

    /// Rise of ln price of an offering for a group.
    #[must_use]
    pub fn price_wedge(&self, group: usize, offering: usize) -> f64 {
        self.price_wedge[group * self.offerings + offering]
    }

    /// Rise of ln price, common to all offerings, that the placed workload of a group has answered
    /// since the start.
    pub(super) fn answered(&self, group: usize, today: Date) -> f64 {
        self.compliance.answered(group, today)
    }

    /// Rises of ln price of a group, by offering; none where nothing is in force.
    #[must_use]
    pub(super) fn of_group(&self, group: usize) -> Option<(&[bool], &[f64])> {
        let row = group * self.offerings..(group + 1) * self.offerings;
        (!self.idle).then(|| (&self.barred[row.clone()], &self.price_wedge[row]))
    }

    /// How far policies shield the location of a market's data, 0 to 1.
    #[must_use]
    pub fn shields(&self) -> &[f64] {
        &self.shield
    }
}

/// The bar of a policy under which an offering falls for a group, if it does.
fn bars<'s>(
    model: &FullModel,
    record: &Record,
    spec: &'s Instrument,
    (numbers, group, offering): (Numbers, &Group, &Offering),
) -> Option<&'s Bar> {
    match &spec.kind {
        InstrumentKind::ProcurementBan(bar) if bar.segments.contains(&group.segment) => {
            let reach = if offering.jurisdiction == spec.against {
                1.0
            } else if model.providers[offering.provider.index()].parent == spec.against {
                record.reach(spec.against)[offering.control.index()]
            } else {
                0.0
            };
            (reach > numbers.tolerated_reach).then_some(bar)
        }
        InstrumentKind::Localisation(bar) if bar.segments.contains(&group.segment) => {
            let members = &model.makers[spec.by.index()].members;
            (!members.contains(&offering.jurisdiction)).then_some(bar)
        }
        _ => None,
    }
}

/// Whether a policy makes an offering dearer.
fn wedged(model: &FullModel, spec: &Instrument, offering: &Offering) -> bool {
    match spec.kind {
        InstrumentKind::Suspension { .. } => offering.jurisdiction == spec.against,
        InstrumentKind::Tariff { .. } => {
            model.providers[offering.provider.index()].parent == spec.against
        }
        _ => false,
    }
}

impl Customers {
    /// Makes a part of those whom a policy bars from where they are look at their base.
    pub(super) fn enforce_mandates(&mut self, month: u32, record: &Record) {
        if self.policy.idle {
            return;
        }
        let stream = Stream::new(self.seed, "customer", "mandate");
        for group in 0..self.model.groups.len() {
            for offering in 0..self.policy.offerings {
                let at = group * self.policy.offerings + offering;
                if let Some(until) = self.policy.leave_by[at] {
                    let days = until.days_since(record.today);
                    let chance = 1.0 / f64::from(days / 30 + 1).max(1.0);
                    let who = (group, offering as u8, chance);
                    self.market.send_to_look(&stream, month, who);
                }
            }
        }
    }
}

impl Market {
    /// Makes each customer of a group whose primary is this offering look at once, with this
    /// chance; other workload of theirs there joins the primary when it leaves.
    pub(super) fn send_to_look(
        &mut self,
        stream: &Stream,
        month: u32,
        (group, offering, chance): (usize, u8, f64),
    ) {
        const AT_ONCE: f32 = f32::INFINITY;
        let run: Run = self.run;
        for customer in self.population.group(group) {
            let slots = self.columns.offering[customer];
            let here = slots[0] == offering;
            let beside = (1..SLOTS).find(|&slot| slots[slot] == offering);
            if (!here && beside.is_none()) || self.columns.threshold[customer] < 0.0 {
                continue;
            }
            let key = self.population.key(group, customer);
            if chance < 1.0 && stream.uniform(run, key, month) >= chance {
                continue;
            }
            if here {
                self.columns.threshold[customer] = AT_ONCE;
            } else if let Some(slot) = beside {
                let now = self.growth_of(group, offering) / self.growth_of(group, slots[0]);
                let load = self.take_slot(group, customer, slot) * now;
                self.add_load(group, customer, 0, load);
            }
        }
    }
}
