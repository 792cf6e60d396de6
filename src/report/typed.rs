//! Commands that are shown to be typed: words as a shell takes them, and the command that makes a
//! result again.

use std::fmt::Write as _;

use crate::result::{Identity, UNTIL};

/// The word itself, in quotes where a shell would change it.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The command that makes the tables of a result again, bit for bit. `scenario` is what was
/// simulated, as a command takes it, with what was laid over it; `folder` is where the result's
/// own files lie.
#[must_use]
pub fn command_again(identity: &Identity, scenario: &str, folder: &str) -> String {
    let said = |name: &str| identity.arguments.get(name).map(String::as_str);
    let mut text = format!("comity {}", identity.kind);
    // A table of jobs names scenarios itself. Writing to a String cannot fail.
    if said("jobs") != Some("true") {
        let _ = write!(text, " {scenario}");
    }
    let mut add = |option: &str, value: &str| {
        let _ = write!(text, " --{option} {}", quoted(value));
    };
    match identity.kind.as_str() {
        "compare" => of_comparison(&said, &mut add),
        "sweep" => of_sweep(&said, folder, &mut add),
        _ => of_run(&said, &mut add),
    }
    let is_paired = identity.baseline_digest.is_some() || identity.kind == "compare";
    if !is_paired && !scenario.contains(" --no-baseline") {
        text.push_str(" --no-baseline");
    }
    if identity.kind == "run" && said("csv") == Some("true") {
        text.push_str(" --csv");
    }
    let Identity {
        runs,
        customers,
        seed,
        ..
    } = identity;
    let _ = write!(text, " -n {runs} --customers {customers} --seed {seed}");
    text
}

type Said<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

/// What is kept, where it is not what is kept anyway; it decides which files there are.
fn of_run(said: &Said<'_>, add: &mut dyn FnMut(&str, &str)) {
    for ask in said(UNTIL).into_iter().flat_map(str::split_whitespace) {
        add(UNTIL, ask);
    }
    for (option, anyway) in [("keep", "3"), ("paths", "auto"), ("series", "standard")] {
        if let Some(value) = said(option).filter(|value| *value != anyway) {
            add(option, value);
        }
    }
}

/// By what options are judged and against which; the first needs no saying.
fn of_comparison(said: &Said<'_>, add: &mut dyn FnMut(&str, &str)) {
    let options = said("options").unwrap_or_default();
    let first = options
        .lines()
        .next()
        .and_then(|line| line.split(' ').next());
    for option in ["of", "against", "levers", UNTIL] {
        let value = said(option).unwrap_or_default();
        let needs_no_saying = value.is_empty() || (option == "against" && first == Some(value));
        if option == "levers" && !needs_no_saying {
            add(option, &value.replace(' ', ","));
        } else if !needs_no_saying {
            add(option, value);
        }
    }
}

/// What is varied; points of a table are taken from the result's own.
fn of_sweep(said: &Said<'_>, folder: &str, add: &mut dyn FnMut(&str, &str)) {
    let design = said("design").unwrap_or_default();
    if design == "table" {
        let option = if said("jobs") == Some("true") {
            "jobs"
        } else {
            "table"
        };
        add(option, &format!("{folder}/design.csv"));
    } else {
        for varied in said("vary").into_iter().flat_map(str::lines) {
            add("vary", varied);
        }
    }
    if matches!(design, "lhs" | "sobol") {
        add("design", design);
        add("points", said("points").unwrap_or_default());
    }
    if let Some(replicates) = said("replicates").filter(|replicates| *replicates != "1") {
        add("replicates", replicates);
    }
    if let Some(of) = said("of") {
        add("of", of);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn job(kind: &str, arguments: &[(&str, &str)]) -> Identity {
        let arguments = arguments.iter();
        let arguments = arguments.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Identity {
            kind: kind.to_owned(),
            scenario: "mine".to_owned(),
            scenario_digest: String::new(),
            baseline_digest: Some(String::new()),
            model_version: 3,
            seed: 7,
            runs: 40,
            customers: 200,
            arguments: arguments.collect::<BTreeMap<_, _>>(),
        }
    }

    #[test]
    fn a_command_says_all_that_makes_a_number_or_a_file() {
        let sized = "-n 40 --customers 200 --seed 7";
        let run = job(
            "run",
            &[
                ("keep", "5"),
                ("paths", "auto"),
                ("series", "totals"),
                ("csv", "true"),
                ("until", "a.median=0.5 b=2%"),
            ],
        );
        assert_eq!(
            command_again(&run, "mine.toml", "out"),
            format!(
                "comity run mine.toml --until a.median=0.5 --until b=2% --keep 5 --series totals \
                 --csv {sized}"
            )
        );
        let alone = Identity {
            baseline_digest: None,
            ..job("run", &[("keep", "3"), ("series", "standard")])
        };
        let expected = format!("comity run mine --no-baseline {sized}");
        assert_eq!(command_again(&alone, "mine", "out"), expected);
        assert_eq!(command_again(&alone, "mine --no-baseline", "out"), expected);
        let compared = job(
            "compare",
            &[
                ("options", "comply 0a\nkeys 0b"),
                ("of", "npv"),
                ("against", "keys"),
                ("levers", "exposure home"),
                ("tolerance", "none"),
            ],
        );
        assert_eq!(
            command_again(&compared, "mine --only comply,keys", "out"),
            format!(
                "comity compare mine --only comply,keys --of npv --against keys --levers \
                 exposure,home {sized}"
            )
        );
        let swept = [
            ("design", "sobol"),
            ("vary", "a.b=0.5..2:log\nc.d=x,\"y z\""),
            ("points", "8"),
            ("replicates", "1"),
            ("of", "npv,trust"),
            ("keep", "0"),
        ];
        assert_eq!(
            command_again(&job("sweep", &swept), "mine", "out"),
            format!(
                "comity sweep mine --vary a.b=0.5..2:log --vary 'c.d=x,\"y z\"' --design sobol \
                 --points 8 --of npv,trust {sized}"
            )
        );
        let jobs = [("design", "table"), ("jobs", "true"), ("vary", "a.b")];
        assert_eq!(
            command_again(&job("sweep", &jobs), "mine", "out"),
            format!("comity sweep --jobs out/design.csv {sized}")
        );
    }

    #[test]
    fn a_word_that_a_shell_would_change_stands_in_quotes() {
        let pairs = [
            ("preska-2014", "preska-2014"),
            ("out/my run", "'out/my run'"),
            ("it's", r"'it'\''s'"),
            ("title=\"x\"", "'title=\"x\"'"),
            ("", "''"),
        ];
        for (word, shown) in pairs {
            assert_eq!(quoted(word), shown);
        }
    }
}
