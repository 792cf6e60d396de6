//! What a template needs of the scenario that is extended: its names, its dates, and an
//! example that fits its world. Every text is TOML already, so that no name of another's can
//! break the file.

mod home;
mod words;

use comity::domain::{Date, JurisdictionId};
use comity::scenario::resolved::{Actor, CaseSpec, FullModel, Model, Scenario};
use serde::Serialize;
use toml::Value;

use home::{home, offers_both_custodies, open_regions};
use words::{in_capitals, key, month, plain, text};

use super::place::{Parent, Place};
use crate::cli::failure::Failure;
use comity::report::typed::quoted;

/// USD for one EUR in the example of a firm in the European Union. Assumed: near the mean of
/// many years; it only serves to see that the firm is small, and its owner fills it in.
const USD_FOR_ONE_EUR: &str = "1.2";

/// What every template needs.
#[derive(Debug, Serialize)]
pub struct Common {
    /// The new file, as a command takes it.
    file: String,
    /// Its name as columns begin.
    slug: String,
    title: String,
    title_of_trust: String,
    extends: String,
    baseline: Option<String>,
    /// A day soon after the start, by which one decides.
    by: String,
    /// A day within the first months.
    early: String,
    /// A day in the middle.
    middle: String,
    /// The metrics that head the page of the scenario that is extended.
    headlines: Vec<String>,
    /// The first case, if there is one.
    case: Option<String>,
}

/// A firm with data abroad.
#[derive(Debug, Serialize)]
pub struct CustomerFacts {
    #[serde(flatten)]
    common: Common,
    name: String,
    title_plain: String,
    title_short: String,
    title_of_cost: String,
    title_of_exposure: String,
    title_of_late: String,
    country: String,
    countries: String,
    segment: String,
    segments: String,
    currency: String,
    exchange_rate: Option<&'static str>,
    region: String,
    second_region: String,
    regions: String,
    exit_to: String,
    on_premises: bool,
    keys: bool,
    contract_ends: String,
    exit_by: String,
}

/// A provider that is ordered to produce.
#[derive(Debug, Serialize)]
pub struct ProviderFacts {
    #[serde(flatten)]
    common: Common,
    provider: String,
    provider_text: String,
    provider_plain: String,
    provider_path: String,
    title_of_revenue: String,
    parent: String,
    contest_to: String,
    defy: String,
    partial_compliance: String,
}

/// A government that orders.
#[derive(Debug, Serialize)]
pub struct GovernmentFacts {
    #[serde(flatten)]
    common: Common,
    country: String,
    country_key: String,
    country_plain: String,
    title_of_share: String,
    reach: String,
    statute_chance_asserts: String,
    forum_choice: String,
    note: String,
    source_paths: SourcePaths,
    /// Providers of whom it demands, as keys.
    demands: Vec<String>,
    statute: String,
}

/// The paths of a law of reach, as keys of `[sources]`.
#[derive(Debug, Serialize)]
pub struct SourcePaths {
    reach: String,
    statute_chance_asserts: String,
    forum_choice: String,
}

/// An example of a firm, abroad and under foreign control, in the largest market that fits.
pub fn customer(
    place: &Place,
    parent: &Parent,
    base: &Scenario,
    model: &FullModel,
) -> Result<CustomerFacts, Failure> {
    let case = model.cases.iter().find(|case| case.order().is_some());
    let home = home(base, model, case).ok_or_else(|| {
        Failure::input(format!(
            "in `{}` no customer can have data under foreign control, as no region is open at \
             the start; take another scenario with --from",
            base.name
        ))
    })?;
    let (country, [first, second]) = (home.country, home.regions);
    let bloc = model.jurisdictions[country.index()].bloc;
    let in_euro =
        base.currency == "USD" && bloc.is_some_and(|bloc| model.blocs[bloc.index()].name == "EU");
    let open = open_regions(base, model).filter(|region| region.provider == first.provider);
    let open: Vec<&str> = open.map(|region| region.name.as_str()).collect();
    let groups = model.groups.iter().filter(|of| of.jurisdiction == country);
    let segments: Vec<&str> = groups.map(|group| group.segment.name()).collect();
    let segment = ["regulated", "enterprise"];
    let segment = segment.into_iter().find(|name| segments.contains(name));
    let segment = segment.or(segments.first().copied()).unwrap_or("regulated");
    let markets = model.markets.iter().map(|of| of.jurisdiction);
    let countries: Vec<&str> = markets.map(|of| name_of(model, of)).collect();
    let title = in_capitals(&place.name);
    let (early, exit_by) = (early(base), later(base, 36, 1));
    Ok(CustomerFacts {
        common: common(place, parent, base, &title, &title),
        title_plain: title.clone(),
        title_short: text(&title),
        title_of_cost: text(&format!("what {title} pays")),
        title_of_exposure: text(&format!("exposure of {title}, {}", month(early))),
        name: place.name.clone(),
        country: text(name_of(model, country)),
        countries: plain(&countries.join(", ")),
        segment: text(segment),
        segments: segments.join(", "),
        currency: base.currency.clone(),
        exchange_rate: in_euro.then_some(USD_FOR_ONE_EUR),
        region: text(&first.name),
        second_region: text(&second.name),
        regions: plain(&format!("{}; or another provider's", open.join(", "))),
        exit_to: text(home.exit_to.map_or("on_premises", |to| &to.name)),
        on_premises: home.exit_to.is_none(),
        keys: offers_both_custodies(model, first),
        contract_ends: later(base, 24, 2).to_string(),
        title_of_late: text(&format!("core systems not out by {}", month(exit_by))),
        exit_by: exit_by.to_string(),
    })
}

