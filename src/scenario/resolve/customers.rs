//! How customers perceive, choose and act.

use super::limits::Limits;
use super::names::Names;
use super::resolver::Resolver;
use crate::domain::{Control, Level};
use crate::scenario::error::Problem;
use crate::scenario::raw;
use crate::scenario::resolved::{
    Adoption, Attention, Belief, Choice, Concern, Market, Network, Perception, Projects, Survey,
    Trust,
};

/// Beliefs in the order of markets, which is that of their names.
pub(super) fn beliefs(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Belief>,
    markets: &[Market],
    jurisdictions: &Names,
) -> Vec<Belief> {
    for name in raw.keys() {
        let known = resolver.refer(name, jurisdictions);
        let is_market = markets
            .iter()
            .any(|m| Some(m.jurisdiction.index()) == known);
        if known.is_some() && !is_market {
            let message = format!("[belief.{name}] is of a country without a market");
            resolver.wrong_but(&name.span(), message, "remove it, or add the market");
        }
    }
    let mut out = Vec::with_capacity(markets.len());
    for market in markets {
        let Some(name) = jurisdictions.list.get(market.jurisdiction.index()) else {
            continue;
        };
        let Some(row) = raw.get(name.as_str()) else {
            resolver.problems.push(Problem {
                message: format!("the scenario has no table [belief.{name}], but a market there"),
                place: None,
                help: Some("add it, or inherit it with `extends`".to_owned()),
            });
            continue;
        };
        let place = row.span();
        let row = row.get_ref();
        let chance = Limits::CHANCE;
        out.push(Belief {
            jurisdiction: market.jurisdiction,
            location_protects: resolver.quantity(&row.location_protects, chance),
            concern: resolver.by_thing(&row.concern, &place, jurisdictions, chance, Some(0.0)),
            distance: resolver.by_thing(
                &row.distance,
                &place,
                jurisdictions,
                Limits::NOT_NEGATIVE,
                Some(0.0),
            ),
        });
    }
    out
}

pub(super) fn choice(resolver: &mut Resolver<'_>, raw: &raw::Choice) -> Choice {
    refuse_runaway_feedback(resolver, raw);
    let mut any = |number| resolver.quantity(number, Limits::ANY);
    let exposure_weight = any(&raw.exposure_weight);
    let trust_weight = any(&raw.trust_weight);
    let home_weight = any(&raw.home_weight);
    let latency_weight = any(&raw.latency_weight);
    let price_weight = any(&raw.price_weight);
    Choice {
        exposure_weight,
        trust_weight,
        home_weight,
        latency_weight,
        price_weight,
        nest_scale: resolver.quantity(&raw.nest_scale, Limits::NEST),
        scale_weight: resolver.quantity(&raw.scale_weight, Limits::NOT_NEGATIVE),
        peer_weight: resolver.quantity(&raw.peer_weight, Limits::NOT_NEGATIVE),
        class_log_sd: resolver.quantity(&raw.class_log_sd, Limits::NOT_NEGATIVE),
        classes: resolver.whole(&raw.classes, 1, 16),
        region_move_cost: resolver.quantity(&raw.region_move_cost, Limits::NOT_NEGATIVE),
        new_provider_cost: resolver.quantity(&raw.new_provider_cost, Limits::NOT_NEGATIVE),
        base_switching_per_year: resolver
            .quantity(&raw.base_switching_per_year, Limits::OPEN_CHANCE),
        switching_cost_log_sd: resolver.quantity(&raw.switching_cost_log_sd, Limits::NOT_NEGATIVE),
        move_months: resolver.whole(&raw.move_months, 0, 120),
    }
}

/// Popularity that attracts more than it took to gain runs away: the two weights together
/// must stay below 1 in every draw (Brock & Durlauf 2001 on multiple equilibria).
fn refuse_runaway_feedback(resolver: &mut Resolver<'_>, raw: &raw::Choice) {
    let scale = resolver.upper_end_of(&raw.scale_weight, Limits::NOT_NEGATIVE);
    let peer = resolver.upper_end_of(&raw.peer_weight, Limits::NOT_NEGATIVE);
    let slope = scale + peer;
    if slope >= 1.0 {
        let place = if scale >= peer {
            &raw.scale_weight.place
        } else {
            &raw.peer_weight.place
        };
        let message = if slope.is_finite() {
            format!(
                "`scale_weight` and `peer_weight` can reach {slope} together, so that shares run away"
            )
        } else {
            "`scale_weight` and `peer_weight` are unbounded, so that shares can run away".to_owned()
        };
        resolver.wrong_but(place, message, "their upper ends must sum to less than 1");
    }
}

pub(super) fn projects(resolver: &mut Resolver<'_>, raw: &raw::Projects) -> Projects {
    Projects {
        interval_months: resolver.whole(&raw.interval_months, 1, 600),
        share_of_on_premises: resolver.quantity(&raw.share_of_on_premises, Limits::CHANCE),
        take_up: resolver.quantity(&raw.take_up, Limits::OPEN_CHANCE),
        pending_penalty: resolver.quantity(&raw.pending_penalty, Limits::NOT_NEGATIVE),
        price_elasticity: resolver.quantity(&raw.price_elasticity, Limits::NOT_POSITIVE),
    }
}

