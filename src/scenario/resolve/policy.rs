//! Governments that act, and their instruments.

use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{BlocId, CaseId, Ending, InstrumentId, JurisdictionId, MakerId, Segment};
use crate::scenario::raw::{self, BroughtBy as BroughtByRow};
use crate::scenario::resolved::{
    Bar, Bloc, BroughtBy, Distribution, Doctrine, Instrument, InstrumentKind, Jurisdiction,
    Lobbied, Maker, Quantity, RevelationProcess,
};
use crate::scenario::source_text::Place;

/// The most months of a grace or a term.
const LONGEST_MONTHS: u32 = Bar::LONGEST_GRACE_MONTHS;

/// What governments refer to.
pub(super) struct Places<'a> {
    pub blocs: &'a [Bloc],
    pub jurisdictions: &'a [Jurisdiction],
    pub names: &'a Names,
    pub doctrines: &'a [Doctrine],
}

/// Makers of policy: `[government.NAME]`, named after a jurisdiction or a bloc.
pub(super) fn makers(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Government>,
    places: &Places<'_>,
) -> Vec<Maker> {
    let known = Names {
        kind: "jurisdiction or bloc",
        list: places
            .names
            .list
            .iter()
            .cloned()
            .chain(places.blocs.iter().map(|bloc| bloc.name.clone()))
            .collect(),
    };
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        let position = resolver.refer(name, &known).unwrap_or(0);
        let countries = places.jurisdictions;
        let (title, members, bloc) = match position.checked_sub(countries.len()) {
            None => {
                let title = countries.get(position).map(|j| j.title.clone());
                (title, vec![JurisdictionId::new(position)], None)
            }
            Some(bloc) => {
                let id = BlocId::new(bloc);
                let members = (0..countries.len()).filter(|&j| countries[j].bloc == Some(id));
                let title = places.blocs.get(bloc).map(|bloc| bloc.title.clone());
                (title, members.map(JurisdictionId::new).collect(), Some(id))
            }
        };
        out.push(Maker {
            name: name.get_ref().clone(),
            title: titled(&title, name.get_ref()),
            members,
            bloc,
            half_life_months: resolver.quantity(&row.half_life_months, Limits::POSITIVE),
            leak: resolver.quantity(&row.leak, Limits::NOT_NEGATIVE),
            ruling: resolver.quantity(&row.ruling, Limits::NOT_NEGATIVE),
            disclosure: resolver.quantity(&row.disclosure, Limits::NOT_NEGATIVE),
            retaliation: resolver.quantity_or(row.retaliation.as_ref(), Limits::NOT_NEGATIVE, 0.0),
        });
    }
    out
}

/// `[instrument.NAME]`
pub(super) fn instruments(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Instrument>,
    (makers, cases): (&Names, &Names),
    places: &Places<'_>,
) -> Vec<Instrument> {
    let names = Names::of("instrument", raw);
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let place = row.span();
        let row = row.get_ref();
        let against = resolver.id(&row.against, places.names, JurisdictionId::new);
        let after = row.after.as_ref();
        let after = after.map(|text| resolver.id(text, &names, InstrumentId::new));
        let kind = kind(resolver, name.get_ref(), row, &place);
        let word = row.kind.get_ref().as_str();
        if matches!(word, "statute" | "treaty") {
            settles_own_reach(resolver, row, places);
        } else if row.by.get_ref() == row.against.get_ref() {
            let message = format!("a {word} of `{}` against itself does nothing", row.by);
            let help = "name the government against whose reach or services it is";
            resolver.wrong_but(&row.against.span(), message, help);
        }
        if let Some(text) = row
            .after
            .as_ref()
            .filter(|text| text.get_ref() == name.get_ref())
        {
            let message = "it would have to be in force before it is proposed";
            resolver.wrong_but(
                &text.span(),
                message,
                "name another instrument, or leave it out",
            );
        }
        let brought_by = brought_by(resolver, row, cases);
        let hazard = hazard(resolver, name.get_ref(), row, &place);
        let optional = |resolver: &mut Resolver<'_>, number: &Option<raw::Number>, default| {
            resolver.quantity_or(number.as_ref(), Limits::NOT_NEGATIVE, default)
        };
        out.push(Instrument {
            name: name.get_ref().clone(),
            title: titled(&row.title, name.get_ref()),
            by: resolver.id(&row.by, makers, MakerId::new),
            against,
            kind,
            brought_by,
            most_per_year: hazard.most_per_year,
            share_at_rest: hazard.share_at_rest,
            pressure_weight: hazard.pressure_weight,
            factor_while_pending: optional(resolver, &row.factor_while_pending, 1.0),
            drafting_months: resolver.quantity(&row.drafting_months, Limits::NOT_NEGATIVE),
            lasts_months: row
                .lasts_months
                .as_ref()
                .map(|months| resolver.quantity(months, Limits::POSITIVE)),
            struck_down_per_year: optional(resolver, &row.struck_down_per_year, 0.0),
            after,
            in_force_at_start: row.in_force,
            lobbied: lobbied(resolver, row),
        });
    }
    out
}

