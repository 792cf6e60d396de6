//! The stripped market.

use super::limits::Limits;
use super::resolver::Resolver;
use crate::scenario::raw;
use crate::scenario::resolved::MarketBenchmark;

/// Each offset is two neighbours, and a customer can have 31.
const MOST_OFFSETS: usize = 15;

pub(super) fn benchmark(
    resolver: &mut Resolver<'_>,
    raw: &raw::MarketBenchmark,
) -> MarketBenchmark {
    let mut neighbour_offsets = Vec::with_capacity(raw.neighbour_offsets.len());
    for offset in raw.neighbour_offsets.iter().take(MOST_OFFSETS) {
        neighbour_offsets.push(resolver.whole(offset, 1, 1_000_000));
    }
    if let Some(offset) = raw.neighbour_offsets.get(MOST_OFFSETS) {
        resolver.wrong(&offset.span(), "more than 15 neighbour offsets");
    }
    MarketBenchmark {
        groups: resolver.whole(&raw.groups, 1, 256),
        providers: resolver.whole(&raw.providers, 1, 16),
        offerings: resolver.whole(&raw.offerings, 1, 64),
        reconsider_chance: resolver.plain(&raw.reconsider_chance, Limits::CHANCE),
        trust_prior: resolver.plain(&raw.trust_prior, Limits::POSITIVE),
        trust_half_life_months: resolver.plain(&raw.trust_half_life_months, Limits::POSITIVE),
        bad_weight: resolver.plain(&raw.bad_weight, Limits::NOT_NEGATIVE),
        trust_weight: resolver.plain(&raw.trust_weight, Limits::ANY),
        peer_weight: resolver.plain(&raw.peer_weight, Limits::ANY),
        switching_cost_median: resolver.plain(&raw.switching_cost_median, Limits::POSITIVE),
        switching_cost_log_sd: resolver.plain(&raw.switching_cost_log_sd, Limits::NOT_NEGATIVE),
        neighbour_offsets,
    }
}
