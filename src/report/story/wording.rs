//! Names as they are read, and lines that tell of several places at once.

use super::rows::{Change, Row};
use crate::domain::{Control, Ending};
use crate::report::digits::figure;
use crate::scenario::resolved::{CaseSpec, FullModel};
use crate::world::telling::{held, how_ended};

/// The names of a model, from the words of the tables to those of a sentence, and the
/// scenario's currency.
#[derive(Clone, Copy, Debug)]
pub struct Names<'m> {
    model: &'m FullModel,
    currency: &'m str,
}

impl<'m> Names<'m> {
    /// The names of this model, of a scenario in this currency.
    #[must_use]
    pub const fn new(model: &'m FullModel, currency: &'m str) -> Self {
        Self { model, currency }
    }

    /// A bloc or country.
    #[must_use]
    pub fn place<'a>(&'a self, name: &'a str) -> &'a str {
        let bloc = self.model.blocs.iter().find(|bloc| bloc.name == name);
        let country = self.model.jurisdictions.iter().find(|j| j.name == name);
        bloc.map(|bloc| &bloc.title)
            .or(country.map(|country| &country.title))
            .map_or(name, String::as_str)
    }

    /// A provider, or all of one parent country.
    #[must_use]
    pub fn seller(&self, name: &str) -> String {
        if let Some(country) = name.strip_prefix("parent:") {
            return format!("providers of {}", self.place(country));
        }
        let provider = self.model.providers.iter().find(|p| p.name == name);
        provider.map_or(name, |provider| &provider.title).to_owned()
    }

    /// A case, at the head of a sentence.
    #[must_use]
    pub fn case(&self, name: &str) -> String {
        let case = self.model.cases.iter().find(|case| case.name == name);
        let title = case.map_or(name, |case| &case.title);
        let mut letters = title.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }

    /// How a case ends, as it follows a colon.
    #[must_use]
    pub fn ending(&self, case: &str, ending: Ending) -> String {
        let case = self.model.cases.iter().find(|known| known.name == case);
        let provider = case.and_then(CaseSpec::provider);
        let provider = provider.map(|provider| &self.model.providers[provider.index()].title);
        how_ended(ending, provider.map_or("the provider", String::as_str))
    }

    /// Whether a place is not the home of a government that asserts reach.
    #[must_use]
    pub fn is_abroad(&self, place: &str) -> bool {
        let home = |j: crate::domain::JurisdictionId| &self.model.jurisdictions[j.index()].name;
        let cases = self.model.cases.iter();
        cases
            .filter_map(CaseSpec::asserting)
            .all(|by| home(by) != place)
    }

    /// Whether a place is a bloc, or a country outside blocs.
    #[must_use]
    pub fn is_whole(&self, place: &str) -> bool {
        let country = self.model.jurisdictions.iter().find(|j| j.name == place);
        country.is_none_or(|country| country.bloc.is_none())
    }

    /// Whether a control structure, by its name, is at issue in a case.
    #[must_use]
    pub fn is_at_issue(&self, control: &str) -> bool {
        let at_issue = self.model.controls_at_issue();
        at_issue.iter().any(|at_issue| at_issue.name() == control)
    }
}

/// Kinds that are counted over the months of an account; the others are levels.
const COUNTED: [&str; 7] = [
    "projects_deferred",
    "base_moved",
    "demands",
    "disclosures",
    "operating_profit",
    "legal_cost",
    "fines",
];

/// Kinds whose numbers add up over providers.
const ADDITIVE: [&str; 6] = [
    "revenue",
    "operating_profit",
    "legal_cost",
    "fines",
    "demands",
    "disclosures",
];

/// How the numbers of a kind are read.
struct Form {
    /// What is measured, at the head of a sentence.
    stem: String,
    /// Shown per stored unit.
    factor: f64,
    decimals: i32,
    /// After each number, or the last of several.
    unit: &'static str,
}

