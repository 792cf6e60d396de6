//! Metrics of an instrument of policy: when it comes into force, and whether it is.

use super::Planned;
use crate::domain::EventKind;
use crate::scenario::resolved::Observable;
use crate::world::World;

impl Planned {
    /// Days from the start until the scope's instrument first comes into force, NaN while it
    /// has not; or whether it is in force.
    pub(super) fn value_of_policy(&self, world: &World<'_>) -> f64 {
        if self.of == Observable::PolicyInForce {
            let since = world.record().in_force_since[self.instrument.index()];
            return f64::from(u8::from(since.is_some()));
        }
        let setting = world.setting();
        if setting.model.instruments[self.instrument.index()].in_force_at_start {
            return 0.0;
        }
        let instrument = self.instrument;
        let in_force = EventKind::PolicyInForce { instrument };
        let first = world.events().iter().find(|event| event.kind == in_force);
        first.map_or(f64::NAN, |event| {
            f64::from(event.date.days_since(setting.calendar.start()))
        })
    }
}
