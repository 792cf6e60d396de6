//! The figures of a result in a page: drawn, with a caption, and with their numbers.

use serde_json::{Value, json};

use super::HtmlError;
use super::hover::Hover;
use super::markup::Html;
use super::mask::Mask;
use super::theme::themed;
use crate::report::digits::rounded;
use crate::report::figure::Figure;
use crate::report::figure::catalogue::any;
use crate::report::figure::draw::{Drawing, draw};
use crate::report::figure::paper::Width;
use crate::result::Opened;
use crate::result::table::{Cells, Table};

/// Rows of numbers that are shown below a figure; of more the file of `comity plot` is named.
const MOST_ROWS: usize = 200;

/// A figure, drawn for a page.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawn {
    /// Its name in the page.
    pub id: String,
    /// What is drawn.
    pub figure: Figure,
    drawing: Drawing,
    hover: Option<Hover>,
}

/// All figures that the result at this position has, none where it is of a kind that has none.
///
/// # Errors
/// [`HtmlError`] where one cannot be drawn.
pub fn all(result: &Opened, mask: &Mask, at: usize) -> Result<Vec<Drawn>, HtmlError> {
    let found = any(result)?;
    let drawn = found.into_iter().enumerate().map(|(place, figure)| {
        let chart = mask.chart(&figure.chart);
        // Data of the script are masked as a whole, once.
        let dated = figure.data.column("date").is_some();
        Ok(Drawn {
            id: format!("figure-{at}-{place}"),
            hover: Hover::of(&figure.chart, dated),
            drawing: draw(&chart, &Width::Double.paper())?,
            figure: Figure { chart, ..figure },
        })
    });
    drawn.collect()
}

impl Drawn {
    /// Puts it into the page.
    pub fn put(&self, html: &mut Html<'_>) {
        html.open("figure", &[("id", &self.id), ("class", "drawn")]);
        html.open(
            "div",
            &[
                ("class", "scroll plot"),
                ("tabindex", "0"),
                ("role", "group"),
                ("aria-label", &self.figure.chart.title),
            ],
        );
        html.ours(&themed(&self.drawing));
        html.close("div");
        if self.hover.is_some() {
            html.element("p", &[("class", "readout js"), ("aria-live", "polite")], "");
        }
        html.line("figcaption", &[], &self.figure.caption);
        self.numbers(html);
        html.close("figure");
    }

    /// The numbers drawn, where a person could read them.
    fn numbers(&self, html: &mut Html<'_>) {
        let table = &self.figure.data;
        if table.rows() > MOST_ROWS {
            html.line(
                "p",
                &[("class", "note")],
                &format!(
                    "{} rows of numbers: comity plot --figure {} writes them as CSV.",
                    rounded(table.rows() as f64),
                    self.figure.kind
                ),
            );
            return;
        }
        html.open("details", &[]);
        html.line("summary", &[], "Numbers drawn");
        let shown = shown_columns(table);
        html.open("div", &[("class", "scroll tall"), ("tabindex", "0")]);
        html.open("table", &[]);
        html.open("thead", &[]);
        html.open("tr", &[]);
        for &column in &shown {
            let column = &table.schema.columns[column];
            let unit = match column.unit.as_str() {
                "" => String::new(),
                unit => format!(", {unit}"),
            };
            html.element("th", &[("scope", "col")], &format!("{}{unit}", column.name));
        }
        html.close("tr");
        html.close("thead");
        html.open("tbody", &[]);
        for row in 0..table.rows() {
            html.open("tr", &[]);
            for &column in &shown {
                html.element("td", &[], &cell(&table.cells[column], row));
            }
            html.close("tr");
        }
        html.close("tbody");
        html.close("table");
        html.close("div");
        html.close("details");
    }

    /// What the page's script says at a place of the figure; nothing where it has no curves.
    #[must_use]
    pub fn script(&self) -> Option<Value> {
        let frame = self.drawing.frame;
        let (width, height) = self.drawing.size;
        Some(json!({
            "id": self.id,
            "kind": self.figure.kind,
            "size": [width, height],
            "frame": [frame.left, frame.right, frame.top, frame.bottom],
            "says": self.hover.as_ref()?.script(),
        }))
    }
}

/// Columns that are shown: those of single futures are many.
fn shown_columns(table: &Table) -> Vec<usize> {
    let columns = table.schema.columns.iter().enumerate();
    let of_all = columns.filter(|(_, column)| !column.name.starts_with("run_"));
    of_all.map(|(at, _)| at).collect()
}

/// A cell as it is read.
fn cell(cells: &Cells, row: usize) -> String {
    match cells {
        Cells::Int64(cells) => cells[row].map_or_else(String::new, |value| value.to_string()),
        Cells::Float64(cells) if cells[row].is_nan() => String::new(),
        Cells::Float64(cells) => rounded(cells[row]),
        Cells::Date(cells) => cells[row].map_or_else(String::new, |date| date.to_string()),
        Cells::Text(cells) => cells[row].as_deref().unwrap_or_default().to_owned(),
        Cells::Bool(cells) => cells[row].map_or_else(String::new, |yes| yes.to_string()),
    }
}
