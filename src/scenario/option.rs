//! Options of a decision as texts: `[option.NAME.set]` is a piece of scenario, laid over
//! the scenario as another file would be.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Problem;
use super::inherit;
use super::nearest::advice;
use super::source_text::Place;

/// What no option may change, or the futures compared would not be about the same things.
const FIXED: [&str; 22] = [
    "asks",
    "backtest",
    "baseline",
    "comity",
    "currency",
    "customers",
    "decision",
    "extends",
    "horizon_months",
    "inputs",
    "lever",
    "metric",
    "observation",
    "option",
    "panel",
    "price_year",
    "report",
    "runs",
    "spin_up_from",
    "start",
    "title",
    "under",
];

/// Names of the options of a merged tree.
pub(super) fn names<'a>(tree: &'a DeTable<'_>) -> Vec<&'a str> {
    let options = tree
        .get("option")
        .and_then(|value| value.get_ref().as_table());
    let names = options.into_iter().flat_map(DeTable::keys);
    names.map(|key| key.get_ref().as_ref()).collect()
}

/// What each option sets; the rest of an option is read with the other tables.
fn set<'a, 't>(tree: &'a DeTable<'t>, name: &str) -> Option<&'a Spanned<DeValue<'t>>> {
    let options = tree.get("option")?.get_ref().as_table()?;
    options.get(name)?.get_ref().as_table()?.get("set")
}

/// What is wrong with options before one is laid over.
pub(super) fn problems(tree: &DeTable<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in names(tree) {
        let Some(set) = set(tree, name) else {
            continue; // reported with the table
        };
        let Some(table) = set.get_ref().as_table() else {
            let message = format!("`set` of option `{name}` is no table");
            let problem = Problem::at(set.span(), message);
            problems.push(problem.help(format!("write `[option.{name}.set.TABLE]`")));
            continue;
        };
        if table.is_empty() {
            let message = format!("option `{name}` sets nothing");
            let problem = Problem::at(set.span(), message);
            problems.push(problem.help("say what it changes, if only to the value that it has"));
        }
        let fixed = table
            .keys()
            .filter(|key| FIXED.contains(&key.get_ref().as_ref()));
        problems.extend(fixed.map(|key| {
            let message = format!("an option cannot set `{}`", key.get_ref());
            Problem::at(key.span(), message)
                .help("all options share it, so that their futures are about the same things")
        }));
    }
    problems
}

/// Lays the option that `name` at `place` asks for over the tree, and notes there that it
/// was. A tree that has it already, because it was frozen under it, stays as it is.
pub(super) fn lay<'t>(
    tree: &mut DeTable<'t>,
    name: &'t str,
    place: &Place,
    problems: &mut Vec<Problem>,
) {
    let under = tree.get("under").and_then(|value| value.get_ref().as_str());
    if under == Some(name) {
        return;
    }
    if let Some(under) = under {
        let message = format!("this scenario was frozen under option `{under}`");
        let help = format!("take the scenario that it was made from for `{name}`");
        problems.push(Problem::at(place.clone(), message).help(help));
        return;
    }
    let known = names(tree);
    if !known.contains(&name) {
        problems.push(unknown(name, place, &known));
        return;
    }
    let set = set(tree, name).and_then(|set| set.get_ref().as_table());
    // An option without a table to set is reported where options are read.
    let mut over = set.cloned().unwrap_or_default();
    for fixed in FIXED {
        over.remove(fixed);
    }
    inherit::lay_over(tree, over, problems);
    let under = DeValue::String(name.into());
    tree.insert(
        Spanned::new(place.clone(), "under".into()),
        Spanned::new(place.clone(), under),
    );
}

fn unknown(name: &str, place: &Place, known: &[&str]) -> Problem {
    let problem = if known.is_empty() {
        Problem::at(
            place.clone(),
            format!("there is no option `{name}`, nor any other"),
        )
        .help("a scenario has options where it has tables [option.NAME.set]")
    } else {
        Problem::at(place.clone(), format!("there is no option `{name}`"))
    };
    problem.maybe_help(advice(name, known))
}

#[cfg(test)]
mod tests {
    use crate::scenario::resolved::{Model, Scenario};
    use crate::scenario::{Overlay, ScenarioError, load_text};

    const OPTIONS: &str = "
[option.comply]
title = \"comply\"
[option.comply.set.provider.acme]
posture = { contest_to = \"none\", defy = false }
[option.comply.set.choice]
home_weight = 0.5
[option.leave.set.force.vote]
remove = true
";

    fn under(option: &str, settings: &[&str]) -> Result<Scenario, ScenarioError> {
        let text = format!("{}{OPTIONS}", include_str!("fixture.toml"));
        load_text("x", &text, overlay(option, settings))
    }

    fn overlay(option: &str, settings: &[&str]) -> Overlay {
        Overlay {
            option: (!option.is_empty()).then(|| option.to_owned()),
            settings: settings.iter().map(ToString::to_string).collect(),
            ..Overlay::default()
        }
    }

    #[test]
    fn an_option_is_laid_over_the_text_and_settings_over_it() {
        let plain = under("", &[]).unwrap();
        let comply = under("comply", &["choice.home_weight=0.7"]).unwrap();
        assert_eq!(
            (plain.under, comply.under.as_deref()),
            (None, Some("comply"))
        );
        let Model::Full(model) = &comply.model else {
            panic!("the fixture is a whole model");
        };
        assert_eq!(model.providers[0].posture.contest_to, None);
        // Merged key by key: what the option does not say stays.
        assert!(model.providers[0].posture.partial_compliance);
        let weight = format!("{:?}", model.choice.home_weight);
        assert_eq!(weight, "Known(0.7)");
        // The act counts as the number at its real path, and only there.
        assert_eq!(comply.number_paths, plain.number_paths);
        let titles: Vec<&str> = comply.options.iter().map(|o| o.title.as_str()).collect();
        assert_eq!(titles, ["comply", "leave"]);
        let Model::Full(model) = &under("leave", &[]).unwrap().model else {
            panic!("the fixture is a whole model");
        };
        assert_eq!(model.forces.len(), 2);
    }

    #[test]
    fn a_frozen_text_says_what_it_is_under_and_is_itself() {
        let comply = under("comply", &["choice.home_weight=0.7"]).unwrap();
        assert!(comply.frozen.contains("under = \"comply\"\n"));
        assert!(comply.frozen.contains("home_weight = 0.7\n"));
        for option in ["", "comply"] {
            let again = load_text("x", &comply.frozen, overlay(option, &[])).unwrap();
            assert_eq!(again.digest, comply.digest);
            assert_eq!(format!("{again:?}"), format!("{comply:?}"));
        }
        let other = load_text("x", &comply.frozen, overlay("leave", &[])).unwrap_err();
        assert!(other.to_string().contains("frozen under option `comply`"));
    }

    #[test]
    fn an_option_that_is_none_is_refused_with_the_nearest() {
        let error = under("comly", &[]).unwrap_err().to_string();
        assert!(error.contains("did you mean `comply`?"), "{error}");
        let plain = load_text("x", include_str!("fixture.toml"), overlay("comply", &[]));
        let error = plain.unwrap_err().to_string();
        assert!(error.contains("nor any other"), "{error}");
    }
}
