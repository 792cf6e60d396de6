//! Help: the commands in groups, pages on topics, manual pages, completions.

use clap::builder::StyledStr;
use clap::{Command, CommandFactory};
use comity::scenario::nearest::nearest;

use super::arguments::Cli;
use super::failure::Failure;
use super::terminal::Terminal;

/// The commands by what they are for.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Ask",
        &["run", "compare", "risk", "sweep", "convergence", "backtest"],
    ),
    ("Read", &["report", "story", "plot"]),
    ("Write", &["new", "check"]),
    ("Trust", &["selfcheck"]),
    ("Find", &["list", "help"]),
];

/// How to change what is assumed.
const INPUTS: &str = "\
How to change what is assumed

  -s, --set PATH=VALUE         assume another value, in this job only
      --vary PATH=LO..HI       try a range of it, or a list PATH=a,b,c (`comity sweep`)
      --do RULING              force a ruling and change nothing else
      --given RULING or FILE   learn of a ruling: keep only the futures that agree with it

ASSUME, --set

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

A range that is varied is written LO..HI, with :N for so many levels of a grid and :log for even
steps of the logarithm; a list has commas between its values:
  comity sweep TARGET --vary choice.exposure_weight=0.6..2.2:5
  comity sweep TARGET --vary provider.microsoft.posture.contest_to=none,district
The other inputs stay as they are, also those that are drawn; at each point the luck is the same.

More than a few values are easier to keep in a file that says what differs:
  extends = \"preska-2014\"
  [choice]
  peer_weight = 0

FORCE OR LEARN A RULING, --do and --given

  --do dpf.cjeu=annulled              whenever that court comes to decide, it decides so
  --do dpf.cjeu=annulled@2027-06-01   on that day, for which it waits; later where the case comes
                                      there later
  --given dpf.cjeu=annulled@2027-06-01
  --given docket.txt                  a file with a ruling on each line; # begins a remark
  --given dpf=open@2027-01-01         the case was still open at the end of that day

CASE.NODE=OUTCOME are names of the scenario: of the case, of a node of its court system, of one of
the node's outcomes. Both hold in the scenario and not in its baseline, belong to the job, and stand
in the frozen scenario, as [force] and [fact].

They differ as doing differs from seeing. To force a ruling is to ask what it would bring about:
the judges are overruled in every future that comes to them, and the strength of the case, the
other courts, what is uncertain and all luck stay as they were. A case that is settled before it
comes there stays settled. To learn of a ruling is to ask what is now to be expected: it happened
for a reason, so that futures in which it was likely are met more often, among them those in which
the case is weak and the court severe, and those in which the case never came there are out. What
the ruling tells of the rest of the world then changes too.

With --given a future that does not agree is given up and another drawn in its place, so that
those that are told all agree and all count alike; the page says how many were drawn. The day of a
ruling counts as well: futures in which it would come on that day are kept the more readily.

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
            text += &format!("  {literal}{name:<11}{literal:#} {about}\n");
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
