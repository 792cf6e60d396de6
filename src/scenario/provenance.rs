//! Where each number of a scenario comes from: its value, its range, and what it rests on.

use super::coverage::source_of;
use super::evidence::{Confidence, Evidence, cited};
use super::path::parse_path;
use super::resolved::{Distribution, FullModel, InputId, Model, Scenario, Source, SourceKind};

/// Shares of draws below the three values that are told of a drawn number.
const QUANTILES: [f64; 3] = [0.05, 0.5, 0.95];

/// A number of a scenario, and where it comes from.
#[derive(Clone, Debug)]
pub struct Provenance<'s> {
    /// Its path.
    pub path: &'s str,
    /// As it is written in the scenario.
    pub written: String,
    /// When it is drawn.
    pub drawn: Drawn,
    /// The values below which 5, 50 and 95 % of draws lie; nothing for a known number.
    pub quantiles: Option<[f64; 3]>,
    /// What it was fitted to, where it is drawn from a posterior: a scenario, until a day.
    pub fitted: Option<String>,
    /// What it is said to rest on.
    pub source: Option<&'s Source>,
    /// The rows of evidence cited for it.
    pub evidence: Vec<&'static Evidence>,
}

/// When a number is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Drawn {
    /// Never: it is known.
    Known,
    /// Once a run.
    OnceARun,
    /// At every visit of a node of a court.
    EveryVisit,
}

impl Provenance<'_> {
    /// The lowest confidence of the rows cited.
    #[must_use]
    pub fn confidence(&self) -> Option<Confidence> {
        self.evidence.iter().map(|row| row.confidence).max()
    }
}

/// Every number of a scenario in the order of their paths, those without a source first.
#[must_use]
pub fn provenance(scenario: &Scenario) -> Vec<Provenance<'_>> {
    // The text was written by this program, so that it can be read.
    let frozen: toml::Table = toml::from_str(&scenario.frozen).unwrap_or_default();
    let paths = scenario.number_paths.iter();
    let mut numbers: Vec<_> = paths.map(|path| of(scenario, &frozen, path)).collect();
    numbers.sort_by_key(|number| number.source.is_some());
    numbers
}

fn of<'s>(scenario: &'s Scenario, frozen: &toml::Table, path: &'s str) -> Provenance<'s> {
    let keys = parse_path(path).unwrap_or_default().0;
    let (drawn, distribution) = distribution(scenario, path, &keys);
    let source = source_of(scenario, path);
    let ids = match source.map(|source| &source.kind) {
        Some(SourceKind::Evidence { ids, .. }) => &ids[..],
        _ => &[],
    };
    Provenance {
        path,
        written: written(frozen, &keys),
        drawn,
        quantiles: posterior_quantiles(scenario, path)
            .or_else(|| distribution.map(|of| QUANTILES.map(|u| of.quantile(u)))),
        fitted: posterior_quantiles(scenario, path).map(|_| fitted_to(scenario)),
        source,
        evidence: ids.iter().flat_map(|id| cited(id)).collect(),
    }
}

/// Quantiles of an input over the rows of the posterior that lists it.
fn posterior_quantiles(scenario: &Scenario, path: &str) -> Option<[f64; 3]> {
    let posterior = scenario.posterior.as_ref()?;
    let inputs = &scenario.inputs;
    let index = inputs.binary_search_by(|input| input.path.as_str().cmp(path));
    let [low, middle, high] = QUANTILES.map(|u| posterior.quantile(InputId(index.ok()?), u));
    Some([low?, middle?, high?])
}

fn fitted_to(scenario: &Scenario) -> String {
    let from = scenario.posterior.as_ref().and_then(|p| p.from.as_ref());
    from.map_or_else(
        || "a posterior that does not say to what".to_owned(),
        |from| format!("{}, until {}", from.scenario, from.fit_until),
    )
}

