//! A posterior that a scenario names, `[inputs] posterior = "…"`: found, put in the place of
//! its name, and freed of what is fixed. So a frozen scenario holds it whole.

use std::path::Path as FilePath;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::error::Problem;
use super::gather;
use super::lapse::stands_at;
use super::library;
use super::nearest::advice;
use super::parse;
use super::path::{Path, parse_path};
use super::source_text::{Place, SourceText};

/// The text of a posterior that some text names, or why there is none.
#[derive(Clone, Debug)]
pub(super) struct NamedPosterior {
    /// Where the name is written.
    place: Place,
    /// The text, and where it begins.
    text: Result<(String, usize), Problem>,
}

/// Reads the posterior that a text names, if it names one; a file lies relative to `folder`.
pub(super) fn named(
    tree: &DeTable<'_>,
    folder: Option<&FilePath>,
    sources: &mut SourceText,
) -> Option<NamedPosterior> {
    let value = tree.get("inputs")?.get_ref().as_table()?.get("posterior")?;
    let name = value.get_ref().as_str().filter(|name| !name.is_empty())?;
    let place = value.span();
    let text = read(name, &place, folder).map(|(shown, text)| {
        let base = sources.add(shown, text.as_str());
        (text, base)
    });
    Some(NamedPosterior { place, text })
}

fn read(name: &str, place: &Place, folder: Option<&FilePath>) -> Result<(String, String), Problem> {
    if name.contains(['/', '\\']) || name.ends_with(".toml") {
        let path = folder.unwrap_or(FilePath::new(".")).join(name);
        let text = gather::read(&path, "a posterior");
        let text = text.map_err(|error| Problem::at(place.clone(), error.to_string()))?;
        return Ok((path.display().to_string(), text));
    }
    let shipped = library::POSTERIORS.iter();
    if let Some((_, text)) = shipped.clone().find(|(shipped, _)| *shipped == name) {
        return Ok((format!("shipped:posteriors/{name}"), (*text).to_owned()));
    }
    let names: Vec<&str> = shipped.map(|(name, _)| *name).collect();
    let near = advice(name, &names).map_or_else(String::new, |help| format!("{help} "));
    let message = format!("no posterior `{name}` is shipped");
    let help = format!("{near}A file is named with its ending, as in `posterior.toml`");
    Err(Problem::at(place.clone(), message).help(help))
}

/// Puts the posterior of a merged tree in the place of its name, and leaves out of it what
/// has a number at its path or is among the paths `set` from above, for a value that somebody
/// gave wins; and what is of a dated fact that the scenario does not have, as in a world without it.
pub(super) fn inline<'t>(
    tree: &mut DeTable<'t>,
    named: &'t [NamedPosterior],
    set: &[Path],
    problems: &mut Vec<Problem>,
) {
    let Some(mut inputs) = taken(tree) else {
        return;
    };
    let name = inputs.1.get("posterior").and_then(|value| {
        let name = value.get_ref().as_str()?;
        Some((name.is_empty(), value.span()))
    });
    if let Some((is_off, place)) = name {
        let key = inputs.1.remove_entry("posterior");
        let read = || text_at(named, &place);
        if let (Some((key, _)), false) = (key, is_off) {
            match read() {
                Ok(table) => {
                    let table = Spanned::new(place, DeValue::Table(table));
                    inputs.1.insert(key, table);
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    if let Some(DeValue::Table(posterior)) = inputs.1.get_mut("posterior").map(Spanned::get_mut)
        && leave_out(posterior, |path| {
            is_given(tree, set, path) || is_of_no_fact(tree, path)
        })
    {
        inputs.1.remove("posterior");
    }
    if !inputs.1.is_empty() {
        let place = inputs.0.span();
        tree.insert(inputs.0, Spanned::new(place, DeValue::Table(inputs.1)));
    }
}

/// Whether a path leads into a `[force.NAME]` that is not there.
fn is_of_no_fact(tree: &DeTable<'_>, path: &str) -> bool {
    let Ok(path) = parse_path(path) else {
        return false;
    };
    let [table, name, ..] = &path.0[..] else {
        return false;
    };
    let facts = tree
        .get("force")
        .and_then(|value| value.get_ref().as_table());
    table == "force" && !facts.is_some_and(|facts| facts.contains_key(name.as_str()))
}

type Key<'t> = Spanned<toml::de::DeString<'t>>;

/// The table `inputs`, taken out of the tree; what is no table stays, to be complained of.
fn taken<'t>(tree: &mut DeTable<'t>) -> Option<(Key<'t>, DeTable<'t>)> {
    tree.get("inputs")?.get_ref().as_table()?;
    let (key, value) = tree.remove_entry("inputs")?;
    match value.into_inner() {
        DeValue::Table(table) => Some((key, table)),
        _ => None,
    }
}

fn text_at<'t>(named: &'t [NamedPosterior], place: &Place) -> Result<DeTable<'t>, Problem> {
    let found = named.iter().find(|named| named.place == *place);
    let (text, base) = match found.map(|found| &found.text) {
        Some(Ok((text, base))) => (text, *base),
        Some(Err(problem)) => return Err(problem.clone()),
        None => {
            return Err(Problem::at(
                place.clone(),
                "a posterior cannot be named here",
            ));
        }
    };
    let mut table = parse::document(text, base)?;
    let version = table.remove("comity");
    let is_ours = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::Integer(number) => number.as_str() == "1",
        _ => false,
    };
    match version {
        Some(version) if is_ours(&version) => Ok(table),
        Some(version) => Err(
            Problem::at(version.span(), "this version is not known here")
                .help("write `comity = 1`, or update comity"),
        ),
        None => Err(Problem::at(place.clone(), "what it names is no posterior")
            .help("`comity backtest --fit` writes one: it begins with `comity = 1`")),
    }
}

