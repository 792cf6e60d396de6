//! Laying texts over each other, key by key: what a scenario extends below, its own text
//! above, and `--set` on top.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Problem;
use super::gather::{Gathered, extends};
use super::interval;
use super::lapse;
use super::nearest::advice;
use super::parse;
use super::path;
use super::source_text::{Place, SourceText};

/// The layers of `gathered` laid over each other; `texts` are those of the layers.
pub(super) fn merged<'t>(
    gathered: &'t Gathered,
    problems: &mut Vec<Problem>,
) -> Result<DeTable<'t>, Problem> {
    let mut done: Vec<DeTable<'t>> = Vec::with_capacity(gathered.layers.len());
    // Each layer comes after its parents, so one pass suffices.
    for layer in &gathered.layers {
        let mut own = parse::document(&layer.text, layer.base)?;
        extends(&mut own)?;
        if let Some((key, _)) = own
            .get_key_value("under")
            .filter(|_| !layer.parents.is_empty())
        {
            let message = "only a frozen text, which extends nothing, says `under`";
            let problem = Problem::at(key.span(), message);
            problems.push(problem.help("ask for an option with `--option NAME`"));
        }
        let mut base = DeTable::new();
        for &parent in &layer.parents {
            lay_over(&mut base, done[parent].clone(), problems);
        }
        lay_over(&mut base, own, problems);
        done.push(base);
    }
    Ok(done.pop().unwrap_or_default())
}

/// Lays a text over another and ends the correlations of inputs that it fixes or removes, and
/// the sources of what it removes.
pub(super) fn lay_over<'t>(base: &mut DeTable<'t>, over: DeTable<'t>, problems: &mut Vec<Problem>) {
    let in_force = lapse::in_force(base, &over);
    let cited = lapse::sources_of_something(base, &over);
    merge(base, over, problems);
    lapse::remove_lapsed(base, &in_force);
    lapse::remove_sources_of_nothing(base, &cited);
}

/// Lays `over` on `base`: tables are merged key by key, all else is replaced. A table with
/// `dist` is a distribution and is replaced whole; one with `remove = true` is deleted.
fn merge<'t>(base: &mut DeTable<'t>, over: DeTable<'t>, problems: &mut Vec<Problem>) {
    merge_in(Within::Root, base, over, problems);
}

/// Where a table stands: what an option sets is a text that waits, with its removals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Root,
    Options,
    Option,
    Set,
    Elsewhere,
}

impl Within {
    fn below(self, key: &str) -> Self {
        match (self, key) {
            (Self::Root, "option") => Self::Options,
            (Self::Options, _) => Self::Option,
            (Self::Option, "set") | (Self::Set, _) => Self::Set,
            _ => Self::Elsewhere,
        }
    }
}

fn merge_in<'t>(
    within: Within,
    base: &mut DeTable<'t>,
    over: DeTable<'t>,
    problems: &mut Vec<Problem>,
) {
    for (key, value) in over {
        let place = value.span();
        let name = key.get_ref().clone();
        let waits = within == Within::Set;
        let table = match value.into_inner() {
            DeValue::Table(table)
                if !(table.contains_key("dist") || waits && table.contains_key("remove")) =>
            {
                table
            }
            other => {
                base.remove(name.as_ref());
                base.insert(key, Spanned::new(place, other));
                continue;
            }
        };
        if let Some(remove) = table.get("remove") {
            let removed = base.remove(name.as_ref()).is_some();
            problems.extend(removal(&key, &table, remove, removed));
            continue;
        }
        let mut below = match base.remove(name.as_ref()).map(Spanned::into_inner) {
            Some(DeValue::Table(below)) if !(waits && below.contains_key("remove")) => below,
            _ => DeTable::new(),
        };
        merge_in(within.below(&name), &mut below, table, problems);
        base.insert(key, Spanned::new(place, DeValue::Table(below)));
    }
}

/// Lets `tree` be asked what `asked` is asked: it takes its metrics in place of its own, and
/// its named customers unless it has its own of that name; neither moves anything else. It
/// draws from the same posterior, if there is one.
pub(super) fn observe_alike<'t>(tree: &mut DeTable<'t>, mut asked: DeTable<'t>) {
    tree.remove("metric");
    // They speak of metrics, and say nothing of what is simulated.
    tree.remove("decision");
    tree.remove("observation");
    tree.remove("backtest");
    // Nor does what was learned hold in a world that did not come about.
    tree.remove("fact");
    // Both worlds draw the same inputs.
    tree.remove("inputs");
    if let Some((key, inputs)) = asked.remove_entry("inputs") {
        tree.insert(key, inputs);
    }
    if let Some((key, metrics)) = asked.remove_entry("metric") {
        tree.insert(key, metrics);
    }
    let Some((key, customers)) = asked.remove_entry("customer") else {
        return;
    };
    let place = customers.span();
    let DeValue::Table(mut rows) = customers.into_inner() else {
        return;
    };
    if let Some(DeValue::Table(own)) = tree.remove("customer").map(Spanned::into_inner) {
        for (name, row) in own {
            rows.remove(name.get_ref().as_ref());
            rows.insert(name, row);
        }
    }
    tree.insert(key, Spanned::new(place, DeValue::Table(rows)));
}

