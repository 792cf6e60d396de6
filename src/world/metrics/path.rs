//! Metrics of the path of a case through the courts: how long it took, step by step.

use super::Planned;
use crate::domain::CaseId;
use crate::scenario::resolved::{Observable, StepBy};
use crate::world::World;

impl Planned {
    /// Days from filing until the last step of the path, or in the node of that step; NaN where
    /// the case has not taken the steps in this order. Nodes that the path does not name are
    /// passed over.
    pub(super) fn value_of_path(&self, world: &World<'_>) -> f64 {
        let id = CaseId::new(self.case);
        let mut awaited = self.path.iter().peekable();
        let mut last = None;
        for passed in world.law().passed(id) {
            match awaited.peek() {
                None => break,
                Some(step) if step.node != passed.step.node => {}
                Some(step) if step.by == passed.step.by => {
                    last = Some(passed);
                    awaited.next();
                }
                Some(_) => return f64::NAN,
            }
        }
        let (None, Some(last)) = (awaited.peek(), last) else {
            return f64::NAN;
        };
        if self.of == Observable::StageDays {
            return f64::from(last.left.days_since(last.entered));
        }
        let until = match last.step.by {
            StepBy::Outcome(_) => Some(last.left),
            StepBy::Ending(_) => self.ended(world),
        };
        let filed = world.setting().model.cases[self.case].filed;
        until.map_or(f64::NAN, |date| f64::from(date.days_since(filed)))
    }
}
