//! What is varied, as it is written: `PATH=LO..HI`, with `:N` for the levels of a grid and
//! `:log` for even steps of the logarithm, or `PATH=a,b,c`.

use std::fmt;

use super::SweepError;
use crate::chance::math;

/// Levels of a range in a grid, where none are named.
pub const LEVELS: usize = 3;
/// Characters of a value or a path beyond which it is refused.
pub const LONGEST: usize = 1_000;

/// What no point may differ in, and what to do instead.
const FIXED: [(&str, &str); 4] = [
    ("runs", "every point has as many futures: -n says how many"),
    (
        "customers",
        "every point has as many customers: --customers says how many, and a table for --jobs a \
         number for each row",
    ),
    ("extends", "a table for --jobs names scenarios"),
    ("under", "a table for --jobs names options"),
];

/// An input and the values that it takes.
#[derive(Clone, PartialEq, Debug)]
pub struct Varied {
    /// Where the value stands in the scenario.
    pub path: String,
    /// What it may be.
    pub values: Values,
}

/// The values of an input.
#[derive(Clone, PartialEq, Debug)]
pub enum Values {
    /// A range.
    Between {
        /// Its lower end.
        low: f64,
        /// Its upper end.
        high: f64,
        /// Levels in a grid, if they were named.
        levels: Option<usize>,
        /// Even on the scale of the logarithm.
        log: bool,
    },
    /// A list.
    Listed(Vec<String>),
}

impl Varied {
    /// Reads what stands after `--vary`.
    ///
    /// # Errors
    /// [`SweepError::Vary`].
    pub fn parse(text: &str) -> Result<Self, SweepError> {
        let wrong = |why: String| SweepError::Vary {
            text: text.to_owned(),
            why,
        };
        const FORM: &str = "write PATH=LO..HI or PATH=a,b,c, as in choice.peer_weight=0..0.5";
        let (path, values) = text
            .split_once('=')
            .ok_or_else(|| wrong(format!("there is no `=`; {FORM}")))?;
        let (path, values) = (path.trim(), values.trim());
        refuse_path(path).map_err(&wrong)?;
        if values.is_empty() {
            return Err(wrong(format!("there is no value; {FORM}")));
        }
        let read = match values.split_once("..") {
            Some((low, rest)) if !values.contains(',') => between(low, rest),
            _ => listed(values),
        };
        Ok(Self {
            path: path.to_owned(),
            values: read.map_err(wrong)?,
        })
    }

    /// How many levels a grid gives it.
    #[must_use]
    pub fn levels(&self) -> usize {
        match &self.values {
            Values::Between { levels, .. } => levels.unwrap_or(LEVELS),
            Values::Listed(values) => values.len(),
        }
    }

    /// Its value at a level of a grid, as it is set.
    #[must_use]
    pub fn at_level(&self, level: usize) -> String {
        match &self.values {
            Values::Between { .. } => {
                let last = self.levels().saturating_sub(1).max(1);
                self.at(level as f64 / last as f64).unwrap_or_default()
            }
            Values::Listed(values) => values.get(level).cloned().unwrap_or_default(),
        }
    }

    /// Its value so far from its lower end to its upper, as it is set; a list has none.
    #[must_use]
    pub fn at(&self, place: f64) -> Option<String> {
        let Values::Between { low, high, log, .. } = self.values else {
            return None;
        };
        let value = if log {
            let (from, to) = (math::ln(low), math::ln(high));
            math::exp(from + (to - from) * place)
        } else {
            low + (high - low) * place
        };
        Some(written(twelve_digits(value).clamp(low, high)))
    }

    /// As a reader takes it, such as `0 to 1`.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.values {
            Values::Between { low, high, log, .. } => {
                let scale = if *log { " (log)" } else { "" };
                format!("{} to {}{scale}", written(*low), written(*high))
            }
            Values::Listed(values) => values.join(", "),
        }
    }
}

/// As `--vary` takes it.
impl fmt::Display for Varied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.path)?;
        match &self.values {
            Values::Between {
                low,
                high,
                levels,
                log,
            } => {
                write!(f, "{}..{}", written(*low), written(*high))?;
                if let Some(levels) = levels {
                    write!(f, ":{levels}")?;
                }
                f.write_str(if *log { ":log" } else { "" })
            }
            Values::Listed(values) => f.write_str(&values.join(",")),
        }
    }
}

/// Why no input may stand at this path, if none may.
pub(super) fn refuse_path(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("there is no path".to_owned());
    }
    if path.len() > LONGEST {
        return Err(format!("the path is longer than {LONGEST} characters"));
    }
    let fixed = FIXED.iter().find(|(fixed, _)| *fixed == path);
    fixed.map_or(Ok(()), |(path, instead)| {
        Err(format!("`{path}` cannot be varied: {instead}"))
    })
}

