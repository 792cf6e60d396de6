//! What precision is asked for.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::measure::MeasureError;
use crate::measure::enough::Width;
use crate::report::input::MetricFacts;
use crate::report::measured;
use crate::report::page::{Bounded, Typical};
use crate::report::unit::Unit;
use crate::scenario::resolved::{Model, Scenario};
use crate::scenario::{advice, nearest::nearest};

/// The statistics by name; quantiles are `p1` to `p99`.
const NAMES: [&str; 6] = ["median", "mean", "share", "effect", "p10", "p90"];

/// A statistic of a metric over futures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Statistic {
    /// What the page states: the median, of yes or no the share.
    Typical,
    /// The mean.
    Mean,
    /// The quantile of so many per cent, 1 to 99.
    Quantile(u8),
    /// The paired difference to the baseline.
    Effect,
}

/// A metric's statistic.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// The metric.
    pub metric: MetricFacts,
    /// Of it.
    pub statistic: Statistic,
    /// Length of the horizon, days.
    pub horizon: f64,
}

/// A metric's statistic, and how wide its interval may be.
#[derive(Clone, PartialEq, Debug)]
pub struct Ask {
    /// The statistic.
    pub of: Asked,
    /// Half of the width.
    pub width: Width,
}

/// A metric's statistic, and how wide its interval should be, if somebody says.
#[derive(Clone, PartialEq, Debug)]
pub struct Wanted {
    /// The statistic.
    pub of: Asked,
    /// Half of the width.
    pub width: Option<Width>,
}

/// What cannot be asked.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum AskError {
    /// Not of the form.
    #[error(
        "`{0}` is not METRIC=WIDTH or METRIC.STAT=WIDTH, such as case_days.mean=20, or =2% for a part \
         of the estimate"
    )]
    Form(String),
    /// Not a width.
    #[error(
        "`{width}` in `{text}` is no width; give a number above 0, in the metric's unit \
         (0.5) or as a part of the estimate (2%)"
    )]
    Width {
        /// All of it.
        text: String,
        /// What stands for the width.
        width: String,
    },
    /// No such metric.
    #[error("there is no metric `{name}`{}; `comity list metrics` shows all", told(.help))]
    Metric {
        /// What was asked.
        name: String,
        /// The nearest.
        help: Option<String>,
    },
    /// No such statistic.
    #[error(
        "there is no statistic `{name}`{}; there are median, mean, share, effect, and p1 to p99",
        told(.help)
    )]
    Statistic {
        /// What was asked.
        name: String,
        /// The nearest.
        help: Option<String>,
    },
    /// A statistic that the metric has not.
    #[error("`{metric}` {why}")]
    Has {
        /// The metric.
        metric: String,
        /// Why not, and the mend.
        why: &'static str,
    },
    /// Asked twice.
    #[error("`{0}` is asked for twice; once is enough")]
    Twice(String),
    /// Nothing to tell of.
    #[error("the scenario has no headline metric; name one with --of METRIC")]
    Headline,
    /// A market benchmark.
    #[error("`{0}` is a market benchmark, which has no metrics to ask by; give -n")]
    Benchmark(String),
}

fn told(help: &Option<String>) -> String {
    help.as_ref()
        .map_or_else(String::new, |help| format!("; {help}"))
}

/// The metrics of a scenario, of which statistics may be asked.
#[derive(Debug)]
pub struct Known {
    metrics: Vec<MetricFacts>,
    paired: bool,
    horizon: f64,
}

impl Known {
    /// Those of a scenario, run beside its baseline or alone.
    ///
    /// # Errors
    /// [`AskError::Benchmark`].
    pub fn of(scenario: &Scenario, paired: bool) -> Result<Self, AskError> {
        if let Model::MarketBenchmark(_) = scenario.model {
            return Err(AskError::Benchmark(scenario.name.clone()));
        }
        let months = i32::try_from(scenario.horizon_months).unwrap_or(i32::MAX);
        let end = scenario.start.plus_months(months);
        Ok(Self {
            metrics: MetricFacts::all(scenario),
            paired,
            horizon: f64::from(end.days_since(scenario.start)),
        })
    }

