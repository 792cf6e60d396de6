//! Governments and their instruments as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placed::Placed;
use super::shape;
use super::value::{Number, Text, Whole};
use crate::domain::Ending;

/// Kinds of instruments.
pub const KINDS: [&str; 7] = [
    "procurement_ban",
    "localisation",
    "suspension",
    "blocking_statute",
    "tariff",
    "statute",
    "treaty",
];

/// What presses a maker of policy, a jurisdiction or a bloc of that name. `[government.DE]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Government {
    /// Months in which half of the pressure fades.
    #[schemars(transform = shape::positive)]
    pub half_life_months: Number,
    /// Pressure of a leak of severity 1 about a government that can reach all data.
    #[schemars(transform = shape::not_negative)]
    pub leak: Number,
    /// Pressure of an appellate ruling that confirms the reach of such a government; rulings of
    /// other levels press by their weight in law.
    #[schemars(transform = shape::not_negative)]
    pub ruling: Number,
    /// Pressure of a disclosure that becomes known.
    #[schemars(transform = shape::not_negative)]
    pub disclosure: Number,
    /// Pressure of a policy of another maker against this one; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub retaliation: Option<Number>,
}

/// Something that a maker of policy may enact. `[instrument.de-procurement]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Instrument {
    /// As read after "proposes", with its article. The table's name unless given.
    pub title: Option<String>,
    /// The maker, a `[government.NAME]`.
    pub by: Text,
    /// The government against whose reach it is; of a statute or treaty the maker itself.
    pub against: Text,
    /// What it does while in force.
    #[schemars(extend("enum" = KINDS))]
    pub kind: Text,
    /// The end of a case that brings it, in place of a hazard, as in
    /// `{ case = "dpf", ending = "annulled" }`.
    pub brought_by: Option<Placed<BroughtBy>>,
    /// Highest hazard of a proposal, a year, under whatever pressure. With the next two given
    /// unless a case brings it.
    #[schemars(transform = shape::not_negative)]
    pub most_per_year: Option<Number>,
    /// Part of that hazard without any pressure.
    #[schemars(transform = shape::open_chance)]
    pub share_at_rest: Option<Number>,
    /// Log-odds of that part per unit of pressure.
    #[schemars(transform = shape::not_negative)]
    pub pressure_weight: Option<Number>,
    /// Multiplies the hazard while the question is before the highest court of `against`; 1
    /// unless given.
    #[schemars(transform = shape::not_negative)]
    pub factor_while_pending: Option<Number>,
    /// Months from the proposal, or from the end of the case that brings it, to force.
    #[schemars(transform = shape::not_negative)]
    pub drafting_months: Number,
    /// Months for which it is in force, rounded; for good unless given.
    #[schemars(transform = shape::positive)]
    pub lasts_months: Option<Number>,
    /// Hazard a year of being struck down by a court while in force; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub struck_down_per_year: Option<Number>,
    /// Another instrument that must be in force before this one can be proposed.
    pub after: Option<Text>,
    /// Whether it is in force at the start.
    #[serde(default)]
    pub in_force: bool,
    /// Of bans and localisation: whom they bind.
    #[serde(default)]
    #[schemars(transform = shape::segments)]
    pub segments: Vec<Text>,
    /// Of bans and localisation: months until what is there must have left; 1,200 unless given.
    #[schemars(range(min = 1, max = 1200))]
    pub grace_months: Option<Whole>,
    /// Of a procurement ban: reach in law up to which a service is allowed; 0 unless given.
    #[schemars(transform = shape::chance)]
    pub tolerated_reach: Option<Number>,
    /// Of a suspension or tariff: rise of ln price of what it is about.
    #[schemars(transform = shape::not_negative)]
    pub price_wedge: Option<Number>,
    /// Of a suspension: what it finds of the conduct of `against` raises concern in the maker's
    /// territory as a leak of this severity does; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub finding_severity: Option<Number>,
    /// Of a statute or treaty: factor on its hazard under lobbying without end.
    #[schemars(transform = shape::positive)]
    pub lobbied_factor: Option<Number>,
    /// Of a statute or treaty: lobbying in USD a year by providers of the maker's country that
    /// brings half of that.
    #[schemars(transform = shape::positive)]
    pub lobbied_half_usd_per_year: Option<Number>,
    /// Of a blocking statute: part of the way to certainty that it moves the belief that
    /// location protects.
    #[schemars(transform = shape::chance)]
    pub shield: Option<Number>,
    /// Of a blocking statute: fine for a disclosure that becomes known, as a share of turnover.
    #[schemars(transform = shape::chance)]
    pub fine_share_of_turnover: Option<Number>,
}

/// The end of a case that brings an instrument into force.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BroughtBy {
    /// The case.
    pub case: Text,
    /// How it must end.
    #[schemars(extend("enum" = Ending::ALL.map(Ending::name)))]
    pub ending: Text,
}

/// Leaks about a government: a self-exciting process from the start on. `[revelations.US]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Revelations {
    /// Leaks a year that come by themselves.
    #[schemars(transform = shape::not_negative)]
    pub base_per_year: Number,
    /// Mean number of further leaks that one brings.
    #[schemars(transform = shape::branching)]
    pub branching: Number,
    /// Mean delay of those, days.
    #[schemars(transform = shape::positive)]
    pub delay_days: Number,
    /// Severity of each, drawn anew; 1 makes concern e-fold at distance 1.
    #[schemars(transform = shape::not_negative)]
    pub severity: Number,
}
