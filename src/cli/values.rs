//! Values of options: words that stand for a choice, and whole numbers of a range.

use clap::ValueEnum;
use comity::ensemble::{OnError, Paths};
use comity::result::World;
use comity::world::series::SeriesDetail;

/// Whose paths are kept, as a word.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum PathsKept {
    /// Nobody's
    None,
    /// Of the futures kept by --keep
    Kept,
    /// Of all while that is under 100 MB, else of those kept
    #[default]
    Auto,
    /// Of all
    All,
}

impl From<PathsKept> for Paths {
    fn from(word: PathsKept) -> Self {
        match word {
            PathsKept::None => Self::None,
            PathsKept::Kept => Self::Kept,
            PathsKept::Auto => Self::Auto,
            PathsKept::All => Self::All,
        }
    }
}

/// Margins of series, as a word.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum SeriesKept {
    /// Everywhere and by bloc, for each provider
    Totals,
    /// By country too, and by segment for providers of one parent country
    #[default]
    Standard,
    /// Every metric for every margin
    Full,
}

impl SeriesKept {
    /// The word on the command line and in the manifest.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Totals => "totals",
            Self::Standard => "standard",
            Self::Full => "full",
        }
    }
}

impl From<SeriesKept> for SeriesDetail {
    fn from(word: SeriesKept) -> Self {
        match word {
            SeriesKept::Totals => Self::Totals,
            SeriesKept::Standard => Self::Standard,
            SeriesKept::Full => Self::Full,
        }
    }
}

/// What to do when a run fails, as a word.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum WhenARunFails {
    /// Count it; the result is written without it
    #[default]
    Continue,
    /// Do all others, then end without a result
    Finish,
    /// Begin no more and end without a result
    Stop,
}

impl From<WhenARunFails> for OnError {
    fn from(word: WhenARunFails) -> Self {
        match word {
            WhenARunFails::Continue => Self::Continue,
            WhenARunFails::Finish => Self::Finish,
            WhenARunFails::Stop => Self::Stop,
        }
    }
}

/// Which of two paired worlds, as a word.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum WorldTold {
    /// The scenario's
    #[default]
    Scenario,
    /// The same future without the order
    Baseline,
}

impl From<WorldTold> for World {
    fn from(word: WorldTold) -> Self {
        match word {
            WorldTold::Scenario => Self::Scenario,
            WorldTold::Baseline => Self::Baseline,
        }
    }
}

/// A whole number of a range, or a message that says which.
fn whole(text: &str, least: u64, most: u64) -> Result<u64, String> {
    let number = text.parse().ok();
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("give a whole number from {least} to {most}, in digits only"))
}

fn whole_u32(text: &str, least: u32, most: u32) -> Result<u32, String> {
    // In the range of u32 by then.
    whole(text, least.into(), most.into()).map(|number| u32::try_from(number).unwrap_or(most))
}

/// How many runs or customers.
pub fn up_to_ten_million(text: &str) -> Result<u32, String> {
    whole_u32(text, 1, 10_000_000)
}

/// How many runs are kept with all events.
pub fn kept(text: &str) -> Result<u32, String> {
    whole_u32(text, 0, 10_000_000)
}

/// How many repeats of a problem: with fewer than 100 the bands say nothing, with more than
/// 10,000 they are narrower than the approximations that the methods are known to make.
pub fn repeats(text: &str) -> Result<u32, String> {
    whole_u32(text, 100, 10_000)
}

/// The number of a run.
pub fn run_number(text: &str) -> Result<u32, String> {
    whole_u32(text, 0, 9_999_999)
}

/// How many particles.
pub fn particles(text: &str) -> Result<u32, String> {
    whole_u32(text, 2, 10_000)
}

/// How many points of a sample.
pub fn points(text: &str) -> Result<u32, String> {
    whole_u32(text, 1, 65_536)
}

/// How many replicates.
pub fn replicates(text: &str) -> Result<u32, String> {
    whole_u32(text, 1, 1_000)
}

/// A return period, in years.
pub fn return_period(text: &str) -> Result<f64, String> {
    number(text, |years| years > 1.0 && years <= 1e6)
        .ok_or_else(|| "give years above 1 and up to 1,000,000, such as 2,10,100".to_owned())
}

/// A chance, in per cent.
pub fn per_cent(text: &str) -> Result<f64, String> {
    number(text, |percent| percent > 0.0 && percent < 100.0)
        .ok_or_else(|| "give per cent above 0 and below 100, such as 95".to_owned())
}

fn number(text: &str, is_fit: impl Fn(f64) -> bool) -> Option<f64> {
    text.parse().ok().filter(|number| is_fit(*number))
}

/// A lever and where it is moved.
pub fn moved(text: &str) -> Result<(String, f64), String> {
    let parts = text.split_once('=');
    let (lever, to) = parts.ok_or("write LEVER=VALUE, as in location=0.3")?;
    let number: f64 = to
        .trim()
        .parse()
        .map_err(|_| format!("`{to}` is no number; write LEVER=VALUE, as in location=0.3"))?;
    if !number.is_finite() {
        return Err(format!("`{to}` is not finite"));
    }
    Ok((lever.trim().to_owned(), number))
}

/// How many threads.
pub fn threads(text: &str) -> Result<usize, String> {
    whole_u32(text, 1, 1024).map(|number| number as usize)
}

/// A seed.
pub fn seed(text: &str) -> Result<u64, String> {
    whole(text, 0, u64::MAX)
}
