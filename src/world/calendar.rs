//! The months of a run. Month `k` (from 1) is the span from `start` plus `k − 1` months to
//! `start` plus `k` months, so that a scenario may start on any day; months before the
//! start, in which beliefs are spun up by dated facts, have numbers 0 and below.

use crate::domain::Date;

/// The dates of a scenario's months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    start: Date,
    horizon_months: u32,
    spin_up_months: u32,
}

impl Calendar {
    /// A calendar that spins up from the first month boundary at or before `spin_up_from`.
    #[must_use]
    pub fn new(start: Date, horizon_months: u32, spin_up_from: Date) -> Self {
        let mut spin_up_months = 0;
        while start.plus_months(-(spin_up_months as i32)) > spin_up_from {
            spin_up_months += 1;
        }
        Self {
            start,
            horizon_months,
            spin_up_months,
        }
    }

    /// First day of the run.
    #[must_use]
    pub fn start(&self) -> Date {
        self.start
    }

    /// The day after the last.
    #[must_use]
    pub fn end(&self) -> Date {
        self.start.plus_months(self.horizon_months as i32)
    }

    /// Months simulated.
    #[must_use]
    pub fn horizon_months(&self) -> u32 {
        self.horizon_months
    }

    /// Numbers of the months before the start, in order, ending with 0.
    pub fn spin_up(&self) -> impl Iterator<Item = i32> {
        1 - self.spin_up_months as i32..=0
    }

    /// The span of month `month`: from the first day to the day after the last.
    #[must_use]
    pub fn span(&self, month: i32) -> (Date, Date) {
        (
            self.start.plus_months(month - 1),
            self.start.plus_months(month),
        )
    }

    /// The dates at which a run is observed: the start, then the end of every month.
    #[must_use]
    pub fn dates(&self) -> Vec<Date> {
        (0..=self.horizon_months)
            .map(|k| self.start.plus_months(k as i32))
            .collect()
    }

    /// The observation (0 is the start) at the end of the month that holds a date, if the
    /// date lies within the run.
    #[must_use]
    pub fn observation_at(&self, date: Date) -> Option<usize> {
        (0..=self.horizon_months as usize)
            .find(|&k| self.start.plus_months(k as i32) >= date && date >= self.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_join_without_gap_and_cover_the_spin_up() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let calendar = Calendar::new(day("2014-07-31"), 120, day("2013-06-01"));
        let spin_up: Vec<i32> = calendar.spin_up().collect();
        assert_eq!(spin_up.first().copied(), Some(-13));
        assert!(calendar.span(spin_up[0]).0 <= day("2013-06-01"));
        assert_eq!(calendar.span(0).1, calendar.start());
        for month in -13..=120 {
            assert_eq!(calendar.span(month).1, calendar.span(month + 1).0);
        }
        assert_eq!(calendar.dates().len(), 121);
        assert_eq!(calendar.observation_at(day("2014-12-31")), Some(5));
        assert_eq!(calendar.observation_at(day("2014-07-31")), Some(0));
        assert_eq!(calendar.observation_at(day("2014-07-30")), None);
        assert_eq!(calendar.observation_at(day("2030-01-01")), None);
    }
}
