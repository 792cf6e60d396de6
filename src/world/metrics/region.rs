//! Metrics of regions: how many opened, converted and closed, and what was spent on them.

use super::Planned;
use crate::domain::{EventKind, RegionId, SiteAct};
use crate::scenario::resolved::{FullModel, InputDraw, MetricScope, Observable};
use crate::world::World;

/// The regions of a scope: by whose they are and where they lie.
pub(super) fn select(model: &FullModel, scope: &MetricScope) -> Vec<RegionId> {
    let regions = model.regions.iter().enumerate();
    let counted = regions.filter(|(_, region)| {
        let parent = model.providers[region.provider.index()].parent;
        let bloc = model.jurisdictions[region.jurisdiction.index()].bloc;
        scope.provider.is_none_or(|only| region.provider == only)
            && scope.parent.is_none_or(|only| parent == only)
            && scope
                .jurisdiction
                .is_none_or(|only| region.jurisdiction == only)
            && scope.bloc.is_none_or(|only| bloc == Some(only))
    });
    counted.map(|(index, _)| RegionId::new(index)).collect()
}

impl Planned {
    /// What has been done about the regions of the scope since the start.
    pub(super) fn value_of_regions(&self, world: &World<'_>, draw: &InputDraw) -> f64 {
        let model = &world.setting().model;
        let calendar = &world.setting().calendar;
        let (start, today) = (calendar.start(), world.record().today);
        let build = |region: RegionId| model.regions[region.index()].build.as_ref();
        let events = world.events().iter();
        let so_far = events.filter(|event| (start..=today).contains(&event.date));
        let counted = so_far.map(|event| match (self.of, event.kind) {
            (Observable::RegionsOpened, EventKind::RegionOpened { region })
            | (Observable::RegionsClosed, EventKind::RegionClosed { region }) => (region, 1.0),
            (Observable::RegionsConverted, EventKind::RegionOpened { region }) => {
                let converts = build(region).is_some_and(|build| build.converts.is_some());
                (region, f64::from(u8::from(converts)))
            }
            (
                Observable::Capex,
                EventKind::SiteDecided {
                    region,
                    act: SiteAct::Build | SiteAct::Convert,
                    ..
                },
            ) => {
                let capex = build(region).map_or(0.0, |build| build.capex_musd.value(draw));
                (region, capex)
            }
            _ => (RegionId(0), 0.0),
        });
        let in_scope = counted.filter(|(region, _)| self.regions.contains(region));
        in_scope.map(|(_, value)| value).sum()
    }
}
