//! A comparison of options, for the terminal.

use super::Terminal;
use crate::analysis::decide::states::State;
use crate::analysis::decide::verdict::Verdict;
use crate::report::comparison::answer::answer;
use crate::report::comparison::rows::{best_first, mark, option_cells, scale};
use crate::report::comparison::{Comparison, effect};
use crate::report::digits;
use crate::report::layout::{Line, Measure, Span, Style, flow};
use crate::report::table::{Row, Table};

/// Headline metrics shown beside the objective.
const ALSO: usize = 3;
/// States shown.
const STATES: usize = 6;

impl Terminal {
    /// The text of a comparison, each line ended by a newline.
    #[must_use]
    pub fn render_comparison(&self, page: &Comparison) -> String {
        let blocks = [
            self.asked(page),
            self.premises(&page.premises, page.footer.runs),
            self.answered(page),
            self.options(page),
            self.also(page),
            self.what_would_change_it(page),
            self.states(page),
            self.rounds(page),
            self.how_far_to_trust_this(&page.how_far_to_trust_this),
            self.next(&page.next),
        ];
        self.blocks(&blocks, &page.footer)
    }

    fn asked(&self, page: &Comparison) -> Vec<Line> {
        let header = &page.header;
        let options = page.options.len();
        let what = match &header.title {
            Some(title) => title.clone(),
            None => format!("{options} scenarios"),
        };
        let dates = format!("{} to {}", header.start.in_words(), header.end.in_words());
        let mut items = vec![Span::new(&what, Style::Strong), Span::plain(&dates)];
        let who = header.who.as_ref().map(|who| match header.by {
            Some(by) => format!("{who} decides by {}", by.in_words()),
            None => format!("{who} decides"),
        });
        items.extend(who.map(|who| Span::plain(&who)));
        let of = if header.title.is_some() {
            format!("{options} options × ")
        } else {
            String::new()
        };
        items.push(Span::plain(&format!(
            "{of}{} futures, the same under each",
            futures(page)
        )));
        let measure = Measure {
            later: 0,
            ..self.measure(0, 3)
        };
        let mut lines = flow(&items, " · ", measure);
        let key = [
            "[a to b] = 8 in 10 futures",
            "± = simulation error (95 %), smaller with more runs",
        ];
        let key = key.map(|text| Span::new(text, Style::Faint));
        lines.extend(flow(&key, "   ", measure));
        lines
    }

    /// How many futures each option was given, and which of them count where.
    pub(in crate::report) fn rounds(&self, page: &Comparison) -> Vec<Line> {
        let Some(rounds) = &page.rounds else {
            return Vec::new();
        };
        let all: u32 = rounds.futures.iter().sum();
        let said = format!(
            "{} futures and {} fresh ones, of at most {} under each option:",
            digits::count(all),
            digits::count(rounds.fresh),
            digits::count(rounds.allowed)
        );
        let mut lines = self.labelled("ENOUGH RUNS", &[Span::plain(&said)], " ", 2);
        let options = page.options.iter().zip(&rounds.futures);
        let each = options.map(|(option, &n)| format!("{} {}", option.name, digits::count(n)));
        let each: Vec<String> = each.collect();
        let each: Vec<Span> = each.iter().map(|text| Span::plain(text)).collect();
        lines.extend(self.indented(&each, " · ", 3));
        if rounds.futures.windows(2).all(|two| two[0] == two[1]) {
            return lines;
        }
        let note = format!(
            "Means, 8 in 10 and verdict: over all futures that both have. The rest: over the {} \
             that all have.",
            digits::count(page.footer.runs)
        );
        lines.extend(self.noted(&note));
        lines
    }

    pub(in crate::report) fn answered(&self, page: &Comparison) -> Vec<Line> {
        let said = answer(page);
        let words = said.iter().enumerate().flat_map(|(at, sentence)| {
            let style = if at == 0 { Style::Strong } else { Style::Plain };
            let words = sentence.split(' ');
            words.map(|word| Span::new(word, style)).collect::<Vec<_>>()
        });
        self.labelled("ANSWER", &words.collect::<Vec<_>>(), " ", 8)
    }

