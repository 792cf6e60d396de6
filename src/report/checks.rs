//! How the model and the program's intervals fared when they were last checked, in the few
//! numbers that a front page has room for.

use serde::{Deserialize, Serialize};

use crate::analysis::backtest::pooled::Pooled;
use crate::analysis::backtest::record::Backtested;
use crate::analysis::{backtest, selfcheck};
use crate::measure::stated::Stated;

/// What the last backtest and the last check of intervals say; each is left out where none was
/// made of this version of the model.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Checks {
    /// The backtest.
    pub backtest: Option<Forecasts>,
    /// The check of intervals.
    pub intervals: Option<Intervals>,
}

/// How a backtest went.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Forecasts {
    /// The scenario whose past was forecast.
    pub scenario: String,
    /// Values to which the model was fitted.
    pub fitted: InBand,
    /// Values that were held out.
    pub held_out: InBand,
}

/// Values inside the 80 % band of their forecast.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct InBand {
    /// Those inside.
    pub inside: u32,
    /// All.
    pub of: u32,
    /// Those of which a forecast of no change did better.
    pub worse_than_no_change: u32,
    /// Those for which there is a forecast of no change.
    pub with_no_change: u32,
}

/// How intervals cover.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Intervals {
    /// Kinds of interval that cover at least as often as they say on every problem.
    pub hold: u32,
    /// All kinds.
    pub of: u32,
    /// Problems on which some cover less, as is known.
    pub known_less: u32,
}

impl Checks {
    /// Those that are shipped with the program.
    #[must_use]
    pub fn shipped() -> Self {
        Self {
            backtest: backtest::shipped::shipped().map(|backtest| Forecasts::of(&backtest)),
            intervals: selfcheck::shipped::shipped().map(|check| Intervals::of(&check)),
        }
    }
}

impl Forecasts {
    fn of(backtest: &Backtested) -> Self {
        let of_use = |use_for: &str| {
            let pooled = backtest.pooled.iter().find(|p| p.use_for == use_for);
            pooled.map_or_else(InBand::default, InBand::of)
        };
        Self {
            scenario: backtest.job.scenario.clone(),
            fitted: of_use("fit"),
            held_out: of_use("validate"),
        }
    }
}

impl InBand {
    fn of(pooled: &Pooled) -> Self {
        let [_, eighty, _] = &pooled.inside;
        let persistence = pooled.persistence.as_ref();
        Self {
            inside: number(eighty.inside),
            of: number(eighty.of),
            worse_than_no_change: number(persistence.map_or(0, |skill| skill.worse.len())),
            with_no_change: number(persistence.map_or(0, |skill| skill.rows)),
        }
    }
}

impl Intervals {
    fn of(check: &selfcheck::SelfCheck) -> Self {
        let (hold, _) = check.kinds_that_hold();
        let less = |checked: &&selfcheck::Checked| {
            matches!(
                checked.verdict,
                selfcheck::Verdict::CoversLess | selfcheck::Verdict::Fails
            )
        };
        Self {
            hold: number(hold),
            of: number(Stated::ALL.len()),
            known_less: number(check.checks.iter().filter(less).count()),
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
