//! Reading a merged tree, each row of a table by itself, so that one mistake does not hide
//! those of other rows.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::document::{Document, Full, Head};
use super::fault::leave_out;
use super::message;
use super::placed::Placed;
use super::value::Named;
use crate::scenario::error::Problem;
use crate::scenario::nearest::nearest;
use crate::scenario::path::Path;
use crate::scenario::tree::{Outline, bad_name};

/// Fields of a scenario outside tables.
pub const HEAD: &[&str] = &[
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

/// Tables of a scenario.
pub const TABLES: &[&str] = &[
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
    "adoption",
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
    "government",
    "instrument",
    "revelations",
    "force",
    "fact",
    "customer",
    "metric",
    "inputs",
    "correlation",
    "decision",
    "option",
    "lever",
    "observation",
    "panel",
    "backtest",
    "report",
    "sources",
    "market_benchmark",
];

/// The tables that a whole model has once each.
pub const SINGLE: &[&str] = &[
    "choice",
    "projects",
    "adoption",
    "attention",
    "trust",
    "concern",
    "perception",
    "network",
    "survey",
];

impl Document {
    /// Reads a merged tree: the document, if every row of it could be read with what is
    /// wrong left out, and all that is wrong.
    pub fn read(tree: DeTable<'_>, outline: &Outline) -> (Option<Self>, Vec<Problem>) {
        let mut reader = Reader {
            tree,
            outline,
            problems: Vec::new(),
            lacks_rows: false,
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
        let inputs = reader.one("inputs");
        let correlation = reader.rows("correlation");
        let decision = reader.one("decision");
        let option = reader.rows("option");
        let lever = reader.rows("lever");
        let observation = reader.list("observation");
        let panel = reader.rows("panel");
        let backtest = reader.one("backtest");
        let report = reader.one("report");
        let sources = reader.one("sources");
        if is_benchmark {
            reader.refuse_the_rest();
        }
        let is_whole = !reader.lacks_rows && (full.is_some() || market_benchmark.is_some());
        let document = head.filter(|_| is_whole).map(|head| Self {
            head,
            full: full.map(Box::new),
            market_benchmark,
            metric,
            inputs,
            correlation,
            decision,
            option,
            lever,
            observation,
            panel,
            backtest,
            report,
            sources: sources.unwrap_or_default(),
        });
        (document, reader.problems)
    }
}

struct Reader<'a, 't> {
    tree: DeTable<'t>,
    outline: &'a Outline,
    problems: Vec<Problem>,
    /// Whether a row could not be read, so that what refers to it would be blamed.
    lacks_rows: bool,
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
        let adoption = self.one("adoption");
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
        let government = self.rows("government");
        let instrument = self.rows("instrument");
        let revelations = self.rows("revelations");
        let force = self.rows("force");
        let fact = self.rows("fact");
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
            adoption: adoption?,
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
            government,
            instrument,
            revelations,
            force,
            fact,
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
            self.lacks_rows = true;
            return Named::new();
        };
        let names: Vec<String> = table.keys().map(|key| key.get_ref().to_string()).collect();
        let mut rows = Named::new();
        for (key, value) in table {
            if bad_name(key.get_ref(), key.span()).is_some() {
                self.lacks_rows = true;
                continue; // reported with the outline
            }
            let name = Placed::new(key.span(), key.get_ref().to_string());
            let place = value.span();
            let lacks_rows = self.lacks_rows;
            match self.value(value, &path.join(key.get_ref())) {
                Some(row) => {
                    rows.insert(name, Placed::new(place, row));
                }
                // Nobody refers to a row whose name is misspelt.
                None if self.is_misspelt(&path, key.get_ref(), &names) => {
                    self.lacks_rows = lacks_rows;
                }
                None => {}
            }
        }
        rows
    }

    /// Whether a row that lacks what every row has was meant for another, whose name is near;
    /// the last problem then says so.
    fn is_misspelt(&mut self, path: &Path, name: &str, names: &[String]) -> bool {
        let others = names
            .iter()
            .map(String::as_str)
            .filter(|other| *other != name);
        let right = nearest(name, others).map(|right| path.join(right));
        let problem = self.problems.last_mut();
        let lack = problem.filter(|problem| problem.message.contains("] lacks `"));
        let (Some(right), Some(problem)) = (right, lack) else {
            return false;
        };
        let otherwise = problem.help.take().unwrap_or_default();
        problem.help = Some(format!("did you mean [{right}]? Else {otherwise}"));
        true
    }

    /// What was written, read as a `T`. A field that cannot be read is reported and left
    /// out, so that it hides no other mistake.
    fn value<T: DeserializeOwned>(
        &mut self,
        mut value: Spanned<DeValue<'_>>,
        path: &Path,
    ) -> Option<T> {
        let place = value.span();
        // A list would be taken for the fields of a table in their order.
        if value.get_ref().is_array() {
            let problem = Problem::at(place, "expected a table, found a list");
            self.problems
                .push(problem.help(format!("write `[{path}]`")));
            self.lacks_rows = true;
            return None;
        }
        let mut left_out: Vec<String> = Vec::new();
        loop {
            let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let missing = message::missing_field(error.message());
            if !missing.is_some_and(|name| message::lost_with(name, &left_out)) {
                let at = error.span().unwrap_or(place.clone());
                let problem = message::problem(error.message(), at, path, self.outline);
                self.problems.push(problem);
            }
            let at = error.span().filter(|_| missing.is_none());
            match at.and_then(|at| leave_out(&mut value, &at)) {
                Some(name) => left_out.push(name),
                None => {
                    self.lacks_rows = true;
                    return None;
                }
            }
        }
    }
}
