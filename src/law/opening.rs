//! Before a run moves: the law is read, the courts' intercepts are solved, and each
//! case's merit is learned and drawn.

use super::case::Case;
use super::demands::DemandStream;
use super::doctrine::{LawInForce, Standing};
use super::plan::Plan;
use super::worth::Worth;
use super::{Dice, Law, LawError, Procedure, SettledBy, Settlement};
use crate::chance::math::ln_1p;
use crate::chance::{Run, Seed, Stream};
use crate::domain::{Date, Level};
use crate::scenario::resolved::{ForceKind, FullModel, InputDraw};

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
            ForceKind::Statute { by, asserts } => Some(Settlement {
                date: force.date,
                by,
                kind: SettledBy::Statute(Some(asserts)),
                cause: None,
            }),
            _ => None,
        });
        let mut given: Vec<Settlement> = given.collect();
        given.sort_by_key(|settlement| settlement.date);
        Ok(Self {
            model,
            dice: Dice {
                merit: stream("merit"),
                sojourn: stream("sojourn"),
                outcome: stream("outcome"),
                exit: stream("exit"),
                statute: stream("statute"),
                fact: stream("fact"),
            },
            procedures: model
                .courts
                .iter()
                .map(Procedure::new)
                .collect::<Result<_, _>>()?,
            loadings: vec![(0.0, 0.0); cases.len()],
            days_at: vec![[0; Level::ALL.len()]; cases.len()],
            cases,
            facts,
            settlements: Vec::with_capacity(given.len() + 64),
            given_settlements: given,
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
            next_settlement: 0,
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
        self.next_settlement = 0;
        self.settlements.clone_from(&self.given_settlements);
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
        self.learn(draw)?;
        self.days_at.fill([0; Level::ALL.len()]);
        for case in &mut self.cases {
            case.begin(draw, run, &self.dice);
            let provider = case.plan.spec.provider();
            let provider = provider.map(|provider| &self.model.providers[provider.index()]);
            let by_value = provider.filter(|provider| provider.posture.by_value);
            let procedure = &self.procedures[case.plan.spec.court];
            case.worth = match by_value.and_then(|provider| provider.finance) {
                Some(finance) => Some(Worth::begin(&finance, procedure, draw)?),
                None => None,
            };
        }
        for stream in &mut self.demands {
            stream.begin(draw, run);
        }
        Ok(())
    }

    /// Walks through the dated facts of all cases, so that each case's merit is judged in
    /// the law of its day.
    fn learn(&mut self, draw: &InputDraw) -> Result<(), LawError> {
        for law in &mut self.in_force {
            let name = &self.model.jurisdictions[law.spec.jurisdiction.index()].name;
            law.begin(draw, name)?;
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
                let circuit = plan.spec.order().map_or(0, |order| order.circuit.index());
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
        Ok(())
    }

    /// What moves the log-odds of a decision toward the provider besides merit: the law
    /// before this case against the unsettled law, briefs, salience.
    pub(super) fn shift(&self, case: usize, date: Date) -> f64 {
        let (doctrine_loading, rest) = self.loadings[case];
        let plan = &self.cases[case].plan;
        let (Some(doctrine), Some(control)) = (plan.doctrine, plan.control) else {
            return rest;
        };
        let law = &self.in_force[doctrine];
        let before = law.reach(date, Some(plan.id))[control.index()];
        rest - doctrine_loading * (before - law.unsettled(control))
    }
}
