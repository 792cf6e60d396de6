//! What can be wrong with a court system or a case, with the place and the mend.

/// A court system or case that cannot be simulated. Scenarios are checked at load, so
/// these arise mostly from distributions whose draws leave the sound range.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum LawError {
    /// A chance is negative or not a number, or no outcome of a node has any.
    #[error(
        "court.{court}.node.{node}: the chances of its outcomes are {found:?}; \
         give each from 0 to 1, at least one above 0"
    )]
    Chances {
        /// The court system.
        court: String,
        /// The node.
        node: String,
        /// The chances of one run, in the order of the file.
        found: Vec<f64>,
    },
    /// A node lacks the outcomes that its kind asks for.
    #[error("court.{court}.node.{node}: {mend}")]
    Outcomes {
        /// The court system.
        court: String,
        /// The node.
        node: String,
        /// What to write.
        mend: &'static str,
    },
    /// No intercept gives a node the chances of the file.
    #[error(
        "court.{court}.node.{node}: no log-odds give its chances at merit_loading \
         {loading}; lower merit_loading or move the chances away from 0 and 1"
    )]
    Unsolvable {
        /// The court system.
        court: String,
        /// The node.
        node: String,
        /// The loading of the run.
        loading: f64,
    },
    /// From a node the case never ends.
    #[error("court.{court}: a case can stay in it for ever; give every cycle a way out")]
    NeverEnds {
        /// The court system.
        court: String,
    },
    /// A number of a case, court or doctrine is out of range in this run.
    #[error("{path} is {found}; {mend}")]
    Number {
        /// Path of the number in the scenario.
        path: String,
        /// Its value.
        found: f64,
        /// What would be sound.
        mend: &'static str,
    },
    /// The dated history of a case does not follow its procedure graph.
    #[error("case.{case}.history: {given} is given on {date} while the case is at {at}; {mend}")]
    History {
        /// The case.
        case: String,
        /// The node named.
        given: String,
        /// The date named.
        date: crate::domain::Date,
        /// The node at which the case then is, or "its end".
        at: String,
        /// What to write.
        mend: &'static str,
    },
}