/// What brings an instrument in place of a hazard.
fn brought_by(
    resolver: &mut Resolver<'_>,
    row: &raw::Instrument,
    cases: &Names,
) -> Option<BroughtBy> {
    let given = row.brought_by.as_ref()?;
    let own = |number: &Option<raw::Number>| number.as_ref().map(|n| n.place.clone());
    let hazards = [
        ("most_per_year", own(&row.most_per_year)),
        ("share_at_rest", own(&row.share_at_rest)),
        ("pressure_weight", own(&row.pressure_weight)),
        ("factor_while_pending", own(&row.factor_while_pending)),
        ("after", row.after.as_ref().map(raw::Placed::span)),
    ];
    for (field, place) in hazards {
        if let Some(place) = place {
            let message = format!("a case brings it, so it is not proposed by a hazard: `{field}`");
            resolver.wrong_but(&place, message, "leave it out, or leave out `brought_by`");
        }
    }
    if matches!(row.kind.get_ref().as_str(), "statute" | "treaty") {
        let message = format!("a {} ends cases, and no case brings it", row.kind);
        resolver.wrong_but(&given.span(), message, "leave out `brought_by`");
    }
    let BroughtByRow { case, ending } = given.get_ref();
    let case = resolver.refer(case, cases).map(CaseId::new);
    let ending = resolver.one_of(ending, "ending", Ending::ALL, Ending::name);
    Some(BroughtBy {
        case: case?,
        ending: ending?,
    })
}

/// The three numbers of a hazard.
struct Hazard {
    most_per_year: Quantity,
    share_at_rest: Quantity,
    pressure_weight: Quantity,
}

/// The hazard of a proposal: none where a case brings the instrument.
fn hazard(resolver: &mut Resolver<'_>, name: &str, row: &raw::Instrument, place: &Place) -> Hazard {
    let mut number = |number: &Option<raw::Number>, field, limits, none| match number {
        Some(number) => resolver.quantity(number, limits),
        None if row.brought_by.is_some() => Quantity::Known(none),
        None => {
            let message = format!("instrument `{name}` lacks `{field}`");
            let help = format!("add `{field} = …`, or what brings it: `brought_by = {{ … }}`");
            resolver.wrong_but(place, message, help);
            Quantity::Known(none)
        }
    };
    Hazard {
        most_per_year: number(
            &row.most_per_year,
            "most_per_year",
            Limits::NOT_NEGATIVE,
            0.0,
        ),
        share_at_rest: number(
            &row.share_at_rest,
            "share_at_rest",
            Limits::OPEN_CHANCE,
            0.5,
        ),
        pressure_weight: number(
            &row.pressure_weight,
            "pressure_weight",
            Limits::NOT_NEGATIVE,
            0.0,
        ),
    }
}

/// Both numbers of the effect of lobbying, or none.
fn lobbied(resolver: &mut Resolver<'_>, row: &raw::Instrument) -> Option<Lobbied> {
    let (factor, half) = (&row.lobbied_factor, &row.lobbied_half_usd_per_year);
    if let (Some(factor), Some(half)) = (factor, half) {
        return Some(Lobbied {
            factor: resolver.quantity(factor, Limits::POSITIVE),
            half_usd_per_year: resolver.quantity(half, Limits::POSITIVE),
        });
    }
    let alone = factor
        .as_ref()
        .map(|n| (n, "lobbied_half_usd_per_year"))
        .or(half.as_ref().map(|n| (n, "lobbied_factor")));
    if let Some((number, other)) = alone {
        let message = format!("the effect of lobbying also needs `{other}`");
        resolver.wrong_but(&number.place, message, format!("add `{other} = …`"));
    }
    None
}

/// A statute or treaty on reach is of the government that asserts it.
fn settles_own_reach(resolver: &mut Resolver<'_>, row: &raw::Instrument, places: &Places<'_>) {
    let own = row.by.get_ref() == row.against.get_ref();
    let has_doctrine = places.doctrines.iter().any(|doctrine| {
        places.names.list.get(doctrine.jurisdiction.index()) == Some(row.against.get_ref())
    });
    if !own {
        let message = format!("a {} settles the reach of who enacts it", row.kind);
        resolver.wrong_but(
            &row.against.span(),
            message,
            format!("write `against = \"{}\"`", row.by),
        );
    } else if !has_doctrine {
        let message = format!("`{0}` settles its reach but has no [doctrine.{0}]", row.by);
        resolver.wrong(&row.by.span(), message);
    }
}

