//! Ranges in which a number must lie, also when it is drawn.

use crate::scenario::resolved::Distribution;

/// The least uniform number that is ever drawn; the greatest is as far from 1.
pub(super) const LEAST_U: f64 = f64::EPSILON / 2.0;

/// A range and how to say it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Limits {
    low: f64,
    high: f64,
    /// The ends themselves are excluded.
    open_low: bool,
    open_high: bool,
    /// As in "it must be …".
    words: &'static str,
    /// The family that stays within.
    family: &'static str,
}

const ANY: Limits = Limits {
    low: f64::NEG_INFINITY,
    high: f64::INFINITY,
    open_low: false,
    open_high: false,
    words: "a number",
    family: "normal",
};

impl Limits {
    /// Any number.
    pub(super) const ANY: Self = ANY;
    /// A chance or a share.
    pub(super) const CHANCE: Self = Self {
        low: 0.0,
        high: 1.0,
        words: "from 0 to 1",
        family: "beta",
        ..ANY
    };
    /// A chance, but neither never nor always.
    pub(super) const OPEN_CHANCE: Self = Self {
        low: 0.0,
        high: 1.0,
        open_low: true,
        open_high: true,
        words: "above 0 and below 1",
        family: "beta",
    };
    /// Mean offspring of a self-exciting process: at 1 it would never die out.
    pub(super) const BRANCHING: Self = Self {
        low: 0.0,
        high: 0.95,
        words: "from 0 to 0.95",
        family: "uniform",
        ..ANY
    };
    /// The scale of a nest: below the lower end its exponentials overflow.
    pub(super) const NEST: Self = Self {
        low: 0.05,
        high: 1.0,
        words: "from 0.05 to 1",
        family: "uniform",
        ..ANY
    };
    /// Above zero, at most one.
    pub(super) const SCALE: Self = Self {
        low: 0.0,
        high: 1.0,
        open_low: true,
        words: "above 0 and at most 1",
        family: "beta",
        ..ANY
    };
    /// Zero or more.
    pub(super) const NOT_NEGATIVE: Self = Self {
        low: 0.0,
        words: "0 or more",
        family: "lognormal",
        ..ANY
    };
    /// More than zero.
    pub(super) const POSITIVE: Self = Self {
        low: 0.0,
        open_low: true,
        words: "above 0",
        family: "lognormal",
        ..ANY
    };
    /// One or more.
    pub(super) const AT_LEAST_ONE: Self = Self {
        low: 1.0,
        words: "1 or more",
        family: "triangular",
        ..ANY
    };
    /// Zero or less.
    pub(super) const NOT_POSITIVE: Self = Self {
        high: 0.0,
        words: "0 or less",
        family: "triangular",
        ..ANY
    };
    /// A rate a year that cannot lose more than all.
    pub(super) const RATE: Self = Self {
        low: -1.0,
        open_low: true,
        words: "above -1",
        family: "triangular",
        ..ANY
    };

    /// Neighbours of a customer, of whom few have more than the network can hold.
    pub(super) const DEGREE: Self = Self {
        low: 0.0,
        high: 16.0,
        words: "from 0 to 16",
        family: "uniform",
        ..ANY
    };

    /// A rank correlation.
    pub(super) const RANK: Self = Self {
        low: -1.0,
        high: 1.0,
        open_low: true,
        open_high: true,
        words: "above -1 and below 1",
        family: "triangular",
    };

    /// Are these the limits of a share or chance?
    pub(super) fn are_of_a_share(self) -> bool {
        self.low == 0.0 && self.high == 1.0
    }

    /// Is there a highest number?
    pub(super) fn are_bounded_above(self) -> bool {
        self.high < f64::INFINITY
    }

    /// Does `number` lie within?
    pub(super) fn hold(self, number: f64) -> bool {
        let low = number > self.low || (number == self.low && !self.open_low);
        let high = number < self.high || (number == self.high && !self.open_high);
        low && high
    }

    /// Do all values that `distribution` can take lie within?
    pub(super) fn hold_all(self, distribution: &Distribution) -> bool {
        let (low, high) = distribution.support();
        // These never take the ends of their support, but for rounding.
        let open = matches!(
            distribution,
            Distribution::Beta { .. }
                | Distribution::Gamma { .. }
                | Distribution::Lognormal { .. }
                | Distribution::Pert { .. }
                | Distribution::Weibull { .. }
        );
        if open {
            let drawn = |u: f64| self.hold(distribution.quantile(u));
            low >= self.low && high <= self.high && drawn(LEAST_U) && drawn(1.0 - LEAST_U)
        } else {
            self.hold(low) && self.hold(high)
        }
    }

    /// As in "it must be …".
    pub(super) fn words(self) -> &'static str {
        self.words
    }

    /// A distribution that stays within, as an example.
    pub(super) fn example(self) -> &'static str {
        match self.family {
            "beta" => "{ dist = \"beta\", mean = 0.3, strength = 20 }",
            "lognormal" => "{ dist = \"lognormal\", median = 2, p90 = 4 }",
            "triangular" => "{ dist = \"triangular\", low = …, mode = …, high = … }",
            "uniform" => "{ dist = \"uniform\", low = 0.2, high = 0.5 }",
            _ => "{ dist = \"normal\", mean = 0, sd = 1 }",
        }
    }
}
