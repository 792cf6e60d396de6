//! Reach in law: how likely a court of a government compels production of data stored
//! abroad, under each control structure.
//!
//! `D[k] = Σ_a w_a·r_a,k` over the circuits a in which a demand can be filed. A rule that
//! binds a circuit decides there: a statute or the highest court binds all, an appellate
//! court its own circuit, a district or magistrate judge nobody (Camreta v. Greene 2011).
//! Elsewhere rulings persuade: `logit r = logit r0 + Σ ω_level·dir·2^(−age/H)`. The
//! government files where reach is better: `w_a ∝ w0_a·exp(φ·r_a)`.
//!
//! Of one case only what stands counts: a later ruling replaces the case's earlier ones
//! of its level or lower. A treaty opens another way to the data and ends the cases, so
//! the question counts as settled, but it leaves reach as it was.

use super::LawError;
use crate::chance::math::{exp, exp2, logistic, logit};
use crate::domain::{CaseId, Control, Date, Level, Party, PerControl};
use crate::scenario::resolved::{Doctrine, InputDraw};

/// Days of a year, for half-lives and hazards.
pub(super) const DAYS_PER_YEAR: f64 = 365.25;

/// A decision on reach that stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Standing {
    pub case: CaseId,
    pub date: Date,
    pub level: Level,
    /// Position among the doctrine's circuits.
    pub circuit: usize,
    pub favours: Party,
}

/// The law of one jurisdiction in one run.
#[derive(Clone, Debug)]
pub(super) struct LawInForce<'m> {
    pub spec: &'m Doctrine,
    unsettled: PerControl<f64>,
    upheld: PerControl<f64>,
    denied: PerControl<f64>,
    persuasion: [f64; 5],
    half_life_days: f64,
    forum_choice: f64,
    pub statute_chance_asserts: f64,
    standing: Vec<Standing>,
    statute: Option<bool>,
    treaty: bool,
}

impl<'m> LawInForce<'m> {
    pub(super) fn new(spec: &'m Doctrine) -> Self {
        Self {
            spec,
            unsettled: [0.0; 5],
            upheld: [0.0; 5],
            denied: [0.0; 5],
            persuasion: [0.0; 5],
            half_life_days: 1.0,
            forum_choice: 0.0,
            statute_chance_asserts: 0.0,
            standing: Vec::new(),
            statute: None,
            treaty: false,
        }
    }

    /// Takes the numbers of a run and forgets all rulings.
    ///
    /// # Errors
    /// When the half-life of persuasion drawn is not positive.
    pub(super) fn begin(&mut self, draw: &InputDraw, name: &str) -> Result<(), LawError> {
        for k in 0..Control::ALL.len() {
            self.unsettled[k] = self.spec.reach[k].value(draw).clamp(0.0, 1.0);
            self.upheld[k] = self.spec.upheld[k].value(draw).clamp(0.0, 1.0);
            self.denied[k] = self.spec.denied[k].value(draw).clamp(0.0, 1.0);
        }
        for (weight, spec) in self.persuasion.iter_mut().zip(&self.spec.persuasion) {
            *weight = spec.value(draw);
        }
        let years = self.spec.persuasion_half_life_years.value(draw);
        if years.is_nan() || years <= 0.0 {
            return Err(LawError::Number {
                path: format!("doctrine.{name}.persuasion_half_life_years"),
                found: years,
                mend: "give a number of years above 0",
            });
        }
        self.half_life_days = DAYS_PER_YEAR * years;
        self.forum_choice = self.spec.forum_choice.value(draw);
        self.statute_chance_asserts = self.spec.statute_chance_asserts.value(draw);
        self.forget();
        Ok(())
    }

    /// Back to the unsettled law.
    pub(super) fn forget(&mut self) {
        self.standing.clear();
        self.statute = None;
        self.treaty = false;
    }

    /// Reach over a control structure before any ruling.
    pub(super) fn unsettled(&self, control: Control) -> f64 {
        self.unsettled[control.index()]
    }

