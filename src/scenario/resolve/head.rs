//! The fields outside tables.

use super::limits::Limits;
use super::names::Names;
use super::resolver::Resolver;
use crate::domain::Date;
use crate::scenario::error::Problem;
use crate::scenario::library;
use crate::scenario::nearest::advice;
use crate::scenario::raw;
use crate::scenario::resolved::Quantity;

/// Days by which everything is earlier.
const EVER: i32 = 200_000;
/// Runs where the scenario does not say.
const RUNS: u32 = 1_000;
/// Customers where the scenario does not say.
const CUSTOMERS: u32 = 10_000;

/// The fields of a scenario outside tables.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Head {
    pub title: String,
    pub asks: String,
    pub baseline: Option<String>,
    pub under: Option<String>,
    pub start: Date,
    pub spin_up_from: Date,
    pub horizon_months: u32,
    pub runs: u32,
    pub customers: u32,
    pub currency: String,
    pub price_year: i16,
    pub discount_rate_per_year: Quantity,
}

impl Head {
    /// The last day simulated.
    pub(super) fn end(&self) -> Date {
        let months = i32::try_from(self.horizon_months).unwrap_or(600);
        self.start.plus_months(months)
    }

    /// Months from the start to the end of the month that holds a day, 0 for the start itself.
    pub(super) fn months_to(&self, date: Date) -> u32 {
        let ends = |months: &u32| {
            let months = i32::try_from(*months).unwrap_or(i32::MAX);
            self.start.plus_months(months) >= date
        };
        (0..self.horizon_months)
            .find(ends)
            .unwrap_or(self.horizon_months)
    }

    /// A day that must lie in what is simulated.
    pub(super) fn simulated(&self, resolver: &mut Resolver<'_>, day: &raw::Day) -> Option<Date> {
        let date = resolver.date(day)?;
        let (start, end) = (self.start, self.end());
        if date < start || date > end {
            let message = format!("{date} is outside the simulation, {start} to {end}");
            resolver.wrong(&day.place, message);
        }
        Some(date)
    }
}

/// The head, unless its start is no date: nothing can be dated then.
pub(super) fn head(resolver: &mut Resolver<'_>, raw: &raw::Head, options: &Names) -> Option<Head> {
    if *raw.comity.get_ref() != 1 {
        let message = format!(
            "`comity = {}` is a format that this program does not know",
            raw.comity
        );
        resolver.wrong_but(&raw.comity.span(), message, "write `comity = 1`");
    }
    let start = start(resolver, &raw.start)?;
    let spin_up_from = raw.spin_up_from.as_ref().and_then(|day| {
        let date = resolver.date(day)?;
        if date > start {
            let message = format!("`spin_up_from` is after the start, {start}");
            resolver.wrong(&day.place, message);
            return Some(start.plus_days(-EVER));
        }
        Some(date)
    });
    let before = resolver.problems.len();
    let mut horizon_months = resolver.whole(&raw.horizon_months, 1, 600);
    if resolver.problems.len() > before {
        // So that no date seems to lie outside because of it.
        horizon_months = 600;
    }
    let year = start.ymd().0;
    Some(Head {
        title: raw.title.clone(),
        asks: raw.asks.clone(),
        baseline: baseline(resolver, raw),
        under: raw.under.as_ref().and_then(|name| {
            let known = resolver.refer(name, options).is_some();
            known.then(|| name.get_ref().clone())
        }),
        start,
        spin_up_from: spin_up_from.unwrap_or(start),
        horizon_months,
        runs: optional(resolver, raw.runs.as_ref(), RUNS, 10_000_000),
        customers: optional(resolver, raw.customers.as_ref(), CUSTOMERS, 10_000_000),
        currency: currency(resolver, raw),
        price_year: raw.price_year.as_ref().map_or(year, |number| {
            i16::try_from(resolver.whole(number, 1900, 2200)).unwrap_or(year)
        }),
        discount_rate_per_year: resolver.quantity_or(
            raw.discount_rate_per_year.as_ref(),
            Limits::NOT_NEGATIVE,
            0.0,
        ),
    })
}

/// Dates end with the year 2200; nothing may be simulated past it.
fn start(resolver: &mut Resolver<'_>, raw: &raw::Day) -> Option<Date> {
    let start = resolver.date(raw)?;
    if start.ymd().0 >= 2150 {
        resolver.wrong(&raw.place, "the start must lie before 2150");
        return None;
    }
    Some(start)
}

fn optional(
    resolver: &mut Resolver<'_>,
    number: Option<&raw::Whole>,
    default: u32,
    most: u32,
) -> u32 {
    number.map_or(default, |number| resolver.whole(number, 1, most))
}

fn baseline(resolver: &mut Resolver<'_>, raw: &raw::Head) -> Option<String> {
    let text = raw.baseline.as_ref()?;
    let name = text.get_ref();
    // What a parent has as its baseline cannot be removed, only emptied.
    if name.is_empty() {
        return None;
    }
    let is_path = name.contains(['/', '\\']) || name.ends_with(".toml");
    if !is_path && !library::scenario_names().any(|shipped| shipped == name) {
        let names: Vec<&str> = library::scenario_names().collect();
        let problem = Problem::at(text.span(), format!("there is no scenario `{name}`"))
            .help("write a path to a file with its `.toml`")
            .maybe_help(advice(name, &names));
        resolver.problems.push(problem);
    }
    Some(name.clone())
}

fn currency(resolver: &mut Resolver<'_>, raw: &raw::Head) -> String {
    let text = raw.currency.as_ref();
    text.map_or_else(|| "USD".to_owned(), |text| currency_code(resolver, text))
}

/// A currency by its three capitals.
pub(super) fn currency_code(resolver: &mut Resolver<'_>, text: &raw::Text) -> String {
    let code = text.get_ref();
    if code.len() != 3 || !code.chars().all(|c| c.is_ascii_uppercase()) {
        let message = format!("`{code}` is not a currency code");
        resolver.wrong_but(&text.span(), message, "write three capitals, as in `USD`");
    }
    code.clone()
}
