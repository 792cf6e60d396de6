//! The page as it is read, at 80 and 100 columns.

use crate::report::build::build;
use crate::report::enough::ask::Known;
use crate::report::fixture::{all_open, hostile, long, paired, plain};
use crate::report::input::PageInput;
use crate::report::page::Page;
use crate::report::terminal::Terminal;
use crate::report::words::ChanceWords;
use crate::scenario::{Overlay, ScenarioTarget, load};
use unicode_width::UnicodeWidthStr;

fn show(page: &Page, columns: usize) -> String {
    let terminal = Terminal {
        columns,
        colour: false,
        chances: ChanceWords::default(),
    };
    terminal.render(page)
}

fn cases() -> [(&'static str, PageInput); 7] {
    let mut failed = paired(1998);
    failed.run.failed = 2;
    [
        ("paired", paired(2000)),
        ("plain", plain(2000)),
        ("few_runs", paired(3)),
        ("all_open", all_open(200)),
        ("hostile", hostile()),
        ("long", long()),
        ("failed", failed),
    ]
}

#[test]
fn pages_read_as_they_are_meant() {
    for (name, input) in cases() {
        let page = build(&input).unwrap();
        insta::assert_snapshot!(format!("{name}_80"), show(&page, 80));
        insta::assert_snapshot!(format!("{name}_100"), show(&page, 100));
    }
}

/// What was asked and is not reached stands first, and the block keeps to its lines.
#[test]
fn what_was_asked_is_said_with_what_is_reached() {
    let target = ScenarioTarget::parse("preska-2014");
    let scenario = load(&target, Overlay::default()).unwrap();
    let known = Known::of(&scenario, true).unwrap();
    let mut input = paired(2000);
    let name = input.metrics[0].facts.name.clone();
    let texts = ["mean=0.01", "median=5%", "p90=1", "effect=0.1%", "p10=2"];
    let texts = texts.map(|text| format!("trust_eu_2014.{text}"));
    input.run.asked = known.asks(texts.iter().map(String::as_str)).unwrap();
    for ask in &mut input.run.asked {
        ask.of.metric = input.metrics[0].facts.clone();
    }
    input.run.allowed = 2_000;
    let page = build(&input).unwrap();
    let enough = page.enough.as_ref().unwrap();
    assert_eq!((enough.stopped_at, enough.asked.len()), (2000, 5));
    assert!(enough.asked[0].name.starts_with(&name));
    let block = |columns| {
        let text = show(&page, columns);
        let blocks = text.split("\n\n");
        let mut own = blocks.filter(|block| block.starts_with("ENOUGH RUNS"));
        own.next().unwrap().to_owned()
    };
    insta::assert_snapshot!(format!("{}\n\n{}", block(80), block(100)));
    for columns in [60, 80, 100] {
        assert!(block(columns).lines().count() <= 7, "{}", block(columns));
    }
}

#[test]
fn no_line_is_wider_than_the_terminal_nor_than_99_columns() {
    for (name, input) in cases() {
        let page = build(&input).unwrap();
        for columns in 60..=130 {
            for line in show(&page, columns).lines() {
                let width = line.width();
                assert!(
                    width <= columns.min(99),
                    "{name} at {columns}: {width}: {line}"
                );
            }
        }
    }
}

#[test]
fn no_block_is_longer_than_six_lines_below_its_head() {
    for (name, input) in cases() {
        let page = build(&input).unwrap();
        for columns in [60, 80, 100] {
            for block in show(&page, columns).split("\n\n") {
                let lines = block.lines().count();
                // The last block has the footer below it.
                let allowed = if block.starts_with("NEXT") { 7 + 2 } else { 7 };
                assert!(lines <= allowed, "{name} at {columns}:\n{block}");
            }
        }
    }
}

#[test]
fn what_a_scenario_writes_cannot_steer_the_terminal() {
    let text = show(&build(&hostile()).unwrap(), 100);
    let steers = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
    assert_eq!(text.chars().find(steers), None);
}

#[test]
fn colour_only_emphasises() {
    for (_, input) in cases() {
        let page = build(&input).unwrap();
        let mut terminal = Terminal {
            columns: 100,
            colour: true,
            chances: ChanceWords::default(),
        };
        let coloured = terminal.render(&page);
        assert!(coloured.contains("\u{1b}[1m"));
        let bare = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m"];
        let bare = bare
            .iter()
            .fold(coloured, |text, code| text.replace(code, ""));
        terminal.colour = false;
        let trimmed = |text: &str| -> Vec<String> {
            text.lines()
                .map(|line| line.trim_end().to_owned())
                .collect()
        };
        assert_eq!(trimmed(&bare), trimmed(&terminal.render(&page)));
    }
}

#[test]
fn a_page_read_back_from_json_prints_the_same() {
    for (name, input) in cases() {
        let page = build(&input).unwrap();
        let json = serde_json::to_string(&page).unwrap();
        let again: Page = serde_json::from_str(&json).unwrap();
        assert_eq!(show(&again, 100), show(&page, 100), "{name}");
    }
}

#[test]
fn the_blocks_have_the_names_of_the_page() {
    let json = serde_json::to_value(build(&paired(20)).unwrap()).unwrap();
    let names: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut blocks = [
        "header",
        "not_compared",
        "three_numbers",
        "by_the_order",
        "how_it_ends",
        "who_acts",
        "regions",
        "say_and_do",
        "who_moves",
        "how_far_to_trust_this",
        "next",
        "footer",
    ];
    blocks.sort_unstable();
    assert_eq!(names, blocks);
}

#[test]
fn a_comparison_is_offered_only_where_its_command_is_given() {
    let mut page = build(&paired(20)).unwrap();
    assert!(!show(&page, 80).contains("ANSWER"));
    page.not_compared = Some("comity compare preska-2014 (about 60 s)".into());
    let text = show(&page, 80);
    let answer = text
        .find("ANSWER        not compared: comity compare preska-2014")
        .unwrap();
    assert!(answer < text.find("THREE NUMBERS").unwrap());
}
