//! Law as data: doctrines, procedure graphs, cases, demands, forced outcomes.

use super::{ControlQuantities, Quantity};
use crate::domain::{
    CaseId, CircuitId, Date, Ending, JurisdictionId, Level, MakerId, NodeId, Party, ProviderId,
};

/// `[doctrine.US]`: which rules give a jurisdiction reach over data stored abroad.
#[derive(Clone, Debug)]
pub struct Doctrine {
    /// Key in the file: the asserting jurisdiction.
    pub jurisdiction: JurisdictionId,
    /// `[doctrine.US.circuit.second]`
    pub circuits: Vec<Circuit>,
    /// `reach = { direct = 0.6, … }` r0: chance that a court not bound would compel.
    pub reach: ControlQuantities,
    /// `upheld = { direct = 0.97, … }`: reach where a binding rule confirms it.
    pub upheld: ControlQuantities,
    /// `denied = { direct = 0.03, … }`: reach where a binding rule denies it.
    pub denied: ControlQuantities,
    /// `statute_chance_asserts`: chance that a statute, when it comes, asserts reach.
    pub statute_chance_asserts: Quantity,
    /// `persuasion = { magistrate = 0.1, … }` ω: weight in log-odds of a persuasive ruling,
    /// by level.
    pub persuasion: [Quantity; 5],
    /// `persuasion_half_life_years` H
    pub persuasion_half_life_years: Quantity,
    /// `forum_choice` φ: how strongly the government files where reach is better.
    pub forum_choice: Quantity,
}

/// `[doctrine.US.circuit.second]`
#[derive(Clone, Debug)]
pub struct Circuit {
    /// Key in the file.
    pub name: String,
    /// `weight` w0: share of such demands filed there.
    pub weight: f64,
}

/// `[court.us-sca]`: a court system as a procedure graph.
#[derive(Clone, Debug)]
pub struct CourtSystem {
    /// Key in the file.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
    /// `first`: the node where a case begins.
    pub first: NodeId,
    /// `merit_loading` a: how strongly the latent merit of a case moves each ruling.
    pub merit_loading: Quantity,
    /// `doctrine_loading` d: how strongly reach in law moves a ruling (on 2·D − 1).
    pub doctrine_loading: Quantity,
    /// `amici_loading` m per ln(1 + briefs for the provider), from `reference_amici`.
    pub amici_loading: Quantity,
    /// `reference_amici`: briefs in the cases from which the chances were taken.
    pub reference_amici: f64,
    /// `salience_loading` w per unit of salience above `reference_salience`.
    pub salience_loading: Quantity,
    /// `reference_salience`
    pub reference_salience: f64,
    /// `[court.us-sca.node.panel]`, in an order where `first` is not necessarily 0.
    pub nodes: Vec<Node>,
    /// `[court.us-sca.exit.statute]`
    pub exits: Vec<Exit>,
}

/// A state of a case.
#[derive(Clone, Debug)]
pub struct Node {
    /// Key in the file.
    pub name: String,
    /// As told: "the Second Circuit's panel".
    pub title: String,
    /// `level`: of the court before which the case then is.
    pub level: Level,
    /// `kind`
    pub kind: NodeKind,
    /// `days`: sojourn, a number or a distribution, drawn anew at every visit.
    pub days: SojournDays,
    /// `[court.us-sca.node.panel.outcome.reverse]`, at least one; chances sum to one.
    pub outcomes: Vec<Outcome>,
}

impl Node {
    /// The position of the outcome of this contest that a provider takes who contests as
    /// far as `contest_to` (none: not at all): the one that carries on, if its target's
    /// level is within, else the other one. `nodes` are those of the court.
    #[must_use]
    pub fn contested(&self, nodes: &[Self], contest_to: Option<Level>) -> usize {
        let level = |outcome: &Outcome| match outcome.target {
            Target::Node(next) => nodes[next.index()].level,
            Target::End(_) => self.level,
        };
        let within =
            |outcome: &Outcome| contest_to.is_some_and(|highest| level(outcome) <= highest);
        let carries = |outcome: &Outcome| outcome.carries && within(outcome);
        let gives_up = || self.outcomes.iter().position(|outcome| !outcome.carries);
        let chosen = self.outcomes.iter().position(carries);
        chosen.or_else(gives_up).unwrap_or(0)
    }

    /// The outcome that a government takes here which would take `drawn` but asks no court
    /// above `highest` (none: no court): the first by which it asks none that is higher.
    /// `nodes` are those of the court.
    #[must_use]
    pub fn appealed(&self, nodes: &[Self], highest: Option<Level>, drawn: usize) -> usize {
        let within = |outcome: &Outcome| {
            outcome
                .asks(nodes)
                .is_none_or(|level| highest.is_some_and(|highest| level <= highest))
        };
        if within(&self.outcomes[drawn]) {
            return drawn;
        }
        self.outcomes.iter().position(within).unwrap_or(drawn)
    }
}

