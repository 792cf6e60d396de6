//! Cases and what is known of them.

use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{CircuitId, Date, Ending, JurisdictionId, Level, MakerId, ProviderId};
use crate::scenario::raw;
use crate::scenario::resolved::{
    CaseSpec, CourtSystem, Doctrine, Fine, Given, Node, NodeKind, Order, Quantity, Subject, Target,
};

/// What cases refer to.
pub(super) struct Law<'a> {
    pub jurisdictions: &'a Names,
    pub providers: &'a Names,
    pub courts: &'a Names,
    pub makers: &'a Names,
    pub doctrines: &'a [Doctrine],
    pub systems: &'a [CourtSystem],
    pub start: Date,
    /// The end of what is simulated.
    pub until: Date,
}

pub(super) fn cases(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Case>,
    law: &Law<'_>,
) -> Vec<CaseSpec> {
    raw.iter()
        .map(|(name, row)| case(resolver, name, row.get_ref(), law))
        .collect()
}

fn case(resolver: &mut Resolver<'_>, name: &raw::Text, raw: &raw::Case, law: &Law<'_>) -> CaseSpec {
    let court = resolver.refer(&raw.court, law.courts);
    let filed = resolver.date(&raw.filed).unwrap_or(law.start);
    let history = court
        .and_then(|court| law.systems.get(court))
        .map(|system| history(resolver, &raw.history, system, filed, law.until));
    let system = court.and_then(|court| law.systems.get(court));
    let about = match &raw.act_of {
        Some(of) => challenge(resolver, raw, of, (law, system)),
        None => Subject::Order(order(resolver, name, raw, (law, system))),
    };
    CaseSpec {
        name: name.get_ref().clone(),
        title: titled(&raw.title, name.get_ref()),
        about,
        court: court.unwrap_or(0),
        filed,
        amici: resolver.quantity(&raw.amici, Limits::NOT_NEGATIVE),
        salience: resolver.quantity(&raw.salience, Limits::NOT_NEGATIVE),
        history: history.unwrap_or_default(),
    }
}

