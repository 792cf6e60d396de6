//! From `milestones.parquet` to columns: the day on which each policy comes into force and
//! on which each region is opened or closed by decision, in every run.

use std::sync::Arc;

use super::actors::{PolicyChange, RegionAct};
use super::finished::{PageError, unusable};
use super::input::{DatedColumns, PolicyColumns, RegionColumns, RegionsInput};
use crate::domain::{Date, EventKind, InstrumentId, RegionId, SiteAct};
use crate::ensemble::Finished;
use crate::result::table::{Cells, Table};
use crate::result::{Wanted, World};
use crate::scenario::resolved::FullModel;

/// What providers and governments do, over all runs.
#[derive(Debug)]
pub struct Actors {
    /// A column pair for each instrument.
    pub policies: Vec<PolicyColumns>,
    /// Column pairs for the regions about which something was decided.
    pub regions: RegionsInput,
}

/// A column pair to be filled, and the milestone that fills it.
struct Sought {
    kind: &'static str,
    subject: String,
    how: Option<&'static str>,
    days: DatedColumns,
}

impl Sought {
    fn is(&self, kind: Option<&str>, subject: Option<&str>, how: Option<&str>) -> bool {
        let alike = Some(self.kind) == kind && Some(self.subject.as_str()) == subject;
        alike && self.how.is_none_or(|wanted| Some(wanted) == how)
    }
}

/// Reads what governments and providers do in the runs of a finished ensemble.
///
/// # Errors
/// When the tables cannot be read.
pub fn actors_of(
    finished: &Finished<'_>,
    model: &FullModel,
    (start, end): (Date, Date),
) -> Result<Actors, PageError> {
    let numbers = finished.files().numbers("runs", "run")?;
    let paired = finished.layout.paired;
    let (policies, regions) = (policies_of(model), regions_of(model));
    let mut sought: Vec<Sought> = policies
        .iter()
        .map(|(id, change)| of_policy(model, *id, *change))
        .chain(regions.iter().map(|(id, act)| of_region(model, *id, *act)))
        .map(|(kind, subject, how)| Sought {
            kind,
            subject,
            how,
            days: DatedColumns::empty(numbers.len(), paired),
        })
        .collect();
    if !sought.is_empty() {
        read(finished, &numbers, start, &mut sought)?;
    }
    let mut columns = sought.into_iter().map(|sought| sought.days);
    let policies = policies.into_iter().zip(&mut columns);
    let policies = policies.map(|((id, change), days)| policy(model, id, change, days));
    let policies = policies.collect();
    let regions = regions.into_iter().zip(columns);
    let regions = regions
        .map(|((id, act), days)| region(model, id, act, days))
        .filter(|region| region.days.ever())
        .collect();
    let within = |date: &Option<Date>| date.is_some_and(|date| start < date && date <= end);
    let dated = |date: fn(&crate::scenario::resolved::Region) -> Option<Date>| {
        let dates = model.regions.iter().map(date);
        u32::try_from(dates.filter(within).count()).unwrap_or(u32::MAX)
    };
    Ok(Actors {
        policies,
        regions: RegionsInput {
            regions,
            opened_by_date: dated(|region| region.opens),
            closed_by_date: dated(|region| region.closes),
        },
    })
}

/// What may become of each instrument: it ends where it is in force at the start.
fn policies_of(model: &FullModel) -> Vec<(InstrumentId, PolicyChange)> {
    let instruments = model.instruments.iter().enumerate();
    let change = |in_force| match in_force {
        true => PolicyChange::Ends,
        false => PolicyChange::ComesIntoForce,
    };
    instruments
        .map(|(at, spec)| (InstrumentId::new(at), change(spec.in_force_at_start)))
        .collect()
}

/// What may be decided about each region.
fn regions_of(model: &FullModel) -> Vec<(RegionId, RegionAct)> {
    let regions = (0..model.regions.len()).map(RegionId::new);
    regions
        .flat_map(|region| RegionAct::ALL.map(|act| (region, act)))
        .collect()
}

type Milestone = (&'static str, String, Option<&'static str>);

