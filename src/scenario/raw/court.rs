//! Court systems as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placed::Placed;
use super::shape;
use super::value::{Named, Number, Numbers, Text, Whole};
use crate::domain::{Ending, Level};

/// Kinds of nodes: what decides which outcome a node has.
pub const NODE_KINDS: [&str; 5] = ["ruling", "vote", "step", "contest", "appeal"];
/// Endings that can come from outside the procedure.
pub const EXITS: [Ending; 4] = [
    Ending::Statute,
    Ending::Treaty,
    Ending::Settled,
    Ending::Withdrawn,
];

/// A court system as a procedure graph: a case is always in one node, stays there for days,
/// and leaves by one outcome, unless an exit ends it first. `[court.us-sca]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Court {
    /// As read in a sentence: "the US courts". The table's name unless given.
    pub title: Option<String>,
    /// The node where a case begins.
    pub first: Text,
    /// How strongly the latent merit of a case moves each ruling, in log-odds per standard
    /// deviation of merit.
    #[schemars(transform = shape::not_negative)]
    pub merit_loading: Number,
    /// How strongly reach in law moves a ruling, in log-odds on 2·reach − 1.
    #[schemars(transform = shape::not_negative)]
    pub doctrine_loading: Number,
    /// How much briefs for the provider move a ruling, in log-odds per ln(1 + briefs) above
    /// that of `reference_amici`.
    pub amici_loading: Number,
    /// Briefs for the provider in the cases from which the chances were taken.
    #[schemars(transform = shape::not_negative, transform = shape::plain)]
    pub reference_amici: Number,
    /// How much public attention moves a ruling, in log-odds per unit of salience above
    /// `reference_salience`.
    pub salience_loading: Number,
    /// Salience of the cases from which the chances were taken.
    #[schemars(transform = shape::plain)]
    pub reference_salience: Number,
    /// Stages of the procedure: `[court.us-sca.node.district]`.
    pub node: Named<Node>,
    /// What can end a case from any node: `[court.us-sca.exit.statute]`; the names are
    /// `statute`, `treaty`, `settled` and `withdrawn`.
    #[serde(default)]
    #[schemars(transform = shape::by_exit)]
    pub exit: Named<Exit>,
}

/// A stage of the procedure. `[court.us-sca.node.panel]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CourtNode", transform = shape::row)]
pub struct Node {
    /// As told in a story: "the Second Circuit's panel". The node's name unless given.
    pub title: Option<String>,
    /// Level of the court before which the case then is.
    #[schemars(extend("enum" = Level::ALL.map(Level::name)))]
    pub level: Text,
    /// What decides the outcome: `ruling` by judges, moved by merit; `vote` of several judges
    /// by majority; `step` by plain chance; `contest` by the provider's posture; `appeal` by
    /// the government's will.
    #[schemars(extend("enum" = NODE_KINDS))]
    pub kind: Text,
    /// Judges who vote, 1 to 101; only where `kind = "vote"`.
    #[schemars(range(min = 1, max = 101))]
    pub judges: Option<Whole>,
    /// Days spent here, drawn anew at every visit, as in
    /// `{ dist = "lognormal", median = 130, p90 = 300 }`.
    #[schemars(transform = shape::not_negative)]
    pub days: Number,
    /// Ways out: `[court.us-sca.node.panel.outcome.reverse]`. Their chances sum to one.
    pub outcome: Placed<Named<Outcome>>,
}

/// One way out of a node: it leads `to` another node or `ends` the case.
/// `[court.us-sca.node.panel.outcome.reverse]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CourtOutcome", transform = shape::row)]
pub struct Outcome {
    /// As told in a story: "reverses". The outcome's name unless given.
    pub title: Option<String>,
    /// Chance of this outcome given the path so far; not in a contest, which the provider's
    /// posture decides.
    #[schemars(transform = shape::chance)]
    pub chance: Option<Number>,
    /// The party for whom it is.
    #[schemars(extend("enum" = ["government", "provider"]))]
    pub favours: Option<Text>,
    /// It is a decision on reach, which changes the law and the news. No unless given.
    pub rules: Option<Placed<bool>>,
    /// It is what an equal vote gives; one of the two outcomes of a vote.
    pub tie: Option<Placed<bool>>,
    /// The provider goes on; one of the two outcomes of a contest.
    pub carries: Option<Placed<bool>>,
    /// What changes for the case: a stay, or contempt with or without a fine.
    #[serde(default)]
    #[schemars(transform = shape::effects)]
    pub sets: Vec<Text>,
    /// The node that follows.
    pub to: Option<Text>,
    /// How the case ends here.
    #[schemars(extend("enum" = Ending::ALL.map(Ending::name)))]
    pub ends: Option<Text>,
}

/// Something that can end the case from any node, such as a statute.
/// `[court.us-sca.exit.statute]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CourtExit", transform = shape::row)]
pub struct Exit {
    /// Hazard a year: 0.1 ends one case in ten within a year, nearly.
    #[schemars(transform = shape::not_negative)]
    pub hazard_per_year: Number,
    /// What multiplies the hazard while the case is at a level, as in `{ supreme = 4 }`; 1
    /// where not named.
    #[serde(default)]
    #[schemars(transform = shape::not_negative, transform = shape::by_level)]
    pub factor_at: Numbers,
    /// Days from the exit to the case's formal end, 0 to 3,650; 0 unless given.
    #[schemars(range(min = 0, max = 3650))]
    pub days_to_end: Option<Whole>,
}
