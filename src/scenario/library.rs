//! The scenarios and libraries inside the binary.

use super::evidence::evidence;

/// A text that ships with the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shipped {
    /// The name by which it is asked for or extended.
    pub name: &'static str,
    /// Whether it can be run.
    pub kind: ShippedKind,
    /// TOML.
    pub text: &'static str,
}

/// What a shipped text is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShippedKind {
    /// It can be run.
    Scenario,
    /// It is only extended.
    Library,
}

/// Everything shipped, scenarios first.
pub const SHIPPED: &[Shipped] = &[
    scenario(
        "preska-2014",
        include_str!("../../scenarios/preska-2014.toml"),
    ),
    scenario("no-order", include_str!("../../scenarios/no-order.toml")),
    scenario(
        "record-2011",
        include_str!("../../scenarios/record-2011.toml"),
    ),
    scenario(
        "no-leak-2011",
        include_str!("../../scenarios/no-leak-2011.toml"),
    ),
    scenario(
        "schrems-2015",
        include_str!("../../scenarios/schrems-2015.toml"),
    ),
    scenario(
        "safe-harbour-stands",
        include_str!("../../scenarios/safe-harbour-stands.toml"),
    ),
    scenario(
        "reversal-2016",
        include_str!("../../scenarios/reversal-2016.toml"),
    ),
    scenario(
        "affirmed-2016",
        include_str!("../../scenarios/affirmed-2016.toml"),
    ),
    scenario(
        "cloud-act-2018",
        include_str!("../../scenarios/cloud-act-2018.toml"),
    ),
    scenario(
        "no-cloud-act",
        include_str!("../../scenarios/no-cloud-act.toml"),
    ),
    scenario(
        "schrems-2020",
        include_str!("../../scenarios/schrems-2020.toml"),
    ),
    scenario(
        "privacy-shield-stands",
        include_str!("../../scenarios/privacy-shield-stands.toml"),
    ),
    scenario(
        "sovereignty-2026",
        include_str!("../../scenarios/sovereignty-2026.toml"),
    ),
    scenario(
        "dpf-stands",
        include_str!("../../scenarios/dpf-stands.toml"),
    ),
    scenario("bank-2026", include_str!("../../scenarios/bank-2026.toml")),
    scenario(
        "bench-market",
        include_str!("../../scenarios/bench-market.toml"),
    ),
    library(
        "cloud-2011",
        include_str!("../../scenarios/library/cloud-2011.toml"),
    ),
    library(
        "cloud-2014",
        include_str!("../../scenarios/library/cloud-2014.toml"),
    ),
    library(
        "cloud-2016",
        include_str!("../../scenarios/library/cloud-2016.toml"),
    ),
    library(
        "cloud-2018",
        include_str!("../../scenarios/library/cloud-2018.toml"),
    ),
    library(
        "cloud-2020",
        include_str!("../../scenarios/library/cloud-2020.toml"),
    ),
    library(
        "cloud-2026",
        include_str!("../../scenarios/library/cloud-2026.toml"),
    ),
    library(
        "governments-2014",
        include_str!("../../scenarios/library/governments-2014.toml"),
    ),
    library(
        "governments-2018",
        include_str!("../../scenarios/library/governments-2018.toml"),
    ),
    library(
        "governments-2026",
        include_str!("../../scenarios/library/governments-2026.toml"),
    ),
    library(
        "us-sca",
        include_str!("../../scenarios/library/us-sca.toml"),
    ),
    library(
        "eu-reference",
        include_str!("../../scenarios/library/eu-reference.toml"),
    ),
    library(
        "eu-adequacy",
        include_str!("../../scenarios/library/eu-adequacy.toml"),
    ),
    library(
        "de-civil",
        include_str!("../../scenarios/library/de-civil.toml"),
    ),
];

const fn scenario(name: &'static str, text: &'static str) -> Shipped {
    Shipped {
        name,
        kind: ShippedKind::Scenario,
        text,
    }
}

const fn library(name: &'static str, text: &'static str) -> Shipped {
    Shipped {
        name,
        kind: ShippedKind::Library,
        text,
    }
}

/// Posteriors that scenarios name as `[inputs] posterior`: name and TOML, as `comity backtest
/// --fit` wrote it into `scenarios/posteriors`.
pub const POSTERIORS: &[(&str, &str)] = &[(
    "record-2011",
    include_str!("../../scenarios/posteriors/record-2011.toml"),
)];

/// The evidence rows that shipped scenarios cite.
pub const EVIDENCE_CSV: &str = include_str!("../../scenarios/evidence.csv");

/// The shipped text of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|shipped| shipped.name == name)
}

/// Names of the shipped scenarios that can be run.
pub fn scenario_names() -> impl Iterator<Item = &'static str> {
    SHIPPED
        .iter()
        .filter(|shipped| shipped.kind == ShippedKind::Scenario)
        .map(|shipped| shipped.name)
}

/// Ids of the shipped evidence, in the order of the file.
pub fn evidence_ids() -> impl Iterator<Item = &'static str> {
    evidence().iter().map(|row| row.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_evidence_has_ids() {
        let mut names: Vec<_> = SHIPPED.iter().map(|shipped| shipped.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SHIPPED.len());
        assert!(evidence_ids().any(|id| id == "T01"));
    }
}
