//! A sweep, for the terminal.

use super::Terminal;
use crate::chance::design::Kind;
use crate::report::comparison::{effect, on_scale};
use crate::report::digits;
use crate::report::layout::{Line, Measure, Span, Style, flow};
use crate::report::sweep::{Point, Sweep, mean};
use crate::report::table::Row;
use crate::report::unit::Scale;

/// Inputs that have a column each; of more, their values stand beside the point's number.
const COLUMNS: usize = 3;
/// Inputs of which is said what they change.
const MOVED: usize = 16;
/// Replicates below which their scatter is told with a reservation.
const FEW_REPLICATES: u32 = 10;
/// Characters of a value in a column.
const VALUE: usize = 16;

impl Terminal {
    /// The text of a sweep, each line ended by a newline.
    #[must_use]
    pub fn render_sweep(&self, page: &Sweep) -> String {
        let blocks = [
            self.swept(page),
            self.varied(page),
            self.points(page),
            self.moved(page),
            self.scattered(page),
            self.how_far_to_trust_this(&page.how_far_to_trust_this),
            self.next(&page.next),
        ];
        self.blocks(&blocks, &page.footer)
    }

    pub(in crate::report) fn swept(&self, page: &Sweep) -> Vec<Line> {
        let header = &page.header;
        let title = header.title.as_deref().unwrap_or("A table of jobs");
        let runs = digits::count(page.footer.runs);
        let mut futures = if header.title.is_some() {
            format!("{} points × {runs} futures", header.points)
        } else {
            format!("{} jobs", header.points)
        };
        if header.replicates > 1 {
            futures = format!("{futures} × {} replicates", header.replicates);
        }
        if header.paired {
            futures += if header.title.is_some() {
                ", each with and without the order"
            } else {
                ", with and without the order where there is a baseline"
            };
        }
        let mut items = vec![Span::new(title, Style::Strong)];
        if header.title.is_some() {
            items.push(Span::plain(&format!(
                "{} to {}",
                header.start.in_words(),
                header.end.in_words()
            )));
        }
        if header.title.is_some() {
            items.push(Span::plain(design_in_words(header.design)));
        }
        items.push(Span::plain(&futures));
        if header.saved > 0 {
            items.push(Span::plain(&format!(
                "{} simulated, {} being the same as another",
                header.ensembles, header.saved
            )));
        }
        let measure = Measure {
            later: 0,
            ..self.measure(0, 3)
        };
        let mut lines = flow(&items, " · ", measure);
        let mut key = vec!["± = simulation error (95 %), smaller with more runs"];
        if !page.moved.is_empty() {
            key.push("= in the margin: cannot be told from no change of (1)");
        }
        let key: Vec<Span> = key.iter().map(|k| Span::new(k, Style::Faint)).collect();
        lines.extend(flow(&key, "   ", measure));
        lines
    }

    pub(in crate::report) fn varied(&self, page: &Sweep) -> Vec<Line> {
        if page.varied.is_empty() {
            return Vec::new();
        }
        let rows = page.varied.iter().map(|varied| Row {
            mark: ' ',
            cells: vec![
                Span::plain(&varied.path),
                Span::plain(&varied.values).cut(56),
            ],
            note: None,
        });
        let table = self.plain_table("VARIED", &["values"], rows.collect());
        table.lines(self.width(), 2 * page.varied.len())
    }

    /// The points, the best first.
    pub(in crate::report) fn points(&self, page: &Sweep) -> Vec<Line> {
        let scales: Vec<Scale> = (0..page.metrics.len()).map(|at| scale(page, at)).collect();
        let mut head: Vec<String> = Vec::new();
        if in_columns(page) {
            let paths: Vec<&str> = page.varied.iter().map(|v| v.path.as_str()).collect();
            head.extend(short_names(&paths));
        }
        let by_order = head.len() + 1;
        head.extend((1..=page.metrics.len()).map(|n| format!("({n})")));
        if page.header.paired {
            head.insert(by_order, "(1) by the order".to_owned());
        }
        let mut rows: Vec<Vec<String>> = page
            .points
            .iter()
            .map(|point| cells(page, point, &scales))
            .collect();
        let shown = rows.len();
        if page.more_points > 0 {
            let mut between = vec!["…".to_owned()];
            between.resize(head.len() + 1, String::new());
            rows.insert(shown - shown / 3, between);
        }
        let rows = rows.iter().map(|cells| Row {
            mark: ' ',
            cells: cells.iter().map(|cell| Span::plain(cell)).collect(),
            note: None,
        });
        let heads: Vec<&str> = head.iter().map(String::as_str).collect();
        let mut table = self.plain_table("POINTS", &heads, rows.collect());
        // The last metrics go first where the page is narrow.
        table.optional = (by_order + 1..=heads.len()).rev().collect();
        let mut lines = table.lines(self.width(), 2 * (shown + 1));
        for (at, metric) in page.metrics.iter().enumerate() {
            lines.extend(self.noted(&about(page, at, &metric.label, &scales[at])));
        }
        lines.extend(self.noted(&order(page)));
        lines
    }

