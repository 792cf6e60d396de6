//! Help: the commands in groups, pages on topics, manual pages, completions.

use clap::builder::StyledStr;
use clap::{Command, CommandFactory};
use comity::scenario::nearest::nearest;

use super::arguments::Cli;
use super::failure::Failure;
use super::terminal::Terminal;

/// The commands by what they are for.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Ask", &["run", "compare", "risk", "backtest"]),
    ("Read", &["story"]),
    ("Write", &["new", "check"]),
    ("Trust", &["selfcheck"]),
    ("Find", &["list", "help"]),
];

/// How to change what is assumed.
const INPUTS: &str = "\
How to change what is assumed

  -s, --set PATH=VALUE    assume another value, in this job only

PATH is where the value stands in the scenario: the table's name, then the field's, with dots
between. `comity list fields` lists all there are, and `comity check TARGET --sources` those of a
scenario with their values.

VALUE is written as in the file:
  a number          --set choice.peer_weight=0
  a distribution    --set 'belief.DE.location_protects={ dist = \"beta\", mean = 0.7, strength = 8 }'
  a word or date    --set provider.microsoft.posture.contest_to=district
                    --set region.amazon-london.opens=2015-06-30
  true or false     --set provider.amazon.posture.defy=true
  a list            --set 'region.azure-dublin.custody=[\"provider\", \"customer\"]'

Quotes keep the shell from taking braces and blanks apart. The option may be repeated; a later one
is laid over an earlier one. A setting is checked as if it stood in the file.

It holds in the scenario and in its baseline, so that the two still differ by the order alone. It
belongs to the job: the result has another digest and a folder of its own, and the frozen scenario
in it has the value.

More than a few values are easier to keep in a file that says what differs:
  extends = \"preska-2014\"
  [choice]
  peer_weight = 0

next: comity list fields
";

/// The program's definition, its commands in groups.
pub fn definition() -> Command {
    let definition = Cli::command();
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}{}\n{{options}}{{after-help}}",
        grouped(&definition),
        heading(&definition, "Options")
    );
    definition.help_template(template)
}

fn grouped(definition: &Command) -> String {
    let literal = definition.get_styles().get_literal();
    let mut text = String::new();
    for (group, names) in GROUPS {
        text += &heading(definition, group);
        text.push('\n');
        for name in names {
            let command = definition.find_subcommand(name);
            let about = command.and_then(Command::get_about);
            let about = about.map(StyledStr::to_string).unwrap_or_default();
            text += &format!("  {literal}{name:<9}{literal:#} {about}\n");
        }
        text.push('\n');
    }
    text
}

fn heading(definition: &Command, words: &str) -> String {
    let style = definition.get_styles().get_header();
    format!("{style}{words}:{style:#}")
}

/// Does `comity help`.
pub fn help(topic: Option<&str>, terminal: &Terminal) -> Result<u8, Failure> {
    if topic == Some("inputs") {
        terminal.result(INPUTS)?;
        return Ok(0);
    }
    let mut command = match topic {
        None => definition(),
        Some(name) => named(name, &["inputs"])?,
    };
    let text = command.render_long_help();
    let text = if terminal.colours_results() {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    terminal.result(&format!("{}\n", text.trim_end()))?;
    Ok(0)
}

/// Does `comity man`.
pub fn man(command: Option<&str>, terminal: &Terminal) -> Result<u8, Failure> {
    let command = match command {
        None => definition(),
        Some(name) => named(name, &[])?,
    };
    let name = command
        .get_display_name()
        .unwrap_or(command.get_name())
        .to_owned();
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .title(name)
        .source(concat!("comity ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .map_err(Failure::Output)?;
    terminal.result_bytes(&page)?;
    Ok(0)
}

/// Does `comity completions`.
pub fn completions(shell: clap_complete::Shell, terminal: &Terminal) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut definition(), "comity", &mut script);
    terminal.result_bytes(&script)?;
    Ok(0)
}

/// The command of this name, as it is called.
fn named(name: &str, topics: &[&str]) -> Result<Command, Failure> {
    let mut definition = definition();
    definition.build();
    if let Some(command) = definition.find_subcommand(name) {
        let called = format!("comity {name}");
        return Ok(command
            .clone()
            .bin_name(called)
            .display_name(format!("comity-{name}")));
    }
    let names = definition.get_subcommands().map(Command::get_name);
    let names: Vec<&str> = names.chain(topics.iter().copied()).collect();
    let help = nearest(name, names).map_or_else(
        || "`comity help` lists all".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::input(format!(
        "there is no command `{}`; {help}",
        name
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_that_is_shown_stands_in_one_group() {
        let definition = Cli::command();
        let commands = definition.get_subcommands();
        let shown = commands.filter(|command| !command.is_hide_set());
        let mut shown: Vec<&str> = shown.map(Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        shown.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(grouped, shown);
    }

    #[test]
    fn pages_keep_within_a_hundred_columns() {
        let mut definition = definition();
        let mut pages = vec![INPUTS.to_owned(), definition.render_long_help().to_string()];
        for command in definition.get_subcommands_mut() {
            pages.push(command.render_long_help().to_string());
        }
        for page in pages {
            for line in page.lines() {
                assert!(line.chars().count() <= 100, "{line}");
            }
        }
    }
}
