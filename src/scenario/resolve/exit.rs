//! How a workload of a named customer leaves: when it decides, where it goes, what that
//! takes.

use super::limits::Limits;
use super::named::{World, offering};
use super::resolver::Resolver;
use crate::domain::{Date, OfferingId};
use crate::scenario::nearest::nearest;
use crate::scenario::raw;
use crate::scenario::resolved::{Destination, ExitPlan, Leave};

/// `exit_to` of what goes back to the customer's own machines.
const ON_PREMISES: &str = "on_premises";
const WORDS: [&str; 3] = ["stay", "at_contract_end", "above_tolerance"];

/// A day within the simulation, its end included.
pub(super) fn within(
    resolver: &mut Resolver<'_>,
    day: &raw::Day,
    world: &World<'_>,
) -> Option<Date> {
    let date = resolver.date(day)?;
    let (start, end) = (world.head.start, world.end);
    if date < start || date > end {
        let message = format!("{date} is outside the simulation, {start} to {end}");
        resolver.wrong(&day.place, message);
    }
    Some(date)
}

/// `leave` and what it needs.
pub(super) fn leave(
    resolver: &mut Resolver<'_>,
    path: &str,
    placed: &raw::Placed<raw::Workload>,
    contract_ends: Option<Date>,
    world: &World<'_>,
) -> Leave {
    let row = placed.get_ref();
    let months = row.leave_after_months.as_ref();
    let after_months = months.map_or(1, |months| {
        resolver.whole(months, 1, world.head.horizon_months)
    });
    let Some(raw::Leave(word)) = &row.leave else {
        return Leave::Stay;
    };
    match word.get_ref().as_str() {
        "stay" => Leave::Stay,
        "above_tolerance" => Leave::AboveTolerance { after_months },
        "at_contract_end" => {
            match contract_ends {
                None if row.contract_ends.is_none() => {
                    lacks(
                        resolver,
                        path,
                        placed,
                        "contract_ends",
                        "`leave` refers to it",
                    );
                }
                Some(ends) if ends >= world.end => {
                    let message = format!(
                        "the contract ends on {ends}, not before the simulation does, on {}",
                        world.end
                    );
                    resolver.wrong_but(&word.span(), message, "write `leave = \"stay\"`");
                }
                _ => {}
            }
            Leave::AtContractEnd
        }
        other if other.starts_with(|c: char| c.is_ascii_digit()) => {
            let day = raw::Day {
                place: word.span(),
                text: other.to_owned(),
            };
            within(resolver, &day, world).map_or(Leave::Stay, Leave::On)
        }
        other => {
            let message = format!("nobody leaves `{other}`");
            let help = match nearest(other, WORDS) {
                Some(right) => format!("did you mean `{right}`?"),
                None => "write `stay`, `at_contract_end`, `above_tolerance`, or a day".to_owned(),
            };
            resolver.wrong_but(&word.span(), message, help);
            Leave::Stay
        }
    }
}

fn lacks(
    resolver: &mut Resolver<'_>,
    path: &str,
    placed: &raw::Placed<raw::Workload>,
    field: &str,
    why: &str,
) {
    let message = format!("[{path}] lacks `{field}`: {why}");
    resolver.wrong_but(&placed.span(), message, format!("add `{field} = …`"));
}

/// The exit of a workload that is at `from`, unless nothing is said of one and none is
/// needed.
pub(super) fn plan(
    resolver: &mut Resolver<'_>,
    path: &str,
    placed: &raw::Placed<raw::Workload>,
    from: Option<OfferingId>,
    leave: Leave,
    world: &World<'_>,
) -> Option<ExitPlan> {
    let row = placed.get_ref();
    let region = from.map(|o| &world.regions[world.offerings[o.index()].region.index()]);
    let closes = region
        .and_then(|region| region.closes)
        .filter(|&closes| closes < world.end);
    let why = if leave != Leave::Stay {
        "it is to leave".to_owned()
    } else if let Some(closes) = closes {
        format!("`{}` closes on {closes}", row.region)
    } else if row.exit_to.is_some() || row.exit_months.is_some() || row.exit_cost.is_some() {
        "an exit has a place, months and cost".to_owned()
    } else if row.exit_by.is_some() {
        "`exit_by` is about an exit".to_owned()
    } else {
        return None;
    };
    let to = match &row.exit_to {
        None => {
            lacks(resolver, path, placed, "exit_to", &why);
            None
        }
        Some(text) if text.get_ref() == ON_PREMISES => on_premises(resolver, path, placed),
        Some(text) => region_to(resolver, text, row, from, world),
    };
    let mut needed = |number: &Option<raw::Number>, field: &str| match number {
        Some(number) => Some(resolver.quantity(number, Limits::NOT_NEGATIVE)),
        None => {
            lacks(resolver, path, placed, field, &why);
            None
        }
    };
    let months = needed(&row.exit_months, "exit_months");
    let cost = needed(&row.exit_cost, "exit_cost");
    Some(ExitPlan {
        to: to?,
        months: months?,
        cost: cost?,
    })
}

fn on_premises(
    resolver: &mut Resolver<'_>,
    path: &str,
    placed: &raw::Placed<raw::Workload>,
) -> Option<Destination> {
    let Some(number) = &placed.get_ref().on_premises_cost_per_year else {
        let why = "it is to go on premises";
        lacks(resolver, path, placed, "on_premises_cost_per_year", why);
        return None;
    };
    let cost_per_year = resolver.quantity(number, Limits::NOT_NEGATIVE);
    Some(Destination::OnPremises { cost_per_year })
}

/// Another place, which opens in time and does not close under the workload.
fn region_to(
    resolver: &mut Resolver<'_>,
    text: &raw::Text,
    row: &raw::Workload,
    from: Option<OfferingId>,
    world: &World<'_>,
) -> Option<Destination> {
    let to = offering(resolver, text, row.exit_custody.as_ref(), world)?;
    if from == Some(to) {
        let help = "give another region, or another `exit_custody`";
        resolver.wrong_but(&text.span(), "the workload is there already", help);
    }
    let region = &world.regions[world.offerings[to.index()].region.index()];
    let end = world.end;
    if let Some(closes) = region.closes.filter(|&closes| closes < end) {
        let message = format!("`{text}` closes on {closes}, and what went there would have to go");
        resolver.wrong_but(&text.span(), message, "give one that stays open");
    } else if let Some(opens) = region.opens.filter(|&opens| opens >= end) {
        let message = format!("`{text}` opens on {opens}, after the simulation ends, on {end}");
        resolver.wrong_but(&text.span(), message, "give one that opens before");
    }
    Some(Destination::Offering(to))
}
