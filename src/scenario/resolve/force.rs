//! What is given, whatever chance would say.

use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{BlocId, CaseId, Date, JurisdictionId, NodeId};
use crate::scenario::raw;
use crate::scenario::resolved::{CaseSpec, CourtSystem, Doctrine, Force, ForceKind, Jurisdiction};
use crate::scenario::source_text::Place;

/// Months after which what is placed has answered half of a rise in cost, unless given: firms
/// under the General Data Protection Regulation took about two years to store as much less as
/// they did (S43).
const COMPLIANCE_HALF_LIFE_MONTHS: f64 = 7.0;

/// What forces refer to.
pub(super) struct World<'a> {
    pub jurisdictions: &'a Names,
    pub blocs: &'a Names,
    /// In the order of their names.
    pub countries: &'a [Jurisdiction],
    pub cases: &'a Names,
    pub specs: &'a [CaseSpec],
    pub systems: &'a [CourtSystem],
    pub doctrines: &'a [Doctrine],
    pub from: Date,
    pub until: Date,
}

/// Forces by date, then by name.
pub(super) fn forces(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Force>,
    world: &World<'_>,
) -> Vec<Force> {
    let mut forces = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let place = row.span();
        let row = row.get_ref();
        let date = dated(resolver, row, world, &place);
        let given = [
            row.leak.is_some(),
            row.ruling.is_some(),
            row.statute.is_some(),
            row.compliance.is_some(),
        ];
        if given.iter().filter(|&&given| given).count() != 1 {
            let message =
                format!("force `{name}` must be one of leak, ruling, statute and compliance");
            let help = "as in `leak = { by = \"US\", severity = 0.6 }`";
            resolver.wrong_but(&place, message, help);
            continue;
        }
        let (Some(date), Some(kind)) = (date, kind(resolver, row, world, &place)) else {
            continue;
        };
        // Without a date it moves no day: it stands from before the case was filed.
        let date = match kind {
            ForceKind::Ruling { case, .. } if row.date.is_none() => world
                .specs
                .get(case.index())
                .map_or(date, |spec| spec.filed.min(world.from).plus_days(-1)),
            _ => date,
        };
        forces.push(Force {
            name: name.get_ref().clone(),
            date,
            known: known(resolver, row, date),
            title: titled(&row.title, name.get_ref()),
            kind,
        });
    }
    forces.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    forces
}

/// The day of a force; of a ruling without one the first day of all.
fn dated(
    resolver: &mut Resolver<'_>,
    row: &raw::Force,
    world: &World<'_>,
    place: &Place,
) -> Option<Date> {
    let Some(day) = &row.date else {
        if row.ruling.is_none() {
            resolver.wrong_but(place, "this needs a `date`", "as in `date = 2013-06-05`");
            return None;
        }
        return Some(world.from);
    };
    let date = resolver.date(day)?;
    if !(world.from..world.until).contains(&date) {
        let message = format!(
            "this is outside what is simulated, {} to {}",
            world.from,
            world.until.plus_days(-1)
        );
        resolver.wrong_but(&day.place, message, "set `spin_up_from` for earlier facts");
    }
    Some(date)
}

/// The day on which a fact was known to come.
fn known(resolver: &mut Resolver<'_>, row: &raw::Force, date: Date) -> Date {
    let Some(day) = &row.known else { return date };
    let known = resolver.date(day).unwrap_or(date);
    if known > date {
        let message = format!("this is after the fact itself, on {date}");
        let help = "leave it out where the fact was not known before it came";
        resolver.wrong_but(&day.place, message, help);
    }
    known
}

/// A rise in cost for the customers of a bloc or of a country.
fn compliance(
    resolver: &mut Resolver<'_>,
    raw: &raw::Compliance,
    world: &World<'_>,
    place: &Place,
) -> Option<ForceKind> {
    let members = match (&raw.bloc, &raw.jurisdiction) {
        (Some(name), None) => {
            let bloc = Some(BlocId::new(resolver.refer(name, world.blocs)?));
            let countries = world.countries.iter().enumerate();
            let members = countries.filter(|(_, country)| country.bloc == bloc);
            members.map(|(j, _)| JurisdictionId::new(j)).collect()
        }
        (None, Some(name)) => {
            let country = resolver.refer(name, world.jurisdictions)?;
            vec![JurisdictionId::new(country)]
        }
        _ => {
            let message = "`compliance` concerns the customers of a bloc, or of a jurisdiction";
            let help = "as in `compliance = { bloc = \"EU\", price_wedge = 0.18 }`";
            resolver.wrong_but(place, message, help);
            return None;
        }
    };
    Some(ForceKind::Compliance {
        members,
        price_wedge: resolver.quantity(&raw.price_wedge, Limits::NOT_NEGATIVE),
        half_life_months: resolver.quantity_or(
            raw.half_life_months.as_ref(),
            Limits::POSITIVE,
            COMPLIANCE_HALF_LIFE_MONTHS,
        ),
    })
}

fn kind(
    resolver: &mut Resolver<'_>,
    row: &raw::Force,
    world: &World<'_>,
    place: &Place,
) -> Option<ForceKind> {
    if let Some(leak) = &row.leak {
        return Some(ForceKind::Leak {
            by: resolver.id(&leak.by, world.jurisdictions, JurisdictionId::new),
            severity: resolver.quantity(&leak.severity, Limits::NOT_NEGATIVE),
        });
    }
    if let Some(statute) = &row.statute {
        let by = resolver.refer(&statute.by, world.jurisdictions)?;
        let by = JurisdictionId::new(by);
        if !world.doctrines.iter().any(|d| d.jurisdiction == by) {
            let name = &statute.by;
            let message = format!("a statute on reach of `{name}`, which has no [doctrine.{name}]");
            resolver.wrong(&name.span(), message);
        }
        return Some(ForceKind::Statute {
            by,
            asserts: statute.asserts,
        });
    }
    if let Some(raw) = &row.compliance {
        return compliance(resolver, raw, world, place);
    }
    let ruling = row.ruling.as_ref()?;
    let (case, node, outcome) = step(
        resolver,
        (&ruling.case, &ruling.node, &ruling.outcome),
        world,
    )?;
    Some(ForceKind::Ruling {
        case,
        node,
        outcome,
        waits: ruling.waits,
    })
}

/// An outcome of a node of a case, by their names.
pub(super) fn step(
    resolver: &mut Resolver<'_>,
    (case, node, outcome): (&raw::Text, &raw::Text, &raw::Text),
    world: &World<'_>,
) -> Option<(CaseId, NodeId, usize)> {
    let case = resolver.refer(case, world.cases)?;
    let system = world.systems.get(world.specs.get(case)?.court)?;
    let nodes = Names {
        kind: "node",
        list: system.nodes.iter().map(|node| node.name.clone()).collect(),
    };
    let node = resolver.refer(node, &nodes)?;
    let outcomes = system.nodes[node].outcomes.iter();
    let outcomes = Names {
        kind: "outcome",
        list: outcomes.map(|outcome| outcome.name.clone()).collect(),
    };
    let outcome = resolver.refer(outcome, &outcomes)?;
    Some((CaseId::new(case), NodeId::new(node), outcome))
}
