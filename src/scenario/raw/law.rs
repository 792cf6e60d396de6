//! Doctrines, cases, demands and forced outcomes as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placed::Placed;
use super::shape;
use super::value::{Day, Named, Number, Numbers, Text, Whole};

/// The law by which one country reaches for data stored abroad. `[doctrine.US]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Doctrine {
    /// Circuits, in each of which a ruling binds: `[doctrine.US.circuit.second]`. Without any,
    /// the country is one circuit of its own name.
    #[serde(default)]
    pub circuit: Named<Circuit>,
    /// Chance that a court that no ruling binds would compel production, by control structure.
    #[schemars(transform = shape::open_chance, transform = shape::by_control)]
    pub reach: Placed<Numbers>,
    /// The same where a binding rule confirms reach.
    #[schemars(transform = shape::open_chance, transform = shape::by_control)]
    pub upheld: Placed<Numbers>,
    /// The same where a binding rule denies it.
    #[schemars(transform = shape::open_chance, transform = shape::by_control)]
    pub denied: Placed<Numbers>,
    /// Chance that a statute, when it comes, asserts reach.
    #[schemars(transform = shape::chance)]
    pub statute_chance_asserts: Number,
    /// Weight in log-odds of a ruling that persuades but does not bind, by level of court; 0
    /// where not named.
    #[schemars(transform = shape::not_negative, transform = shape::by_level)]
    pub persuasion: Placed<Numbers>,
    /// Years after which such a ruling persuades half as much.
    #[schemars(transform = shape::positive)]
    pub persuasion_half_life_years: Number,
    /// How strongly the government files where reach is better; 0 is not at all.
    #[schemars(transform = shape::not_negative)]
    pub forum_choice: Number,
}

/// A circuit of a country's courts. `[doctrine.US.circuit.second]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Circuit {
    /// Share of such demands filed here; over the circuits they sum to one.
    #[schemars(transform = shape::chance, transform = shape::plain)]
    pub weight: Number,
}

/// A case about an order to produce data stored abroad, or about an act of a maker of policy
/// that somebody challenges. `[case.ms-ireland]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Case {
    /// As read in a sentence: "the Microsoft Ireland case". The table's name unless given.
    pub title: Option<String>,
    /// Of a challenge to an act, such as a finding of adequacy: whose act it is, a
    /// `[government.NAME]`. Such a case has none of the fields of an order.
    pub act_of: Option<Text>,
    /// Of an order: the country that asserts reach, with a `[doctrine]`.
    pub asserting: Option<Text>,
    /// Of an order: the provider that is to produce.
    pub provider: Option<Text>,
    /// The court system through which the case goes.
    pub court: Text,
    /// Of an order: the circuit of the asserting country's doctrine; needed where it has
    /// several.
    pub circuit: Option<Text>,
    /// Of an order: the country where the data lies.
    pub data_in: Option<Text>,
    /// Day on which the order is asked for, or the act challenged.
    pub filed: Day,
    /// Briefs of others for the provider, or for whoever challenges the act.
    #[schemars(transform = shape::not_negative)]
    pub amici: Number,
    /// Public attention; 1 is that of the Microsoft Ireland case.
    #[schemars(transform = shape::not_negative)]
    pub salience: Number,
    /// Of an order: the highest level of court that its government asks after a loss; `none`
    /// lets each loss stand. As far as the chances of the court system take it unless given.
    #[schemars(extend("enum" = shape::appeals()))]
    pub government_appeals_to: Option<Text>,
    /// Of an order: the daily fine of contempt.
    pub fine: Option<Placed<Fine>>,
    /// What is known, by node: `[case.ms-ireland.history.magistrate]`. The
    /// merit of the case is learned from it.
    #[serde(default)]
    pub history: Named<Happened>,
}

/// A fine for each day in contempt, as in
/// `{ usd_per_day = 250000, doubling_days = 7, ceiling_usd = 5e7 }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fine {
    /// First daily amount, in USD.
    #[schemars(transform = shape::not_negative)]
    pub usd_per_day: Number,
    /// Days after which the daily amount doubles, 1 to 3,650.
    #[schemars(range(min = 1, max = 3650))]
    pub doubling_days: Whole,
    /// Total, in USD, at which the provider gives in.
    #[schemars(transform = shape::not_negative)]
    pub ceiling_usd: Number,
}

