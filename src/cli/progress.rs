//! The bar on a terminal's standard error; nothing anywhere else.

use comity::ensemble::Progress;
use comity::report::digits::duration;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far the runs are.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar for so many runs; `quiet` hides it.
    pub fn new(runs: u32, quiet: bool) -> Self {
        // The target hides itself where standard error is no terminal.
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(u64::from(runs)), target);
        let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} runs{msg}");
        Self(match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }

    /// Shows how far they are.
    pub fn show(&self, progress: &Progress) {
        self.0.set_position(u64::from(progress.done));
        self.0.set_message(said(progress));
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

fn said(progress: &Progress) -> String {
    let mut text = String::new();
    if let Some(left) = progress.seconds_left {
        text = format!(
            " · {:.1} a second · {} left",
            progress.runs_per_second,
            duration(left)
        );
    }
    if progress.failed > 0 {
        text += &format!(" · {} failed", progress.failed);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_pace_and_time_left() {
        let mut progress = Progress {
            done: 10,
            total: 100,
            failed: 0,
            runs_per_second: 12.34,
            seconds_left: None,
        };
        assert_eq!(said(&progress), "");
        progress.seconds_left = Some(61.2);
        progress.failed = 2;
        assert_eq!(
            said(&progress),
            " · 12.3 a second · 1 min 2 s left · 2 failed"
        );
    }
}
