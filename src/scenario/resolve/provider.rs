//! Providers: postures and money.

use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{JurisdictionId, Level};
use crate::scenario::raw;
use crate::scenario::resolved::{
    Finance, Instrument, Investment, Maker, Metric, Observable, Posture, Provider, Quantity,
};

pub(super) fn providers(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Provider>,
    (jurisdictions, discount_rate_per_year): (&Names, Quantity),
) -> Vec<Provider> {
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        let finance = row.finance.as_ref().map(|raw| money(resolver, raw));
        let investment = row.investment.as_ref().map(|raw| {
            let known = (finance.as_ref(), discount_rate_per_year);
            investment(resolver, (name.get_ref(), raw), known)
        });
        let provider = Provider {
            name: name.get_ref().clone(),
            title: titled(&row.title, name.get_ref()),
            parent: resolver.id(&row.parent, jurisdictions, JurisdictionId::new),
            posture: posture(resolver, row.posture.get_ref()),
            brand_trend_per_year: resolver.quantity_or(
                row.brand_trend_per_year.as_ref(),
                Limits::ANY,
                0.0,
            ),
            price_trend_per_year: resolver.quantity_or(
                row.price_trend_per_year.as_ref(),
                Limits::ANY,
                0.0,
            ),
            price_response: resolver.quantity_or(
                row.price_response.as_ref(),
                Limits::NOT_NEGATIVE,
                0.0,
            ),
            finance,
            investment,
        };
        knows_what_a_contest_is_worth(resolver, &provider, row.posture.get_ref());
        out.push(provider);
    }
    out
}

/// How a provider judges sites, for which it needs to know its margin.
fn investment(
    resolver: &mut Resolver<'_>,
    (provider, raw): (&str, &raw::Investment),
    (finance, discount_rate_per_year): (Option<&Finance>, Quantity),
) -> Investment {
    let most = raw.most_sites_under_way.as_ref();
    if finance.is_none() {
        let message = format!("what does `{provider}` earn at a site? Its money is not given");
        let help = format!("add [provider.{provider}.finance] with its `margin`");
        resolver.wrong_but(&raw.hurdle.place, message, help);
    }
    Investment {
        margin: finance.map_or(Quantity::Known(0.0), |finance| finance.margin),
        discount_rate_per_year,
        hurdle: resolver.quantity(&raw.hurdle, Limits::AT_LEAST_ONE),
        life_years: resolver.quantity(&raw.life_years, Limits::POSITIVE),
        closing_notice_months: resolver.whole(&raw.closing_notice_months, 0, 1200),
        most_sites_under_way: most.map_or(u32::MAX, |most| resolver.whole(most, 1, 64)),
    }
}

fn posture(resolver: &mut Resolver<'_>, raw: &raw::Posture) -> Posture {
    let (contest_to, by_value) = match raw.contest_to.get_ref().as_str() {
        "none" => (None, false),
        "by_value" => (Some(Level::Statute), true),
        _ => {
            let level = resolver.one_of(&raw.contest_to, "court level", Level::ALL, Level::name);
            (level, false)
        }
    };
    let mut share =
        |number: &Option<raw::Number>, limits| resolver.quantity_or(number.as_ref(), limits, 0.0);
    Posture {
        contest_to,
        by_value,
        defy: raw.defy,
        partial_compliance: raw.partial_compliance,
        narrow: share(&raw.narrow, Limits::CHANCE),
        transparency: raw.transparency,
        lobbying_usd_per_year: share(&raw.lobbying_usd_per_year, Limits::NOT_NEGATIVE),
        migration_subsidy: share(&raw.migration_subsidy, Limits::CHANCE),
    }
}

