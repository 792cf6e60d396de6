//! Regions as investments: what it takes to build them, and what they cost to run.

use super::limits::Limits;
use super::names::Names;
use super::resolver::Resolver;
use crate::domain::RegionId;
use crate::scenario::raw;
use crate::scenario::resolved::{Build, Provider, Quantity, Region};

pub(super) fn build(resolver: &mut Resolver<'_>, raw: &raw::Build, regions: &Names) -> Build {
    let converts = raw.converts.as_ref();
    Build {
        capex_musd: resolver.quantity(&raw.capex_musd, Limits::POSITIVE),
        fixed_musd_per_year: resolver.quantity(&raw.fixed_musd_per_year, Limits::NOT_NEGATIVE),
        lead_months: resolver.quantity(&raw.lead_months, Limits::NOT_NEGATIVE),
        preparation_months: resolver.quantity_or(
            raw.preparation_months.as_ref(),
            Limits::NOT_NEGATIVE,
            0.0,
        ),
        converts: converts
            .and_then(|text| resolver.refer(text, regions))
            .map(RegionId::new),
    }
}

pub(super) fn running(resolver: &mut Resolver<'_>, row: &raw::Region) -> Option<Quantity> {
    let raw = row.running.as_ref()?;
    Some(resolver.quantity(&raw.fixed_musd_per_year, Limits::NOT_NEGATIVE))
}

/// A provider decides about a region or a date does, never both; and it can only decide
/// when it is said how.
pub(super) fn check(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Region>,
    regions: &[Region],
    providers: &[Provider],
) {
    for (index, ((name, row), region)) in raw.iter().zip(regions).enumerate() {
        let row = row.get_ref();
        let cost = match (&row.build, &row.running) {
            (Some(build), Some(running)) => {
                resolver.wrong_but(
                    &running.fixed_musd_per_year.place,
                    format!("`{name}` is a candidate and running"),
                    "a candidate's fixed cost stands in its `build`; leave `running` out",
                );
                &build.capex_musd
            }
            (Some(build), None) => &build.capex_musd,
            (None, Some(running)) => &running.fixed_musd_per_year,
            (None, None) => continue,
        };
        if row.build.is_some()
            && let Some(day) = &row.opens
        {
            let message = format!("`{name}` opens on a date and when its provider decides");
            let help = "leave out `opens`, or `build`";
            resolver.wrong_but(&day.place, message, help);
        }
        if let Some(day) = &row.closes {
            let message = format!("`{name}` closes on a date and when its provider decides");
            let help = "leave out `closes`, or what it costs to build or run";
            resolver.wrong_but(&day.place, message, help);
        }
        let provider = &providers[region.provider.index()];
        if provider.investment.is_none() {
            let message = format!("how does `{}` judge this region?", provider.name);
            let help = format!("add [provider.{}.investment]", provider.name);
            resolver.wrong_but(&cost.place, message, help);
        }
        check_conversion(resolver, (index, row), regions);
    }
}

fn check_conversion(
    resolver: &mut Resolver<'_>,
    (index, row): (usize, &raw::Region),
    regions: &[Region],
) {
    let text = row.build.as_ref().and_then(|build| build.converts.as_ref());
    let converts = regions[index]
        .build
        .as_ref()
        .and_then(|build| build.converts);
    let (Some(text), Some(other)) = (text, converts) else {
        return;
    };
    if other.index() == index {
        let help = "name the region that closes when this one opens";
        resolver.wrong_but(&text.span(), "a region cannot convert itself", help);
    } else if regions[other.index()].provider != regions[index].provider {
        let message = format!("`{text}` is another provider's region");
        resolver.wrong_but(&text.span(), message, "name one of the same provider");
    } else if regions[other.index()].closes.is_some() {
        let message = format!("`{text}` closes on a date of its own");
        resolver.wrong_but(
            &text.span(),
            message,
            "leave out its `closes`, or `converts`",
        );
    }
}
