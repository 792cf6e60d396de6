//! The page as it is read, at 80 and 100 columns.

use crate::domain::{Date, Ending};
use crate::measure::distribution::normal_quantile;
use crate::report::build::build;
use crate::report::input::{
    CaseColumns, CaseOutcome, MetricColumns, MetricFacts, PageInput, Part, RunFacts, ScenarioFacts,
};
use crate::report::page::Page;
use crate::report::terminal::Terminal;
use crate::report::unit::Unit;
use crate::report::words::ChanceWords;
use crate::scenario::resolved::Better;
use unicode_width::UnicodeWidthStr;

/// A spread-out number in 0 to 1 for each run (Weyl sequence of an irrational step).
fn uniform(run: usize, step: f64) -> f64 {
    ((run as f64 + 0.5) * step).fract()
}

fn normal(run: usize, step: f64) -> f64 {
    normal_quantile(uniform(run, step)).unwrap()
}

const GOLDEN: f64 = 0.618_033_988_749_895;
const ROOT_2: f64 = std::f64::consts::SQRT_2;
const ROOT_3: f64 = 1.732_050_807_568_877;

fn metric(
    name: &str,
    label: &str,
    unit: Unit,
    better: Better,
    part: Part,
    [level, sd, effect, effect_sd]: [f64; 4],
) -> impl Fn(usize) -> MetricColumns {
    let facts = MetricFacts {
        name: name.to_owned(),
        label: label.to_owned(),
        unit,
        better,
        record: None,
        headline: None,
        part,
    };
    move |runs| {
        let baseline: Vec<f64> = (0..runs).map(|i| level + sd * normal(i, GOLDEN)).collect();
        let scenario = baseline.iter().enumerate();
        let scenario = scenario.map(|(i, base)| base + effect + effect_sd * normal(i, ROOT_2));
        MetricColumns {
            facts: facts.clone(),
            scenario: scenario.collect(),
            baseline: Some(baseline),
            at_start: None,
        }
    }
}

fn outcome(run: usize, chances: &[(Ending, f64)], shift: f64) -> CaseOutcome {
    let mut at = uniform(run, ROOT_3);
    for (ending, chance) in chances {
        if at < *chance {
            let days = 380.0 + 2400.0 * uniform(run, ROOT_2) * uniform(run, GOLDEN) + shift;
            return CaseOutcome {
                ending: Some(*ending),
                days,
            };
        }
        at -= chance;
    }
    CaseOutcome {
        ending: None,
        days: 3653.0,
    }
}

fn case(runs: usize) -> CaseColumns {
    use Ending::{Complied, Government, Provider, Settled, Statute, Treaty, Withdrawn};
    let with = [
        (Statute, 0.33),
        (Treaty, 0.05),
        (Government, 0.33),
        (Provider, 0.14),
        (Withdrawn, 0.06),
        (Settled, 0.03),
    ];
    let without = [(Government, 0.12), (Provider, 0.80), (Complied, 0.02)];
    CaseColumns {
        scenario: (0..runs).map(|i| outcome(i, &with, 0.0)).collect(),
        baseline: Some((0..runs).map(|i| outcome(i, &without, -300.0)).collect()),
    }
}

fn days_of(outcomes: &[CaseOutcome]) -> Vec<f64> {
    let days = outcomes.iter();
    days.map(|o| o.ending.map_or(f64::NAN, |_| o.days))
        .collect()
}

