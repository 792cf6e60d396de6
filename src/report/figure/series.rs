//! What the series of a result hold of one metric: means over futures by date, seller, place and
//! segment.

use std::sync::Arc;

use super::FigureError;
use super::source::Source;
use crate::domain::Date;
use crate::report::finished::{dates, unusable, words};
use crate::result::table::Cells;
use crate::result::{Estimand, Wanted};
use crate::world::series::SeriesMetric;

/// How the name of all providers of a state begins in tables.
pub(super) const OF_A_STATE: &str = "parent:";

/// A mean over futures at the end of a month; nothing of a margin is all of it.
pub(super) struct Mean {
    pub date: Date,
    pub seller: Option<Arc<str>>,
    pub place: Option<Arc<str>>,
    pub segment: Option<Arc<str>>,
    /// NaN where no future has a value.
    pub mean: f64,
}

impl Mean {
    /// The state of whose providers it is, of all of them together.
    pub fn state(&self) -> Option<&str> {
        self.seller.as_deref()?.strip_prefix(OF_A_STATE)
    }
}

/// The levels of a metric, in the order of the table: by series, and of each by date.
pub(super) fn means(source: &Source<'_>, metric: SeriesMetric) -> Result<Vec<Mean>, FigureError> {
    let columns = [
        "date",
        "estimand",
        "metric",
        "provider",
        "jurisdiction",
        "segment",
        "mean",
    ];
    let files = source.result.files();
    let table = files.table("series", Wanted::Columns(&columns))?;
    let (estimands, metrics) = (words(&table, "estimand")?, words(&table, "metric")?);
    let margin = |name: &str| match table.column(name) {
        Some(Cells::Text(cells)) => Ok(cells),
        _ => Err(unusable("series", name)),
    };
    let (sellers, places) = (margin("provider")?, margin("jurisdiction")?);
    let (segments, on) = (margin("segment")?, dates(&table, "series")?);
    let Some(Cells::Float64(means)) = table.column("mean") else {
        return Err(unusable("series", "mean").into());
    };
    let wanted = (0..table.rows()).filter(|&row| {
        estimands[row] == Some(Estimand::Level.name()) && metrics[row] == Some(metric.name())
    });
    let found = wanted.filter_map(|row| {
        Some(Mean {
            date: on[row]?,
            seller: sellers[row].clone(),
            place: places[row].clone(),
            segment: segments[row].clone(),
            mean: means[row],
        })
    });
    Ok(found.collect())
}
