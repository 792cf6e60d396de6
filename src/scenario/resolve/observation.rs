//! What was observed in the world, who was asked, and how the past is forecast.

use super::decision::metric_names;
use super::head::Head;
use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use super::sources;
use crate::domain::Date;
use crate::scenario::nearest::advice;
use crate::scenario::raw;
use crate::scenario::resolved::{
    Backtest, Bound, InputId, Metric, MetricId, Observation, ObservationUse, Panel, PanelId,
};
use crate::scenario::tree::{Outline, PathKind};

const USES: [(&str, ObservationUse); 3] = [
    ("fit", ObservationUse::Fit),
    ("validate", ObservationUse::Validate),
    ("claim", ObservationUse::Claim),
];

const BOUNDS: [(&str, Bound); 2] = [("at_least", Bound::AtLeast), ("at_most", Bound::AtMost)];

/// What was observed, and what is done with it.
#[derive(Clone, Debug, Default)]
pub(in crate::scenario) struct Observed {
    pub observations: Vec<Observation>,
    pub panels: Vec<Panel>,
    pub backtest: Option<Backtest>,
}

/// All of it, observations in the order written.
pub(super) fn observed(
    resolver: &mut Resolver<'_>,
    document: &raw::Document,
    metrics: &[Metric],
    outline: &Outline,
    head: &Head,
) -> Observed {
    let backtest = document
        .backtest
        .as_ref()
        .and_then(|raw| backtest(resolver, raw, outline, head));
    let panels = panels(resolver, &document.panel);
    let mut reading = Reading {
        names: metric_names(metrics),
        panels: Names::of("panel", &document.panel),
        metrics,
        fit_until: backtest.as_ref().map(|backtest| backtest.fit_until),
        head,
        out: Vec::with_capacity(document.observation.len()),
    };
    for row in &document.observation {
        reading.read(resolver, row);
    }
    Observed {
        observations: reading.out,
        panels,
        backtest,
    }
}

/// What observations refer to, and those read so far.
struct Reading<'a> {
    names: Names,
    panels: Names,
    metrics: &'a [Metric],
    fit_until: Option<Date>,
    head: &'a Head,
    out: Vec<Observation>,
}

impl Reading<'_> {
    fn read(&mut self, resolver: &mut Resolver<'_>, row: &raw::Placed<raw::Observation>) {
        let place = row.span();
        let row = row.get_ref();
        let date = self.head.simulated(resolver, &row.date);
        let metric = resolver.refer(&row.metric, &self.names);
        let value = resolver.plain(&row.value, Limits::ANY);
        let error = resolver.plain(&row.error, Limits::POSITIVE);
        let no_change = row.no_change.as_ref();
        let no_change = no_change.map(|number| resolver.plain(number, Limits::ANY));
        let source = sources::source(resolver, &row.source);
        let use_for = resolver.one_of(&row.use_for, "use of an observation", USES, |(name, _)| {
            name
        });
        let bound = row.bound.as_ref().and_then(|bound| {
            resolver.one_of(bound, "bound of an observation", BOUNDS, |(name, _)| name)
        });
        let (Some(date), Some(metric), Some(source), Some((_, use_for))) =
            (date, metric, source, use_for)
        else {
            return;
        };
        self.refuse_late_fit(resolver, row, (date, use_for));
        let read = Observation {
            date,
            published: published(resolver, row, date),
            metric: MetricId(metric),
            against_baseline: row.against_baseline,
            value,
            error,
            bound: bound.map_or(Bound::Exact, |(_, bound)| bound),
            panel: self.panel(resolver, row, metric, value),
            series: row.series.as_ref().map(|text| text.get_ref().clone()),
            no_change,
            forecast_from: self.forecast_from(resolver, row, date),
            backtest: row.backtest.as_ref().map(|text| text.get_ref().clone()),
            source,
            use_for,
            text: row.text.clone(),
        };
        let is_known = |other: &&Observation| {
            (other.date, other.metric, &other.source) == (date, read.metric, &read.source)
                && other.against_baseline == read.against_baseline
        };
        if self.out.iter().any(|other| is_known(&other)) {
            let message = format!(
                "`{}` of {date} is observed twice from one source",
                row.metric
            );
            resolver.wrong_but(&place, message, "keep one of them, or it counts double");
        }
        self.out.push(read);
    }

    fn refuse_late_fit(
        &self,
        resolver: &mut Resolver<'_>,
        row: &raw::Observation,
        (date, use_for): (Date, ObservationUse),
    ) {
        let until = self.fit_until.filter(|until| date > *until);
        if let (Some(until), ObservationUse::Fit) = (until, use_for) {
            let message = format!("{date} is after `backtest.fit_until`, {until}");
            let help = "hold it back with `use = \"validate\"`, or fit until later";
            resolver.wrong_but(&row.use_for.span(), message, help);
        }
    }

    /// The panel of a share in per cent.
    fn panel(
        &self,
        resolver: &mut Resolver<'_>,
        row: &raw::Observation,
        metric: usize,
        value: f64,
    ) -> Option<PanelId> {
        let text = row.panel.as_ref()?;
        let panel = resolver.refer(text, &self.panels)?;
        let of = self.metrics[metric].of;
        if of.unit() != "percent" || row.against_baseline {
            let message = format!("`{}` is no share of those asked", row.metric);
            let help = "a panel is for a metric in per cent, not against the baseline";
            resolver.wrong_but(&text.span(), message, help);
        } else if !(0.0..=100.0).contains(&value) {
            let message = format!("{value} is no share in per cent");
            resolver.wrong(&row.value.place, message);
        }
        Some(PanelId(panel))
    }

    fn forecast_from(
        &self,
        resolver: &mut Resolver<'_>,
        row: &raw::Observation,
        date: Date,
    ) -> Option<Date> {
        let day = row.forecast_from.as_ref()?;
        let from = self.head.simulated(resolver, day)?;
        if from >= date {
            let message = format!("a forecast from {from} is none of {date}");
            resolver.wrong_but(&day.place, message, "give a day before `date`");
        }
        Some(from)
    }
}

