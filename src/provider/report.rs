//! Transparency reports: once a year, on the anniversary of the start, a provider whose
//! posture says so reports on the demands that it met.

use crate::domain::{Conduct, Date, Event, EventKind, ProviderId};
use crate::scenario::resolved::Provider;

const MONTHS_PER_YEAR: i32 = 12;

/// Who reports, and from when on.
#[derive(Clone, Debug)]
pub struct Reports {
    start: Date,
    transparent: Vec<ProviderId>,
}

impl Reports {
    /// The reports of a scenario that starts on this day.
    #[must_use]
    pub fn new(providers: &[Provider], start: Date) -> Self {
        let transparent = providers.iter().enumerate();
        let transparent = transparent.filter(|(_, provider)| provider.posture.transparency);
        Self {
            start,
            transparent: transparent.map(|(p, _)| ProviderId::new(p)).collect(),
        }
    }

    /// Appends the reports of month number `month` of the run, which begins on `from`.
    pub fn advance(&self, month: u32, from: Date, events: &mut Vec<Event>) {
        let passed = month.saturating_sub(1) as i32;
        if passed == 0 || passed % MONTHS_PER_YEAR != 0 {
            return;
        }
        debug_assert_eq!(from, self.start.plus_months(passed));
        events.extend(self.transparent.iter().map(|&provider| Event {
            date: from,
            cause: None,
            kind: EventKind::Conduct {
                provider,
                conduct: Conduct::Report,
            },
        }));
    }
}