    /// Reads `METRIC[.STAT]=WIDTH`, each once, and puts them in the order of their names.
    ///
    /// # Errors
    /// [`AskError`]
    pub fn asks<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Result<Vec<Ask>, AskError> {
        let asks = texts.into_iter().map(|text| self.ask(text));
        let mut asks = asks.collect::<Result<Vec<Ask>, _>>()?;
        asks.sort_by_key(|ask| ask.of.name());
        let twice = asks
            .windows(2)
            .find(|two| two[0].of.name() == two[1].of.name());
        match twice {
            Some(two) => Err(AskError::Twice(two[0].of.name())),
            None => Ok(asks),
        }
    }

    /// Reads `METRIC[.STAT][=WIDTH]`, each once; the headline metrics and their effects where
    /// nothing is named.
    ///
    /// # Errors
    /// [`AskError`]
    pub fn wanted<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Result<Vec<Wanted>, AskError> {
        let one = |text: &str| {
            if text.contains('=') {
                let Ask { of, width } = self.ask(text)?;
                let width = Some(width);
                return Ok(Wanted { of, width });
            }
            let of = self.named(text.trim())?;
            Ok(Wanted { of, width: None })
        };
        let wanted = texts.into_iter().map(one);
        let mut wanted = wanted.collect::<Result<Vec<Wanted>, _>>()?;
        if wanted.is_empty() {
            wanted = self.headlines()?;
        }
        for (at, one) in wanted.iter().enumerate() {
            if wanted[..at]
                .iter()
                .any(|other| other.of.name() == one.of.name())
            {
                return Err(AskError::Twice(one.of.name()));
            }
        }
        Ok(wanted)
    }

    fn headlines(&self) -> Result<Vec<Wanted>, AskError> {
        let headline = |metric: &&MetricFacts| metric.headline.is_some();
        let mut metrics: Vec<&MetricFacts> = self.metrics.iter().filter(headline).collect();
        metrics.sort_by_key(|metric| metric.headline);
        let statistics = [Statistic::Typical, Statistic::Effect];
        let mut wanted = Vec::new();
        for metric in metrics {
            for statistic in &statistics[..if self.paired { 2 } else { 1 }] {
                let of = self.with(metric, *statistic)?;
                wanted.push(Wanted { of, width: None });
            }
        }
        if wanted.is_empty() {
            return Err(AskError::Headline);
        }
        Ok(wanted)
    }

    fn ask(&self, text: &str) -> Result<Ask, AskError> {
        let (name, width) = text
            .rsplit_once('=')
            .map(|(name, width)| (name.trim(), width.trim()))
            .filter(|(name, _)| !name.is_empty())
            .ok_or_else(|| AskError::Form(shortened(text)))?;
        let of = self.named(name)?;
        let width = parse_width(width).ok_or_else(|| not_a_width(text, width))?;
        Ok(Ask { of, width })
    }

    /// Reads `METRIC[.STAT]`.
    ///
    /// # Errors
    /// [`AskError`]
    pub fn named(&self, text: &str) -> Result<Asked, AskError> {
        if let Some(metric) = self.metric(text) {
            return self.with(metric, Statistic::Typical);
        }
        let (name, statistic) = text.split_once('.').unwrap_or((text, ""));
        let Some(metric) = self.metric(name) else {
            let names: Vec<&str> = self.metrics.iter().map(|m| &*m.name).collect();
            return Err(AskError::Metric {
                name: shortened(name),
                help: advice(name, &names).filter(|_| nearest(name, names).is_some()),
            });
        };
        let unknown = || AskError::Statistic {
            name: shortened(statistic),
            help: nearest(statistic, NAMES).map(|near| format!("did you mean `{near}`?")),
        };
        let yes_no = metric.unit == Unit::YesNo;
        let statistic = match statistic {
            "mean" if !yes_no => Statistic::Mean,
            "mean" | "share" if yes_no => Statistic::Typical,
            "share" => return Err(has(metric, "has values, not yes or no; leave out .share")),
            "median" => Statistic::Typical,
            "effect" => Statistic::Effect,
            _ => Statistic::Quantile(percent(statistic).ok_or_else(unknown)?),
        };
        if yes_no && (text.ends_with(".median") || matches!(statistic, Statistic::Quantile(_))) {
            return Err(has(
                metric,
                "is yes or no; ask for its share: leave out the rest",
            ));
        }
        self.with(metric, statistic)
    }

