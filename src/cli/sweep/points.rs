//! The points of a sweep, each loaded and looked into before anything is simulated.

use comity::analysis::sweep::job::Ensembles;
use comity::analysis::sweep::measured::Wish;
use comity::analysis::sweep::plan::{Plan, Point};
use comity::analysis::sweep::tables::in_words;
use comity::analysis::sweep::varied::Varied;
use comity::analysis::sweep::{SweepError, table};
use comity::chance::Seed;
use comity::chance::design::Kind;
use comity::result::Identity;
use comity::scenario::resolved::{Metric, Model};
use comity::scenario::{Overlay, Scenario, ScenarioError, ScenarioTarget, nearest, read_text};

use crate::cli::arguments::{Design, SweepArguments};
use crate::cli::failure::Failure;
use crate::cli::simulation::SimulationOptions;
use crate::cli::target::{self, Pair, Target};

impl From<SweepError> for Failure {
    fn from(error: SweepError) -> Self {
        Self::input(error.to_string())
    }
}

/// All points of a sweep, sound.
pub struct Points {
    /// The design.
    pub plan: Plan,
    /// The scenario at no point; of jobs the first.
    pub base: Pair,
    /// Its job.
    pub base_job: Identity,
    /// The job of each point, under its own seed.
    pub jobs: Vec<Identity>,
    /// One for each point and replicate, each job once.
    pub ensembles: Ensembles,
    /// Of each point, what is read of its metrics.
    pub wishes: Vec<Vec<Wish>>,
    /// Positions, in the base, of the metrics that all points have.
    pub metrics: Vec<usize>,
    /// Positions among these of those asked for.
    pub asked: Vec<usize>,
}

/// Where points come from: the scenario of a TARGET, if there is one.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The scenario.
    pub scenario: Option<&'a ScenarioTarget>,
    /// What was asked.
    pub arguments: &'a SweepArguments,
    /// How each is simulated.
    pub simulation: &'a SimulationOptions,
}

