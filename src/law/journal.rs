//! The run's list of events, as the law writes to it.

use crate::domain::{Date, Event, EventIndex, EventKind};

/// Appends events of a span of days; what happened before the span shapes the state of
/// the law but is not told.
pub(super) struct Journal<'a> {
    pub from: Date,
    pub events: &'a mut Vec<Event>,
}

impl Journal<'_> {
    /// Adds an event and says where it stands in the list, if it is told.
    pub(super) fn note(
        &mut self,
        date: Date,
        cause: Option<EventIndex>,
        kind: EventKind,
    ) -> Option<EventIndex> {
        if date < self.from {
            return None;
        }
        let index = u32::try_from(self.events.len()).ok().map(EventIndex);
        self.events.push(Event { date, cause, kind });
        index
    }
}
