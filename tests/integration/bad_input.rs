//! What a user reads when a scenario is wrong. Each entry makes one small scenario wrong
//! in one way; the snapshot is the page of all messages, to be read as a user would.

use std::fs;

use comity::scenario::{ScenarioTarget, load, load_text};

const FIXTURE: &str = include_str!("../../src/scenario/fixture.toml");

/// Replaces the only or first `from` and says what comes of it.
fn edited(from: &str, to: &str) -> String {
    assert!(FIXTURE.contains(from), "the fixture has no {from:?}");
    message(&FIXTURE.replacen(from, to, 1), &[])
}

fn added(text: &str) -> String {
    message(&format!("{FIXTURE}\n{text}\n"), &[])
}

fn set(setting: &str) -> String {
    message(FIXTURE, &[setting])
}

fn message(text: &str, settings: &[&str]) -> String {
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    match load_text("small.toml", text, &settings) {
        Ok(_) => "accepted\n".to_owned(),
        Err(error) => error.render(false),
    }
}

fn page(entries: &[(&str, String)]) -> String {
    entries
        .iter()
        .map(|(title, message)| format!("# {title}\n{message}\n"))
        .collect()
}

#[test]
fn the_fixture_is_accepted() {
    assert_eq!(message(FIXTURE, &[]), "accepted\n");
}

#[test]
fn text_and_types() {
    insta::assert_snapshot!(page(&[
        ("empty", message("", &[])),
        ("no TOML", edited("start = 2014-07-31", "start = = 2014")),
        ("not closed", edited("title = \"Acme\"", "title = \"Acme")),
        ("a key twice", edited("runs = 10", "runs = 10\nruns = 20")),
        ("a table twice", added("[provider.acme]\nparent = \"US\"")),
        ("an unknown table", added("[providers.acme]")),
        (
            "an unknown field",
            edited("contest_to = \"circuit\"", "contst_to = \"circuit\"")
        ),
        (
            "an unknown field of the head",
            edited("horizon_months", "horizon_month")
        ),
        ("a far field", edited("bad_prior", "prior_of_bad_things")),
        (
            "another unit",
            edited("hazard_per_year = 0.1", "hazard_per_month = 0.01")
        ),
        (
            "another unit of money",
            edited("spend_musd_per_year = 6000", "spend_eur_per_year = 6")
        ),
        ("a missing field", edited("nest_scale = 0.3\n", "")),
        (
            "a missing table",
            edited(
                "[survey]\nthreshold = 0.12\nnoise = 0.08\nlapse = 0.05\n",
                ""
            )
        ),
        ("a missing title", edited("title = \"A small world\"\n", "")),
        (
            "text for a number",
            edited("home_weight = 0.8", "home_weight = \"high\"")
        ),
        (
            "a date for a number",
            edited("home_weight = 0.8", "home_weight = 2014-01-01")
        ),
        ("a number for text", edited("parent = \"US\"", "parent = 1")),
        (
            "a part for a whole number",
            edited("classes = 8", "classes = 8.5")
        ),
        (
            "a list for a table",
            edited("media = { EU = 1, US = 0.5 }", "media = [1, 0.5]")
        ),
        (
            "a number for a table",
            edited("posture = { contest_to = \"none\" }", "posture = 3")
        ),
        ("a list for tables", added("[[decision]]\nx = 1")),
        (
            "rows that are none",
            edited("[concern]\nhalf_life_months = 30", "concern = 30")
        ),
        ("NaN", edited("home_weight = 0.8", "home_weight = nan")),
        (
            "infinity in a distribution",
            edited("mean = 0.14", "mean = inf")
        ),
        (
            "a number too large",
            edited("home_weight = 0.8", "home_weight = 1e999")
        ),
        (
            "a whole number too large",
            edited(
                "runs = 10",
                "runs = 99999999999999999999999999999999999999999999"
            )
        ),
        (
            "deep nesting",
            added(&format!("[x]\ny = {}", "[".repeat(10_000)))
        ),
        (
            "a hostile name",
            added("[provider.\"../../etc/passwd\"]\nparent = \"US\"")
        ),
        (
            "a name that a terminal obeys",
            added("[provider.\"\\u001b[2Jx\"]\nparent = \"US\"")
        ),
        (
            "a long name",
            added(&format!("[provider.{}]\nparent = \"US\"", "x".repeat(200)))
        ),
        ("another version", edited("comity = 1", "comity = 2")),
        ("two models", added("[market_benchmark]\ngroups = 1")),
    ]));
}

