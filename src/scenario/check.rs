//! Checking a scenario as far as can be done without simulating it: itself, under each of
//! its options, and with each of its levers moved to either end.
//!
//! A scenario loads quickly and often, so that an option is looked into only when it is
//! laid over; here everything is. Each problem is said once, at its place: an error in what
//! an option sets at its place in the option's text, one that an option brings about
//! elsewhere at that place with the option named, one of a lever at its end of the range.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Problem, ScenarioError};
use super::load::ScenarioTarget;
use super::overlay::Overlay;
use super::resolved::{Lever, Scenario};
use super::source_text::Place;
use super::texts::{Laid, Texts};

/// Loads a scenario under an overlay, then under each of its other options and with each
/// lever at either end.
///
/// # Errors
/// When there is no such scenario, or anything is wrong with it, its options or its levers:
/// all problems at once.
pub fn check(
    target: &ScenarioTarget,
    overlay: impl Into<Overlay>,
) -> Result<Scenario, ScenarioError> {
    checked(Texts::of(target)?, &overlay.into())
}

/// [`check`] of a text, as if it were a file called `name` in the current folder.
///
/// # Errors
/// When anything is wrong with it, its options or its levers.
pub fn check_text(
    name: &str,
    text: &str,
    overlay: impl Into<Overlay>,
) -> Result<Scenario, ScenarioError> {
    checked(Texts::of_text(name, text), &overlay.into())
}

fn checked(mut texts: Texts, overlay: &Overlay) -> Result<Scenario, ScenarioError> {
    let laid = texts.lay(overlay);
    let (scenario, mut problems) = match texts.meaning(&laid) {
        Ok(scenario) => (Some(scenario), Vec::new()),
        Err(problems) => (None, problems),
    };
    // As the text has it, before an option is laid over it.
    let bare = Laid::default();
    let parts = texts.tree(&bare, &mut Vec::new());
    let parts = parts.map(|tree| Parts::of(&tree)).unwrap_or_default();
    // A text frozen under an option takes no other.
    if !parts.is_under {
        for option in &parts.options {
            if laid.option.as_ref().map(|(name, _)| *name) != Some(&option.name) {
                under_option(&texts, &laid, option, &mut problems);
            }
        }
    }
    let levers = scenario.as_ref().map_or(&[][..], |s| &s.levers);
    let ends = parts.ends(levers);
    for end in &ends {
        at_end(&mut texts, &laid, end, &mut problems);
    }
    match scenario {
        Some(scenario) if problems.is_empty() => Ok(scenario),
        _ => Err(texts.invalid(problems)),
    }
}

fn under_option(texts: &Texts, laid: &Laid<'_>, option: &OptionText, problems: &mut Vec<Problem>) {
    let laid = Laid {
        option: Some((&option.name, option.place.clone())),
        ..laid.clone()
    };
    let more = texts.meaning(&laid).err().unwrap_or_default();
    for mut problem in more {
        if problems.contains(&problem) {
            continue;
        }
        let is_inside = problem.place.as_ref().is_some_and(|place| {
            let around = |part: &Place| part.start <= place.start && place.end <= part.end;
            option.parts.iter().any(around)
        });
        if !is_inside {
            problem.message = format!("under option `{}`: {}", option.name, problem.message);
        }
        problems.push(problem);
    }
}

fn at_end(texts: &mut Texts, laid: &Laid<'_>, end: &LeverEnd, problems: &mut Vec<Problem>) {
    let base = texts.gathered.sources.add("lever", end.setting.as_str());
    let mut laid = laid.clone();
    laid.settings.push((&end.setting, base));
    let more = texts.meaning(&laid).err().unwrap_or_default();
    let is_new = |problem: &&Problem| !problems.contains(problem);
    let at_lever = |problem: &&Problem| problem.place.as_ref().is_some_and(|p| p.start >= base);
    // What is wrong with the value itself says most.
    let news = || more.iter().filter(is_new);
    if let Some(problem) = news().find(at_lever).or_else(|| news().next()) {
        let message = format!("with `{}`: {}", end.setting, problem.message);
        problems.push(Problem::at(end.place.clone(), message).maybe_help(problem.help.clone()));
    }
}

/// An option as written.
#[derive(Clone, Debug)]
struct OptionText {
    name: String,
    place: Place,
    /// Places of all that it sets.
    parts: Vec<Place>,
}

/// One end of a lever's range.
#[derive(Clone, Debug)]
struct LeverEnd {
    /// `PATH=VALUE`
    setting: String,
    /// Where the end is written.
    place: Place,
}

/// The places of options and levers in a merged tree.
#[derive(Clone, Debug, Default)]
struct Parts {
    options: Vec<OptionText>,
    /// Name of each lever, and where its low and its high end are written.
    levers: Vec<(String, [Place; 2])>,
    is_under: bool,
}

impl Parts {
    fn of(tree: &DeTable<'_>) -> Self {
        let options = rows(tree, "option").map(|(name, key, row)| {
            let mut parts = Vec::new();
            if let Some(set) = row.get("set") {
                places(set, &mut parts);
            }
            OptionText {
                name: name.to_owned(),
                place: key,
                parts,
            }
        });
        let levers = rows(tree, "lever").filter_map(|(name, _, row)| {
            let place = |end: &str| Some(row.get(end)?.span());
            Some((name.to_owned(), [place("low")?, place("high")?]))
        });
        Self {
            options: options.collect(),
            levers: levers.collect(),
            is_under: tree.contains_key("under"),
        }
    }

