//! Demands: means of thinned Poisson streams, the treaty queue, reach.

use super::super::fixture::{US, date, law, model, no_inputs};
use super::courts::drunkard;
use crate::chance::Run;
use crate::domain::{Control, OfferingId, RegionId};
use crate::domain::{Date, JurisdictionId, ProviderId, Record};
use crate::scenario::resolved::{Demands, FullModel};
use crate::scenario::resolved::{Offering, Quantity};

fn with_demands() -> FullModel {
    let known = Quantity::Known;
    let mut model = model(drunkard());
    model.offerings = vec![Offering {
        name: "azure-dublin".into(),
        region: RegionId(0),
        provider: ProviderId(0),
        jurisdiction: JurisdictionId(1),
        control: Control::Direct,
    }];
    model.demands = vec![Demands {
        asserting: US,
        provider: ProviderId(0),
        consumer_per_year: known(240.0),
        enterprise_per_year: known(24.0),
        narrowed: known(0.2),
        to_treaty: known(0.3),
        treaty_months: known(10.0),
        contested: known(0.1),
        secret: known(0.5),
        becomes_public: known(0.1),
    }];
    model
}

fn record(reach: f64, abroad: f64) -> Record {
    Record {
        reach_in_law: vec![[reach; 5]; 2],
        reach_settled: vec![false; 2],
        reach_pends: vec![false; 2],
        open: vec![true],
        opened_on: vec![date("2010-01-01")],
        price_index: vec![1.0],
        abroad_usd_per_year: vec![vec![abroad, abroad]],
        ..Record::empty(date("2014-07-31"))
    }
}

fn month(number: u32) -> (u32, Date, Date) {
    let first = date("2014-08-01").plus_months(number as i32);
    (number, first, first.plus_months(1))
}

/// Means of 400 runs of 60 months, within 5.2 standard errors; the treaty queue by Little's law
/// (1961), mean number waiting = rate × mean delay, over months 40 to 60, from which the part
/// of the filling that is left then is taken. Each fails with a chance below 2e-7.
#[test]
fn means_are_those_of_thinned_poisson_streams() {
    let model = with_demands();
    let mut law = law(&model);
    let mut sums = [0.0; 7];
    let (mut waiting, mut known) = (0.0, 0.0);
    for run in 0..400 {
        law.begin(&no_inputs(), Run(run)).unwrap();
        let mut events = Vec::new();
        let mut queue = 0.0;
        for number in 0..60 {
            // The workload abroad doubles after the first month.
            let now = record(0.6, if number == 0 { 1.0 } else { 2.0 });
            let counts = law.demands(month(number), &now, &mut events)[0];
            let one = counts.consumer;
            queue += one.to_treaty as f64 - one.by_treaty as f64;
            if number >= 40 {
                waiting += queue;
            }
            known += counts.became_known as f64;
            if number > 0 {
                let parts = [
                    one.filed,
                    one.narrowed,
                    one.to_treaty,
                    one.contested,
                    one.disclosed,
                    one.refused,
                    counts.enterprise.disclosed,
                ];
                assert_eq!(one.filed, parts[1..6].iter().sum::<u64>());
                sums.iter_mut()
                    .zip(parts)
                    .for_each(|(sum, part)| *sum += part as f64);
            }
        }
        assert!(events.iter().all(|event| event.date >= month(0).1));
    }
    let months = 400.0 * 59.0;
    for (sum, mean) in sums
        .into_iter()
        .zip([40.0f64, 8.0, 12.0, 4.0, 9.6, 6.4, 0.96])
    {
        let error = (mean / months).sqrt();
        assert!(
            (sum / months - mean).abs() < 5.2 * error,
            "{} {mean}",
            sum / months
        );
    }
    let kept = |months: i32| crate::chance::math::pow(0.9, f64::from(months));
    // Twelve a month wait ten months each. A tenth leaves a month, so that what is missing
    // from a full queue, 120 but for the 6 of the first month, shrinks by that.
    let length = waiting / (400.0 * 20.0);
    let missing = |month: i32| 114.0 * kept(month);
    let little = 12.0 * 10.0 - (40..60).map(missing).sum::<f64>() / 20.0;
    // The queue is Poisson, and months of one that are k apart correlate by 0.9^k: twenty of
    // them bear as much as 1.7 that do not.
    let correlated = |lag: i32| 2.0 * f64::from(20 - lag) * kept(lag);
    let twenty = 20.0 * 20.0 / (20.0 + (1..20).map(correlated).sum::<f64>());
    let error = (little / (400.0 * twenty)).sqrt();
    assert!(
        (length - little).abs() < 5.2 * error,
        "{length} {little} ± {error}"
    );
    let expected = 400.0 * (59.0 * 0.96 + 0.48) * 0.05;
    assert!(
        (known - expected).abs() < 5.2 * expected.sqrt(),
        "{known} {expected}"
    );
}

#[test]
fn more_reach_discloses_no_less_and_a_closed_region_nothing() {
    let model = with_demands();
    let mut law = law(&model);
    let mut disclosed = |reach: f64, open: bool| {
        law.begin(&no_inputs(), Run(7)).unwrap();
        let mut now = record(reach, 1.0);
        now.open[OfferingId(0).index()] = open;
        let counts = law.demands(month(0), &now, &mut Vec::new())[0];
        (counts.consumer.filed, counts.consumer.disclosed)
    };
    let (filed, few) = disclosed(0.2, true);
    let (same, many) = disclosed(0.9, true);
    assert!(same == filed && few < many);
    assert_eq!(disclosed(0.9, false), (filed, 0));
}

/// A provider that narrows half gets (1 + 0.2)/2 narrowed, and half as many go each other
/// way; one that is transparent makes each disclosure known that is not secret. Means of 400
/// runs of 59 months, within 5.2 standard errors.
#[test]
fn postures_narrow_demands_and_make_disclosures_known() {
    let mut model = with_demands();
    model.providers[0].posture.narrow = Quantity::Known(0.5);
    model.providers[0].posture.transparency = true;
    let mut law = law(&model);
    let mut sums = [0.0; 5];
    for run in 0..400 {
        law.begin(&no_inputs(), Run(run)).unwrap();
        for number in 0..59 {
            let counts = law.demands(month(number), &record(0.6, 1.0), &mut Vec::new())[0];
            let one = counts.consumer;
            let parts = [one.narrowed, one.to_treaty, one.contested, one.disclosed];
            let all = parts.into_iter().chain([counts.became_known]);
            sums.iter_mut()
                .zip(all)
                .for_each(|(sum, n)| *sum += n as f64);
        }
    }
    let months = 400.0 * 59.0;
    for (sum, mean) in sums.into_iter().zip([12.0f64, 3.0, 1.0, 2.4, 0.12]) {
        let error = (mean / months).sqrt();
        assert!(
            (sum / months - mean).abs() < 5.2 * error,
            "{} {mean}",
            sum / months
        );
    }
}
