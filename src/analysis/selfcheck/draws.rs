//! The luck of one repeat of one problem.

use crate::chance::{EntityKey, Run, Seed, Stream, math};

/// Draws of one repeat, named by seed, problem and repeat.
#[derive(Debug)]
pub struct Draws {
    stream: Stream,
    repeat: Run,
    problem: EntityKey,
    next: u32,
}

impl Draws {
    /// The draws of this repeat of the problem of this name.
    pub fn new(seed: Seed, problem: &str, repeat: u32) -> Self {
        Self {
            stream: Stream::new(seed, "selfcheck", "problem"),
            repeat: Run(repeat),
            problem: EntityKey::of(problem),
            next: 0,
        }
    }

    /// Uniform on (0, 1), both ends excluded.
    pub fn uniform(&mut self) -> f64 {
        let index = self.next;
        self.next += 1;
        self.stream.uniform(self.repeat, self.problem, index)
    }

    /// Normal with mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        math::normal_quantile(self.uniform())
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -math::ln(self.uniform())
    }

    /// Lognormal with median 1, whose logarithm has standard deviation 1.
    pub fn lognormal(&mut self) -> f64 {
        math::exp(self.normal())
    }

    /// Pareto from 1 on, with P(X > x) = x^−`tail`.
    pub fn pareto(&mut self, tail: f64) -> f64 {
        math::pow(self.uniform(), -1.0 / tail)
    }
}
