//! Where a new scenario goes, and what it is called; how it names the scenario that it extends.

use std::fs::{self, Permissions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use comity::result::ExitClass;
use comity::scenario::ScenarioTarget;
use comity::scenario::library;
use comity::scenario::resolved::Scenario;
use tempfile::NamedTempFile;

use crate::cli::failure::Failure;
use crate::cli::target;
use comity::report::typed::quoted;

/// Characters that a name may have.
const LONGEST_NAME: usize = 60;

/// The file to be.
#[derive(Debug)]
pub struct Place {
    /// Its path, as it was given, with `.toml`.
    pub path: PathBuf,
    /// The file's name without `.toml`: the name of the scenario, and of a customer in it.
    pub name: String,
    folder: PathBuf,
}

/// How the new file names others.
#[derive(Debug)]
pub struct Parent {
    /// In `extends`.
    pub extends: String,
    /// In `baseline`: that of the scenario which is extended, if it has one.
    pub baseline: Option<String>,
}

impl Place {
    /// Reads NAME, and refuses what cannot be the name of a scenario or is there already.
    pub fn parse(given: &str) -> Result<Self, Failure> {
        let (folder, file) = given
            .rsplit_once('/')
            .map_or(("", given), |(folder, file)| {
                (if folder.is_empty() { "/" } else { folder }, file)
            });
        let name = file.strip_suffix(".toml").unwrap_or(file);
        refuse_name(given, name)?;
        let folder = PathBuf::from(folder);
        let place = Self {
            path: folder.join(format!("{name}.toml")),
            name: name.to_owned(),
            folder: if folder.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                folder
            },
        };
        if !place.folder.is_dir() {
            let folder = place.folder.display().to_string();
            return Err(Failure::input(format!(
                "there is no folder {folder}; make it first: mkdir -p {}",
                quoted(&folder)
            )));
        }
        // A link counts, wherever it leads.
        match fs::symlink_metadata(&place.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(place),
            Err(error) => Err(place.unwritable(&error)),
            Ok(_) => Err(place.taken()),
        }
    }

    /// How the new file names the scenario that it extends, and that scenario's baseline.
    /// Files are named as seen from the new one.
    pub fn parent(&self, from: &ScenarioTarget, base: &Scenario) -> Result<Parent, Failure> {
        let named = |target: &ScenarioTarget| match target {
            ScenarioTarget::Shipped(name) => Ok(name.clone()),
            ScenarioTarget::File(path) => self.seen_from_here(path),
        };
        let baseline = base.baseline.as_deref().filter(|name| !name.is_empty());
        let baseline = baseline.map(|name| named(&target::baseline_of(name, from)));
        Ok(Parent {
            extends: named(from)?,
            baseline: baseline.transpose()?,
        })
    }

    /// The path of a file from the folder of the new one, with `/` between its parts.
    fn seen_from_here(&self, file: &Path) -> Result<String, Failure> {
        let whole = |path: &Path| fs::canonicalize(path).map_err(|error| cannot(path, &error));
        let (here, there) = (whole(&self.folder)?, whole(file)?);
        let shared = here
            .components()
            .zip(there.components())
            .take_while(|(a, b)| a == b)
            .count();
        let up = here.components().skip(shared).map(|_| "..".to_owned());
        let down = there.components().skip(shared);
        let down = down.map(|part| part.as_os_str().to_str().map(str::to_owned));
        let parts: Option<Vec<String>> = up.map(Some).chain(down).collect();
        let parts = parts.filter(|parts| shared > 0 && !parts.is_empty());
        let path = parts.map(|parts| parts.join("/")).ok_or_else(|| {
            Failure::input(format!(
                "{} cannot be named from {}; put both under one folder, with a name in UTF-8",
                file.display(),
                self.folder.display()
            ))
        })?;
        // Without a `/` or `.toml` it would be the name of a shipped scenario.
        let looks_like_path = path.contains('/') || path.ends_with(".toml");
        Ok(if looks_like_path {
            path
        } else {
            format!("./{path}")
        })
    }

    /// A file in the same folder, gone when dropped.
    pub fn beside(&self) -> Result<NamedTempFile, Failure> {
        let mut builder = tempfile::Builder::new();
        let prefix = format!("{}.part-", self.name);
        builder.prefix(&prefix).suffix(".toml");
        let permissions = permissions_of_new_files();
        if let Some(permissions) = permissions {
            builder.permissions(permissions);
        }
        let made = builder.tempfile_in(&self.folder);
        made.map_err(|error| self.unwritable(&error))
    }

    /// Gives the file its name, unless something has it by now.
    pub fn keep(&self, file: NamedTempFile) -> Result<(), Failure> {
        match file.persist_noclobber(&self.path) {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(self.taken()),
            Err(error) => Err(self.unwritable(&error.error)),
        }
    }

    fn taken(&self) -> Failure {
        Failure::input(format!(
            "{} is there already and stays as it is; give another name, or move it away",
            self.path.display()
        ))
    }

    /// The system refused.
    pub fn unwritable(&self, error: &io::Error) -> Failure {
        let class = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ExitClass::Transient,
            _ => ExitClass::Input,
        };
        Failure::of(
            class,
            format!(
                "cannot write {}: {error}; give the path of a file in a folder of yours",
                self.path.display()
            ),
        )
    }
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::input(format!("cannot read {}: {error}", path.display()))
}

