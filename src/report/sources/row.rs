//! A number and its sources as a row of a table, for CSV and JSON.

use serde::Serialize;

use crate::scenario::evidence::{Confidence, Evidence};
use crate::scenario::resolved::SourceKind;
use crate::scenario::{Drawn, Provenance};

/// A number as a row of a table.
#[derive(Serialize)]
pub(super) struct Row<'s> {
    path: &'s str,
    value: &'s str,
    drawn: Drawn,
    p05: Option<f64>,
    p50: Option<f64>,
    p95: Option<f64>,
    basis: &'static str,
    stated_at: &'s str,
    source_ids: String,
    confidence: &'static str,
    remark: &'s str,
    source_titles: String,
    source_dates: String,
    source_urls: String,
    fitted_to: &'s str,
}

impl<'s> Row<'s> {
    pub(super) fn of(number: &'s Provenance<'_>) -> Self {
        let part = |index: usize| number.quantiles.map(|quantiles| quantiles[index]);
        let joined = |of: fn(&Evidence) -> &str| {
            let parts: Vec<&str> = number.evidence.iter().map(|row| of(row)).collect();
            parts.join(" | ")
        };
        let source = number.source;
        Self {
            path: number.path,
            value: &number.written,
            drawn: number.drawn,
            p05: part(0),
            p50: part(1),
            p95: part(2),
            basis: match source.map(|source| &source.kind) {
                None => "none",
                Some(SourceKind::Assumed { .. }) => "assumed",
                Some(SourceKind::Evidence { .. }) => "evidence",
            },
            stated_at: source.map_or("", |source| source.path.as_str()),
            source_ids: ids(number).join(" | "),
            confidence: number.confidence().map_or("", Confidence::letter),
            remark: words(number),
            source_titles: joined(|row| &row.source),
            source_dates: joined(|row| &row.date),
            source_urls: joined(|row| &row.url),
            fitted_to: number.fitted.as_deref().unwrap_or_default(),
        }
    }
}

/// The ids of the evidence cited, as written.
pub(super) fn ids<'s>(number: &'s Provenance<'_>) -> &'s [String] {
    match number.source.map(|source| &source.kind) {
        Some(SourceKind::Evidence { ids, .. }) => ids,
        _ => &[],
    }
}

/// The remark, or the reason of an assumption.
pub(super) fn words<'s>(number: &'s Provenance<'_>) -> &'s str {
    match number.source.map(|source| &source.kind) {
        Some(SourceKind::Assumed { why }) => why,
        Some(SourceKind::Evidence { remark, .. }) => remark,
        None => "",
    }
}