/// Is there a number at this path, or was it set from above?
fn is_given(tree: &DeTable<'_>, set: &[Path], path: &str) -> bool {
    let is_number = stands_at(tree, path)
        .is_some_and(|value| matches!(value, DeValue::Integer(_) | DeValue::Float(_)));
    is_number || parse_path(path).is_ok_and(|path| set.iter().any(|set| set.covers(&path)))
}

/// Leaves inputs and their columns out; whether none is left. What has not the form of a
/// posterior stays as it is, to be complained of.
fn leave_out(posterior: &mut DeTable<'_>, is_out: impl Fn(&str) -> bool) -> bool {
    let Some(DeValue::Array(inputs)) = posterior.get("inputs").map(Spanned::get_ref) else {
        return false;
    };
    let out = |value: &Spanned<DeValue<'_>>| value.get_ref().as_str().is_some_and(&is_out);
    let is_out: Vec<bool> = inputs.iter().map(out).collect();
    if !is_out.contains(&true) {
        return false;
    }
    if let Some(DeValue::Array(inputs)) = posterior.get_mut("inputs").map(Spanned::get_mut) {
        keep(inputs, &is_out);
    }
    if let Some(DeValue::Array(draws)) = posterior.get_mut("draws").map(Spanned::get_mut) {
        for row in draws.iter_mut() {
            if let DeValue::Array(row) = row.get_mut() {
                keep(row, &is_out);
            }
        }
    }
    !is_out.contains(&false)
}

/// Keeps the items that are not out; those beyond the list are kept.
fn keep(items: &mut DeArray<'_>, is_out: &[bool]) {
    let all = std::mem::replace(items, DeArray::new())
        .into_iter()
        .enumerate();
    let kept = all.filter(|(i, _)| !is_out.get(*i).copied().unwrap_or(false));
    *items = kept.map(|(_, item)| item).collect();
}

#[cfg(test)]
mod tests {
    use crate::chance::{Run, Seed};
    use crate::scenario::resolved::{InputId, Scenario};
    use crate::scenario::{ScenarioError, load_text};

    const FIXTURE: &str = include_str!("fixture.toml");
    const POSTERIOR: &str = "comity = 1\ntitle = 'Fitted'\n\
        from = { scenario = 'record', digest = 'ab', model_version = 1, seed = '1', \
        fit_until = 2017-12-31, observations = 3 }\n\
        inputs = ['trust.bad_weight', 'choice.exposure_weight']\n\
        draws = [[1.6, 0.25], [2.0, 0.75], [2.4, 0.5]]\n";

