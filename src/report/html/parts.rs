//! The parts of a page in their order, and the same as data.

use serde_json::{Value, json};

use super::drawn::Drawn;
use super::front::{self, Front};
use super::joined::{Joined, Kind};
use super::live::answer::{Answer, Moved};
use super::live::dataset::Dataset;
use super::markup::Html;
use super::over_time::OverTime;
use super::{HtmlError, below, blocks, levers};
use crate::report::terminal::Terminal;
use crate::report::words::ChanceWords;
use crate::scenario::resolved::Report;

/// What the page is made of.
pub(super) struct Page<'p> {
    pub(super) front: Front<'p>,
    terminal: Terminal,
    datasets: Vec<Dataset>,
    over_time: OverTime,
    /// Every result, with its figures.
    all: Vec<Of<'p>>,
    /// Positions of the leading run and the leading comparison.
    leads: [Option<usize>; 2],
}

/// A result of the page.
#[derive(Clone, Copy)]
struct Of<'p> {
    joined: &'p Joined,
    kind: &'p Kind,
    figures: &'p [Drawn],
}

impl<'p> Page<'p> {
    pub(super) fn of(
        joined: &'p [Joined],
        kinds: &'p [Kind],
        figures: &'p [Vec<Drawn>],
    ) -> Result<Self, HtmlError> {
        let all = joined.iter().zip(kinds).zip(figures);
        let all = all.map(|((joined, kind), figures)| Of {
            joined,
            kind,
            figures,
        });
        let all: Vec<Of<'_>> = all.collect();
        let leads = leads(&all);
        let mut datasets = Vec::new();
        let mut over_time = OverTime::default();
        let (mut run, mut comparison) = (None, None);
        for at in leads.into_iter().flatten() {
            let Of { joined, kind, .. } = all[at];
            match kind {
                Kind::Run(page, frozen) => {
                    datasets.push(Dataset::of_run(&joined.result, frozen, joined.command())?);
                    over_time = OverTime::of(&joined.result, frozen)?;
                    run = Some((joined, &**page));
                }
                Kind::Comparison(page) => {
                    let command = joined.command_of_futures();
                    datasets.extend(Dataset::of_comparison(&joined.result, page, command)?);
                    comparison = Some((joined, &**page));
                }
                Kind::Sweep(_) => {}
            }
        }
        let lead = leads[0].or(leads[1]);
        Ok(Self {
            front: Front {
                run,
                comparison,
                figures: lead.map_or(&[], |at| all[at].figures),
            },
            terminal: Terminal {
                columns: 99,
                colour: false,
                chances: ChanceWords::default(),
            },
            datasets,
            over_time,
            all,
            leads,
        })
    }

    /// What the stored futures come to with these levers moved; a lever must move those of the
    /// leading result, and the others where it can.
    pub(super) fn answers(&self, at: &[Moved]) -> Result<Vec<Answer>, HtmlError> {
        let mut answers = Vec::with_capacity(self.datasets.len());
        for (place, data) in self.datasets.iter().enumerate() {
            match data.answer(at) {
                Ok(answer) => answers.push(answer),
                Err(error) if place == 0 => return Err(error),
                Err(_) => {}
            }
        }
        if self.datasets.is_empty()
            && let Some((name, _)) = at.first()
        {
            return Err(HtmlError::Lever {
                name: name.clone(),
                advice: None,
            });
        }
        Ok(answers)
    }

    pub(super) fn put(&self, html: &mut Html<'_>, shown: &Report) -> Result<(), HtmlError> {
        self.front.head(html, shown);
        self.contents(html);
        html.open("main", &[]);
        self.front.answer(html, &self.terminal);
        self.front.change(html, &self.terminal);
        levers::put(html, &self.datasets)?;
        self.front.rest(html, &self.terminal);
        self.figures(html);
        self.of_run(html)?;
        self.further(html);
        self.reproduce(html);
        html.close("main");
        self.footer(html);
        Ok(())
    }

