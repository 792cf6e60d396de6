//! The coercive fine of a contempt order: a daily amount that doubles.
//!
//! The daily amount starts at `usd_per_day` and doubles every `doubling_days`; a stay
//! stops the clock. A provider in contempt gives in when the total reaches its ceiling.

use crate::chance::math::exp2;
use crate::domain::Date;
use crate::scenario::resolved::{Fine, InputDraw};

/// The fine of one case in one run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FineClock {
    usd_per_day: f64,
    doubling_days: u32,
    ceiling_usd: f64,
    /// Days accrued before `since`.
    days: i32,
    since: Option<Date>,
}

impl FineClock {
    pub(super) fn begin(fine: &Fine, draw: &InputDraw) -> Self {
        Self {
            usd_per_day: fine.usd_per_day.value(draw).max(0.0),
            doubling_days: fine.doubling_days,
            ceiling_usd: fine.ceiling_usd.value(draw),
            days: 0,
            since: None,
        }
    }

    pub(super) fn start(&mut self, date: Date) {
        self.since = self.since.or(Some(date));
    }

    pub(super) fn stop(&mut self, date: Date) {
        self.days = self.days_until(date);
        self.since = None;
    }

    /// Takes the total away: the fine is paid or falls.
    pub(super) fn settle(&mut self, date: Date) -> f64 {
        let total = self.total_usd(date);
        self.days = 0;
        self.since = None;
        total
    }

    /// What has accrued by the start of `date`, USD.
    pub(super) fn total_usd(&self, date: Date) -> f64 {
        let days = f64::from(self.days_until(date));
        if self.doubling_days == 0 {
            return self.usd_per_day * days;
        }
        let period = f64::from(self.doubling_days);
        let doublings = (days / period).floor();
        let daily = self.usd_per_day * exp2(doublings);
        let whole = self.usd_per_day * period * (exp2(doublings) - 1.0);
        whole + daily * (days - doublings * period)
    }

    /// The first day on which the total has reached the ceiling, if the clock runs on.
    pub(super) fn reaches_ceiling(&self) -> Option<Date> {
        let since = self.since?;
        if self.usd_per_day <= 0.0 {
            return None;
        }
        let mut days = 0.0;
        let (mut total, mut daily) = (0.0, self.usd_per_day);
        let period = f64::from(self.doubling_days);
        while self.doubling_days > 0 && total + daily * period < self.ceiling_usd {
            total += daily * period;
            daily *= 2.0;
            days += period;
        }
        days += ((self.ceiling_usd - total) / daily).ceil().max(0.0);
        let left = (days - f64::from(self.days)).clamp(0.0, 200_000.0);
        Some(since.plus_days(left as i32))
    }

    fn days_until(&self, date: Date) -> i32 {
        let running = self.since.map_or(0, |since| date.days_since(since).max(0));
        self.days + running
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::resolved::Quantity;

    fn fine(doubling_days: u32, ceiling_usd: f64) -> FineClock {
        let known = Quantity::Known;
        let fine = Fine {
            usd_per_day: known(250_000.0),
            doubling_days,
            ceiling_usd: known(ceiling_usd),
        };
        FineClock::begin(&fine, &InputDraw(Vec::new()))
    }

    fn day(n: i32) -> Date {
        "2014-09-08".parse::<Date>().unwrap().plus_days(n)
    }

    #[test]
    fn weekly_doubling_gives_the_totals_of_the_evidence() {
        // Evidence, section 3: about 54 million by week 5 and 446 million by week 8.
        let mut clock = fine(7, 1e9);
        clock.start(day(0));
        assert_eq!(clock.total_usd(day(35)), 54_250_000.0);
        assert_eq!(clock.total_usd(day(56)), 446_250_000.0);
        let last = clock.reaches_ceiling().unwrap();
        assert!(clock.total_usd(last) >= 1e9);
        assert!(clock.total_usd(last.plus_days(-1)) < 1e9);
    }

    #[test]
    fn a_stay_stops_the_clock() {
        let mut clock = fine(7, 1e9);
        clock.start(day(0));
        let straight = clock.reaches_ceiling().unwrap();
        clock.stop(day(10));
        assert_eq!(clock.reaches_ceiling(), None);
        assert_eq!(clock.total_usd(day(10)), clock.total_usd(day(90)));
        clock.start(day(110));
        assert_eq!(clock.reaches_ceiling(), Some(straight.plus_days(100)));
        assert!(clock.settle(day(120)) > 0.0);
        assert_eq!(clock.total_usd(day(200)), 0.0);
    }

    #[test]
    fn a_fine_that_does_not_double_or_bite_is_no_trap() {
        let mut clock = fine(0, 1e6);
        clock.start(day(0));
        assert_eq!(clock.reaches_ceiling(), Some(day(4)));
        let mut nothing = FineClock::default();
        nothing.start(day(0));
        assert_eq!(nothing.reaches_ceiling(), None);
    }
}