fn between(low: &str, rest: &str) -> Result<Values, String> {
    let mut parts = rest.split(':');
    let high = parts.next().unwrap_or_default();
    let number = |text: &str| {
        let number: Option<f64> = text.trim().parse().ok();
        number
            .filter(|number| number.is_finite())
            .ok_or_else(|| format!("`{}` is no number", text.trim()))
    };
    let (low, high) = (number(low)?, number(high)?);
    let (mut levels, mut log) = (None, false);
    for part in parts.map(str::trim) {
        if part == "log" && !log {
            log = true;
        } else if levels.is_none()
            && let Some(number) = part.parse().ok().filter(|n| (2..=1000).contains(n))
        {
            levels = Some(number);
        } else {
            return Err(format!(
                "after the range stands `:N`, 2 to 1000 levels of a grid, or `:log`, not `:{part}`"
            ));
        }
    }
    if low >= high {
        return Err("the lower end comes first, and the two differ".to_owned());
    }
    if !(high - low).is_finite() {
        return Err("the range is too wide".to_owned());
    }
    if log && low <= 0.0 {
        return Err("on a log scale both ends are above 0".to_owned());
    }
    Ok(Values::Between {
        low,
        high,
        levels,
        log,
    })
}

fn listed(text: &str) -> Result<Values, String> {
    let values = split(text);
    if let Some(at) = values.iter().position(String::is_empty) {
        return Err(format!("value {} of the list is empty", at + 1));
    }
    if values.iter().any(|value| value.len() > LONGEST) {
        return Err(format!("a value is longer than {LONGEST} characters"));
    }
    match &values[..] {
        [one] => Err(format!(
            "one value varies nothing; write a range LO..HI or a list, or assume it with \
             --set …={one}"
        )),
        _ => Ok(Values::Listed(values)),
    }
}

/// The parts between commas that stand in no brackets and no quotes.
fn split(text: &str) -> Vec<String> {
    let (mut depth, mut quote, mut values) = (0_usize, None, vec![String::new()]);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                values.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(value) = values.last_mut() {
            value.push(c);
        }
    }
    values.iter().map(|value| value.trim().to_owned()).collect()
}

/// A number as a scenario takes it: one without a part after the point is a whole number.
#[must_use]
pub fn written(value: f64) -> String {
    const EXACT: f64 = 1e15;
    if value == 0.0 {
        "0".to_owned()
    } else if value.fract() == 0.0 && value.abs() < EXACT {
        format!("{value:.0}")
    } else {
        format!("{value:?}")
    }
}

/// Rounded so that a step of a grid reads 0.4 and not 0.39999999999999997.
fn twelve_digits(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(text: &str) -> Vec<String> {
        let varied = Varied::parse(text).unwrap();
        (0..varied.levels())
            .map(|level| varied.at_level(level))
            .collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "a.b=0..1",
            "a=-1000..0.1:2",
            "a=0.001..20:5:log",
            "a=none,district",
            "a=\"x, y\",[1, 2]",
        ] {
            let varied = Varied::parse(text).unwrap();
            assert_eq!(varied.to_string(), text);
        }
    }

    #[test]
    fn ranges_have_even_levels_and_read_well() {
        assert_eq!(levels("a.b=0..1"), ["0", "0.5", "1"]);
        assert_eq!(
            levels(" a.b = 0.1 .. 0.7 : 4 "),
            ["0.1", "0.3", "0.5", "0.7"]
        );
        assert_eq!(levels("a=4..8:5"), ["4", "5", "6", "7", "8"]);
        assert_eq!(levels("a=-1e3..1e3:2"), ["-1000", "1000"]);
        assert_eq!(levels("a=0.01..1:log"), ["0.01", "0.1", "1"]);
        assert_eq!(levels("a=1..16:5:log"), ["1", "2", "4", "8", "16"]);
        assert_eq!(levels("a=1e-9..1e18:2"), ["1e-9", "1e18"]);
    }

    #[test]
    fn lists_are_cut_at_commas_that_belong_to_no_value() {
        assert_eq!(
            levels("a=none, district,circuit"),
            ["none", "district", "circuit"]
        );
        assert_eq!(
            levels("a=['x', 'y'],[],\"a,b\",{ dist = 'beta', mean = 0.5 }"),
            [
                "['x', 'y']",
                "[]",
                "\"a,b\"",
                "{ dist = 'beta', mean = 0.5 }"
            ]
        );
        assert_eq!(levels("a=../p.toml,../q.toml"), ["../p.toml", "../q.toml"]);
        assert_eq!(Varied::parse("a=x,y").unwrap().at(0.5), None);
    }

    #[test]
    fn what_varies_nothing_is_refused_with_its_reason() {
        for (text, why) in [
            ("a", "there is no `=`"),
            ("=1..2", "no path"),
            ("a=", "no value"),
            ("a=1", "one value varies nothing"),
            ("a=1,,2", "value 2 of the list is empty"),
            ("a=2..1", "lower end"),
            ("a=1..1", "lower end"),
            ("a=nan..1", "`nan` is no number"),
            ("a=0..inf", "`inf` is no number"),
            ("a=x..y", "`x` is no number"),
            ("a=..", "`` is no number"),
            ("a=0..1:1", "2 to 1000 levels"),
            ("a=0..1:many", "2 to 1000 levels"),
            ("a=0..1:3:3", "2 to 1000 levels"),
            ("a=0..1:log", "above 0"),
            ("a=-1.7e308..1.7e308", "too wide"),
            ("runs=1,2", "-n says how many"),
            ("customers=100..200", "--customers"),
        ] {
            let error = Varied::parse(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
            assert!(error.contains(&format!("`--vary {text}`")), "{error}");
        }
        let long = format!("a={},b", "x".repeat(LONGEST + 1));
        assert!(Varied::parse(&long).is_err());
    }
}