/// As the system's own tools make them: readable by all, less what the user's mask takes.
fn permissions_of_new_files() -> Option<Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        Some(Permissions::from_mode(0o666))
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// The name becomes that of tables and columns, so that it must be plain.
fn refuse_name(given: &str, name: &str) -> Result<(), Failure> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !begins || !name.chars().all(is_plain) || name.len() > LONGEST_NAME {
        let shown: String = name.chars().take(LONGEST_NAME).collect();
        return Err(Failure::input(format!(
            "`{shown}` cannot be the name of a scenario; begin with a letter and use a-z, 0-9, - \
             and _, at most {LONGEST_NAME} of them, as in my-bank"
        )));
    }
    if given.chars().any(char::is_control) {
        return Err(Failure::input(
            "the path has control characters in it; give one without",
        ));
    }
    if library::find(name).is_some() {
        return Err(Failure::input(format!(
            "`{name}` ships with the program, and a file of that name would be taken for it; \
             give another name, such as my-{name}"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gets_its_ending_once_and_hostile_names_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| format!("{}/{name}", folder.path().display());
        for name in ["my-bank", "my-bank.toml"] {
            let place = Place::parse(&at(name)).unwrap();
            assert_eq!(place.name, "my-bank");
            assert_eq!(place.path, folder.path().join("my-bank.toml"));
        }
        let long = "x".repeat(61);
        for name in [
            "",
            ".toml",
            "..",
            "7up",
            "my bank",
            "a\"b",
            "a\nb",
            "é",
            "<b>",
            "a.b",
            "a\\b",
            "preska-2014",
            "us-sca",
            &long,
        ] {
            assert!(Place::parse(&at(name)).is_err(), "{name}");
        }
        assert!(Place::parse(&at("none/my-bank")).is_err());
    }

    #[test]
    fn a_file_is_named_as_seen_from_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("a/b")).unwrap();
        fs::create_dir_all(path("c")).unwrap();
        for name in ["a/x.toml", "c/y.toml", "c/plain"] {
            fs::write(path(name), "").unwrap();
        }
        let seen = |from: &str, file: &str| {
            let place = Place::parse(path(from).to_str().unwrap()).unwrap();
            place.seen_from_here(&path(file)).unwrap()
        };
        assert_eq!(seen("a/new", "a/x.toml"), "x.toml");
        assert_eq!(seen("a/b/new", "a/x.toml"), "../x.toml");
        assert_eq!(seen("a/b/new", "c/y.toml"), "../../c/y.toml");
        assert_eq!(seen("c/new", "c/plain"), "./plain");
    }

    #[test]
    fn what_takes_the_name_meanwhile_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        let place = Place::parse(path.to_str().unwrap()).unwrap();
        let file = place.beside().unwrap();
        fs::write(&path, "years of work").unwrap();
        assert!(place.keep(file).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "years of work");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(Place::parse(path.to_str().unwrap()).is_err());
    }
}
