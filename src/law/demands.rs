//! Demands of governments for content that a provider stores abroad.
//!
//! Each month's count is Poisson, its rate scaled by the provider's workload abroad. A
//! demand is narrowed or withdrawn, sent by the treaty route (where it waits), contested
//! by a provider whose posture contests, or else decided at once: data is disclosed with
//! the probability of reach in law. Most disclosures are secret; a disclosure of
//! enterprise content that is not becomes known with a small chance, and only then is it
//! an event. Counts and their splits are keyed inverse distribution functions, so that a
//! world with more reach discloses at least as much. A world that has run away is kept
//! from filling time and memory: no more than a million demands a month are expected of a
//! stream, and no more than a hundred disclosures become known.

use crate::chance::quantile::{binomial, poisson};
use crate::chance::{EntityKey, Run, Seed, Stream};
use crate::domain::{Conduct, Date, Event, EventKind, JurisdictionId, ProviderId, Record};
use crate::scenario::resolved::{Demands, FullModel, InputDraw, Posture};

use super::journal::Journal;

/// Disclosures on one provider that can become known in a month. Shipped scenarios have
/// less than one; a hundred have moved trust as far as it goes.
const MOST_KNOWN: u64 = 100;

/// Mean count of a month beyond which a stream grows no more, since the time to draw it does.
const MOST_FILED: f64 = 1e6;

/// What became of a month's demands of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Fates {
    /// Demands filed.
    pub filed: u64,
    /// Withdrawn, or narrowed to data at home.
    pub narrowed: u64,
    /// Sent by the treaty route.
    pub to_treaty: u64,
    /// Contested in court.
    pub contested: u64,
    /// Data disclosed on the demand itself.
    pub disclosed: u64,
    /// Held not to reach: nothing disclosed.
    pub refused: u64,
    /// Answered this month by the treaty route, from demands of earlier months.
    pub by_treaty: u64,
}

/// A month's demands of one government on one provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemandCounts {
    /// Who demands.
    pub asserting: JurisdictionId,
    /// Of whom.
    pub provider: ProviderId,
    /// For consumers' content.
    pub consumer: Fates,
    /// For enterprises' content.
    pub enterprise: Fates,
    /// Disclosures of enterprise content that became known.
    pub became_known: u64,
}

/// The chances by which a stream's demands part, in one run.
#[derive(Clone, Copy, Debug, Default)]
struct Shares {
    narrowed: f64,
    to_treaty: f64,
    contested: f64,
    answered_a_month: f64,
    becomes_known: f64,
}

/// One line of `[demands]` in one run.
#[derive(Clone, Debug)]
pub(super) struct DemandStream {
    counts: Stream,
    key: EntityKey,
    spec: Demands,
    posture: Posture,
    rates: [f64; 2],
    shares: Shares,
    /// Demands waiting on the treaty route, consumer and enterprise.
    waiting: [u64; 2],
    /// Workload abroad when demands were first counted.
    abroad_at_start: Option<f64>,
    run: Run,
}

/// What each draw of a month is for; part of its index.
#[derive(Clone, Copy)]
enum Draw {
    Filed,
    Narrowed,
    ToTreaty,
    Contested,
    Disclosed,
    ByTreaty,
    Known,
    /// The day of the first disclosure that becomes known; more follow.
    Day,
}

impl DemandStream {
    pub(super) fn new(model: &FullModel, index: usize, seed: Seed) -> Self {
        let spec = model.demands[index].clone();
        let jurisdiction = &model.jurisdictions[spec.asserting.index()].name;
        let provider = &model.providers[spec.provider.index()];
        Self {
            counts: Stream::new(seed, "law", "demands"),
            key: EntityKey::of(&format!("{jurisdiction}/{}", provider.name)),
            posture: provider.posture,
            spec,
            rates: [0.0; 2],
            shares: Shares::default(),
            waiting: [0; 2],
            abroad_at_start: None,
            run: Run(0),
        }
    }

