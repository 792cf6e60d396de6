//! The blocks of the terminal's pages, set for a browser: the same words in the same order.

use super::markup::Html;
use crate::report::layout::{Line, Origin, Span, Style};
use crate::report::table::{Row, Table};

/// Puts a block as a section of its own: its label as the heading, then its tables and texts. An
/// empty `id` is none.
pub fn block(html: &mut Html<'_>, id: &str, lines: &[Line]) {
    if lines.iter().all(|line| line.width() == 0) {
        return;
    }
    let attributes = [("class", "block"), ("id", id)];
    let count = if id.is_empty() { 1 } else { 2 };
    html.open("section", &attributes[..count]);
    set(html, lines, "h2");
    html.close("section");
}

/// Puts what was set in these lines, its label as a heading of this kind.
pub fn set(html: &mut Html<'_>, lines: &[Line], heading: &'static str) {
    let mut is_first = true;
    for line in lines {
        match line.origin() {
            Some(Origin::Rest) => continue,
            Some(Origin::Table(of)) => {
                let label = of.head.first().map_or("", Span::text);
                if is_first {
                    html.line(heading, &[], label);
                }
                table(html, of, label);
            }
            Some(Origin::Text {
                before,
                items,
                between,
            }) => {
                let label: String = before.iter().map(Span::text).collect();
                let label = label.trim();
                if is_first && !label.is_empty() {
                    html.line(heading, &[], label);
                }
                text(html, items, between);
            }
            None => {
                let said: String = line.spans().iter().map(Span::text).collect();
                match (said.trim(), is_first) {
                    ("", _) => continue,
                    (said, true) => html.line(heading, &[], said),
                    (said, false) => html.line("p", &[], said),
                }
            }
        }
        is_first = false;
    }
}

/// Running text; pieces in one style stand together.
fn text(html: &mut Html<'_>, items: &[Span], between: &str) {
    let is_faint = items.iter().all(|item| item.style() == Style::Faint);
    html.open("p", if is_faint { &[("class", "note")] } else { &[] });
    let mut at = 0;
    while at < items.len() {
        let style = items[at].style();
        let alike = items[at..].iter().take_while(|item| item.style() == style);
        let words: Vec<&str> = alike.map(|item| item.text().trim()).collect();
        if at > 0 {
            html.text(between);
        }
        at += words.len();
        // Three blanks hold two sentences of a line apart.
        let words = words.join(between).replace("   ", " · ");
        if style == Style::Strong {
            html.element("strong", &[], &words);
        } else {
            html.text(&words);
        }
    }
    html.close("p");
}

/// A table that scrolls within its box where it is wider than the page.
pub fn table(html: &mut Html<'_>, table: &Table, label: &str) {
    html.open(
        "div",
        &[
            ("class", "scroll"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", label),
        ],
    );
    html.open("table", &[]);
    html.open("thead", &[]);
    html.open("tr", &[]);
    for (column, head) in table.head.iter().enumerate() {
        let text = if column == 0 { "" } else { head.text() };
        if text.is_empty() {
            html.element("td", &[], "");
        } else {
            html.element("th", &[("scope", "col")], text);
        }
    }
    html.close("tr");
    html.close("thead");
    html.open("tbody", &[]);
    for of in &table.rows {
        row(html, of);
    }
    html.close("tbody");
    html.close("table");
    html.close("div");
}

fn row(html: &mut Html<'_>, row: &Row) {
    html.open("tr", &[]);
    for (column, cell) in row.cells.iter().enumerate() {
        if column > 0 {
            html.element("td", &[("class", emphasis(cell))], cell.text());
            continue;
        }
        html.open("th", &[("scope", "row")]);
        if row.mark != ' ' {
            html.element("span", &[("class", "mark")], &row.mark.to_string());
        }
        html.text(cell.text().trim());
        if let Some(note) = &row.note {
            html.element("small", &[], note.text());
        }
        html.ours("</th>");
    }
    html.close("tr");
}

const fn emphasis(cell: &Span) -> &'static str {
    match cell.style() {
        Style::Strong => "strong",
        Style::Faint => "faint",
        Style::Plain => "plain",
    }
}
