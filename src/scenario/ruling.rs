//! Rulings as they are given on a command line: `CASE.NODE=OUTCOME@DATE`, to be forced or
//! learned; and dockets, files of what was learned, a line each.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Problem, ScenarioError};
use super::source_text::{Place, SourceText};
use super::{gather, inherit, parse, path};

/// Facts learned about cases: lines of `CASE.NODE=OUTCOME@DATE`, `CASE.NODE=OUTCOME` or
/// `CASE=open@DATE`; what follows a `#` is a remark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Docket {
    /// As shown in messages.
    pub name: String,
    /// All of it.
    pub text: String,
}

impl Docket {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no regular file, too large, not UTF-8, or cannot be read.
    pub fn read(path: &Path) -> Result<Self, ScenarioError> {
        Ok(Self {
            name: path.display().to_string(),
            text: gather::read(path, "a docket")?,
        })
    }
}

impl Docket {
    /// Its lines, without remarks; none where it says nothing.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let lines = self.text.lines();
        let lines = lines.map(|line| line.split('#').next().unwrap_or_default());
        lines.filter(|line| !line.trim().is_empty())
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().next().is_none()
    }
}

/// What is done with a ruling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verb {
    /// It is forced: `--do`.
    Force,
    /// It was learned: `--given`.
    Learn,
}

/// A ruling among the sources.
#[derive(Clone, Debug)]
pub(super) struct Ruling<'o> {
    verb: Verb,
    text: &'o str,
    base: usize,
}

impl Verb {
    const fn table(self) -> &'static str {
        match self {
            Self::Force => "force",
            Self::Learn => "fact",
        }
    }

    const fn form(self) -> &'static str {
        match self {
            Self::Force => {
                "write `--do CASE.NODE=OUTCOME` or `--do CASE.NODE=OUTCOME@DATE`, as in `--do \
                 dpf.cjeu=annulled@2027-06-01`"
            }
            Self::Learn => {
                "write `CASE.NODE=OUTCOME@DATE`, `CASE.NODE=OUTCOME` or `CASE=open@DATE`, as in \
                 `dpf.cjeu=annulled@2027-06-01`"
            }
        }
    }
}

/// Adds forced rulings and dockets to the sources.
pub(super) fn add<'o>(
    sources: &mut SourceText,
    forced: &'o [String],
    learned: &'o [Docket],
) -> Vec<Ruling<'o>> {
    let mut rulings = Vec::new();
    for (i, text) in forced.iter().enumerate() {
        let base = sources.add(format!("--do #{}", i + 1), text.as_str());
        let verb = Verb::Force;
        rulings.push(Ruling { verb, text, base });
    }
    for docket in learned {
        let base = sources.add(docket.name.as_str(), docket.text.as_str());
        rulings.extend(docket.lines().map(|text| Ruling {
            verb: Verb::Learn,
            text,
            base: base + (text.as_ptr() as usize - docket.text.as_ptr() as usize),
        }));
    }
    rulings
}

/// Lays a ruling over the tree, in place of what was forced or learned of the same node; `names`
/// are those of the rulings laid before it, of which none may say the same again.
pub(super) fn lay<'t>(
    tree: &mut DeTable<'t>,
    ruling: &Ruling<'t>,
    names: &mut BTreeSet<String>,
    problems: &mut Vec<Problem>,
) {
    let said = match said(ruling) {
        Ok(said) => said,
        Err(problem) => {
            problems.push(problem);
            return;
        }
    };
    if !names.insert(said.name()) {
        let message = "this is said twice, of the same case and court";
        problems.push(Problem::at(said.place, message).help("keep one of them"));
        return;
    }
    let table = ruling.verb.table();
    if let Some(DeValue::Table(rows)) = tree.get_mut(table).map(Spanned::get_mut) {
        let same: Vec<_> = rows
            .iter()
            .filter(|(_, row)| is_about(row, &said, ruling.verb))
            .map(|(name, _)| name.clone())
            .collect();
        for name in same {
            rows.remove(&name);
        }
    }
    let mut row = DeTable::new();
    row.insert(
        Spanned::new(said.place.clone(), said.name().into()),
        Spanned::new(said.place.clone(), DeValue::Table(said.row)),
    );
    let mut over = DeTable::new();
    over.insert(
        Spanned::new(said.place.clone(), table.into()),
        Spanned::new(said.place, DeValue::Table(row)),
    );
    inherit::lay_over(tree, over, problems);
}