    pub(super) fn begin(&mut self, draw: &InputDraw, run: Run) {
        let value = |quantity: crate::scenario::resolved::Quantity| quantity.value(draw);
        let spec = &self.spec;
        self.rates = [spec.consumer_per_year, spec.enterprise_per_year].map(|q| value(q) / 12.0);
        // A provider that narrows takes its share of what would have gone every other way.
        let narrow = value(self.posture.narrow);
        let left = 1.0 - narrow;
        let contested = if self.posture.contest_to.is_some() {
            value(spec.contested)
        } else {
            0.0
        };
        let becomes_public = if self.posture.transparency {
            1.0
        } else {
            value(spec.becomes_public)
        };
        let narrowed = value(spec.narrowed);
        self.shares = Shares {
            narrowed: narrowed + (1.0 - narrowed) * narrow,
            to_treaty: value(spec.to_treaty) * left,
            contested: contested * left,
            answered_a_month: 1.0 / value(spec.treaty_months).max(1.0),
            becomes_known: (1.0 - value(spec.secret)) * becomes_public,
        };
        self.waiting = [0; 2];
        self.abroad_at_start = None;
        self.run = run;
    }

    /// Counts the demands of a month and appends the disclosures that become known.
    pub(super) fn count(
        &mut self,
        (month, from, until): (u32, Date, Date),
        reach: f64,
        record: &Record,
        journal: &mut Journal<'_>,
    ) -> DemandCounts {
        let (asserting, provider) = (self.spec.asserting, self.spec.provider);
        let abroad = record.abroad_usd_per_year[provider.index()][asserting.index()];
        let at_start = *self.abroad_at_start.get_or_insert(abroad);
        let scale = if at_start > 0.0 {
            abroad / at_start
        } else {
            1.0
        };
        let [consumer, enterprise] = [0, 1].map(|kind| self.part(month, kind, scale, reach));
        let u = self.draw(month, 1, Draw::Known);
        let became_known = binomial(u, enterprise.disclosed, self.shares.becomes_known);
        let became_known = became_known.min(MOST_KNOWN);
        self.tell(became_known, (month, from, until), journal);
        DemandCounts {
            asserting,
            provider,
            consumer,
            enterprise,
            became_known,
        }
    }

    /// Counts and parts the demands for one kind of content.
    fn part(&mut self, month: u32, kind: usize, scale: f64, reach: f64) -> Fates {
        let shares = self.shares;
        let u = |draw| self.draw(month, kind, draw);
        let filed = poisson(
            u(Draw::Filed),
            f64::min(self.rates[kind] * scale, MOST_FILED),
        );
        let narrowed = binomial(u(Draw::Narrowed), filed, shares.narrowed);
        // Each further share is of what the shares before have left.
        let rest = 1.0 - shares.narrowed;
        let to_treaty = binomial(u(Draw::ToTreaty), filed - narrowed, shares.to_treaty / rest);
        let rest = rest - shares.to_treaty;
        let left = filed - narrowed - to_treaty;
        let contested = binomial(u(Draw::Contested), left, shares.contested / rest);
        let left = left - contested;
        let disclosed = binomial(u(Draw::Disclosed), left, reach);
        let by_treaty = binomial(
            u(Draw::ByTreaty),
            self.waiting[kind],
            shares.answered_a_month,
        );
        self.waiting[kind] += to_treaty;
        self.waiting[kind] -= by_treaty;
        Fates {
            filed,
            narrowed,
            to_treaty,
            contested,
            disclosed,
            refused: left - disclosed,
            by_treaty,
        }
    }

    fn draw(&self, month: u32, kind: usize, draw: Draw) -> f64 {
        let key = self.key.child(kind as u64).child(draw as u64);
        self.counts.uniform(self.run, key, month)
    }

    fn tell(&self, count: u64, (month, from, until): (u32, Date, Date), journal: &mut Journal<'_>) {
        let days = f64::from(until.days_since(from));
        let first = journal.events.len();
        let key = self.key.child(1).child(Draw::Day as u64);
        for disclosure in 0..count {
            let u = self.counts.uniform(self.run, key.child(disclosure), month);
            let (provider, conduct) = (self.spec.provider, Conduct::Disclosure);
            let date = from.plus_days((u * days) as i32);
            journal.note(date, None, EventKind::Conduct { provider, conduct });
        }
        journal.events[first..].sort_by_key(|event: &Event| event.date);
    }

    /// The asserting government and the provider.
    pub(super) fn parties(&self) -> (JurisdictionId, ProviderId) {
        (self.spec.asserting, self.spec.provider)
    }
}
