//! Tables in the terminal: aligned columns, labels that wrap, notes under the figures.

use super::layout::{Line, Measure, Origin, Span, flow};

/// A table whose first column takes what the others leave and wraps within it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// Heads of the columns, the first being the block's label.
    pub head: Vec<Span>,
    /// Rows; each as long as `head`.
    pub rows: Vec<Row>,
    /// Columns (by position) whose cells are set to the right.
    pub to_the_right: Vec<usize>,
    /// Columns that a narrow page leaves out, the first to go first.
    pub optional: Vec<usize>,
}

/// A row: a mark in the margin, cells, and a note under the cells.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// One character, such as `=` or a blank.
    pub mark: char,
    /// Cells.
    pub cells: Vec<Span>,
    /// A note that takes the rest of the row's second line.
    pub note: Option<Span>,
}

/// Blanks between columns.
const GAP: usize = 3;
/// Columns taken by the mark and a blank.
const MARGIN: usize = 2;
/// Columns below which labels are hard to read.
const LABEL: usize = 24;

impl Table {
    /// The table's lines, its head first, at most `budget` below the head: with labels of
    /// two lines, else without optional columns, else with labels of one line.
    #[must_use]
    pub fn lines(&self, width: usize, budget: usize) -> Vec<Line> {
        let mut lines = self.fitted(width, budget).into_iter();
        let first = lines.next().unwrap_or_default();
        let first = first.from_origin(Origin::Table(Box::new(self.clone())));
        let rest = lines.map(|line| line.from_origin(Origin::Rest));
        std::iter::once(first).chain(rest).collect()
    }

    fn fitted(&self, width: usize, budget: usize) -> Vec<Line> {
        let mut columns: Vec<usize> = (0..self.head.len()).collect();
        let mut leaving = self.optional.iter();
        loop {
            let widths = self.widths(&columns, width);
            let lines = self.set(&columns, &widths, width, 2);
            let readable = widths[0] >= LABEL.min(self.label_width());
            if lines.len() <= budget + 1 && readable {
                return lines;
            }
            let Some(next) = leaving.next() else {
                let mut lines = self.set(&columns, &widths, width, 1);
                lines.truncate(budget + 1);
                return lines;
            };
            columns.retain(|column| column != next);
        }
    }

    fn set(&self, columns: &[usize], widths: &[usize], width: usize, labels: usize) -> Vec<Line> {
        let mut head = Line::of(self.head[0].cut(widths[0]));
        self.push_cells(&mut head, &self.head, columns, widths);
        let mut lines = vec![head];
        for row in &self.rows {
            lines.extend(self.row_lines(row, columns, widths, width, labels));
        }
        lines
    }

    fn label_width(&self) -> usize {
        let labels = self.rows.iter().map(|row| row.cells[0].width() + MARGIN);
        labels.max().unwrap_or(0).max(self.head[0].width())
    }

    /// Widths of the columns shown; the first has what the page leaves, or what it needs.
    fn widths(&self, columns: &[usize], width: usize) -> Vec<usize> {
        let all = || self.rows.iter().map(|row| &row.cells).chain([&self.head]);
        let widest = |column: &usize| all().map(|cells| cells[*column].width()).max();
        let mut widths: Vec<usize> = columns.iter().map(|c| widest(c).unwrap_or(0)).collect();
        let others: usize = widths[1..].iter().map(|w| w + GAP).sum();
        widths[0] = self
            .label_width()
            .min(width.saturating_sub(others).max(LABEL / 2));
        widths
    }

    fn push_cells(&self, line: &mut Line, cells: &[Span], columns: &[usize], widths: &[usize]) {
        let mut start = widths[0];
        for (column, width) in columns.iter().zip(widths).skip(1) {
            start += GAP;
            let cell = &cells[*column];
            let right = self.to_the_right.contains(column);
            line.pad_to(start + if right { width - cell.width() } else { 0 });
            line.push(cell.clone());
            start += width;
        }
    }

    fn row_lines(
        &self,
        row: &Row,
        columns: &[usize],
        widths: &[usize],
        width: usize,
        lines: usize,
    ) -> Vec<Line> {
        let measure = Measure {
            width: widths[0],
            first: MARGIN,
            later: MARGIN,
            lines,
        };
        let label: Vec<Span> = row.cells[0].words().collect();
        let mut lines = flow(&label, " ", measure);
        let mut first = Line::of(Span::plain(&format!("{} ", row.mark)));
        first.append(std::mem::take(&mut lines[0]));
        self.push_cells(&mut first, &row.cells, columns, widths);
        lines[0] = first;
        if let Some(note) = &row.note {
            if lines.len() < 2 {
                lines.push(Line::default());
            }
            let start = widths[0] + GAP;
            lines[1].pad_to(start);
            lines[1].push(note.cut(width.saturating_sub(start)));
        }
        lines
    }
}
