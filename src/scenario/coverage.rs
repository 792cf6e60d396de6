//! Does every number of a scenario say where it comes from?

use super::path::{Path, parse_path};
use super::resolved::{Scenario, Source, SourceKind};

/// How far the `[sources]` of a scenario cover its numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Coverage {
    /// Numbers with a source or an assumption.
    pub covered: usize,
    /// Paths of numbers with neither.
    pub uncovered: Vec<String>,
    /// Part of the covered numbers that are assumed, 0 to 1; 0 where none is covered.
    pub assumed_share: f64,
    /// Paths in `[sources]` at which the scenario has no number.
    pub unused: Vec<String>,
}

/// The source of the number at `path`: the longest of the stated paths that covers it.
#[must_use]
pub fn source_of<'s>(scenario: &'s Scenario, path: &str) -> Option<&'s Source> {
    let path = parse_path(path).ok()?;
    let stated = scenario.sources.iter();
    stated
        .filter_map(|source| Some((parse_path(&source.path).ok()?, source)))
        .filter(|(stated, _)| stated.covers(&path))
        .max_by_key(|(stated, _)| stated.0.len())
        .map(|(_, source)| source)
}

/// Compares the numbers of a scenario with its `[sources]`.
#[must_use]
pub fn coverage(scenario: &Scenario) -> Coverage {
    let stated: Vec<(Path, &Source)> = scenario
        .sources
        .iter()
        .filter_map(|source| Some((parse_path(&source.path).ok()?, source)))
        .collect();
    let mut used = vec![false; stated.len()];
    let (mut covered, mut assumed) = (0_usize, 0_usize);
    let mut uncovered = Vec::new();
    for text in &scenario.number_paths {
        let Ok(path) = parse_path(text) else { continue };
        let covering = stated
            .iter()
            .enumerate()
            .filter(|(_, (stated, _))| stated.covers(&path));
        match covering.max_by_key(|(_, (stated, _))| stated.0.len()) {
            None => uncovered.push(text.clone()),
            Some((index, (_, source))) => {
                used[index] = true;
                covered += 1;
                assumed += usize::from(matches!(source.kind, SourceKind::Assumed { .. }));
            }
        }
    }
    let unused = stated.iter().zip(used).filter(|(_, used)| !used);
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    let assumed_share = assumed as f64 / covered.max(1) as f64;
    Coverage {
        covered,
        uncovered,
        assumed_share,
        unused: unused.map(|((_, source), _)| source.path.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{library, load_text};

    #[test]
    fn the_longest_path_counts_and_settings_need_no_source() {
        let scenario = load_text("x", include_str!("fixture.toml"), &[]).unwrap();
        let source = source_of(&scenario, "belief.DE.location_protects").unwrap();
        assert_eq!(source.path, "belief.DE.location_protects");
        assert_eq!(
            source_of(&scenario, "belief.US.location_protects")
                .unwrap()
                .path,
            "belief"
        );
        assert_eq!(source_of(&scenario, "choice.home_weight"), None);

        let coverage = coverage(&scenario);
        // Four numbers of beliefs (assumed), five of the case (evidence).
        assert_eq!(coverage.covered, 9);
        assert!((coverage.assumed_share - 4.0 / 9.0).abs() < 1e-12);
        let uncovered = |path: &str| coverage.uncovered.iter().any(|known| known == path);
        assert!(uncovered("choice.home_weight") && !uncovered("choice.classes"));
        assert!(!uncovered("runs") && !uncovered("metric.trust_eu.headline"));
        assert_eq!(coverage.unused, [""; 0]);
    }

    #[test]
    fn every_number_of_a_shipped_scenario_has_a_source() {
        for name in library::scenario_names() {
            let text = library::find(name).unwrap().text;
            let scenario = load_text(name, text, &[]).unwrap();
            assert_eq!(coverage(&scenario).uncovered, [""; 0], "{name}");
        }
    }
}
