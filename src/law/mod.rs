//! Law: cases on procedure graphs, the reach in law that they leave behind, and the
//! demands filed under it (docs/model.md, section "Law").
//!
//! One [`Law`] lives in each worker and is used run after run: [`Law::begin`] takes the
//! inputs of a run, [`Law::advance`] moves the courts over a span of days and appends
//! what happens to the run's events, [`Law::demands`] counts a month's demands.
//!
//! | file | tells |
//! |---|---|
//! | `procedure`, `merit`, `newton` | how likely each outcome is, by merit of the case |
//! | `posterior` | what a case's history teaches about its merit |
//! | `case`, `passage`, `attributes`, `fine`, `exits` | one case in calendar days |
//! | `docket` | all cases together, and what they change for each other |
//! | `doctrine` | reach in law from rulings, statutes and forum choice |
//! | `demands` | demands for content stored abroad |
//! | `absorption` | exact endings and durations, without simulating |
//!
//! Cost: a few microseconds a case and run for the courts themselves; solving merit anew
//! costs some hundred microseconds a court system, only when its chances are uncertain.

mod absorption;
mod attributes;
mod case;
mod demands;
mod docket;
mod doctrine;
mod error;
mod exits;
mod fine;
#[cfg(test)]
mod fixture;
mod journal;
mod linear;
mod merit;
mod newton;
mod order;
mod passage;
mod plan;
mod posterior;
mod procedure;
mod quadrature;
mod sojourn;

pub use absorption::Absorption;
pub use demands::{DemandCounts, Fates};
pub use error::LawError;
pub use procedure::Procedure;

use crate::chance::math::ln_1p;
use crate::chance::{Run, Seed, Stream};
use crate::domain::{
    CaseId, Date, Ending, Event, JurisdictionId, NodeId, OfferingId, PerControl, ProviderId, Record,
};
use crate::scenario::resolved::{ForceKind, FullModel, InputDraw};
use case::{Act, Case};
use demands::DemandStream;
use doctrine::{LawInForce, Standing};
use journal::Journal;
use plan::Plan;

/// The last day of the calendar, 2200-12-31: what is dated then never happens.
const LAST_DAY: i32 = 84_370;

/// The streams from which the courts draw, each keyed by the case's name.
#[derive(Clone, Copy, Debug)]
struct Dice {
    merit: Stream,
    sojourn: Stream,
    outcome: Stream,
    exit: Stream,
    statute: Stream,
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseState {
    /// Latent merit θ, standard normal before anything is known.
    pub merit: f64,
    /// It has been filed.
    pub filed: bool,
    /// The node in which it is, while the courts have it.
    pub node: Option<NodeId>,
    /// How and when it ended.
    pub ended: Option<(Ending, Date)>,
    /// Days from filing to the end.
    pub days: Option<i32>,
    /// The order is stayed.
    pub stayed: bool,
    /// The provider stands in contempt.
    pub in_contempt: bool,
    /// Non-content data was handed over.
    pub partly_complied: bool,
    /// Fines accrued and not yet paid, USD.
    pub fines_accrued_usd: f64,
    /// Fines paid, USD.
    pub fines_paid_usd: f64,
}

/// A statute given by the scenario.
#[derive(Clone, Copy, Debug)]
struct GivenStatute {
    date: Date,
    by: JurisdictionId,
    asserts: bool,
}

/// What comes next in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Statute(usize),
    Ageing,
    Case(usize, Act),
}

/// All courts, cases and demands of a scenario, for one run at a time.
#[derive(Clone, Debug)]
pub struct Law<'m> {
    model: &'m FullModel,
    dice: Dice,
    procedures: Vec<Procedure<'m>>,
    cases: Vec<Case<'m>>,
    /// Every dated fact of every case, in order of date: case, position in its history.
    facts: Vec<(Date, usize, usize)>,
    statutes: Vec<GivenStatute>,
    in_force: Vec<LawInForce<'m>>,
    /// Reach as last told, by doctrine.
    told: Vec<PerControl<f64>>,
    enacted: Vec<u32>,
    /// By case: 2·d and what amici and salience add to the log-odds toward the provider.
    loadings: Vec<(f64, f64)>,
    demands: Vec<DemandStream>,
    counted: Vec<DemandCounts>,
    run: Run,
    start: Date,
    today: Date,
    next_statute: usize,
    next_ageing: Option<Date>,
}