/// What is wrong with a table that has the key `remove`.
fn removal(
    key: &Spanned<toml::de::DeString<'_>>,
    table: &DeTable<'_>,
    remove: &Spanned<DeValue<'_>>,
    removed: bool,
) -> Option<Problem> {
    let name = key.get_ref();
    if remove.get_ref().as_bool() != Some(true) {
        let message = "`remove` can only be `true`";
        return Some(Problem::at(remove.span(), message).help("leave it out to keep the table"));
    }
    if table.len() > 1 {
        let message = format!("`{name}` is removed and also given fields");
        return Some(Problem::at(remove.span(), message).help("do one of the two"));
    }
    (!removed).then(|| {
        let message = format!("there is no `{name}` here to remove");
        Problem::at(remove.span(), message)
    })
}

/// Adds each `PATH=VALUE` to the sources, as `--set #1` and so on, and returns where each
/// begins.
pub(super) fn add_settings(sources: &mut SourceText, settings: &[String]) -> Vec<usize> {
    let mut bases = Vec::with_capacity(settings.len());
    for (i, setting) in settings.iter().enumerate() {
        bases.push(sources.add(format!("--set #{}", i + 1), setting.as_str()));
    }
    bases
}

/// The table with one value that `PATH=VALUE` at `base` of the virtual text stands for.
pub(super) fn setting(text: &str, base: usize) -> Result<DeTable<'_>, Problem> {
    const FORM: &str = "write `--set PATH=VALUE`, as in `--set choice.classes=8`";
    let whole = base..base + text.len();
    let Some(equals) = text.find('=') else {
        return Err(Problem::at(whole, "`--set` without `=`").help(FORM));
    };
    let left = &text[..equals];
    let indent = left.len() - left.trim_start().len();
    let segments = path::parse(left.trim()).map_err(|(at, why)| {
        let at = base + indent + at.start..base + indent + at.end;
        Problem::at(at, format!("this is no path: {why}")).help(FORM)
    })?;
    if segments[0].0 == "extends" {
        let message = "`extends` cannot be set";
        return Err(Problem::at(whole, message).help("write a file that extends what you want"));
    }
    if segments[0].0 == "under" {
        let message = "`under` cannot be set";
        return Err(Problem::at(whole, message).help("ask for an option with `--option NAME`"));
    }
    let mut value = set_value(&text[equals + 1..], base + equals + 1)?;
    for (key, at) in segments.into_iter().rev() {
        let start = base + indent + at.start;
        let place = start..base + indent + at.end;
        let mut table = DeTable::new();
        let end = value.span().end;
        table.insert(Spanned::new(place, key.into()), value);
        value = Spanned::new(start..end, DeValue::Table(table));
    }
    match value.into_inner() {
        DeValue::Table(table) => Ok(table),
        _ => Err(Problem::at(whole, "this is no path").help(FORM)),
    }
}

/// What is wrong with a setting that reaches into a row that there is not, such as
/// `provider.mircosoft.price`; a whole new row can be set.
pub(super) fn unknown_row(
    tree: &DeTable<'_>,
    setting: &str,
    over: &DeTable<'_>,
) -> Option<Problem> {
    let (table, rows) = over.iter().next()?;
    let (row, _) = rows.get_ref().as_table()?.iter().next()?;
    // `--set a.b.c=…` is about a part of the row; `--set a.b={…}` gives one.
    let path = setting.split('=').next().unwrap_or_default();
    let is_part = path::parse(path.trim()).is_ok_and(|keys| keys.len() > 2);
    let known = tree.get(table.get_ref().as_ref())?.get_ref().as_table()?;
    let has_rows = known.values().all(|row| row.get_ref().is_table());
    if !is_part || !has_rows || known.contains_key(row.get_ref().as_ref()) {
        return None;
    }
    let names: Vec<&str> = known.keys().map(|key| key.get_ref().as_ref()).collect();
    let message = format!("there is no [{}.{}]", table.get_ref(), row.get_ref());
    Some(Problem::at(row.span(), message).maybe_help(advice(row.get_ref(), &names)))
}

