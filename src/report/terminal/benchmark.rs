//! The page of a market benchmark.

use super::{Terminal, decided};
use crate::report::benchmark::BenchmarkPage;
use crate::report::digits;
use crate::report::layout::{Line, Measure, Span, Style, flow};
use crate::report::table::{Row, Table};
use crate::report::unit::Unit;

impl Terminal {
    /// The page's text, each line ended by a newline.
    #[must_use]
    pub fn render_benchmark(&self, page: &BenchmarkPage) -> String {
        let blocks = [
            self.benchmark_header(page),
            self.shares(page),
            self.next(&page.next),
        ];
        let mut out = String::new();
        for block in blocks.iter().filter(|block| !block.is_empty()) {
            for line in block {
                line.clone().cut(self.width()).write(&mut out, self.colour);
            }
            out.push('\n');
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        let mut footer = self.footer(&page.footer);
        if let Some(speed) = page.million_customer_months_per_second() {
            let speed = format!("{speed:.1} million customer-months a second");
            footer.push(Line::of(Span::new(&speed, Style::Faint)));
        }
        for line in footer {
            line.write(&mut out, self.colour);
        }
        out
    }

    fn benchmark_header(&self, page: &BenchmarkPage) -> Vec<Line> {
        let measure = Measure {
            later: 0,
            ..self.measure(0, 3)
        };
        let mut items = vec![Span::new(&page.title, Style::Strong)];
        items.extend(decided(None, page.option.as_deref()));
        items.extend([
            Span::plain(&format!(
                "{} to {}",
                page.start.in_words(),
                page.end.in_words()
            )),
            Span::plain(&format!("{} futures", digits::count(page.footer.runs))),
        ]);
        let mut lines = flow(&items, " · ", measure);
        let key = Span::new(
            "± = simulation error (95 %), smaller with more runs",
            Style::Faint,
        );
        lines.extend(flow(&[key], " ", measure));
        lines
    }

    fn shares(&self, page: &BenchmarkPage) -> Vec<Line> {
        let rows = page.shares.iter().map(|share| {
            let percent = share.percent.as_ref();
            let percent = percent.map(|percent| digits::with_error(&Unit::Percent, percent));
            Row {
                mark: ' ',
                cells: vec![
                    Span::plain(&format!("offering {}", share.offering)),
                    Span::new(&percent.unwrap_or_default(), Style::Strong),
                ],
                note: None,
            }
        });
        let table = Table {
            head: vec![
                Span::new("SHARE OF CUSTOMERS AT THE END", Style::Strong),
                Span::new("mean", Style::Faint),
            ],
            rows: rows.collect(),
            to_the_right: vec![1],
            optional: Vec::new(),
        };
        table.lines(self.width(), page.shares.len())
    }
}
