//! The levers of a page: sliders, and what the stored futures come to with them moved. Without
//! the script what is simulated stands alone.

use super::live::answer::{Answer, range};
use super::live::dataset::{Dataset, Output};
use super::markup::Html;
use crate::analysis::reweight::FEW;
use crate::analysis::reweight::estimate::Estimate;
use crate::analysis::reweight::levers::Role;
use crate::report::digits::{count, rounded};
use crate::report::html::HtmlError;
use crate::report::page::{Effect, Verdict};
use crate::report::unit::Unit;

/// Puts the levers of these stored futures, and their answers.
///
/// # Errors
/// None that a whole result gives.
pub fn put(html: &mut Html<'_>, datasets: &[Dataset]) -> Result<(), HtmlError> {
    let Some(first) = datasets.first().filter(|data| !data.levers.is_empty()) else {
        return Ok(());
    };
    html.open("section", &[("id", "levers")]);
    html.line("h2", &[], "MOVE WHAT IS ASSUMED");
    html.line(
        "p",
        &[],
        "A lever moves the centre of an input's distribution. No future is simulated for it: those \
         stored are weighed by how much likelier the moved distribution makes their inputs \
         (importance sampling). The further a lever is moved the fewer futures speak.",
    );
    html.open("div", &[("class", "levers js")]);
    for (lever, role) in &first.levers {
        if let Role::Movable(movable) = role {
            let (low, high) = range(lever, movable);
            slider(
                html,
                &lever.name,
                &lever.label,
                movable.family.says(),
                [low, high, movable.family.centre()],
            );
        }
    }
    html.line(
        "button",
        &[("type", "button"), ("id", "rest")],
        "all as simulated",
    );
    html.close("div");
    fixed(html, first);
    for data in datasets {
        answer(html, data, &data.answer(&[])?);
    }
    html.close("section");
    Ok(())
}

fn slider(html: &mut Html<'_>, name: &str, label: &str, says: &str, [low, high, centre]: [f64; 3]) {
    let id = format!("lever-{}", html.mask().told(name));
    html.open("div", &[("class", "lever")]);
    html.element("label", &[("for", &id)], label);
    html.element("small", &[], says);
    html.open(
        "input",
        &[
            ("type", "range"),
            ("id", &id),
            ("data-lever", name),
            ("min", &low.to_string()),
            ("max", &high.to_string()),
            ("step", "any"),
            ("value", &centre.clamp(low, high).to_string()),
        ],
    );
    html.element(
        "output",
        &[("for", &id)],
        &format!("{} as simulated", rounded(centre)),
    );
    html.close("div");
}

/// Levers that weights cannot move, with the reason and the command.
fn fixed(html: &mut Html<'_>, data: &Dataset) {
    let fixed = data.levers.iter().filter_map(|(lever, role)| match role {
        Role::Fixed(why) => Some((lever, why)),
        Role::Movable(_) => None,
    });
    let fixed: Vec<_> = fixed.collect();
    if fixed.is_empty() {
        return;
    }
    html.open("details", &[]);
    html.line(
        "summary",
        &[],
        &format!("{} levers that only a simulation moves", fixed.len()),
    );
    html.open("ul", &[]);
    for (lever, why) in fixed {
        html.open("li", &[]);
        html.text(&format!(
            "{}: {why}; from {} to {}: ",
            lever.label, lever.low, lever.high
        ));
        html.element(
            "code",
            &[],
            &format!("{} -s {}={}", data.command, lever.path, lever.high),
        );
        html.close("li");
    }
    html.close("ul");
    html.close("details");
}