/// The provider that decides, else that of the first case, else the first.
pub fn provider(
    place: &Place,
    parent: &Parent,
    base: &Scenario,
    model: &FullModel,
) -> Result<ProviderFacts, Failure> {
    let decides = match base.decision.as_ref().map(|decision| decision.who) {
        Some(Actor::Provider(provider)) => Some(provider.index()),
        _ => None,
    };
    let ordered = model.cases.iter().find_map(CaseSpec::provider);
    let ordered = ordered.map(|provider| provider.index());
    let provider = decides.or(ordered).unwrap_or(0);
    let provider = model
        .providers
        .get(provider)
        .ok_or_else(|| Failure::input(format!("`{}` has no [provider.NAME]", base.name)))?;
    let title = plain(&provider.title);
    let contest_to = provider.posture.contest_to;
    Ok(ProviderFacts {
        common: common(place, parent, base, &in_capitals(&place.name), &title),
        provider: key(&provider.name),
        provider_text: text(&provider.name),
        provider_path: text(&format!(
            "provider.{}.brand_trend_per_year",
            key(&provider.name)
        )),
        provider_plain: title.clone(),
        title_of_revenue: text(&format!("{title}'s revenue, {}", month(later(base, 60, 2)))),
        parent: text(name_of(model, provider.parent)),
        contest_to: text(contest_to.map_or("none", |level| level.name())),
        defy: provider.posture.defy.to_string(),
        partial_compliance: provider.posture.partial_compliance.to_string(),
    })
}

/// The government that decides, else the one of the first case; it has a law of reach.
pub fn government(
    place: &Place,
    parent: &Parent,
    base: &Scenario,
    model: &FullModel,
) -> Result<GovernmentFacts, Failure> {
    let country = with_a_law(base, model)?;
    let name = name_of(model, country);
    let title = plain(&model.jurisdictions[country.index()].title);
    let law = |field: &str| {
        let frozen: toml::Table = base.frozen.parse().unwrap_or_default();
        let row = frozen.get("doctrine").and_then(|laws| laws.get(name));
        let value = row.and_then(|row| row.get(field)).map(Value::to_string);
        value.unwrap_or_else(|| "0".to_owned())
    };
    let path = |field: &str| text(&format!("doctrine.{}.{field}", key(name)));
    let demands = model.demands.iter().filter(|of| of.asserting == country);
    let demands = demands.map(|of| key(&model.providers[of.provider.index()].name));
    Ok(GovernmentFacts {
        common: common(
            place,
            parent,
            base,
            &in_capitals(&place.name),
            &format!("providers of {title}"),
        ),
        country: text(name),
        country_key: key(name),
        title_of_share: text(&format!(
            "share abroad of providers of {title}, {}",
            month(later(base, 60, 2))
        )),
        country_plain: title,
        reach: law("reach"),
        statute_chance_asserts: law("statute_chance_asserts"),
        forum_choice: law("forum_choice"),
        note: text(&format!(
            "assumed: as in {} until you fill in",
            plain(&base.name)
        )),
        source_paths: SourcePaths {
            reach: path("reach"),
            statute_chance_asserts: path("statute_chance_asserts"),
            forum_choice: path("forum_choice"),
        },
        demands: demands.collect(),
        statute: later(base, 24, 2).to_string(),
    })
}

/// The country that decides, else the one of the first case, else the first, if it has a law
/// of reach.
fn with_a_law(base: &Scenario, model: &FullModel) -> Result<JurisdictionId, Failure> {
    let decides = match base.decision.as_ref().map(|decision| decision.who) {
        Some(Actor::Government(country)) => Some(country),
        _ => None,
    };
    let asserting = model.cases.iter().find_map(CaseSpec::asserting);
    let laws = || model.doctrines.iter().map(|doctrine| doctrine.jurisdiction);
    let mut wanted = decides.into_iter().chain(asserting).chain(laws());
    let country = wanted.find(|&country| laws().any(|law| law == country));
    country.ok_or_else(|| {
        Failure::input(format!(
            "`{}` has no [doctrine.NAME], the law by which a government reaches for data; take \
             another scenario with --from",
            base.name
        ))
    })
}

fn common(place: &Place, parent: &Parent, base: &Scenario, title: &str, trusted: &str) -> Common {
    let mut headlines: Vec<_> = base
        .metrics
        .iter()
        .filter(|of| of.headline.is_some())
        .collect();
    headlines.sort_by_key(|of| of.headline);
    let case = match &base.model {
        Model::Full(model) => model.cases.first(),
        Model::MarketBenchmark(_) => None,
    };
    let early = early(base);
    Common {
        file: quoted(&place.path.display().to_string()),
        slug: place.name.to_ascii_lowercase().replace('-', "_"),
        title: text(&format!("{title}: {}", plain(&base.title))),
        title_of_trust: text(&format!(
            "trust abroad in {trusted}, {} (0-100)",
            month(early)
        )),
        extends: text(&parent.extends),
        baseline: parent.baseline.as_deref().map(text),
        by: later(base, 1, 2).to_string(),
        early: early.to_string(),
        middle: later(base, 60, 2).to_string(),
        headlines: headlines.into_iter().map(|of| of.name.clone()).collect(),
        case: case.map(|case| text(&case.name)),
    }
}

fn name_of(model: &FullModel, country: JurisdictionId) -> &str {
    &model.jurisdictions[country.index()].name
}

/// So many months after the start, but at most one `part`-th of the horizon, and before its
/// end.
fn later(base: &Scenario, months: u32, part: u32) -> Date {
    let most = (base.horizon_months / part).min(base.horizon_months.saturating_sub(1));
    let months = months.min(most);
    base.start.plus_months(i32::try_from(months).unwrap_or(0))
}

/// A day some months in, when the news is still fresh.
fn early(base: &Scenario) -> Date {
    later(base, 5, 2)
}