#[test]
fn numbers_and_distributions() {
    let location = |to: &str| {
        edited(
            "location_protects = { dist = \"beta\", mean = 0.5, strength = 8 }",
            &format!("location_protects = {to}"),
        )
    };
    insta::assert_snapshot!(page(&[
        ("no chance", location("1.5")),
        (
            "a normal chance",
            location("{ dist = \"normal\", mean = 0.5, sd = 0.1 }")
        ),
        (
            "an unknown family",
            location("{ dist = \"betta\", mean = 0.5, strength = 8 }")
        ),
        (
            "a family to come",
            location("{ dist = \"cauchy\", mean = 0.5 }")
        ),
        (
            "a parameter of another family",
            location("{ dist = \"beta\", mean = 0.5, sd = 0.1 }")
        ),
        (
            "an unknown parameter",
            location("{ dist = \"beta\", mean = 0.5, strenght = 8 }")
        ),
        (
            "a missing parameter",
            location("{ dist = \"beta\", mean = 0.5 }")
        ),
        (
            "a table without dist",
            location("{ mean = 0.5, strength = 8 }")
        ),
        (
            "a mean outside",
            location("{ dist = \"beta\", mean = 1, strength = 8 }")
        ),
        (
            "no strength",
            location("{ dist = \"beta\", mean = 0.5, strength = 0 }")
        ),
        ("p90 below the median", edited("p90 = 1200", "p90 = 800")),
        (
            "p90 and sigma",
            edited("p90 = 1200", "p90 = 1200, sigma = 1")
        ),
        ("no spread", edited(", p90 = 1200", "")),
        (
            "a triangle turned round",
            edited("mode = 0.25", "mode = 0.5")
        ),
        (
            "a uniform turned round",
            edited("low = 1.5, high = 2.6", "low = 2.6, high = 1.5")
        ),
        (
            "chances of other sum",
            edited("chances = [0.25, 0.75]", "chances = [0.25, 0.7]")
        ),
        (
            "chances of other number",
            edited("chances = [0.25, 0.75]", "chances = [1]")
        ),
        (
            "a distribution of what is known",
            edited(
                "mean_degree = 8",
                "mean_degree = { dist = \"uniform\", low = 1, high = 2 }"
            )
        ),
        ("negative days", edited("days = 2", "days = -2")),
        (
            "days that may be negative",
            edited("days = 2", "days = { dist = \"normal\", mean = 2, sd = 1 }")
        ),
        (
            "runaway feedback",
            edited("peer_weight = 0.15", "peer_weight = 0.6")
        ),
        (
            "unbounded feedback",
            edited(
                "peer_weight = 0.15",
                "peer_weight = { dist = \"lognormal\", median = 0.1, sigma = 0.2 }"
            )
        ),
        ("too many classes", edited("classes = 8", "classes = 17")),
        ("no runs", edited("runs = 10", "runs = 0")),
        ("no customers", edited("customers = 100", "customers = 0")),
        (
            "negative customers",
            edited("customers = 100", "customers = -5")
        ),
        (
            "too long",
            edited("horizon_months = 24", "horizon_months = 601")
        ),
        (
            "no horizon",
            edited("horizon_months = 24", "horizon_months = 0")
        ),
        (
            "shares of a market",
            edited(
                "provider_share = { acme = 0.6, bolt = 0.4 }",
                "provider_share = { acme = 0.6, bolt = 0.3 }"
            )
        ),
        (
            "a share too small",
            edited("acme = 0.9, bolt = 0.1", "acme = 1, bolt = 0")
        ),
        (
            "a share missing",
            edited("acme = 0.9, bolt = 0.1", "acme = 1")
        ),
        (
            "shares of segments",
            edited(
                "consumer = 0.1, enterprise = 0.9",
                "consumer = 0.1, enterprise = 0.8"
            )
        ),
        (
            "shares of customers",
            edited("customers_share = 0.2", "customers_share = 0.1")
        ),
        (
            "weights of circuits",
            edited("weight = 0.4", "weight = 0.5")
        ),
        (
            "more than all demands",
            edited("narrowed = 0.25", "narrowed = 0.99")
        ),
        ("a range in reach", edited("direct = 0.8", "direct = 1")),
        (
            "two mistakes at once",
            message(
                &FIXTURE
                    .replace("classes = 8", "classes = 0")
                    .replace("runs = 10", "runs = 0"),
                &[]
            )
        ),
    ]));
}

