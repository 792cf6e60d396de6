//! `comity story`: one future told with dates.

use comity::report::story::catalogue::Catalogue;
use comity::report::story::text::Paper;
use comity::report::story::{Pick, Story, StoryError, Wish as Asked, tell};
use comity::result::{Opened, World};

use super::arguments::StoryArguments;
use super::failure::Failure;
use super::obtain::{Wish, obtain};
use super::stored;
use super::terminal::{Terminal, one_line};
use comity::report::typed::quoted;

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &StoryArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let pick = match (arguments.run, &arguments.pick) {
        (Some(run), _) => Pick::Run(run),
        (None, Some(text)) => Pick::parse(text),
        (None, None) => Pick::Typical,
    };
    if let (Pick::Where(_), Some(_)) = (&pick, &arguments.of) {
        return Err(Failure::input(
            "--of names the metric by which a future is typical, worst or best; a condition \
             names its own, so leave out --of",
        ));
    }
    let asked = Asked {
        pick: &pick,
        of: arguments.of.as_deref(),
        world: arguments.world.into(),
    };
    let wish = Wish {
        command: "story",
        target: arguments.target.as_deref(),
        simulation: &arguments.simulation,
        options,
        quiet: arguments.quiet,
        check: &|pair, job| {
            let catalogue = Catalogue::new(&pair.scenario, pair.baseline.is_some());
            Ok(catalogue.check(&asked, job.runs)?)
        },
    };
    let obtained = obtain(&wish, terminal)?;
    let result = &obtained.result;
    let story = tell(result, &asked)?;
    terminal.result_bytes(&printed(arguments, &story, result, terminal)?)?;
    Ok(obtained.code())
}

fn printed(
    arguments: &StoryArguments,
    story: &Story,
    result: &Opened,
    terminal: &Terminal,
) -> Result<Vec<u8>, Failure> {
    if arguments.quiet {
        let path = result.path.as_os_str().as_encoded_bytes();
        return Ok([path, b"\n"].concat());
    }
    let path = result.path.display().to_string();
    let text = if arguments.json {
        stored::json(story, &path)?
    } else if arguments.markdown {
        story.markdown()
    } else {
        let page = terminal.page();
        let paper = Paper {
            columns: page.columns,
            colour: page.colour,
        };
        format!(
            "{}{}\n{}\n",
            paper.print(story),
            one_line(&format!("result: {path}")),
            one_line(&format!("next: {}", next(story, &path)))
        )
    };
    Ok(text.into_bytes())
}

/// A command that goes on from here.
fn next(story: &Story, path: &str) -> String {
    let path = quoted(path);
    let run = story.run;
    if story.world == World::Baseline.name() {
        format!("comity story {path} --run {run}  (the same future with the order)")
    } else if story.other_world.is_empty() {
        format!("comity story {path} --pick worst")
    } else {
        format!("comity story {path} --run {run} --world baseline  (the same without the order)")
    }
}

impl From<StoryError> for Failure {
    fn from(error: StoryError) -> Self {
        Self::of(error.exit_class(), error.to_string())
    }
}
