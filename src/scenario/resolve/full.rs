//! The whole model, table by table.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::case::{self, Law};
use super::fact;
use super::force::{self, World};
use super::head::Head;
use super::names::Names;
use super::resolver::Resolver;
use super::{
    court, customers, doctrine, group, market, named, place, policy, provider, region, site,
};
use crate::domain::JurisdictionId;
use crate::scenario::raw;
use crate::scenario::resolved::{FullModel, Model};

/// The names of everything that others refer to.
#[derive(Clone, Debug, Default)]
pub(super) struct AllNames {
    pub blocs: Names,
    pub jurisdictions: Names,
    pub providers: Names,
    pub courts: Names,
    pub cases: Names,
    pub customers: Names,
    pub instruments: Names,
    /// Of each customer in turn.
    pub workloads: Vec<Names>,
}

impl AllNames {
    pub(super) fn of(raw: &raw::Full) -> Self {
        Self {
            blocs: Names::of("bloc", &raw.bloc),
            jurisdictions: Names::of("jurisdiction", &raw.jurisdiction),
            providers: Names::of("provider", &raw.provider),
            courts: Names::of("court", &raw.court),
            cases: Names::of("case", &raw.case),
            customers: Names::of("customer", &raw.customer),
            instruments: Names::of("instrument", &raw.instrument),
            workloads: raw
                .customer
                .values()
                .map(|customer| Names::of("workload", &customer.get_ref().workload))
                .collect(),
        }
    }
}

/// Reports tables with more rows than the model is made for, before any work is done.
pub(super) fn check_sizes(resolver: &mut Resolver<'_>, raw: &raw::Full) {
    resolver.at_most(&raw.bloc, "blocs", 64);
    resolver.at_most(&raw.jurisdiction, "jurisdictions", 256);
    resolver.at_most(&raw.provider, "providers", 16);
    resolver.at_most(&raw.region, "regions", 64);
    resolver.at_most(&raw.market, "markets", 51);
    resolver.at_most(&raw.doctrine, "doctrines", 64);
    resolver.at_most(&raw.court, "court systems", 64);
    resolver.at_most(&raw.case, "cases", 256);
    resolver.at_most(&raw.government, "governments", 64);
    resolver.at_most(&raw.instrument, "instruments", 256);
    resolver.at_most(&raw.force, "forces", 1_000);
    resolver.at_most(&raw.fact, "facts", 1_000);
    resolver.at_most(&raw.customer, "named customers", 64);
    for customer in raw.customer.values() {
        resolver.at_most(&customer.get_ref().workload, "workloads", 256);
    }
    for doctrine in raw.doctrine.values() {
        resolver.at_most(&doctrine.get_ref().circuit, "circuits", 64);
    }
    for court in raw.court.values() {
        resolver.at_most(&court.get_ref().node, "nodes", 5_000);
        for node in court.get_ref().node.values() {
            resolver.at_most(node.get_ref().outcome.get_ref(), "outcomes", 64);
        }
    }
}

/// The model, unless something is so wrong that it has no meaning.
pub(super) fn model(
    resolver: &mut Resolver<'_>,
    raw: &raw::Full,
    names: &AllNames,
    head: &Head,
    has_options: bool,
) -> Option<Model> {
    let countries = &names.jurisdictions;
    let blocs = place::blocs(&raw.bloc);
    let jurisdictions = place::jurisdictions(resolver, &raw.jurisdiction, &names.blocs);
    let providers = provider::providers(
        resolver,
        &raw.provider,
        (countries, head.discount_rate_per_year),
    );
    let before = resolver.problems.len();
    let regions = region::regions(resolver, &raw.region, &names.providers, countries);
    let offerings = region::offerings(resolver, &raw.region, &regions);
    if resolver.problems.len() == before {
        site::check(resolver, &raw.region, &regions, &providers);
        group::open_at_start(resolver, &raw.provider, &regions, &offerings, head.start);
    }
    let segments = market::segments(resolver, &raw.segment);
    let markets = market::markets(resolver, &raw.market, countries, &names.providers);

    let publics = group::publics(&names.blocs, &jurisdictions, &markets);
    let groups = group::groups(&names.blocs, &jurisdictions, &markets, &publics);
    let customers: Vec<JurisdictionId> = markets.iter().map(|m| m.jurisdiction).collect();
    let hosts: BTreeSet<JurisdictionId> = regions.iter().map(|r| r.jurisdiction).collect();
    let latency = place::latency(resolver, &raw.latency, countries, &customers, &hosts);
    let beliefs = customers::beliefs(resolver, &raw.belief, &markets, countries);

    let doctrines = doctrine::doctrines(resolver, &raw.doctrine, countries);
    let before = resolver.problems.len();
    let courts = court::courts(resolver, &raw.court);
    // What happened in a court that is unsound cannot be checked.
    let sound_courts = if resolver.problems.len() == before {
        &courts[..]
    } else {
        &[]
    };
    let places = policy::Places {
        blocs: &blocs,
        jurisdictions: &jurisdictions,
        names: countries,
        doctrines: &doctrines,
    };
    let makers = policy::makers(resolver, &raw.government, &places);
    let maker_names = Names::of("government", &raw.government);
    let cases = case::cases(
        resolver,
        &raw.case,
        &Law {
            jurisdictions: countries,
            providers: &names.providers,
            courts: &names.courts,
            makers: &maker_names,
            doctrines: &doctrines,
            systems: sound_courts,
            start: head.start,
            until: head.end(),
        },
    );
    let demands = doctrine::demands(
        resolver,
        &raw.demands,
        countries,
        &doctrines,
        &names.providers,
    );
    let instruments = policy::instruments(
        resolver,
        &raw.instrument,
        (&maker_names, &names.cases),
        &places,
    );
    provider::refuse_idle_postures(resolver, raw, &providers, (&makers, &instruments));
    let revelations = policy::revelations(resolver, &raw.revelations, countries);
    let world = World {
        jurisdictions: countries,
        blocs: &names.blocs,
        countries: &jurisdictions,
        cases: &names.cases,
        specs: &cases,
        systems: sound_courts,
        doctrines: &doctrines,
        from: head.spin_up_from,
        until: head.end(),
    };
    let forces = force::forces(resolver, &raw.force, &world);
    let facts = fact::facts(resolver, &raw.fact, (&world, head.start, &forces));
    let named = named::World {
        names,
        region_names: Names::of("region", &raw.region),
        regions: &regions,
        offerings: &offerings,
        markets: &markets,
        groups: &groups,
        raw_markets: &raw.market,
        head,
        end: head.end(),
        has_options,
    };
    let named_customers = named::customers(resolver, &raw.customer, &named);
    let public_names = Names {
        kind: "public",
        list: publics.clone(),
    };
    Some(Model::Full(Arc::new(FullModel {
        blocs,
        jurisdictions,
        publics,
        providers,
        regions,
        offerings,
        segments,
        markets,
        groups,
        beliefs,
        latency,
        choice: customers::choice(resolver, &raw.choice),
        projects: customers::projects(resolver, &raw.projects),
        adoption: customers::adoption(resolver, &raw.adoption),
        attention: customers::attention(resolver, &raw.attention),
        trust: customers::trust(resolver, &raw.trust),
        concern: customers::concern(resolver, &raw.concern),
        perception: customers::perception(resolver, &raw.perception, &public_names),
        network: customers::network(resolver, &raw.network),
        survey: customers::survey(resolver, &raw.survey),
        doctrines,
        courts,
        cases,
        demands,
        makers,
        instruments,
        revelations,
        forces,
        facts,
        customers: named_customers,
    })))
}