/// When it was known: `date` unless a later day is given.
fn published(resolver: &mut Resolver<'_>, row: &raw::Observation, date: Date) -> Date {
    let Some(day) = &row.published else {
        return date;
    };
    let published = resolver.date(day).unwrap_or(date);
    if published < date {
        let message = format!("it was published on {published}, before its date, {date}");
        resolver.wrong(&day.place, message);
    }
    published.max(date)
}

fn panels(resolver: &mut Resolver<'_>, raw: &raw::Named<raw::Panel>) -> Vec<Panel> {
    raw.iter()
        .map(|(name, row)| {
            let row = row.get_ref();
            let respondents = row.respondents.as_ref();
            Panel {
                name: name.get_ref().clone(),
                title: titled(&row.title, name.get_ref()),
                respondents: respondents.map(|number| resolver.whole(number, 1, 10_000_000)),
                log_odds: resolver.quantity_or(row.log_odds.as_ref(), Limits::ANY, 0.0),
                discrimination: resolver.quantity_or(
                    row.discrimination.as_ref(),
                    Limits::POSITIVE,
                    1.0,
                ),
            }
        })
        .collect()
}

fn backtest(
    resolver: &mut Resolver<'_>,
    raw: &raw::Backtest,
    outline: &Outline,
    head: &Head,
) -> Option<Backtest> {
    let days = raw.origins.get_ref();
    let origins: Vec<Date> = days
        .iter()
        .filter_map(|day| head.simulated(resolver, day))
        .collect();
    if origins.is_empty() {
        resolver.wrong(&raw.origins.span(), "there is no day to forecast from");
    }
    if origins.windows(2).any(|pair| pair[0] >= pair[1]) {
        let message = "these days are not in order, each once";
        resolver.wrong(&raw.origins.span(), message);
    }
    let fit_until = head.simulated(resolver, &raw.fit_until)?;
    let mut inputs: Vec<InputId> = Vec::with_capacity(raw.inputs.len());
    for text in &raw.inputs {
        let Some(path) = resolver.path(text) else {
            continue;
        };
        // Who fixes an input, as a setting or a lever does, leaves nothing to calibrate.
        if outline.kind_of(&path) == Some(PathKind::Number) {
            continue;
        }
        if is_of_no_fact(&path, outline) {
            continue;
        }
        if outline.kind_of(&path) != Some(PathKind::Input) {
            let names: Vec<&str> = outline.inputs.iter().map(String::as_str).collect();
            let message = format!("`{path}` is no input that is drawn");
            let help = advice(&path, &names).filter(|help| help.contains("mean"));
            let help = help.unwrap_or_else(|| "write it as a distribution first".to_owned());
            resolver.wrong_but(&text.span(), message, &help);
            continue;
        }
        let Ok(index) = outline.inputs.binary_search(&path) else {
            continue;
        };
        if inputs.contains(&InputId(index)) {
            resolver.wrong(&text.span(), format!("`{path}` stands here twice"));
        }
        inputs.push(InputId(index));
    }
    inputs.sort_unstable();
    Some(Backtest {
        origins,
        fit_until,
        inputs,
    })
}

/// Whether a path leads into a `[force.NAME]` that is not there, as in a world without that fact,
/// in which there is nothing to calibrate of it.
fn is_of_no_fact(path: &str, outline: &Outline) -> bool {
    let mut keys = path.split('.');
    let (table, name) = (keys.next(), keys.next());
    let fact = name.map(|name| format!("force.{name}"));
    table == Some("force") && fact.is_some_and(|fact| outline.kind_of(&fact).is_none())
}