/// Days spent in a node: a plain number or a distribution (not an epistemic input: the
/// duration of each visit is chance).
pub type SojournDays = super::Distribution;

/// What decides which outcome a node has.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// `kind = "ruling"`: a decision on the merits; each outcome `favours` a party or none;
    /// chances are marginal, given the path so far, and merit moves them.
    Ruling,
    /// `kind = "vote"`, `judges = 8`: as a ruling by majority of independent votes with
    /// common merit; a tie takes the outcome marked `tie = true`.
    Vote {
        /// Number of votes.
        judges: u32,
    },
    /// `kind = "step"`: plain chances.
    Step,
    /// `kind = "contest"`, by the provider: outcome `carries = true` when the posture goes
    /// as high as that outcome's target, else the other one. Chances are not given.
    Contest,
    /// `kind = "appeal"`, by the government: plain chances (its will to litigate).
    GovernmentAppeal,
}

/// One way out of a node.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Key in the file.
    pub name: String,
    /// As told: "reverses".
    pub title: String,
    /// `chance`: a number or a distribution; 0 in contest nodes. Plain chances of a node sum
    /// to one; where some are drawn, the means do to within 0.01.
    pub chance: Quantity,
    /// `favours = "provider"`, if the outcome holds for a party.
    pub favours: Option<Party>,
    /// `rules = true`: it is a decision on reach that changes the law and the news.
    pub rules: bool,
    /// `tie = true`: a vote's outcome on equal division; of a vote's two outcomes it is the
    /// one that needs no majority.
    pub tie: bool,
    /// `carries = true`: the provider goes on.
    pub carries: bool,
    /// `sets = [...]`
    pub effects: Vec<OutcomeEffect>,
    /// `to = "cert"`, or `ends = "provider"`.
    pub target: Target,
}

impl Outcome {
    /// The court that it asks: the level of the node it leads to, unless a party decides there.
    #[must_use]
    pub fn asks(&self, nodes: &[Node]) -> Option<Level> {
        let Target::Node(next) = self.target else {
            return None;
        };
        let next = &nodes[next.index()];
        let is_party = matches!(next.kind, NodeKind::Contest | NodeKind::GovernmentAppeal);
        (!is_party).then_some(next.level)
    }
}

/// Where an outcome leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another node.
    Node(NodeId),
    /// The end of the case.
    End(Ending),
}

/// A change of the case's attributes; names in `sets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeEffect {
    /// `"stayed"`
    Stayed,
    /// `"stay_lifted"`
    StayLifted,
    /// `"contempt_stipulated"`: without a fine.
    ContemptStipulated,
    /// `"contempt_fined"`: with the case's daily fine, doubling.
    ContemptFined,
    /// `"contempt_purged"`
    ContemptPurged,
}

impl OutcomeEffect {
    /// Every effect.
    pub const ALL: [Self; 5] = [
        Self::Stayed,
        Self::StayLifted,
        Self::ContemptStipulated,
        Self::ContemptFined,
        Self::ContemptPurged,
    ];

    /// The name in `sets = [...]`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stayed => "stayed",
            Self::StayLifted => "stay_lifted",
            Self::ContemptStipulated => "contempt_stipulated",
            Self::ContemptFined => "contempt_fined",
            Self::ContemptPurged => "contempt_purged",
        }
    }
}

/// `[court.us-sca.exit.statute]`: a hazard that ends the case from anywhere.
#[derive(Clone, Debug)]
pub struct Exit {
    /// Key in the file: statute, treaty, settled or withdrawn.
    pub ending: Ending,
    /// `hazard_per_year`
    pub hazard_per_year: Quantity,
    /// `factor_at = { supreme = 4 }`: multiplies the hazard while the case is at a level;
    /// by [`Level::index`].
    pub factor_at: [Quantity; 5],
    /// `days_to_end`: from the exit to the case's formal end.
    pub days_to_end: u32,
}

/// `[case.ms-ireland]`
#[derive(Clone, Debug)]
pub struct CaseSpec {
    /// Key in the file.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
    /// An order, or an act that is challenged.
    pub about: Subject,
    /// `court`: position in [`super::FullModel::courts`].
    pub court: usize,
    /// `filed`
    pub filed: Date,
    /// `amici`: briefs for the provider.
    pub amici: Quantity,
    /// `salience`
    pub salience: Quantity,
    /// `[case.ms-ireland.history.magistrate]`: what is known, in order of
    /// date; the latent merit is learned from it. A contest that the file leaves out between
    /// two entries is here, carried on, on the day of the step before.
    pub history: Vec<Given>,
}

impl CaseSpec {
    /// The order, where the case is about one.
    #[must_use]
    pub const fn order(&self) -> Option<&Order> {
        match &self.about {
            Subject::Order(order) => Some(order),
            Subject::Act { .. } => None,
        }
    }

    /// The government that asserts reach, where the case is about an order.
    #[must_use]
    pub fn asserting(&self) -> Option<JurisdictionId> {
        self.order().map(|order| order.asserting)
    }

