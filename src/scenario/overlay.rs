//! What is laid over a scenario's text when it is loaded: an option of its decision, and
//! single values; and observations of a user's own.

use super::observations::ObservationTable;
use super::ruling::Docket;

/// An option and settings, to be laid over a scenario in this order. Settings alone are an
/// overlay without an option.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overlay {
    /// The `NAME` of an `[option.NAME]` of the scenario.
    pub option: Option<String>,
    /// Each `PATH=VALUE`, as `--set` takes it; later ones are laid over earlier ones.
    pub settings: Vec<String>,
    /// Rulings that are forced, each `CASE.NODE=OUTCOME` with `@DATE` or without, as `--do`
    /// takes them; of the scenario alone, not of its baseline.
    pub forced: Vec<String>,
    /// What was learned about cases, as `--given` takes it; of the scenario alone.
    pub learned: Vec<Docket>,
    /// Observations that are added to the scenario's.
    pub observations: Option<ObservationTable>,
}

impl From<&[String]> for Overlay {
    fn from(settings: &[String]) -> Self {
        Self {
            settings: settings.to_vec(),
            ..Self::default()
        }
    }
}

impl<const N: usize> From<&[String; N]> for Overlay {
    fn from(settings: &[String; N]) -> Self {
        settings.as_slice().into()
    }
}

impl From<&Vec<String>> for Overlay {
    fn from(settings: &Vec<String>) -> Self {
        settings.as_slice().into()
    }
}

impl From<&Self> for Overlay {
    fn from(overlay: &Self) -> Self {
        overlay.clone()
    }
}
