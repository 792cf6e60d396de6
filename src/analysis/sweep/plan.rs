//! The points of a sweep, whichever way they came about.

use super::SweepError;
use super::varied::{Values, Varied, written};
use crate::chance::Seed;
use crate::chance::design::grid::Grid;
use crate::chance::design::sobol::Sobol;
use crate::chance::design::{Kind, MOST_INPUTS, MOST_POINTS, latin};

/// The points.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// What kind of design they are.
    pub kind: Kind,
    /// What is varied, if it was said; of a table nothing.
    pub varied: Vec<Varied>,
    /// Paths of the inputs, as `--set` takes them.
    pub paths: Vec<String>,
    /// At least one.
    pub points: Vec<Point>,
    /// Whether rows may name scenarios, options and seeds of their own.
    pub of_jobs: bool,
}

/// A point.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Point {
    /// Its value of each path; nothing where the scenario's own stays.
    pub values: Vec<Option<String>>,
    /// What a row of a table of jobs says besides.
    pub own: Own,
    /// Its line in the table that it comes from.
    pub line: Option<u64>,
}

/// What a row of a table of jobs says besides values of inputs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Own {
    /// Its scenario; in a table of jobs every row has one.
    pub scenario: Option<String>,
    /// An option of that scenario's decision.
    pub option: Option<String>,
    /// Its seed.
    pub seed: Option<u64>,
    /// Its futures.
    pub runs: Option<u32>,
    /// Its customers.
    pub customers: Option<u32>,
}

impl Plan {
    /// Every level of each with every level of all others.
    ///
    /// # Errors
    /// [`SweepError::Design`] where nothing is varied, one path twice, or there are too many.
    pub fn grid(varied: Vec<Varied>) -> Result<Self, SweepError> {
        refuse(&varied)?;
        let grid = Grid::new(varied.iter().map(Varied::levels).collect());
        let count = grid.count().filter(|count| *count <= MOST_POINTS);
        let count = count.ok_or_else(|| {
            SweepError::Design(format!(
                "this grid has more than {MOST_POINTS} points; give fewer levels with :N, or take \
                 a sample with --design sobol --points N"
            ))
        })?;
        let value = |(varied, level): (&Varied, usize)| Some(varied.at_level(level));
        let points = (0..count).map(|index| {
            let levels = grid.point(index).into_iter();
            varied.iter().zip(levels).map(value).collect()
        });
        Ok(Self::of(Kind::Grid, points.collect(), &varied))
    }

    /// A sample of so many points of the ranges.
    ///
    /// # Errors
    /// As [`Plan::grid`]; for a list, which has no range.
    pub fn sample(
        kind: Kind,
        varied: Vec<Varied>,
        count: u32,
        seed: Seed,
    ) -> Result<Self, SweepError> {
        refuse(&varied)?;
        for one in &varied {
            if let Values::Listed(_) = one.values {
                return Err(SweepError::Design(format!(
                    "`{}` is a list, and a sample is taken of a range LO..HI; a list is for \
                     --design grid",
                    one.path
                )));
            }
            if let Values::Between {
                levels: Some(_), ..
            } = one.values
            {
                return Err(SweepError::Design(format!(
                    "levels (`:N`, of `{}`) are for --design grid; a sample has --points N",
                    one.path
                )));
            }
        }
        let names: Vec<&str> = varied.iter().map(|one| one.path.as_str()).collect();
        let cube = if kind == Kind::Latin {
            latin::points(seed, &names, count)
        } else {
            let sobol = Sobol::new(seed, &names);
            (0..count).map(|index| sobol.point(index)).collect()
        };
        let point = |place: Vec<f64>| -> Vec<Option<String>> {
            let inputs = varied.iter().zip(place);
            inputs.map(|(varied, place)| varied.at(place)).collect()
        };
        let points = cube.into_iter().map(point).collect();
        Ok(Self::of(kind, points, &varied))
    }

    fn of(kind: Kind, points: Vec<Vec<Option<String>>>, varied: &[Varied]) -> Self {
        let point = |values| Point {
            values,
            ..Point::default()
        };
        Self {
            kind,
            varied: varied.to_vec(),
            paths: varied.iter().map(|one| one.path.clone()).collect(),
            points: points.into_iter().map(point).collect(),
            of_jobs: false,
        }
    }

    /// What is laid over the scenario at a point, each as `--set` takes it.
    #[must_use]
    pub fn settings(&self, point: &Point) -> Vec<String> {
        let set = self.paths.iter().zip(&point.values);
        set.filter_map(|(path, value)| Some(format!("{path}={}", value.as_ref()?)))
            .collect()
    }