fn headlines(runs: usize, case: &CaseColumns) -> Vec<MetricColumns> {
    let effect = || Part::Effect;
    let trust = [66.0, 6.0, -8.1, 3.0];
    let (lower, higher) = (Better::Lower, Better::Higher);
    let mut trust = metric(
        "trust_eu_2014",
        "EU trust in US providers, Dec 2014 (0-100)",
        Unit::Index,
        higher,
        effect(),
        trust,
    )(runs);
    trust.at_start = Some(71.0);
    trust.facts.record = Some("not measured".into());
    let mut moved = metric(
        "base_moved",
        "installed base moved, 12 months",
        Unit::Percent,
        lower,
        Part::SayAndDo(2),
        [0.8, 0.2, 0.4, 0.25],
    )(runs);
    moved.facts.record = Some("< 1 % a year [S52]".into());
    let mut days = metric(
        "case_days",
        "order to final end of the case",
        Unit::Days,
        Better::Neutral,
        effect(),
        [0.0; 4],
    )(runs);
    days.scenario = days_of(&case.scenario);
    days.baseline = case.baseline.as_deref().map(days_of);
    days.facts.record = Some("44.5 mo [T04, T18]".into());
    let mut numbers = vec![trust, moved, days];
    for (place, number) in (1..).zip(&mut numbers) {
        number.facts.headline = Some(place);
    }
    numbers
}

fn others(runs: usize) -> Vec<MetricColumns> {
    let usd = |a_year| Unit::Money {
        currency: "USD".into(),
        a_year,
    };
    let (lower, higher) = (Better::Lower, Better::Higher);
    let effect = || Part::Effect;
    let group = |who: &str| Part::Group {
        who: who.into(),
        what: "trust in US providers (0-100), Dec 2014".into(),
    };
    let mut stated = metric(
        "stated",
        "say \"less likely to use a US cloud\", Dec 2014",
        Unit::Percent,
        lower,
        Part::SayAndDo(0),
        [12.0, 3.0, 42.0, 5.0],
    )(runs);
    stated.facts.record = Some("56 % [S01]".into());
    let mut deferred = metric(
        "deferred",
        "cancel or defer a project, 12 months",
        Unit::Percent,
        lower,
        Part::SayAndDo(1),
        [2.0, 0.5, 7.0, 1.5],
    )(runs);
    deferred.facts.record = Some("10 % [S01]".into());
    vec![
        stated,
        deferred,
        metric(
            "revenue_ms",
            "Microsoft revenue from Europe, 2016",
            usd(true),
            higher,
            effect(),
            [8200.0, 900.0, -310.0, 160.0],
        )(runs),
        metric(
            "home_share",
            "EU workload kept at home, Dec 2016",
            Unit::Percent,
            Better::Neutral,
            effect(),
            [41.0, 6.0, 6.3, 4.0],
        )(runs),
        metric(
            "surplus",
            "consumer surplus of EU customers to 2024",
            usd(false),
            higher,
            effect(),
            [91000.0, 8000.0, -640.0, 900.0],
        )(runs),
        metric(
            "disclosures",
            "disclosures of content stored abroad to 2024",
            Unit::Count,
            lower,
            effect(),
            [6.0, 2.0, 0.02, 1.9],
        )(runs),
        metric(
            "share_us",
            "US share of European spend, Dec 2016",
            Unit::Percent,
            higher,
            effect(),
            [70.0, 4.0, -0.51, 0.9],
        )(runs),
        metric(
            "t_de_public",
            "t",
            Unit::Index,
            higher,
            group("Germany, public sector"),
            [60.0, 6.0, -14.2, 5.0],
        )(runs),
        metric(
            "t_de_regulated",
            "t",
            Unit::Index,
            higher,
            group("Germany, regulated firms"),
            [60.0, 6.0, -11.9, 5.0],
        )(runs),
        metric(
            "t_fr_enterprise",
            "t",
            Unit::Index,
            higher,
            group("France, enterprise"),
            [60.0, 6.0, -7.7, 5.0],
        )(runs),
        metric(
            "t_fr_small",
            "t",
            Unit::Index,
            higher,
            group("France, small business"),
            [60.0, 6.0, -6.0, 5.0],
        )(runs),
        metric(
            "t_gb_consumer",
            "t",
            Unit::Index,
            higher,
            group("United Kingdom, consumers"),
            [60.0, 6.0, -3.1, 4.0],
        )(runs),
        metric(
            "t_us_consumer",
            "t",
            Unit::Index,
            higher,
            group("United States, consumers"),
            [60.0, 6.0, -0.02, 3.0],
        )(runs),
    ]
}

