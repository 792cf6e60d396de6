//! What holds of every text, however wrong: an answer, never a panic; and of every right
//! one: settings are edits, frozen texts are themselves.

use proptest::prelude::*;

use super::resolved::{Destination, Leave, Model, Scenario};
use super::{Overlay, ScenarioError, check_text, library, load_text};
use crate::domain::OfferingId;

const FIXTURE: &str = concat!(
    include_str!("fixture.toml"),
    include_str!("customer_fixture.toml")
);
const DECISION: &str = include_str!("fixture-decision.toml");

fn loaded(text: &str, settings: &[&str]) -> Result<Scenario, ScenarioError> {
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    load_text("text", text, &settings)
}

/// Loads and shows what comes of it.
fn answered(text: &str, settings: &[&str]) {
    if let Err(error) = loaded(text, settings) {
        shown(&error);
    }
}

/// It can be shown, and every place in it lies in a text that was read.
fn shown(error: &ScenarioError) {
    assert!(!error.render(false).is_empty());
    assert!(!error.render(true).is_empty());
    let ScenarioError::Invalid { problems, sources } = error else {
        return;
    };
    assert!(!problems.is_empty());
    for place in problems.iter().filter_map(|problem| problem.place.as_ref()) {
        let located = sources.locate(place);
        let located = located.unwrap_or_else(|| panic!("{place:?} is nowhere"));
        assert!(located.text.get(located.span.clone()).is_some());
        assert!(sources.end() >= Some(place.end), "{place:?} is beyond all");
    }
}

/// Pieces that parsers stumble over.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "\"",
        "'",
        "\"\"\"",
        "{",
        "}",
        "[",
        "]",
        "[[",
        "=",
        ".",
        ",",
        "\n",
        "\r\n",
        "#",
        "\0",
        "\u{feff}",
        "é",
        "\u{202e}",
        "1e999",
        "-1",
        "nan",
        "inf",
        "0x7f",
        "1979-05-27T07:32:00Z",
        "true",
        "\"\\u0000\"",
        "extends = \"fixture\"\n",
        "remove = true\n",
        "[provider.acme]\n",
        "dist = \"normal\"\n",
        "{ dist = \"beta\", mean = 0.5 }",
        "{ dist = \"gamma\", mean = 1e-300, sd = 1e300 }",
        "{ dist = \"weibull\", shape = 1e-9, scale = 1 }",
        "{ dist = \"beta\", mean = 0.5, strength = 1e300 }",
        "\"5 to 12\"",
        "\"0.1 to 0.100000001\"",
        "99999999999999999999",
        "''",
    ];
    prop_oneof![
        proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        ".{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_answered(text in "(?s).{0,300}", setting in "(?s).{0,40}") {
        answered(&text, &[&setting]);
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, &bytes).unwrap();
        if let Err(error) = super::load(&super::ScenarioTarget::File(path), &[]) {
            shown(&error);
        }
    }

    /// A valid file with some bytes replaced, and a child that extends it.
    #[test]
    fn any_bytes_in_a_base_are_answered(
        edits in proptest::collection::vec((0..FIXTURE.len(), any::<u8>()), 1..5)
    ) {
        let mut bytes = FIXTURE.as_bytes().to_vec();
        for (at, byte) in edits {
            bytes[at] = byte;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("base.toml"), &bytes).unwrap();
        std::fs::write(path("child.toml"), "extends = \"base.toml\"\nruns = 7\n").unwrap();
        for name in ["base.toml", "child.toml"] {
            if let Err(error) = super::load(&super::ScenarioTarget::File(path(name)), &[]) {
                shown(&error);
            }
        }
    }

    /// Whatever is extended, chosen and set.
    #[test]
    fn any_overlay_is_answered(
        parent in prop_oneof![piece(), "[a-z./~-]{0,12}"],
        option in prop_oneof![piece(), "(?s).{0,20}"],
        key in prop_oneof![
            piece(), Just("choice.classes".to_owned()), Just("belief.DE".to_owned()),
            Just("option.comply.set.choice".to_owned()), Just("correlation".to_owned()),
        ],
        value in piece(),
    ) {
        let child = format!("extends = {parent:?}\n{DECISION}");
        let overlay = Overlay {
            option: Some(option),
            settings: vec![format!("{key}={value}"), format!("{key}.x={value}")],
            ..Overlay::default()
        };
        for text in [&child, &[FIXTURE, DECISION].concat()] {
            for loaded in [load_text("text", text, &overlay), load_text("text", text, &overlay.settings)] {
                if let Err(error) = loaded {
                    shown(&error);
                }
            }
        }
    }

    #[test]
    fn any_heap_of_pieces_is_answered(pieces in proptest::collection::vec(piece(), 0..40)) {
        answered(&pieces.concat(), &[]);
    }

    /// A valid scenario, cut and patched at some places.
    #[test]
    fn any_mutation_is_answered(
        edits in proptest::collection::vec((0..FIXTURE.len(), 0..60_usize, piece()), 1..6)
    ) {
        let mut text = FIXTURE.to_owned();
        for (at, length, piece) in edits {
            // The fixture is plain ASCII; what was patched in may not be.
            let floor = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let range = floor(at)..floor(at + length);
            text.replace_range(range, &piece);
        }
        answered(&text, &[]);
    }

    /// What is decided, moved and observed, one value of it replaced: looked into as far as
    /// it goes, also under an option.
    #[test]
    fn any_other_decision_is_answered(line in 0..DECISION.lines().count(), value in piece()) {
        let lines = DECISION.lines().enumerate().map(|(index, text)| {
            match text.split_once(" = ") {
                Some((key, _)) if index == line => format!("{key} = {value}\n"),
                _ if index == line && text.starts_with('[') => format!("{value}\n"),
                _ => format!("{text}\n"),
            }
        });
        let text = [FIXTURE, &lines.collect::<String>()].concat();
        let comply = Overlay {
            option: Some("comply".to_owned()),
            settings: Vec::new(),
            ..Overlay::default()
        };
        for checked in [check_text("text", &text, &comply), check_text("text", &text, &[])] {
            if let Err(error) = checked {
                shown(&error);
            }
        }
    }

    /// One value of a valid scenario replaced.
    #[test]
    fn any_other_value_is_answered(line in 0..FIXTURE.lines().count(), value in piece()) {
        let lines = FIXTURE.lines().enumerate().map(|(index, text)| {
            match text.split_once(" = ") {
                Some((key, _)) if index == line => format!("{key} = {value}\n"),
                _ => format!("{text}\n"),
            }
        });
        answered(&lines.collect::<String>(), &[]);
    }

    #[test]
    fn a_setting_is_an_edit(number in 0.0..1.0_f64, whole in 1..16_u32) {
        for (path, from, value) in [
            ("choice.home_weight", "home_weight = 0.8", format!("{number:?}")),
            ("choice.classes", "classes = 8", format!("{whole}")),
            ("start", "start = 2014-07-31", "2014-08-01".to_owned()),
            ("provider.acme.title", "title = \"Acme\"", "\"Another\"".to_owned()),
            ("force.leak.leak.severity", "severity = 0.6", format!("{{ dist = \"lognormal\", median = {:?}, p90 = 3 }}", number + 0.1)),
        ] {
            let key = from.split(" = ").next().unwrap();
            let edited = FIXTURE.replacen(from, &format!("{key} = {value}"), 1);
            let by_file = loaded(&edited, &[]).unwrap();
            let by_setting = loaded(FIXTURE, &[&format!("{path}={value}")]).unwrap();
            prop_assert_eq!(&by_file.frozen, &by_setting.frozen);
            prop_assert_eq!(format!("{by_file:?}"), format!("{by_setting:?}"));
        }
    }
}