impl<'m> Law<'m> {
    /// Reads the law of a scenario whose simulation opens on `start`.
    ///
    /// # Errors
    /// When a court system lacks outcomes or a history does not follow its graph.
    pub fn new(model: &'m FullModel, seed: Seed, start: Date) -> Result<Self, LawError> {
        let stream = |purpose| Stream::new(seed, "law", purpose);
        let cases = (0..model.cases.len())
            .map(|index| Ok(Case::new(Plan::new(model, index, start)?)))
            .collect::<Result<Vec<_>, LawError>>()?;
        let mut facts: Vec<(Date, usize, usize)> = Vec::new();
        for (index, case) in model.cases.iter().enumerate() {
            let dates = case.history.iter().enumerate();
            facts.extend(dates.map(|(position, given)| (given.date, index, position)));
        }
        facts.sort_unstable();
        let given = model.forces.iter().filter_map(|force| match force.kind {
            ForceKind::Statute { by, asserts } => Some(GivenStatute {
                date: force.date,
                by,
                asserts,
            }),
            _ => None,
        });
        let mut statutes: Vec<GivenStatute> = given.collect();
        statutes.sort_by_key(|statute| statute.date);
        Ok(Self {
            model,
            dice: Dice {
                merit: stream("merit"),
                sojourn: stream("sojourn"),
                outcome: stream("outcome"),
                exit: stream("exit"),
                statute: stream("statute"),
            },
            procedures: model
                .courts
                .iter()
                .map(Procedure::new)
                .collect::<Result<_, _>>()?,
            loadings: vec![(0.0, 0.0); cases.len()],
            cases,
            facts,
            statutes,
            in_force: model.doctrines.iter().map(LawInForce::new).collect(),
            told: vec![[0.0; 5]; model.doctrines.len()],
            enacted: vec![0; model.doctrines.len()],
            demands: (0..model.demands.len())
                .map(|index| DemandStream::new(model, index, seed))
                .collect(),
            counted: Vec::new(),
            run: Run(0),
            start,
            today: start,
            next_statute: 0,
            next_ageing: None,
        })
    }

    /// Starts a run: solves the courts' intercepts, learns and draws the merit of each
    /// case, and forgets the run before.
    ///
    /// # Errors
    /// When the inputs drawn give chances that are none, or that no intercept gives.
    pub fn begin(&mut self, draw: &InputDraw, run: Run) -> Result<(), LawError> {
        self.run = run;
        self.today = self.start;
        self.next_statute = 0;
        self.next_ageing = None;
        for procedure in &mut self.procedures {
            procedure.set(draw)?;
        }
        for (index, case) in self.cases.iter_mut().enumerate() {
            let (court, spec) = (case.plan.court, case.plan.spec);
            let briefs = spec.amici.value(draw);
            let amici = ln_1p(briefs) - ln_1p(court.reference_amici);
            if !amici.is_finite() {
                return Err(LawError::Number {
                    path: format!("case.{}.amici", spec.name),
                    found: briefs,
                    mend: "give a number of briefs, 0 or more",
                });
            }
            let salience = spec.salience.value(draw) - court.reference_salience;
            self.loadings[index] = (
                2.0 * court.doctrine_loading.value(draw),
                court.amici_loading.value(draw) * amici
                    + court.salience_loading.value(draw) * salience,
            );
            case.posterior.begin();
        }
        self.learn(draw);
        for case in &mut self.cases {
            case.begin(draw, run, &self.dice);
        }
        for stream in &mut self.demands {
            stream.begin(draw, run);
        }
        Ok(())
    }

    /// Walks through the dated facts of all cases, so that each case's merit is judged in
    /// the law of its day.
    fn learn(&mut self, draw: &InputDraw) {
        for law in &mut self.in_force {
            law.begin(draw);
        }
        for fact in 0..self.facts.len() {
            let (date, case, position) = self.facts[fact];
            let given = self.cases[case].plan.spec.history[position];
            let shift = self.shift(case, date);
            let Case {
                plan, posterior, ..
            } = &mut self.cases[case];
            let procedure = &self.procedures[plan.spec.court];
            posterior.learn(procedure, given.node, given.outcome, shift);
            let node = &plan.court.nodes[given.node.index()];
            let outcome = &node.outcomes[given.outcome];
            if let (true, Some(favours), Some(doctrine)) =
                (outcome.rules, outcome.favours, plan.doctrine)
            {
                let circuit = plan.spec.circuit.index();
                let case = plan.id;
                let level = node.level;
                self.in_force[doctrine].rule(Standing {
                    case,
                    date,
                    level,
                    circuit,
                    favours,
                });
            }
        }
        for (doctrine, law) in self.in_force.iter_mut().enumerate() {
            law.forget();
            self.told[doctrine] = law.reach(self.today, None);
            self.enacted[doctrine] = 0;
        }
    }

