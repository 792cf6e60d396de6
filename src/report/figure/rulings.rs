//! When courts rule, as moments on an axis of dates.

use super::FigureError;
use super::axis::days;
use super::chart::Mark;
use super::source::Source;
use crate::domain::Date;
use crate::report::finished::{dates, words};
use crate::result::{Wanted, World};
use crate::scenario::resolved::NodeKind;

/// The rulings of the first case to which at least half of the futures come, each on the day
/// by which half of the futures have it; none without a case.
pub(super) fn moments(source: &Source<'_>) -> Result<Vec<Mark>, FigureError> {
    let Some((case, court)) = source.model().and_then(|model| {
        let case = model.cases.first()?;
        Some((case, model.courts.get(case.court)?))
    }) else {
        return Ok(Vec::new());
    };
    let columns = ["world", "case", "node", "outcome", "date"];
    let files = source.result.files();
    let table = files.table("steps", Wanted::Columns(&columns))?;
    let column = |name: &str| words(&table, name);
    let (worlds, cases) = (column("world")?, column("case")?);
    let (nodes, outcomes) = (column("node")?, column("outcome")?);
    let by_row = dates(&table, "steps")?;
    let futures = source.result.manifest.runs_ok as usize;
    let mut moments = Vec::new();
    for node in &court.nodes {
        if !matches!(node.kind, NodeKind::Ruling | NodeKind::Vote { .. }) {
            continue;
        }
        let ruled = |row: &usize| {
            worlds[*row] == Some(World::Scenario.name())
                && cases[*row] == Some(&*case.name)
                && nodes[*row] == Some(&*node.name)
                // A case may leave a court by a statute, which is no ruling of it.
                && node.outcomes.iter().any(|known| outcomes[*row] == Some(&*known.name))
        };
        let rows = (0..table.rows()).filter(ruled);
        let mut on: Vec<Date> = rows.filter_map(|row| by_row[row]).collect();
        on.sort_unstable();
        // The median over all futures, of which the others never come there.
        let median = futures.div_ceil(2).checked_sub(1).and_then(|at| on.get(at));
        if let Some(day) = median.filter(|day| **day > source.facts.start) {
            moments.push(Mark::Moment {
                at: days(*day),
                label: format!("{}, typically", node.title),
            });
        }
    }
    Ok(moments)
}
