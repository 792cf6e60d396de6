//! How a workload of a named customer leaves: when it decides, where it goes, what that
//! takes.

use super::limits::Limits;
use super::named::{World, offering};
use super::resolver::Resolver;
use crate::domain::{Date, OfferingId, RegionId};
use crate::scenario::nearest::nearest;
use crate::scenario::raw;
use crate::scenario::resolved::{Build, Destination, ExitPlan, Leave};

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
    let word = row.leave.as_ref().map(|raw::Leave(word)| word);
    let is_for_nothing = !world.has_options && word.is_none_or(sets_its_day);
    if let (Some(months), true) = (months, is_for_nothing) {
        let message = "`leave_after_months` counts only with `leave = \"above_tolerance\"`";
        resolver.wrong_but(&months.span(), message, "leave it out");
    }
    let Some(word) = word else {
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
                        &["contract_ends"],
                        "`leave` waits for it",
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
            let date = within(resolver, &day, world);
            if date == Some(world.end) {
                let message = format!("the simulation ends on {other}, before it could leave");
                resolver.wrong_but(&word.span(), message, "give an earlier day");
            }
            date.map_or(Leave::Stay, Leave::On)
        }
        other => {
            let message = format!("`{other}` does not say when it leaves");
            let help = match nearest(other, WORDS) {
                Some(right) => format!("did you mean `{right}`?"),
                None => "write `stay`, `at_contract_end`, `above_tolerance`, or a day".to_owned(),
            };
            resolver.wrong_but(&word.span(), message, help);
            Leave::Stay
        }
    }
}

/// Whether it leaves on a day whatever its exposure.
fn sets_its_day(word: &raw::Text) -> bool {
    let word = word.get_ref();
    word == "at_contract_end" || word.starts_with(|first: char| first.is_ascii_digit())
}

fn lacks(
    resolver: &mut Resolver<'_>,
    path: &str,
    placed: &raw::Placed<raw::Workload>,
    fields: &[&str],
    why: &str,
) {
    if fields.is_empty() {
        return;
    }
    let names: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    let message = format!("[{path}] lacks {}: {why}", names.join(", "));
    let lines: Vec<String> = fields
        .iter()
        .map(|field| format!("`{field} = …`"))
        .collect();
    let help = format!("add {}", lines.join(", "));
    resolver.wrong_but(&placed.span(), message, help);
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
    if !world.has_options {
        refuse_what_cannot_count(resolver, row);
    }
    let why = wanted_because(row, from, leave, world)?;
    let goes_home = row.exit_to.as_ref().map(|to| to.get_ref() == ON_PREMISES);
    let has_cost_at_home = row.on_premises_cost_per_year.is_some();
    let needed = [
        ("exit_to", row.exit_to.is_some()),
        ("exit_months", row.exit_months.is_some()),
        ("exit_cost", row.exit_cost.is_some()),
        (
            "on_premises_cost_per_year",
            has_cost_at_home || goes_home != Some(true),
        ),
    ];
    let missing = needed.into_iter().filter(|(_, is_there)| !is_there);
    let missing: Vec<&str> = missing.map(|(name, _)| name).collect();
    lacks(resolver, path, placed, &missing, &why);
    let mut amount = |number: &Option<raw::Number>| {
        let number = number.as_ref()?;
        Some(resolver.quantity(number, Limits::NOT_NEGATIVE))
    };
    let months = amount(&row.exit_months);
    let cost = amount(&row.exit_cost);
    let at_home = amount(&row.on_premises_cost_per_year);
    let to = match &row.exit_to {
        Some(text) if goes_home == Some(false) => region_to(resolver, text, row, from, world),
        _ => at_home.map(|cost_per_year| Destination::OnPremises { cost_per_year }),
    };
    Some(ExitPlan {
        to: to?,
        months: months?,
        cost: cost?,
    })
}