    /// What moves the log-odds of a decision toward the provider besides merit: the law
    /// before this case against the unsettled law, briefs, salience.
    fn shift(&self, case: usize, date: Date) -> f64 {
        let (doctrine_loading, rest) = self.loadings[case];
        let plan = &self.cases[case].plan;
        let Some(doctrine) = plan.doctrine else {
            return rest;
        };
        let law = &self.in_force[doctrine];
        let before = law.reach(date, Some(plan.id))[plan.control.index()];
        rest - doctrine_loading * (before - law.unsettled(plan.control))
    }

    /// Moves the courts over the days from `from` up to, not including, `until`, and
    /// appends what happens, in order of date. Spans may be of any length: the events do
    /// not depend on how the time is cut. What happened before the first span's `from`
    /// shapes the law without being told.
    pub fn advance(&mut self, from: Date, until: Date, events: &mut Vec<Event>) {
        let mut journal = Journal { from, events };
        while let Some((date, next)) = self.next() {
            if date >= until || date.days_since_epoch() >= LAST_DAY {
                break;
            }
            self.follow(date, next, &mut journal);
        }
        self.today = until;
    }

    /// Counts the demands of month number `month` (the days from `from` up to `until`),
    /// one entry for each `[demands]`, under the reach in law of `record`, and appends the
    /// disclosures that become known. The workload abroad at the first call of a run is
    /// what the rates of the file belong to.
    pub fn demands(
        &mut self,
        (month, from, until): (u32, Date, Date),
        record: &Record,
        events: &mut Vec<Event>,
    ) -> &[DemandCounts] {
        let mut journal = Journal { from, events };
        self.counted.clear();
        for stream in &mut self.demands {
            let (asserting, provider) = stream.parties();
            let reach = reach_abroad(self.model, asserting, provider, record);
            let span = (month, from, until);
            self.counted
                .push(stream.count(span, reach, record, &mut journal));
        }
        &self.counted
    }

    /// Reach in law of `by` as last told; zero without a doctrine of reach. After
    /// [`Law::begin`] that is the unsettled law.
    #[must_use]
    pub fn reach(&self, by: JurisdictionId) -> PerControl<f64> {
        self.doctrine_of(by)
            .map_or([0.0; 5], |doctrine| self.told[doctrine])
    }

    /// Has a statute, a treaty or the highest court settled the reach of `by`?
    #[must_use]
    pub fn reach_settled(&self, by: JurisdictionId) -> bool {
        let doctrine = self.doctrine_of(by);
        doctrine.is_some_and(|doctrine| self.in_force[doctrine].is_settled())
    }

    /// Does the reach of `by` pend in an appellate or higher court?
    #[must_use]
    pub fn reach_pends(&self, by: JurisdictionId) -> bool {
        let mut cases = self.cases.iter();
        cases.any(|case| case.plan.spec.asserting == by && case.pends())
    }

    /// Where a case stands on the day to which the law was advanced.
    #[must_use]
    pub fn case(&self, id: CaseId) -> CaseState {
        self.cases[id.index()].state(self.today)
    }

    /// The court system before which a case goes, with the numbers of this run.
    #[must_use]
    pub fn procedure(&self, id: CaseId) -> &Procedure<'m> {
        &self.procedures[self.model.cases[id.index()].court]
    }
}

/// Reach over what the provider stores outside the government's own country: a demand is
/// put where reach is best, so the highest over its open offerings there.
fn reach_abroad(
    model: &FullModel,
    asserting: JurisdictionId,
    provider: ProviderId,
    record: &Record,
) -> f64 {
    let offerings = model.offerings.iter().enumerate();
    let abroad = offerings.filter(|(index, offering)| {
        offering.provider == provider
            && offering.jurisdiction != asserting
            && record.is_open(OfferingId::new(*index))
    });
    let reach = record.reach(asserting);
    abroad.fold(0.0, |best, (_, offering)| {
        reach[offering.control.index()].max(best)
    })
}
