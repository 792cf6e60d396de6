//! Amounts of money.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// US dollars at prices of the scenario's price year.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
pub struct Usd(pub f64);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0.0);

    /// In millions.
    #[must_use]
    pub fn in_millions(self) -> f64 {
        self.0 / 1e6
    }
}

impl Add for Usd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Usd {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Usd {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Usd {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Usd {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}