pub(super) fn adoption(resolver: &mut Resolver<'_>, raw: &raw::Adoption) -> Adoption {
    Adoption {
        innovation_per_year: resolver.quantity(&raw.innovation_per_year, Limits::NOT_NEGATIVE),
        imitation_per_year: resolver.quantity(&raw.imitation_per_year, Limits::NOT_NEGATIVE),
    }
}

pub(super) fn attention(resolver: &mut Resolver<'_>, raw: &raw::Attention) -> Attention {
    Attention {
        contract_months: resolver.whole(&raw.contract_months, 1, 600),
        base_hazard: resolver.quantity(&raw.base_hazard, Limits::NOT_NEGATIVE),
        fall_hazard: resolver.quantity(&raw.fall_hazard, Limits::NOT_NEGATIVE),
        home_region_hazard: resolver.quantity(&raw.home_region_hazard, Limits::NOT_NEGATIVE),
        home_region_months: resolver.whole(&raw.home_region_months, 0, 600),
    }
}

pub(super) fn trust(resolver: &mut Resolver<'_>, raw: &raw::Trust) -> Trust {
    Trust {
        good_prior: resolver.quantity(&raw.good_prior, Limits::POSITIVE),
        bad_prior: resolver.quantity(&raw.bad_prior, Limits::POSITIVE),
        good_half_life_months: resolver.quantity(&raw.good_half_life_months, Limits::POSITIVE),
        bad_half_life_months: resolver.quantity(&raw.bad_half_life_months, Limits::POSITIVE),
        bad_weight: resolver.quantity(&raw.bad_weight, Limits::NOT_NEGATIVE),
        spill_over: resolver.quantity(&raw.spill_over, Limits::CHANCE),
        contest_credit: resolver.quantity(&raw.contest_credit, Limits::CHANCE),
        contest: resolver.quantity(&raw.contest, Limits::NOT_NEGATIVE),
        defiance: resolver.quantity(&raw.defiance, Limits::NOT_NEGATIVE),
        yielding: resolver.quantity(&raw.yielding, Limits::NOT_NEGATIVE),
        disclosure: resolver.quantity(&raw.disclosure, Limits::NOT_NEGATIVE),
        report: resolver.quantity_or(raw.report.as_ref(), Limits::NOT_NEGATIVE, 0.0),
        home_factor: resolver.quantity(&raw.home_factor, Limits::NOT_NEGATIVE),
    }
}

pub(super) fn concern(resolver: &mut Resolver<'_>, raw: &raw::Concern) -> Concern {
    Concern {
        half_life_months: resolver.quantity(&raw.half_life_months, Limits::POSITIVE),
    }
}

pub(super) fn perception(
    resolver: &mut Resolver<'_>,
    raw: &raw::Perception,
    publics: &Names,
) -> Perception {
    Perception {
        half_life_months: resolver.quantity(&raw.half_life_months, Limits::POSITIVE),
        public_reading: resolver.by_name(
            raw.public_reading.get_ref(),
            &raw.public_reading.span(),
            "control structure",
            Control::ALL.map(Control::name),
            Limits::OPEN_CHANCE,
            None,
        ),
        jump: resolver.by_name(
            raw.jump.get_ref(),
            &raw.jump.span(),
            "court level",
            Level::ALL.map(Level::name),
            Limits::NOT_NEGATIVE,
            Some(0.0),
        ),
        media: resolver.by_thing(
            raw.media.get_ref(),
            &raw.media.span(),
            publics,
            Limits::NOT_NEGATIVE,
            None,
        ),
        location_erosion: resolver.quantity(&raw.location_erosion, Limits::CHANCE),
        location_restored: resolver.quantity(&raw.location_restored, Limits::CHANCE),
        near_in_bloc: resolver.quantity(&raw.near_in_bloc, Limits::CHANCE),
    }
}

pub(super) fn network(resolver: &mut Resolver<'_>, raw: &raw::Network) -> Network {
    Network {
        mean_degree: resolver.plain(&raw.mean_degree, Limits::DEGREE),
        same_jurisdiction: resolver.plain(&raw.same_jurisdiction, Limits::NOT_NEGATIVE),
        same_segment: resolver.plain(&raw.same_segment, Limits::NOT_NEGATIVE),
    }
}

pub(super) fn survey(resolver: &mut Resolver<'_>, raw: &raw::Survey) -> Survey {
    Survey {
        threshold: resolver.quantity(&raw.threshold, Limits::NOT_NEGATIVE),
        noise: resolver.quantity(&raw.noise, Limits::NOT_NEGATIVE),
        lapse: resolver.quantity(&raw.lapse, Limits::CHANCE),
    }
}