fn distribution<'s>(
    scenario: &'s Scenario,
    path: &str,
    keys: &[String],
) -> (Drawn, Option<&'s Distribution>) {
    // Inputs are in the order of their paths.
    let inputs = &scenario.inputs;
    if let Ok(index) = inputs.binary_search_by(|input| input.path.as_str().cmp(path)) {
        return (Drawn::OnceARun, Some(&inputs[index].distribution));
    }
    let days = match &scenario.model {
        Model::Full(model) => sojourn(model, keys),
        Model::MarketBenchmark(_) => None,
    };
    match days {
        Some(days) => (Drawn::EveryVisit, Some(days)),
        None => (Drawn::Known, None),
    }
}

/// The days of a node, unless they are one known number.
fn sojourn<'s>(model: &'s FullModel, keys: &[String]) -> Option<&'s Distribution> {
    let [court, system, node, name, days] = keys else {
        return None;
    };
    if (court.as_str(), node.as_str(), days.as_str()) != ("court", "node", "days") {
        return None;
    }
    let system = model.courts.iter().find(|court| court.name == *system)?;
    let node = system.nodes.iter().find(|node| node.name == *name)?;
    let (low, high) = node.days.support();
    (low < high).then_some(&node.days)
}

fn written(frozen: &toml::Table, keys: &[String]) -> String {
    let mut keys = keys.iter();
    let first = keys.next().and_then(|key| frozen.get(key));
    let value = keys.try_fold(first, |of, key| of.map(|of| of.get(key)));
    value.flatten().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{library, load_text};

    fn find<'a, 's>(numbers: &'a [Provenance<'s>], path: &str) -> &'a Provenance<'s> {
        numbers.iter().find(|number| number.path == path).unwrap()
    }

    #[test]
    fn known_drawn_and_visited_numbers_have_their_values_and_ranges() {
        let scenario = load_text("x", include_str!("fixture.toml"), &[]).unwrap();
        let numbers = provenance(&scenario);
        assert_eq!(numbers.len(), scenario.number_paths.len());

        let known = find(&numbers, "choice.home_weight");
        assert_eq!((&*known.written, known.drawn), ("0.8", Drawn::Known));
        assert!(known.quantiles.is_none() && known.source.is_none());

        let spend = find(&numbers, "market.DE.spend_musd_per_year");
        assert_eq!(spend.drawn, Drawn::OnceARun);
        assert!(
            spend.written.starts_with("{ dist = \"lognormal\""),
            "{}",
            spend.written
        );
        let [low, middle, high] = spend.quantiles.unwrap();
        // p90 is 1200, so that ln has sd 0.2245 and 5 % lie beyond 1.645 of it.
        assert!((middle - 900.0).abs() < 1e-9);
        assert!((high - 900.0 * 1.4466).abs() < 0.5 && (low * high - 810_000.0).abs() < 1e-3);

        let days = find(&numbers, "court.federal.node.en-banc.days");
        assert_eq!(days.drawn, Drawn::EveryVisit);
        assert_eq!(days.quantiles, Some([100.0, 300.0, 300.0]));
        let at_once = find(&numbers, "court.federal.node.appeal.days");
        assert_eq!((at_once.drawn, at_once.quantiles), (Drawn::Known, None));

        let cited = find(&numbers, "case.one.amici");
        let ids: Vec<&str> = cited.evidence.iter().map(|row| &*row.id).collect();
        assert_eq!(ids, ["T01", "T03", "T04", "T09"]);
        assert!(numbers[0].source.is_none() && numbers.last().unwrap().source.is_some());
    }

    #[test]
    fn every_number_of_a_shipped_scenario_has_a_value_and_a_source() {
        for name in library::scenario_names() {
            let text = library::find(name).unwrap().text;
            let scenario = load_text(name, text, &[]).unwrap();
            for number in provenance(&scenario) {
                assert!(!number.written.is_empty(), "{name}: {}", number.path);
                let Some(source) = number.source else {
                    panic!("{name}: {} has no source", number.path);
                };
                let is_cited = matches!(source.kind, SourceKind::Evidence { .. });
                assert_eq!(is_cited, number.confidence().is_some(), "{}", number.path);
            }
        }
    }
}