    pub(super) fn rule(&mut self, ruling: Standing) {
        self.standing
            .retain(|old| old.case != ruling.case || old.level > ruling.level);
        self.standing.push(ruling);
    }

    pub(super) fn enact(&mut self, asserts: bool) {
        self.statute = Some(asserts);
    }

    pub(super) fn agree_treaty(&mut self) {
        self.treaty = true;
    }

    /// A statute, treaty or supreme court has decided.
    pub(super) fn is_settled(&self) -> bool {
        self.treaty || self.statute.is_some() || self.supreme(None).is_some()
    }

    /// Does reach still move with time alone?
    pub(super) fn ages(&self) -> bool {
        !self.standing.is_empty() && self.statute.is_none() && self.supreme(None).is_none()
    }

    fn counted(&self, without: Option<CaseId>) -> impl Iterator<Item = &Standing> {
        self.standing
            .iter()
            .filter(move |ruling| Some(ruling.case) != without)
    }

    fn supreme(&self, without: Option<CaseId>) -> Option<Party> {
        let rulings = self.counted(without).filter(|r| r.level >= Level::Supreme);
        rulings.last().map(|ruling| ruling.favours)
    }

    /// Reach on `date`, leaving out what the case `without` decided.
    pub(super) fn reach(&self, date: Date, without: Option<CaseId>) -> PerControl<f64> {
        let bound = |party: Party| match party {
            Party::Government => self.upheld,
            Party::Provider => self.denied,
        };
        if let Some(asserts) = self.statute {
            return if asserts { self.upheld } else { self.denied };
        }
        if let Some(party) = self.supreme(without) {
            return bound(party);
        }
        let [open, upheld, denied] = self.shares(without);
        let shift = self.persuasion_on(date, without);
        std::array::from_fn(|k| {
            let unsettled = self.unsettled[k];
            let persuaded = if shift == 0.0 || unsettled <= 0.0 || unsettled >= 1.0 {
                unsettled
            } else {
                logistic(logit(unsettled) + shift)
            };
            let parts = [
                (open, persuaded),
                (upheld, self.upheld[k]),
                (denied, self.denied[k]),
            ];
            self.filed_where_better(parts)
        })
    }

    /// Mean reach over shares of the circuits, tilted to where reach is better.
    fn filed_where_better(&self, parts: [(f64, f64); 3]) -> f64 {
        let (mut weight, mut sum) = (0.0, 0.0);
        for (share, reach) in parts {
            let tilted = share * exp(self.forum_choice * reach);
            weight += tilted;
            sum += tilted * reach;
        }
        if weight > 0.0 { sum / weight } else { 0.0 }
    }

    /// Weight of the circuits without a rule of their own, with reach upheld, and denied.
    fn shares(&self, without: Option<CaseId>) -> [f64; 3] {
        let mut shares = [0.0; 3];
        for (index, circuit) in self.spec.circuits.iter().enumerate() {
            let own = |r: &&Standing| r.level == Level::Circuit && r.circuit == index;
            let rule = self.counted(without).filter(own).last();
            let place = match rule.map(|ruling| ruling.favours) {
                None => 0,
                Some(Party::Government) => 1,
                Some(Party::Provider) => 2,
            };
            shares[place] += circuit.weight;
        }
        if shares.iter().sum::<f64>() > 0.0 {
            shares
        } else {
            [1.0, 0.0, 0.0]
        }
    }

    /// Log-odds by which standing rulings persuade a court that none of them binds.
    fn persuasion_on(&self, date: Date, without: Option<CaseId>) -> f64 {
        let shifts = self.counted(without).map(|ruling| {
            let age = f64::from(date.days_since(ruling.date).max(0));
            let weight = self.persuasion[ruling.level.index()];
            weight * ruling.favours.reach_sign() * exp2(-age / self.half_life_days)
        });
        shifts.sum()
    }
}
