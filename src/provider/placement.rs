//! Openings and closures of regions, by the dates of the scenario.

use crate::domain::{Date, Event, EventKind, RegionId};
use crate::scenario::resolved::Region;

/// The dated openings and closures of a scenario.
#[derive(Clone, Debug)]
pub struct Placement {
    dated: Vec<(Date, EventKind)>,
}

impl Placement {
    /// Those of a list of regions, in order of date.
    #[must_use]
    pub fn new(regions: &[Region]) -> Self {
        let mut dated = Vec::new();
        for (index, region) in regions.iter().enumerate() {
            let region_id = RegionId::new(index);
            if let Some(opens) = region.opens {
                dated.push((opens, EventKind::RegionOpened { region: region_id }));
            }
            if let Some(closes) = region.closes {
                dated.push((closes, EventKind::RegionClosed { region: region_id }));
            }
        }
        dated.sort_by_key(|&(date, _)| date);
        Self { dated }
    }

    /// Appends openings and closures of the span `from..until`.
    pub fn advance(&self, from: Date, until: Date, events: &mut Vec<Event>) {
        let span = self
            .dated
            .iter()
            .filter(|(date, _)| (from..until).contains(date));
        events.extend(span.map(|&(date, kind)| Event {
            date,
            cause: None,
            kind,
        }));
    }
}

/// Whether a region is open on a day.
#[must_use]
pub fn is_open(region: &Region, day: Date) -> bool {
    region.opens.is_none_or(|opens| opens <= day) && region.closes.is_none_or(|closes| day < closes)
}
