//! Doctrines of reach, and the demands that governments make.

use super::limits::Limits;
use super::names::Names;
use super::resolver::Resolver;
use super::{SUM_TOLERANCE, shown_sum};
use crate::domain::{Control, JurisdictionId, Level, ProviderId};
use crate::scenario::raw;
use crate::scenario::resolved::{Circuit, ControlQuantities, Demands, Doctrine};

pub(super) fn doctrines(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Doctrine>,
    jurisdictions: &Names,
) -> Vec<Doctrine> {
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        out.push(Doctrine {
            jurisdiction: resolver.id(name, jurisdictions, JurisdictionId::new),
            circuits: circuits(resolver, name, &row.circuit),
            reach: by_control(resolver, &row.reach),
            upheld: by_control(resolver, &row.upheld),
            denied: by_control(resolver, &row.denied),
            statute_chance_asserts: resolver.quantity(&row.statute_chance_asserts, Limits::CHANCE),
            persuasion: resolver.by_name(
                row.persuasion.get_ref(),
                &row.persuasion.span(),
                "court level",
                Level::ALL.map(Level::name),
                Limits::NOT_NEGATIVE,
                Some(0.0),
            ),
            persuasion_half_life_years: resolver
                .quantity(&row.persuasion_half_life_years, Limits::POSITIVE),
            forum_choice: resolver.quantity(&row.forum_choice, Limits::NOT_NEGATIVE),
        });
    }
    out
}

/// Reach is used in log-odds, so it is neither never nor always.
fn by_control(
    resolver: &mut Resolver<'_>,
    numbers: &raw::Placed<raw::Numbers>,
) -> ControlQuantities {
    resolver.by_name(
        numbers.get_ref(),
        &numbers.span(),
        "control structure",
        Control::ALL.map(Control::name),
        Limits::OPEN_CHANCE,
        None,
    )
}

/// Weights sum to one; a jurisdiction without circuits is one circuit of its own name.
fn circuits(
    resolver: &mut Resolver<'_>,
    jurisdiction: &raw::Text,
    raw: &raw::Named<raw::Circuit>,
) -> Vec<Circuit> {
    if raw.is_empty() {
        return vec![Circuit {
            name: jurisdiction.get_ref().clone(),
            weight: 1.0,
        }];
    }
    let mut circuits = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        circuits.push(Circuit {
            name: name.get_ref().clone(),
            weight: resolver.plain(&row.get_ref().weight, Limits::CHANCE),
        });
    }
    let sum: f64 = circuits.iter().map(|circuit| circuit.weight).sum();
    if (sum - 1.0).abs() > SUM_TOLERANCE {
        let message = format!(
            "the weights of the circuits sum to {}, not 1",
            shown_sum(sum)
        );
        let place = raw
            .values()
            .next()
            .map(|row| row.get_ref().weight.place.clone());
        resolver.wrong(&place.unwrap_or(jurisdiction.span()), message);
    }
    circuits
}

pub(super) fn demands(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<std::collections::BTreeMap<raw::Text, raw::Demands>>,
    jurisdictions: &Names,
    doctrines: &[Doctrine],
    providers: &Names,
) -> Vec<Demands> {
    let mut out = Vec::new();
    for (by, rows) in raw {
        let asserting = resolver.id(by, jurisdictions, JurisdictionId::new);
        let has_doctrine = doctrines.iter().any(|d| d.jurisdiction == asserting);
        if !has_doctrine && jurisdictions.position(by.get_ref()).is_some() {
            let message = format!("`{by}` demands data but has no [doctrine.{by}]");
            resolver.wrong(&by.span(), message);
        }
        for (provider, row) in rows.get_ref() {
            out.push(Demands {
                asserting,
                provider: resolver.id(provider, providers, ProviderId::new),
                consumer_per_year: resolver.quantity(&row.consumer_per_year, Limits::NOT_NEGATIVE),
                enterprise_per_year: resolver
                    .quantity(&row.enterprise_per_year, Limits::NOT_NEGATIVE),
                narrowed: resolver.quantity(&row.narrowed, Limits::CHANCE),
                to_treaty: resolver.quantity(&row.to_treaty, Limits::CHANCE),
                treaty_months: resolver.quantity(&row.treaty_months, Limits::POSITIVE),
                contested: resolver.quantity(&row.contested, Limits::CHANCE),
                secret: resolver.quantity(&row.secret, Limits::CHANCE),
                becomes_public: resolver.quantity(&row.becomes_public, Limits::CHANCE),
            });
            refuse_more_than_all(resolver, provider, row);
        }
    }
    out
}

/// A demand is narrowed, sent to the treaty, contested, or served.
fn refuse_more_than_all(resolver: &mut Resolver<'_>, provider: &raw::Text, row: &raw::Demands) {
    let parts = [&row.narrowed, &row.to_treaty, &row.contested];
    let sum: f64 = parts
        .map(|part| resolver.mean_of(part, Limits::CHANCE))
        .iter()
        .sum();
    if sum > 1.0 + SUM_TOLERANCE {
        let message = format!(
            "`narrowed`, `to_treaty` and `contested` of {provider} sum to {}, more than all demands",
            shown_sum(sum)
        );
        resolver.wrong(&row.narrowed.place, message);
    }
}