/// A TOML value, or a word or interval without quotes.
fn set_value(text: &str, base: usize) -> Result<Spanned<DeValue<'_>>, Problem> {
    let indent = text.len() - text.trim_start().len();
    let word = text.trim();
    let base = base + indent;
    let place: Place = base..base + word.len();
    if word.is_empty() {
        return Err(
            Problem::at(place, "`--set` without a value").help("an empty text is written `''`")
        );
    }
    let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    // As a shell leaves it: `--set x="5 to 12"`.
    let is_interval = interval::parse(word).is_some();
    let reserved = matches!(word, "true" | "false" | "nan" | "inf");
    if is_interval || (is_word && !reserved) {
        let string = DeValue::String(word.to_owned().into());
        return Ok(Spanned::new(place, string));
    }
    parse::value(word, base).map_err(|problem| match problem.help {
        None if problem.message.contains("this is no") => {
            problem.help("a value is written as in the file; a text of several words needs quotes")
        }
        _ => problem,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &'static str) -> DeTable<'static> {
        parse::document(text, 0).unwrap()
    }

    fn over(base: &'static str, over: &'static str) -> (String, Vec<Problem>) {
        let mut table = parsed(base);
        let mut problems = Vec::new();
        merge(&mut table, parsed(over), &mut problems);
        (crate::scenario::freeze::frozen(&table), problems)
    }

    #[test]
    fn tables_merge_and_lists_replace() {
        let (text, problems) = over("[a]\nx = 1\ny = [1, 2]\n", "[a]\ny = [3]\n[b]\nz = 2\n");
        assert_eq!(text, "[a]\nx = 1\ny = [3]\n\n[b]\nz = 2\n");
        assert_eq!(problems, []);
    }

    #[test]
    fn a_distribution_replaces_another_whole() {
        let base = "x = { dist = 'beta', mean = 0.5, strength = 8 }";
        let (text, _) = over(base, "x = { dist = 'uniform', low = 0, high = 1 }");
        assert_eq!(text, "x = { dist = \"uniform\", high = 1, low = 0 }\n");
        let (text, _) = over(base, "x = { mean = 0.4 }");
        assert_eq!(text, "x = { dist = \"beta\", mean = 0.4, strength = 8 }\n");
    }

    #[test]
    fn remove_deletes_what_was_below_and_nothing_else() {
        let (text, problems) = over("[a.b]\nx = 1\n[a.c]\ny = 1", "[a.b]\nremove = true");
        assert_eq!((text.as_str(), problems.len()), ("[a.c]\ny = 1\n", 0));
        for wrong in [
            "[a.z]\nremove = true",
            "[a.b]\nremove = false",
            "[a.b]\nremove = true\nx = 2",
        ] {
            assert_eq!(over("[a.b]\nx = 1", wrong).1.len(), 1, "{wrong}");
        }
    }

    #[test]
    fn a_baseline_is_asked_alike_and_keeps_its_own_customers() {
        let mut tree = parsed("runs = 1\n[customer.a]\nx = 1\n[metric.old]\nx = 1\n");
        let asked = "runs = 2\n[customer.a]\nx = 2\n[customer.b]\nx = 2\n[metric.new]\nx = 2\n";
        observe_alike(&mut tree, parsed(asked));
        assert_eq!(
            crate::scenario::freeze::frozen(&tree),
            "runs = 1\n\n[customer.a]\nx = 1\n\n[customer.b]\nx = 2\n\n[metric.new]\nx = 2\n"
        );
        let mut tree = parsed("[metric.old]\nx = 1\n");
        observe_alike(&mut tree, parsed("[customer.b]\nx = 2\n"));
        assert_eq!(
            crate::scenario::freeze::frozen(&tree),
            "[customer.b]\nx = 2\n"
        );
    }

    #[test]
    fn what_an_option_sets_keeps_its_removals_until_it_is_laid_over() {
        let base = "[a.b]\nx = 1\n[option.o.set.a.b]\nremove = true\n[option.p.set.a.b]\nx = 2\n";
        let (text, problems) = over("", base);
        assert_eq!(problems, []);
        assert!(text.contains("remove = true"), "{text}");
        // A child says otherwise, both ways.
        let (text, problems) = over(base, "[option.o.set.a.b]\nx = 3");
        assert_eq!(problems, []);
        assert!(!text.contains("remove"), "{text}");
        let (text, problems) = over(base, "[option.p.set.a.b]\nremove = true");
        assert_eq!(problems, []);
        assert!(!text.contains("x = 2"), "{text}");
        // An option itself is removed as any row is.
        let (text, problems) = over(base, "[option.o]\nremove = true");
        assert_eq!(problems, []);
        assert!(!text.contains("option.o"), "{text}");
    }

    #[test]
    fn a_setting_is_a_small_file() {
        for (text, file) in [
            ("a.b=1.5", "[a]\nb = 1.5\n"),
            (" a . b", ""),
            ("a.b = word-1", "[a]\nb = \"word-1\"\n"),
            ("a.\"b.c\"='two words'", "[a]\n\"b.c\" = \"two words\"\n"),
            ("start=2014-07-31", "start = 2014-07-31\n"),
            ("a=true", "a = true\n"),
            ("a=5 to 12", "a = \"5 to 12\"\n"),
            ("a=", ""),
            ("=1", ""),
            ("a=two words", ""),
            ("a=[1", ""),
        ] {
            let table = setting(text, 0).map(|table| crate::scenario::freeze::frozen(&table));
            assert_eq!(table.unwrap_or_default(), file, "{text}");
        }
    }
}
