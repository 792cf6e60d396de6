//! Named customers: their group in the market, their workloads, how each leaves.

use super::exit;
use super::full::AllNames;
use super::head::{Head, currency_code};
use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{Control, Date, JurisdictionId, OfferingId, Segment};
use crate::scenario::raw;
use crate::scenario::resolved::{Group, Market, NamedCustomer, Offering, Region, Workload};

/// What named customers refer to.
pub(super) struct World<'a> {
    pub names: &'a AllNames,
    pub region_names: Names,
    pub regions: &'a [Region],
    pub offerings: &'a [Offering],
    pub markets: &'a [Market],
    pub groups: &'a [Group],
    pub raw_markets: &'a raw::Named<raw::Market>,
    pub head: &'a Head,
    pub end: Date,
    /// Whether options lie over it: what counts for nothing in one may count in another.
    pub has_options: bool,
}

pub(super) fn customers(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::NamedCustomer>,
    world: &World<'_>,
) -> Vec<NamedCustomer> {
    let mut out: Vec<NamedCustomer> = Vec::with_capacity(raw.len());
    for (name, placed) in raw {
        refuse_taken(resolver, name, world.names);
        let row = placed.get_ref();
        if row.workload.is_empty() {
            let message = format!("customer `{name}` has no workload");
            let help = format!("add [customer.{name}.workload.NAME]");
            resolver.wrong_but(&placed.span(), message, help);
        }
        let currency = match &row.currency {
            Some(text) => currency_code(resolver, text),
            None => world.head.currency.clone(),
        };
        let rate = exchange_rate(resolver, name, placed, &currency, world.head);
        let (jurisdiction, group) = group(resolver, row, world);
        if let (Some(rate), Some(group)) = (rate, group) {
            refuse_large(resolver, placed, rate, &world.groups[group], world);
        }
        let mut workloads = Vec::with_capacity(row.workload.len());
        for (workload, placed) in &row.workload {
            let path = format!("customer.{name}.workload.{workload}");
            workloads.extend(self::workload(resolver, workload, &path, placed, world));
        }
        out.push(NamedCustomer {
            name: name.get_ref().clone(),
            title: titled(&row.title, name.get_ref()),
            jurisdiction,
            group: group.unwrap_or(0),
            currency_unit: currency.to_ascii_lowercase(),
            currency,
            tolerance: resolver.quantity(&row.tolerance, Limits::CHANCE),
            workloads,
        });
    }
    out
}

/// `[decision] who` names a customer, a provider or a country, and columns are named by
/// customers in small letters with `_`, so these must be told apart.
fn refuse_taken(resolver: &mut Resolver<'_>, name: &raw::Text, names: &AllNames) {
    let taken = [&names.providers, &names.jurisdictions];
    let taken = taken
        .iter()
        .find(|of| of.position(name.get_ref()).is_some());
    if let Some(of) = taken {
        let message = format!("`{name}` is a customer and a {}", of.kind);
        let help = "one who decides is named by either, so name them apart";
        resolver.wrong_but(&name.span(), message, help);
    }
    let column = |name: &str| name.to_ascii_lowercase().replace(['-', '.'], "_");
    let mut others = names.customers.list.iter();
    let alike = others.find(|other| column(other) == column(name.get_ref()));
    if let Some(first) = alike.filter(|first| *first != name.get_ref()) {
        let message = format!("customers `{first}` and `{name}` would share their columns");
        resolver.wrong_but(
            &name.span(),
            message,
            "let them differ in letters or digits",
        );
    }
}

/// Units of the scenario's currency that one of the customer's buys; `None` where that is
/// wrong.
fn exchange_rate(
    resolver: &mut Resolver<'_>,
    name: &raw::Text,
    placed: &raw::Placed<raw::NamedCustomer>,
    currency: &str,
    head: &Head,
) -> Option<f64> {
    let same = currency == head.currency;
    let others = &head.currency;
    match &placed.get_ref().exchange_rate {
        None if same => Some(1.0),
        None => {
            let message = format!("`{name}` counts in {currency}, and the scenario in {others}");
            let help = format!("add `exchange_rate = …`: how many {others} one {currency} buys");
            resolver.wrong_but(&placed.span(), message, help);
            None
        }
        Some(number) => {
            let before = resolver.problems.len();
            let rate = resolver.plain(number, Limits::POSITIVE);
            if same {
                let message = format!("an exchange rate, but `{name}` too counts in {currency}");
                resolver.wrong_but(&number.place, message, "leave it out, or set `currency`");
            }
            (resolver.problems.len() == before).then_some(rate)
        }
    }
}

/// The customer's country, and the position of its group in the market.
fn group(
    resolver: &mut Resolver<'_>,
    row: &raw::NamedCustomer,
    world: &World<'_>,
) -> (JurisdictionId, Option<usize>) {
    let country = resolver.refer(&row.jurisdiction, &world.names.jurisdictions);
    let segment = resolver.one_of(&row.segment, "segment", Segment::ALL, Segment::name);
    let id = JurisdictionId::new(country.unwrap_or(0));
    let (Some(_), Some(segment)) = (country, segment) else {
        return (id, None);
    };
    let name = row.jurisdiction.get_ref();
    if !world.markets.iter().any(|market| market.jurisdiction == id) {
        let message = format!("there is no [market.{name}], so nobody whose beliefs to share");
        let list = world.raw_markets.keys().map(|market| format!("`{market}`"));
        let help = format!("there is {}", list.collect::<Vec<_>>().join(", "));
        resolver.wrong_but(&row.jurisdiction.span(), message, help);
        return (id, None);
    }
    let mut groups = world.groups.iter();
    let found = groups.position(|group| group.jurisdiction == id && group.segment == segment);
    if found.is_none() {
        let message = format!("nobody of `{}` buys in [market.{name}]", segment.name());
        let help = "take a segment to which its `segment_share` gives a part";
        resolver.wrong_but(&row.segment.span(), message, help);
    }
    (id, found)
}

