//! The house: an import points downward, and rooms on one floor do not know each other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of each room, from the table in `src/lib.rs`.
fn floors(table: &str) -> BTreeMap<String, u8> {
    let mut floors = BTreeMap::new();
    for line in table.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let mut cells = line.split('|').map(str::trim);
        let Some(Ok(floor)) = cells.next().map(str::parse) else {
            continue;
        };
        for room in cells.next().unwrap_or_default().split(',') {
            let name = room.trim().trim_matches(['[', ']', '`']);
            floors.insert(name.to_owned(), floor);
        }
    }
    floors
}

/// Rooms that a source names: after `crate::` or `comity::`, also in braces.
fn rooms_named(source: &str) -> Vec<String> {
    let code: String = source
        .lines()
        .map(without_comment)
        .collect::<Vec<_>>()
        .join("\n");
    let mut rooms = Vec::new();
    for root in ["crate::", "comity::"] {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(list) => rooms.extend(heads(list)),
                None => rooms.extend(head(rest)),
            }
        }
    }
    rooms
}

fn without_comment(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// The first word of a path.
fn head(path: &str) -> Option<String> {
    let word: String = path
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!word.is_empty()).then_some(word)
}

/// The first words of the paths in a list, up to its closing brace.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut words) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                words.extend(head(&list[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    words
}

/// What is wrong with the imports of a source in this room.
fn faults(room: &str, source: &str, floors: &BTreeMap<String, u8>) -> Vec<String> {
    let own = floors[room];
    let imported = rooms_named(source)
        .into_iter()
        .filter(|other| other != room);
    imported
        .filter(|other| floors.get(other).is_some_and(|floor| *floor >= own))
        .map(|other| {
            format!(
                "{room} (floor {own}) imports {other} (floor {})",
                floors[&other]
            )
        })
        .collect()
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn imports_point_downward_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let floors = floors(&fs::read_to_string(root.join("lib.rs")).unwrap());
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    let mut rooms_seen = BTreeMap::new();
    for file in files {
        let inside = file.strip_prefix(&root).unwrap();
        let room = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy();
        if inside.components().count() == 1 {
            // The roots of the library and of the program only name their rooms.
            continue;
        }
        assert!(
            floors.contains_key(&*room),
            "{room} has no floor in src/lib.rs"
        );
        *rooms_seen.entry(room.to_string()).or_insert(0) += 1;
        let source = fs::read_to_string(&file).unwrap();
        let faults = faults(&room, &source, &floors);
        wrong.extend(
            faults
                .iter()
                .map(|fault| format!("{}: {fault}", inside.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rooms_seen.len() >= 13, "{rooms_seen:?}");
}

#[test]
fn a_wrong_import_is_found_wherever_it_hides() {
    let floors =
        floors(&fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap());
    assert_eq!(floors["domain"], 0);
    assert_eq!(floors["cli"], 8);
    let upward = "use crate::result::Layout;";
    let sideways = "mod tests {\n    use crate::{domain::Date, law::{Case, Law}, chance};\n}";
    let inline = "fn f() -> crate::world::World { todo }";
    assert_eq!(faults("measure", upward, &floors).len(), 1);
    assert_eq!(faults("customer", sideways, &floors).len(), 1);
    assert_eq!(faults("law", inline, &floors).len(), 1);
    assert_eq!(
        faults("chance", "use crate::measure::grid;", &floors).len(),
        1
    );
    let fine = "use crate::domain::Date; // not crate::world\nuse crate::law::Case;";
    assert!(faults("law", fine, &floors).is_empty());
    assert!(faults("cli", "use comity::{report, result::open};", &floors).is_empty());
}

/// Whoever states an interval asks `measure::stated` for it, so that `comity selfcheck` checks
/// it; what makes intervals is used in `measure` and, for the checks themselves, in `analysis`.
#[test]
fn intervals_are_stated_in_one_place() {
    let makers = [
        "wilson_interval",
        "mean_interval",
        "normal_interval",
        "QuantileRanks",
        ".quantile_interval(",
        ".interval_at(",
        ".interval(",
        "RatioOfSums",
        "PairedDifference",
        "CumulativeIncidence",
        "restricted_mean",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (mut wrong, mut looked_at) = (Vec::new(), 0);
    for file in files {
        let inside = file.strip_prefix(&root).unwrap().to_path_buf();
        if inside.starts_with("measure") || inside.starts_with("analysis") {
            continue;
        }
        looked_at += 1;
        let source = fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = source.lines().map(without_comment).collect();
        let code = code.join("\n");
        let used = makers.iter().filter(|maker| code.contains(**maker));
        wrong.extend(used.map(|maker| format!("{}: {maker}", inside.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(looked_at > 200, "{looked_at}");
}
