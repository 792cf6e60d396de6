//! Demands of governments for content that a provider stores abroad.
//!
//! Each month's count is Poisson, its rate scaled by the provider's workload abroad. A
//! demand is narrowed or withdrawn, sent by the treaty route (where it waits), contested
//! by a provider whose posture contests, or else decided at once: data is disclosed with
//! the probability of reach in law. Most disclosures are secret; a disclosure of
//! enterprise content that is not becomes known with a small chance, and only then is it
//! an event. Counts and their splits are keyed inverse distribution functions, so that a
//! world with more reach discloses at least as much.

use crate::chance::quantile::{binomial, poisson};
use crate::chance::{EntityKey, Run, Seed, Stream};
use crate::domain::{Conduct, Date, Event, EventKind, JurisdictionId, ProviderId, Record};
use crate::scenario::resolved::{Demands, FullModel, InputDraw};

use super::journal::Journal;

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
    contests: bool,
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
            contests: provider.posture.contest_to.is_some(),
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
        self.shares = Shares {
            narrowed: value(spec.narrowed),
            to_treaty: value(spec.to_treaty),
            contested: if self.contests {
                value(spec.contested)
            } else {
                0.0
            },
            answered_a_month: 1.0 / value(spec.treaty_months).max(1.0),
            becomes_known: (1.0 - value(spec.secret)) * value(spec.becomes_public),
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
        let filed = poisson(u(Draw::Filed), self.rates[kind] * scale);
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

#[cfg(test)]
mod tests {
    use super::super::fixture::{US, date, law, model, no_inputs};
    use super::super::tests::drunkard;
    use super::*;
    use crate::domain::{Control, OfferingId, RegionId};
    use crate::scenario::resolved::{Offering, Quantity};

    fn with_demands() -> FullModel {
        let known = Quantity::Known;
        let mut model = model(drunkard());
        model.offerings = vec![Offering {
            name: "azure-dublin".into(),
            region: RegionId(0),
            provider: ProviderId(0),
            jurisdiction: JurisdictionId(1),
            control: Control::Direct,
        }];
        model.demands = vec![Demands {
            asserting: US,
            provider: ProviderId(0),
            consumer_per_year: known(240.0),
            enterprise_per_year: known(24.0),
            narrowed: known(0.2),
            to_treaty: known(0.3),
            treaty_months: known(10.0),
            contested: known(0.1),
            secret: known(0.5),
            becomes_public: known(0.1),
        }];
        model
    }

    fn record(reach: f64, abroad: f64) -> Record {
        Record {
            today: date("2014-07-31"),
            reach_in_law: vec![[reach; 5]; 2],
            reach_settled: vec![false; 2],
            reach_pends: vec![false; 2],
            open: vec![true],
            opened_on: vec![date("2010-01-01")],
            price_index: vec![1.0],
            abroad_usd_per_year: vec![vec![abroad, abroad]],
        }
    }

    fn month(number: u32) -> (u32, Date, Date) {
        let first = date("2014-08-01").plus_months(number as i32);
        (number, first, first.plus_months(1))
    }

    /// Means of 400 runs of 60 months, within 5.2 standard errors; the wait by Little's
    /// law over months 40 to 60, when the queue is full.
    #[test]
    fn means_are_those_of_thinned_poisson_streams() {
        let model = with_demands();
        let mut law = law(&model);
        let mut sums = [0.0; 7];
        let (mut waiting, mut known) = (0.0, 0.0);
        for run in 0..400 {
            law.begin(&no_inputs(), Run(run)).unwrap();
            let mut events = Vec::new();
            let mut queue = 0.0;
            for number in 0..60 {
                // The workload abroad doubles after the first month.
                let now = record(0.6, if number == 0 { 1.0 } else { 2.0 });
                let counts = law.demands(month(number), &now, &mut events)[0];
                let one = counts.consumer;
                queue += one.to_treaty as f64 - one.by_treaty as f64;
                if number >= 40 {
                    waiting += queue;
                }
                known += counts.became_known as f64;
                if number > 0 {
                    let parts = [
                        one.filed,
                        one.narrowed,
                        one.to_treaty,
                        one.contested,
                        one.disclosed,
                        one.refused,
                        counts.enterprise.disclosed,
                    ];
                    assert_eq!(one.filed, parts[1..6].iter().sum());
                    sums.iter_mut()
                        .zip(parts)
                        .for_each(|(sum, part)| *sum += part as f64);
                }
            }
            assert!(events.iter().all(|event| event.date >= month(0).1));
        }
        let months = 400.0 * 59.0;
        for (sum, mean) in sums.into_iter().zip([40.0f64, 8.0, 12.0, 4.0, 9.6, 6.4, 0.96]) {
            let error = (mean / months).sqrt();
            assert!(
                (sum / months - mean).abs() < 5.2 * error,
                "{} {mean}",
                sum / months
            );
        }
        // Months of one queue are alike: ten of them count as one.
        let length = waiting / (400.0 * 20.0);
        // Counted after the month's answers: the last arrivals have not yet waited, and
        // the 40 months of filling leave 1.5% out.
        let full = 12.0 * 10.0;
        assert!(
            (length - full).abs() < 5.2 * (full / 800.0).sqrt() + 1.8,
            "{length}"
        );
        let expected = 400.0 * (59.0 * 0.96 + 0.48) * 0.05;
        assert!(
            (known - expected).abs() < 5.2 * expected.sqrt(),
            "{known} {expected}"
        );
    }

    #[test]
    fn more_reach_discloses_no_less_and_a_closed_region_nothing() {
        let model = with_demands();
        let mut law = law(&model);
        let mut disclosed = |reach: f64, open: bool| {
            law.begin(&no_inputs(), Run(7)).unwrap();
            let mut now = record(reach, 1.0);
            now.open[OfferingId(0).index()] = open;
            let counts = law.demands(month(0), &now, &mut Vec::new())[0];
            (counts.consumer.filed, counts.consumer.disclosed)
        };
        let (filed, few) = disclosed(0.2, true);
        let (same, many) = disclosed(0.9, true);
        assert!(same == filed && few < many);
        assert_eq!(disclosed(0.9, false), (filed, 0));
    }
}