/// Reports what belongs to another place than `exit_to` names, or to none.
fn refuse_what_cannot_count(resolver: &mut Resolver<'_>, row: &raw::Workload) {
    let to = row.exit_to.as_ref().map(|to| to.get_ref().as_str());
    if let (Some(cost), Some(region)) = (
        &row.on_premises_cost_per_year,
        to.filter(|&to| to != ON_PREMISES),
    ) {
        let message = format!("it goes to `{region}`, so a cost on premises counts for nothing");
        let help = "leave it out, or write `exit_to = \"on_premises\"`";
        resolver.wrong_but(&cost.place, message, help);
    }
    if let (Some(custody), None | Some(ON_PREMISES)) = (&row.exit_custody, to) {
        let message = "`exit_custody` is about the keys at a region to which it goes";
        let help = "leave it out, or give the region in `exit_to`";
        resolver.wrong_but(&custody.span(), message, help);
    }
}

/// Why the workload needs an exit, or is said to have one.
fn wanted_because(
    row: &raw::Workload,
    from: Option<OfferingId>,
    leave: Leave,
    world: &World<'_>,
) -> Option<String> {
    let region = from.map(|o| &world.regions[world.offerings[o.index()].region.index()]);
    let closes = region.and_then(|region| region.closes);
    let is_told = row.exit_to.is_some()
        || row.exit_months.is_some()
        || row.exit_cost.is_some()
        || row.on_premises_cost_per_year.is_some();
    if leave != Leave::Stay {
        Some("it is to leave, as `leave` says".to_owned())
    } else if let Some(closes) = closes.filter(|&closes| closes < world.end) {
        Some(format!("`{}` closes on {closes}", row.region))
    } else if from.is_some_and(|o| may_close(world.offerings[o.index()].region, world)) {
        Some(format!("its provider may close `{}`", row.region))
    } else if is_told {
        Some("an exit has a place, months and cost".to_owned())
    } else {
        let by = row.exit_by.as_ref();
        by.map(|_| "`exit_by` is about an exit".to_owned())
    }
}

/// Whether the provider of a region may decide to close it, or to convert it to another.
fn may_close(region: RegionId, world: &World<'_>) -> bool {
    let converted = |build: &Build| build.converts == Some(region);
    let mut builds = world
        .regions
        .iter()
        .filter_map(|other| other.build.as_ref());
    world.regions[region.index()]
        .fixed_musd_per_year()
        .is_some()
        || builds.any(converted)
}

/// Another place, which opens in time and does not close under the workload.
fn region_to(
    resolver: &mut Resolver<'_>,
    text: &raw::Text,
    row: &raw::Workload,
    from: Option<OfferingId>,
    world: &World<'_>,
) -> Option<Destination> {
    if world.region_names.position(text.get_ref()).is_none()
        && nearest(text.get_ref(), [ON_PREMISES]).is_some()
    {
        let help = format!("did you mean `{ON_PREMISES}`?");
        resolver.wrong_but(&text.span(), format!("there is no region `{text}`"), help);
        return None;
    }
    let to = offering(resolver, text, row.exit_custody.as_ref(), world)?;
    if from == Some(to) {
        let help = "give another region, or another `exit_custody`";
        resolver.wrong_but(&text.span(), "the workload is there already", help);
    }
    let region = &world.regions[world.offerings[to.index()].region.index()];
    let end = world.end;
    if may_close(world.offerings[to.index()].region, world) {
        let message =
            format!("the provider of `{text}` may close it, and what went there would have to go");
        resolver.wrong_but(
            &text.span(),
            message,
            "give one that no provider decides about",
        );
    } else if let Some(closes) = region.closes.filter(|&closes| closes < end) {
        let message = format!("`{text}` closes on {closes}, and what went there would have to go");
        resolver.wrong_but(&text.span(), message, "give one that stays open");
    } else if let Some(opens) = region.opens.filter(|&opens| opens >= end) {
        let message = format!("`{text}` opens on {opens}, after the simulation ends, on {end}");
        resolver.wrong_but(&text.span(), message, "give one that opens before");
    }
    Some(Destination::Offering(to))
}
