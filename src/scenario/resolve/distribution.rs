//! Distributions: from the parameters as written to sound ones.

use crate::chance::math;
use crate::scenario::error::Problem;
use crate::scenario::nearest::advice;
use crate::scenario::raw::{FAMILIES, Parameters, Placed};
use crate::scenario::resolved::Distribution;
use crate::scenario::source_text::Place;

/// Means over standard deviations beyond which quantiles take too many terms.
const NARROWEST: f64 = 1e5;
/// Standard deviations over means beyond which nearly all draws round to 0.
const WIDEST: f64 = 100.0;
/// The 0.9 quantile of the standard normal distribution.
const NORMAL_P90: f64 = 1.281_551_565_544_600_4;

/// The distribution that `written` at `place` means.
pub(super) fn distribution(written: &Parameters, place: &Place) -> Result<Distribution, Problem> {
    let name = written.dist.get_ref().as_str();
    let reader = Reader { written, place };
    match name {
        "normal" => reader.only(&["mean", "sd"])?.normal(),
        "lognormal" => reader.only(&["median", "sigma", "p90"])?.lognormal(),
        "beta" => reader.only(&["mean", "strength"])?.beta(),
        "triangular" => reader.only(&["low", "mode", "high"])?.triangular(),
        "pert" => reader.only(&["low", "mode", "high"])?.pert(),
        "uniform" => reader.only(&["low", "high"])?.uniform(),
        "gamma" => reader.only(&["mean", "sd"])?.gamma(),
        "weibull" => reader.only(&["shape", "scale"])?.weibull(),
        "discrete" => reader.only(&["values", "chances"])?.discrete(),
        "empirical" => reader.only(&["values"])?.empirical(),
        _ => {
            let place = written.dist.span();
            let problem = Problem::at(place, format!("there is no distribution `{name}`"));
            Err(problem.maybe_help(advice(name, FAMILIES)))
        }
    }
}

struct Reader<'a> {
    written: &'a Parameters,
    place: &'a Place,
}

