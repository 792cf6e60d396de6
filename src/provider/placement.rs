//! When regions open and close: by the dates of the scenario, and by what providers decide
//! at the end of each quarter.
//!
//! The providers decide in an order that is drawn anew each quarter. Each builds at most one
//! of its candidates, the one worth most for its capital among those that have been worth it
//! for as long as land, power and permits take to prepare, unless as many are under way as it
//! can build at a time; and then closes the regions on which going on is worth less than
//! nothing. What a site would bring
//! is asked of a [`Demand`], in which beliefs, law and brands are as they are now and what
//! is announced is done.

use super::site::{Site, Terms};
use crate::chance::{EntityKey, Run, Seed, Stream};
use crate::domain::{
    Date, Event, EventIndex, EventKind, InstrumentId, OfferingId, ProviderId, Record, RegionId,
    SiteAct, SiteReason,
};
use crate::scenario::resolved::{FullModel, InputDraw};

/// Months after its opening in which a region is not closed.
const NEW_MONTHS: i32 = 24;

/// What a change of a provider's offerings would bring it.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Prospect {
    /// New workload that each year adds, USD a year at start prices; negative where it is
    /// lost.
    pub flow_usd_per_year: f64,
    /// Change a year of that flow at equal prices.
    pub flow_change_per_year: f64,
    /// Workload that each year comes to what opens, also from the provider's other regions,
    /// in USD a year at start prices.
    pub intake_usd_per_year: f64,
    /// Growth a year of what is placed, at equal prices, where most of it comes from.
    pub growth_per_year: f64,
    /// A policy that bars another region of the provider to those who bring most of it.
    pub policy: Option<InstrumentId>,
}

/// What is known of demand when providers decide.
pub trait Demand {
    /// Takes note of what is announced, by offering: what will open, and what will close.
    fn foresee(&mut self, opening: &[bool], closing: &[bool]);
    /// What opening some offerings and closing others, all of one provider, would bring it.
    fn prospect(
        &mut self,
        provider: ProviderId,
        changes: (&[OfferingId], &[OfferingId]),
    ) -> Prospect;
    /// Workload at these offerings, USD a year at start prices, that would leave the
    /// provider, were all of it to choose anew without them.
    fn stake_usd_per_year(&self, provider: ProviderId, closing: &[OfferingId]) -> f64;
}

/// An opening or closure that was decided.
#[derive(Clone, Copy, Debug)]
struct Announced {
    date: Date,
    kind: EventKind,
    cause: EventIndex,
}

/// A region that is worth building.
#[derive(Clone, Copy, Debug)]
struct Plan {
    region: RegionId,
    /// Net present value for its capital.
    yields: f64,
    npv_usd: f64,
    prospect: Prospect,
}

/// All regions of all providers in one run.
#[derive(Clone, Debug)]
pub struct Placement<'m> {
    model: &'m FullModel,
    order: Stream,
    run: Run,
    dated: Vec<(Date, EventKind)>,
    announced: Vec<Announced>,
    /// By region; none where its provider does not decide.
    sites: Vec<Option<Site>>,
    /// By provider; none for one that does not decide.
    terms: Vec<Option<Terms>>,
    /// Offerings of each region.
    offerings: Vec<Vec<OfferingId>>,
    /// By offering: announced to open, to close.
    opening: Vec<bool>,
    closing: Vec<bool>,
    /// Providers in the order in which they decide.
    turns: Vec<(f64, ProviderId)>,
}

impl<'m> Placement<'m> {
    /// The regions of a scenario.
    #[must_use]
    pub fn new(model: &'m FullModel, seed: Seed) -> Self {
        let of_region = |region: usize| {
            let all = (0..model.offerings.len()).map(OfferingId::new);
            all.filter(|o| model.offerings[o.index()].region.index() == region)
                .collect()
        };
        let regions = model.regions.len();
        Self {
            order: Stream::new(seed, "provider", "turn"),
            run: Run(0),
            dated: dated(model),
            // A region opens and closes at most once each by decision; a conversion closes.
            announced: Vec::with_capacity(2 * regions),
            sites: vec![None; regions],
            terms: vec![None; model.providers.len()],
            offerings: (0..regions).map(of_region).collect(),
            opening: vec![false; model.offerings.len()],
            closing: vec![false; model.offerings.len()],
            turns: Vec::with_capacity(model.providers.len()),
            model,
        }
    }

    /// Starts a run: nothing decided yet.
    pub fn begin(&mut self, draw: &InputDraw, run: Run) {
        self.run = run;
        self.announced.clear();
        self.opening.fill(false);
        self.closing.fill(false);
        for (site, region) in self.sites.iter_mut().zip(&self.model.regions) {
            *site = Site::new(region, draw);
        }
        for (terms, provider) in self.terms.iter_mut().zip(&self.model.providers) {
            *terms = Terms::new(provider, self.model, draw);
        }
    }

