//! Regions and what they offer.

use super::limits::Limits;
use super::names::Names;
use super::resolver::Resolver;
use super::site;
use crate::domain::{Control, JurisdictionId, ProviderId, RegionId};
use crate::scenario::raw;
use crate::scenario::resolved::{Offering, Region};

pub(super) fn regions(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Region>,
    providers: &Names,
    jurisdictions: &Names,
) -> Vec<Region> {
    let names = Names::of("region", raw);
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        let opens = row.opens.as_ref().and_then(|day| resolver.date(day));
        let closes = row.closes.as_ref().and_then(|day| resolver.date(day));
        if let (Some(opens), Some(closes), Some(day)) = (opens, closes, &row.closes)
            && closes <= opens
        {
            let message = format!("the region closes on {closes}, not after it opens on {opens}");
            resolver.wrong(&day.place, message);
        }
        let control = resolver.one_of(
            &row.control,
            "control structure",
            Control::ALL,
            Control::name,
        );
        out.push(Region {
            name: name.get_ref().clone(),
            provider: resolver.id(&row.provider, providers, ProviderId::new),
            jurisdiction: resolver.id(&row.jurisdiction, jurisdictions, JurisdictionId::new),
            control: control.unwrap_or(Control::Direct),
            sites: row.sites.clone(),
            opens,
            closes,
            feature_lag: resolver.quantity_or(row.feature_lag.as_ref(), Limits::ANY, 0.0),
            price_factor: resolver.quantity_or(row.price_factor.as_ref(), Limits::POSITIVE, 1.0),
            capacity_usd_per_year: row
                .capacity_usd_per_year
                .as_ref()
                .map(|number| resolver.quantity(number, Limits::POSITIVE)),
            build: row
                .build
                .as_ref()
                .map(|raw| site::build(resolver, raw, &names)),
            running_musd_per_year: site::running(resolver, row),
        });
    }
    out
}

/// Region × custody, in the order of regions.
pub(super) fn offerings(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Region>,
    regions: &[Region],
) -> Vec<Offering> {
    let mut out = Vec::new();
    for (index, ((name, row), region)) in raw.iter().zip(regions).enumerate() {
        let mut provider_keys = row.get_ref().custody.is_none();
        let mut customer_keys = region.control == Control::CustomerKeys;
        if let Some(custody) = &row.get_ref().custody {
            for who in custody.get_ref() {
                match who.get_ref().as_str() {
                    "provider" => provider_keys = true,
                    "customer" => customer_keys = true,
                    other => {
                        let message = format!("there is no custody `{other}`");
                        resolver.wrong_but(&who.span(), message, "it is `provider` or `customer`");
                    }
                }
            }
            if custody.get_ref().is_empty() {
                resolver.wrong_but(
                    &custody.span(),
                    "somebody must hold the keys",
                    "write `custody = [\"provider\"]`, or add `\"customer\"`",
                );
            }
        }
        let mut offer = |name: String, control: Control| {
            out.push(Offering {
                name,
                region: RegionId::new(index),
                provider: region.provider,
                jurisdiction: region.jurisdiction,
                control,
            });
        };
        if provider_keys && region.control != Control::CustomerKeys {
            offer(region.name.clone(), region.control);
        }
        if customer_keys {
            offer(format!("{}+keys", region.name), Control::CustomerKeys);
        }
        if out.len() > 64 && out.len() <= 66 {
            resolver.wrong(&name.span(), "more than 64 offerings");
        }
    }
    out
}