impl Reader<'_> {
    fn family(&self) -> &str {
        self.written.dist.get_ref()
    }

    /// Refuses parameters of other families.
    fn only(self, allowed: &[&str]) -> Result<Self, Problem> {
        let w = self.written;
        let numbers = [
            ("mean", &w.mean),
            ("sd", &w.sd),
            ("median", &w.median),
            ("sigma", &w.sigma),
            ("p90", &w.p90),
            ("strength", &w.strength),
            ("shape", &w.shape),
            ("scale", &w.scale),
            ("low", &w.low),
            ("mode", &w.mode),
            ("high", &w.high),
        ]
        .map(|(name, value)| (name, value.as_ref().map(Placed::span)));
        let lists = [("values", &w.values), ("chances", &w.chances)]
            .map(|(name, value)| (name, value.as_ref().map(Placed::span)));
        let foreign = numbers.into_iter().chain(lists).find_map(|(name, place)| {
            Some((name, place?)).filter(|(name, _)| !allowed.contains(name))
        });
        match foreign {
            None => Ok(self),
            Some((name, place)) => {
                let message = format!("a {} distribution has no `{name}`", self.family());
                Err(Problem::at(place, message).help(format!("it has `{}`", allowed.join("`, `"))))
            }
        }
    }

    fn need<'v, T>(
        &self,
        value: &'v Option<Placed<T>>,
        name: &str,
    ) -> Result<&'v Placed<T>, Problem> {
        value.as_ref().ok_or_else(|| {
            let message = format!("this {} distribution lacks `{name}`", self.family());
            Problem::at(self.place.clone(), message).help(format!("add `{name} = …`"))
        })
    }

    fn number(&self, value: &Option<Placed<f64>>, name: &str) -> Result<f64, Problem> {
        Ok(*self.need(value, name)?.get_ref())
    }

    fn positive(&self, value: &Option<Placed<f64>>, name: &str) -> Result<f64, Problem> {
        let number = self.need(value, name)?;
        if *number.get_ref() > 0.0 {
            return Ok(*number.get_ref());
        }
        let message = format!(
            "`{name}` of a {} distribution must be above 0",
            self.family()
        );
        Err(Problem::at(number.span(), message))
    }

    fn normal(&self) -> Result<Distribution, Problem> {
        Ok(Distribution::Normal {
            mean: self.number(&self.written.mean, "mean")?,
            sd: self.positive(&self.written.sd, "sd")?,
        })
    }

    fn lognormal(&self) -> Result<Distribution, Problem> {
        let median = self.positive(&self.written.median, "median")?;
        let sigma = match (&self.written.sigma, &self.written.p90) {
            (Some(_), None) => self.positive(&self.written.sigma, "sigma")?,
            (None, Some(p90)) => {
                if *p90.get_ref() <= median {
                    let message = format!("`p90` is not above the median {median}");
                    return Err(Problem::at(p90.span(), message)
                        .help("nine in ten draws lie below `p90`, half of them below `median`"));
                }
                math::ln(*p90.get_ref() / median) / NORMAL_P90
            }
            (None, None) => {
                let message = "this lognormal distribution lacks its spread";
                return Err(Problem::at(self.place.clone(), message)
                    .help("add `p90 = …` or `sigma = …` (of the logarithm)"));
            }
            (Some(sigma), Some(_)) => {
                let message = "`sigma` and `p90` both give the spread";
                return Err(Problem::at(sigma.span(), message).help("keep one of them"));
            }
        };
        Ok(Distribution::Lognormal { median, sigma })
    }

    fn beta(&self) -> Result<Distribution, Problem> {
        let mean = self.need(&self.written.mean, "mean")?;
        if !(*mean.get_ref() > 0.0 && *mean.get_ref() < 1.0) {
            let message = "the mean of a beta distribution lies between 0 and 1";
            return Err(Problem::at(mean.span(), message));
        }
        let strength = self.positive(&self.written.strength, "strength")?;
        if strength > NARROWEST * NARROWEST {
            return Err(self.too_narrow());
        }
        Ok(Distribution::Beta {
            mean: *mean.get_ref(),
            strength,
        })
    }

    fn triangular(&self) -> Result<Distribution, Problem> {
        let (low, mode, high) = self.low_mode_high()?;
        Ok(Distribution::Triangular { low, mode, high })
    }

    fn pert(&self) -> Result<Distribution, Problem> {
        let (low, mode, high) = self.low_mode_high()?;
        Ok(Distribution::Pert { low, mode, high })
    }

    fn low_mode_high(&self) -> Result<(f64, f64, f64), Problem> {
        let low = self.number(&self.written.low, "low")?;
        let mode = self.number(&self.written.mode, "mode")?;
        let high = self.number(&self.written.high, "high")?;
        if low <= mode && mode <= high && low < high {
            return Ok((low, mode, high));
        }
        let message = format!(
            "a {} distribution needs low ≤ mode ≤ high and low < high",
            self.family()
        );
        Err(Problem::at(self.place.clone(), message))
    }

    fn gamma(&self) -> Result<Distribution, Problem> {
        let mean = self.positive(&self.written.mean, "mean")?;
        let sd = self.positive(&self.written.sd, "sd")?;
        if mean / sd > NARROWEST {
            return Err(self.too_narrow());
        }
        if sd / mean > WIDEST {
            let message = "`sd` of a gamma distribution is at most a hundred times its mean";
            return Err(Problem::at(self.place.clone(), message)
                .help("a lognormal distribution has a longer tail"));
        }
        Ok(Distribution::Gamma { mean, sd })
    }

    fn too_narrow(&self) -> Problem {
        let message = format!(
            "this {} distribution is too narrow to draw from",
            self.family()
        );
        Problem::at(self.place.clone(), message).help("write one number")
    }

    fn weibull(&self) -> Result<Distribution, Problem> {
        Ok(Distribution::Weibull {
            shape: self.positive(&self.written.shape, "shape")?,
            scale: self.positive(&self.written.scale, "scale")?,
        })
    }

    fn empirical(&self) -> Result<Distribution, Problem> {
        let values = self.need(&self.written.values, "values")?;
        if values.get_ref().is_empty() {
            return Err(Problem::at(values.span(), "no values to draw from"));
        }
        let mut values = values.get_ref().clone();
        values.sort_by(f64::total_cmp);
        Ok(Distribution::Empirical { values })
    }

    fn uniform(&self) -> Result<Distribution, Problem> {
        let low = self.number(&self.written.low, "low")?;
        let high = self.number(&self.written.high, "high")?;
        if low < high {
            return Ok(Distribution::Uniform { low, high });
        }
        let message = "a uniform distribution needs low < high";
        Err(Problem::at(self.place.clone(), message))
    }

    fn discrete(&self) -> Result<Distribution, Problem> {
        let values = self.need(&self.written.values, "values")?;
        let chances = self.need(&self.written.chances, "chances")?;
        let (n, m) = (values.get_ref().len(), chances.get_ref().len());
        if n == 0 || n != m {
            let message = format!("{n} values and {m} chances");
            return Err(Problem::at(chances.span(), message).help("give one chance for each value"));
        }
        let sum: f64 = chances.get_ref().iter().sum();
        let sound = chances.get_ref().iter().all(|&chance| chance >= 0.0);
        if !sound || (sum - 1.0).abs() > super::SUM_TOLERANCE {
            let message = format!("these chances sum to {}, not 1", super::shown_sum(sum));
            return Err(Problem::at(chances.span(), message));
        }
        // Ascending, so that its quantile rises as that of every other family.
        let mut pairs: Vec<(f64, f64)> = values
            .get_ref()
            .iter()
            .copied()
            .zip(chances.get_ref().iter().copied())
            .collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (values, chances) = pairs.into_iter().unzip();
        Ok(Distribution::Discrete { values, chances })
    }
}
