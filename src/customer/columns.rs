//! The changing state of all customers in one run: columns, at most 64 bytes a customer
//! together with the network's (counted in a test).

/// No offering, no provider.
pub const NONE: u8 = u8::MAX;

/// The most offerings that one customer uses at a time.
pub const SLOTS: usize = 3;

/// One worker's columns, reused from run to run.
///
/// Workload is in USD a year at start prices *before growth*: it is multiplied by the
/// growth of its group and provider since the start, which is the same for all.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Offerings in use; slot 0 is the primary one. [`NONE`] where a slot is free.
    pub offering: Vec<[u8; SLOTS]>,
    /// Workload in each slot.
    pub load: Vec<[f32; SLOTS]>,
    /// Workload still on premises.
    pub on_premises: Vec<f32>,
    /// `e^s`: the weight of staying, from the customer's switching cost s.
    pub stay_gain: Vec<f32>,
    /// The base is reconsidered once its survival falls below this (see
    /// [`super::attention`]); negated while the base is moving, so that it cannot fire.
    pub threshold: Vec<f32>,
    /// The primary provider as others see it: last month's.
    pub seen_provider: Vec<u8>,
}

impl Columns {
    /// Columns for so many customers, all empty.
    #[must_use]
    pub fn new(customers: usize) -> Self {
        Self {
            offering: vec![[NONE; SLOTS]; customers],
            load: vec![[0.0; SLOTS]; customers],
            on_premises: vec![0.0; customers],
            stay_gain: vec![1.0; customers],
            threshold: vec![0.0; customers],
            seen_provider: vec![NONE; customers],
        }
    }

    /// Empties every column for the next run.
    pub fn clear(&mut self) {
        self.offering.fill([NONE; SLOTS]);
        self.load.fill([0.0; SLOTS]);
        self.on_premises.fill(0.0);
        self.stay_gain.fill(1.0);
        self.threshold.fill(0.0);
        self.seen_provider.fill(NONE);
    }

    /// Bytes a customer.
    #[must_use]
    pub const fn bytes_per_customer() -> usize {
        SLOTS + 4 * SLOTS + 4 + 4 + 4 + 1
    }
}