    /// Links to the parts below the front.
    fn contents(&self, html: &mut Html<'_>) {
        html.open("nav", &[("aria-label", "Contents")]);
        let mut parts = vec![("#figures", "figures")];
        if !self.datasets.is_empty() {
            parts.insert(0, ("#levers", "levers"));
        }
        if self.front.run.is_some() {
            parts.extend([
                ("#places", "places"),
                ("#groups", "countries and segments"),
                ("#risk", "money at risk"),
                ("#stories", "stories"),
                ("#sources", "sources"),
                ("#limits", "limits"),
            ]);
        }
        parts.push(("#again", "make it again"));
        for (to, word) in parts {
            html.line("a", &[("href", to)], word);
        }
        html.close("nav");
    }

    fn figures(&self, html: &mut Html<'_>) {
        heading(html, "figures", "FIGURES");
        for drawn in self.front.further() {
            drawn.put(html);
        }
        html.close("section");
    }

    /// What stands below the fold of a run.
    fn of_run(&self, html: &mut Html<'_>) -> Result<(), HtmlError> {
        let lead = self.leads[0].map(|at| self.all[at]);
        let Some(Of {
            joined,
            kind: Kind::Run(page, frozen),
            ..
        }) = lead
        else {
            return Ok(());
        };
        heading(html, "places", "WHERE WORKLOAD LIES");
        self.over_time.put_places(html);
        html.close("section");
        heading(html, "groups", "BY COUNTRY AND SEGMENT");
        self.over_time.put_levels(html);
        html.close("section");
        heading(html, "risk", "MONEY AT RISK");
        below::risk(html, &self.terminal, &joined.result)?;
        html.close("section");
        heading(html, "stories", "THREE FUTURES, TOLD");
        below::stories(html, &joined.result)?;
        html.close("section");
        heading(html, "sources", "WHERE EACH NUMBER COMES FROM");
        below::sources(html, &frozen.scenario);
        html.close("section");
        heading(html, "limits", "WHAT IT ASKS, AND WHAT IT LEAVES OUT");
        let outside = &page.how_far_to_trust_this.not_in_the_model;
        below::limits(html, &frozen.scenario, outside);
        html.close("section");
        Ok(())
    }

    /// Results that do not lead, each with its own heading.
    fn further(&self, html: &mut Html<'_>) {
        let is_lead = |at: usize| self.leads.contains(&Some(at));
        let all = self.all.iter().enumerate();
        for (at, of) in all.filter(|(at, _)| !is_lead(*at)) {
            let identity = &of.joined.result.manifest.identity;
            let id = format!("part-{at}");
            html.open("section", &[("id", &id), ("class", "part")]);
            html.line(
                "h2",
                &[],
                &format!(
                    "ALSO: {} of {}, {}",
                    identity.kind,
                    identity.scenario,
                    of.joined.result.path.display()
                ),
            );
            let digest = identity.scenario_digest.get(..6).unwrap_or_default();
            html.line(
                "p",
                &[("class", "note")],
                &format!("{} · digest {digest}", of.joined.command()),
            );
            match of.kind {
                Kind::Run(page, _) => front::run_blocks(html, &self.terminal, page),
                Kind::Comparison(page) => front::comparison_blocks(html, &self.terminal, page),
                Kind::Sweep(page) => front::sweep_blocks(html, &self.terminal, page),
            }
            self.drawn_of(html, at);
            html.close("section");
        }
        // The figures of a comparison that leads beside a run.
        if let [Some(_), Some(comparison)] = self.leads {
            self.drawn_of(html, comparison);
        }
    }

    fn drawn_of(&self, html: &mut Html<'_>, at: usize) {
        for drawn in self.all[at].figures {
            drawn.put(html);
        }
    }