/// Each takes milliseconds; a second is for slow machines.
#[test]
fn what_is_deep_or_long_is_answered_at_once() {
    let many = |piece: &str| piece.repeat(10_000);
    let name = many("x");
    for text in [
        format!("{FIXTURE}\n[provider.{name}]\nparent = \"US\"\n"),
        FIXTURE.replace(
            "title = \"Acme\"",
            &format!("title = \"{name}\"\n{name} = 1"),
        ),
        FIXTURE.replace("data_in = \"DE\"", &format!("data_in = \"{name}\"")),
        format!("{FIXTURE}\nx = {}", many("[")),
        format!("{FIXTURE}\nx = {}", many("{a=")),
        format!("{FIXTURE}\n[{}a]\n", many("a.")),
        format!("{FIXTURE}\n{}", many("[[a]]\n")),
        many("extends = \"fixture\"\n"),
        format!("extends = [{}]\n", many("\"cloud-2014\", ")),
        format!("x = \"{}", many("\\\"")),
    ] {
        let began = std::time::Instant::now();
        for settings in [
            vec![],
            vec![format!("{name}=1")],
            vec![format!("a={}", many("["))],
        ] {
            let error = load_text("text", &text, &settings).unwrap_err();
            shown(&error);
            let page = error.render(false);
            assert!(page.len() < 20_000, "{} bytes", page.len());
        }
        let seconds = began.elapsed().as_secs_f64();
        assert!(
            seconds < 5.0,
            "{seconds} s for {}",
            &text[text.len() - 40..]
        );
    }
}

