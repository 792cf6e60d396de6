//! The shipped court systems: simulated against the fundamental matrix, every path ended
//! whatever is drawn, durations of the order that the evidence gives.

use super::*;
use crate::scenario::resolved::{Model, Scenario};

/// The shipped court systems, and the briefs at which they shift no chance.
const COURTS: [(&str, f64); 3] = [("us-sca", 10.0), ("eu-reference", 3.0), ("de-civil", 0.0)];

/// One case before a shipped court, without exits and fines, contested as far as `posture`.
fn before(court: &str, briefs: f64, posture: &str) -> Scenario {
    let text = format!(
        r#"comity = 1
        title = "one case before {court}"
        asks = "What a test asks."
        extends = ["cloud-2014", "{court}"]
        start = 2014-07-31
        horizon_months = 12
        runs = 1
        customers = 100
        [case.one]
        asserting = "US"
        provider = "microsoft"
        court = "{court}"
        circuit = "second"
        data_in = "IE"
        filed = 2014-07-31
        amici = {briefs}
        salience = 1
        fine = {{ usd_per_day = 0, doubling_days = 7, ceiling_usd = 1e9 }}
        [provider.microsoft]
        posture = {{ contest_to = "{posture}", defy = true }}
        [metric.case_days]
        of = "case_days"
        case = "one"
        "#
    );
    let exits = ["statute", "treaty", "settled", "withdrawn"];
    let never = exits.map(|exit| format!("court.{court}.exit.{exit}.hazard_per_year=0"));
    crate::scenario::load_text("before", &text, &never)
        .unwrap_or_else(|error| panic!("{}", error.render(false)))
}

fn tables(scenario: &Scenario) -> &FullModel {
    match &scenario.model {
        Model::Full(model) => model,
        Model::MarketBenchmark(_) => panic!("a benchmark has no courts"),
    }
}

fn node_named(court: &CourtSystem, name: &str) -> NodeId {
    let mut nodes = court.nodes.iter();
    NodeId::new(nodes.position(|node| node.name == name).expect(name))
}

/// Endings and mean days of 4,000 cases before each court and posture; 5.2 standard
/// errors, so each of the 48 comparisons fails with a chance of 2e-7 were the seed not
/// fixed. Stays are rounded to days, which moves a mean of years by less than a day.
#[test]
fn shipped_courts_end_as_the_fundamental_matrix_says() {
    const RUNS: usize = 4_000;
    for (court, briefs) in COURTS {
        for (posture, level) in [
            ("supreme", Some(Level::Supreme)),
            ("district", Some(Level::District)),
        ] {
            let scenario = before(court, briefs, posture);
            let model = tables(&scenario);
            let draw = scenario.median_inputs();
            let mut law = law(model);
            let (mut endings, mut days) = ([0usize; Ending::ALL.len()], Vec::new());
            for run in 0..RUNS {
                law.begin(&draw, Run(run as u32)).unwrap();
                law.advance(start(), start().plus_months(1_200), &mut Vec::new());
                let state = law.case(CASE);
                let (ending, _) = state.ended.expect("the case ends within a century");
                endings[ending.index()] += 1;
                days.push(f64::from(state.days.unwrap()));
            }
            let exact = law.procedure(CASE).absorption_over_merit(level).unwrap();
            for (hits, chance) in endings.iter().zip(exact.endings) {
                share_is(*hits, RUNS, chance);
            }
            mean_is(&days, exact.mean_days);
        }
    }
}

/// Chances of the file are met by the integral over merit, to 1e-9, and of 300 draws of
/// the inputs each gives a graph in which all cases end before every posture.
#[test]
fn shipped_courts_keep_their_chances_and_end_whatever_is_drawn() {
    for (court, briefs) in COURTS {
        let scenario = before(court, briefs, "supreme");
        let system = &tables(&scenario).courts[0];
        let mut procedure = Procedure::new(system).unwrap();
        for run in 0..300 {
            procedure
                .set(&scenario.draw_inputs(Seed(7), Run(run)))
                .unwrap();
            for level in [
                None,
                Some(Level::Magistrate),
                Some(Level::Circuit),
                Some(Level::Supreme),
            ] {
                let all: f64 = procedure
                    .absorption(system.first, level, 0.0)
                    .unwrap()
                    .endings
                    .iter()
                    .sum();
                assert!((all - 1.0).abs() < 1e-9, "{court} {run} {level:?}: {all}");
            }
        }
        procedure.set(&scenario.median_inputs()).unwrap();
        let realised = procedure.realised_chances(Some(Level::Supreme)).unwrap();
        for (index, found) in realised.iter().enumerate() {
            if system.nodes[index].kind == NodeKind::Contest {
                continue;
            }
            for (found, stated) in found.iter().zip(procedure.marginals(NodeId::new(index))) {
                assert!((found - stated).abs() < 1e-9, "{court} node {index}");
            }
        }
    }
}