    /// The provider that is ordered to produce, where the case is about an order.
    #[must_use]
    pub fn provider(&self) -> Option<ProviderId> {
        self.order().map(|order| order.provider)
    }
}

/// What a case is about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// An order to produce data stored abroad.
    Order(Order),
    /// `act_of = "EU"`: an act of a maker of policy, such as a finding of adequacy. Nothing
    /// in such a case is a ruling on reach, and no provider acts in it.
    Act {
        /// Whose act is challenged.
        of: MakerId,
    },
}

/// An order to produce data stored abroad.
#[derive(Clone, Debug)]
pub struct Order {
    /// `asserting = "US"`
    pub asserting: JurisdictionId,
    /// `provider`
    pub provider: ProviderId,
    /// `circuit`: of the asserting jurisdiction's doctrine; may be left out where it has one.
    pub circuit: CircuitId,
    /// `data_in`
    pub data_in: JurisdictionId,
    /// `government_appeals_to`: the highest court that the government asks after a loss;
    /// `"none"` lets each loss stand.
    pub government_appeals_to: Option<Level>,
    /// `fine = { usd_per_day = 250000, doubling_days = 7, ceiling_usd = 1e9 }`
    pub fine: Fine,
}

/// The coercive fine of a contempt order: a daily amount that doubles.
#[derive(Clone, Copy, Debug)]
pub struct Fine {
    /// First daily amount.
    pub usd_per_day: Quantity,
    /// Days after which the daily amount doubles.
    pub doubling_days: u32,
    /// Total at which the provider gives in.
    pub ceiling_usd: Quantity,
}

/// A node's outcome and its date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// The node.
    pub node: NodeId,
    /// Position among the node's outcomes.
    pub outcome: usize,
    /// The day it happened.
    pub date: Date,
}

/// `[demands.US.microsoft]`: demands for content stored abroad, with a year's rates at the
/// start; the rate scales with the workload stored abroad.
#[derive(Clone, Debug)]
pub struct Demands {
    /// First key: the asserting jurisdiction.
    pub asserting: JurisdictionId,
    /// Second key.
    pub provider: ProviderId,
    /// `consumer_per_year`
    pub consumer_per_year: Quantity,
    /// `enterprise_per_year`
    pub enterprise_per_year: Quantity,
    /// `narrowed`: share withdrawn or narrowed to data at home.
    pub narrowed: Quantity,
    /// `to_treaty`: share sent by the treaty route.
    pub to_treaty: Quantity,
    /// `treaty_months`: mean delay of that route.
    pub treaty_months: Quantity,
    /// `contested`: share contested by a provider whose posture contests.
    pub contested: Quantity,
    /// `secret`: share under a secrecy order.
    pub secret: Quantity,
    /// `becomes_public`: chance that a disclosure of enterprise content not under secrecy
    /// becomes known.
    pub becomes_public: Quantity,
}

/// `[fact.NAME]`: something learned about a case since the start, with which the futures that
/// are simulated agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Key in the file.
    pub name: String,
    /// The case.
    pub case: CaseId,
    /// What is known of it.
    pub kind: FactKind,
}

/// What is known of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// It left a node by an outcome.
    Left {
        /// The node.
        node: NodeId,
        /// Position among the node's outcomes.
        outcome: usize,
        /// The day, if it is known.
        on: Option<Date>,
    },
    /// It was still open at the end of this day.
    Open(Date),
}

/// `[force.NAME]`: given, whatever chance would say; nothing else changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Force {
    /// Key in the file.
    pub name: String,
    /// `date`; facts before `start` spin up the beliefs.
    pub date: Date,
    /// `known`: the day from which on it was known to come.
    pub known: Date,
    /// `title`, as told.
    pub title: String,
    /// What happens.
    pub kind: ForceKind,
}

/// What a `[force]` imposes.
#[derive(Clone, Debug, PartialEq)]
pub enum ForceKind {
    /// `leak = { by = "US", severity = 0.6 }`
    Leak {
        /// Whose conduct is revealed.
        by: JurisdictionId,
        /// Rise of ln concern at distance 1.
        severity: Quantity,
    },
    /// `ruling = { case = "ms-ireland", node = "district", outcome = "provider" }`
    Ruling {
        /// The case.
        case: CaseId,
        /// The node.
        node: NodeId,
        /// Position among the node's outcomes.
        outcome: usize,
        /// `waits`: the court does not decide before the date.
        waits: bool,
    },
    /// `statute = { by = "US", asserts = true }`
    Statute {
        /// Who enacts it.
        by: JurisdictionId,
        /// Whether it asserts reach.
        asserts: bool,
    },
    /// `compliance = { bloc = "EU", price_wedge = 0.18 }`
    Compliance {
        /// Whose customers it concerns: the members of `bloc`, or `jurisdiction` alone.
        members: Vec<JurisdictionId>,
        /// `price_wedge`: rise of ln price of all that they place.
        price_wedge: Quantity,
        /// `half_life_months` after which half of it is answered by what is placed already.
        half_life_months: Quantity,
    },
}
