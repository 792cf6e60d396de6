//! Finding every text that a scenario consists of: its own, and those that it extends.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Problem, ScenarioError};
use super::library;
use super::nearest::advice;
use super::parse;
use super::posterior::{self, NamedPosterior};
use super::source_text::{Place, SourceText};

/// Bytes beyond which a file is refused unread.
const LARGEST_FILE: u64 = 10_000_000;
/// Texts that may extend each other in a chain.
const LONGEST_CHAIN: usize = 32;

/// Texts that one may extend.
const MOST_PARENTS: usize = 32;

/// A text and the texts that it extends.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub text: String,
    /// Offset in the virtual text.
    pub base: usize,
    /// Positions in [`Gathered::layers`], the weakest first.
    pub parents: Vec<usize>,
}

/// All texts of a scenario; the scenario's own is the last.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    pub sources: SourceText,
    /// Each after those that it extends.
    pub layers: Vec<Layer>,
    /// Posteriors that they name.
    pub posteriors: Vec<NamedPosterior>,
    /// Layer by identity.
    known: BTreeMap<Identity, usize>,
    /// Those being read now, the outermost first.
    open: Vec<Identity>,
}

/// What makes a text itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Identity {
    Shipped(String),
    File(PathBuf),
    Given(String),
}

impl Identity {
    fn name(&self) -> String {
        match self {
            Self::Shipped(name) | Self::Given(name) => name.clone(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

impl Gathered {
    /// Reads a shipped text and all that it extends.
    pub(super) fn add_shipped(&mut self, shipped: &library::Shipped) -> Result<usize, Problem> {
        let identity = Identity::Shipped(shipped.name.to_owned());
        let shown = format!("shipped:{}", shipped.name);
        self.add(identity, &shown, shipped.text.to_owned(), None)
    }

    /// Reads a text that is in no file, and all that it extends.
    pub(super) fn add_text(&mut self, name: &str, text: String) -> Result<usize, Problem> {
        self.add(Identity::Given(name.to_owned()), name, text, None)
    }

    /// Reads a file's text and all that it extends.
    pub(super) fn add_file(&mut self, path: &Path, text: String) -> Result<usize, Problem> {
        let folder = path.parent().map(Path::to_path_buf);
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let shown = path.display().to_string();
        self.add(Identity::File(whole), &shown, text, folder)
    }

    /// Whole paths of the files among the texts.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let files = self.known.keys().filter_map(|identity| match identity {
            Identity::File(path) => Some(path.clone()),
            Identity::Shipped(_) | Identity::Given(_) => None,
        });
        files.collect()
    }

    fn add(
        &mut self,
        identity: Identity,
        shown: &str,
        text: String,
        folder: Option<PathBuf>,
    ) -> Result<usize, Problem> {
        let base = self.sources.add(shown, text.as_str());
        let mut table = parse::document(&text, base)?;
        let posterior = posterior::named(&table, folder.as_deref(), &mut self.sources);
        self.posteriors.extend(posterior);
        let mut parents = Vec::new();
        self.open.push(identity.clone());
        let named = extends(&mut table)?;
        refuse_too_many(&named)?;
        for (name, place) in named {
            parents.push(self.add_parent(&name, place, folder.as_deref())?);
        }
        self.open.pop();
        drop(table);
        self.layers.push(Layer {
            text,
            base,
            parents,
        });
        let position = self.layers.len() - 1;
        self.known.insert(identity, position);
        Ok(position)
    }

    fn add_parent(
        &mut self,
        name: &str,
        place: Place,
        folder: Option<&Path>,
    ) -> Result<usize, Problem> {
        let is_path = name.contains(['/', '\\']) || name.ends_with(".toml");
        let shipped = library::find(name).filter(|_| !is_path);
        let path = folder.unwrap_or(Path::new(".")).join(name);
        let identity = match shipped {
            Some(shipped) => Identity::Shipped(shipped.name.to_owned()),
            None if is_path => Identity::File(fs::canonicalize(&path).unwrap_or(path.clone())),
            None => return Err(no_such_parent(name, place)),
        };
        if let Some(&position) = self.known.get(&identity) {
            return Ok(position);
        }
        self.refuse_a_circle(&identity, &place)?;
        match shipped {
            Some(shipped) => self.add_shipped(shipped),
            None => {
                let text = read(&path, "a scenario")
                    .map_err(|error| Problem::at(place, error.to_string()))?;
                self.add_file(&path, text)
            }
        }
    }

    fn refuse_a_circle(&self, identity: &Identity, place: &Place) -> Result<(), Problem> {
        if let Some(from) = self.open.iter().position(|open| open == identity) {
            let mut chain: Vec<String> = self.open[from..].iter().map(Identity::name).collect();
            chain.push(identity.name());
            let message = format!("`extends` runs in a circle: {}", chain.join(" → "));
            return Err(Problem::at(place.clone(), message));
        }
        if self.open.len() >= LONGEST_CHAIN {
            let message = format!("more than {LONGEST_CHAIN} texts extend each other in a chain");
            return Err(Problem::at(place.clone(), message).help("put some into one file"));
        }
        Ok(())
    }
}

fn refuse_too_many(named: &[(String, Place)]) -> Result<(), Problem> {
    match named.get(MOST_PARENTS) {
        Some((_, place)) => {
            let message = format!("a text extends at most {MOST_PARENTS} others");
            Err(Problem::at(place.clone(), message).help("let it extend a file that extends some"))
        }
        None => Ok(()),
    }
}

fn no_such_parent(name: &str, place: Place) -> Problem {
    let names: Vec<&str> = library::SHIPPED.iter().map(|s| s.name).collect();
    Problem::at(place, format!("there is no scenario or library `{name}`"))
        .help("write a path to a file with its `.toml`")
        .maybe_help(advice(name, &names))
}

/// Takes `extends` out of a document: a name or a list of names.
pub(super) fn extends(table: &mut DeTable<'_>) -> Result<Vec<(String, Place)>, Problem> {
    let Some(value) = table.remove("extends") else {
        return Ok(Vec::new());
    };
    let name = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::String(name) => Ok((name.to_string(), value.span())),
        _ => Err(Problem::at(value.span(), "`extends` takes names in quotes")
            .help("as in `extends = \"cloud-2014\"` or `extends = [\"a\", \"b\"]`")),
    };
    match value.get_ref() {
        DeValue::Array(names) => names.iter().map(name).collect(),
        _ => Ok(vec![name(&value)?]),
    }
}

/// Reads a file that may be `what`, such as a scenario.
///
/// # Errors
/// When it is a folder, too large, not UTF-8, or cannot be read.
pub fn read(path: &Path, what: &str) -> Result<String, ScenarioError> {
    let not = |why: String| ScenarioError::NotAScenario {
        path: path.to_path_buf(),
        why,
    };
    let unreadable = |cause| ScenarioError::Unreadable {
        path: path.to_path_buf(),
        cause,
    };
    let facts = fs::metadata(path).map_err(unreadable)?;
    if facts.is_dir() {
        return Err(not(format!("is a folder; {what} is a file")));
    }
    if !facts.is_file() {
        return Err(not(format!("is no regular file; {what} is a file of text")));
    }
    let too_large = || not(format!("is larger than 10 MB; {what} is a few kilobytes"));
    if facts.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut file = file.take(LARGEST_FILE + 1);
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at]
            .iter()
            .filter(|&&b| b == b'\n')
            .count()
            + 1;
        not(format!(
            "is not UTF-8 text: byte {at}, on line {line}; save it as UTF-8"
        ))
    })
}
