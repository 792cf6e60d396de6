//! Reading a merged tree, each row of a table by itself, so that one mistake does not hide
//! those of other rows.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::document::{Document, Full, Head};
use super::message;
use super::placed::Placed;
use super::value::Named;
use crate::scenario::error::Problem;
use crate::scenario::nearest::nearest;
use crate::scenario::path::Path;
use crate::scenario::tree::{Outline, bad_name};

const HEAD: &[&str] = &[
    "comity",
    "title",
    "asks",
    "baseline",
    "under",
    "start",
    "spin_up_from",
    "horizon_months",
    "runs",
    "customers",
    "currency",
    "price_year",
    "discount_rate_per_year",
];

const TABLES: &[&str] = &[
    "bloc",
    "jurisdiction",
    "provider",
    "region",
    "segment",
    "market",
    "belief",
    "latency",
    "choice",
    "projects",
    "attention",
    "trust",
    "concern",
    "perception",
    "network",
    "survey",
    "doctrine",
    "court",
    "case",
    "demands",
    "force",
    "customer",
    "metric",
    "correlation",
    "decision",
    "option",
    "lever",
    "observation",
    "sources",
    "market_benchmark",
];

/// The tables that a whole model has once each.
const SINGLE: &[&str] = &[
    "choice",
    "projects",
    "attention",
    "trust",
    "concern",
    "perception",
    "network",
    "survey",
];

impl Document {
    /// Reads a merged tree.
    ///
    /// # Errors
    /// Every row that cannot be read.
    pub fn read(tree: DeTable<'_>, outline: &Outline) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader {
            tree,
            outline,
            problems: Vec::new(),
        };
        reader.refuse_unknown_tables();
        let head = reader.head();
        reader.refuse_missing_tables();
        let is_benchmark = reader.tree.contains_key("market_benchmark");
        let market_benchmark = is_benchmark
            .then(|| reader.one("market_benchmark"))
            .flatten();
        let full = (!is_benchmark).then(|| reader.full()).flatten();
        let metric = reader.rows("metric");
        let correlation = reader.rows("correlation");
        let decision = reader.one("decision");
        let option = reader.rows("option");
        let lever = reader.rows("lever");
        let observation = reader.list("observation");
        let sources = reader.one("sources");
        if is_benchmark {
            reader.refuse_the_rest();
        }
        match head {
            Some(head) if reader.problems.is_empty() => Ok(Self {
                head,
                full: full.map(Box::new),
                market_benchmark,
                metric,
                correlation,
                decision,
                option,
                lever,
                observation,
                sources: sources.unwrap_or_default(),
            }),
            _ => Err(reader.problems),
        }
    }
}

struct Reader<'a, 't> {
    tree: DeTable<'t>,
    outline: &'a Outline,
    problems: Vec<Problem>,
}

impl Reader<'_, '_> {
    fn full(&mut self) -> Option<Full> {
        let bloc = self.rows("bloc");
        let jurisdiction = self.rows("jurisdiction");
        let provider = self.rows("provider");
        let region = self.rows("region");
        let segment = self.rows("segment");
        let market = self.rows("market");
        let belief = self.rows("belief");
        let latency = self.rows("latency");
        let choice = self.one("choice");
        let projects = self.one("projects");
        let attention = self.one("attention");
        let trust = self.one("trust");
        let concern = self.one("concern");
        let perception = self.one("perception");
        let network = self.one("network");
        let survey = self.one("survey");
        let doctrine = self.rows("doctrine");
        let court = self.rows("court");
        let case = self.rows("case");
        let demands = self.rows("demands");
        let force = self.rows("force");
        let customer = self.rows("customer");
        Some(Full {
            bloc,
            jurisdiction,
            provider,
            region,
            segment,
            market,
            belief,
            latency,
            choice: choice?,
            projects: projects?,
            attention: attention?,
            trust: trust?,
            concern: concern?,
            perception: perception?,
            network: network?,
            survey: survey?,
            doctrine,
            court,
            case,
            demands,
            force,
            customer,
        })
    }

