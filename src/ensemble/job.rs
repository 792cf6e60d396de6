//! How a job is to be done and what of it is to be kept.

use std::collections::BTreeMap;

use super::Interruption;
use crate::result::Layout;

/// Paths of all runs are kept while they stay under this size, bytes.
const ALL_PATHS_BYTES: u64 = 100 << 20;

/// What to do when a run fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OnError {
    /// Count it and go on; the result is written without the failed runs.
    #[default]
    Continue,
    /// Do all other runs, so that every failure is known, then end without a result.
    Finish,
    /// Begin no more runs and end without a result.
    Stop,
}

/// Whose paths are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Paths {
    /// Nobody's.
    None,
    /// Of the runs that are kept with all events.
    Kept,
    /// Of all runs while that is under 100 MB, else of the kept ones.
    #[default]
    Auto,
    /// Of all runs.
    All,
}

impl Paths {
    /// The word on the command line and in the manifest.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Kept => "kept",
            Self::Auto => "auto",
            Self::All => "all",
        }
    }
}

/// What of the runs is kept, besides their rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Keep {
    /// So many runs, from the first, are kept with all events.
    pub events_of_first: u32,
    /// Whose paths.
    pub paths: Paths,
    /// Whether every table is written as CSV too.
    pub csv: bool,
}

impl Keep {
    /// For [`crate::result::Identity::arguments`], since each of them changes files.
    #[must_use]
    pub fn arguments(&self) -> BTreeMap<String, String> {
        [
            ("keep", self.events_of_first.to_string()),
            ("paths", self.paths.name().to_owned()),
            ("csv", self.csv.to_string()),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
    }

    /// So many runs, from the first, keep their path.
    #[must_use]
    pub fn paths_of_first(&self, layout: &Layout, runs: u32) -> u32 {
        let kept = self.events_of_first.min(runs);
        let all_bytes = u64::from(runs) * (layout.path_values() as u64) * 8;
        match self.paths {
            Paths::None => 0,
            Paths::Kept => kept,
            Paths::Auto if all_bytes > ALL_PATHS_BYTES => kept,
            Paths::Auto | Paths::All => runs,
        }
    }
}

/// How a job is to be done. Nothing here but `keep` and `files` can change a byte of
/// the result.
#[derive(Clone, Debug)]
pub struct Job {
    /// Threads, at least 1.
    pub threads: usize,
    /// What to do when a run fails.
    pub on_error: OnError,
    /// What is kept. The arguments of the folder's identity must say the same.
    pub keep: Keep,
    /// Files that the result is to hold besides its tables, such as `scenario.toml`.
    pub files: Vec<(String, Vec<u8>)>,
    /// Runs a block, when the usual number is not wanted.
    pub runs_per_block: Option<u32>,
    /// Where an end is asked for.
    pub interruption: Interruption,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;
    use crate::result::Measured;

    #[test]
    fn all_paths_are_kept_while_they_are_small() {
        let start = Date::from_ymd(2014, 7, 31).unwrap();
        let layout = Layout {
            dates: (0..120).map(|month| start.plus_months(month)).collect(),
            paths: vec![Measured::new("trust", "0-100", "trust")],
            ..Layout::default()
        };
        let kept = |paths, runs| {
            let keep = Keep {
                events_of_first: 20,
                paths,
                csv: false,
            };
            keep.paths_of_first(&layout, runs)
        };
        // 960 bytes a run: 100 MiB hold 109,226 runs.
        assert_eq!(kept(Paths::Auto, 109_226), 109_226);
        assert_eq!(kept(Paths::Auto, 109_227), 20);
        assert_eq!(kept(Paths::Kept, 10), 10);
        assert_eq!(kept(Paths::All, u32::MAX), u32::MAX);
        assert_eq!(kept(Paths::None, 10), 0);
    }
}