#[test]
fn names_dates_and_law() {
    insta::assert_snapshot!(page(&[
        (
            "an unknown provider",
            edited("provider = \"bolt\"", "provider = \"bult\"")
        ),
        (
            "an unknown country",
            edited("parent = \"DE\"", "parent = \"FR\"")
        ),
        (
            "an unknown level",
            edited("contest_to = \"circuit\"", "contest_to = \"circut\"")
        ),
        (
            "an unknown control",
            edited("control = \"direct\"", "control = \"owned\"")
        ),
        ("an unknown custody", edited("\"customer\"]", "\"client\"]")),
        (
            "an unknown segment",
            edited("enterprise = 0.7", "entreprise = 0.7")
        ),
        ("a missing control", edited(", customer_keys = 0.05", "")),
        (
            "a public without attention",
            edited("media = { EU = 1, US = 0.5 }", "media = { EU = 1 }")
        ),
        (
            "a country for a public",
            edited("media = { EU = 1,", "media = { DE = 1, EU = 1,")
        ),
        ("a latency missing", edited("[latency.US]\nDE = 0.6\n", "")),
        (
            "a belief missing",
            edited("[belief.US]\nlocation_protects = 0.3\n", "")
        ),
        (
            "a segment missing",
            edited(
                "[segment.regulated]\nconcern_factor = 1.3\nhome_factor = 1.3\nsize_log_sd = 1.4\ncustomers_share = 0.2\n",
                ""
            )
        ),
        (
            "no such day",
            edited("start = 2014-07-31", "start = 2014-02-30")
        ),
        (
            "a date as text",
            edited("start = 2014-07-31", "start = \"31 July 2014\"")
        ),
        (
            "a date with time",
            edited("start = 2014-07-31", "start = 2014-07-31T12:00:00Z")
        ),
        (
            "a start too late",
            edited("start = 2014-07-31", "start = 2150-01-01")
        ),
        (
            "spun up after the start",
            edited("spin_up_from = 2013-06-01", "spin_up_from = 2014-08-01")
        ),
        (
            "closed before opened",
            edited("closes = 2016-01-01", "closes = 2014-12-01")
        ),
        (
            "nothing open at the start",
            edited("[region.bolt-de]", "[region.bolt-de]\nopens = 2015-01-01")
        ),
        (
            "an unknown first node",
            edited("first = \"district\"", "first = \"distrct\"")
        ),
        (
            "an unknown next node",
            edited("to = \"stay\"", "to = \"stayed\"")
        ),
        (
            "a node that nothing leads to",
            edited("to = \"petition\"", "to = \"appeal\"")
        ),
        (
            "a case without end",
            edited("ends = \"complied\"", "to = \"appeal\"").replace("\n\n", "\n")
        ),
        (
            "a circle",
            message(
                &FIXTURE
                    .replace("ends = \"government\"", "to = \"stay\"")
                    .replace(
                        "tie = true\nfavours = \"government\"\nrules = true\nto = \"stay\"",
                        "tie = true\nfavours = \"government\"\nrules = true\nto = \"stay\""
                    )
                    .replace(
                        "rules = true\nends = \"provider\"",
                        "rules = true\nto = \"stay\""
                    ),
                &[]
            )
        ),
        (
            "chances of outcomes",
            edited("chance = 0.9\n", "chance = 0.8\n")
        ),
        ("a chance missing", edited("chance = 0.9\n", "")),
        (
            "a chance in a contest",
            edited("carries = true", "carries = true\nchance = 0.5")
        ),
        (
            "a contest that nobody carries",
            edited("carries = true\n", "")
        ),
        ("a vote without a tie", edited("tie = true\n", "")),
        ("a vote without judges", edited("judges = 8\n", "")),
        (
            "judges without a vote",
            edited("kind = \"step\"", "kind = \"step\"\njudges = 3")
        ),
        (
            "to and ends",
            edited("to = \"appeal\"", "to = \"appeal\"\nends = \"provider\"")
        ),
        ("neither to nor ends", edited("to = \"appeal\"\n", "")),
        ("rules for nobody", edited("favours = \"government\"\n", "")),
        (
            "an unknown effect",
            edited("sets = [\"stayed\"]", "sets = [\"stay\"]")
        ),
        ("an unknown exit", edited("exit.statute", "exit.government")),
        ("a circuit missing", edited("circuit = \"second\"\n", "")),
        (
            "an unknown circuit",
            edited("circuit = \"second\"", "circuit = \"secnd\"")
        ),
        (
            "no doctrine",
            edited("asserting = \"US\"", "asserting = \"DE\"")
        ),
        (
            "a history off the path",
            edited("history.stay]", "history.petition]").replace("\n\n", "\n")
        ),
        (
            "a history out of order",
            edited("date = 2014-05-01", "date = 2014-04-01")
        ),
        (
            "a history after the start",
            edited("date = 2014-05-01", "date = 2014-09-01")
        ),
        (
            "an unknown outcome",
            edited("outcome = \"granted\"", "outcome = \"grant\"")
        ),
        (
            "a history that ends",
            edited(
                "[case.one.history.stay]\noutcome = \"granted\"\ndate = 2014-05-01",
                "[case.one.history.appeal]\noutcome = \"yields\"\ndate = 2014-05-01"
            )
        ),
        (
            "a force outside",
            edited("date = 2013-06-05", "date = 2012-06-05")
        ),
        (
            "a force of nothing",
            edited("leak = { by = \"US\", severity = 0.6 }", "")
        ),
        (
            "an unknown observable",
            edited("of = \"trust\"", "of = \"trusts\"")
        ),
        (
            "a far observable",
            edited("of = \"trust\"", "of = \"happiness\"")
        ),
        (
            "a metric of no case",
            edited("of = \"case_days\"\ncase = \"one\"", "of = \"case_days\"")
        ),
        (
            "a metric's name",
            edited("metric.trust_eu", "metric.TrustEU")
        ),
        (
            "a metric outside",
            edited("at = 2015-07-31", "at = 2030-07-31")
        ),
        (
            "two first headlines",
            edited(
                "case = \"one\"\n\n[sources]",
                "case = \"one\"\nheadline = 1\n\n[sources]"
            )
        ),
        (
            "an assumption without reason",
            edited("\"assumed: by analogy\"", "\"assumed\"")
        ),
        (
            "unknown evidence",
            edited("T01-T04, T09: the record", "T01-T999")
        ),
        (
            "no source",
            edited("T01-T04, T09: the record", "my own view!")
        ),
        ("no path", edited("\"belief\" =", "\"belief..x\" =")),
        (
            "an unknown baseline",
            edited("runs = 10", "runs = 10\nbaseline = \"no-ordr\"")
        ),
    ]));
}

