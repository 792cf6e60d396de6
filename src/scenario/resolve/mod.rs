//! From what was written to what it means; everything wrong is gathered on the way.

mod benchmark;
mod case;
mod correlation;
mod court;
mod customers;
mod decision;
mod distribution;
mod doctrine;
mod exit;
mod fact;
mod force;
mod full;
mod graph;
mod group;
mod head;
mod interval;
mod lever;
mod limits;
mod market;
mod metric;
mod named;
mod names;
mod observation;
mod outcome;
mod place;
mod policy;
mod posterior;
mod provider;
mod region;
mod report;
mod resolver;
mod site;
mod sources;
mod trap;

use super::error::Problem;
use super::raw::Document;
use super::resolved::{
    Correlations, Decision, DecisionOption, Input, Lever, Metric, Model, Posterior, Report, Source,
};
use super::tree::Outline;
use names::Names;
use observation::Observed;
use resolver::Resolver;

pub(super) use head::Head;

/// Shares and chances must sum to one to this.
const SUM_TOLERANCE: f64 = 1e-6;

/// A sum, as shown in messages: without the noise of its last digits.
fn shown_sum(sum: f64) -> String {
    let text = format!("{sum:.7}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A document's meaning, without its texts.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    pub head: Head,
    pub model: Model,
    pub metrics: Vec<Metric>,
    pub sources: Vec<Source>,
    pub inputs: Vec<Input>,
    pub correlations: Correlations,
    pub posterior: Option<Posterior>,
    pub decision: Option<Decision>,
    pub options: Vec<DecisionOption>,
    pub levers: Vec<Lever>,
    pub observed: Observed,
    pub report: Report,
}

/// Gives a document its meaning.
///
/// # Errors
/// Everything wrong with it.
pub(super) fn resolve(document: &Document, outline: &Outline) -> Result<Meaning, Vec<Problem>> {
    let mut resolver = Resolver::new(outline);
    if let Some(full) = &document.full {
        full::check_sizes(&mut resolver, full);
    }
    resolver.at_most(&document.metric, "metrics", 256);
    resolver.at_most(&document.correlation, "correlations", 1_000);
    resolver.at_most(&document.option, "options", 64);
    resolver.at_most(&document.lever, "levers", lever::MOST);
    if !resolver.problems.is_empty() {
        return Err(resolver.problems);
    }
    let option_names = Names::of("option", &document.option);
    let has_options = document.head.under.is_some() || !document.option.is_empty();
    let Some(head) = head::head(&mut resolver, &document.head, &option_names) else {
        return Err(resolver.problems);
    };
    let mut names = full::AllNames::default();
    let model = match (&document.full, &document.market_benchmark) {
        (Some(full), _) => {
            names = full::AllNames::of(full);
            full::model(&mut resolver, full, &names, &head, has_options)
        }
        (None, Some(raw)) => Some(Model::MarketBenchmark(benchmark::benchmark(
            &mut resolver,
            raw,
        ))),
        (None, None) => None,
    };
    let metrics = metric::metrics(
        &mut resolver,
        &document.metric,
        (&names, model.as_ref()),
        &head,
    );
    if let Some(Model::Full(model)) = &model {
        provider::refuse_unknown_money(&mut resolver, &document.metric, &metrics, &model.providers);
    }
    let judged = judged(&mut resolver, document, &names, &metrics, (outline, &head));
    let report = report::report(
        &mut resolver,
        document.report.as_ref(),
        &names,
        model.as_ref(),
    );
    let levers = lever::levers(&mut resolver, &document.lever, outline);
    let correlations = correlation::correlations(&mut resolver, &document.correlation, outline);
    let sources = sources::sources(&mut resolver, &document.sources);
    let inputs = resolver.inputs();
    let posterior = document
        .inputs
        .as_ref()
        .and_then(|raw| raw.posterior.as_ref());
    // Only where all inputs are known can it be told which are none.
    let posterior = posterior
        .filter(|_| resolver.problems.is_empty())
        .and_then(|raw| posterior::posterior(&mut resolver, raw, &inputs));
    match (model, correlations) {
        (Some(model), Some(correlations)) if resolver.problems.is_empty() => Ok(Meaning {
            head,
            model,
            metrics,
            sources,
            inputs,
            correlations,
            posterior,
            decision: judged.0,
            options: decision::options(&document.option),
            levers,
            observed: judged.1,
            report,
        }),
        _ => Err(resolver.problems),
    }
}

/// What refers to metrics: the decision and the observations. Where a metric is wrong they
/// wait, since a reference to it would only be complained of twice.
fn judged(
    resolver: &mut Resolver<'_>,
    document: &Document,
    names: &full::AllNames,
    metrics: &[Metric],
    (outline, head): (&Outline, &Head),
) -> (Option<Decision>, Observed) {
    if metrics.len() < document.metric.len() {
        return (None, Observed::default());
    }
    let options = Names::of("option", &document.option);
    let decision = document
        .decision
        .as_ref()
        .and_then(|raw| decision::decision(resolver, raw, names, &options, metrics, head));
    let observed = observation::observed(resolver, document, metrics, outline, head);
    (decision, observed)
}

#[cfg(test)]
mod tests {
    use crate::scenario::load_text;
    use crate::scenario::resolved::{Actor, MetricId, ObservationUse, OptionId, SourceKind};

    #[test]
    fn decisions_levers_and_observations_mean_what_they_say() {
        let text = [
            include_str!("../fixture.toml"),
            include_str!("../fixture-decision.toml"),
        ]
        .concat();
        let scenario = load_text("x", &text, &[]).unwrap();
        let decision = scenario.decision.as_ref().unwrap();
        assert!(matches!(decision.who, Actor::Provider(id) if id.index() == 0));
        // Metrics and options are in the order of their names.
        assert_eq!(decision.objective, MetricId(1));
        assert_eq!(decision.options, [OptionId(1), OptionId(0)]);
        assert_eq!(decision.tolerance, Some(55.0));
        assert_eq!(decision.by.unwrap().to_string(), "2014-12-31");
        assert_eq!(scenario.options[1].title, "wait and see");
        let lever = &scenario.levers[0];
        assert_eq!(lever.path, "choice.home_weight");
        assert_eq!((lever.low, lever.high), (0.0, 2.0));
        let [first, second] = &scenario.observations[..] else {
            panic!("two observations");
        };
        assert_eq!(
            (first.metric, first.value, first.error),
            (MetricId(1), 60.0, 4.0)
        );
        assert_eq!(first.use_for, ObservationUse::Validate);
        assert_eq!(second.use_for, ObservationUse::Fit);
        assert!(matches!(&first.source, SourceKind::Evidence { ids, .. } if ids == &["S01"]));
        // None of these is a number about the world.
        let plain = load_text("x", include_str!("../fixture.toml"), &[]).unwrap();
        let mut numbers = plain.number_paths;
        numbers.push("correlation.a.rank".to_owned());
        numbers.sort_unstable();
        assert_eq!(scenario.number_paths, numbers);
        let again = load_text("x", &scenario.frozen, &[]).unwrap();
        assert_eq!(format!("{again:?}"), format!("{scenario:?}"));
    }

    #[test]
    fn a_government_can_decide() {
        let decision = "[decision]\nwho = 'DE'\nobjective = 'trust_eu'\noptions = ['a', 'b']\n\
                        [option.a.set.choice]\nhome_weight = 1\n[option.b.set.choice]\nhome_weight = 2\n";
        let text = format!("{}{decision}", include_str!("../fixture.toml"));
        let scenario = load_text("x", &text, &[]).unwrap();
        let who = scenario.decision.unwrap().who;
        assert!(matches!(who, Actor::Government(_)), "{who:?}");
    }
}
