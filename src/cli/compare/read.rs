//! What a comparison reads of the result of each option.

use comity::analysis::decide::futures::{Futures, Simulated, Wish, Wishes};
use comity::result::{ExitClass, Opened};
use comity::scenario::Scenario;
use comity::scenario::resolved::{
    FactKind, ForceKind, FullModel, Metric, MetricWhen, Model, NodeKind,
};

use super::simulate::Work;
use crate::cli::failure::Failure;

impl Work<'_> {
    /// The futures of these results, side by side: every metric, the ends and rulings of the
    /// first case, and the inputs that all options draw.
    pub(super) fn futures(&self, results: &[Opened]) -> Result<Futures, Failure> {
        let metrics: Vec<Wish<'_>> = self.metrics().map(|metric| self.wish(metric)).collect();
        let case = self.case();
        let wishes = Wishes {
            metrics: &metrics,
            case,
            inputs: &self.inputs(),
            nodes: &case.map_or_else(Vec::new, |_| self.courts()),
            start: self.scenario().start,
        };
        self.read(results, &wishes)
    }

    /// The objective in the futures of these results, side by side, and nothing else.
    pub(super) fn objectives(&self, results: &[Opened]) -> Result<Futures, Failure> {
        let wishes = Wishes {
            metrics: &[self.objective()],
            case: None,
            inputs: &[],
            nodes: &[],
            start: self.scenario().start,
        };
        self.read(results, &wishes)
    }

    fn read(&self, results: &[Opened], wishes: &Wishes<'_>) -> Result<Futures, Failure> {
        let read = results.iter().map(|result| Simulated::read(result, wishes));
        let read = read.collect::<Result<Vec<_>, _>>()?;
        let futures = Futures::side_by_side(&read);
        if let Some(option) = futures.departs {
            return Err(self.other_futures(&self.all.options[option].name));
        }
        Ok(futures)
    }

    /// Why options cannot be compared in the futures that agree with what is given.
    pub(super) fn other_futures(&self, option: &str) -> Failure {
        Failure::of(
            ExitClass::Failed,
            format!(
                "under `{option}` other futures agree with what is given than under `{}`, so that \
                 they are not the same futures and cannot be compared; give only what the options do \
                 not change, or force it with --do",
                self.all.options[0].name
            ),
        )
    }

    fn wish<'m>(&self, metric: &'m Metric) -> Wish<'m> {
        Wish {
            metric: &metric.name,
            open_until: self.scenario().open_until(metric),
        }
    }

    /// The metric by which options are judged.
    pub(super) fn objective(&self) -> Wish<'_> {
        self.wish(self.metric(self.all.question.objective))
    }

    /// The case by whose end futures are told apart: the first, where all have it.
    fn case(&self) -> Option<&str> {
        let first = &full(self.scenario())?.cases.first()?.name;
        let mut options = self.all.options.iter();
        let in_all = options.all(|option| {
            let model = full(&option.pair.scenario);
            model.is_some_and(|model| model.cases.iter().any(|case| case.name == *first))
        });
        in_all.then_some(first.as_str())
    }

    /// The nodes of the first case's court system that rule, where options are judged by what
    /// accrues to the horizon: what is measured on a date is not waited for.
    fn courts(&self) -> Vec<&str> {
        let judged_by = self.metric(self.all.question.objective);
        if judged_by.when != MetricWhen::Horizon || self.objective().open_until.is_some() {
            return Vec::new();
        }
        let Some(model) = full(self.scenario()) else {
            return Vec::new();
        };
        let court = model.cases.first().map(|case| &model.courts[case.court]);
        let nodes = court.map_or(&[][..], |court| &court.nodes);
        // Of the first case; what is forced or known already is not waited for.
        let settled = |at: usize| {
            let forced = model.forces.iter().any(|force| match force.kind {
                ForceKind::Ruling { case, node, .. } => case.index() == 0 && node.index() == at,
                _ => false,
            });
            let known = model.facts.iter().any(|fact| match fact.kind {
                FactKind::Left { node, .. } => fact.case.index() == 0 && node.index() == at,
                FactKind::Open(_) => false,
            });
            forced || known
        };
        let rules = |kind: &NodeKind| matches!(kind, NodeKind::Ruling | NodeKind::Vote { .. });
        nodes
            .iter()
            .enumerate()
            .filter(|(at, node)| rules(&node.kind) && !settled(*at))
            .map(|(_, node)| node.name.as_str())
            .collect()
    }

    /// The inputs that every option draws from the same distribution.
    fn inputs(&self) -> Vec<&str> {
        let drawn_by = |scenario: &Scenario, path: &str| {
            let own = self.scenario().inputs.iter().find(|own| own.path == path);
            let theirs = scenario.inputs.iter().find(|their| their.path == path);
            own == theirs
        };
        let inputs = self.scenario().inputs.iter();
        let inputs = inputs.map(|input| input.path.as_str());
        inputs
            .filter(|path| {
                let mut options = self.all.options.iter();
                options.all(|option| drawn_by(&option.pair.scenario, path))
            })
            .collect()
    }
}

fn full(scenario: &Scenario) -> Option<&FullModel> {
    match &scenario.model {
        Model::Full(model) => Some(model),
        Model::MarketBenchmark(_) => None,
    }
}
