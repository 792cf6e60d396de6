//! Whether a contest is worth its cost to a provider: `contest_to = "by_value"`.
//!
//! At a contest node the provider goes on when
//!
//! `P(win | path)·v·m·W ≥ c_l·days_l/365.25`
//!
//! with W the workload that it stores outside the asserting country (USD a year at list
//! prices), m its margin, v what the trust kept by a contest won is worth in years of that
//! margin, c_l its legal cost a year at the level l of the next court and days_l the mean days
//! there. The chance to win and the days are those of the procedure graph from the next node
//! on (see [`Procedure::prospect`]). Once it has given up, it does not begin anew.

use super::{LawError, Procedure, Prospect};
use crate::domain::{JurisdictionId, NodeId, ProviderId, Record, Usd};
use crate::scenario::resolved::{Finance, InputDraw, Target};

const DAYS_PER_YEAR: f64 = 365.25;

/// What one case is worth to its provider, in one run.
#[derive(Clone, Debug)]
pub(super) struct Worth {
    prospect: Prospect,
    /// v·m: years of revenue.
    years: f64,
    legal_usd_per_year_at: [f64; 5],
    /// v·m·W, as last weighed.
    stake: Usd,
}

impl Worth {
    /// The numbers of a run; nothing at stake yet.
    ///
    /// # Errors
    /// [`LawError::NeverEnds`] when the case can stay for ever.
    pub(super) fn begin(
        finance: &Finance,
        procedure: &Procedure<'_>,
        draw: &InputDraw,
    ) -> Result<Self, LawError> {
        let years = finance.trust_kept_years.map_or(0.0, |v| v.value(draw));
        Ok(Self {
            prospect: procedure.prospect()?,
            years: years * finance.margin.value(draw),
            legal_usd_per_year_at: finance.legal_usd_per_year_at.map(|cost| cost.value(draw)),
            stake: Usd::ZERO,
        })
    }

    /// What is at stake by the record.
    pub(super) fn weigh(&mut self, provider: ProviderId, by: JurisdictionId, record: &Record) {
        let abroad = record.abroad_usd_per_year[provider.index()][by.index()];
        self.stake = Usd(self.years * abroad * record.price(provider));
    }

    /// Is it worth going on from a contest by an outcome that leads to `target`?
    pub(super) fn pays(&self, procedure: &Procedure<'_>, target: Target) -> bool {
        let Target::Node(next) = target else {
            return true;
        };
        let (win, cost) = self.expects(procedure, next);
        self.stake * win >= cost
    }

    /// Chance to win, and cost of the next stage.
    fn expects(&self, procedure: &Procedure<'_>, next: NodeId) -> (f64, Usd) {
        let level = procedure.court().nodes[next.index()].level.index();
        let days = self.prospect.days_at[next.index()][level];
        let cost = self.legal_usd_per_year_at[level] * days / DAYS_PER_YEAR;
        (self.prospect.wins[next.index()], Usd(cost))
    }
}
