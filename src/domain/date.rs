//! Calendar dates as days since 1970-01-01, proleptic Gregorian.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// A civil date between the years 1900 and 2200.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(i32);

/// A text that is not a date of the form `2014-07-31`, or a date out of range.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is not a date between 1900-01-01 and 2200-12-31; write it as 2014-07-31")]
pub struct DateError(pub String);

const EPOCH: civil::Date = civil::date(1970, 1, 1);

impl Date {
    /// The date of a year, month (1–12) and day (1–31).
    ///
    /// # Errors
    /// When there is no such day, or it lies outside 1900 to 2200.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        let error = || DateError(format!("{year:04}-{month:02}-{day:02}"));
        if !(1900..=2200).contains(&year) {
            return Err(error());
        }
        civil::Date::new(year, month, day)
            .map(Self::from_civil)
            .map_err(|_| error())
    }

    fn from_civil(date: civil::Date) -> Self {
        let days = date.since(EPOCH).map_or(0, |span| span.get_days());
        Self(days)
    }

    fn civil(self) -> civil::Date {
        EPOCH.saturating_add(self.0.days())
    }

    /// Days since 1970-01-01, negative before.
    #[must_use]
    pub const fn days_since_epoch(self) -> i32 {
        self.0
    }

    /// The date this many days later (earlier when negative), held within 1900 to 2200.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        const FIRST: i32 = -25_567; // 1900-01-01
        const LAST: i32 = 84_370; // 2200-12-31
        Self(self.0.saturating_add(days).clamp(FIRST, LAST))
    }

    /// The same day of the month so many months later, or that month's last day.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self::from_civil(self.civil().saturating_add(Span::new().months(months)))
    }

    /// Days from `earlier` to this date, negative when `earlier` is later.
    #[must_use]
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Year, month (1–12), day (1–31).
    #[must_use]
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    /// As read in a sentence: `31 Jul 2014`.
    #[must_use]
    pub fn in_words(self) -> String {
        format!("{} {}", self.ymd().2, self.month_in_words())
    }

    /// The month and year, such as `Jul 2014`.
    #[must_use]
    pub fn month_in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let (year, month, _) = self.ymd();
        format!("{} {year}", MONTHS[usize::from(month.unsigned_abs()) - 1])
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.chars().take(40).collect());
        let shape = text.len() == 10 && text.is_ascii();
        let date = if shape {
            text.parse::<civil::Date>().map_err(|_| error())?
        } else {
            return Err(error());
        };
        if (1900..=2200).contains(&date.year()) {
            Ok(Self::from_civil(date))
        } else {
            Err(error())
        }
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_between_the_stages_of_the_case_are_those_of_the_record() {
        // Evidence TD01–TD13.
        let stages = [
            "2013-12-04",
            "2013-12-18",
            "2014-04-25",
            "2014-07-31",
            "2014-09-08",
            "2015-09-09",
            "2016-07-14",
        ];
        let days: Vec<i32> = stages
            .windows(2)
            .map(|w| date(w[1]).days_since(date(w[0])))
            .collect();
        assert_eq!(days, [14, 128, 97, 39, 366, 309]);
        assert_eq!(date("2018-04-17").days_since(date("2013-12-04")), 1595);
    }

    #[test]
    fn months_end_on_the_last_day_where_the_day_is_missing() {
        assert_eq!(date("2014-07-31").plus_months(1), date("2014-08-31"));
        assert_eq!(date("2014-07-31").plus_months(7), date("2015-02-28"));
        assert_eq!(date("2014-07-31").plus_months(-1), date("2014-06-30"));
    }

    #[test]
    fn text_and_days_go_round() {
        for days in [-25_567, -1, 0, 59, 16_282, 84_370] {
            let made = Date(days);
            assert_eq!(made.to_string().parse::<Date>().unwrap(), made);
        }
        assert_eq!(date("2014-07-31").in_words(), "31 Jul 2014");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for bad in [
            "",
            "2014-02-30",
            "2014-7-31",
            "14-07-31",
            "1899-12-31",
            "2201-01-01",
            "2014-07-31T00:00",
            "۲۰۱۴-۰۷-۳۱",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert_eq!(date("2200-12-31").plus_days(10), date("2200-12-31"));
    }
}
