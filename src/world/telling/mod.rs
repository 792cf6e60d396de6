//! Events in words: who, to whom, where, how much, and a sentence that needs no jargon.

mod chronicle;
mod court;
mod customer;
mod loss;
mod milestone;
mod policy;

use crate::domain::{
    Conduct, Control, Ending, Event, EventKind, JurisdictionId, ProviderId, RegionId, SiteAct,
    SiteReason, WorkloadId,
};
use crate::scenario::resolved::{ForceKind, FullModel, Observable};

pub use chronicle::tell_entry;
pub use court::how_ended;
pub use loss::{LossWords, USD, loss};
pub use milestone::{Milestone, milestone};

/// An event as a row of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Told<'m> {
    /// Who acts, by its name in the scenario.
    pub actor: Option<String>,
    /// Upon what.
    pub target: Option<String>,
    /// Where it counts.
    pub jurisdiction: Option<String>,
    /// How much there was before, NaN where that is nothing or not known.
    pub before: f64,
    /// How much, NaN where there is nothing to count.
    pub value: f64,
    /// The unit of `before` and `value`.
    pub unit: Option<&'m str>,
    /// In a sentence.
    pub text: String,
}

impl Default for Told<'_> {
    fn default() -> Self {
        Self {
            actor: None,
            target: None,
            jurisdiction: None,
            before: f64::NAN,
            value: f64::NAN,
            unit: None,
            text: String::new(),
        }
    }
}

/// Units of events; those of a chronicle are its observables' besides.
const UNITS: [&str; 5] = [USD, "probability", "severity", "0 to 1", PRICE_UNIT];

/// The unit of list prices.
const PRICE_UNIT: &str = "percent of the start";
/// The kind of an account of a list price.
const LIST_PRICE: &str = "list_price";

/// Every kind of event, by name; those of a chronicle are its observables besides.
const KINDS: [&str; 27] = [
    "policy_proposed",
    "policy_in_force",
    "policy_ended",
    "leak",
    "case_filed",
    "ruling",
    "step",
    "appeal",
    "no_appeal",
    "stay",
    "contempt",
    "partial_compliance",
    "fine_paid",
    "case_ended",
    "statute",
    "treaty",
    "reach_in_law",
    "conduct",
    "site_decided",
    "region_opened",
    "region_closed",
    "exit_decided",
    "exit_finished",
    "perceived_reach",
    "location_protects",
    "concern",
    LIST_PRICE,
];

/// The target of a base that moves back on premises.
const ON_PREMISES: &str = "on_premises";

/// Every word that rows about a model can use.
#[must_use]
pub fn words(model: &FullModel) -> Vec<String> {
    let fixed = KINDS.iter().chain(&UNITS).chain(&[ON_PREMISES]);
    let fixed = fixed.map(|&word| word.to_owned());
    let observed = Observable::ALL.map(|of| [of.name().to_owned(), of.unit().to_owned()]);
    let endings = Ending::ALL.map(|ending| ending.name().to_owned());
    let controls = Control::ALL.map(|control| control.name().to_owned());
    let jurisdictions = model.jurisdictions.iter().map(|j| j.name.clone());
    let parents = model.jurisdictions.iter().map(|j| parent_name(&j.name));
    let blocs = model.blocs.iter().map(|bloc| bloc.name.clone());
    let providers = model.providers.iter().map(|p| p.name.clone());
    let regions = model.regions.iter().map(|r| r.name.clone());
    let cases = model.cases.iter().map(|c| c.name.clone());
    let makers = model.makers.iter().map(|m| m.name.clone());
    let instruments = model.instruments.iter().map(|i| i.name.clone());
    let courts = model.courts.iter().map(|c| c.name.clone());
    let customers = model.customers.iter().flat_map(|customer| {
        let workloads = (0..customer.workloads.len()).map(WorkloadId::new);
        let workloads = workloads.map(|workload| customer.workload_name(workload));
        [customer.name.clone(), customer.currency_unit.clone()]
            .into_iter()
            .chain(workloads)
    });
    fixed
        .chain(milestone::words())
        .chain(loss::words())
        .chain(observed.into_iter().flatten())
        .chain(endings)
        .chain(controls)
        .chain(jurisdictions)
        .chain(parents)
        .chain(blocs)
        .chain(providers)
        .chain(regions)
        .chain(cases)
        .chain(courts)
        .chain(makers)
        .chain(instruments)
        .chain(customers)
        .collect()
}

