//! Segments of customers, markets.

use super::limits::Limits;
use super::names::Names;
use super::resolver::Resolver;
use super::{SUM_TOLERANCE, shown_sum};
use crate::domain::{JurisdictionId, Segment};
use crate::scenario::raw;
use crate::scenario::resolved::{Market, SegmentTraits};
use crate::scenario::source_text::Place;

pub(super) fn segments(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Segment>,
) -> Vec<SegmentTraits> {
    for name in raw.keys() {
        resolver.one_of(name, "segment", Segment::ALL, Segment::name);
    }
    let mut out = Vec::with_capacity(Segment::ALL.len());
    let mut sum = 0.0;
    for segment in Segment::ALL {
        let Some(row) = raw.get(segment.name()) else {
            let message = format!("the scenario has no table [segment.{}]", segment.name());
            resolver.problems.push(missing(message));
            continue;
        };
        let row = row.get_ref();
        let customers_share = resolver.plain(&row.customers_share, Limits::CHANCE);
        sum += customers_share;
        out.push(SegmentTraits {
            segment,
            concern_factor: resolver.quantity(&row.concern_factor, Limits::NOT_NEGATIVE),
            home_factor: resolver.quantity(&row.home_factor, Limits::ANY),
            size_log_sd: resolver.quantity(&row.size_log_sd, Limits::NOT_NEGATIVE),
            customers_share,
        });
    }
    if out.len() == Segment::ALL.len() && (sum - 1.0).abs() > SUM_TOLERANCE {
        let message = format!(
            "`customers_share` sums to {} over the segments, not 1",
            shown_sum(sum)
        );
        let last = raw.values().next_back();
        resolver.problems.push(crate::scenario::error::Problem {
            message,
            place: last.map(|row| row.get_ref().customers_share.place.clone()),
            help: None,
        });
    }
    out
}

fn missing(message: String) -> crate::scenario::error::Problem {
    crate::scenario::error::Problem {
        message,
        place: None,
        help: Some("add it, or inherit it with `extends`".to_owned()),
    }
}

pub(super) fn markets(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Market>,
    jurisdictions: &Names,
    providers: &Names,
) -> Vec<Market> {
    if raw.is_empty() {
        let message = "the scenario has no table [market.NAME]: nobody buys".to_owned();
        resolver.problems.push(missing(message));
    }
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        let segment_names = Segment::ALL.map(Segment::name);
        for name in row.provider_share_by_segment.keys() {
            resolver.one_of(name, "segment", Segment::ALL, Segment::name);
        }
        let by_segment = segment_names.map(|segment| {
            let shares = row.provider_share_by_segment.get(segment)?;
            let place = shares.span();
            Some(provider_shares(
                resolver,
                shares.get_ref(),
                &place,
                providers,
            ))
        });
        out.push(Market {
            jurisdiction: resolver.id(name, jurisdictions, JurisdictionId::new),
            spend_musd_per_year: resolver.quantity(&row.spend_musd_per_year, Limits::POSITIVE),
            on_premises_ratio: resolver.quantity(&row.on_premises_ratio, Limits::NOT_NEGATIVE),
            growth_per_year: resolver.quantity(&row.growth_per_year, Limits::RATE),
            cloud_users_share: resolver.quantity(&row.cloud_users_share, Limits::SCALE),
            segment_share: segment_shares(resolver, row),
            provider_share: provider_shares(
                resolver,
                row.provider_share.get_ref(),
                &row.provider_share.span(),
                providers,
            ),
            provider_share_by_segment: by_segment,
            customers_weight: row
                .customers_weight
                .as_ref()
                .map_or(1.0, |weight| resolver.plain(weight, Limits::POSITIVE)),
        });
    }
    out
}

/// A share not named is 0.
fn segment_shares(resolver: &mut Resolver<'_>, raw: &raw::Market) -> [f64; 5] {
    let place = raw.segment_share.span();
    let numbers = raw.segment_share.get_ref();
    let before = resolver.problems.len();
    for name in numbers.keys() {
        resolver.one_of(name, "segment", Segment::ALL, Segment::name);
    }
    let known = resolver.problems.len() == before;
    let shares = Segment::ALL.map(|segment| {
        numbers
            .get(segment.name())
            .map_or(0.0, |share| resolver.plain(share, Limits::CHANCE))
    });
    if known {
        sums_to_one(resolver, &shares, &place, "`segment_share`");
    }
    shares
}

fn provider_shares(
    resolver: &mut Resolver<'_>,
    numbers: &raw::Numbers,
    place: &Place,
    providers: &Names,
) -> Vec<f64> {
    let before = resolver.problems.len();
    for name in numbers.keys() {
        resolver.refer(name, providers);
    }
    if resolver.problems.len() > before {
        return Vec::new(); // shares without their names say nothing
    }
    let mut shares = Vec::with_capacity(providers.list.len());
    for name in &providers.list {
        let share = numbers
            .get(name.as_str())
            .map_or(0.0, |share| resolver.plain(share, Limits::CHANCE));
        if share < raw::LEAST_SHARE {
            let place = numbers
                .get(name.as_str())
                .map_or(place, |share| &share.place);
            let message =
                format!("provider `{name}` has a share of {share} here; the least is 0.001");
            resolver.wrong(place, message);
        }
        shares.push(share);
    }
    sums_to_one(resolver, &shares, place, "`provider_share`");
    shares
}

fn sums_to_one(resolver: &mut Resolver<'_>, shares: &[f64], place: &Place, what: &str) {
    let sum: f64 = shares.iter().sum();
    if (sum - 1.0).abs() > SUM_TOLERANCE {
        resolver.wrong(place, format!("{what} sums to {}, not 1", shown_sum(sum)));
    }
}