    fn reproduce(&self, html: &mut Html<'_>) {
        heading(html, "again", "HOW TO MAKE IT AGAIN");
        for of in &self.all {
            let frozen = match of.kind {
                Kind::Run(_, frozen) => Some(&**frozen),
                Kind::Comparison(_) | Kind::Sweep(_) => None,
            };
            below::reproduce(html, &of.joined.result, frozen, &of.joined.command());
        }
        html.close("section");
    }

    fn footer(&self, html: &mut Html<'_>) {
        html.open("footer", &[]);
        let of_run = self.front.run.map(|(_, page)| &page.footer);
        let of_comparison = self.front.comparison.map(|(_, page)| &page.footer);
        for footer in of_run.into_iter().chain(of_comparison) {
            blocks::set(html, &self.terminal.footer(footer), "p");
        }
        html.close("footer");
    }

    /// Data for the page's script.
    pub(super) fn script(&self, at: &[Moved]) -> Value {
        let figures = self.all.iter().flat_map(|of| of.figures);
        let at: Vec<Value> = at.iter().map(|(name, to)| json!([name, to])).collect();
        json!({
            "figures": figures.filter_map(Drawn::script).collect::<Vec<_>>(),
            "live": self.datasets.iter().map(Dataset::script).collect::<Vec<_>>(),
            "few": crate::analysis::reweight::FEW,
            "over_time": self.over_time.script(),
            "at": at,
        })
    }

    /// What the page says, as data: what each command stored, and the answers of levers.
    pub(super) fn told(&self, answers: &[Answer]) -> Value {
        let results = self.all.iter().map(|of| {
            let page = match of.kind {
                Kind::Run(page, _) => json!(page),
                Kind::Comparison(page) => json!(page),
                Kind::Sweep(page) => json!(page),
            };
            let identity = &of.joined.result.manifest.identity;
            json!({
                "kind": identity.kind,
                "result": of.joined.result.path.display().to_string(),
                "scenario": identity.scenario,
                "scenario_digest": identity.scenario_digest,
                "command": of.joined.command(),
                "figures": of.figures.iter().map(|drawn| json!({
                    "name": drawn.figure.name,
                    "title": drawn.figure.chart.title,
                    "caption": drawn.figure.caption,
                })).collect::<Vec<_>>(),
                "page": page,
            })
        });
        let levers = self.datasets.iter().map(Dataset::levers_told);
        json!({
            "title": self.front.title(),
            "results": results.collect::<Vec<_>>(),
            "levers": levers.collect::<Vec<_>>(),
            "reweighted": answers,
        })
    }
}

/// Positions of the run and of the comparison that lead: the first of either, with the first of
/// the other kind that is of the same decision and the same assumptions. What is of another
/// scenario is no part of the same answer.
fn leads(all: &[Of<'_>]) -> [Option<usize>; 2] {
    let belong = |run: usize, comparison: usize| match all[run].kind {
        Kind::Run(_, frozen) => {
            let comparison = all[comparison].joined;
            comparison.is_decision_of(&all[run].joined.result, frozen)
        }
        Kind::Comparison(_) | Kind::Sweep(_) => false,
    };
    let of = |wanted: fn(&Kind) -> bool| (0..all.len()).filter(move |at| wanted(all[*at].kind));
    let runs = || of(|kind| matches!(kind, Kind::Run(..)));
    let comparisons = || of(|kind| matches!(kind, Kind::Comparison(_)));
    match (runs().next(), comparisons().next()) {
        (Some(run), Some(comparison)) if comparison < run => {
            let run = runs().find(|run| belong(*run, comparison));
            [run, Some(comparison)]
        }
        (Some(run), _) => [Some(run), comparisons().find(|other| belong(run, *other))],
        (None, comparison) => [None, comparison],
    }
}

/// Opens a section below the front.
fn heading(html: &mut Html<'_>, id: &'static str, text: &str) {
    html.open("section", &[("id", id)]);
    html.line("h2", &[], text);
}
