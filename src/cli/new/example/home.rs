//! Where a firm with data abroad could be in the world of a scenario.

use comity::domain::{Control, JurisdictionId};
use comity::scenario::resolved::{CaseSpec, FullModel, Region, Scenario};

/// Where an example of a firm is, where its data is, and where it could go.
pub struct Home<'m> {
    /// Its country.
    pub country: JurisdictionId,
    /// Where its data is, under foreign control.
    pub regions: [&'m Region; 2],
    /// Where it could go; nowhere is its own machines.
    pub exit_to: Option<&'m Region>,
}

/// The country with most customers in which a firm has data under foreign control and a
/// provider of its own country to go to; without such a provider, its own machines.
pub fn home<'m>(
    base: &Scenario,
    model: &'m FullModel,
    case: Option<&CaseSpec>,
) -> Option<Home<'m>> {
    let mut markets: Vec<_> = model.markets.iter().collect();
    markets.sort_by(|a, b| b.customers_weight.total_cmp(&a.customers_weight));
    let parent = |region: &Region| model.providers[region.provider.index()].parent;
    let order = case.and_then(CaseSpec::order);
    let asserting = order.map(|order| order.asserting);
    let homes = markets
        .into_iter()
        .filter(|of| Some(of.jurisdiction) != asserting);
    let homes = homes.filter_map(|market| {
        let country = market.jurisdiction;
        let foreign = open_regions(base, model)
            .filter(|region| parent(region) != country && Some(region.jurisdiction) != asserting);
        let mut foreign: Vec<&Region> = foreign.collect();
        // That at issue in the case first, then others of its provider.
        foreign.sort_by_key(|region| {
            let of_case = order.is_some_and(|order| order.provider == region.provider);
            let at_issue = order.is_some_and(|order| order.data_in == region.jurisdiction);
            (!of_case, !at_issue)
        });
        let first = *foreign.first()?;
        let second = foreign
            .get(1)
            .filter(|region| region.provider == first.provider);
        let exit_to = open_regions(base, model)
            .find(|region| parent(region) == country && region.jurisdiction == country);
        Some(Home {
            country,
            regions: [first, second.copied().unwrap_or(first)],
            exit_to,
        })
    });
    let homes: Vec<Home<'m>> = homes.collect();
    let with_exit = homes.iter().position(|home| home.exit_to.is_some());
    homes.into_iter().nth(with_exit.unwrap_or(0))
}

/// Regions that are open at the start and stay.
pub fn open_regions<'m>(
    base: &Scenario,
    model: &'m FullModel,
) -> impl Iterator<Item = &'m Region> + use<'m> {
    let start = base.start;
    let open = move |region: &&Region| region.is_open_by_date(start) && region.closes.is_none();
    model.regions.iter().filter(open)
}

/// Whether in a region either the provider or the customer can hold the keys.
pub fn offers_both_custodies(model: &FullModel, region: &Region) -> bool {
    let of_region = |with_keys: bool| {
        model.offerings.iter().any(|offering| {
            model.regions[offering.region.index()].name == region.name
                && (offering.control == Control::CustomerKeys) == with_keys
        })
    };
    of_region(true) && of_region(false)
}
