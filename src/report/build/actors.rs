//! The blocks `WHO ACTS` and `REGIONS`: how often and when, with and without the order.

use super::{in_column, number};
use crate::measure::MeasureError;
use crate::measure::survival::Spell;
use crate::report::actors::{Coming, PolicyChance, RegionAct, RegionChance, Regions};
use crate::report::estimate;
use crate::report::input::{
    DatedColumns, MetricColumns, MetricFacts, PageInput, Part, RegionColumns, ReportError,
};
use crate::report::measured::spell;
use crate::report::page::Number;
use crate::report::unit::Unit;
use crate::scenario::resolved::Better;

/// The policies, the likeliest first.
pub(super) fn who_acts(input: &PageInput, horizon: f64) -> Result<Vec<PolicyChance>, ReportError> {
    let policies = input.policies.iter().map(|policy| {
        Ok(PolicyChance {
            name: policy.name.clone(),
            title: policy.title.clone(),
            maker: policy.maker.clone(),
            kind: policy.kind.clone(),
            change: policy.change,
            coming: coming(&policy.days, horizon).map_err(in_column(&policy.name))?,
        })
    });
    let mut policies = policies.collect::<Result<Vec<_>, _>>()?;
    policies.sort_by_key(|policy| std::cmp::Reverse(policy.coming.share.count));
    Ok(policies)
}

/// What is decided about regions; nothing where nothing happens to any.
pub(super) fn regions(input: &PageInput, horizon: f64) -> Result<Option<Regions>, ReportError> {
    let all = &input.regions;
    if all.regions.is_empty() && all.opened_by_date == 0 && all.closed_by_date == 0 {
        return Ok(None);
    }
    let counts = RegionAct::ALL.map(|act| count(&all.regions, act, horizon));
    let counts = counts.into_iter().collect::<Result<Vec<_>, _>>()?;
    let regions = all.regions.iter().map(|region| {
        Ok(RegionChance {
            name: region.name.clone(),
            provider: region.provider.clone(),
            jurisdiction: region.jurisdiction.clone(),
            act: region.act,
            coming: coming(&region.days, horizon).map_err(in_column(&region.name))?,
        })
    });
    let mut regions = regions.collect::<Result<Vec<_>, _>>()?;
    let moved = |region: &RegionChance| region.coming.effect.map_or(0.0, |e| e.mean.abs());
    regions.sort_by(|a, b| {
        let likelier = b.coming.share.count.cmp(&a.coming.share.count);
        moved(b).total_cmp(&moved(a)).then(likelier)
    });
    Ok(Some(Regions {
        by_decision: counts.into_iter().flatten().collect(),
        opened_by_date: all.opened_by_date,
        closed_by_date: all.closed_by_date,
        regions,
    }))
}

/// In how many regions a run sees this; nothing where none ever does.
fn count(
    regions: &[RegionColumns],
    act: RegionAct,
    horizon: f64,
) -> Result<Option<Number>, ReportError> {
    let of_act = || regions.iter().filter(|region| region.act == act);
    let Some(first) = of_act().next() else {
        return Ok(None);
    };
    let so_many = |column: fn(&DatedColumns) -> Option<&Vec<f64>>| {
        let runs = column(&first.days)?.len();
        let mut counts = vec![0.0; runs];
        for region in of_act() {
            let days = column(&region.days)?.iter();
            for (count, days) in counts.iter_mut().zip(days) {
                *count += f64::from(u8::from(!days.is_nan()));
            }
        }
        Some(counts)
    };
    let columns = MetricColumns {
        facts: MetricFacts {
            name: format!("regions_{}", act.name()),
            label: format!("regions {} by decision of their provider", act.name()),
            unit: Unit::Count,
            better: Better::Neutral,
            record: None,
            headline: None,
            part: Part::Effect,
        },
        scenario: so_many(|days| Some(&days.scenario)).unwrap_or_default(),
        baseline: so_many(|days| days.baseline.as_ref()),
        at_start: None,
    };
    number(&columns, horizon).map(Some)
}

/// How likely it is by the horizon, and when: runs in which it has not come are followed to
/// the horizon, not left out.
fn coming(days: &DatedColumns, horizon: f64) -> Result<Coming, MeasureError> {
    let came = |column: &[f64]| {
        let come = column.iter().filter(|days| !days.is_nan()).count();
        estimate::share(come, column.len())
    };
    let spells: Vec<Spell> = days.scenario.iter().map(|d| spell(*d, horizon)).collect();
    let (typical, spread) = estimate::time_to_end(&spells, horizon)?;
    let baseline = days.baseline.as_deref();
    Ok(Coming {
        share: came(&days.scenario),
        without_the_order: baseline.map(came),
        effect: baseline.and_then(|baseline| estimate::share_effect(&days.scenario, baseline)),
        days: typical,
        days_spread: spread,
    })
}
