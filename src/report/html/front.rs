//! The front of a page: the blocks of a run and of a comparison in the order of a front page,
//! with one chart.

use super::blocks::block;
use super::drawn::Drawn;
use super::joined::Joined;
use super::markup::Html;
use crate::report::comparison::Comparison;
use crate::report::digits::count;
use crate::report::figure::{endings, fan};
use crate::report::page::Page;
use crate::report::sweep::Sweep;
use crate::report::terminal::{Terminal, headline_label};
use crate::report::typed::quoted;
use crate::scenario::resolved::Report;

/// What a page begins with.
pub struct Front<'p> {
    /// The run that leads.
    pub run: Option<(&'p Joined, &'p Page)>,
    /// The comparison that leads, of the decision of that run's scenario.
    pub comparison: Option<(&'p Joined, &'p Comparison)>,
    /// The figures of the run, or of the comparison without one.
    pub figures: &'p [Drawn],
}

impl Front<'_> {
    /// What the page is about.
    #[must_use]
    pub fn title(&self) -> String {
        let of_run = self.run.map(|(_, page)| page.header.title.clone());
        let of_comparison = || {
            let (_, page) = self.comparison?;
            let several = || format!("{} scenarios compared", page.options.len());
            Some(page.header.title.clone().unwrap_or_else(several))
        };
        of_run
            .or_else(of_comparison)
            .unwrap_or_else(|| "A sweep".to_owned())
    }

    /// Title, what was asked, and the mark.
    pub fn head(&self, html: &mut Html<'_>, shown: &Report) {
        html.open("header", &[]);
        if let Some(mark) = &shown.mark {
            html.line("p", &[("class", "confidential")], mark);
        }
        html.line("h1", &[], &self.title());
        html.line("p", &[("class", "about")], &self.about().join(" · "));
        if let Some(author) = &shown.author {
            html.line("p", &[("class", "note")], &format!("Author: {author}"));
        }
        html.line(
            "p",
            &[("class", "note")],
            "[a to b] = 8 in 10 futures. ± = simulation error (95 %), smaller with more runs. = in \
             the margin: no effect that can be told from none (95 %).",
        );
        if !html.mask().is_empty() {
            html.line(
                "p",
                &[("class", "note")],
                "Some actors are called otherwise here than in the scenario, in commands too.",
            );
        }
        html.open("p", &[("class", "tools js")]);
        html.line(
            "button",
            &[("type", "button"), ("id", "theme")],
            "dark or light",
        );
        html.line("button", &[("type", "button"), ("id", "print")], "print");
        html.close("p");
        html.close("header");
    }

    fn about(&self) -> Vec<String> {
        let mut about = Vec::new();
        if let Some((_, page)) = self.run {
            let header = &page.header;
            about.push(format!(
                "{} to {}",
                header.start.in_words(),
                header.end.in_words()
            ));
            about.extend(header.who.as_ref().map(|who| format!("{who} decides")));
            about.extend(
                header
                    .option
                    .as_ref()
                    .map(|option| format!("decided: {option}")),
            );
            let with = header
                .baseline
                .as_ref()
                .map_or("", |_| ", each with and without the order");
            about.push(format!("{} futures{with}", count(header.runs)));
        }
        if let Some((_, page)) = self.comparison {
            if self.run.is_none() {
                let header = &page.header;
                about.push(format!(
                    "{} to {}",
                    header.start.in_words(),
                    header.end.in_words()
                ));
                about.extend(header.who.as_ref().map(|who| format!("{who} decides")));
            }
            let each = count(page.footer.runs);
            about.push(format!(
                "{} options × {each} futures, the same under each",
                page.options.len()
            ));
        }
        about
    }

    /// The answer and the headline numbers.
    pub fn answer(&self, html: &mut Html<'_>, terminal: &Terminal) {
        match (self.comparison, self.run) {
            (Some((_, page)), _) => block(html, "answer", &terminal.answered(page)),
            (None, Some((_, page))) => block(html, "answer", &terminal.not_compared(page)),
            (None, None) => {}
        }
        let Some((_, page)) = self.run else {
            if let Some((joined, page)) = self.comparison {
                // Each option of a comparison is a run of its own.
                let best = &page.options[page.compared.judged.best].folder;
                let best = format!("{}/{best}", joined.result.path.display());
                let command = format!("comity report {} {}", quoted(&best), joined.folder);
                lacking(html, "THREE NUMBERS", "of one option", &command);
            }
            self.options(html, terminal);
            return;
        };
        let runs = page.header.runs;
        block(html, "premises", &terminal.premises(&page.premises, runs));
        block(html, "changed", &terminal.changed(&page.changed));
        let numbers = terminal.numbers(headline_label(page), &page.three_numbers);
        block(html, "numbers", &numbers);
        for customer in &page.customers {
            block(html, "customer", &terminal.customer(customer));
        }
        self.options(html, terminal);
        self.chart(html, fan::NAME);
        block(html, "by-the-order", &terminal.by_the_order(page));
    }

    fn options(&self, html: &mut Html<'_>, terminal: &Terminal) {
        if let Some((_, page)) = self.comparison {
            block(html, "options", &terminal.options(page));
            block(html, "also", &terminal.also(page));
        } else if let Some(command) = self.compares() {
            lacking(html, "OPTIONS", "not compared", command);
        }
    }

    /// The command that compares, where that was not done.
    fn compares(&self) -> Option<&str> {
        let (_, page) = self.run?;
        page.not_compared.as_deref()
    }

    /// What would change the answer.
    pub fn change(&self, html: &mut Html<'_>, terminal: &Terminal) {
        if let Some((joined, page)) = self.comparison {
            block(html, "change", &terminal.what_would_change_it(page));
            // Along levers the options of a decision are compared, not frozen scenarios.
            let is_decision = page.header.title.is_some() && !joined.is_frozen;
            if page.compared.thresholds.is_empty() && is_decision {
                let command = format!("comity compare {} --levers all", joined.scenario);
                html.line(
                    "p",
                    &[("class", "note")],
                    &format!("Along its levers: {command}"),
                );
            }
            block(html, "states", &terminal.states(page));
            block(html, "rounds", &terminal.rounds(page));
        } else if let Some(command) = self.compares() {
            lacking(html, "WHAT WOULD CHANGE IT", "not compared", command);
        }
    }

    /// How it ends, what is said and done, who moves and acts, and what all of it rests on.
    pub fn rest(&self, html: &mut Html<'_>, terminal: &Terminal) {
        if let Some((_, page)) = self.run {
            if let Some(ends) = &page.how_it_ends {
                block(html, "ends", &terminal.how_it_ends(ends, page));
                self.chart(html, endings::NAME);
            }
            block(html, "say-and-do", &terminal.say_and_do(&page.say_and_do));
            if let Some(who) = &page.who_moves {
                block(html, "who-moves", &terminal.who_moves(who));
            }
            block(html, "who-acts", &terminal.who_acts(page));
            if let Some(regions) = &page.regions {
                block(html, "regions", &terminal.regions(regions, page));
            }
            if let Some(enough) = &page.enough {
                block(html, "enough", &terminal.enough(enough));
            }
        }
        let grounds = match (self.run, self.comparison) {
            (Some((_, page)), _) => Some(&page.how_far_to_trust_this),
            (None, Some((_, page))) => Some(&page.how_far_to_trust_this),
            (None, None) => None,
        };
        if let Some(grounds) = grounds {
            block(html, "trust", &terminal.how_far_to_trust_this(grounds));
        }
        let mut next: Vec<String> = Vec::new();
        if let Some((_, page)) = self.run {
            next.extend(page.next.iter().cloned());
        }
        if let Some((joined, _)) = self.run {
            next.push(format!("comity story {} --pick worst", joined.folder));
        }
        block(html, "next", &terminal.next(&next));
    }

    /// The first figure of a kind.
    fn chart(&self, html: &mut Html<'_>, kind: &str) {
        let first = self.figures.iter().find(|drawn| drawn.figure.kind == kind);
        if let Some(drawn) = first {
            drawn.put(html);
        }
    }

    /// The figures that stand in no block.
    pub fn further(&self) -> impl Iterator<Item = &Drawn> {
        let is_first = |at: usize, kind: &str| {
            let mut before = self.figures[..at].iter();
            before.all(|other| other.figure.kind != kind)
        };
        let in_front = [fan::NAME, endings::NAME];
        let has_run = self.run.is_some();
        self.figures
            .iter()
            .enumerate()
            .filter_map(move |(at, drawn)| {
                let kind = drawn.figure.kind;
                let stands = has_run && in_front.contains(&kind) && is_first(at, kind);
                (!stands).then_some(drawn)
            })
    }
}

