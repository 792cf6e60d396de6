//! Revelations of surveillance, told as events: dated facts of the scenario (`[force]`), and
//! from the start on a self-exciting process for each government named in `[revelations]`.

use super::cascade::{Burst, Cascade};
use crate::chance::{EntityKey, Run, Seed, Stream};
use crate::domain::{Date, Event, EventIndex, EventKind, JurisdictionId};
use crate::scenario::resolved::{ForceKind, FullModel, InputDraw, Quantity};

const DAYS_PER_YEAR: f64 = 365.25;

/// The leaks of a run, by date.
#[derive(Clone, Debug)]
pub struct Revelations<'m> {
    model: &'m FullModel,
    dated: Vec<(Date, JurisdictionId, Quantity)>,
    arrivals: Stream,
    severities: Stream,
    bursts: Vec<Burst>,
    leaks: Vec<Leak>,
    told: usize,
}

/// One leak to come.
#[derive(Clone, Copy, Debug)]
struct Leak {
    date: Date,
    by: JurisdictionId,
    severity: f64,
    /// Place in this list of the leak that brought it.
    parent: Option<usize>,
    /// Where it stands in the run's list of events, once told.
    told: Option<EventIndex>,
}

impl<'m> Revelations<'m> {
    /// Those of a scenario.
    #[must_use]
    pub fn new(model: &'m FullModel, seed: Seed) -> Self {
        let dated = model.forces.iter().filter_map(|force| match force.kind {
            ForceKind::Leak { by, severity } => Some((force.date, by, severity)),
            _ => None,
        });
        Self {
            dated: dated.collect(),
            arrivals: Stream::new(seed, "government", "leak"),
            severities: Stream::new(seed, "government", "severity"),
            bursts: Vec::new(),
            leaks: Vec::new(),
            told: 0,
            model,
        }
    }

    /// Draws the leaks of a run that opens on `start` and ends before `end`.
    pub fn begin(&mut self, draw: &InputDraw, run: Run, start: Date, end: Date) {
        self.leaks.clear();
        self.told = 0;
        for &(date, by, severity) in &self.dated {
            self.leaks.push(Leak {
                date,
                by,
                severity: severity.value(draw),
                parent: None,
                told: None,
            });
        }
        for process in &self.model.revelations {
            let whose = EntityKey::of(&self.model.jurisdictions[process.about.index()].name);
            let cascade = Cascade {
                base_per_day: process.base_per_year.value(draw) / DAYS_PER_YEAR,
                branching: process.branching.value(draw),
                delay_days: process.delay_days.value(draw),
            };
            let days = f64::from(end.days_since(start));
            cascade.draw(&self.arrivals, run, whose, days, &mut self.bursts);
            let first = self.leaks.len();
            self.leaks.extend(self.bursts.iter().map(|burst| {
                Leak {
                    date: start.plus_days(burst.day as i32),
                    by: process.about,
                    severity: process
                        .severity
                        .quantile(self.severities.uniform(run, burst.key, 0)),
                    parent: burst.parent.map(|parent| first + parent),
                    told: None,
                }
            }));
        }
        self.sort();
    }

    /// By date; parents are found again, and come first.
    fn sort(&mut self) {
        let leaks = std::mem::take(&mut self.leaks);
        let mut order: Vec<usize> = (0..leaks.len()).collect();
        order.sort_by_key(|&at| (leaks[at].date, at));
        let mut place = vec![0; leaks.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        self.leaks = order
            .into_iter()
            .map(|old| Leak {
                parent: leaks[old].parent.map(|parent| place[parent]),
                ..leaks[old]
            })
            .collect();
    }

    /// Appends the leaks of the span `from..until`; spans follow each other.
    pub fn advance(&mut self, from: Date, until: Date, events: &mut Vec<Event>) {
        while let Some(&leak) = self.leaks.get(self.told).filter(|leak| leak.date < until) {
            if leak.date >= from {
                let Leak {
                    date,
                    by,
                    severity,
                    parent,
                    ..
                } = leak;
                let cause = parent.and_then(|parent| self.leaks[parent].told);
                self.leaks[self.told].told = u32::try_from(events.len()).ok().map(EventIndex);
                let kind = EventKind::Leak { by, severity };
                events.push(Event { date, cause, kind });
            }
            self.told += 1;
        }
    }
}
