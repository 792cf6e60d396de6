//! The years of a scenario: twelve months from its start, then the next.

use crate::domain::Date;

const MONTHS_OF_A_YEAR: u32 = 12;

/// Years of a scenario, and the span of all of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Years {
    start: Date,
    end: Date,
    /// The day after the last of each whole year.
    ends: Vec<Date>,
}

impl Years {
    /// Those of a scenario of so many months.
    #[must_use]
    pub fn new(start: Date, horizon_months: u32) -> Self {
        let after = |months: u32| start.plus_months(i32::try_from(months).unwrap_or(i32::MAX));
        let whole = horizon_months / MONTHS_OF_A_YEAR;
        Self {
            start,
            end: after(horizon_months),
            ends: (1..=whole)
                .map(|year| after(year * MONTHS_OF_A_YEAR))
                .collect(),
        }
    }

    /// Whole years.
    #[must_use]
    pub fn whole(&self) -> usize {
        self.ends.len()
    }

    /// The whole year, from 0, in which a day lies; nothing in a last part of one.
    #[must_use]
    pub fn of(&self, date: Date) -> Option<usize> {
        let year = self.ends.partition_point(|end| *end <= date);
        let within = year < self.ends.len() && date >= self.start;
        within.then_some(year)
    }

    /// Days from the start to the horizon.
    #[must_use]
    pub fn horizon_days(&self) -> i32 {
        self.end.days_since(self.start)
    }

    /// Days of the last part of a year, which is in no whole one.
    #[must_use]
    pub fn days_left_out(&self) -> i32 {
        self.end
            .days_since(self.ends.last().copied().unwrap_or(self.start))
    }
}
