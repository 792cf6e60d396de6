//! At which value of each lever another option becomes best: options simulated at the lever's
//! ends, and the two that are best there at values between.

use std::path::Path;

use comity::analysis::decide::futures::Futures;
use comity::analysis::decide::judged::{Judged, Question, judge};
use comity::analysis::decide::threshold::{Search, Threshold};
use comity::analysis::decide::verdict::runner_up;
use comity::result::{ExitClass, Folder};
use comity::scenario::provenance;
use comity::scenario::resolved::Lever;

use super::alternatives::{Alternative, Alternatives, alternatives, unknown};
use super::simulate::{Work, identities, not_measurable};
use crate::cli::arguments::CompareArguments;
use crate::cli::failure::Failure;
use crate::cli::simulation::SimulationOptions;

/// Stands for every lever.
const ALL: &str = "all";
/// Futures at each value, unless fewer are asked for: a search looks at nine values of each
/// lever.
const FUTURES: u32 = 200;

/// Refuses levers that there are not.
pub fn refuse_unknown(all: &Alternatives, arguments: &CompareArguments) -> Result<(), Failure> {
    let levers = &all.options[0].pair.scenario.levers;
    if !arguments.levers.is_empty() && levers.is_empty() {
        return Err(Failure::input(
            "the scenario has no levers to move; write some (`comity list fields lever`), or leave \
             out --levers"
                .to_owned(),
        ));
    }
    let known = || levers.iter().map(|lever| lever.name.as_str()).chain([ALL]);
    let mut asked = arguments.levers.iter();
    let wrong = asked.find(|name| !known().any(|known| known == **name));
    wrong.map_or(Ok(()), |name| Err(unknown("lever", name, known())))
}

/// Whether the best is told from the next.
fn is_told(judged: &Judged) -> bool {
    let next = runner_up(judged).and_then(|next| judged.options[next].behind_best);
    next.is_some_and(|behind| behind.excludes_zero())
}

impl Work<'_> {
    /// Where another option becomes best, for the levers asked for.
    pub(super) fn thresholds(&self, folder: &Folder) -> Result<Vec<Threshold>, Failure> {
        let asked = &self.arguments.levers;
        let wanted = |lever: &&Lever| asked.iter().any(|name| *name == lever.name || name == ALL);
        let levers = self.scenario().levers.iter().filter(wanted);
        let found = levers.map(|lever| {
            let below = folder.path().join("levers").join(&lever.name);
            self.threshold(lever, &below)
        });
        found.collect()
    }

    fn threshold(&self, lever: &Lever, below: &Path) -> Result<Threshold, Failure> {
        let question = &Question {
            objective: 0,
            ..self.all.question
        };
        let everything: Vec<usize> = (0..self.all.options.len()).collect();
        let low = self.futures_at(lever, lever.low, &everything, below)?;
        let high = self.futures_at(lever, lever.high, &everything, below)?;
        let judged = |futures| judge(futures, question).map_err(not_measurable);
        let (Some(at_low), Some(at_high)) = (judged(&low)?, judged(&high)?) else {
            return Err(Failure::of(
                ExitClass::Failed,
                format!(
                    "no future has a value at the ends of lever `{}`",
                    lever.name
                ),
            ));
        };
        let ends = [(lever.low, &low), (lever.high, &high)];
        let search = Search::new(ends, (at_low.best, at_high.best), question);
        let mut search = search.map_err(not_measurable)?;
        if let Some(search) = &mut search {
            while let Some(value) = search.next() {
                let futures = self.futures_at(lever, value, &search.rivals(), below)?;
                let looked = search.look(value, &futures, question);
                looked.map_err(not_measurable)?;
            }
        }
        let numbers = provenance(self.scenario());
        let now = numbers.iter().find(|number| number.path == lever.path);
        let now = now.and_then(|number| match number.quantiles {
            Some([_, median, _]) => Some(median),
            None => number.written.parse().ok(),
        });
        Ok(Threshold {
            lever: lever.name.clone(),
            label: lever.label.clone(),
            range: (lever.low, lever.high),
            now,
            best_at_low: at_low.best,
            best_at_high: at_high.best,
            told_at_ends: [&at_low, &at_high].map(is_told),
            at: search.and_then(|search| search.turn()),
            futures: low.count(),
        })
    }

    /// The futures of these options with the lever at a value.
    fn futures_at(
        &self,
        lever: &Lever,
        value: f64,
        which: &[usize],
        below: &Path,
    ) -> Result<Futures, Failure> {
        let mut arguments = self.arguments.clone();
        arguments.settings.push(format!("{}={value}", lever.path));
        let options: Vec<Alternative> = alternatives(self.targets, &arguments)?.options;
        let runs = self.arguments.runs.unwrap_or(self.scenario().runs);
        let simulation = SimulationOptions {
            runs: Some(runs.min(FUTURES)),
            settings: arguments.settings,
            ..self.simulation.clone()
        };
        let jobs = identities(&options, &simulation, false)?;
        let place = below.join(format!("{value}"));
        self.objectives(&self.simulated(&options, (which, &jobs), &place)?)
    }
}
