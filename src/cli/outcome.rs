//! How a simulation ended, told, with its exit code.

use std::path::Path;

use comity::ensemble::{Ending, Outcome};
use comity::result::{ExitClass, Opened};

use super::failure::{Failure, RUNS_FAILED};
use super::signals;
use super::terminal::{Kind, Terminal};

/// Tells what became of the job at `path`; its result, if it is whole.
pub fn tell(
    outcome: Outcome,
    path: &Path,
    quiet: bool,
    terminal: &Terminal,
) -> Result<Opened, Failure> {
    let (ok, failed, skipped) = (outcome.ok, outcome.failed, outcome.skipped);
    let done = ok + failed;
    let place = path.display();
    if failed > 0 {
        let first: Vec<String> = outcome
            .causes
            .iter()
            .map(|why| format!("\n  {why}"))
            .collect();
        let text = format!(
            "{failed} of {done} runs failed; the first:{}",
            first.concat()
        );
        terminal.say(Kind::Warning, &text);
    }
    match outcome.ending {
        Ending::Whole(result) => {
            if outcome.resumed > 0 && !quiet {
                let text = format!("went on from {} runs done before", outcome.resumed);
                terminal.say(Kind::Note, &text);
            }
            Ok(*result)
        }
        Ending::Interrupted(signal) => {
            let text = format!(
                "interrupted; {done} of {} runs are kept in {place}, and the same command goes on",
                done + skipped
            );
            terminal.say(Kind::Note, &text);
            Err(Failure::Told(signals::exit_code(signal)))
        }
        Ending::Failed if ok == 0 && skipped == 0 => Err(Failure::of(
            ExitClass::Failed,
            format!("every run failed, so that {place} holds no result; mend the scenario"),
        )),
        Ending::Failed => Err(Failure::Message {
            code: RUNS_FAILED,
            text: format!(
                "{place} holds no result: {ok} runs are done, {failed} failed, {skipped} were \
                 not begun; with --on-error continue the result is written without the failed"
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::terminal::Colour;
    use super::*;

    fn code(ending: Ending, ok: u32, failed: u32, skipped: u32) -> u8 {
        let outcome = Outcome {
            ending,
            ok,
            failed,
            skipped,
            resumed: 0,
            causes: vec!["run 3: no equilibrium".to_owned(); failed.min(1) as usize],
        };
        let terminal = Terminal::new(Colour::Never);
        let told = tell(outcome, Path::new("out"), false, &terminal);
        told.map_or_else(|failure| failure.report(&terminal), |_| 0)
    }

    #[test]
    fn a_job_without_a_result_has_the_exit_code_of_its_end() {
        assert_eq!(code(Ending::Failed, 0, 20, 0), 1);
        assert_eq!(code(Ending::Failed, 12, 1, 7), 3);
        assert_eq!(code(Ending::Failed, 0, 1, 19), 3);
        assert_eq!(code(Ending::Interrupted(2), 5, 0, 7), 130);
        assert_eq!(code(Ending::Interrupted(15), 0, 0, 12), 143);
    }
}
