//! Governments: what becomes known of their conduct, what presses them, and the policies
//! that they propose and bring into force. (Demands and cases are in [`crate::law`].)
//!
//! Hazards are constant within a month: they are weighed at its end, from the pressure and
//! the public record of that moment, for the month to come.
//!
//! | file | tells |
//! |---|---|
//! | `revelation`, `cascade` | leaks: dated facts, and a self-exciting process |
//! | `pressure` | what presses a maker of policy |
//! | `instrument` | a policy from proposal to end |

pub mod cascade;
mod instrument;
mod pressure;
pub mod revelation;

use crate::chance::{Run, Seed, Stream};
use crate::domain::{Date, Event, EventIndex, EventKind, InstrumentId, Record, Usd};
use crate::scenario::resolved::{BroughtBy, FullModel, InputDraw, Provider};
use instrument::{Course, Dice};
use pressure::Pressure;

/// All makers of policy in one run.
#[derive(Clone, Debug)]
pub struct Governments<'m> {
    model: &'m FullModel,
    dice: Dice,
    pressure: Pressure,
    courses: Vec<Course>,
    run: Run,
}

impl<'m> Governments<'m> {
    /// The governments of a scenario.
    #[must_use]
    pub fn new(model: &'m FullModel, seed: Seed) -> Self {
        let courses = model.instruments.iter().enumerate();
        let stream = |purpose| Stream::new(seed, "government", purpose);
        Self {
            dice: Dice {
                proposal: stream("proposal"),
                striking: stream("striking down"),
            },
            pressure: Pressure::default(),
            courses: courses
                .map(|(index, spec)| Course::new(InstrumentId::new(index), spec))
                .collect(),
            run: Run(0),
            model,
        }
    }

    /// Starts a run: no pressure, and in force what the scenario says.
    pub fn begin(&mut self, draw: &InputDraw, run: Run, start: Date) {
        self.run = run;
        self.pressure.begin(self.model, draw);
        for (course, spec) in self.courses.iter_mut().zip(&self.model.instruments) {
            let members = &self.model.makers[spec.by.index()].members;
            let lobbies = self.model.providers.iter();
            let lobbies = lobbies.filter(|provider| members.contains(&provider.parent));
            let spent = |p: &Provider| Usd(p.posture.lobbying_usd_per_year.value(draw));
            let lobbying = lobbies.map(spent).sum();
            course.begin(spec, (draw, run, start), lobbying, &self.dice);
        }
    }

    /// Policies of the days from `from` up to `until`, under the hazards last weighed;
    /// appends what happens.
    pub fn advance(&mut self, from: Date, until: Date, events: &mut Vec<Event>) {
        for course in &mut self.courses {
            course.advance((from, until), (self.run, &self.dice), events);
        }
    }

    /// Brings what the cases bring that ended among the events from position `first` on, in
    /// a span that ends before `until`; appends what happens.
    pub fn follow_cases(&mut self, first: usize, until: Date, events: &mut Vec<Event>) {
        for index in first..events.len() {
            let Event { date, kind, .. } = events[index];
            let EventKind::CaseEnded { case, ending } = kind else {
                continue;
            };
            let ended = Some(BroughtBy { case, ending });
            let cause = u32::try_from(index).ok().map(EventIndex);
            for (course, spec) in self.courses.iter_mut().zip(&self.model.instruments) {
                if spec.brought_by == ended {
                    let dice = (self.run, &self.dice);
                    course.bring((date, until), cause, dice, events);
                }
            }
        }
    }

    /// Lets a month pass over all pressure.
    pub fn pass_month(&mut self) {
        self.pressure.pass_month();
    }

    /// Takes in a public event, so many days before the month's end.
    pub fn hear(&mut self, event: &Event, days_left: i32, record: &Record) {
        self.pressure.hear(event, days_left, record, self.model);
    }

    /// Sets the hazards of the month to come by what now presses and pends.
    pub fn weigh(&mut self, record: &Record) {
        for index in 0..self.courses.len() {
            let spec = &self.model.instruments[index];
            let may_be_proposed = spec
                .after
                .is_none_or(|after| self.courses[after.index()].in_force());
            self.courses[index].weigh(
                self.pressure.of(spec.by.index()),
                record.pends_at_the_top[spec.against.index()],
                may_be_proposed,
            );
        }
    }

    /// Pressure on a maker, Π.
    #[must_use]
    pub fn pressure(&self, maker: usize) -> f64 {
        self.pressure.of(maker)
    }
}

#[cfg(test)]
mod tests;
