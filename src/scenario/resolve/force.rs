//! What is given, whatever chance would say.

use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{CaseId, Date, JurisdictionId, NodeId};
use crate::scenario::raw;
use crate::scenario::resolved::{CaseSpec, CourtSystem, Doctrine, Force, ForceKind};

/// What forces refer to.
pub(super) struct World<'a> {
    pub jurisdictions: &'a Names,
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
        let date = resolver.date(&row.date);
        if let Some(date) = date
            && !(world.from..world.until).contains(&date)
        {
            let message = format!(
                "this is outside what is simulated, {} to {}",
                world.from,
                world.until.plus_days(-1)
            );
            resolver.wrong_but(
                &row.date.place,
                message,
                "set `spin_up_from` for earlier facts",
            );
        }
        let given = [
            row.leak.is_some(),
            row.ruling.is_some(),
            row.statute.is_some(),
        ];
        if given.iter().filter(|&&given| given).count() != 1 {
            let message = format!("force `{name}` must be one of leak, ruling and statute");
            let help = "as in `leak = { by = \"US\", severity = 0.6 }`";
            resolver.wrong_but(&place, message, help);
            continue;
        }
        let (Some(date), Some(kind)) = (date, kind(resolver, row, world)) else {
            continue;
        };
        forces.push(Force {
            name: name.get_ref().clone(),
            date,
            title: titled(&row.title, name.get_ref()),
            kind,
        });
    }
    forces.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    forces
}

fn kind(resolver: &mut Resolver<'_>, row: &raw::Force, world: &World<'_>) -> Option<ForceKind> {
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
    let ruling = row.ruling.as_ref()?;
    let case = resolver.refer(&ruling.case, world.cases)?;
    let system = world.systems.get(world.specs.get(case)?.court)?;
    let nodes = Names {
        kind: "node",
        list: system.nodes.iter().map(|node| node.name.clone()).collect(),
    };
    let node = resolver.refer(&ruling.node, &nodes)?;
    let outcomes = system.nodes[node].outcomes.iter();
    let outcomes = Names {
        kind: "outcome",
        list: outcomes.map(|outcome| outcome.name.clone()).collect(),
    };
    let outcome = resolver.refer(&ruling.outcome, &outcomes)?;
    Some(ForceKind::Ruling {
        case: CaseId::new(case),
        node: NodeId::new(node),
        outcome,
    })
}
