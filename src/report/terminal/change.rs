//! What would change the choice: levers, inputs worth knowing, rulings worth waiting for.

use super::Terminal;
use crate::analysis::decide::difference::Difference;
use crate::analysis::decide::sensitive::Sensitive;
use crate::analysis::decide::study::CLEARLY;
use crate::analysis::decide::threshold::Threshold;
use crate::analysis::decide::waiting::Waiting;
use crate::report::comparison::{Comparison, effect};
use crate::report::digits;
use crate::report::layout::{Line, Span, Style, flow};

/// The least part of a spread that is told, percent.
const LEAST_TOLD: f64 = 1.0;

impl Terminal {
    /// Each in a sentence or two.
    pub(in crate::report) fn what_would_change_it(&self, page: &Comparison) -> Vec<Line> {
        let compared = &page.compared;
        let mut items: Vec<String> = compared
            .thresholds
            .iter()
            .map(|threshold| turned(page, threshold))
            .collect();
        items.extend(known(page, &compared.sensitive));
        items.extend(waited(page, &compared.waiting));
        if items.is_empty() {
            return Vec::new();
        }
        let label = Line::of(Span::new("WHAT WOULD CHANGE IT", Style::Strong));
        let mut lines = vec![label];
        for item in items {
            let words: Vec<Span> = item.split(' ').map(Span::plain).collect();
            let mut text = flow(&words, " ", self.item());
            let mut first = Line::default();
            first.pad_to(2);
            first.append(std::mem::take(&mut text[0]));
            text[0] = first;
            lines.extend(text);
        }
        lines
    }
}

fn name(page: &Comparison, option: usize) -> &str {
    &page.options[option].name
}

/// What a difference for the better is worth, in the objective's unit.
fn worth(page: &Comparison, difference: &Difference) -> String {
    let unit = &page.judged_by().unit;
    let text = digits::effect(unit, &effect(unit, difference)).mean;
    text.replace('+', "")
}

fn value(number: f64) -> String {
    digits::rounded(number)
}

fn turned(page: &Comparison, threshold: &Threshold) -> String {
    let now = threshold
        .now
        .map_or_else(String::new, |now| format!(" (now {})", value(now)));
    let label = &threshold.label;
    let (low, high) = threshold.range;
    let untold = match threshold.told_at_ends {
        [true, true] => "",
        [false, true] => "; at the low end not told from the next",
        [true, false] => "; at the high end not told from the next",
        [false, false] => "; at neither end told from the next",
    };
    let Some(turn) = threshold.at else {
        let best = name(page, threshold.best_at_low);
        return format!(
            "{best} leads whether it is {} or {}{untold}: {label}{now}.",
            value(low),
            value(high)
        );
    };
    let end = |end: Option<f64>, beyond: &str| end.map_or_else(|| beyond.to_owned(), value);
    format!(
        "{} leads below {} [{} to {}], {} above{untold}: {label}{now}.",
        name(page, threshold.best_at_low),
        value(turn.value),
        end(turn.low, "under"),
        end(turn.high, "over"),
        name(page, threshold.best_at_high),
    )
}

fn known(page: &Comparison, inputs: &[Sensitive]) -> Vec<String> {
    let told = inputs.iter().filter(|input| input.told).map(|input| {
        let (low, high) = input.best_at_ends;
        let then = if low == high {
            String::new()
        } else {
            format!(
                ": {} is best below {}, {} above {}",
                name(page, low),
                value(input.ends.0),
                name(page, high),
                value(input.ends.1)
            )
        };
        format!(
            "Worth knowing before choosing, {}: {}{then}.",
            worth(page, &input.worth),
            input.path
        )
    });
    let mut told: Vec<String> = told.collect();
    if told.is_empty() && !inputs.is_empty() {
        let carry = inputs
            .iter()
            .map(|input| (100.0 * input.carries, &input.path));
        let carry: Vec<String> = carry
            .filter(|(percent, _)| *percent >= LEAST_TOLD)
            .map(|(percent, path)| format!("{path} ({} %)", digits::figure(percent, 0)))
            .collect();
        let most = if carry.is_empty() {
            String::new()
        } else {
            let between = "of how far the leading two lie apart most is carried by";
            format!("; {between} {}", carry.join(", "))
        };
        told.push(format!(
            "No input alone is told to be worth knowing before choosing{most}."
        ));
    }
    told
}

fn waited(page: &Comparison, rulings: &[Waiting]) -> Option<String> {
    let is_clear = |difference: &Difference| {
        let error = difference.error();
        difference.mean > 0.0 && error.is_some_and(|error| difference.mean > CLEARLY * error)
    };
    let first = rulings.first()?;
    let best = rulings.iter().find(|ruling| is_clear(&ruling.worth));
    if let Some((best, months)) = best.and_then(|best| Some((best, best.months?))) {
        let then = best
            .then
            .iter()
            .take(2)
            .map(|then| format!("{} if {}", name(page, then.best), then.outcome));
        let then: Vec<String> = then.collect();
        return Some(format!(
            "Worth waiting for {}: {}, if options are worth as much in each year; at most {months} \
             months; then {}.",
            best.ruling,
            worth(page, &best.worth),
            then.join(", ")
        ));
    }
    // The upper end of what it may be worth.
    let most = |ruling: &Waiting| ruling.worth.interval.map(|interval| interval.high);
    let matters = page.compared.judged.matters;
    let little = rulings.iter().all(|ruling| {
        let known = most(ruling).zip(matters);
        known.is_some_and(|(most, matters)| most <= matters)
    });
    let of = match rulings.len() {
        1 => first.ruling.clone(),
        n => format!("{} or for any of {} other courts", first.ruling, n - 1),
    };
    let worth = worth(page, &first.worth);
    Some(if little {
        format!("To wait for {of} is worth little: {worth}.")
    } else {
        format!("Whether to wait for {of} these futures cannot tell: worth {worth}.")
    })
}