    /// What each input changes.
    pub(in crate::report) fn moved(&self, page: &Sweep) -> Vec<Line> {
        if page.moved.is_empty() {
            return Vec::new();
        }
        let paths: Vec<&str> = page.varied.iter().map(|v| v.path.as_str()).collect();
        let short = short_names(&paths);
        let name = |path: &str| {
            let at = paths.iter().position(|known| *known == path);
            at.map_or(path, |at| &*short[at]).to_owned()
        };
        let rows = page.moved.iter().take(MOVED).map(|moved| {
            let span = format!("{} → {}", cut(&moved.from.value), cut(&moved.to.value));
            let mut cells = vec![Span::plain(&name(&moved.path)), Span::plain(&span)];
            cells.extend(
                moved
                    .differences
                    .iter()
                    .enumerate()
                    .map(|(at, difference)| {
                        let unit = &page.metrics[at].unit;
                        Span::plain(&difference.as_ref().map_or_else(
                            || "–".to_owned(),
                            |difference| digits::effect(unit, &effect(unit, difference)).mean,
                        ))
                    }),
            );
            let first = moved.differences.first().and_then(Option::as_ref);
            let told = first.is_some_and(|difference| difference.excludes_zero());
            Row {
                mark: if told { ' ' } else { '=' },
                cells,
                note: None,
            }
        });
        let rows: Vec<Row> = rows.collect();
        let heads: Vec<String> = (1..=page.metrics.len()).map(|n| format!("({n})")).collect();
        let mut head = vec!["from → to"];
        head.extend(heads.iter().map(String::as_str));
        let count = rows.len();
        let mut table = self.plain_table("WHAT EACH CHANGES", &head, rows);
        table.optional = (3..head.len() + 1).rev().collect();
        let mut lines = table.lines(self.width(), 2 * count);
        lines.extend(self.noted(&how_compared(page)));
        lines
    }

    /// How far means scatter between replicates.
    pub(in crate::report) fn scattered(&self, page: &Sweep) -> Vec<Line> {
        let said = page.scatter.iter().enumerate().filter_map(|(at, scatter)| {
            let scatter = scatter.as_ref()?;
            let unit = &page.metrics[at].unit;
            let scale = scale(page, at);
            let value = |value: f64| digits::rounded(on_scale(unit, value) / scale.divisor);
            let (seen, expected) = (value(scatter.seen), value(scatter.expected));
            Some(Span::plain(&format!("({}): {seen} ({expected})", at + 1)))
        });
        let said: Vec<Span> = said.collect();
        if said.is_empty() {
            return Vec::new();
        }
        let mut items: Vec<Span> = "the mean of a point scatters by (and by its futures should)"
            .split(' ')
            .map(Span::plain)
            .collect();
        items.extend(said);
        let mut lines = self.labelled("REPLICATES", &items, " ", 5);
        if page.header.replicates < FEW_REPLICATES {
            lines.extend(self.noted(
                "standard deviations; all points of a replicate share its luck, so that few \
                 replicates say little",
            ));
        }
        lines
    }
}

/// How the points are sorted, and how many are not shown.
fn order(page: &Sweep) -> String {
    let first = page.metrics.first();
    let order = if first.is_some_and(|metric| metric.more_is_better.is_none()) {
        "highest (1) first"
    } else {
        "best by (1) first"
    };
    match page.more_points {
        0 => order.to_owned(),
        more => format!("{order}; {more} more points in points.csv"),
    }
}

/// Whether the values of the inputs have a column each.
fn in_columns(page: &Sweep) -> bool {
    page.varied.len() <= COLUMNS && page.header.title.is_some()
}

/// The cells of a point's row.
fn cells(page: &Sweep, point: &Point, scales: &[Scale]) -> Vec<String> {
    let name = if in_columns(page) || point.name.is_empty() {
        point.number.to_string()
    } else {
        format!("{}: {}", point.number, point.name)
    };
    let mut cells = vec![name];
    if in_columns(page) {
        let values = point.values.iter().map(Option::as_deref);
        cells.extend(values.map(short_value));
    }
    cells.extend(level_cells(page, point, scales));
    cells
}

