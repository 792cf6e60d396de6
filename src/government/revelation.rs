//! Revelations of surveillance: dated facts of the scenario (`[force]`), told as events.

use crate::domain::{Date, Event, EventKind, JurisdictionId};
use crate::scenario::resolved::{Force, ForceKind, InputDraw};

/// The leaks of a scenario, by date.
#[derive(Clone, Debug)]
pub struct Revelations {
    leaks: Vec<(Date, JurisdictionId, crate::scenario::resolved::Quantity)>,
    severity: Vec<f64>,
}

impl Revelations {
    /// Those among a scenario's forced facts.
    #[must_use]
    pub fn new(forces: &[Force]) -> Self {
        let mut leaks: Vec<_> = forces
            .iter()
            .filter_map(|force| match force.kind {
                ForceKind::Leak { by, severity } => Some((force.date, by, severity)),
                _ => None,
            })
            .collect();
        leaks.sort_by_key(|leak| leak.0);
        Self {
            severity: vec![0.0; leaks.len()],
            leaks,
        }
    }

    /// Takes the severities of a run.
    pub fn begin(&mut self, draw: &InputDraw) {
        for (severity, leak) in self.severity.iter_mut().zip(&self.leaks) {
            *severity = leak.2.value(draw);
        }
    }

    /// Appends the leaks of the span `from..until`.
    pub fn advance(&self, from: Date, until: Date, events: &mut Vec<Event>) {
        for (&(date, by, _), &severity) in self.leaks.iter().zip(&self.severity) {
            if date >= from && date < until {
                events.push(Event {
                    date,
                    cause: None,
                    kind: EventKind::Leak { by, severity },
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::resolved::Quantity;

    #[test]
    fn a_leak_is_told_once_in_the_span_that_holds_its_date() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let force = Force {
            name: "leak".into(),
            date: day("2013-06-05"),
            title: "first publication".into(),
            kind: ForceKind::Leak {
                by: JurisdictionId(2),
                severity: Quantity::Known(0.6),
            },
        };
        let mut revelations = Revelations::new(&[force]);
        revelations.begin(&InputDraw(vec![]));
        let mut events = Vec::new();
        for month in 0..12 {
            let from = day("2013-01-05").plus_months(month);
            revelations.advance(from, from.plus_months(1), &mut events);
        }
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].date, day("2013-06-05"));
        assert_eq!(
            events[0].kind,
            EventKind::Leak {
                by: JurisdictionId(2),
                severity: 0.6
            }
        );
    }
}