fn money(resolver: &mut Resolver<'_>, raw: &raw::Placed<raw::Finance>) -> Finance {
    let raw = raw.get_ref();
    let legal = raw.legal_usd_per_year_at.as_ref();
    let legal = legal.map(|numbers| {
        let levels = Level::ALL.map(Level::name);
        let (place, limits) = (numbers.span(), Limits::NOT_NEGATIVE);
        resolver.by_name(
            numbers.get_ref(),
            &place,
            "court level",
            levels,
            limits,
            Some(0.0),
        )
    });
    let (amount, chance) = (Limits::NOT_NEGATIVE, Limits::CHANCE);
    let worth = raw.trust_kept_years.as_ref();
    Finance {
        margin: resolver.quantity(&raw.margin, chance),
        turnover_usd_per_year: resolver.quantity(&raw.turnover_usd_per_year, amount),
        fixed_usd_per_year: resolver.quantity_or(raw.fixed_usd_per_year.as_ref(), amount, 0.0),
        legal_usd_per_year_at: legal.unwrap_or([Quantity::Known(0.0); 5]),
        enforcement_chance: resolver.quantity_or(raw.enforcement_chance.as_ref(), chance, 1.0),
        trust_kept_years: worth.map(|years| resolver.quantity(years, amount)),
        capitalisation_usd: raw
            .capitalisation_usd
            .as_ref()
            .map(|usd| resolver.quantity(usd, Limits::POSITIVE)),
    }
}

/// Who contests by value must know the value.
fn knows_what_a_contest_is_worth(
    resolver: &mut Resolver<'_>,
    provider: &Provider,
    posture: &raw::Posture,
) {
    let worth = provider
        .finance
        .and_then(|finance| finance.trust_kept_years);
    if provider.posture.by_value && worth.is_none() {
        let message = "a contest by value needs to know what it is worth";
        let table = format!("[provider.{}.finance]", provider.name);
        let help = format!("add {table} with `trust_kept_years`");
        resolver.wrong_but(&posture.contest_to.span(), message, help);
    }
}

/// Acts of a posture that would change nothing: lobbying where nobody listens, subsidies where
/// nobody prices.
pub(super) fn refuse_idle_postures(
    resolver: &mut Resolver<'_>,
    raw: &raw::Full,
    providers: &[Provider],
    (makers, instruments): (&[Maker], &[Instrument]),
) {
    let price = &raw.choice.price_weight;
    for (row, provider) in raw.provider.values().zip(providers) {
        let posture = row.get_ref().posture.get_ref();
        let listens = instruments.iter().any(|instrument| {
            instrument.lobbied.is_some()
                && makers
                    .get(instrument.by.index())
                    .is_some_and(|maker| maker.members.contains(&provider.parent))
        });
        if let Some(number) = posture.lobbying_usd_per_year.as_ref().filter(|_| !listens) {
            let message = format!("`{}` lobbies, but nothing answers to it", provider.name);
            let help = "give `lobbied_factor` to a statute or treaty of its own government";
            resolver.wrong_but(&number.place, message, help);
        }
        let unpriced = resolver.lower_end_of(price, Limits::ANY) <= 0.0;
        if let Some(number) = posture.migration_subsidy.as_ref().filter(|_| unpriced) {
            let message =
                "what a subsidy costs is counted by `choice.price_weight`, which can be 0 or less";
            let help = "give `choice.price_weight` above 0, as a lognormal if it is uncertain";
            resolver.wrong_but(&number.place, message, help);
        }
    }
}

/// Money can be asked about only where it is known.
pub(super) fn refuse_unknown_money(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Metric>,
    metrics: &[Metric],
    providers: &[Provider],
) {
    for metric in metrics.iter().filter(|metric| metric.of.is_of_money()) {
        let row = raw.get(metric.name.as_str());
        let asked = |(index, provider): &(usize, &Provider)| {
            let scope = &metric.scope;
            scope.provider.is_none_or(|only| only.index() == *index)
                && scope.parent.is_none_or(|only| provider.parent == only)
        };
        let of_worth = metric.of == Observable::ValueChange;
        let is_unknown = |provider: &Provider| {
            let finance = provider.finance;
            finance.is_none_or(|finance| of_worth && finance.capitalisation_usd.is_none())
        };
        let mut asked = providers.iter().enumerate().filter(asked);
        let unknown = asked.find(|(_, provider)| is_unknown(provider));
        if let (Some((_, provider)), Some(row)) = (unknown, row) {
            let (name, with) = (
                &provider.name,
                if of_worth {
                    " with `capitalisation_usd`"
                } else {
                    ""
                },
            );
            let what = if of_worth { "worth" } else { "money" };
            let message = format!("the {what} of `{name}` is not given");
            let help = format!(
                "add [provider.{name}.finance]{with}, or ask about a `provider` that has one"
            );
            resolver.wrong_but(&row.get_ref().of.span(), message, help);
        }
    }
}