    /// The decision table, best mean first.
    pub(in crate::report) fn options(&self, page: &Comparison) -> Vec<Line> {
        let judged = &page.compared.judged;
        let scale = scale(page);
        let head = [
            "mean",
            "8 in 10",
            "1 in 20",
            "best in",
            "regret",
            "good enough",
        ];
        let head = &head[..if page.tolerance.is_some() { 6 } else { 5 }];
        let rows = best_first(page).into_iter().map(|option| Row {
            mark: mark(page, option),
            cells: option_cells(page, option, &scale)[..=head.len()]
                .iter()
                .map(|cell| Span::plain(cell))
                .collect(),
            note: None,
        });
        let unit = format!("{}{}", scale.prefix, scale.difference.trim_start());
        let label = if unit.is_empty() {
            "OPTIONS".to_owned()
        } else {
            format!("OPTIONS, in {unit}")
        };
        let mut table = self.plain_table(&label, head, rows.collect());
        // Regret goes first where the page is narrow, then the bad case.
        table.optional = vec![5, 3];
        let mut lines = table.lines(self.width(), 2 * page.options.len());
        let reference = &page.options[judged.reference].name;
        let note = format!(
            "Judged by: {}, against {reference}, future by future. 1 in 20: worse than this in one future of \
             twenty. Regret: behind the best option of each future, on average.",
            page.judged_by().label
        );
        let marks = match page.compared.verdict {
            Verdict::Choose { .. } => {
                "* told from every other, and from the runner-up again in fresh futures."
            }
            _ => "= not told from the best (paired, 95 %), or not again in fresh futures.",
        };
        let missing = match (judged.missing, page.compared.left_out) {
            (0, 0) => String::new(),
            (without, failed) => format!(
                " {} futures count nowhere: {without} without a value under some option, {failed} \
                 that failed under one.",
                without + failed
            ),
        };
        lines.extend(self.noted(&format!("{marks} {note}{missing}")));
        lines.extend(self.pairing(page));
        lines
    }

    /// An item of a block, of several lines at most.
    pub(super) fn item(&self) -> Measure {
        Measure {
            width: self.width(),
            first: 2,
            later: 2,
            lines: 4,
        }
    }

    /// A note that may take several lines.
    pub(super) fn noted(&self, text: &str) -> Vec<Line> {
        let words = text.split(' ').map(|word| Span::new(word, Style::Faint));
        let mut lines = flow(&words.collect::<Vec<_>>(), " ", self.item());
        let mut first = Line::default();
        first.pad_to(2);
        first.append(std::mem::take(&mut lines[0]));
        lines[0] = first;
        lines
    }

    /// How much less the variance of a difference is in the same futures than in others, of the
    /// objective and the headline metrics.
    fn pairing(&self, page: &Comparison) -> Vec<Line> {
        let of = |metric: usize| {
            let differences = page.compared.differences.get(metric)?.iter().flatten();
            let ratios = differences.filter_map(|difference| difference.variance_ratio);
            let mut ratios: Vec<f64> = ratios.filter(|ratio| *ratio > 0.0).collect();
            ratios.sort_unstable_by(f64::total_cmp);
            let middle = ratios.get(ratios.len() / 2)?;
            let times = digits::rounded(1.0 / middle);
            Some(format!("{times} ({})", page.metrics[metric].name))
        };
        let metrics = [page.objective].into_iter().chain(page.headlines());
        let parts: Vec<String> = metrics.filter_map(of).collect();
        if parts.is_empty() {
            return Vec::new();
        }
        self.noted(&format!(
            "Same futures, not others: the variance of differences is that of unpaired ones over \
             {}; near 1 where a level varies little but for what the options do.",
            parts.join(", ")
        ))
    }

