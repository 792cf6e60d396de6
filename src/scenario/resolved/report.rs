//! How a page of a result is shown to others. No number depends on it.

/// `[report]`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// `mark`: a short text on top of the page and on every page printed.
    pub mark: Option<String>,
    /// `author`: who answers for the page.
    pub author: Option<String>,
    /// `labels`: what actors are called on the page, in the order of their names.
    pub labels: Vec<ActorLabel>,
}

/// What an actor is called instead of its name and its title.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorLabel {
    /// Its name in the scenario.
    pub name: String,
    /// Its title there.
    pub title: String,
    /// What it is called.
    pub label: String,
}