/// A block that a command would fill.
fn lacking(html: &mut Html<'_>, label: &str, why: &str, command: &str) {
    html.open("section", &[("class", "block")]);
    html.line("h2", &[], label);
    html.open("p", &[]);
    html.text(&format!("{why}: "));
    html.element("code", &[], command);
    html.close("p");
    html.close("section");
}

/// The blocks of a further run.
pub fn run_blocks(html: &mut Html<'_>, terminal: &Terminal, page: &Page) {
    let mut blocks = vec![
        terminal.premises(&page.premises, page.header.runs),
        terminal.numbers(headline_label(page), &page.three_numbers),
    ];
    blocks.extend(
        page.customers
            .iter()
            .map(|customer| terminal.customer(customer)),
    );
    blocks.push(terminal.by_the_order(page));
    blocks.extend(
        page.how_it_ends
            .iter()
            .map(|ends| terminal.how_it_ends(ends, page)),
    );
    blocks.push(terminal.say_and_do(&page.say_and_do));
    for lines in blocks {
        block(html, "", &lines);
    }
}

/// The blocks of a further comparison.
pub fn comparison_blocks(html: &mut Html<'_>, terminal: &Terminal, page: &Comparison) {
    for lines in [
        terminal.answered(page),
        terminal.options(page),
        terminal.also(page),
        terminal.what_would_change_it(page),
        terminal.states(page),
    ] {
        block(html, "", &lines);
    }
}

/// The blocks of a sweep.
pub fn sweep_blocks(html: &mut Html<'_>, terminal: &Terminal, page: &Sweep) {
    for lines in [
        terminal.varied(page),
        terminal.points(page),
        terminal.moved(page),
        terminal.scattered(page),
    ] {
        block(html, "", &lines);
    }
}
