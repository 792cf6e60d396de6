//! What all workers of a scenario share.

use std::sync::Arc;

use super::calendar::Calendar;
use super::metrics::{begins, due};
use crate::chance::Seed;
use crate::customer::acted::ActsWindow;
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
    /// Months for which metrics ask who acted on what it believes, no two from one month on.
    pub acts_windows: Vec<ActsWindow>,
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
        Self {
            acts_windows: acts_windows(scenario, &calendar),
            population: population(model, customers, seed),
            calendar,
            model,
            seed,
        }
    }
}

/// The windows of the metrics that ask who acted; those that begin together are one, as long
/// as the longest.
fn acts_windows(scenario: &Scenario, calendar: &Calendar) -> Vec<ActsWindow> {
    let horizon = calendar.horizon_months();
    let mut windows: Vec<ActsWindow> = Vec::new();
    for metric in scenario
        .metrics
        .iter()
        .filter(|m| m.of == Observable::Acted)
    {
        let after_month = begins(metric, calendar) as u32;
        let until_month = horizon.min(due(metric, calendar) as u32);
        match windows.iter_mut().find(|w| w.after_month == after_month) {
            Some(window) => window.until_month = window.until_month.max(until_month),
            None => windows.push(ActsWindow {
                after_month,
                until_month,
            }),
        }
    }
    windows
}
