//! What was observed in the world.

use super::decision::metric_names;
use super::head::Head;
use super::limits::Limits;
use super::resolver::Resolver;
use super::sources;
use crate::scenario::raw;
use crate::scenario::resolved::{Metric, MetricId, Observation, ObservationUse};

const USES: [(&str, ObservationUse); 2] = [
    ("fit", ObservationUse::Fit),
    ("validate", ObservationUse::Validate),
];

/// The observations, in the order written.
pub(super) fn observations(
    resolver: &mut Resolver<'_>,
    raw: &[raw::Placed<raw::Observation>],
    metrics: &[Metric],
    head: &Head,
) -> Vec<Observation> {
    let names = metric_names(metrics);
    let mut out: Vec<Observation> = Vec::with_capacity(raw.len());
    for row in raw {
        let place = row.span();
        let row = row.get_ref();
        let date = head.simulated(resolver, &row.date);
        let metric = resolver.refer(&row.metric, &names);
        let value = resolver.plain(&row.value, Limits::ANY);
        let error = resolver.plain(&row.error, Limits::POSITIVE);
        let source = sources::source(resolver, &row.source);
        let use_for = resolver.one_of(&row.use_for, "use of an observation", USES, |(name, _)| {
            name
        });
        let (Some(date), Some(metric), Some(source), Some((_, use_for))) =
            (date, metric, source, use_for)
        else {
            continue;
        };
        let metric = MetricId(metric);
        let is_known = |other: &Observation| {
            (other.date, other.metric, &other.source) == (date, metric, &source)
        };
        if out.iter().any(is_known) {
            let message = format!(
                "`{}` of {date} is observed twice from one source",
                row.metric
            );
            resolver.wrong_but(&place, message, "keep one of them, or it counts double");
        }
        out.push(Observation {
            date,
            metric,
            value,
            error,
            source,
            use_for,
            text: row.text.clone(),
        });
    }
    out
}
