//! `comity selfcheck`: do the intervals that the program states cover as they say?

use comity::analysis::selfcheck::selfcheck;
use comity::chance::Seed;
use comity::result::ExitClass;

use super::arguments::SelfcheckArguments;
use super::failure::Failure;
use super::terminal::Terminal;

/// Does the command; exit code 1 where an interval does not.
pub fn run(arguments: &SelfcheckArguments, terminal: &Terminal) -> Result<u8, Failure> {
    let failed = |why: String| Failure::of(ExitClass::Failed, why);
    let threads = arguments.threads.unwrap_or(0); // 0: as many as there are cores
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| failed(format!("{error}; ask for fewer threads with -j")))?;
    let found = pool.install(|| selfcheck(arguments.repeats, Seed(arguments.seed)));
    let text = if arguments.quiet {
        format!("{}\n", found.counts())
    } else if arguments.json {
        found.json().map_err(|error| failed(error.to_string()))?
    } else if arguments.markdown {
        found.markdown()
    } else {
        found.text()
    };
    terminal.result(&text)?;
    Ok(if found.passes() {
        0
    } else {
        ExitClass::Failed.code()
    })
}
