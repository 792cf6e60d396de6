//! What customers say and what they do, asked at any date and of anybody.

use comity::chance::Seed;
use comity::ensemble::worlds::WorldSimulator;
use comity::ensemble::{RunOutput, Simulator};
use comity::world::series::SeriesDetail;

use crate::worlds::written;

/// Both questions of both years, of the Union and each of its countries, and of two segments.
fn questions() -> Vec<(String, String)> {
    let mut questions = Vec::new();
    let places = [
        ("eu", "bloc = \"EU\""),
        ("ie", "jurisdiction = \"IE\""),
        ("de", "jurisdiction = \"DE\""),
        ("fr", "jurisdiction = \"FR\""),
        ("uk", "jurisdiction = \"UK\""),
        ("public", "bloc = \"EU\"\nsegment = \"public_sector\""),
        (
            "de_public",
            "jurisdiction = \"DE\"\nsegment = \"public_sector\"",
        ),
    ];
    for (place, scope) in places {
        for year in [2014, 2015] {
            let at = format!("at = {year}-12-31");
            let stated = format!("of = \"stated_less_likely\"\n{scope}\nparent = \"US\"\n{at}");
            questions.push((format!("stated_{place}_{year}"), stated));
            let acted = format!("of = \"acted\"\n{scope}\n{at}");
            questions.push((format!("acted_{place}_{year}"), acted));
        }
    }
    questions
}

/// Shares lie between 0 and 100; that of a bloc is the mean of its countries' by customers, so
/// between theirs; who has acted has acted for good; and every answer is another, so that none
/// is given for another.
#[test]
fn both_questions_can_be_asked_at_any_date_and_of_anybody() {
    let mut text = "comity = 1\ntitle = \"Asked\"\nextends = \"preska-2014\"\n".to_owned();
    for (name, question) in questions() {
        text += &format!("[metric.{name}]\n{question}\n");
    }
    let mut scenario = written("asked", &text, &[]);
    scenario.horizon_months = 18;
    let detail = SeriesDetail::Totals;
    let simulator = WorldSimulator::new(&scenario, None, 900, Seed(11), detail).unwrap();
    let metrics = &simulator.layout().metrics;
    let at = |name: &str| metrics.iter().position(|known| known.name == name).unwrap();
    let mut worker = simulator.worker().unwrap();
    for run in 0..10 {
        let mut output = RunOutput::default();
        output.clear(run);
        simulator.simulate(&mut worker, run, &mut output).unwrap();
        let answer = |name: &str| output.rows.metrics[at(name)];
        let mut answers: Vec<f64> = Vec::new();
        for (name, _) in questions() {
            assert!((0.0..=100.0).contains(&answer(&name)), "{name}");
            answers.push(answer(&name));
        }
        answers.sort_by(f64::total_cmp);
        assert!(answers.windows(2).all(|two| two[0] < two[1]), "{answers:?}");
        for year in [2014, 2015] {
            for question in ["stated", "acted"] {
                let countries = ["ie", "de", "fr", "uk"];
                let of = countries.map(|c| answer(&format!("{question}_{c}_{year}")));
                let bloc = answer(&format!("{question}_eu_{year}"));
                let (least, most) = (
                    of.into_iter().fold(100.0, f64::min),
                    of.into_iter().fold(0.0, f64::max),
                );
                assert!(
                    least < bloc && bloc < most,
                    "{question} {year}: {bloc} of {of:?}"
                );
            }
        }
        for place in ["eu", "de", "public", "de_public"] {
            assert!(
                answer(&format!("acted_{place}_2014")) < answer(&format!("acted_{place}_2015"))
            );
        }
    }
}
