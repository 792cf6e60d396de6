//! What is shown over time, as tables with controls for the page's script.

use super::{ALL, OverTime, Series};
use crate::domain::Date;
use crate::report::digits::rounded;
use crate::report::html::markup::Html;

impl OverTime {
    /// Where workload lies: a table of shares at the start and the end, and a slider between.
    pub fn put_places(&self, html: &mut Html<'_>) {
        let (Some(first), Some(last)) = (self.dates.first(), self.dates.last()) else {
            return;
        };
        if self.places.is_empty() {
            return;
        }
        slider(html, "place-date", "Date", self.shown().len());
        html.open("div", &[("class", "scroll"), ("tabindex", "0")]);
        html.open("table", &[("id", "place-table")]);
        heads(
            html,
            &["where workload lies", &first.in_words(), &last.in_words()],
        );
        html.element(
            "th",
            &[("scope", "col"), ("class", "js"), ("id", "place-head")],
            "",
        );
        html.element("td", &[("class", "js wide")], "");
        html.ours("</tr></thead><tbody>\n");
        let percent = |share: Option<&f64>| {
            let share = 100.0 * share.copied().unwrap_or(0.0);
            format!("{} %", rounded((share * 10.0).round() / 10.0))
        };
        for place in &self.places {
            html.open("tr", &[]);
            html.element("th", &[("scope", "row")], &place.title);
            html.element("td", &[], &percent(place.shares.first()));
            html.element("td", &[], &percent(place.shares.last()));
            html.element("td", &[("class", "js at")], "");
            html.ours("<td class=\"js wide\"><div class=\"bar\"></div></td>");
            html.close("tr");
        }
        html.ours("</tbody></table></div>\n");
    }

    /// Levels by country and segment at the end, filters, and a chart that the script draws.
    pub fn put_levels(&self, html: &mut Html<'_>) {
        let Some(last) = self.dates.last() else {
            return;
        };
        html.open("div", &[("class", "controls js"), ("id", "filters")]);
        let distinct = |of: fn(&Series) -> &str| {
            let mut all: Vec<&str> = Vec::new();
            for level in &self.levels {
                if !all.contains(&of(level)) {
                    all.push(of(level));
                }
            }
            all
        };
        choice(html, "f-metric", "What", &distinct(|l| l.metric));
        choice(html, "f-whose", "Of whom", &distinct(|l| &l.whose));
        choice(html, "f-country", "Country", &distinct(|l| &l.country));
        choice(html, "f-segment", "Segment", &distinct(|l| &l.segment));
        html.close("div");
        slider(html, "level-date", "Date", self.shown().len());
        html.ours("<div class=\"js\" id=\"level-chart\"></div>\n");
        self.put_table(html, *last);
    }

    fn put_table(&self, html: &mut Html<'_>, last: Date) {
        html.open(
            "div",
            &[
                ("class", "scroll tall"),
                ("tabindex", "0"),
                ("role", "region"),
            ],
        );
        html.open("table", &[("id", "levels")]);
        heads(html, &["", "of whom", "country", "segment"]);
        let at = format!("median, {}", last.in_words());
        html.element("th", &[("scope", "col"), ("id", "level-head")], &at);
        html.element("th", &[("scope", "col")], "8 in 10");
        html.ours("</tr></thead><tbody>\n");
        for level in &self.levels {
            // On paper there is no filter: what is of one provider is left to the screen.
            let is_single = !level.whose.starts_with(ALL);
            html.open(
                "tr",
                if is_single {
                    &[("class", "single")]
                } else {
                    &[]
                },
            );
            html.open("th", &[("scope", "row")]);
            html.element("span", &[("class", "plain")], level.metric);
            html.element(
                "button",
                &[
                    ("type", "button"),
                    ("class", "js draw"),
                    ("aria-pressed", "false"),
                    ("aria-controls", "level-chart"),
                    ("aria-label", &format!("draw {} over time", level.name())),
                ],
                level.metric,
            );
            html.close("th");
            for word in [&level.whose, &level.country, &level.segment] {
                html.element("td", &[], word);
            }
            let [low, middle, high] = level.values.last().copied().unwrap_or([f64::NAN; 3]);
            let number = |x: f64| {
                if x.is_nan() {
                    "–".to_owned()
                } else {
                    rounded(x)
                }
            };
            let unit = if level.unit == "%" { " %" } else { "" };
            html.element("td", &[], &format!("{}{unit}", number(middle)));
            html.element("td", &[], &format!("[{} to {}]", number(low), number(high)));
            html.close("tr");
        }
        html.ours("</tbody></table></div>\n");
    }
}

/// Opens the head of a table, whose last row the caller closes.
fn heads(html: &mut Html<'_>, heads: &[&str]) {
    html.ours("<thead><tr>");
    for head in heads {
        html.element("th", &[("scope", "col")], head);
    }
}

/// A slider over so many dates, at the last.
fn slider(html: &mut Html<'_>, id: &'static str, label: &str, dates: usize) {
    let last = dates.saturating_sub(1).to_string();
    html.open("p", &[("class", "controls js")]);
    html.element("label", &[("for", id)], label);
    html.open(
        "input",
        &[
            ("type", "range"),
            ("id", id),
            ("min", "0"),
            ("max", &last),
            ("value", &last),
            ("step", "1"),
        ],
    );
    html.ours(&format!("<output for=\"{id}\" id=\"{id}-at\"></output>"));
    html.close("p");
}

/// A choice between words, or all of them.
fn choice(html: &mut Html<'_>, id: &'static str, label: &str, words: &[&str]) {
    html.open("label", &[("for", id)]);
    html.text(label);
    html.open("select", &[("id", id)]);
    html.element("option", &[("value", "")], "any");
    for word in words {
        html.element("option", &[], word);
    }
    html.ours("</select></label>\n");
}
