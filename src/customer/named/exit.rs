//! The exit of a workload: decided on a day, begun then or when its new place opens, over
//! when the last data has left.

use crate::domain::{Date, EventIndex, ExitReason};

/// Months beyond which an exit takes no longer: a century, past any horizon.
const MOST_MONTHS: f64 = 1_200.0;
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// An exit under way, or over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Exit {
    /// Why it was decided.
    pub reason: ExitReason,
    /// The event of the world that brought the decision about.
    pub cause: Option<EventIndex>,
    /// The event by which a closing region made it end at once.
    pub forced_by: Option<EventIndex>,
    /// The day from which it can begin.
    ready: Date,
    /// The first day of moving, once the new place is open.
    begins: Option<Date>,
    /// The day on which the last data has left.
    ends: Option<Date>,
    /// Whether that day has come.
    pub finished: bool,
}

impl Exit {
    /// An exit decided on a day.
    pub(super) fn decided(date: Date, reason: ExitReason, cause: Option<EventIndex>) -> Self {
        Self {
            reason,
            cause,
            forced_by: None,
            ready: date,
            begins: None,
            ends: None,
            finished: false,
        }
    }

    /// The region closes under it: what is left to do happens at once, as soon as the new
    /// place is open.
    pub(super) fn force(&mut self, date: Date, by: EventIndex) {
        self.forced_by = Some(by);
        self.ready = date;
        self.begins = None;
        self.ends = None;
    }

    /// Begins, in a new place that is open since a day, if it has not begun.
    pub(super) fn begin(&mut self, open_since: Date, months: f64) {
        if self.begins.is_some() {
            return;
        }
        let begins = self.ready.max(open_since);
        self.begins = Some(begins);
        self.ends = Some(if self.forced_by.is_some() {
            begins
        } else {
            after(begins, months)
        });
    }

    /// Begins on the day from which it can, if it has not begun.
    pub(super) fn begin_at_once(&mut self, months: f64) {
        self.begin(self.ready, months);
    }

    /// The day on which the last data has left, once that is known.
    pub(super) fn ends(&self) -> Option<Date> {
        self.ends
    }

    /// Part of the exit done by the beginning of a day, from 0 to 1; of one that is forced
    /// all, since it is paid at once.
    pub(super) fn part_done(&self, day: Date) -> f64 {
        if self.forced_by.is_some() {
            return 1.0;
        }
        match (self.begins, self.ends) {
            (Some(begins), Some(ends)) if day > begins => {
                if day >= ends {
                    1.0
                } else {
                    f64::from(day.days_since(begins)) / f64::from(ends.days_since(begins))
                }
            }
            _ => 0.0,
        }
    }
}

/// So many months later, a part of a month in days.
fn after(date: Date, months: f64) -> Date {
    let months = months.min(MOST_MONTHS);
    let whole = months.floor();
    let days = ((months - whole) * DAYS_A_MONTH).round();
    date.plus_months(whole as i32).plus_days(days as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn it_takes_its_months_from_the_decision_or_the_opening() {
        let decided = |date| Exit::decided(day(date), ExitReason::DaySet, None);
        let mut exit = decided("2015-01-31");
        exit.begin(day("2010-01-01"), 13.5);
        assert_eq!(exit.ends(), Some(day("2016-03-15")));
        exit.begin(day("2020-01-01"), 1.0);
        assert_eq!(exit.ends(), Some(day("2016-03-15")), "it begins once");
        let mut waiting = decided("2015-01-31");
        assert_eq!(
            (waiting.ends(), waiting.part_done(day("2016-01-01"))),
            (None, 0.0)
        );
        waiting.begin(day("2016-09-01"), 2.0);
        assert_eq!(waiting.ends(), Some(day("2016-11-01")));
    }

    #[test]
    fn it_is_done_day_by_day() {
        let mut exit = Exit::decided(day("2015-01-01"), ExitReason::DaySet, None);
        exit.begin(day("2010-01-01"), 2.0); // 59 days
        let part = |date| exit.part_done(day(date));
        assert_eq!(part("2015-01-01"), 0.0);
        assert_eq!(part("2015-02-01"), 31.0 / 59.0);
        assert_eq!(part("2015-03-01"), 1.0);
        assert_eq!(part("2018-01-01"), 1.0);
    }

    #[test]
    fn a_closing_region_ends_it_at_once_or_when_the_new_place_opens() {
        let mut exit = Exit::decided(day("2015-01-01"), ExitReason::DaySet, None);
        exit.begin(day("2010-01-01"), 24.0);
        exit.force(day("2015-06-10"), EventIndex(7));
        assert_eq!(
            (exit.ends(), exit.part_done(day("2015-07-01"))),
            (None, 1.0)
        );
        exit.begin(day("2016-09-01"), 24.0);
        assert_eq!(exit.ends(), Some(day("2016-09-01")));
    }

    #[test]
    fn no_number_of_months_is_too_large() {
        let mut exit = Exit::decided(day("2015-01-01"), ExitReason::DaySet, None);
        exit.begin(day("2015-01-01"), f64::INFINITY);
        assert_eq!(exit.ends(), Some(day("2115-01-01")));
    }
}