/// What happened to a case in one node before the start.
/// `[case.ms-ireland.history.magistrate]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Happened {
    /// The node's outcome.
    pub outcome: Text,
    /// The day of it.
    pub date: Day,
}

/// Demands of one government on one provider for content stored abroad; rates are those of the
/// start and grow with the workload stored abroad. `[demands.US.microsoft]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Demands {
    /// Demands a year for content of consumers.
    #[schemars(transform = shape::not_negative)]
    pub consumer_per_year: Number,
    /// Demands a year for content of firms and public bodies.
    #[schemars(transform = shape::not_negative)]
    pub enterprise_per_year: Number,
    /// Share withdrawn, or narrowed to data at home. With `to_treaty` and `contested` at most 1.
    #[schemars(transform = shape::chance)]
    pub narrowed: Number,
    /// Share sent by the treaty route.
    #[schemars(transform = shape::chance)]
    pub to_treaty: Number,
    /// Mean months that the treaty route takes.
    #[schemars(transform = shape::positive)]
    pub treaty_months: Number,
    /// Share contested by a provider whose posture contests.
    #[schemars(transform = shape::chance)]
    pub contested: Number,
    /// Share under an order of secrecy.
    #[schemars(transform = shape::chance)]
    pub secret: Number,
    /// Chance that a disclosure of a firm's content that is not secret becomes known.
    #[schemars(transform = shape::chance)]
    pub becomes_public: Number,
}

/// A dated fact that comes about whatever chance would say: one of a leak, a ruling, a statute
/// and a cost of compliance. `[force.NAME]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Force {
    /// Its day, not before `spin_up_from`. Of a ruling it may be left out: the court then rules
    /// so whenever the case comes there.
    pub date: Option<Day>,
    /// The day from which on it was known to come, not after its own; its own unless given.
    pub known: Option<Day>,
    /// As told in a story. The table's name unless given.
    pub title: Option<String>,
    /// A government's conduct is revealed.
    pub leak: Option<Leak>,
    /// A court rules so.
    pub ruling: Option<Ruling>,
    /// A statute settles reach.
    pub statute: Option<Statute>,
    /// All cloud becomes dearer to the customers of a place.
    pub compliance: Option<Compliance>,
}

/// A government's conduct is revealed: `{ by = "US", severity = 0.6 }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leak {
    /// Whose conduct.
    pub by: Text,
    /// Rise of the ln of concern with that government, at distance 1.
    #[schemars(transform = shape::not_negative)]
    pub severity: Number,
}

/// A court rules so: `{ case = "ms-ireland", node = "district", outcome = "provider" }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// The case.
    pub case: Text,
    /// The node of its court system.
    pub node: Text,
    /// The node's outcome.
    pub outcome: Text,
    /// Whether the court waits for the date, so that it does not decide before; unless given a
    /// case that has left the node by then stays as it went.
    #[serde(default)]
    pub waits: bool,
}

/// Something learned about a case since the start: only futures that agree with it are
/// simulated. Either a node was left by an outcome, or the case was still open. `[fact.NAME]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Fact {
    /// The case.
    pub case: Text,
    /// The node of its court system that it left.
    pub node: Option<Text>,
    /// The node's outcome.
    pub outcome: Option<Text>,
    /// The day on which it left the node; unknown unless given.
    pub date: Option<Day>,
    /// In place of a node: the day at whose end the case was still open.
    pub open_on: Option<Day>,
}

/// A statute settles reach: `{ by = "US", asserts = true }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// The country that enacts it, with a `[doctrine]`.
    pub by: Text,
    /// Whether it asserts reach, or denies it.
    pub asserts: bool,
}

/// All that customers of a place put into a cloud becomes dearer, wherever it lies:
/// `{ bloc = "EU", price_wedge = 0.18 }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compliance {
    /// Whose customers it concerns: those of a bloc, or of one `jurisdiction`.
    pub bloc: Option<Text>,
    /// Whose customers it concerns: those of one country, or of a `bloc`.
    pub jurisdiction: Option<Text>,
    /// Rise of ln price: 0.18 makes all of it 20 % dearer.
    #[schemars(transform = shape::not_negative)]
    pub price_wedge: Number,
    /// Months after which half of it is answered by what is placed already; 7 unless given.
    #[schemars(transform = shape::positive)]
    pub half_life_months: Option<Number>,
}