fn paired(runs: usize) -> PageInput {
    let case = case(runs);
    let mut metrics = headlines(runs, &case);
    metrics.extend(others(runs));
    PageInput {
        scenario: ScenarioFacts {
            title: "Order on data stored in Ireland".into(),
            start: "2014-07-31".parse::<Date>().unwrap(),
            end: "2024-07-31".parse::<Date>().unwrap(),
            who: Some("Microsoft".into()),
            baseline: Some("no-order".into()),
            inputs: 412,
            inputs_assumed: 128,
            inputs_uncertain: 43,
            not_in_the_model: ["price war of 2014", "tax", "sanctions"]
                .map(String::from)
                .into(),
            digest: "5e1f09aa".into(),
        },
        run: RunFacts {
            failed: 0,
            runs: u32::try_from(runs).unwrap(),
            customers: 5000,
            seed: 1,
            model_version: 3,
            program_version: "0.4.0".into(),
            seconds: Some(62.4),
            next: vec![
                "comity run no-order".into(),
                "comity check preska-2014 --sources".into(),
            ],
        },
        metrics,
        case: Some(case),
    }
}

fn plain(runs: usize) -> PageInput {
    let mut input = paired(runs);
    input.scenario.baseline = None;
    for metric in &mut input.metrics {
        metric.baseline = None;
    }
    if let Some(case) = &mut input.case {
        case.baseline = None;
    }
    input
}

fn all_open(runs: usize) -> PageInput {
    let mut input = paired(runs);
    let open = CaseOutcome {
        ending: None,
        days: 3653.0,
    };
    input.case = Some(CaseColumns {
        scenario: vec![open; runs],
        baseline: Some(vec![open; runs]),
    });
    for metric in input
        .metrics
        .iter_mut()
        .filter(|m| m.facts.unit == Unit::Days)
    {
        metric.scenario = vec![f64::NAN; runs];
        metric.baseline = Some(vec![f64::NAN; runs]);
    }
    input
}

/// Titles that would move the cursor, reverse the line, or run beyond it.
fn hostile() -> PageInput {
    let mut input = paired(400);
    input.scenario.title =
        "\u{1b}[2J\u{1b}[31mwiped\u{7}\r\n\u{202e}desrever\u{9b}1m 令状 ".repeat(2);
    input.scenario.who = Some("\u{1b}]0;owned\u{7}".into());
    input.scenario.baseline = Some("x\u{1b}[1m\n".repeat(20));
    input.scenario.not_in_the_model = vec!["\u{1b}[5m".into(), "w".repeat(300)];
    input.run.next = vec!["comity\u{1b}[8m run".into()];
    for (at, metric) in input.metrics.iter_mut().enumerate() {
        metric.facts.label = match at % 3 {
            0 => "アイルランドに保存されたデータに対する欧州顧客の信頼".repeat(3),
            1 => "\u{1b}[31m\u{202e}trust\n\n".into(),
            _ => String::new(),
        };
        metric.facts.record = Some("\u{9b}2K\u{200f}".repeat(40));
        if let Part::Group { who, what } = &mut metric.facts.part {
            *who = "\u{0}群\u{200b}".repeat(30);
            *what = "\u{85}".repeat(60);
        }
    }
    input
}

/// Labels and titles of several lines.
fn long() -> PageInput {
    let mut input = paired(2000);
    input.scenario.title = "What happens to the trust of European customers when a court in one \
                            country orders the production of data that lies in another, told for \
                            readers who like a title to hold the whole paper and then some more"
        .into();
    for metric in &mut input.metrics {
        metric.facts.label = format!(
            "{} of every customer that was counted in the European Union and the European Economic Area",
            metric.facts.label
        );
        metric.facts.record = Some("between 9 % and 11 % acted where 56 % to 88 % had said so, depending on who asked whom and when [S01, S05, S08]".into());
    }
    input.scenario.not_in_the_model = (1..40).map(|n| format!("effect number {n}")).collect();
    input
}

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
