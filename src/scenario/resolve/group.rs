//! Who reads the same news, and who sells from the start.

use super::names::Names;
use super::resolver::Resolver;
use crate::domain::{Date, ProviderId, PublicId, Segment};
use crate::scenario::raw;
use crate::scenario::resolved::{Group, Jurisdiction, Market, Offering, Region};

/// One public a bloc with markets, then one a country with a market outside blocs.
pub(super) fn publics(
    blocs: &Names,
    jurisdictions: &[Jurisdiction],
    markets: &[Market],
) -> Vec<String> {
    let countries = || {
        markets
            .iter()
            .filter_map(|m| jurisdictions.get(m.jurisdiction.index()))
    };
    let in_bloc = |bloc: usize| countries().any(|c| c.bloc.is_some_and(|b| b.index() == bloc));
    let blocs = (0..blocs.list.len())
        .filter(|&bloc| in_bloc(bloc))
        .map(|bloc| blocs.list[bloc].clone());
    let alone = countries()
        .filter(|c| c.bloc.is_none())
        .map(|c| c.name.clone());
    blocs.chain(alone).collect()
}

/// Market × segment with a positive share.
pub(super) fn groups(
    blocs: &Names,
    jurisdictions: &[Jurisdiction],
    markets: &[Market],
    publics: &[String],
) -> Vec<Group> {
    let mut groups = Vec::new();
    for (index, market) in markets.iter().enumerate() {
        let Some(country) = jurisdictions.get(market.jurisdiction.index()) else {
            continue;
        };
        let bloc = country.bloc.and_then(|bloc| blocs.list.get(bloc.index()));
        let name = bloc.unwrap_or(&country.name);
        let public = publics.iter().position(|public| public == name);
        for segment in Segment::ALL {
            if market.segment_share[segment.index()] > 0.0 {
                groups.push(Group {
                    market: index,
                    jurisdiction: market.jurisdiction,
                    public: PublicId::new(public.unwrap_or(0)),
                    segment,
                });
            }
        }
    }
    groups
}

/// Every provider sells from the start, since it has a share at the start.
pub(super) fn open_at_start(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Provider>,
    regions: &[Region],
    offerings: &[Offering],
    start: Date,
) {
    for (index, (name, _)) in raw.iter().enumerate() {
        let id = ProviderId::new(index);
        let open = offerings.iter().any(|offering| {
            let region = &regions[offering.region.index()];
            offering.provider == id && region.is_open_by_date(start)
        });
        if !open {
            let message =
                format!("provider `{name}` has no region that is open at the start, {start}");
            resolver.wrong_but(
                &name.span(),
                message,
                "give it a region, or remove it and its shares",
            );
        }
    }
}