    fn ends(&self, levers: &[Lever]) -> Vec<LeverEnd> {
        let mut ends = Vec::with_capacity(2 * levers.len());
        for lever in levers {
            let places = self.levers.iter().find(|(name, _)| *name == lever.name);
            for (value, place) in [lever.low, lever.high]
                .into_iter()
                .zip(places.into_iter().flat_map(|(_, places)| places))
            {
                ends.push(LeverEnd {
                    setting: format!("{}={}", lever.path, written(value)),
                    place: place.clone(),
                });
            }
        }
        ends
    }
}

/// A number as a scenario takes it: a whole one may stand for a count.
fn written(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        format!("{value:?}")
    }
}

/// The rows of a table: name, place of the name, fields.
fn rows<'a, 't>(
    tree: &'a DeTable<'t>,
    name: &str,
) -> impl Iterator<Item = (&'a str, Place, &'a DeTable<'t>)> {
    let rows = tree.get(name).and_then(|value| value.get_ref().as_table());
    rows.into_iter().flatten().filter_map(|(key, row)| {
        let fields = row.get_ref().as_table()?;
        Some((key.get_ref().as_ref(), key.span(), fields))
    })
}

/// The places of a value and of all keys and values below it.
fn places(value: &Spanned<DeValue<'_>>, out: &mut Vec<Place>) {
    out.push(value.span());
    if let Some(table) = value.get_ref().as_table() {
        for (key, value) in table {
            out.push(key.span());
            places(value, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{library, load_text};

    const FIXTURE: &str = include_str!("fixture.toml");

    /// Messages, the text underlined, and its line.
    fn found(added: &str) -> Vec<(String, String, usize)> {
        let text = format!("{FIXTURE}\n{added}");
        let error = check_text("x", &text, &[]).map(|_| ()).unwrap_err();
        let ScenarioError::Invalid { problems, sources } = &error else {
            panic!("{error}");
        };
        let underlined = |problem: &Problem| {
            let place = problem.place.as_ref().unwrap();
            let place = sources.locate(place).unwrap();
            (place.text[place.span].to_owned(), place.line)
        };
        let shown = problems.iter().map(|problem| {
            let (text, line) = underlined(problem);
            (problem.message.clone(), text, line)
        });
        shown.collect()
    }

    #[test]
    fn what_an_option_or_a_lever_would_break_is_found_though_the_scenario_loads() {
        let added = "
            [option.bad.set.choice]\nhome_weight = 'much'\nclasses = 99\n
            [option.worse.set.provider.bolt]\nremove = true\n
            [option.good.set.provider.acme]\nposture = { contest_to = 'none' }\n
            [lever.home]\npath = 'choice.home_weight'\nlabel = 'home'\nlow = -1\nhigh = 2\n
            [lever.nest]\npath = 'choice.nest_scale'\nlabel = 'nest'\nlow = 0.01\nhigh = 1\n
            [lever.peers]\npath = 'choice.peer_weight'\nlabel = 'peers'\nlow = 0\nhigh = 0.9\n";
        assert!(load_text("x", &format!("{FIXTURE}\n{added}"), &[]).is_ok());
        let found = found(added);
        let has = |message: &str, text: &str| {
            let found_it = found
                .iter()
                .any(|(m, t, _)| m.contains(message) && t == text);
            assert!(found_it, "{message} at {text}: {found:#?}");
        };
        has("`much` is no number", "'much'");
        has("99 is out of range", "99");
        has(
            "under option `worse`: there is no provider `bolt`",
            "\"bolt\"",
        );
        has(
            "with `choice.nest_scale=0.01`: 0.01 is out of range",
            "0.01",
        );
        has("with `choice.peer_weight=0.9`: `scale_weight` and", "0.9");
        // Nothing of the sound ones, and nothing twice.
        assert!(
            found
                .iter()
                .all(|(m, ..)| !m.contains("good") && !m.contains("home_weight="))
        );
        let mut once = found.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), found.len());
    }

    #[test]
    fn every_shipped_scenario_is_sound_under_all_options_and_levers() {
        for name in library::scenario_names() {
            let target = ScenarioTarget::Shipped(name.to_owned());
            check(&target, &[]).unwrap_or_else(|e| panic!("{}", e.render(false)));
        }
    }

    #[test]
    fn a_text_frozen_under_an_option_is_sound() {
        let added = "[option.a.set.provider.bolt]\nprice_trend_per_year = 0\n\
                     [option.b.set.choice]\nhome_weight = 1\n";
        let overlay = Overlay {
            option: Some("a".to_owned()),
            settings: vec!["choice.peer_weight=0".to_owned()],
            ..Overlay::default()
        };
        let scenario = check_text("x", &format!("{FIXTURE}\n{added}"), &overlay).unwrap();
        assert_eq!(scenario.under.as_deref(), Some("a"));
        let again = check_text("x", &scenario.frozen, &[]).unwrap();
        assert_eq!(again.digest, scenario.digest);
        // An option alone, with no setting over it.
        let alone = Overlay {
            option: Some("a".to_owned()),
            settings: Vec::new(),
            ..Overlay::default()
        };
        let scenario = check_text("x", &format!("{FIXTURE}\n{added}"), &alone).unwrap();
        assert_eq!(scenario.under.as_deref(), Some("a"));
        let again = check_text("x", &scenario.frozen, &[]).unwrap();
        assert_eq!(again.digest, scenario.digest);
    }
}