fn of_policy(model: &FullModel, instrument: InstrumentId, change: PolicyChange) -> Milestone {
    let kind = match change {
        PolicyChange::ComesIntoForce => EventKind::PolicyInForce { instrument },
        PolicyChange::Ends => EventKind::PolicyEnded {
            instrument,
            struck_down: false,
        },
    };
    let name = model.instruments[instrument.index()].name.clone();
    (kind.name(), name, None)
}

fn of_region(model: &FullModel, region: RegionId, act: RegionAct) -> Milestone {
    let spec = &model.regions[region.index()];
    let (opened, closed) = (
        EventKind::RegionOpened { region }.name(),
        EventKind::RegionClosed { region }.name(),
    );
    let converts = spec.build.as_ref().and_then(|build| build.converts);
    let (kind, how) = match act {
        RegionAct::Opened if converts.is_some() => (opened, SiteAct::Convert),
        RegionAct::Opened => (opened, SiteAct::Build),
        RegionAct::Converted => (closed, SiteAct::Convert),
        RegionAct::Closed => (closed, SiteAct::Close),
    };
    (kind, spec.name.clone(), Some(how.name()))
}

fn policy(
    model: &FullModel,
    id: InstrumentId,
    change: PolicyChange,
    days: DatedColumns,
) -> PolicyColumns {
    let spec = &model.instruments[id.index()];
    PolicyColumns {
        name: spec.name.clone(),
        title: spec.title.clone(),
        maker: model.makers[spec.by.index()].name.clone(),
        kind: spec.kind.name().to_owned(),
        change,
        days,
    }
}

fn region(model: &FullModel, id: RegionId, act: RegionAct, days: DatedColumns) -> RegionColumns {
    let spec = &model.regions[id.index()];
    RegionColumns {
        name: spec.name.clone(),
        provider: model.providers[spec.provider.index()].name.clone(),
        jurisdiction: model.jurisdictions[spec.jurisdiction.index()].name.clone(),
        act,
        days,
    }
}

/// Fills the columns; of several such milestones of a run the first counts.
fn read(
    finished: &Finished<'_>,
    numbers: &[f64],
    start: Date,
    sought: &mut [Sought],
) -> Result<(), PageError> {
    let columns = ["run", "world", "kind", "subject", "how", "date"];
    let mut fault = None;
    let take = |part: &Table| {
        if let Err(error) = take_part(part, numbers, start, sought) {
            fault.get_or_insert(error);
        }
    };
    finished
        .files()
        .parts("milestones", Wanted::Columns(&columns), take)?;
    fault.map_or(Ok(()), Err)
}

fn take_part(
    part: &Table,
    numbers: &[f64],
    start: Date,
    sought: &mut [Sought],
) -> Result<(), PageError> {
    let runs = part.column("run").and_then(Cells::to_numbers);
    let runs = runs.ok_or_else(|| unusable("milestones", "run"))?;
    let [worlds, kinds, subjects, hows] =
        ["world", "kind", "subject", "how"].map(|column| words(part, column));
    let (worlds, kinds, subjects, hows) = (worlds?, kinds?, subjects?, hows?);
    let Some(Cells::Date(dates)) = part.column("date") else {
        return Err(unusable("milestones", "date"));
    };
    for row in 0..part.rows() {
        let (kind, subject) = (kinds[row].as_deref(), subjects[row].as_deref());
        let mut all = sought.iter_mut();
        let Some(one) = all.find(|one| one.is(kind, subject, hows[row].as_deref())) else {
            continue;
        };
        // Runs rise, and are exact as floating point.
        let place = numbers.binary_search_by(|run| run.total_cmp(&runs[row]));
        let column = match worlds[row].as_deref() {
            Some(world) if world == World::Baseline.name() => one.days.baseline.as_mut(),
            _ => Some(&mut one.days.scenario),
        };
        if let (Ok(place), Some(column), Some(date)) = (place, column, dates[row]) {
            let days = f64::from(date.days_since(start));
            column[place] = column[place].min(days);
        }
    }
    Ok(())
}

fn words<'t>(part: &'t Table, column: &str) -> Result<&'t [Option<Arc<str>>], PageError> {
    match part.column(column) {
        Some(Cells::Text(cells)) => Ok(cells),
        _ => Err(unusable("milestones", column)),
    }
}