    fn metric(&self, name: &str) -> Option<&MetricFacts> {
        self.metrics.iter().find(|metric| metric.name == name)
    }

    fn with(&self, metric: &MetricFacts, statistic: Statistic) -> Result<Asked, AskError> {
        if statistic == Statistic::Effect && !self.paired {
            let why = "has no effect without a baseline; ask for its level, or simulate with one";
            return Err(has(metric, why));
        }
        Ok(Asked {
            metric: metric.clone(),
            statistic,
            horizon: self.horizon,
        })
    }
}

fn has(metric: &MetricFacts, why: &'static str) -> AskError {
    AskError::Has {
        metric: metric.name.clone(),
        why,
    }
}

/// What was typed, without an end where that is long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// `p90` is 90.
fn percent(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('p')?;
    let plain = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let percent = digits.parse().ok().filter(|_| plain)?;
    (1..=99).contains(&percent).then_some(percent)
}

fn not_a_width(text: &str, width: &str) -> AskError {
    AskError::Width {
        text: shortened(text),
        width: shortened(width),
    }
}

/// Reads a width that stands alone.
///
/// # Errors
/// [`AskError::Width`]
pub fn width(text: &str) -> Result<Width, AskError> {
    parse_width(text.trim()).ok_or_else(|| not_a_width(text, text))
}

fn parse_width(text: &str) -> Option<Width> {
    let number = |text: &str| -> Option<f64> {
        let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+');
        let number = text.parse().ok().filter(|_| text.bytes().all(plain))?;
        Some(number).filter(|number: &f64| number.is_finite() && *number > 0.0)
    };
    match text.strip_suffix('%') {
        Some(percent) => Some(Width::PartOfEstimate(number(percent.trim_end())? / 100.0)),
        None => number(text).map(Width::Within),
    }
}

impl Asked {
    /// `METRIC.STAT`, by which it is told from others.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.metric.name, self.statistic_name())
    }

    fn statistic_name(&self) -> String {
        match self.statistic {
            Statistic::Typical if self.metric.unit == Unit::YesNo => "share".to_owned(),
            Statistic::Typical => "median".to_owned(),
            Statistic::Mean => "mean".to_owned(),
            Statistic::Quantile(percent) => format!("p{percent}"),
            Statistic::Effect => "effect".to_owned(),
        }
    }

    /// The estimate with the half-width of its interval of 95 %, in the unit of the page: per
    /// cent or points of futures where the metric is yes or no. `None` without a value.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn estimate(
        &self,
        scenario: &[f64],
        baseline: Option<&[f64]>,
    ) -> Result<Option<Typical>, MeasureError> {
        let (unit, horizon) = (&self.metric.unit, self.horizon);
        match (self.statistic, baseline) {
            (Statistic::Typical, _) => Ok(measured::level(unit, scenario, horizon)?.0),
            (Statistic::Mean, _) => measured::mean(unit, scenario, horizon),
            (Statistic::Quantile(percent), _) => {
                let p = f64::from(percent) / 100.0;
                Ok(measured::quantile(unit, scenario, p, horizon))
            }
            (Statistic::Effect, None) => Ok(None),
            (Statistic::Effect, Some(baseline)) => {
                let better = self.metric.better;
                let effect = measured::effect(unit, better, (scenario, baseline), horizon)?;
                Ok(effect.map(|effect| Typical {
                    value: Bounded::At(effect.mean),
                    error: effect.error,
                }))
            }
        }
    }
}