fn form(kind: &str, row: &Row, names: &Names<'_>) -> Form {
    let actor = row.actor.as_deref().unwrap_or_default();
    let (stem, factor, decimals, unit) = match kind {
        "perceived_reach" => {
            let control = row.target.as_deref().and_then(Control::from_name);
            let held = control.map_or("", held);
            let who = names.place(actor);
            let stem =
                format!("The chance, as customers see it, that {who} can reach data abroad {held}");
            (stem, 100.0, 1, " %")
        }
        "location_protects" => {
            let stem = "The belief that data kept at home is out of foreign reach";
            (stem.to_owned(), 100.0, 1, " of 100")
        }
        "concern" => {
            let stem = format!("Concern about access by {}", names.place(actor));
            (stem, 100.0, 1, " of 100")
        }
        "trust" => {
            let stem = format!("Trust in {}", names.seller(actor));
            (stem, 1.0, 1, " of 100")
        }
        "spend_share" => {
            let stem = format!("Share of spend that {} have", names.seller(actor));
            (stem, 1.0, 1, " %")
        }
        "workload_home_share" => {
            let stem = "Workload with foreign providers that lies in the customers' own country";
            (stem.to_owned(), 1.0, 1, " %")
        }
        "exposure" => {
            let stem = "Exposure of workload to foreign access, as customers see it";
            (stem.to_owned(), 1.0, 1, " %")
        }
        "projects_deferred" => ("Projects deferred".to_owned(), 1.0, 1, " %"),
        "base_moved" => {
            let stem = "Customers with a base who moved it to another provider";
            (stem.to_owned(), 1.0, 2, " %")
        }
        "list_price" => {
            let stem = "List prices, of those at the start";
            (stem.to_owned(), 1.0, 1, " %")
        }
        "operating_profit" => {
            let stem = format!("Operating profit, in million {}", names.currency);
            (stem, 1.0, 0, "")
        }
        "legal_cost" => {
            let stem = format!("Paid for cases, in million {}", names.currency);
            (stem, 1.0, 1, "")
        }
        "fines" => {
            let stem = format!("Fines paid, in million {}", names.currency);
            (stem, 1.0, 1, "")
        }
        "revenue" => {
            let stem = format!("Revenue a year, in million {}", names.currency);
            (stem, 1.0, 0, "")
        }
        "demands" => {
            let stem = "Demands made for content stored abroad";
            (stem.to_owned(), 1.0, 0, "")
        }
        "disclosures" => {
            let stem = "Disclosures of enterprise content stored abroad";
            (stem.to_owned(), 1.0, 0, "")
        }
        other => (other.to_owned(), 1.0, 2, ""),
    };
    Form {
        stem,
        factor,
        decimals,
        unit,
    }
}

/// What an event changed in one place or several, all in one direction.
#[must_use]
pub fn changed(changes: &[Change<'_>], names: &Names<'_>) -> String {
    let Some(one) = changes.first() else {
        return String::new();
    };
    if changes.len() == 1 && one.first.id == one.last.id {
        return one.last.text.clone();
    }
    let form = form(&one.last.kind, one.last, names);
    let verb = if one.last.value > one.first.before {
        "rises"
    } else {
        "falls"
    };
    let places = changes.iter().map(|change| {
        let number = |value: f64| figure(form.factor * value, form.decimals);
        let place = names.place(change.last.jurisdiction.as_deref().unwrap_or_default());
        let (from, to) = (number(change.first.before), number(change.last.value));
        format!("in {place} from {from} to {to}")
    });
    let places: Vec<String> = places.collect();
    format!("{} {verb}: {}{}", form.stem, places.join(", "), form.unit)
}

/// What the books of so many months say of several places or providers.
#[must_use]
pub fn accounted(rows: &[&Row], months: i32, names: &Names<'_>) -> String {
    let Some(first) = rows.first().filter(|_| rows.len() > 1) else {
        return rows
            .first()
            .map_or_else(String::new, |row| row.text.clone());
    };
    let form = form(&first.kind, first, names);
    // Those of whom the same is said are told together, unless it could be read as their sum.
    let adds_up = ADDITIVE.contains(&first.kind.as_str());
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for row in rows {
        let who = match (&row.jurisdiction, &row.actor) {
            (Some(place), _) => format!("in {}", names.place(place)),
            (None, Some(provider)) => names.seller(provider),
            (None, None) => String::new(),
        };
        let what = level_and_change(row, &form);
        let alike = |part: &&mut (String, Vec<String>)| !adds_up && part.0 == what;
        match parts.iter_mut().find(alike) {
            Some((_, whom)) => whom.push(who),
            None => parts.push((what, vec![who])),
        }
    }
    let parts = parts
        .iter()
        .map(|(what, whom)| format!("{} {what}", enumerated(whom)));
    let parts: Vec<String> = parts.collect();
    let is_count = COUNTED.contains(&first.kind.as_str());
    // A year needs no word, as every account but the last is of one.
    let over = match months {
        1 if is_count => " in the month".to_owned(),
        months if is_count && months != 12 => format!(" in {months} months"),
        _ => String::new(),
    };
    format!("{}{over}: {}", form.stem, parts.join("; "))
}

/// Such as `68.0 %, down from 68.4`.
fn level_and_change(row: &Row, form: &Form) -> String {
    let number = |value: f64| figure(form.factor * value, form.decimals);
    let (value, before) = (number(row.value), number(row.before));
    let change = if row.before.is_nan() {
        String::new()
    } else if value == before {
        " as before".to_owned()
    } else if row.value > row.before {
        format!(", up from {before}")
    } else {
        format!(", down from {before}")
    };
    format!("{value}{}{change}", form.unit)
}

/// `a`, `a and b`, `a, b and c`.
fn enumerated(items: &[String]) -> String {
    match items {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        all => all.concat(),
    }
}
