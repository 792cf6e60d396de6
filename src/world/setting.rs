//! What all workers of a scenario share.

use std::sync::Arc;

use super::calendar::Calendar;
use super::metrics::due;
use crate::chance::Seed;
use crate::customer::frame::population;
use crate::customer::population::Population;
use crate::scenario::Scenario;
use crate::scenario::resolved::{FullModel, Observable};

/// What all workers of a scenario share.
#[derive(Clone, Debug)]
pub struct Setting<'m> {
    /// The model's tables.
    pub model: &'m Arc<FullModel>,
    /// The months.
    pub calendar: Calendar,
    /// The customers' frame.
    pub population: Arc<Population>,
    /// The seed.
    pub seed: Seed,
    /// The last month for which a metric asks who acted on what it believes; 0 of none.
    pub acts_watched_until: u32,
}

impl<'m> Setting<'m> {
    /// The setting of a scenario with the whole model.
    #[must_use]
    pub fn new(
        scenario: &Scenario,
        model: &'m Arc<FullModel>,
        customers: usize,
        seed: Seed,
    ) -> Self {
        let calendar = Calendar::new(
            scenario.start,
            scenario.horizon_months,
            scenario.spin_up_from,
        );
        let acted = scenario
            .metrics
            .iter()
            .filter(|m| m.of == Observable::Acted);
        let last = acted
            .map(|metric| due(metric, &calendar))
            .max()
            .unwrap_or(0);
        Self {
            acts_watched_until: calendar.horizon_months().min(last as u32),
            population: population(model, customers, seed),
            calendar,
            model,
            seed,
        }
    }
}
