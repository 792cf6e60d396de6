//! What a user reads when a scenario is wrong. Each entry of the texts in `bad_input/` makes
//! a small scenario wrong in one way; each snapshot is the page of all their messages, to be
//! read as a user would.

use std::fs;

use comity::scenario::{ScenarioTarget, load, load_text};

const FIXTURE: &str = include_str!("../../src/scenario/fixture.toml");
/// The same with a named customer.
const WITH_CUSTOMER: &str = concat!(
    include_str!("../../src/scenario/fixture.toml"),
    include_str!("../../src/scenario/customer_fixture.toml")
);

/// What a scenario is changed to: `- ` lines replaced by the `+ ` lines after them (or these
/// added at the end), the whole text given by `= ` lines, settings by `! ` lines.
#[derive(Default)]
struct Edit {
    hunks: Vec<(String, String)>,
    whole: Option<String>,
    settings: Vec<String>,
}

impl Edit {
    fn read(entry: &str) -> Self {
        let mut edit = Self::default();
        let mut added = true;
        for line in entry.lines().filter(|line| !line.is_empty()) {
            let (mark, line) = line.split_at(2);
            match mark {
                "- " => {
                    if added {
                        edit.hunks.push(Default::default());
                    }
                    let hunk = edit.hunks.last_mut().expect("a hunk is open");
                    hunk.0 += &format!("{line}\n");
                    added = false;
                }
                "+ " => {
                    if edit.hunks.is_empty() {
                        edit.hunks.push(Default::default());
                    }
                    let hunk = edit.hunks.last_mut().expect("a hunk is open");
                    hunk.1 += &format!("{line}\n");
                    added = true;
                }
                "= " => *edit.whole.get_or_insert_default() += &format!("{line}\n"),
                "! " => edit.settings.push(line.to_owned()),
                _ => panic!("unknown mark in {line:?}"),
            }
        }
        edit
    }

    fn message(self, base: &str) -> String {
        let mut text = self.whole.unwrap_or_else(|| base.to_owned());
        for (from, to) in self.hunks {
            if from.is_empty() {
                text += &to;
            } else {
                assert!(text.contains(&from), "the fixture has no {from:?}");
                text = text.replacen(&from, &to, 1);
            }
        }
        let loaded = load_text("small.toml", &text, &self.settings);
        loaded.map_or_else(|error| error.render(false), |_| "accepted\n".to_owned())
    }
}

/// The messages of all entries of a text, which edit the fixture.
fn page(entries: &str) -> String {
    page_of(entries, FIXTURE)
}

fn page_of(entries: &str, base: &str) -> String {
    entries
        .split("# ")
        .skip(1)
        .map(|entry| {
            let (title, edit) = entry.split_once('\n').expect("a title stands in a line");
            format!("# {title}\n{}\n", Edit::read(edit).message(base))
        })
        .collect()
}

#[test]
fn the_fixture_is_accepted() {
    for base in [FIXTURE, WITH_CUSTOMER] {
        assert_eq!(Edit::default().message(base), "accepted\n");
    }
}

#[test]
fn wrong_text_and_types() {
    insta::assert_snapshot!(page(include_str!("bad_input/text.txt")));
}

#[test]
fn wrong_numbers_and_distributions() {
    insta::assert_snapshot!(page(include_str!("bad_input/numbers.txt")));
}

#[test]
fn wrong_names_dates_and_law() {
    insta::assert_snapshot!(page(include_str!("bad_input/meaning.txt")));
}

#[test]
fn wrong_customers() {
    let entries = include_str!("bad_input/customers.txt");
    insta::assert_snapshot!(page_of(entries, WITH_CUSTOMER));
}

#[test]
fn wrong_postures_and_money() {
    insta::assert_snapshot!(page(include_str!("bad_input/money.txt")));
}

#[test]
fn wrong_parents_and_settings() {
    insta::assert_snapshot!(page(include_str!("bad_input/settings.txt")));
}

#[test]
fn wrong_governments() {
    insta::assert_snapshot!(page(include_str!("bad_input/policy.txt")));
}

#[test]
fn wrong_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("latin.toml"), b"comity = 1\ntitle = \"caf\xe9\"\n").unwrap();
    fs::write(path("bad name!.toml"), FIXTURE).unwrap();
    fs::write(path("a.toml"), "extends = \"b.toml\"\n").unwrap();
    fs::write(path("b.toml"), "title = \"B\"\nextends = \"a.toml\"\n").unwrap();
    fs::write(path("self.toml"), "extends = \"./self.toml\"\n").unwrap();
    fs::write(
        path("base.toml"),
        FIXTURE.replace("classes = 8", "classes = 99"),
    )
    .unwrap();
    fs::write(
        path("child.toml"),
        "extends = \"base.toml\"\n[survey]\nnoise = -1\n",
    )
    .unwrap();
    fs::write(
        path("misspelt.toml"),
        FIXTURE.replace("classes = 8", "clases = 8"),
    )
    .unwrap();
    for base in ["misspelt", "latin", "large"] {
        let child = format!("extends = \"{base}.toml\"\ntitle = \"Child\"\n");
        fs::write(path(&format!("of-{base}.toml")), child).unwrap();
    }
    fs::create_dir(path("sub.toml")).unwrap();
    fs::write(
        path("of-folder.toml"),
        "extends = [\"base.toml\", \"sub.toml\"]\n",
    )
    .unwrap();
    for link in 0..40 {
        let text = format!("extends = \"chain-{}.toml\"\n", link + 1);
        fs::write(path(&format!("chain-{link}.toml")), text).unwrap();
    }
    let long = format!("extends = \"{}.toml\"\n", "x".repeat(10_000));
    fs::write(path("of-long.toml"), long).unwrap();
    let large = fs::File::create(path("large.toml")).unwrap();
    large.set_len(10_000_001).unwrap();

    let message = |target: &ScenarioTarget| match load(target, &[]) {
        Ok(_) => "accepted\n".to_owned(),
        Err(error) => error.render(false),
    };
    let opened = |name: &str| message(&ScenarioTarget::File(path(name)));
    let named = |name: &str| message(&ScenarioTarget::parse(name));
    let entries = [
        ("a folder", opened("")),
        ("no such file", opened("none.toml")),
        ("not UTF-8", opened("latin.toml")),
        ("too large", opened("large.toml")),
        ("a name for no result", opened("bad name!.toml")),
        ("a circle", opened("a.toml")),
        ("itself", opened("self.toml")),
        ("wrong in both files", opened("child.toml")),
        ("an unknown field in the base", opened("of-misspelt.toml")),
        ("a base that is not UTF-8", opened("of-latin.toml")),
        ("a base that is too large", opened("of-large.toml")),
        ("a base that is a folder", opened("of-folder.toml")),
        ("a base of a long name", opened("of-long.toml")),
        ("a chain of forty", opened("chain-0.toml")),
        ("a long name", named(&"x".repeat(10_000))),
        (
            "a name that a terminal obeys",
            named("\u{1b}[2J\n\u{202e}x"),
        ),
        ("an unknown name", named("preska-2041")),
        ("a far name", named("whatever")),
        ("a library", named("cloud-2014")),
    ];
    let page: String = entries
        .iter()
        .map(|(title, message)| format!("# {title}\n{message}\n"))
        .collect();
    let shown = folder.path().to_str().unwrap();
    let whole = fs::canonicalize(folder.path()).unwrap();
    let page = page.replace(whole.to_str().unwrap(), "FOLDER");
    insta::assert_snapshot!(page.replace(shown, "FOLDER"));
}