/// A named customer does not move the market, so it must be small beside it: it cannot
/// spend more than all the customers of its group.
fn refuse_large(
    resolver: &mut Resolver<'_>,
    placed: &raw::Placed<raw::NamedCustomer>,
    rate: f64,
    group: &Group,
    world: &World<'_>,
) {
    let workloads = placed.get_ref().workload.values();
    let spend: f64 = workloads
        .map(|workload| resolver.mean_of(&workload.get_ref().spend_per_year, Limits::NOT_NEGATIVE))
        .sum();
    let country = &world.names.jurisdictions.list[group.jurisdiction.index()];
    let Some(market) = world.raw_markets.get(country.as_str()) else {
        return;
    };
    let share = world.markets[group.market].segment_share[group.segment.index()];
    let all = resolver.mean_of(&market.get_ref().spend_musd_per_year, Limits::POSITIVE) * share;
    if spend * rate > all * 1e6 {
        let (head, segment) = (&world.head.currency, group.segment.name());
        let message = format!(
            "its workloads cost {head} {:.1} m a year, and all of `{segment}` in \
             [market.{country}] spend {all:.1} m",
            spend * rate / 1e6
        );
        let help = "a named customer does not move the market, so it must be small beside it; \
                    amounts are in units of its currency, not in thousands or millions";
        resolver.wrong_but(&placed.span(), message, help);
    }
}

fn workload(
    resolver: &mut Resolver<'_>,
    name: &raw::Text,
    path: &str,
    placed: &raw::Placed<raw::Workload>,
    world: &World<'_>,
) -> Option<Workload> {
    let row = placed.get_ref();
    let offering = offering(resolver, &row.region, row.custody.as_ref(), world);
    let region = offering.map(|at| &world.regions[world.offerings[at.index()].region.index()]);
    if let Some(region) = region {
        let start = world.head.start;
        let opens_late = region.opens.filter(|&opens| opens > start);
        let closed = region.closes.filter(|&closes| closes <= start);
        if region.build.is_some() {
            let message = format!("`{}` is not built at the start", row.region);
            resolver.wrong_but(&row.region.span(), message, "give one that is open then");
        } else if let Some(day) = opens_late.or(closed) {
            let does = if opens_late.is_some() {
                "opens"
            } else {
                "closed"
            };
            let message = format!(
                "`{}` {does} on {day}, and is not open at the start",
                row.region
            );
            resolver.wrong_but(&row.region.span(), message, "give one that is open then");
        }
    }
    let spend_per_year = resolver.quantity(&row.spend_per_year, Limits::NOT_NEGATIVE);
    let growth = row.growth_per_year.as_ref();
    let growth_per_year = resolver.quantity_or(growth, Limits::RATE, 0.0);
    let contract_ends = row.contract_ends.as_ref().and_then(|day| {
        let ends = resolver.date(day)?;
        if ends < world.head.start {
            let message = format!("the contract ends before the start, {}", world.head.start);
            resolver.wrong_but(&day.place, message, "leave it out");
        }
        Some(ends)
    });
    let leave = exit::leave(resolver, path, placed, contract_ends, world);
    let exit = exit::plan(resolver, path, placed, offering, leave, world);
    let exit_by = row
        .exit_by
        .as_ref()
        .and_then(|day| exit::within(resolver, day, world));
    Some(Workload {
        name: name.get_ref().clone(),
        title: titled(&row.title, name.get_ref()),
        offering: offering?,
        spend_per_year,
        growth_per_year,
        contract_ends,
        leave,
        exit,
        exit_by,
    })
}

/// The offering of a region under a custody; the region's first where none is said.
pub(super) fn offering(
    resolver: &mut Resolver<'_>,
    region: &raw::Text,
    custody: Option<&raw::Text>,
    world: &World<'_>,
) -> Option<OfferingId> {
    let at = resolver.refer(region, &world.region_names)?;
    let offered = world.offerings.iter().enumerate();
    let mut offered = offered.filter(|(_, offering)| offering.region.index() == at);
    let Some(custody) = custody else {
        return offered.next().map(|(o, _)| OfferingId::new(o));
    };
    let wanted = match custody.get_ref().as_str() {
        "provider" => false,
        "customer" => true,
        other => {
            let message = format!("there is no custody `{other}`");
            resolver.wrong_but(&custody.span(), message, "it is `provider` or `customer`");
            return None;
        }
    };
    let found = offered.find(|(_, o)| (o.control == Control::CustomerKeys) == wanted);
    if found.is_none() {
        let other = if wanted { "provider" } else { "customer" };
        let message = format!("in `{region}` the {custody} cannot hold the keys");
        let help = format!("write `{other}`, or add to the region's `custody`");
        resolver.wrong_but(&custody.span(), message, help);
    }
    found.map(|(o, _)| OfferingId::new(o))
}
