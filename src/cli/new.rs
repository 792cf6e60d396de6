//! `comity new`: a short commented scenario that extends another, runs as it is, and marks
//! what is its owner's to fill in.
//!
//! The texts are templates, a whole scenario each; what they need of the scenario that is
//! extended is gathered in `example`. The text is checked as a file beside its place before it
//! gets its name, so that nothing wrong and nothing half written is left.

mod example;
mod place;

use std::io::Write as _;

use comity::result::ExitClass;
use comity::scenario::library::{self, ShippedKind};
use comity::scenario::resolved::{Actor, FullModel, Model, Scenario};
use comity::scenario::{Overlay, ScenarioTarget};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde_json::{Value, json};

use super::arguments::{NewArguments, Role};
use super::failure::Failure;
use super::target::{self, Pair};
use super::terminal::Terminal;
use comity::report::typed::quoted;
use place::Place;

/// How a line ends that its owner is to fill in.
const MARK: &str = "# <- yours";

/// Does the command.
pub fn run(arguments: &NewArguments, terminal: &Terminal) -> Result<u8, Failure> {
    let place = Place::parse(&arguments.name)?;
    let from = scenario_named(&arguments.from)?;
    let base = target::load(&from, &Overlay::default(), true)?.scenario;
    let Model::Full(model) = &base.model else {
        return Err(Failure::input(format!(
            "`{}` has neither providers nor customers nor governments, so nobody decides in it; \
             take another of `comity list scenarios` with --from",
            base.name
        )));
    };
    let role = arguments.role.unwrap_or_else(|| who_decides(&base));
    let parent = place.parent(&from, &base)?;
    let text = match role {
        Role::Customer => {
            refuse_taken(&place, &base, model)?;
            let facts = example::customer(&place, &parent, &base, model)?;
            render(include_str!("new/templates/customer.toml"), &facts)?
        }
        Role::Provider => {
            let facts = example::provider(&place, &parent, &base, model)?;
            render(include_str!("new/templates/provider.toml"), &facts)?
        }
        Role::Government => {
            let facts = example::government(&place, &parent, &base, model)?;
            render(include_str!("new/templates/government.toml"), &facts)?
        }
    };
    write(&place, &text, &base.name, role)?;
    terminal.result(&told(arguments, &place, &base.name, role, &text))?;
    Ok(0)
}

/// The scenario that is extended; a library alone is no scenario.
fn scenario_named(name: &str) -> Result<ScenarioTarget, Failure> {
    let is_library = |shipped: &library::Shipped| shipped.kind == ShippedKind::Library;
    if library::find(name).is_some_and(is_library) {
        let scenarios: Vec<&str> = library::scenario_names().collect();
        return Err(Failure::input(format!(
            "`{name}` is a library, a part of scenarios; give --from one of {}, or a file",
            scenarios.join(", ")
        )));
    }
    target::scenario_of(Some(name))
}

/// The role of whoever decides in a scenario.
fn who_decides(base: &Scenario) -> Role {
    match base.decision.as_ref().map(|decision| decision.who) {
        Some(Actor::Customer(_)) => Role::Customer,
        Some(Actor::Government(_)) => Role::Government,
        Some(Actor::Provider(_)) | None => Role::Provider,
    }
}

/// A customer takes its name from the file, and must be told apart from all others.
fn refuse_taken(place: &Place, base: &Scenario, model: &FullModel) -> Result<(), Failure> {
    let name = place.name.as_str();
    let providers = model.providers.iter().map(|of| ("provider", &of.name));
    let countries = model.jurisdictions.iter().map(|of| ("country", &of.name));
    let customers = model.customers.iter().map(|of| ("customer", &of.name));
    let mut taken = providers.chain(countries).chain(customers);
    match taken.find(|(_, other)| other.eq_ignore_ascii_case(name)) {
        None => Ok(()),
        Some((kind, other)) => Err(Failure::input(format!(
            "`{}` has a {kind} `{other}`, and the firm would be called `{name}` too; give the \
             file another name, such as {name}-firm",
            base.name
        ))),
    }
}

fn render(template: &str, facts: &impl serde::Serialize) -> Result<String, Failure> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // The last end of line is the template's, which drops it.
    let rendered = environment.render_str(template, Serde(facts));
    rendered
        .map(|text| text + "\n")
        .map_err(|error| Failure::of(ExitClass::Failed, format!("a template is wrong: {error:#}")))
}

/// Checks the text beside its place, then gives it its name, unless that is taken by now.
fn write(place: &Place, text: &str, base: &str, role: Role) -> Result<(), Failure> {
    let mut file = place.beside()?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_all());
    written.map_err(|error| place.unwritable(&error))?;
    let target = ScenarioTarget::File(file.path().to_path_buf());
    let checked: Result<Pair, Failure> = target::check(&target, &Overlay::default(), true);
    if let Err(Failure::Scenario { error, .. }) = checked {
        let first = error.problems().first();
        let why = first.map_or_else(|| error.to_string(), |problem| problem.message.clone());
        return Err(Failure::input(format!(
            "there is no starter for a {} in `{base}`: {why}; take another scenario with --from, \
             or another role with --as",
            role.name()
        )));
    }
    place.keep(file)
}

/// What was written, and how to go on.
fn told(arguments: &NewArguments, place: &Place, base: &str, role: Role, text: &str) -> String {
    let path = place.path.display().to_string();
    if arguments.quiet {
        return format!("{path}\n");
    }
    let yours: Vec<Value> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains(MARK))
        .filter_map(|(index, line)| {
            let (field, _) = line.split_once(" = ")?;
            Some(json!({ "line": index + 1, "field": field.trim() }))
        })
        .collect();
    if arguments.json {
        let told = json!({
            "path": path,
            "as": role.name(),
            "extends": base,
            "yours": yours,
        });
        return format!("{told:#}\n");
    }
    format!(
        "{path}: a {} in {base}; it runs as it is\n\
         {} fields are yours: the lines that end in `{MARK}`\n\
         next: comity check {}\n",
        role.name(),
        yours.len(),
        quoted(&path)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_with_an_unknown_name_is_a_failure() {
        assert!(render("{{ nobody }}", &json!({})).is_err());
        assert_eq!(render("a\n", &json!({})).ok().as_deref(), Some("a\n"));
    }

    #[test]
    fn every_template_asks_for_fields_and_says_what_is_next() {
        for template in [
            include_str!("new/templates/customer.toml"),
            include_str!("new/templates/provider.toml"),
            include_str!("new/templates/government.toml"),
        ] {
            assert!(template.starts_with("#:schema "));
            assert!(template.matches(MARK).count() > 5);
            assert!(template.contains("# Next: comity check "));
            let marked = template.lines().filter(|line| line.contains(MARK));
            for line in marked {
                assert!(line.contains(" = "), "{line}");
            }
        }
    }
}