fn kind(
    resolver: &mut Resolver<'_>,
    name: &str,
    row: &raw::Instrument,
    place: &Place,
) -> InstrumentKind {
    let kind = resolver.one_of(
        &row.kind,
        "kind of instrument",
        raw::INSTRUMENT_KINDS,
        |kind| kind,
    );
    let allowed: &[&str] = match kind {
        Some("procurement_ban") => &["segments", "grace_months", "tolerated_reach"],
        Some("localisation") => &["segments", "grace_months"],
        Some("suspension") => &["price_wedge", "finding_severity"],
        Some("tariff") => &["price_wedge"],
        Some("blocking_statute") => &["shield", "fine_share_of_turnover"],
        Some("statute" | "treaty") => &["lobbied_factor", "lobbied_half_usd_per_year"],
        _ => &[],
    };
    if kind.is_some() {
        refuse_foreign_fields(resolver, row, allowed);
    }
    let need = |resolver: &mut Resolver<'_>, number: &Option<raw::Number>, field, limits| {
        if let Some(number) = number {
            return resolver.quantity(number, limits);
        }
        let message = format!("instrument `{name}` lacks `{field}`");
        resolver.wrong_but(place, message, format!("add `{field} = …`"));
        Quantity::Known(0.0)
    };
    match kind {
        Some("suspension") => InstrumentKind::Suspension {
            price_wedge: need(
                resolver,
                &row.price_wedge,
                "price_wedge",
                Limits::NOT_NEGATIVE,
            ),
            finding: resolver.quantity_or(row.finding_severity.as_ref(), Limits::NOT_NEGATIVE, 0.0),
        },
        Some("tariff") => InstrumentKind::Tariff {
            price_wedge: need(
                resolver,
                &row.price_wedge,
                "price_wedge",
                Limits::NOT_NEGATIVE,
            ),
        },
        Some("blocking_statute") => InstrumentKind::BlockingStatute {
            shield: need(resolver, &row.shield, "shield", Limits::CHANCE),
            fine_share_of_turnover: need(
                resolver,
                &row.fine_share_of_turnover,
                "fine_share_of_turnover",
                Limits::CHANCE,
            ),
        },
        Some("statute") => InstrumentKind::Statute,
        Some("treaty") => InstrumentKind::Treaty,
        Some("localisation") => InstrumentKind::Localisation(bar(resolver, name, row, place)),
        Some("procurement_ban") => InstrumentKind::ProcurementBan(bar(resolver, name, row, place)),
        // Reported; of an unknown kind nothing more can be said.
        _ => InstrumentKind::Treaty,
    }
}

fn bar(resolver: &mut Resolver<'_>, name: &str, row: &raw::Instrument, place: &Place) -> Bar {
    let mut segments = Vec::with_capacity(row.segments.len());
    for text in &row.segments {
        segments.extend(resolver.one_of(text, "segment", Segment::ALL, Segment::name));
    }
    if row.segments.is_empty() {
        let message = format!("instrument `{name}` lacks `segments`: whom does it bind?");
        resolver.wrong_but(place, message, "add `segments = [\"public_sector\"]`");
    }
    Bar {
        segments,
        grace_months: row.grace_months.as_ref().map_or(LONGEST_MONTHS, |months| {
            resolver.whole(months, 1, LONGEST_MONTHS)
        }),
        tolerated_reach: resolver.quantity_or(row.tolerated_reach.as_ref(), Limits::CHANCE, 0.0),
    }
}

fn refuse_foreign_fields(resolver: &mut Resolver<'_>, row: &raw::Instrument, allowed: &[&str]) {
    let number = |number: &Option<raw::Number>| number.as_ref().map(|n| n.place.clone());
    let given = [
        ("segments", row.segments.first().map(raw::Placed::span)),
        (
            "grace_months",
            row.grace_months.as_ref().map(raw::Placed::span),
        ),
        ("tolerated_reach", number(&row.tolerated_reach)),
        ("price_wedge", number(&row.price_wedge)),
        ("shield", number(&row.shield)),
        (
            "fine_share_of_turnover",
            number(&row.fine_share_of_turnover),
        ),
        ("finding_severity", number(&row.finding_severity)),
        ("lobbied_factor", number(&row.lobbied_factor)),
        (
            "lobbied_half_usd_per_year",
            number(&row.lobbied_half_usd_per_year),
        ),
    ];
    for (field, place) in given {
        if let Some(place) = place.filter(|_| !allowed.contains(&field)) {
            let message = format!("a {} has no `{field}`", row.kind);
            let help = match allowed {
                [] => "leave it out".to_owned(),
                fields => format!("it has `{}`", fields.join("`, `")),
            };
            resolver.wrong_but(&place, message, help);
        }
    }
}

/// `[revelations.US]`
pub(super) fn revelations(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Revelations>,
    jurisdictions: &Names,
) -> Vec<RevelationProcess> {
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        let severity = resolver.distribution(&row.severity, Limits::NOT_NEGATIVE);
        out.push(RevelationProcess {
            about: resolver.id(name, jurisdictions, JurisdictionId::new),
            base_per_year: resolver.quantity(&row.base_per_year, Limits::NOT_NEGATIVE),
            branching: resolver.quantity(&row.branching, Limits::BRANCHING),
            delay_days: resolver.quantity(&row.delay_days, Limits::POSITIVE),
            severity: severity.unwrap_or(Distribution::Discrete {
                values: vec![0.0],
                chances: vec![1.0],
            }),
        });
    }
    out
}