    /// Each path with its values as a reader takes them.
    #[must_use]
    pub fn in_words(&self) -> Vec<(String, String)> {
        if !self.varied.is_empty() {
            let varied = self.varied.iter();
            return varied
                .map(|one| (one.path.clone(), one.in_words()))
                .collect();
        }
        let paths = self.paths.iter().enumerate();
        paths
            .map(|(at, path)| (path.clone(), self.range_of(at)))
            .collect()
    }

    /// The ends of a path's numbers, or its words.
    fn range_of(&self, path: usize) -> String {
        if let Some(numbers) = self.numbers(path) {
            let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
            let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            return format!("{} to {}", written(low), written(high));
        }
        let values = self.points.iter();
        let mut words: Vec<&str> = Vec::new();
        for word in values.filter_map(|point| point.values[path].as_deref()) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    }

    /// The numbers of a path at each point; `None` unless every point has one.
    #[must_use]
    pub fn numbers(&self, path: usize) -> Option<Vec<f64>> {
        let number = |point: &Point| {
            let number: f64 = point.values[path].as_deref()?.parse().ok()?;
            Some(number).filter(|number| number.is_finite())
        };
        self.points.iter().map(number).collect()
    }
}

fn refuse(varied: &[Varied]) -> Result<(), SweepError> {
    if varied.is_empty() {
        return Err(SweepError::Design(
            "nothing is varied; say what with --vary PATH=LO..HI (`comity list levers` has ranges \
             in which much may lie), or give a table with --table or --jobs"
                .to_owned(),
        ));
    }
    if varied.len() > MOST_INPUTS {
        return Err(SweepError::Design(format!(
            "at most {MOST_INPUTS} inputs can be varied at once"
        )));
    }
    let twice = varied
        .iter()
        .enumerate()
        .find(|(at, one)| varied[..*at].iter().any(|other| other.path == one.path));
    twice.map_or(Ok(()), |(_, one)| {
        Err(SweepError::Design(format!(
            "`{}` is varied twice; give all its values in one --vary",
            one.path
        )))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varied(texts: &[&str]) -> Vec<Varied> {
        let read = texts.iter().map(|text| Varied::parse(text));
        read.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_grid_lays_every_level_with_every_other() {
        let plan = Plan::grid(varied(&["a.x=0..1:2", "b=none,all"])).unwrap();
        let settings: Vec<Vec<String>> = plan.points.iter().map(|p| plan.settings(p)).collect();
        assert_eq!(
            settings,
            [
                ["a.x=0", "b=none"],
                ["a.x=0", "b=all"],
                ["a.x=1", "b=none"],
                ["a.x=1", "b=all"]
            ]
        );
        assert_eq!(plan.numbers(0), Some(vec![0.0, 0.0, 1.0, 1.0]));
        assert_eq!(plan.numbers(1), None);
    }

    #[test]
    fn a_sobol_sample_grows_and_a_latin_one_does_not() {
        let sample = |kind, count| {
            let varied = varied(&["a=0..1", "b=10..20"]);
            Plan::sample(kind, varied, count, Seed(1)).unwrap()
        };
        let (small, large) = (sample(Kind::Sobol, 8), sample(Kind::Sobol, 16));
        assert_eq!(small.points[..], large.points[..8]);
        let (small, large) = (sample(Kind::Latin, 8), sample(Kind::Latin, 16));
        assert_ne!(small.points[..], large.points[..8]);
        let numbers = large.numbers(1).unwrap();
        assert!(numbers.iter().all(|number| (10.0..20.0).contains(number)));
    }

    #[test]
    fn what_is_no_design_is_refused() {
        let told = |plan: Result<Plan, SweepError>| plan.unwrap_err().to_string();
        assert!(told(Plan::grid(Vec::new())).contains("nothing is varied"));
        assert!(told(Plan::grid(varied(&["a=0..1", "a=1,2"]))).contains("varied twice"));
        let many = varied(&["a=0..1:1000", "b=0..1:1000"]);
        assert!(told(Plan::grid(many)).contains("more than 65536"));
        let sample = |texts: &[&str]| Plan::sample(Kind::Sobol, varied(texts), 4, Seed(1));
        assert!(told(sample(&["a=x,y"])).contains("for --design grid"));
        assert!(told(sample(&["a=0..1:4"])).contains("--points"));
    }
}