impl Source<'_> {
    /// Loads every point.
    pub fn points(&self) -> Result<Points, Failure> {
        let plan = plan(self.arguments)?;
        refuse_what_is_set_too(&plan, self.arguments)?;
        let base = self.base(&plan)?;
        let base_job = self.simulation.identity(&base)?;
        let mut metrics: Vec<usize> = (0..base.scenario.metrics.len()).collect();
        let (mut jobs, mut horizons) = (Vec::new(), Vec::new());
        for (at, point) in plan.points.iter().enumerate() {
            let pair = self.pair(&plan, at)?;
            let own = self.job(&base_job, point, &pair);
            jobs.push(own.map_err(|failure| of_point(&plan, at, failure))?);
            let lost = metrics.iter().position(|&metric| {
                let asked = &base.scenario.metrics[metric];
                !has(&pair.scenario, &base.scenario, asked)
            });
            if let Some(lost) = lost {
                let name = &base.scenario.metrics[metrics[lost]].name;
                if self.arguments.of.contains(name) {
                    let text = format!("there is no metric `{name}` in its unit here");
                    return Err(of_point(&plan, at, Failure::input(text)));
                }
            }
            metrics.retain(|&metric| {
                has(
                    &pair.scenario,
                    &base.scenario,
                    &base.scenario.metrics[metric],
                )
            });
            horizons.push(pair.scenario.horizon_days());
        }
        let asked = asked(&base.scenario, &metrics, &self.arguments.of)?;
        let wishes = horizons.iter().map(|horizon| {
            let wish = |&at: &usize| wish(&base.scenario, at, *horizon);
            metrics.iter().map(wish).collect()
        });
        Ok(Points {
            ensembles: Ensembles::of(&jobs, self.arguments.replicates),
            wishes: wishes.collect(),
            plan,
            base,
            base_job,
            jobs,
            metrics,
            asked,
        })
    }

    /// The scenario at no point.
    fn base(&self, plan: &Plan) -> Result<Pair, Failure> {
        if self.scenario.is_none() {
            return self.pair(plan, 0);
        }
        let target = self.target(&plan.points[0])?;
        let overlay = Overlay {
            option: self.arguments.option.clone(),
            settings: self.arguments.settings.clone(),
            ..Overlay::default()
        };
        target::load(&target, &overlay, !self.arguments.no_baseline)
    }

    /// A point's scenario and its baseline.
    pub fn pair(&self, plan: &Plan, at: usize) -> Result<Pair, Failure> {
        let point = &plan.points[at];
        let own = || -> Result<Pair, Failure> {
            let target = self.target(point)?;
            let mut settings = self.arguments.settings.clone();
            settings.extend(plan.settings(point));
            let option = point.own.option.clone();
            let overlay = Overlay {
                option: option.or_else(|| self.arguments.option.clone()),
                settings,
                ..Overlay::default()
            };
            let pair = target::load(&target, &overlay, !self.arguments.no_baseline)?;
            if matches!(pair.scenario.model, Model::MarketBenchmark(_)) {
                return Err(Failure::input(format!(
                    "`{}` is a market benchmark, which has no metrics to tell of",
                    pair.scenario.name
                )));
            }
            Ok(pair)
        };
        own().map_err(|failure| of_point(plan, at, failure))
    }

    fn target(&self, point: &Point) -> Result<ScenarioTarget, Failure> {
        match (self.scenario, &point.own.scenario) {
            (Some(scenario), _) => Ok(scenario.clone()),
            (None, name) => {
                let name = name.as_deref().unwrap_or_default();
                match target::find(Some(name), &target::output_folder())? {
                    Target::Scenario(scenario) => Ok(scenario),
                    Target::Result(result) => Err(Failure::input(format!(
                        "{} is a result; a job names a scenario, such as its scenario.toml",
                        result.path.display()
                    ))),
                }
            }
        }
    }

    /// A point's job: as many futures and customers as the base has, unless it says otherwise.
    fn job(&self, base: &Identity, point: &Point, pair: &Pair) -> Result<Identity, Failure> {
        let options = SimulationOptions {
            runs: point.own.runs.or(self.simulation.runs),
            customers: point.own.customers.or(self.simulation.customers),
            seed: point.own.seed.unwrap_or(self.simulation.seed),
            ..self.simulation.clone()
        };
        let job = options.identity(pair)?;
        Ok(if self.scenario.is_some() {
            Identity {
                runs: base.runs,
                customers: base.customers,
                ..job
            }
        } else {
            job
        })
    }
}

/// The design that was asked for.
fn plan(arguments: &SweepArguments) -> Result<Plan, Failure> {
    let tables = [(&arguments.table, false), (&arguments.jobs, true)];
    for (path, of_jobs) in tables {
        if let Some(path) = path {
            let text = read_text(path, "a table").map_err(|error| unread(&error))?;
            return Ok(table::read(&path.display().to_string(), &text, of_jobs)?);
        }
    }
    let varied = arguments.vary.iter().map(|text| Varied::parse(text));
    let varied: Vec<Varied> = varied.collect::<Result<_, _>>()?;
    let kind = match arguments.design {
        Design::Grid => {
            if arguments.points.is_some() {
                return Err(Failure::input(
                    "--points is for --design lhs and sobol; a grid has the levels of each range, \
                     :N",
                ));
            }
            return Ok(Plan::grid(varied)?);
        }
        Design::Lhs => Kind::Latin,
        Design::Sobol => Kind::Sobol,
    };
    let count = arguments.points.ok_or_else(|| {
        Failure::input(format!(
            "--design {} takes --points N, how many points it has",
            kind.name()
        ))
    })?;
    Ok(Plan::sample(kind, varied, count, Seed(arguments.seed))?)
}

fn unread(error: &ScenarioError) -> Failure {
    let mend = match error {
        ScenarioError::Unreadable { .. } => "; write the path as seen from here",
        _ => "",
    };
    Failure::input(format!("{error}{mend}"))
}