    fn text(posterior: &str) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.toml");
        std::fs::write(&path, posterior).unwrap();
        let line = format!("{FIXTURE}\n[inputs]\nposterior = '{}'\n", path.display());
        (folder, line)
    }

    fn loaded(text: &str, settings: &[&str]) -> Scenario {
        let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
        load_text("x", text, &settings[..])
            .unwrap_or_else(|error| panic!("{}", error.render(false)))
    }

    fn wrong(posterior: &str) -> Vec<String> {
        let (_folder, text) = text(posterior);
        match load_text("x", &text, &[]).unwrap_err() {
            ScenarioError::Invalid { problems, .. } => {
                let shown = problems.into_iter();
                shown
                    .map(|p| format!("{}; {}", p.message, p.help.unwrap_or_default()))
                    .collect()
            }
            error => vec![error.to_string()],
        }
    }

    fn position(scenario: &Scenario, path: &str) -> usize {
        let mut inputs = scenario.inputs.iter();
        inputs.position(|input| input.path == path).unwrap()
    }

    #[test]
    fn rows_are_drawn_whole_and_move_nothing_else() {
        let (_folder, text) = text(POSTERIOR);
        let (plain, fitted) = (loaded(FIXTURE, &[]), loaded(&text, &[]));
        let bad = position(&fitted, "trust.bad_weight");
        let exposure = position(&fitted, "choice.exposure_weight");
        let mut times = [0; 3];
        for run in 0..300 {
            let (before, after) = (
                plain.draw_inputs(Seed(1), Run(run)).0,
                fitted.draw_inputs(Seed(1), Run(run)).0,
            );
            let rows = [[1.6, 0.25], [2.0, 0.75], [2.4, 0.5]];
            let row = rows
                .iter()
                .position(|row| *row == [after[bad], after[exposure]]);
            times[row.unwrap()] += 1;
            for i in (0..after.len()).filter(|i| ![bad, exposure].contains(i)) {
                assert_eq!(before[i].to_bits(), after[i].to_bits());
            }
        }
        // Each about 100 times; 40 is five standard deviations.
        assert!(times.iter().all(|n| (60..140).contains(n)), "{times:?}");
        let medians = fitted.median_inputs().0;
        assert_eq!((medians[bad], medians[exposure]), (2.0, 0.5));
    }

    #[test]
    fn the_frozen_text_holds_it_and_means_the_same() {
        let (folder, text) = text(POSTERIOR);
        let fitted = loaded(&text, &[]);
        drop(folder);
        let again = loaded(&fitted.frozen, &[]);
        assert_eq!(
            (&again.frozen, &again.digest),
            (&fitted.frozen, &fitted.digest)
        );
        assert_eq!(again.posterior, fitted.posterior);
        assert_eq!(again.inputs, loaded(FIXTURE, &[]).inputs);
        assert_ne!(fitted.digest, loaded(FIXTURE, &[]).digest);
    }

    #[test]
    fn a_value_that_is_given_wins_and_it_can_be_switched_off() {
        let (_folder, text) = text(POSTERIOR);
        let frozen = loaded(&text, &[]).frozen;
        let plain = loaded(FIXTURE, &[]);
        for text in [&text, &frozen] {
            let off = loaded(text, &["inputs.posterior=''"]);
            assert_eq!((off.posterior, off.digest), (None, plain.digest.clone()));
            let fixed = loaded(text, &["choice.exposure_weight=0.3"]);
            let posterior = fixed.posterior.as_ref().unwrap();
            let bad = position(&fixed, "trust.bad_weight");
            assert_eq!(posterior.inputs, [InputId(bad)]);
            assert_eq!(posterior.draws, [[1.6], [2.0], [2.4]]);
            assert_eq!(loaded(&fixed.frozen, &[]).digest, fixed.digest);
            let widened = loaded(text, &["choice.exposure_weight=0.3 to 0.9"]);
            assert_eq!(widened.posterior.unwrap().inputs.len(), 1);
            let none = loaded(text, &["choice.exposure_weight=0.3", "trust.bad_weight=2"]);
            assert_eq!(none.posterior, None);
        }
    }

    #[test]
    fn what_is_wrong_with_it_is_said() {
        for (from, to, message) in [
            (
                "'trust.bad_weight'",
                "'trust.bad_wieght'",
                "did you mean `trust.bad_weight`?",
            ),
            (
                "'trust.bad_weight'",
                "'choice.exposure_weight'",
                "stands here twice",
            ),
            ("[2.0, 0.75]", "[2.0]", "1 values for 2 inputs"),
            (
                "[2.0, 0.75]",
                "[-2.0, 0.75]",
                "no value of `trust.bad_weight`",
            ),
            ("[2.0, 0.75]", "[nan, 0.75]", "not a finite number"),
            (
                "[[1.6, 0.25], [2.0, 0.75], [2.4, 0.5]]",
                "[]",
                "no row of values",
            ),
            ("comity = 1\n", "", "no posterior"),
            ("comity = 1\n", "comity = 2\n", "not known here"),
            ("draws", "drawn", "draws"),
            ("inputs = [", "inputs = [5, ", "expected a text in quotes"),
        ] {
            let said = wrong(&POSTERIOR.replacen(from, to, 1)).concat();
            assert!(said.contains(message), "{message}: {said}");
        }
        let many = "[1.6, 0.25],".repeat(10_001);
        let said = wrong(&POSTERIOR.replacen("[1.6, 0.25],", &many, 1)).concat();
        assert!(said.contains("at most 10000 rows"), "{said}");
        for (name, message) in [("none-such", "no posterior"), ("./none.toml", "none.toml")] {
            let text = format!("{FIXTURE}\n[inputs]\nposterior = '{name}'\n");
            let said = load_text("x", &text, &[]).unwrap_err().render(false);
            assert!(said.contains(message), "{said}");
        }
    }

    #[test]
    fn the_baseline_draws_from_the_posterior_too() {
        let (folder, text) = text(POSTERIOR);
        let fitted = loaded(&text, &[]);
        let path = folder.path().join("base.toml");
        std::fs::write(&path, FIXTURE).unwrap();
        let target = crate::scenario::ScenarioTarget::File(path);
        let baseline = crate::scenario::load_baseline(&target, &[], &fitted).unwrap();
        let draws = |of: &Scenario| of.draw_inputs(Seed(1), Run(5));
        assert_eq!(draws(&baseline), draws(&fitted));
    }
}