    /// Appends openings and closures of the span `from..until`.
    pub fn advance(&mut self, from: Date, until: Date, events: &mut Vec<Event>) {
        let span = from..until;
        for &(date, kind) in self.dated.iter().filter(|(date, _)| span.contains(date)) {
            let cause = None;
            events.push(Event { date, cause, kind });
        }
        self.announced.retain(|announced| {
            let Announced { date, kind, cause } = *announced;
            if !span.contains(&date) {
                return true;
            }
            let cause = Some(cause);
            events.push(Event { date, cause, kind });
            false
        });
    }

    /// Whether any provider decides anything.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.sites.iter().any(Option::is_some)
    }

    /// The decisions of a quarter that ends with the day before `until`, under the prices
    /// and openings of the record; appends them.
    pub fn decide(
        &mut self,
        (month, until): (u32, Date),
        record: &Record,
        demand: &mut impl Demand,
        events: &mut Vec<Event>,
    ) {
        self.turns.clear();
        for (index, provider) in self.model.providers.iter().enumerate() {
            if self.terms[index].is_some() {
                let key = EntityKey::of(&provider.name);
                let turn = self.order.uniform(self.run, key, month);
                self.turns.push((turn, ProviderId::new(index)));
            }
        }
        self.turns.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        demand.foresee(&self.opening, &self.closing);
        for at in 0..self.turns.len() {
            let provider = self.turns[at].1;
            let Some(terms) = self.terms[provider.index()] else {
                continue;
            };
            self.build_best((provider, terms), until, (record, &mut *demand), events);
            self.close_losing((provider, terms), until, (record, &mut *demand), events);
        }
    }

    /// Decides for the candidate that is worth most for its capital, of those that have been
    /// worth it for as long as they take to prepare, if another can be built beside those
    /// under way.
    fn build_best(
        &mut self,
        (provider, terms): (ProviderId, Terms),
        until: Date,
        (record, demand): (&Record, &mut impl Demand),
        events: &mut Vec<Event>,
    ) {
        let mut best: Option<Plan> = None;
        for index in 0..self.sites.len() {
            let region = RegionId::new(index);
            let (Some(site), true) = (
                self.sites[index],
                self.model.regions[index].provider == provider,
            ) else {
                continue;
            };
            let plan = self.appraise((region, site), &terms, (record, &mut *demand));
            let worth_since = plan.map(|_| site.worth_since.unwrap_or(until));
            if let Some(site) = &mut self.sites[index] {
                site.worth_since = worth_since;
            }
            let is_ready =
                worth_since.is_some_and(|since| since.plus_days(site.preparation_days) <= until);
            let Some(plan) = plan.filter(|_| is_ready) else {
                continue;
            };
            // Regions stand in the order of their names, so the first of equals stays.
            if best.is_none_or(|best| plan.yields > best.yields) {
                best = Some(plan);
            }
        }
        if let Some(plan) = best
            && self.under_way(provider) < terms.most_under_way
        {
            self.start(plan, until, events);
            demand.foresee(&self.opening, &self.closing);
        }
    }

    /// What a candidate would bring, if building it is worth it.
    fn appraise(
        &self,
        (region, site): (RegionId, Site),
        terms: &Terms,
        (record, demand): (&Record, &mut impl Demand),
    ) -> Option<Plan> {
        let provider = self.model.regions[region.index()].provider;
        let converted = site.converts.map(|other| other.index());
        // What cannot be converted cannot be the reason to build.
        if !site.is_candidate() || converted.is_some_and(|other| !self.is_kept(other, record)) {
            return None;
        }
        let closing = converted.map_or(&[][..], |other| &self.offerings[other]);
        let changes = (&self.offerings[region.index()][..], closing);
        let prospect = demand.prospect(provider, changes);
        let saved = converted.and_then(|other| self.sites[other]);
        let saved = saved.map_or(0.0, |other| other.fixed_usd_per_year);
        let price = record.price(provider) * site.price_factor;
        let (investment, npv_usd) = site.value_of_building(terms, &prospect, price, saved);
        let worth = investment.is_worth_building(npv_usd, &terms.capital);
        worth.then_some(Plan {
            region,
            yields: npv_usd / investment.capex,
            npv_usd,
            prospect,
        })
    }

    /// Sites of a provider that have been decided and are not open yet.
    fn under_way(&self, provider: ProviderId) -> u32 {
        let mut count = 0;
        for announced in &self.announced {
            if let EventKind::RegionOpened { region } = announced.kind {
                count += u32::from(self.model.regions[region.index()].provider == provider);
            }
        }
        count
    }

    /// Whether a region is open and will stay so.
    fn is_kept(&self, region: usize, record: &Record) -> bool {
        let mut offerings = self.offerings[region].iter().map(|o| o.index());
        offerings.all(|o| record.open[o] && !self.closing[o])
    }

    /// Notes the decision to build a region, and announces what follows from it.
    fn start(&mut self, plan: Plan, until: Date, events: &mut Vec<Event>) {
        let Plan {
            region,
            npv_usd,
            prospect,
            ..
        } = plan;
        let Some(site) = &mut self.sites[region.index()] else {
            return;
        };
        site.is_decided = true;
        let (lead_days, converts) = (site.lead_days, site.converts);
        let policy = prospect.policy.and_then(|policy| in_force(events, policy));
        let decided = Event {
            date: until.plus_days(-1),
            cause: policy,
            kind: EventKind::SiteDecided {
                region,
                act: converts.map_or(SiteAct::Build, |_| SiteAct::Convert),
                npv_usd,
                flow_usd_per_year: prospect.flow_usd_per_year,
                why: match prospect.policy {
                    Some(_) => SiteReason::Policy,
                    None => SiteReason::Demand,
                },
            },
        };
        let opens = until.plus_days(lead_days);
        let Some(cause) = note(events, decided) else {
            return;
        };
        self.announce(opens, EventKind::RegionOpened { region }, cause);
        for o in &self.offerings[region.index()] {
            self.opening[o.index()] = true;
        }
        if let Some(region) = converts {
            self.announce(opens, EventKind::RegionClosed { region }, cause);
            self.mark_closing(region);
        }
    }

    /// Decides to close regions of a provider on which going on is worth less than nothing.
    fn close_losing(
        &mut self,
        (provider, terms): (ProviderId, Terms),
        until: Date,
        (record, demand): (&Record, &mut impl Demand),
        events: &mut Vec<Event>,
    ) {
        let newest = until.plus_months(-NEW_MONTHS);
        for index in 0..self.sites.len() {
            let Some(site) = self.sites[index] else {
                continue;
            };
            let region = RegionId::new(index);
            let closes = &self.offerings[index];
            if self.model.regions[index].provider != provider
                || !self.is_kept(index, record)
                || closes.iter().any(|o| record.opened_on[o.index()] > newest)
                || !self.sells_without(provider, region, record)
            {
                continue;
            }
            let lost = demand.prospect(provider, (&[], closes));
            let stake = demand.stake_usd_per_year(provider, closes);
            let price = record.price(provider) * site.price_factor;
            let npv_usd = site.value_of_going_on(&terms, (&lost, stake), price);
            if npv_usd >= 0.0 {
                continue;
            }
            let kind = EventKind::SiteDecided {
                region,
                act: SiteAct::Close,
                npv_usd,
                flow_usd_per_year: -lost.flow_usd_per_year,
                why: SiteReason::Loss,
            };
            let (date, cause) = (until.plus_days(-1), None);
            if let Some(cause) = note(events, Event { date, cause, kind }) {
                let closing = until.plus_months(terms.notice_months);
                self.announce(closing, EventKind::RegionClosed { region }, cause);
                self.mark_closing(region);
                demand.foresee(&self.opening, &self.closing);
            }
        }
    }

    /// Whether a provider has another region that is open and stays so.
    fn sells_without(&self, provider: ProviderId, region: RegionId, record: &Record) -> bool {
        let mut regions = self.model.regions.iter().enumerate();
        regions.any(|(other, spec)| {
            spec.provider == provider && other != region.index() && self.is_kept(other, record)
        })
    }

    fn announce(&mut self, date: Date, kind: EventKind, cause: EventIndex) {
        self.announced.push(Announced { date, kind, cause });
    }

    fn mark_closing(&mut self, region: RegionId) {
        for o in &self.offerings[region.index()] {
            self.closing[o.index()] = true;
        }
    }
}

fn dated(model: &FullModel) -> Vec<(Date, EventKind)> {
    let mut dated = Vec::new();
    for (index, region) in model.regions.iter().enumerate() {
        let region_id = RegionId::new(index);
        if let Some(opens) = region.opens {
            dated.push((opens, EventKind::RegionOpened { region: region_id }));
        }
        if let Some(closes) = region.closes {
            dated.push((closes, EventKind::RegionClosed { region: region_id }));
        }
    }
    dated.sort_by_key(|&(date, _)| date);
    dated
}

fn note(events: &mut Vec<Event>, event: Event) -> Option<EventIndex> {
    let index = u32::try_from(events.len()).ok().map(EventIndex);
    events.push(event);
    index
}

/// The event that last brought an instrument into force.
fn in_force(events: &[Event], instrument: InstrumentId) -> Option<EventIndex> {
    let at = events
        .iter()
        .rposition(|event| event.kind == EventKind::PolicyInForce { instrument })?;
    u32::try_from(at).ok().map(EventIndex)
}