/// What (1), (2) … are, and between what their means lie.
fn about(page: &Sweep, at: usize, label: &str, scale: &Scale) -> String {
    let unit = format!("{}{}", scale.prefix, scale.suffix.trim_start());
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(", in {}", unit.trim())
    };
    let range = page.ranges[at].map_or_else(String::new, |range| {
        let value =
            |value: f64| digits::rounded(on_scale(&page.metrics[at].unit, value) / scale.divisor);
        let (low, high) = (value(range.low.0), value(range.high.0));
        if low == high {
            let about = if range.low.0 < range.high.0 {
                "about "
            } else {
                ""
            };
            return format!("; mean {about}{low} at every point");
        }
        let (at_low, at_high) = (range.low.1, range.high.1);
        format!("; mean from {low} (point {at_low}) to {high} (point {at_high})")
    });
    format!("({}) {label}{unit}{range}", at + 1)
}

fn level_cells(page: &Sweep, point: &Point, scales: &[Scale]) -> Vec<String> {
    let none = || "–".to_owned();
    let mut cells = Vec::new();
    for (at, level) in point.levels.iter().enumerate() {
        let unit = &page.metrics[at].unit;
        cells.push(mean(unit, level).map_or_else(none, |mean| {
            let text = digits::effect_on(&scales[at], &mean).mean;
            text.trim_start_matches('+').to_owned()
        }));
        if at == 0 && page.header.paired {
            let effect = point.effects.as_ref().and_then(|all| all.first());
            let effect = effect.and_then(|effect| mean(unit, effect));
            cells.push(effect.map_or_else(none, |effect| digits::effect(unit, &effect).mean));
        }
    }
    cells
}

const fn design_in_words(design: Kind) -> &'static str {
    match design {
        Kind::Grid => "a grid",
        Kind::Latin => "a Latin hypercube",
        Kind::Sobol => "a scrambled Sobol sample",
        Kind::Table => "a table of points",
    }
}

fn how_compared(page: &Sweep) -> String {
    let luck = "each future against itself";
    let more = match page.moved.len().saturating_sub(MOVED) {
        0 => String::new(),
        more => format!("; {more} more in summary.json"),
    };
    match page.header.design {
        Kind::Grid => {
            format!("mean over the points at one end less that at the other, {luck}{more}")
        }
        Kind::Latin | Kind::Sobol => format!(
            "mean over the highest third of points less that over the lowest, {luck}; the thirds \
             differ in the other inputs too, which ± does not hold{more}"
        ),
        Kind::Table => format!(
            "mean over the points at one end (a level, or a third of the points) less that at the \
             other, {luck}; the ends may differ in the other inputs too, which ± does not hold{more}"
        ),
    }
}

/// The scale of a metric's levels.
fn scale(page: &Sweep, at: usize) -> Scale {
    let unit = &page.metrics[at].unit;
    let sizes = page.ranges[at].map_or(0.0, |range| range.low.0.abs().max(range.high.0.abs()));
    unit.scale(on_scale(unit, sizes))
}

/// A value in a column: a number to three digits.
fn short_value(value: Option<&str>) -> String {
    let Some(value) = value else {
        return "–".to_owned();
    };
    let number: Option<f64> = value.parse().ok();
    number.map_or_else(|| cut(value), digits::rounded)
}

fn cut(value: &str) -> String {
    Span::plain(value).cut(VALUE).text().to_owned()
}

/// The last keys of paths, as many as tell each from the others.
fn short_names(paths: &[&str]) -> Vec<String> {
    let tail = |path: &str, keys: usize| -> String {
        let all: Vec<&str> = path.split('.').collect();
        all[all.len().saturating_sub(keys)..].join(".")
    };
    let longest = paths.iter().map(|path| path.split('.').count()).max();
    let enough = (1..=longest.unwrap_or(1)).find(|&keys| {
        let mut tails: Vec<String> = paths.iter().map(|path| tail(path, keys)).collect();
        tails.sort();
        tails.dedup();
        tails.len() == paths.len()
    });
    let keys = enough.unwrap_or(usize::MAX);
    paths.iter().map(|path| tail(path, keys)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_as_long_as_tells_them_apart() {
        assert_eq!(short_names(&["a.x", "b.y"]), ["x", "y"]);
        assert_eq!(short_names(&["a.x", "b.x"]), ["a.x", "b.x"]);
        assert_eq!(short_names(&["p.a.x", "p.b.x", "y"]), ["a.x", "b.x", "y"]);
    }

    #[test]
    fn values_are_short() {
        assert_eq!(short_value(Some("0.123456789012")), "0.123");
        assert_eq!(short_value(Some("1500000")), "1,500,000");
        assert_eq!(short_value(Some("district")), "district");
        assert_eq!(short_value(None), "–");
        assert!(short_value(Some(&"x".repeat(99))).ends_with('…'));
    }
}