/// Whether a row forces, or says, how the same node was left.
fn is_about(row: &Spanned<DeValue<'_>>, said: &Said<'_>, verb: Verb) -> bool {
    let Some(node) = &said.node else { return false };
    let row = row.get_ref().as_table();
    let row = match verb {
        Verb::Force => row
            .and_then(|row| row.get("ruling"))
            .and_then(|ruling| ruling.get_ref().as_table()),
        Verb::Learn => row,
    };
    let is = |key: &str, name: &str| {
        let value = row.and_then(|row| row.get(key));
        value.and_then(|value| value.get_ref().as_str()) == Some(name)
    };
    is("case", &said.case) && is("node", node)
}

/// What a ruling says, as a row of its table.
struct Said<'t> {
    verb: Verb,
    case: String,
    node: Option<String>,
    place: Place,
    row: DeTable<'t>,
}

impl Said<'_> {
    fn name(&self) -> String {
        let case = &self.case;
        match (self.verb, &self.node) {
            (Verb::Force, Some(node)) => format!("do-{case}--{node}"),
            (_, Some(node)) => format!("{case}--{node}"),
            (_, None) => format!("{case}-open"),
        }
    }
}

fn said<'t>(ruling: &Ruling<'t>) -> Result<Said<'t>, Problem> {
    let Ruling { verb, text, base } = *ruling;
    let whole = base..base + text.trim_end().len();
    let wrong = |place: Place, message: &str| Problem::at(place, message).help(verb.form());
    let Some((left, right)) = text.split_once('=') else {
        return Err(wrong(whole, "a ruling without `=`"));
    };
    let indent = base + left.len() - left.trim_start().len();
    let keys = path::parse(left.trim()).map_err(|(at, why)| {
        let place = indent + at.start..indent + at.end;
        wrong(place, &format!("this names no case and node: {why}"))
    })?;
    let from = base + left.len() + 1;
    let (outcome, day) = match right.split_once('@') {
        Some((outcome, day)) => (outcome, Some((day, from + outcome.len() + 1))),
        None => (right, None),
    };
    let outcome_at = from + outcome.len() - outcome.trim_start().len();
    let outcome = outcome.trim();
    if outcome.is_empty() {
        return Err(wrong(whole, "a ruling without an outcome"));
    }
    let outcome_place = outcome_at..outcome_at + outcome.len();
    let day = day.map(|(day, at)| date(day, at, &wrong)).transpose()?;
    let key = |key: &(String, Place)| {
        let place = indent + key.1.start..indent + key.1.end;
        (key.0.clone(), place)
    };
    let text_at = |text: &str, place: &Place| {
        Spanned::new(place.clone(), DeValue::String(text.to_owned().into()))
    };
    let mut fields: Vec<(&'static str, Spanned<DeValue<'t>>)> = Vec::new();
    let (case, node) = match (&keys[..], verb) {
        ([case], Verb::Learn) if outcome == "open" => {
            let Some(day) = day else {
                return Err(wrong(outcome_place, "open on which day?"));
            };
            let (case, at) = key(case);
            fields.push(("case", text_at(&case, &at)));
            fields.push(("open_on", day));
            (case, None)
        }
        ([case, node], _) => {
            let ((case, case_at), (node, node_at)) = (key(case), key(node));
            fields.push(("case", text_at(&case, &case_at)));
            fields.push(("node", text_at(&node, &node_at)));
            fields.push(("outcome", text_at(outcome, &outcome_place)));
            match verb {
                Verb::Learn => fields.extend(day.map(|day| ("date", day))),
                Verb::Force => fields = forced(fields, day, &whole),
            }
            (case, Some(node))
        }
        _ => return Err(wrong(whole, "this names no case and node")),
    };
    Ok(Said {
        verb,
        case,
        node,
        row: table(fields, &whole),
        place: whole,
    })
}

/// The fields of a `[force]` with this ruling, for which the court waits if it has a day.
fn forced<'t>(
    mut ruling: Vec<(&'static str, Spanned<DeValue<'t>>)>,
    day: Option<Spanned<DeValue<'t>>>,
    whole: &Place,
) -> Vec<(&'static str, Spanned<DeValue<'t>>)> {
    if day.is_some() {
        let waits = Spanned::new(whole.clone(), DeValue::Boolean(true));
        ruling.push(("waits", waits));
    }
    let ruling = DeValue::Table(table(ruling, whole));
    let mut force = vec![("ruling", Spanned::new(whole.clone(), ruling))];
    force.extend(day.map(|day| ("date", day)));
    force
}

fn table<'t>(fields: Vec<(&'static str, Spanned<DeValue<'t>>)>, whole: &Place) -> DeTable<'t> {
    let fields = fields.into_iter();
    fields
        .map(|(key, value)| (Spanned::new(whole.clone(), key.into()), value))
        .collect()
}

