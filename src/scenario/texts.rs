//! From the texts of a scenario to its meaning.

use std::collections::BTreeSet;
use std::path::Path;

use toml::de::DeTable;

use super::error::{Problem, ScenarioError};
use super::freeze::Frozen;
use super::gather::{self, Gathered};
use super::library::{self, ShippedKind};
use super::load::ScenarioTarget;
use super::nearest::nearest;
use super::overlay::Overlay;
use super::path::{Path as ValuePath, parse_path};
use super::raw::Document;
use super::resolved::Scenario;
use super::ruling::{self, Ruling};
use super::source_text::Place;
use super::tree::{Outline, bad_name};
use super::{freeze, inherit, observations, option, parse, posterior, resolve};

/// The texts of a scenario, found or not.
pub(super) struct Texts {
    name: String,
    pub gathered: Gathered,
    found: Result<usize, Problem>,
    /// The frozen text of a scenario whose metrics and named customers are taken over, and
    /// where it begins.
    asked: Option<(String, usize)>,
}

/// An overlay whose texts are among the sources.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid<'o> {
    /// The option's name and where it was asked for.
    pub option: Option<(&'o str, Place)>,
    /// Each `PATH=VALUE` and where it begins.
    pub settings: Vec<(&'o str, usize)>,
    /// What is forced and what was learned.
    pub rulings: Vec<Ruling<'o>>,
    /// The text of a table of observations and where it begins.
    pub observations: Option<(&'o str, usize)>,
}

impl Texts {
    /// Reads what `target` names and all that it extends.
    pub(super) fn of(target: &ScenarioTarget) -> Result<Self, ScenarioError> {
        let mut gathered = Gathered::default();
        match target {
            ScenarioTarget::Shipped(name) => {
                let shipped = library::find(name).ok_or_else(|| ScenarioError::Unknown {
                    name: name.clone(),
                    nearest: nearest(name, library::scenario_names()).map(str::to_owned),
                })?;
                if shipped.kind == ShippedKind::Library {
                    return Err(ScenarioError::Library { name: name.clone() });
                }
                Ok(Self {
                    name: name.clone(),
                    found: gathered.add_shipped(shipped),
                    gathered,
                    asked: None,
                })
            }
            ScenarioTarget::File(path) => {
                let text = gather::read(path, "a scenario")?;
                Ok(Self {
                    name: name_of(path)?,
                    found: gathered.add_file(path, text),
                    gathered,
                    asked: None,
                })
            }
        }
    }

    /// Takes a text, and reads all that it extends.
    pub(super) fn of_text(name: &str, text: &str) -> Self {
        let mut gathered = Gathered::default();
        Self {
            name: name.to_owned(),
            found: gathered.add_text(name, text.to_owned()),
            gathered,
            asked: None,
        }
    }

    /// The same, asked what `other` is asked: its metrics, and its named customers unless
    /// there are some of that name.
    pub(super) fn asked_as(mut self, other: &Scenario) -> Self {
        let text = other.frozen.clone();
        let shown = format!("{} (frozen)", other.name);
        let base = self.gathered.sources.add(shown, text.as_str());
        self.asked = Some((text, base));
        self
    }

    /// The scenario under an overlay.
    pub(super) fn scenario(mut self, overlay: &Overlay) -> Result<Scenario, ScenarioError> {
        let laid = self.lay(overlay);
        self.meaning(&laid)
            .map_err(|problems| self.invalid(problems))
    }

    /// Adds the overlay's texts to the sources.
    pub(super) fn lay<'o>(&mut self, overlay: &'o Overlay) -> Laid<'o> {
        let sources = &mut self.gathered.sources;
        let option = overlay.option.as_deref().map(|name| {
            let base = sources.add("--option", name);
            (name, base..base + name.len())
        });
        let observations = overlay.observations.as_ref().map(|table| {
            let base = sources.add(table.name.as_str(), table.text.as_str());
            (table.text.as_str(), base)
        });
        let rulings = ruling::add(sources, &overlay.forced, &overlay.learned);
        let bases = inherit::add_settings(sources, &overlay.settings);
        let settings = overlay.settings.iter().map(String::as_str);
        for (setting, base) in settings.clone().zip(&bases) {
            // One that is wrong is complained of where it is laid over.
            if let Ok(over) = inherit::setting(setting, *base) {
                let posterior = posterior::named(&over, None, &mut self.gathered.sources);
                self.gathered.posteriors.extend(posterior);
            }
        }
        Laid {
            option,
            settings: settings.zip(bases).collect(),
            rulings,
            observations,
        }
    }

    /// The texts laid over each other, the overlay on top.
    pub(super) fn tree<'t>(
        &'t self,
        laid: &'t Laid<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<DeTable<'t>, Problem> {
        if let Err(problem) = &self.found {
            return Err(problem.clone());
        }
        let mut tree = inherit::merged(&self.gathered, problems)?;
        if let Some((text, base)) = &self.asked {
            inherit::observe_alike(&mut tree, parse::document(text, *base)?);
        }
        problems.extend(option::problems(&tree));
        if let Some((name, place)) = &laid.option {
            option::lay(&mut tree, name, place, problems);
        }
        for &(setting, base) in &laid.settings {
            match inherit::setting(setting, base) {
                Ok(over) => match inherit::unknown_row(&tree, setting, &over) {
                    Some(problem) => problems.push(problem),
                    None => inherit::lay_over(&mut tree, over, problems),
                },
                Err(problem) => problems.push(problem),
            }
        }
        let mut names = BTreeSet::new();
        for said in &laid.rulings {
            ruling::lay(&mut tree, said, &mut names, problems);
        }
        let set: Vec<ValuePath> = laid.settings.iter().filter_map(set_path).collect();
        posterior::inline(&mut tree, &self.gathered.posteriors, &set, problems);
        if let Some((text, base)) = laid.observations {
            observations::append(&mut tree, text, base, problems);
        }
        Ok(tree)
    }

    /// What the texts mean under an overlay, or everything wrong with them.
    pub(super) fn meaning(&self, laid: &Laid<'_>) -> Result<Scenario, Vec<Problem>> {
        let mut problems = Vec::new();
        let tree = self.tree(laid, &mut problems);
        let tree = tree.map_err(|problem| vec![problem])?;
        let mut outline = Outline::of(&tree);
        problems.append(&mut outline.problems);
        let is_sound_tree = problems.is_empty();
        let frozen = freeze::texts(&tree);
        let (document, mistakes) = Document::read(tree, &outline);
        problems.extend(mistakes);
        // Mistakes of form do not hide those of meaning, unless they would be blamed for them.
        let Some(document) = document.filter(|_| is_sound_tree) else {
            return Err(problems);
        };
        let meaning = match resolve::resolve(&document, &outline) {
            Ok(meaning) if problems.is_empty() => meaning,
            Ok(_) => return Err(problems),
            Err(more) => {
                problems.extend(more);
                return Err(problems);
            }
        };
        Ok(scenario(&self.name, meaning, &outline, frozen))
    }

    /// The error of these problems: each place once, in the order of the text.
    pub(super) fn invalid(self, mut problems: Vec<Problem>) -> ScenarioError {
        // Those without a place come last.
        problems.sort_by_key(|p| {
            p.place
                .as_ref()
                .map_or((usize::MAX, 0), |at| (at.start, at.end))
        });
        // The first complaint about a place is the plainest; what follows comes of it.
        problems.dedup_by(|later, first| later.place.is_some() && later.place == first.place);
        ScenarioError::Invalid {
            problems,
            sources: self.gathered.sources,
        }
    }
}