impl Ask {
    /// Whether this estimate is as sure as asked.
    #[must_use]
    pub fn holds(&self, estimate: &Typical) -> bool {
        match (estimate.value, estimate.error) {
            (Bounded::At(value), Some(error)) => self.width.holds(value, error),
            _ => false,
        }
    }
}

/// As it is typed.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.of.name())?;
        match self.width {
            Some(width) => write!(f, "={}", Half::from(width)),
            None => Ok(()),
        }
    }
}

/// As it is typed, so that it can be read again.
impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.of.name(), Half::from(self.width))
    }
}

/// A part in per cent, without the digits that a product of floats adds.
fn percent_of(part: f64) -> f64 {
    let text = format!("{:.12e}", 100.0 * part);
    text.parse().unwrap_or(100.0 * part)
}

/// Half-widths as they are stored.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// In the unit of the estimate.
    Within(f64),
    /// In per cent of the estimate.
    PercentOfEstimate(f64),
}

/// As it is typed.
impl fmt::Display for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(width) => write!(f, "{width}"),
            Self::PercentOfEstimate(percent) => write!(f, "{percent}%"),
        }
    }
}

impl From<Width> for Half {
    fn from(width: Width) -> Self {
        match width {
            Width::Within(width) => Self::Within(width),
            Width::PartOfEstimate(part) => Self::PercentOfEstimate(percent_of(part)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overlay, ScenarioTarget, load};

    fn known(paired: bool) -> Known {
        let target = ScenarioTarget::parse("preska-2014");
        Known::of(&load(&target, Overlay::default()).unwrap(), paired).unwrap()
    }

    #[test]
    fn what_is_asked_is_read_and_read_again() {
        let known = known(true);
        let texts = [
            "trust_eu_2014.effect=.50",
            "case_days=2%",
            "case_days.p90=30",
        ];
        let asks = known.asks(texts).unwrap();
        let canonical: Vec<String> = asks.iter().map(ToString::to_string).collect();
        assert_eq!(
            canonical,
            [
                "case_days.median=2%",
                "case_days.p90=30",
                "trust_eu_2014.effect=0.5"
            ]
        );
        let again = known.asks(canonical.iter().map(String::as_str)).unwrap();
        assert_eq!(again, asks);
        for percent in 1..1000 {
            let text = format!("case_days={}%", f64::from(percent) / 10.0);
            let once = known.asks([&*text]).unwrap();
            let twice = known.asks([&*once[0].to_string()]).unwrap();
            assert_eq!(once, twice, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_asked_is_refused_with_its_mend() {
        let wrong = |text: &str| known(false).asks([text]).unwrap_err().to_string();
        for text in ["", "case_days", "=1", "case_days.mean"] {
            assert!(wrong(text).contains("METRIC=WIDTH"), "{text}");
        }
        for width in [
            "", "-1", "0", "NaN", "inf", "1e999", "1e-999", "%", "-2%", "x", "1_0", "½",
        ] {
            let text = format!("case_days={width}");
            assert!(wrong(&text).contains("is no width"), "{text}");
        }
        assert!(wrong("case_dasy=1").contains("did you mean `case_days`?"));
        assert!(wrong("case_days.medain=1").contains("did you mean `median`?"));
        for statistic in ["p0", "p100", "p5.5", "p", "p+5", ""] {
            let text = format!("case_days.{statistic}=1");
            assert!(wrong(&text).contains("there are median"), "{text}");
        }
        assert!(wrong("case_days.share=1").contains("leave out .share"));
        assert!(wrong("case_days.effect=1").contains("without a baseline"));
        let twice = known(true).asks(["case_days=1", "case_days.median=2"]);
        assert_eq!(twice, Err(AskError::Twice("case_days.median".to_owned())));
        assert!(wrong(&format!("{}=1", "x".repeat(5000))).len() < 200);
    }
}