fn date<'t>(
    text: &'t str,
    at: usize,
    wrong: &dyn Fn(Place, &str) -> Problem,
) -> Result<Spanned<DeValue<'t>>, Problem> {
    let at = at + text.len() - text.trim_start().len();
    let text = text.trim();
    let place = at..at + text.len();
    match parse::value(text, at) {
        Ok(value) if matches!(value.get_ref(), DeValue::Datetime(_)) => Ok(value),
        _ => Err(wrong(place, "this is no date")),
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::resolved::{FactKind, ForceKind, Model};
    use crate::scenario::{Docket, Overlay, Scenario, ScenarioError, ScenarioTarget, load};

    fn loaded(forced: &[&str], learned: &str) -> Result<Scenario, ScenarioError> {
        let overlay = Overlay {
            forced: forced.iter().map(ToString::to_string).collect(),
            learned: vec![Docket {
                name: "docket.txt".to_owned(),
                text: learned.to_owned(),
            }],
            ..Overlay::default()
        };
        load(&ScenarioTarget::parse("sovereignty-2026"), overlay)
    }

    fn complaint(forced: &[&str], learned: &str) -> String {
        loaded(forced, learned).unwrap_err().render(false)
    }

    #[test]
    fn a_ruling_is_forced_whenever_the_case_comes_there_or_on_a_day() {
        for (text, day) in [
            ("dpf.cjeu=annulled", "2023-09-05"),
            (" dpf.cjeu = annulled @ 2027-06-01 ", "2027-06-01"),
        ] {
            let scenario = loaded(&[text], "").unwrap();
            let Model::Full(model) = &scenario.model else {
                panic!()
            };
            let force = model.forces.iter().find(|f| f.name == "do-dpf--cjeu");
            let force = force.unwrap();
            assert_eq!(force.date.to_string(), day);
            let waits = matches!(force.kind, ForceKind::Ruling { waits: true, .. });
            assert_eq!(waits, text.contains('@'));
            // What is frozen says the same.
            let again = crate::scenario::load_text("x", &scenario.frozen, &[]).unwrap();
            assert_eq!(again.digest, scenario.digest);
        }
    }

    #[test]
    fn what_is_forced_takes_the_place_of_what_was() {
        let overlay = Overlay {
            forced: vec!["dpf.cjeu=annulled".to_owned()],
            ..Overlay::default()
        };
        let scenario = load(&ScenarioTarget::parse("dpf-stands"), overlay).unwrap();
        let Model::Full(model) = &scenario.model else {
            panic!()
        };
        let rulings = model.forces.iter();
        let rulings = rulings.filter(|f| matches!(f.kind, ForceKind::Ruling { .. }));
        assert_eq!(rulings.count(), 1);
    }

    #[test]
    fn a_docket_holds_facts_and_remarks() {
        let text = "# what we know\n\ndpf.cjeu=annulled@2027-06-01  # the judgment\r\n\
                    dpf=open@2027-01-01\n";
        let scenario = loaded(&[], text).unwrap();
        let Model::Full(model) = &scenario.model else {
            panic!()
        };
        let names: Vec<&str> = model.facts.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["dpf--cjeu", "dpf-open"]);
        assert!(matches!(
            model.facts[0].kind,
            FactKind::Left { on: Some(_), .. }
        ));
        assert!(matches!(model.facts[1].kind, FactKind::Open(_)));
        let baseline = load(&ScenarioTarget::parse("sovereignty-2026"), &[]).unwrap();
        assert_ne!(baseline.digest, scenario.digest);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (docket, expected) in [
            ("dpf.cjeu", "without `=`"),
            ("dpf.cjeu=", "without an outcome"),
            ("dpf=annulled", "no case and node"),
            ("dpf=open", "open on which day?"),
            ("dpf.cjeu=annulled@soon", "this is no date"),
            ("dpf.cjeu=annulled@2027-02-30", "this is no date"),
            ("dpf.cjeu=annuled@2027-06-01", "did you mean `annulled`"),
            ("dpf.cje=annulled@2027-06-01", "did you mean `cjeu`"),
            ("dbf.cjeu=annulled@2027-06-01", "did you mean `dpf`"),
            ("dpf.cjeu=annulled@2020-06-01", "belongs into"),
            ("dpf.appeal=appeals", "history of the case says already"),
        ] {
            let said = complaint(&[], &format!("# one\n{docket}\n"));
            assert!(said.contains(expected), "{docket}: {said}");
            assert!(said.contains("docket.txt:2:"), "{docket}: {said}");
        }
        let said = complaint(&[], "dpf.cjeu=annulled\ndpf.cjeu=upheld\n");
        assert!(said.contains("said twice"), "{said}");
        let said = complaint(&["dpf.cjeu=annuled"], "");
        assert!(said.contains("--do #1"), "{said}");
    }
}