/// The path that a setting sets.
fn set_path((setting, _): &(&str, usize)) -> Option<ValuePath> {
    parse_path(setting.split_once('=')?.0.trim()).ok()
}

/// The name that results of a file carry.
fn name_of(path: &Path) -> Result<String, ScenarioError> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    stem.filter(|stem| bad_name(stem, 0..0).is_none())
        .map(str::to_owned)
        .ok_or_else(|| ScenarioError::NotAScenario {
            path: path.to_path_buf(),
            why: "would give results a bad name: rename it with A-Z a-z 0-9 . _ - only".to_owned(),
        })
}

fn scenario(name: &str, meaning: resolve::Meaning, outline: &Outline, frozen: Frozen) -> Scenario {
    let head = meaning.head;
    Scenario {
        name: name.to_owned(),
        title: head.title,
        asks: head.asks,
        baseline: head.baseline,
        under: head.under,
        start: head.start,
        spin_up_from: head.spin_up_from,
        horizon_months: head.horizon_months,
        runs: head.runs,
        customers: head.customers,
        currency: head.currency,
        price_year: head.price_year,
        discount_rate_per_year: head.discount_rate_per_year,
        inputs: meaning.inputs,
        correlations: meaning.correlations,
        posterior: meaning.posterior,
        model: meaning.model,
        metrics: meaning.metrics,
        decision: meaning.decision,
        options: meaning.options,
        levers: meaning.levers,
        observations: meaning.observed.observations,
        panels: meaning.observed.panels,
        backtest: meaning.observed.backtest,
        report: meaning.report,
        sources: meaning.sources,
        number_paths: outline.numbers.iter().map(ToString::to_string).collect(),
        digest: freeze::digest(&frozen.numbers),
        frozen: frozen.whole,
    }
}
