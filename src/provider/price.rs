//! List prices: an exponential trend, 1 at the start. The response of prices to demand
//! comes with placement decisions.

use crate::chance::math;
use crate::scenario::resolved::{InputDraw, Provider};

/// Price trends in one run.
#[derive(Clone, Debug)]
pub struct Prices {
    /// Change of ln price a month, by provider.
    trend_a_month: Vec<f64>,
}

impl Prices {
    /// The trends of a run.
    #[must_use]
    pub fn new(providers: &[Provider], draw: &InputDraw) -> Self {
        let trend = |p: &Provider| p.price_trend_per_year.value(draw) / 12.0;
        Self {
            trend_a_month: providers.iter().map(trend).collect(),
        }
    }

    /// Writes the list prices after so many months.
    pub fn quote(&self, month: u32, price_index: &mut [f64]) {
        for (price, trend) in price_index.iter_mut().zip(&self.trend_a_month) {
            *price = math::exp(trend * f64::from(month));
        }
    }
}
