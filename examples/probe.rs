#![allow(clippy::all, clippy::disallowed_macros, missing_docs)]
use comity::chance::Seed;
use comity::ensemble::worlds::WorldSimulator;
use comity::ensemble::{RunOutput, Simulator};
use comity::scenario::*;
use comity::world::series::SeriesDetail;
fn main() {
    let n: usize = std::env::args().nth(1).map_or(20, |s| s.parse().unwrap());
    let cust: usize = std::env::args().nth(2).map_or(5000, |s| s.parse().unwrap());
    let sets: Vec<String> = std::env::args().skip(3).collect();
    let s = match load(&ScenarioTarget::parse("preska-2014"), &sets) {
        Ok(s) => s,
        Err(e) => {
            eprintln!("{}", e.render(false));
            return;
        }
    };
    let b = match load(&ScenarioTarget::parse("no-order"), &sets) {
        Ok(s) => s,
        Err(e) => {
            eprintln!("{}", e.render(false));
            return;
        }
    };
    let sim = WorldSimulator::new(&s, Some(&b), cust, Seed(1), SeriesDetail::Standard).unwrap();
    println!(
        "series {} inputs {}",
        sim.layout().series.len(),
        sim.layout().inputs.len()
    );
    let mut w = sim.worker().unwrap();
    let mut out = RunOutput::default();
    let m = sim.layout().metrics.len();
    let mut sum = vec![(0.0, 0.0, 0.0, 0.0); m];
    let t = std::time::Instant::now();
    let mut endings = std::collections::BTreeMap::new();
    for run in 0..n {
        out.clear(run as u32);
        out.keep_events = run == 0;
        sim.simulate(&mut w, run as u32, &mut out).unwrap();
        for i in 0..m {
            let (a, b) = (out.rows.metrics[i], out.rows.baseline_metrics[i]);
            if a.is_finite() {
                sum[i].0 += a;
                sum[i].1 += 1.0;
            }
            if (a - b).is_finite() {
                sum[i].2 += a - b;
                sum[i].3 += (a - b) * (a - b);
            }
        }
        for c in &out.rows.cases {
            *endings
                .entry((
                    format!("{:?}", c.world),
                    sim.layout().names.word(c.outcome).unwrap().to_string(),
                ))
                .or_insert(0) += 1;
        }
        if run == 0 {
            for e in &out.rows.events {
                if format!("{:?}", e.world) == "Scenario" {
                    println!("{} {}", e.date, e.text);
                }
            }
        }
    }
    let dt = t.elapsed().as_secs_f64();
    for (i, x) in sum.iter().enumerate() {
        let nn = n as f64;
        let md = x.2 / nn;
        let sd = ((x.3 / nn - md * md).max(0.0) / nn).sqrt();
        println!(
            "{:32} level {:12.4}   diff {:10.4} ± {:.4}",
            sim.layout().metrics[i].name,
            x.0 / x.1,
            md,
            1.96 * sd
        );
    }
    println!("{endings:?}");
    println!("{:.2} ms a pair", 1000.0 * dt / n as f64);
}
