//! What stands below the fold: money at risk, stories, where numbers come from, what is left out,
//! and how to make it all again.

use super::HtmlError;
use super::blocks::{block, set};
use super::markup::Html;
use crate::analysis::risk::study::Question;
use crate::ensemble::again::Frozen;
use crate::report::digits::count;
use crate::report::risk::{RiskError, Wish as RiskWish, at_risk};
use crate::report::sources::Sources;
use crate::report::story::{Line, Pick, Story, StoryError, Wish as StoryWish, tell};
use crate::report::terminal::Terminal;
use crate::result::{Opened, World};
use crate::scenario::Scenario;

/// Return periods, years; levels, per cent; what is probable and what is remote, per cent: as
/// `comity risk` has them unless told otherwise.
const PERIODS: [f64; 7] = [2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
const LEVELS: [f64; 2] = [95.0, 99.0];
const THRESHOLDS: (f64, f64) = (75.0, 10.0);

/// Money at risk of a result of `run`.
///
/// # Errors
/// [`HtmlError`] where the tables cannot be read.
pub fn risk(html: &mut Html<'_>, terminal: &Terminal, result: &Opened) -> Result<(), HtmlError> {
    let wish = RiskWish {
        of: None,
        who: None,
        world: World::Scenario,
        question: Question::in_per_cent(&PERIODS, &LEVELS, THRESHOLDS),
        curve: false,
    };
    let page = match at_risk(result, &wish) {
        Ok((page, _)) => page,
        Err(error @ (RiskError::NoTable { .. } | RiskError::Currencies(_))) => {
            html.line("p", &[("class", "note")], &error.to_string());
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    set(html, &terminal.losses(&page), "h3");
    for (id, lines) in [
        ("nothing-lost", terminal.nothing_lost(&page)),
        ("exceedance", terminal.exceedance(&page)),
        ("value-at-risk", terminal.values_at_risk(&page)),
        ("reserve", terminal.reserve(&page)),
    ] {
        block(html, id, &lines);
    }
    Ok(())
}

/// Three futures of a result of `run`, told.
///
/// # Errors
/// [`HtmlError`] where a table cannot be read.
pub fn stories(html: &mut Html<'_>, result: &Opened) -> Result<(), HtmlError> {
    let picks = [
        ("The most typical future", Pick::Typical),
        ("The worst, by the first headline", Pick::Worst),
        ("The best, by the first headline", Pick::Best),
    ];
    for (title, pick) in picks {
        let wish = StoryWish {
            pick: &pick,
            of: None,
            world: World::Scenario,
        };
        match tell(result, &wish) {
            Ok(told) => story(html, title, &told),
            Err(StoryError::Again(error))
                if error.exit_class() == crate::result::ExitClass::Transient =>
            {
                return Err(error.into());
            }
            // Not every scenario has a worst future, nor can every program tell every result.
            Err(error) => html.line("p", &[("class", "note")], &format!("{title}: {error}.")),
        }
    }
    Ok(())
}

fn story(html: &mut Html<'_>, title: &str, story: &Story) {
    html.open("details", &[("class", "story")]);
    html.line("summary", &[], &format!("{title}: run {}", story.run));
    html.line("p", &[], &story.of_which());
    items(html, &story.standing);
    html.line("p", &[("class", "note")], &story.how_to_read());
    let mut year = None;
    let mut is_open = false;
    for line in &story.lines {
        let now = line.date.map(|date| date.ymd().0);
        if now != year || !is_open {
            if is_open {
                html.close("ul");
            }
            let head = now.map_or_else(String::new, |year| year.to_string());
            html.line("h4", &[], &head);
            html.open("ul", &[]);
            is_open = true;
        }
        year = now;
        html.open("li", &[]);
        if let Some(date) = line.date.filter(|_| line.kind != "quiet") {
            html.element("time", &[("datetime", &date.to_string())], &date.in_words());
            html.text(" ");
        }
        html.text(&line.text);
        items(html, &line.consequences);
        html.close("li");
    }
    if is_open {
        html.close("ul");
    }
    if !story.other_world.is_empty() {
        html.line("h4", &[], story.other_world_head());
        items(html, &story.other_world);
    }
    html.line("p", &[("class", "note")], story.source());
    html.close("details");
}

fn items(html: &mut Html<'_>, lines: &[Line]) {
    if lines.is_empty() {
        return;
    }
    html.open("ul", &[]);
    for line in lines {
        html.line("li", &[], &line.text);
    }
    html.close("ul");
}

/// Every number with its source.
pub fn sources(html: &mut Html<'_>, scenario: &Scenario) {
    let sources = Sources::of(scenario);
    let tally = sources.tally();
    let whole = |n: usize| count(u32::try_from(n).unwrap_or(u32::MAX));
    html.line(
        "p",
        &[],
        &format!(
            "{} numbers, {} of them assumed and {} without a source; {} are drawn anew for each \
             future.",
            whole(tally.numbers),
            whole(tally.assumed),
            whole(tally.uncovered),
            whole(tally.drawn_once_a_run)
        ),
    );
    html.open("details", &[]);
    html.line("summary", &[], "Each number, its value and its source");
    html.open(
        "div",
        &[
            ("class", "scroll tall"),
            ("tabindex", "0"),
            ("role", "region"),
        ],
    );
    html.open("table", &[("class", "sources")]);
    html.ours("<thead><tr>");
    for head in ["number", "value [9 in 10 draws]", "source", "remark"] {
        html.element("th", &[("scope", "col")], head);
    }
    html.ours("</tr></thead><tbody>\n");
    for row in sources.rows() {
        html.open("tr", &[]);
        html.element("th", &[("scope", "row")], row.path);
        html.element("td", &[], &row.value);
        html.element("td", &[], &row.basis);
        html.element("td", &[], row.remark);
        html.close("tr");
    }
    html.ours("</tbody></table></div>\n");
    html.close("details");
}

/// What the scenario asks and leaves out, in its author's words, and what the model leaves out.
pub fn limits(html: &mut Html<'_>, scenario: &Scenario, not_in_the_model: &[String]) {
    for paragraph in scenario
        .asks
        .split("\n\n")
        .filter(|text| !text.trim().is_empty())
    {
        html.line("p", &[], paragraph.trim());
    }
    html.line(
        "p",
        &[],
        &format!(
            "Not in the model: {}. Futures are those of the model, with the numbers and sources \
             above; ± says how far the simulation may be off, not how far the model may be. Not \
             legal advice.",
            not_in_the_model.join(", ")
        ),
    );
}

/// The commands, and what they depend on.
pub fn reproduce(html: &mut Html<'_>, result: &Opened, frozen: Option<&Frozen>, command: &str) {
    let manifest = &result.manifest;
    let identity = &manifest.identity;
    html.line("pre", &[("tabindex", "0")], command);
    html.open("dl", &[]);
    let mut pair = |name: &str, value: &str| {
        html.element("dt", &[], name);
        html.line("dd", &[], value);
    };
    pair("result", &result.path.display().to_string());
    pair("futures", &count(manifest.runs()));
    pair("customers in each", &count(identity.customers));
    pair("seed", &identity.seed.to_string());
    pair("scenario digest", &identity.scenario_digest);
    if let Some(baseline) = &identity.baseline_digest {
        pair("baseline digest", baseline);
    }
    pair("model version", &identity.model_version.to_string());
    pair("made by", &format!("comity {}", manifest.program_version));
    pair(
        "made",
        &format!("{} to {} (UTC)", manifest.started_utc, manifest.ended_utc),
    );
    if let Some(frozen) = frozen {
        let scenario = &frozen.scenario;
        pair(
            "amounts",
            &format!("{}, prices of {}", scenario.currency, scenario.price_year),
        );
    }
    html.close("dl");
    html.line(
        "p",
        &[("class", "note")],
        "Equal versions of the model give the same numbers on every machine, bit for bit. The \
         tables and the frozen scenario lie in the folder of the result; comity report --bundle \
         puts all of it into one file.",
    );
}
