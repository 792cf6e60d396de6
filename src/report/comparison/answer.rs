//! The verdict in words, and what it rests on.

use super::{Comparison, effect, on_scale};
use crate::analysis::decide::difference::Difference;
use crate::analysis::decide::verdict::Verdict;
use crate::report::digits;

/// Futures that can be asked for.
const MOST_RUNS: u64 = 10_000_000;
/// Options that a sentence names before it only counts them.
const NAMED: usize = 3;

/// The answer: the verdict, then what it rests on.
#[must_use]
pub fn answer(page: &Comparison) -> Vec<String> {
    match &page.compared.verdict {
        Verdict::Choose { option } => choose(page, *option),
        Verdict::Tie { options } => tie(page, options),
        Verdict::CannotTell { options, futures } => cannot_tell(page, options, *futures),
    }
}

fn choose(page: &Comparison, option: usize) -> Vec<String> {
    let chosen = &page.options[option];
    let is_decided = page.header.title.is_some();
    let verb = if is_decided {
        "Choose"
    } else {
        "Best by this is"
    };
    let mut said = vec![format!("{verb} {}: {}.", chosen.name, chosen.title)];
    let Some(again) = &page.compared.again else {
        return said;
    };
    let name = |option: usize| &page.options[option].name;
    let fresh = digits::count(u32::try_from(again.futures).unwrap_or(u32::MAX));
    let better = digits::figure(100.0 * again.ahead_in, 0);
    if let Some(difference) = &again.against_runner_up {
        said.push(format!(
            "It is better than {}, the next, in {better} % of {fresh} fresh futures: the difference is \
             {}.",
            name(again.runner_up),
            on_average(page, page.objective, difference)
        ));
    }
    let reference = page.compared.judged.reference;
    let against = again.against_reference.as_ref();
    if let Some(difference) = against.filter(|_| reference != again.runner_up) {
        said.push(format!(
            "Against {}: {}.",
            name(reference),
            on_average(page, page.objective, difference)
        ));
    }
    if let Some(on) = &page.compared.decide_on {
        said.push(format!(
            "But mind {}: {} is better there; the difference is {}.",
            page.metrics[on.metric].label,
            name(on.better),
            on_average(page, on.metric, &on.difference)
        ));
    }
    said
}

fn tie(page: &Comparison, options: &[usize]) -> Vec<String> {
    let mut said = vec![format!("A tie between {}.", named(page, options))];
    said.extend(apart(page, options));
    if let Some(matters) = page.compared.judged.matters {
        let why = match page.rounds {
            Some(_) => "as was asked",
            None => "a fifth of the spread of futures",
        };
        said.push(format!(
            "Less than {} matters little: {why}.",
            plain(page, page.objective, matters)
        ));
    }
    let name = |option: usize| &page.options[option].name;
    said.push(match &page.compared.decide_on {
        Some(on) => format!(
            "Decide on {}: {} is better there than {}; the difference is {}.",
            page.metrics[on.metric].label,
            name(on.better),
            name(on.than),
            on_average(page, on.metric, &on.difference)
        ),
        None => "No other metric with a direction tells them apart either.".to_owned(),
    });
    said
}

fn cannot_tell(page: &Comparison, options: &[usize], futures: Option<u64>) -> Vec<String> {
    let count = |n: u64| digits::figure(n as f64, 0);
    let judged = &page.compared.judged;
    let second = options
        .get(1)
        .and_then(|&option| judged.options[option].behind_best);
    let futures_of_both = second.map_or(judged.futures as u64, |behind| behind.futures);
    let mut said = vec![format!(
        "{} futures cannot tell {} apart.",
        count(futures_of_both),
        named(page, options)
    )];
    said.extend(apart(page, options));
    said.push(match futures {
        Some(futures) if futures <= MOST_RUNS => {
            format!("Some {} would: give -n {futures}.", count(futures))
        }
        Some(_) => "More than can be simulated would be needed.".to_owned(),
        None => "Ask for more with -n.".to_owned(),
    });
    said
}

/// How far the first two of these lie apart.
fn apart(page: &Comparison, options: &[usize]) -> Option<String> {
    let [first, second, ..] = options else {
        return None;
    };
    let behind = page.compared.judged.options[*second].behind_best.as_ref()?;
    let [first_name, second_name] = [first, second].map(|option| &page.options[*option].name);
    if behind.sd == Some(0.0) && behind.mean == 0.0 {
        return Some(format!(
            "{first_name} and {second_name} come to the same in every future."
        ));
    }
    let again = page.compared.again.as_ref();
    let again = again.filter(|again| again.runner_up == *second);
    let fresh = again.and_then(|again| again.against_runner_up.as_ref());
    let fresh = fresh.map_or_else(String::new, |difference| {
        format!(
            ", and by {} in fresh futures",
            on_average(page, page.objective, difference)
        )
    });
    Some(format!(
        "{first_name} and {second_name} differ by {}{fresh}.",
        on_average(page, page.objective, behind)
    ))
}

/// `a, b and c`, or `a, b, c and 2 more`.
fn named(page: &Comparison, options: &[usize]) -> String {
    let mut names: Vec<String> = options
        .iter()
        .take(NAMED)
        .map(|option| page.options[*option].name.clone())
        .collect();
    let more = options.len() - names.len();
    let last = if more > 0 {
        format!("{more} more")
    } else {
        names.pop().unwrap_or_default()
    };
    if names.is_empty() {
        last
    } else {
        format!("{} and {last}", names.join(", "))
    }
}

/// `USD +0.78 ± 0.05 bn on average [−0.3 to 2.4]`.
fn on_average(page: &Comparison, metric: usize, difference: &Difference) -> String {
    let unit = &page.metrics[metric].unit;
    let effect = effect(unit, difference);
    let text = digits::effect(unit, &effect);
    if effect.spread.is_some() {
        format!("{} on average {}", text.mean, text.spread)
    } else {
        format!("{} on average", text.mean)
    }
}

/// A size in the metric's unit, without a sign.
fn plain(page: &Comparison, metric: usize, size: f64) -> String {
    let unit = &page.metrics[metric].unit;
    let size = on_scale(unit, size);
    let scale = unit.scale(size);
    format!(
        "{}{}{}",
        scale.prefix,
        digits::rounded(size / scale.divisor),
        scale.difference
    )
}