/// The name of all providers of one parent country, as in `series.parquet`.
fn parent_name(jurisdiction: &str) -> String {
    format!("parent:{jurisdiction}")
}

/// An event in words, with amounts in the scenario's currency.
#[must_use]
pub fn tell<'m>(event: &Event, model: &'m FullModel, currency: &'m str) -> Told<'m> {
    let words = Words { model, currency };
    match event.kind {
        EventKind::Leak { by, severity } => Told {
            value: severity,
            unit: Some("severity"),
            ..words.of_state(by, None, words.leak(event, by))
        },
        EventKind::Statute { by, asserts } => {
            let does = if asserts { "asserts" } else { "renounces" };
            let text = format!(
                "A statute of {} comes into force: it {does} reach over data abroad",
                words.country(by)
            );
            words.of_state(by, None, text)
        }
        EventKind::Treaty { by } => {
            let text = format!(
                "An agreement with {} on data abroad comes into force",
                words.country(by)
            );
            words.of_state(by, None, text)
        }
        EventKind::ReachInLaw {
            by,
            control,
            before,
            reach,
        } => Told {
            before,
            value: reach,
            unit: Some("probability"),
            ..words.of_state(
                by,
                Some(control.name()),
                format!(
                    "In law, the chance that {} can compel data abroad {} {}",
                    words.country(by),
                    held(control),
                    moves(100.0 * before, 100.0 * reach, " %")
                ),
            )
        },
        EventKind::PolicyProposed { instrument } => words.policy_proposed(instrument),
        EventKind::PolicyInForce { instrument } => words.policy_in_force(instrument, event.date),
        EventKind::PolicyEnded {
            instrument,
            struck_down,
        } => words.policy_ended(instrument, struck_down),
        EventKind::Conduct { provider, conduct } => words.conduct(provider, conduct),
        EventKind::SiteDecided {
            region,
            act,
            npv_usd,
            why,
            ..
        } => words.site(region, act, npv_usd, why),
        EventKind::RegionOpened { region } => words.region(region, "opens"),
        EventKind::RegionClosed { region } => words.region(region, "closes"),
        EventKind::ExitDecided {
            customer,
            workload,
            reason,
            cost,
        } => words.exit_decided(customer, workload, reason, cost),
        EventKind::ExitFinished {
            customer,
            workload,
            cost,
        } => words.exit_finished(event.date, customer, workload, cost),
        _ => words.court(event),
    }
}

/// A model's names and the scenario's currency, for sentences.
struct Words<'m> {
    model: &'m FullModel,
    currency: &'m str,
}

impl<'m> Words<'m> {
    fn country(&self, j: JurisdictionId) -> &str {
        &self.model.jurisdictions[j.index()].title
    }