#[test]
fn inheritance_and_settings() {
    let extending = |names: &str| message(&format!("extends = {names}\n"), &[]);
    insta::assert_snapshot!(page(&[
        ("an unknown parent", extending("\"cloud-2041\"")),
        ("a missing file", extending("\"no/such/file.toml\"")),
        ("a parent that is no name", extending("3")),
        ("a library alone", extending("[\"cloud-2014\", \"us-sca\"]")),
        (
            "remove what is not there",
            added("[provider.zeta]\nremove = true")
        ),
        (
            "remove and give",
            edited("parent = \"DE\"", "parent = \"DE\"\nremove = true")
        ),
        ("--set of an unknown field", set("choice.nest_scal=0.3")),
        ("--set of the wrong type", set("choice.nest_scale=small")),
        ("--set out of range", set("belief.DE.location_protects=1.2")),
        (
            "--set in a distribution",
            set("belief.DE.location_protects.strength=0")
        ),
        ("--set of an unknown table", set("provider.gamma.parent=US")),
        ("--set without a value", set("choice.nest_scale=")),
        ("--set without a path", set("=3")),
        ("--set without =", set("choice.nest_scale")),
        ("--set of two words", set("title=two words")),
        ("--set of extends", set("extends=cloud-2014")),
        ("--set of nan", set("choice.nest_scale=nan")),
        ("--set into a number", set("start.x=1")),
    ]));
}

#[test]
fn files() {
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
    let large = fs::File::create(path("large.toml")).unwrap();
    large.set_len(10_000_001).unwrap();

    let opened = |name: &str| {
        let target = ScenarioTarget::parse(path(name).to_str().unwrap());
        match load(&target, &[]) {
            Ok(_) => "accepted\n".to_owned(),
            Err(error) => error.render(false),
        }
    };
    let named = |name: &str| match load(&ScenarioTarget::parse(name), &[]) {
        Ok(_) => "accepted\n".to_owned(),
        Err(error) => error.render(false),
    };
    let page = page(&[
        ("a folder", opened("")),
        ("no such file", opened("none.toml")),
        ("not UTF-8", opened("latin.toml")),
        ("too large", opened("large.toml")),
        ("a name for no result", opened("bad name!.toml")),
        ("a circle", opened("a.toml")),
        ("itself", opened("self.toml")),
        ("wrong in both files", opened("child.toml")),
        ("an unknown name", named("preska-2041")),
        ("a far name", named("whatever")),
        ("a library", named("cloud-2014")),
    ]);
    let shown = folder.path().to_str().unwrap();
    let whole = fs::canonicalize(folder.path()).unwrap();
    insta::assert_snapshot!(
        page.replace(whole.to_str().unwrap(), "FOLDER")
            .replace(shown, "FOLDER")
    );
}
