//! `comity run`: simulate a scenario, go on with unfinished work, or show a result.

use comity::result::{Opened, place};

use super::arguments::RunArguments;
use super::failure::Failure;
use super::obtain::{Origin, Wish, obtain};
use super::show::{Showing, show};
use super::simulation::SimulationOptions;
use super::target::{self, Target};
use super::terminal::{Kind, Terminal};

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &RunArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let wish = Wish {
        command: "run",
        target: arguments.target.as_deref(),
        simulation: &arguments.simulation,
        options,
        quiet: arguments.quiet,
        check: &|_, _| Ok(()),
    };
    let obtained = obtain(&wish, terminal)?;
    if obtained.origin == Origin::Found && !arguments.quiet {
        let path = obtained.result.path.display();
        let text = format!("{path} is whole already; --fresh simulates it anew");
        terminal.say(Kind::Note, &text);
    }
    let target = arguments.target.as_deref();
    let target = target.filter(|_| obtained.reference.is_some());
    let without = Without::facts(target, &arguments.simulation)?;
    let showing = Showing {
        quiet: arguments.quiet,
        json: arguments.json,
        seconds: match obtained.origin {
            Origin::Simulated(seconds) => Some(seconds),
            Origin::Read | Origin::Found => None,
        },
        reference: obtained.reference.clone(),
        compared: target.map(|target| arguments.simulation.compared(target)),
        before: without.before,
        without_facts: without.reference,
    };
    show(&obtained.result, showing, terminal)?;
    Ok(obtained.code())
}

/// The same job without the facts that were given.
#[derive(Default)]
struct Without {
    /// Its result, where there is one.
    before: Option<Opened>,
    /// The scenario as a command takes it.
    reference: Option<String>,
}

impl Without {
    fn facts(name: Option<&str>, simulation: &SimulationOptions) -> Result<Self, Failure> {
        let Some(name) = name.filter(|_| !simulation.rulings.given.is_empty()) else {
            return Ok(Self::default());
        };
        let mut without = simulation.clone();
        without.rulings.given.clear();
        let output = target::output_folder();
        let reference = without.reference(name);
        let Target::Scenario(scenario) = target::find(Some(name), &output)? else {
            return Ok(Self::default());
        };
        let pair = target::load(&scenario, &without.overlay()?, !without.no_baseline)?;
        let identity = without.identity(&pair)?;
        let same = |there: &Opened| {
            let there = &there.manifest.identity;
            identity.first_difference(there).is_none()
        };
        Ok(Self {
            before: place::results(&output)?.into_iter().find(same),
            reference: Some(reference),
        })
    }
}