    fn of_state(&self, by: JurisdictionId, target: Option<&str>, text: String) -> Told<'m> {
        let name = self.model.jurisdictions[by.index()].name.clone();
        Told {
            actor: Some(name.clone()),
            target: target.map(str::to_owned),
            jurisdiction: Some(name),
            text,
            ..Told::default()
        }
    }

    /// A leak, by the title of the dated fact that it is.
    fn leak(&self, event: &Event, by: JurisdictionId) -> String {
        let fact = self.model.forces.iter().find(|force| {
            let is_leak = matches!(force.kind, ForceKind::Leak { by: who, .. } if who == by);
            is_leak && force.date == event.date
        });
        let country = self.country(by);
        match fact.map(|fact| fact.title.as_str()) {
            _ if event.cause.is_some() => {
                format!(
                    "In the wake of earlier disclosures, more surveillance by {country} \
                         becomes known"
                )
            }
            None | Some("") => format!("Surveillance by {country} becomes known"),
            Some(title) => format!("Surveillance by {country} becomes known: {title}"),
        }
    }

    fn conduct(&self, provider: ProviderId, conduct: Conduct) -> Told<'m> {
        let spec = &self.model.providers[provider.index()];
        let does = match conduct {
            Conduct::Contest => "is seen to contest the order",
            Conduct::Defiance => "is seen to stand in contempt rather than produce the data",
            Conduct::Yield => "is seen to give in",
            Conduct::Disclosure => "is known to have disclosed a customer's data",
            Conduct::Report => "reports on the demands that it met",
        };
        Told {
            actor: Some(spec.name.clone()),
            text: capitalised(&format!("{} {does}", spec.title)),
            ..Told::default()
        }
    }

    fn region(&self, region: RegionId, does: &str) -> Told<'m> {
        let spec = &self.model.regions[region.index()];
        let provider = &self.model.providers[spec.provider.index()];
        let place = &self.model.jurisdictions[spec.jurisdiction.index()];
        let sites = match spec.sites.as_slice() {
            [] => String::new(),
            sites => format!(" ({})", sites.join(", ")),
        };
        let text = format!(
            "{} {does} data centers in {}{sites}, {}",
            capitalised(&provider.title),
            place.title,
            held(spec.control)
        );
        Told {
            actor: Some(provider.name.clone()),
            target: Some(spec.name.clone()),
            jurisdiction: Some(place.name.clone()),
            text,
            ..Told::default()
        }
    }
}

impl<'m> Words<'m> {
    /// A decision about a site, with what it is worth.
    fn site(&self, region: RegionId, act: SiteAct, npv_usd: f64, why: SiteReason) -> Told<'m> {
        let does = match act {
            SiteAct::Build | SiteAct::Convert => "decides to open",
            SiteAct::Close => "decides to close",
        };
        let mut told = self.region(region, does);
        let build = self.model.regions[region.index()].build.as_ref();
        if let Some(old) = build.and_then(|build| build.converts)
            && act == SiteAct::Convert
        {
            let old = &self.model.regions[old.index()];
            told.text += &format!(", in place of those {}", held(old.control));
        }
        let worth = format!("{} {:.0} million", self.currency, npv_usd.abs() / 1e6);
        told.text += &match why {
            SiteReason::Demand => {
                format!(": the new work that they would win is worth {worth} more than they cost")
            }
            SiteReason::Policy => format!(
                ": with others barred by a policy, the new work that they would win is worth \
                 {worth} more than they cost"
            ),
            SiteReason::Loss => format!(": going on would lose {worth}"),
        };
        Told {
            value: npv_usd,
            unit: Some("usd"),
            ..told
        }
    }
}

/// In whose hands data under a control structure is, as it follows "data".
#[must_use]
pub const fn held(control: Control) -> &'static str {
    match control {
        Control::Direct => "held by the provider itself",
        Control::Subsidiary => "held by a local subsidiary",
        Control::Trustee => "held by an independent trustee",
        Control::Partner => "run by a local partner",
        Control::CustomerKeys => "to which only the customer has the keys",
    }
}

/// `rises from 60.0 to 81.6 %`, or that it stays where it was.
fn moves(before: f64, value: f64, unit: &str) -> String {
    let (from, to) = (format!("{before:.1}"), format!("{value:.1}"));
    if from == to {
        return format!("stays at {to}{unit}");
    }
    let verb = if value > before { "rises" } else { "falls" };
    format!("{verb} from {from} to {to}{unit}")
}

/// The text with its first letter as at the head of a sentence.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