#[test]
fn every_shipped_scenario_loads_and_its_frozen_text_is_itself() {
    let shipped = library::scenario_names().map(|name| {
        let shipped = library::find(name).unwrap();
        shipped.text
    });
    for text in shipped.chain([FIXTURE]) {
        let scenario = loaded(text, &[]).unwrap_or_else(|error| panic!("{}", error.render(false)));
        let again =
            loaded(&scenario.frozen, &[]).unwrap_or_else(|error| panic!("{}", error.render(false)));
        assert_eq!(again.frozen, scenario.frozen);
        assert_eq!(again.digest, scenario.digest);
        assert_eq!(format!("{again:?}"), format!("{scenario:?}"));
        assert!(!scenario.frozen.contains("extends"));
    }
}

#[test]
fn a_whole_scenario_means_what_it_says() {
    let scenario = loaded(FIXTURE, &[]).unwrap();
    let Model::Full(model) = &scenario.model else {
        panic!("the fixture is a whole model");
    };
    assert_eq!(model.publics, ["EU", "US"]);
    let offerings: Vec<&str> = model.offerings.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(offerings, ["acme-de", "acme-de+keys", "acme-us", "bolt-de"]);
    // Markets DE (consumer, enterprise) and US (enterprise, public sector).
    assert_eq!(model.groups.len(), 4);
    assert_eq!(model.groups[3].public.index(), 1);
    let bank = &model.customers[0];
    assert_eq!(model.groups[bank.group].segment.name(), "enterprise");
    assert_eq!(bank.workloads.len(), 2);
    let core = &bank.workloads[0];
    assert_eq!(offerings[core.offering.index()], "acme-us");
    assert_eq!(core.leave, Leave::AboveTolerance { after_months: 3 });
    let to = core.exit.map(|exit| exit.to);
    assert_eq!(to, Some(Destination::Offering(OfferingId(3))));
    assert_eq!(
        (bank.workloads[1].leave, bank.workloads[1].exit),
        (Leave::Stay, None)
    );

    let court = &model.courts[0];
    let history = &model.cases[0].history;
    let names: Vec<&str> = history
        .iter()
        .map(|given| court.nodes[given.node.index()].name.as_str())
        .collect();
    // The contest between the two entries was carried on, or the second could not be.
    assert_eq!(names, ["district", "appeal", "stay"]);
    assert_eq!(history[1].date, history[0].date);
    let forces: Vec<&str> = model
        .forces
        .iter()
        .map(|force| force.name.as_str())
        .collect();
    assert_eq!(
        forces,
        ["leak", "vote", "law"],
        "in the order of their dates"
    );
}

#[test]
fn inputs_are_sorted_by_path_and_sojourns_are_none() {
    let scenario = loaded(FIXTURE, &[]).unwrap();
    let paths: Vec<&str> = scenario
        .inputs
        .iter()
        .map(|input| input.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "belief.DE.location_protects",
            "choice.exposure_weight",
            "choice.scale_weight",
            "court.federal.node.stay.outcome.granted.chance",
            "customer.my-bank.workload.core.spend_per_year",
            "market.DE.spend_musd_per_year",
            "provider.acme.brand_trend_per_year",
            "trust.bad_weight",
        ]
    );
    let days = "court.federal.node.district.days".to_owned();
    assert!(scenario.number_paths.contains(&days));
}

#[test]
fn an_interval_is_an_input_as_a_distribution_is() {
    let settings = [
        "title=\"5 to 12\"",
        "choice.home_weight=0.5 to 1.2",
        "belief.US.location_protects=\"0.2 to 0.7\"",
        "court.federal.node.en-banc.days=\"90 to 400\"",
    ];
    let scenario = loaded(FIXTURE, &settings).unwrap();
    let plain = loaded(FIXTURE, &[]).unwrap();
    assert_eq!(scenario.inputs.len(), plain.inputs.len() + 2);
    assert_eq!(scenario.number_paths, plain.number_paths);
    for (path, low, high) in [
        ("choice.home_weight", 0.5, 1.2),
        ("belief.US.location_protects", 0.2, 0.7),
    ] {
        let input = scenario.inputs.iter().find(|input| input.path == path);
        let distribution = &input.unwrap().distribution;
        assert!((distribution.quantile(0.05) - low).abs() < 1e-9);
        assert!((distribution.quantile(0.95) - high).abs() < 1e-9);
    }
    let Model::Full(model) = &scenario.model else {
        panic!("the fixture is a whole model");
    };
    let node = &model.courts[0].nodes;
    let node = node.iter().find(|node| node.name == "en-banc").unwrap();
    assert!((node.days.quantile(0.05) - 90.0).abs() < 1e-9);
    assert!(scenario.frozen.contains("home_weight = \"0.5 to 1.2\""));
    let again = loaded(&scenario.frozen, &[]).unwrap();
    assert_eq!(again.digest, scenario.digest);
    assert_eq!(again.inputs, scenario.inputs);
}
