//! Blocs, countries, and how far they are from each other.

use std::collections::BTreeSet;

use super::limits::Limits;
use super::names::Names;
use super::resolver::Resolver;
use crate::domain::{BlocId, JurisdictionId};
use crate::scenario::raw;
use crate::scenario::resolved::{Bloc, Jurisdiction, Quantity};

pub(super) fn blocs(raw: &raw::Named<raw::Bloc>) -> Vec<Bloc> {
    raw.iter()
        .map(|(name, bloc)| Bloc {
            name: name.get_ref().clone(),
            title: titled(&bloc.get_ref().title, name.get_ref()),
        })
        .collect()
}

pub(super) fn jurisdictions(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Jurisdiction>,
    blocs: &Names,
) -> Vec<Jurisdiction> {
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        if blocs.position(name.get_ref()).is_some() {
            let message = format!("`{name}` is a country and a bloc");
            resolver.wrong_but(
                &name.span(),
                message,
                "a public is named by either, so name them apart",
            );
        }
        let row = row.get_ref();
        let bloc = row.bloc.as_ref().filter(|bloc| !bloc.get_ref().is_empty());
        out.push(Jurisdiction {
            name: name.get_ref().clone(),
            title: titled(&row.title, name.get_ref()),
            bloc: bloc.map(|bloc| resolver.id(bloc, blocs, BlocId::new)),
        });
    }
    out
}

/// A title, or the name where there is none.
pub(super) fn titled(title: &Option<String>, name: &str) -> String {
    title.clone().unwrap_or_else(|| name.to_owned())
}

/// `[latency.DE]`, by the customer's country. From home it is 0 unless given; it must be
/// given from each market to each country that has a region.
pub(super) fn latency(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Numbers>,
    jurisdictions: &Names,
    customers: &[JurisdictionId],
    hosts: &BTreeSet<JurisdictionId>,
) -> Vec<Vec<Quantity>> {
    let count = jurisdictions.list.len();
    let mut latency = vec![vec![Quantity::Known(0.0); count]; count];
    for (name, row) in raw {
        let Some(from) = resolver.refer(name, jurisdictions) else {
            continue;
        };
        let place = row.span();
        let row = row.get_ref();
        let to = resolver.by_thing(row, &place, jurisdictions, Limits::CHANCE, Some(0.0));
        latency[from] = to;
    }
    for &customer in customers {
        let from = &jurisdictions.list[customer.index()];
        for &host in hosts.iter().filter(|&&host| host != customer) {
            let to = jurisdictions.list[host.index()].as_str();
            let row = raw.get(from.as_str());
            if row.is_none_or(|row| !row.get_ref().contains_key(to)) {
                let message = format!("[latency.{from}] lacks `{to}`, where a region is");
                resolver.problems.push(crate::scenario::error::Problem {
                    message,
                    place: row.map(raw::Placed::span),
                    help: Some(format!("add `{to} = …`, from 0 (near) to 1 (far)")),
                });
            }
        }
    }
    latency
}