/// An act that is challenged. No provider acts in such a case, and nothing in it is a ruling
/// on reach.
fn challenge(
    resolver: &mut Resolver<'_>,
    raw: &raw::Case,
    of: &raw::Text,
    (law, system): (&Law<'_>, Option<&CourtSystem>),
) -> Subject {
    let fine = raw.fine.as_ref();
    let given = [
        ("asserting", raw.asserting.as_ref().map(raw::Placed::span)),
        ("provider", raw.provider.as_ref().map(raw::Placed::span)),
        ("circuit", raw.circuit.as_ref().map(raw::Placed::span)),
        ("data_in", raw.data_in.as_ref().map(raw::Placed::span)),
        (
            "government_appeals_to",
            raw.government_appeals_to.as_ref().map(raw::Placed::span),
        ),
        ("fine", fine.map(raw::Placed::span)),
    ];
    for (field, place) in given {
        if let Some(place) = place {
            let message = format!("a challenge to an act has no `{field}`, which is of an order");
            resolver.wrong_but(&place, message, "leave it out, or leave out `act_of`");
        }
    }
    if let Some(what) = system.and_then(what_is_of_orders) {
        let message = format!(
            "`{}` is no court for a challenge to an act: {what}",
            raw.court
        );
        let help = "take one of steps, votes and rulings that do not rule on reach, and that \
                    ends in `annulled` or `upheld`";
        resolver.wrong_but(&raw.court.span(), message, help);
    }
    Subject::Act {
        of: resolver.id(of, law.makers, MakerId::new),
    }
}

/// What in a court is only for orders, if something is.
fn what_is_of_orders(system: &CourtSystem) -> Option<String> {
    let node = |node: &Node| {
        if matches!(node.kind, NodeKind::Contest | NodeKind::GovernmentAppeal) {
            return Some(format!("in `{}` a party to an order acts", node.name));
        }
        let odd = node.outcomes.iter().find(|outcome| {
            let ends = matches!(outcome.target, Target::End(ending) if !ending.is_of_acts());
            outcome.rules || !outcome.effects.is_empty() || ends
        });
        odd.map(|outcome| {
            format!(
                "outcome `{}` of `{}` is about an order",
                outcome.name, node.name
            )
        })
    };
    let exit = || {
        let odd = system.exits.iter().find(|exit| !exit.ending.is_of_acts());
        odd.map(|exit| format!("its exit `{}` is of orders", exit.ending.name()))
    };
    system.nodes.iter().find_map(node).or_else(exit)
}

/// An order to produce data stored abroad.
fn order(
    resolver: &mut Resolver<'_>,
    name: &raw::Text,
    raw: &raw::Case,
    (law, system): (&Law<'_>, Option<&CourtSystem>),
) -> Order {
    let needed = [
        ("asserting", raw.asserting.is_some()),
        ("provider", raw.provider.is_some()),
        ("data_in", raw.data_in.is_some()),
        ("fine", raw.fine.is_some()),
    ];
    let missing = needed.iter().filter(|(_, given)| !given);
    let missing: Vec<&str> = missing.map(|&(field, _)| field).collect();
    if !missing.is_empty() {
        let message = format!("case `{name}` lacks `{}`", missing.join("`, `"));
        let help = "an order has `asserting`, `provider`, `data_in` and `fine`; where no order \
                    but an act is challenged, say whose: `act_of = \"EU\"`";
        resolver.wrong_but(&name.span(), message, help);
    }
    if let Some(ending) = system.and_then(ends_an_act) {
        let message = format!(
            "`{}` is no court for an order: it ends in `{}`",
            raw.court,
            ending.name()
        );
        resolver.wrong(&raw.court.span(), message);
    }
    let country = |resolver: &mut Resolver<'_>, text: &Option<raw::Text>| {
        let text = text.as_ref();
        text.map_or(JurisdictionId::new(0), |text| {
            resolver.id(text, law.jurisdictions, JurisdictionId::new)
        })
    };
    let asserting = country(resolver, &raw.asserting);
    let provider = raw.provider.as_ref();
    let fine = raw.fine.as_ref().map(|fine| fine.get_ref());
    Order {
        asserting,
        provider: provider.map_or(ProviderId::new(0), |text| {
            resolver.id(text, law.providers, ProviderId::new)
        }),
        circuit: match &raw.asserting {
            Some(by) => circuit(resolver, raw, (by, asserting), law),
            None => CircuitId::new(0),
        },
        data_in: country(resolver, &raw.data_in),
        government_appeals_to: appeals_to(resolver, raw),
        fine: Fine {
            usd_per_day: fine.map_or(Quantity::Known(0.0), |fine| {
                resolver.quantity(&fine.usd_per_day, Limits::NOT_NEGATIVE)
            }),
            doubling_days: fine.map_or(1, |fine| resolver.whole(&fine.doubling_days, 1, 3_650)),
            ceiling_usd: fine.map_or(Quantity::Known(0.0), |fine| {
                resolver.quantity(&fine.ceiling_usd, Limits::NOT_NEGATIVE)
            }),
        },
    }
}

/// An ending of a court that only a challenge to an act has.
fn ends_an_act(system: &CourtSystem) -> Option<Ending> {
    let outcomes = system.nodes.iter().flat_map(|node| &node.outcomes);
    let mut ends = outcomes.filter_map(|outcome| match outcome.target {
        Target::End(ending) => Some(ending),
        Target::Node(_) => None,
    });
    ends.find(|ending| matches!(ending, Ending::Annulled | Ending::Upheld))
}

/// How far the government goes; as far as there are courts unless given.
fn appeals_to(resolver: &mut Resolver<'_>, raw: &raw::Case) -> Option<Level> {
    match &raw.government_appeals_to {
        None => Some(Level::Statute),
        Some(none) if none.get_ref() == "none" => None,
        Some(text) => resolver.one_of(text, "court level", Level::ALL, Level::name),
    }
}

/// The circuit named; where a doctrine has only one it need not be.
fn circuit(
    resolver: &mut Resolver<'_>,
    raw: &raw::Case,
    (by, asserting): (&raw::Text, JurisdictionId),
    law: &Law<'_>,
) -> CircuitId {
    let first = CircuitId::new(0);
    let Some(doctrine) = law.doctrines.iter().find(|d| d.jurisdiction == asserting) else {
        if law.jurisdictions.position(by.get_ref()).is_some() {
            let message = format!("`{by}` asserts reach but has no [doctrine.{by}]");
            resolver.wrong(&by.span(), message);
        }
        return first;
    };
    let circuits = Names {
        kind: "circuit",
        list: doctrine.circuits.iter().map(|c| c.name.clone()).collect(),
    };
    match &raw.circuit {
        Some(name) => resolver.id(name, &circuits, CircuitId::new),
        None if circuits.list.len() == 1 => first,
        None => {
            let message = "the case lacks `circuit`: its doctrine has several";
            let help = format!("add one of `{}`", circuits.list.join("`, `"));
            resolver.wrong_but(&raw.court.span(), message, help);
            first
        }
    }
}

/// Walks from the first node along what is known. Each entry must be met on the way, its
/// date neither before the one before nor after the end, and the case must not be over. What
/// is dated after the start is known to come, and comes.
///
/// A contest that is not mentioned, but after which the history goes on, was carried on,
/// on the day of the step before.
fn history(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Happened>,
    system: &CourtSystem,
    filed: Date,
    until: Date,
) -> Vec<Given> {
    let nodes = Names {
        kind: "node",
        list: system.nodes.iter().map(|node| node.name.clone()).collect(),
    };
    let mut known = true;
    for name in raw.keys() {
        known &= resolver.refer(name, &nodes).is_some();
    }
    if !known {
        return Vec::new();
    }
    let mut out: Vec<Given> = Vec::with_capacity(raw.len());
    let mut met = 0;
    let mut at = system.first;
    let mut date = filed;
    // No path that stands in a file visits a node twice, so it is no longer than this.
    for _ in 0..system.nodes.len() {
        let Some(node) = system.nodes.get(at.index()).filter(|_| met < raw.len()) else {
            break;
        };
        let outcome = match raw.get(node.name.as_str()) {
            Some(row) => {
                met += 1;
                let step = step(resolver, row.get_ref(), node, date, until);
                let Some((outcome, day)) = step else {
                    return out;
                };
                date = day;
                outcome
            }
            None => match node.outcomes.iter().position(|outcome| outcome.carries) {
                Some(carried) => carried,
                None => break,
            },
        };
        out.push(Given {
            node: at,
            outcome,
            date,
        });
        match node.outcomes[outcome].target {
            Target::Node(to) => at = to,
            Target::End(_) => break,
        }
    }
    report_off_the_path(resolver, raw, &out, system, &nodes.list[at.index()]);
    out
}

/// The outcome and date of an entry, unless they are wrong.
fn step(
    resolver: &mut Resolver<'_>,
    row: &raw::Happened,
    node: &Node,
    before: Date,
    until: Date,
) -> Option<(usize, Date)> {
    let outcomes = Names {
        kind: "outcome",
        list: node
            .outcomes
            .iter()
            .map(|outcome| outcome.name.clone())
            .collect(),
    };
    let outcome = resolver.refer(&row.outcome, &outcomes);
    let date = in_order(resolver, &row.date, before, until);
    let (outcome, date) = (outcome?, date?);
    if matches!(node.outcomes[outcome].target, Target::End(_)) {
        let message = "with this outcome the case is over, and a history is of one that goes on";
        resolver.wrong(&row.outcome.span(), message);
        return None;
    }
    Some((outcome, date))
}

fn in_order(
    resolver: &mut Resolver<'_>,
    day: &raw::Day,
    before: Date,
    until: Date,
) -> Option<Date> {
    let date = resolver.date(day)?;
    if date < before {
        let message = format!("this is before the step before it, of {before}");
        resolver.wrong(&day.place, message);
        return None;
    }
    if date > until {
        let message = format!("this is after the end of what is simulated, {until}");
        resolver.wrong(&day.place, message);
        return None;
    }
    Some(date)
}

fn report_off_the_path(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Happened>,
    walked: &[Given],
    system: &CourtSystem,
    stands_at: &str,
) {
    let on_path = |name: &raw::Placed<String>| {
        walked
            .iter()
            .any(|given| system.nodes[given.node.index()].name == *name.get_ref())
    };
    if let Some(name) = raw.keys().find(|name| !on_path(name)) {
        let message = format!("the history does not lead to `{name}`: it stands at `{stands_at}`");
        let help = format!("add what happened in `{stands_at}`, in the order of the procedure");
        resolver.wrong_but(&name.span(), message, help);
    }
}