fn answer(html: &mut Html<'_>, data: &Dataset, rest: &Answer) {
    let id = format!("live-{}", data.kind);
    html.open(
        "div",
        &[("class", "live"), ("id", &id), ("data-of", data.kind)],
    );
    let held = if data.futures < data.stored {
        format!(
            "the first {} of {}",
            number(data.futures),
            number(data.stored)
        )
    } else {
        number(data.futures)
    };
    let what = match &data.judged {
        Some(judged) => format!("The options, by {}: {held} futures", judged.label),
        None => format!("The headline numbers: {held} futures"),
    };
    html.line("h3", &[], &what);
    html.open("p", &[("class", "js effective"), ("role", "status")]);
    html.close("p");
    html.open(
        "div",
        &[("class", "scroll"), ("tabindex", "0"), ("role", "region")],
    );
    html.open("table", &[]);
    html.ours("<thead><tr><td></td>");
    for (head, class) in heads(data.judged.is_some()) {
        html.element("th", &[("scope", "col"), ("class", class)], head);
    }
    html.ours("</tr></thead><tbody>\n");
    rows(html, data, rest);
    html.ours("</tbody></table></div>\n");
    html.open("p", &[("class", "js command")]);
    html.text("Simulated instead: ");
    html.element("code", &[], &data.command);
    html.close("p");
    html.line(
        "p",
        &[("class", "note")],
        &format!(
            "Of a lever moved nothing is said by fewer than {} effective futures. ± is the simulation \
             error of the weighed mean (95 %).",
            rounded(FEW)
        ),
    );
    html.close("div");
}

/// Heads of the columns, and the class of each.
fn heads(judged: bool) -> &'static [(&'static str, &'static str)] {
    if judged {
        &[
            ("mean as simulated", ""),
            ("against the reference", ""),
            ("best in", ""),
            ("mean, moved", "js"),
            ("against the reference, moved", "js"),
            ("best in, moved", "js"),
        ]
    } else {
        &[
            ("mean as simulated", ""),
            ("8 in 10", ""),
            ("mean, moved", "js"),
            ("8 in 10, moved", "js"),
        ]
    }
}

/// What is simulated, and cells for what the script says.
fn rows(html: &mut Html<'_>, data: &Dataset, rest: &Answer) {
    for (output, weighed) in data.outputs.iter().zip(&rest.numbers) {
        html.open("tr", &[("data-name", &output.name)]);
        html.element("th", &[("scope", "row")], &output.label);
        html.element(
            "td",
            &[],
            &mean(output, weighed.estimate.as_ref(), output.is_difference),
        );
        if data.judged.is_some() {
            let against = weighed.against_reference.as_ref();
            let text = against.map_or_else(
                || "the reference".to_owned(),
                |of| mean(output, Some(of), true),
            );
            html.element("td", &[], &text);
            let best = weighed.best_in.unwrap_or(0.0);
            html.element("td", &[], &format!("{} %", rounded((100.0 * best).round())));
            html.ours("<td class=\"js mean\"></td><td class=\"js against\"></td><td class=\"js best\"></td>");
        } else {
            html.element("td", &[], &spread(output, weighed.estimate.as_ref()));
            html.ours("<td class=\"js mean\"></td><td class=\"js spread\"></td>");
        }
        html.close("tr");
    }
}

fn number(n: usize) -> String {
    count(u32::try_from(n).unwrap_or(u32::MAX))
}

/// A mean with its error, on the scale of its unit.
fn mean(output: &Output, estimate: Option<&Estimate>, is_difference: bool) -> String {
    let Some(estimate) = estimate else {
        return "no value".to_owned();
    };
    let times = if output.unit == Unit::YesNo {
        100.0
    } else {
        1.0
    };
    let effect = Effect {
        mean: times * estimate.mean,
        error: Some(times * estimate.error),
        spread: None,
        verdict: Verdict::Changed,
    };
    let text = crate::report::digits::effect(&output.unit, &effect).mean;
    if is_difference {
        text
    } else {
        let scale = output.unit.scale(effect.mean);
        let text = text.trim_start_matches('+');
        text.strip_suffix(&scale.difference).map_or_else(
            || text.to_owned(),
            |bare| format!("{}{}", bare.replace('+', ""), scale.suffix),
        )
    }
}

fn spread(output: &Output, estimate: Option<&Estimate>) -> String {
    let (Some(estimate), false) = (estimate, output.unit == Unit::YesNo) else {
        return String::new();
    };
    let effect = Effect {
        mean: estimate.mean,
        error: Some(estimate.error),
        spread: Some((estimate.p10, estimate.p90)),
        verdict: Verdict::Changed,
    };
    let text = crate::report::digits::effect(&output.unit, &effect).spread;
    if output.is_difference {
        text
    } else {
        text.replace('+', "")
    }
}
