//! A check as a table: for a terminal, and in Markdown.

use super::{Checked, SelfCheck, Verdict};
use crate::measure::stated::Stated;

impl Verdict {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::CoversMore => "covers more, as known",
            Self::CoversLess => "covers less, as known",
            Self::Fails => "FAILS",
        }
    }
}

const HEAD: [&str; 6] = [
    "interval",
    "problem, futures",
    "says",
    "covered",
    "band",
    "verdict",
];

impl SelfCheck {
    /// Whether nothing fails.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.checks
            .iter()
            .all(|check| check.verdict != Verdict::Fails)
    }

    /// Kinds of interval that hold on every problem, and all kinds.
    #[must_use]
    pub fn kinds_that_hold(&self) -> (usize, usize) {
        let holds = |kind: &&Stated| {
            let mut own = self.checks.iter().filter(|c| c.interval == kind.name());
            own.all(|check| matches!(check.verdict, Verdict::Holds | Verdict::CoversMore))
        };
        (Stated::ALL.iter().filter(holds).count(), Stated::ALL.len())
    }

    /// The last line: how many hold.
    #[must_use]
    pub fn counts(&self) -> String {
        let count = |verdict| self.checks.iter().filter(|c| c.verdict == verdict).count();
        let (hold, kinds) = self.kinds_that_hold();
        format!(
            "{hold} of {kinds} kinds of interval cover on every problem at least as often as they \
             say; of {} problems {} hold, {} are known to be covered more, {} less, {} fail",
            self.checks.len(),
            count(Verdict::Holds),
            count(Verdict::CoversMore),
            count(Verdict::CoversLess),
            count(Verdict::Fails)
        )
    }

    /// A table for a terminal, with what is known under it.
    #[must_use]
    pub fn text(&self) -> String {
        let rows: Vec<[String; 6]> = self.checks.iter().map(row).collect();
        let width = |column: usize| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.chain([HEAD[column].len()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
        let line = |cells: [&str; 6]| {
            let cells = cells.iter().zip(&widths);
            let text: Vec<String> = cells
                .map(|(cell, width)| format!("{cell:width$}"))
                .collect();
            format!("{}\n", text.join("  ").trim_end())
        };
        let mut text = line(HEAD);
        for (cells, check) in rows.iter().zip(&self.checks) {
            text += &line(std::array::from_fn(|column| cells[column].as_str()));
            if let Some(why) = told(check) {
                text += &format!("    {why}\n");
            }
        }
        text + &format!("\n{}\n{}\n", self.how(), self.counts())
    }

    /// As JSON, with a line's end: the file that is shipped.
    ///
    /// # Errors
    /// None that is known; what the writer says.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// The same in Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!("| {} |\n|{}\n", HEAD.join(" | "), "---|".repeat(HEAD.len()));
        for check in &self.checks {
            let mut cells = row(check);
            if let Some(why) = told(check) {
                cells[5] += &format!(": {why}");
            }
            text += &format!("| {} |\n", cells.join(" | "));
        }
        text + &format!("\n{} {}.\n", self.how(), self.counts())
    }

    fn how(&self) -> String {
        format!(
            "{} repeats of each problem, seed {}, model version {}; bands leave out so little that \
             true claims fail with a chance below 1e-6.",
            self.repeats, self.seed, self.model_version
        )
    }
}

/// What is known, where it is seen.
fn told(check: &Checked) -> Option<&str> {
    let seen = check.verdict != Verdict::Holds;
    check.known.as_deref().filter(|_| seen)
}

fn row(check: &Checked) -> [String; 6] {
    let of = f64::from(check.stated.max(1));
    let per_cent = |count: u32| format!("{:.1}", 100.0 * f64::from(count) / of);
    [
        check.interval.clone(),
        check.problem.clone(),
        format!("{:.0} %", 100.0 * check.nominal),
        format!("{} %", per_cent(check.covered)),
        format!("{} to {}", per_cent(check.band.0), per_cent(check.band.1)),
        check.verdict.words().to_owned(),
    ]
}