#[test]
fn the_course_of_a_shipped_court_in_a_few_numbers() {
    let course = |(court, briefs)| {
        let scenario = before(court, briefs, "supreme");
        Course::of(&tables(&scenario).courts[0], &scenario.median_inputs()).unwrap()
    };
    let [us, eu, de] = COURTS.map(course);
    // Longest paths counted by hand: by the remand and en banc; by the court of appeal and
    // the reference of the last instance; by Karlsruhe and Luxembourg. docs/model.md has
    // the same numbers.
    let ends = |nodes, most, steps, days| {
        format!(
            "{nodes} nodes; every path ends, after at most {most} steps, on average after \
             {steps} steps and {days} days when contested to the end"
        )
    };
    assert_eq!(us.to_string(), ends(25, 17, "10.4", 1_120));
    assert_eq!(eu.to_string(), ends(28, 11, "8.0", 1_276));
    assert_eq!(de.to_string(), ends(16, 10, "6.5", 523));
}

#[test]
fn the_course_of_a_circle_has_no_longest_path() {
    let course = Course::of(&ladder(1.0), &no_inputs()).unwrap();
    assert_eq!((course.nodes, course.most_steps), (6, None));
    let expected = "6 nodes; every path ends, on average after ";
    assert!(format!("{course}").starts_with(expected));
    let four = court(
        0.0,
        vec![
            step(3.0, vec![(0.5, to(1)), (0.5, to(2))]),
            step(4.0, vec![(1.0, to(2))]),
            step(5.0, vec![(1.0, end(Ending::Settled))]),
        ],
    );
    let course = Course::of(&four, &no_inputs()).unwrap();
    assert_eq!(course.most_steps, Some(3));
    assert!((course.mean_steps - 2.5).abs() < 1e-12 && (course.mean_days - 10.0).abs() < 1e-11);
}

/// How many standard deviations `days` lie from the mean of a path through these nodes.
fn standing(court: &CourtSystem, path: &[&str], days: f64) -> f64 {
    let stays = path
        .iter()
        .map(|name| &court.nodes[node_named(court, name).index()].days)
        .map(|days| (days.mean(), days.variance()));
    let (mean, variance) = stays.fold((0.0, 0.0), |(m, v), (a, b)| (m + a, v + b));
    (days - mean) / variance.sqrt()
}

/// The average over references lies within the yearly averages of 2007 to 2022 (C40, C41:
/// 15.0 to 19.3 months), the urgent procedure takes 2.2 months (C42), and the three known
/// references on access to data (C44, C45, C46) are within 2.6 standard deviations of
/// what the Grand Chamber takes.
#[test]
fn a_reference_takes_as_long_as_the_court_of_justice_says() {
    let scenario = before("eu-reference", 3.0, "supreme");
    let court = &tables(&scenario).courts[0];
    let mut procedure = Procedure::new(court).unwrap();
    procedure.set(&scenario.median_inputs()).unwrap();
    let from = node_named(court, "reference");
    let visits = procedure.absorption(from, None, 0.0).unwrap().visits;
    let luxembourg = [
        "reference",
        "formation",
        "hearing",
        "opinion",
        "judgment-advised-for-provider",
        "judgment-advised-for-authority",
        "judgment-without-opinion",
        "urgent-judgment",
        "reasoned-order",
    ];
    let days: f64 = luxembourg
        .iter()
        .map(|name| {
            let node = node_named(court, name).index();
            visits[node] * court.nodes[node].days.mean()
        })
        .sum();
    let months = days / 30.4375;
    assert!((15.0..19.3).contains(&months), "{months}");
    let urgent = ["reference", "urgent-judgment"]
        .map(|name| court.nodes[node_named(court, name).index()].days.mean());
    let urgent_months = urgent.iter().sum::<f64>() / 30.4375;
    assert!((urgent_months - 2.2).abs() < 0.2, "{urgent_months}");

    let grand_chamber = [
        "reference",
        "formation",
        "hearing",
        "opinion",
        "judgment-advised-for-provider",
    ];
    for days in [435.0, 26.0 * 30.4375, 554.0] {
        let standing = standing(court, &grand_chamber, days);
        assert!(standing.abs() < 2.6, "{days} days: {standing}");
    }
}

/// The two known matters that went from an examining judge to the Federal Constitutional
/// Court (C50: 878 days, C51: 469) are within two standard deviations of that path; of
/// constitutional complaints more succeed than the 1 to 2% of all (C53), and few.
#[test]
fn a_constitutional_complaint_takes_as_long_as_in_the_two_known_matters() {
    let scenario = before("de-civil", 0.0, "supreme");
    let court = &tables(&scenario).courts[0];
    let path = [
        "examining-judge",
        "complaint",
        "suspension",
        "landgericht",
        "constitutional-complaint",
        "coercion",
        "interim-order",
        "chamber",
    ];
    for days in [878.0, 469.0] {
        let standing = standing(court, &path, days);
        assert!(standing.abs() < 2.0, "{days} days: {standing}");
    }
    let mut procedure = Procedure::new(court).unwrap();
    procedure.set(&scenario.median_inputs()).unwrap();
    let chamber = node_named(court, "chamber");
    let endings = procedure.absorption(chamber, None, 0.0).unwrap().endings;
    let succeeds = endings[Ending::Provider.index()];
    assert!((0.03..0.15).contains(&succeeds), "{succeeds}");
}