    fn head(&mut self) -> Option<Head> {
        let mut head = DeTable::new();
        for &name in HEAD {
            if let Some((key, value)) = self.tree.remove_entry(name) {
                head.insert(key, value);
            }
        }
        let before = self.problems.len();
        let head = self.value(Spanned::new(0..0, DeValue::Table(head)), &Path::default());
        // A field of the head that is misspelt is also missing; once is enough.
        if head.is_none()
            && self.problems[..before]
                .iter()
                .any(|p| p.message.contains("field"))
        {
            self.problems.truncate(before);
        }
        head
    }

    fn refuse_unknown_tables(&mut self) {
        for (key, value) in &self.tree {
            let name = key.get_ref().as_ref();
            if HEAD.contains(&name) || TABLES.contains(&name) {
                continue;
            }
            let what = if value.get_ref().is_table() {
                "table"
            } else {
                "field"
            };
            let names = TABLES.iter().chain(HEAD).copied();
            let help = nearest(name, names).map(|right| format!("did you mean `{right}`?"));
            let problem = Problem::at(key.span(), format!("unknown {what} `{name}`"));
            self.problems.push(problem.maybe_help(help));
        }
    }

    /// A scenario is one model or the other.
    fn refuse_the_rest(&mut self) {
        let is_table = |name: &str| TABLES.contains(&name);
        let rest = || self.tree.keys().filter(|key| is_table(key.get_ref()));
        if let Some(key) = rest().next() {
            let (name, more) = (key.get_ref(), rest().count() - 1);
            let message = format!(
                "`{name}` and {more} other tables stand beside `market_benchmark`, which excludes them"
            );
            self.problems.push(Problem::at(key.span(), message));
        }
    }

    /// Of the whole model, these tables must be there.
    fn refuse_missing_tables(&mut self) {
        if self.tree.contains_key("market_benchmark") {
            return;
        }
        let missing: Vec<String> = SINGLE
            .iter()
            .filter(|name| !self.tree.contains_key(**name))
            .map(|name| format!("[{name}]"))
            .collect();
        if !missing.is_empty() {
            self.problems.push(Problem {
                message: format!("the scenario lacks {}", missing.join(", ")),
                place: None,
                help: Some(
                    "add what is missing, or inherit it, as with `extends = \"cloud-2014\"`"
                        .to_owned(),
                ),
            });
        }
    }

    fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let value = self.tree.remove(name)?;
        self.value(value, &Path(vec![name.to_owned()]))
    }

    /// Tables without names, in a list.
    fn list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<Placed<T>> {
        let path = Path(vec![name.to_owned()]);
        let Some(value) = self.tree.remove(name) else {
            return Vec::new();
        };
        let place = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            let message = format!("`{name}` is a list of tables");
            let problem = Problem::at(place, message).help(format!("write `[[{name}]]`"));
            self.problems.push(problem);
            return Vec::new();
        };
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            let place = item.span();
            rows.extend(self.value(item, &path).map(|row| Placed::new(place, row)));
        }
        rows
    }

    /// Tables by name; those that cannot be read are reported.
    fn rows<T: DeserializeOwned>(&mut self, name: &str) -> Named<T> {
        let path = Path(vec![name.to_owned()]);
        let Some(value) = self.tree.remove(name) else {
            return Named::new();
        };
        let place = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            let message = format!("`{name}` is not a table of tables");
            let problem = Problem::at(place, message).help(format!("write `[{name}.NAME]`"));
            self.problems.push(problem);
            return Named::new();
        };
        let mut rows = Named::new();
        for (key, value) in table {
            if bad_name(key.get_ref(), key.span()).is_some() {
                continue; // reported with the outline
            }
            let name = Placed::new(key.span(), key.get_ref().to_string());
            let place = value.span();
            if let Some(row) = self.value(value, &path.join(key.get_ref())) {
                rows.insert(name, Placed::new(place, row));
            }
        }
        rows
    }

    fn value<T: DeserializeOwned>(
        &mut self,
        value: Spanned<DeValue<'_>>,
        path: &Path,
    ) -> Option<T> {
        let place = value.span();
        // A list would be taken for the fields of a table in their order.
        if value.get_ref().is_array() {
            let problem = Problem::at(place, "expected a table, found a list");
            self.problems
                .push(problem.help(format!("write `[{path}]`")));
            return None;
        }
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(value),
            Err(error) => {
                let place = error.span().unwrap_or(place);
                let problem = message::problem(error.message(), place, path, self.outline);
                self.problems.push(problem);
                None
            }
        }
    }
}
