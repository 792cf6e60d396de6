//! The rows of the decision table: which come first, how they are marked, what their cells say.

use super::{Comparison, effect, on_scale};
use crate::analysis::decide::difference::Difference;
use crate::analysis::decide::verdict::Verdict;
use crate::report::digits;
use crate::report::page::{Effect, Verdict as Worth};
use crate::report::unit::Scale;

/// What is shown of options that are as good as each other, or of the one to choose.
const TIED: char = '=';
const CHOSEN: char = '*';

/// Name and title, where the title says more.
fn named(page: &Comparison, option: usize) -> String {
    let option = &page.options[option];
    if option.title == option.name {
        option.name.clone()
    } else {
        format!("{}: {}", option.name, option.title)
    }
}

/// How an option's row is marked: as the one to choose, or as not told from the best.
pub(in crate::report) fn mark(page: &Comparison, option: usize) -> char {
    let judged = &page.compared.judged;
    match &page.compared.verdict {
        Verdict::Choose { option: chosen } if *chosen == option => CHOSEN,
        Verdict::Choose { .. } => ' ',
        Verdict::Tie { options } | Verdict::CannotTell { options, .. } => {
            let tied = options.contains(&option) || option == judged.best;
            if tied { TIED } else { ' ' }
        }
    }
}

/// The scale of the table: that of the largest difference.
pub(in crate::report) fn scale(page: &Comparison) -> Scale {
    let unit = &page.judged_by().unit;
    let rows = page.compared.judged.options.iter();
    let sizes =
        rows.filter_map(|row| Some(digits::size(&effect(unit, row.against_reference.as_ref()?))));
    unit.scale(sizes.fold(0.0, f64::max))
}

/// The options, the best mean first.
pub(in crate::report) fn best_first(page: &Comparison) -> Vec<usize> {
    let less_is_better = page.judged_by().more_is_better == Some(false);
    let sign = if less_is_better { 1.0 } else { -1.0 };
    let options = &page.compared.judged.options;
    let rank = |option: usize| sign * options[option].mean.unwrap_or(f64::INFINITY);
    let mut order: Vec<usize> = (0..options.len()).collect();
    order.sort_by(|&a, &b| rank(a).total_cmp(&rank(b)));
    order
}

/// The cells of an option's row, with all columns.
pub(in crate::report) fn option_cells(
    page: &Comparison,
    option: usize,
    scale: &Scale,
) -> [String; 7] {
    let unit = &page.judged_by().unit;
    let row = &page.compared.judged.options[option];
    let against = row.against_reference.as_ref();
    let none = || "–".to_owned();
    let (mean, spread) = against.map_or_else(
        || ("0".to_owned(), "the reference".to_owned()),
        |difference| {
            let text = digits::effect_on(scale, &effect(unit, difference));
            (text.mean, text.spread)
        },
    );
    let beside = |value: f64, difference: Option<&Difference>| {
        let own = Effect {
            mean: on_scale(unit, value),
            error: difference.and_then(|difference| effect(unit, difference).error),
            spread: None,
            verdict: Worth::Changed,
        };
        let text = digits::effect_on(scale, &own).mean;
        text.split(" ±").next().unwrap_or_default().to_owned()
    };
    let percent = |share: f64| format!("{} %", digits::figure(100.0 * share, 0));
    // With the digits of the difference to the reference, so that equal ones read alike.
    let behind = against.or(row.behind_best.as_ref());
    [
        named(page, option),
        mean,
        spread,
        row.worse_in_20
            .map_or_else(none, |worse| beside(worse, against)),
        percent(row.best_in),
        row.regret.map_or_else(none, |regret| {
            beside(regret, behind).trim_start_matches('+').to_owned()
        }),
        row.good_enough.map_or_else(none, percent),
    ]
}