    /// The headline metrics under each option.
    pub(in crate::report) fn also(&self, page: &Comparison) -> Vec<Line> {
        let metrics: Vec<usize> = page.headlines().into_iter().take(ALSO).collect();
        if metrics.is_empty() {
            return Vec::new();
        }
        let reference = page.compared.judged.reference;
        let others = (0..page.options.len()).filter(|option| *option != reference);
        let head: Vec<String> = (1..=metrics.len()).map(|n| format!("({n})")).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let rows = others.map(|option| {
            let mut cells = vec![Span::plain(&page.options[option].name)];
            cells.extend(metrics.iter().map(|&metric| {
                let difference = page.compared.differences[metric][option].as_ref();
                Span::plain(&difference.map_or_else(
                    || "–".to_owned(),
                    |difference| {
                        let unit = &page.metrics[metric].unit;
                        digits::effect(unit, &effect(unit, difference)).mean
                    },
                ))
            }));
            Row {
                mark: ' ',
                cells,
                note: None,
            }
        });
        let table = self.plain_table("AND ALSO", &head, rows.collect());
        let mut lines = table.lines(self.width(), page.options.len());
        for (n, metric) in metrics.iter().enumerate() {
            let label = &page.metrics[*metric].label;
            let name = &page.options[reference].name;
            lines.push(self.note(&format!("  ({}) {label}, against {name}", n + 1)));
        }
        lines
    }

    /// What is best by how the case ends.
    pub(in crate::report) fn states(&self, page: &Comparison) -> Vec<Line> {
        let states = &page.compared.states;
        if states.len() < 2 {
            return Vec::new();
        }
        let judged = &page.compared.judged;
        let all: usize = states.iter().map(|state| state.futures).sum();
        let unit = &page.judged_by().unit;
        let rows = states.iter().take(STATES).map(|state: &State| {
            let share = 100.0 * state.futures as f64 / all as f64;
            let difference = |option: usize| {
                state.options[option].as_ref().map_or_else(
                    || {
                        if option == judged.reference {
                            "0"
                        } else {
                            "–"
                        }
                        .to_owned()
                    },
                    |difference| digits::effect(unit, &effect(unit, difference)).mean,
                )
            };
            let cells = [
                in_words(&state.ending).to_owned(),
                format!("{} %", digits::figure(share, 0)),
                page.options[state.best].name.clone(),
                difference(state.best),
                difference(judged.best),
            ];
            Row {
                mark: ' ',
                cells: cells.iter().map(|cell| Span::plain(cell)).collect(),
                note: None,
            }
        });
        let best = &page.options[judged.best].name;
        let reference = &page.options[judged.reference].name;
        let head = ["futures", "best there", "by", best.as_str()];
        let table = self.plain_table("IF THE CASE ENDS", &head, rows.collect());
        let mut lines = table.lines(self.width(), STATES);
        lines.push(self.note(&format!(
            "  as it ends under {best}; against {reference} in the same futures"
        )));
        lines
    }

    pub(super) fn plain_table(&self, label: &str, head: &[&str], rows: Vec<Row>) -> Table {
        let mut heads = vec![Span::new(label, Style::Strong)];
        heads.extend(head.iter().map(|text| Span::new(text, Style::Faint)));
        Table {
            head: heads,
            rows,
            to_the_right: Vec::new(),
            optional: Vec::new(),
        }
    }
}

/// An ending in words.
fn in_words(ending: &str) -> &str {
    match ending {
        "government" => "the government wins",
        "provider" => "the provider wins",
        "complied" => "the provider complies",
        "statute" => "a statute settles it",
        "treaty" => "a treaty settles it",
        "settled" => "the parties settle",
        "withdrawn" => "it is withdrawn",
        "annulled" => "the act is annulled",
        "upheld" => "the act is upheld",
        _ => "still open at the horizon",
    }
}

/// `1,000`, or `300 to 2,400` where options were given different numbers.
fn futures(page: &Comparison) -> String {
    let given = page.rounds.iter().flat_map(|rounds| &rounds.futures);
    let ends = given.clone().min().zip(given.max());
    match ends {
        Some((least, most)) if least < most => {
            format!("{} to {}", digits::count(*least), digits::count(*most))
        }
        _ => digits::count(page.footer.runs),
    }
}