/// A value that is varied is not also assumed.
fn refuse_what_is_set_too(plan: &Plan, arguments: &SweepArguments) -> Result<(), Failure> {
    let set = |path: &&String| {
        let mut settings = arguments.settings.iter();
        settings.any(|setting| setting.split('=').next().map(str::trim) == Some(path.as_str()))
    };
    plan.paths.iter().find(set).map_or(Ok(()), |path| {
        Err(Failure::input(format!(
            "`{path}` is varied and also given by --set; do one of the two"
        )))
    })
}

/// A failure, with the point that it is about.
pub fn of_point(plan: &Plan, at: usize, failure: Failure) -> Failure {
    let point = &plan.points[at];
    let line = point
        .line
        .map_or_else(String::new, |line| format!(", line {line} of the table"));
    let words = match in_words(plan, point) {
        words if words.is_empty() => String::new(),
        words => format!(": {words}"),
    };
    let where_ = format!("point {}{line}{words}", at + 1);
    match failure {
        Failure::Scenario { about, error } => {
            let column = column_of(plan, &error).map_or_else(String::new, |column| {
                format!("; the value of `{column}` is at fault")
            });
            let about = about.map_or_else(String::new, |about| format!("; {about}"));
            Failure::Scenario {
                about: Some(format!("this is about {where_}{column}{about}")),
                error,
            }
        }
        Failure::Message { code, text } => Failure::Message {
            code,
            text: format!("{where_}: {text}"),
        },
        other => other,
    }
}

/// The path whose value is wrong, if it is one of those of the design.
fn column_of<'p>(plan: &'p Plan, error: &ScenarioError) -> Option<&'p str> {
    let ScenarioError::Invalid { problems, sources } = error else {
        return None;
    };
    let place = sources.locate(problems.first()?.place.as_ref()?)?;
    let path = place.text.split('=').next()?.trim();
    let found = plan.paths.iter().find(|known| *known == path)?;
    place.source.starts_with("--set").then_some(found.as_str())
}

/// Whether a scenario has this metric of the base, in the same unit.
fn has(scenario: &Scenario, base: &Scenario, metric: &Metric) -> bool {
    let unit = |of: &Scenario, metric: &Metric| match &of.model {
        Model::Full(model) => Some(metric.unit(model)),
        Model::MarketBenchmark(_) => None,
    };
    let own = scenario.metrics.iter().find(|own| own.name == metric.name);
    own.is_some_and(|own| {
        (own.of, own.better, unit(scenario, own)) == (metric.of, metric.better, unit(base, metric))
    })
}

/// A point may have a horizon of its own.
fn wish(base: &Scenario, at: usize, horizon: f64) -> Wish {
    let metric = &base.metrics[at];
    Wish {
        metric: metric.name.clone(),
        open_until: base.open_until(metric).map(|_| horizon),
    }
}

/// Positions among `metrics` of those asked for, else of the headlines.
fn asked(scenario: &Scenario, metrics: &[usize], of: &[String]) -> Result<Vec<usize>, Failure> {
    let name = |at: usize| scenario.metrics[metrics[at]].name.as_str();
    let all = 0..metrics.len();
    if of.is_empty() {
        let headline = |at: &usize| scenario.metrics[metrics[*at]].headline;
        let mut headlines: Vec<usize> = all.filter(|at| headline(at).is_some()).collect();
        headlines.sort_by_key(headline);
        return if headlines.is_empty() {
            Err(Failure::input(
                "there is no headline metric that every point has; say of which to tell with --of \
                 METRIC",
            ))
        } else {
            Ok(headlines)
        };
    }
    let mut found = Vec::new();
    for wanted in of {
        let at = all.clone().find(|&at| name(at) == wanted).ok_or_else(|| {
            let near = nearest::nearest(wanted, all.clone().map(name));
            let mend = near.map_or_else(
                || "`comity list metrics` shows those of a scenario".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Failure::input(format!(
                "there is no metric `{wanted}` at every point; {mend}"
            ))
        })?;
        if !found.contains(&at) {
            found.push(at);
        }
    }
    Ok(found)
}
