//! Conditions on futures: `METRIC OP NUMBER` or `CASE = ENDING`, joined by `and`, such as
//! `case_days > 900 and diff_trust_eu_2014 < 0`.

use std::fmt;

use thiserror::Error;

/// How two values are held against each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
}

/// What is asked of one name.
#[derive(Clone, PartialEq, Debug)]
pub struct Clause {
    /// A metric, a column of `runs.parquet` or a case.
    pub name: String,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what: a number, or the ending of a case.
    pub value: String,
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.name, self.comparison.sign(), self.value)
    }
}

/// A text that is no condition.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error(
    "{0}; write conditions such as `case_days > 900`, or `ms-ireland = statute`, joined by `and`"
)]
pub struct NoExpression(String);

/// Reads a condition; nothing is yet known of its names.
///
/// # Errors
/// [`NoExpression`] says what is missing and where.
pub fn parse(text: &str) -> Result<Vec<Clause>, NoExpression> {
    let tokens = tokens(text);
    let mut clauses = Vec::new();
    for part in tokens.split(|token| matches!(token, Token::Word("and" | "AND"))) {
        clauses.push(clause(part)?);
    }
    Ok(clauses)
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Token<'t> {
    Word(&'t str),
    Sign(&'t str),
}

impl<'t> Token<'t> {
    const fn text(self) -> &'t str {
        match self {
            Self::Word(text) | Self::Sign(text) => text,
        }
    }
}

/// Words and signs; blanks part them and mean nothing else.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let is_sign = |c: char| "<>=!".contains(c);
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let sign = is_sign(first);
        let end = rest.find(|c: char| c.is_whitespace() || is_sign(c) != sign);
        let (token, left) = rest.split_at(end.unwrap_or(rest.len()));
        tokens.push(if sign {
            Token::Sign(token)
        } else {
            Token::Word(token)
        });
        rest = left.trim_start();
    }
    tokens
}

fn clause(tokens: &[Token<'_>]) -> Result<Clause, NoExpression> {
    let [Token::Word(name), Token::Sign(sign), Token::Word(value)] = tokens else {
        return Err(NoExpression(fault(tokens)));
    };
    let comparison = comparison(sign).ok_or_else(|| {
        NoExpression(format!(
            "`{sign}` is no comparison; there is < <= > >= = !="
        ))
    })?;
    Ok(Clause {
        name: (*name).to_owned(),
        comparison,
        value: (*value).to_owned(),
    })
}

/// Why these tokens are no clause.
fn fault(tokens: &[Token<'_>]) -> String {
    let said = |tokens: &[Token<'_>]| {
        let texts: Vec<&str> = tokens.iter().map(|token| token.text()).collect();
        texts.join(" ")
    };
    match tokens {
        [] => "a condition is missing".to_owned(),
        [Token::Sign(sign), ..] => format!("`{sign}` has no name before it"),
        [Token::Word(name)] => format!("`{name}` is compared with nothing"),
        [_, Token::Word(word), ..] => {
            format!(
                "`{word}` stands where a comparison should, in `{}`",
                said(tokens)
            )
        }
        [_, Token::Sign(_)] | [_, Token::Sign(_), Token::Sign(_), ..] => {
            format!("`{}` lacks a value", said(tokens))
        }
        _ => format!("`{}` is more than one condition", said(tokens)),
    }
}

fn comparison(sign: &str) -> Option<Comparison> {
    Some(match sign {
        "<" => Comparison::Below,
        "<=" => Comparison::AtMost,
        ">" => Comparison::Above,
        ">=" => Comparison::AtLeast,
        "=" | "==" => Comparison::Equal,
        "!=" => Comparison::Unequal,
        _ => return None,
    })
}

impl Comparison {
    /// The sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::Unequal => "!=",
        }
    }

    /// Whether `value` compares so with `with`; a missing value does not compare.
    #[must_use]
    pub fn holds(self, value: f64, with: f64) -> bool {
        if value.is_nan() {
            return false;
        }
        match self {
            Self::Below => value < with,
            Self::AtMost => value <= with,
            Self::Above => value > with,
            Self::AtLeast => value >= with,
            Self::Equal => value == with,
            Self::Unequal => value != with,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(String, &'static str, String)> {
        let clauses = parse(text).unwrap().into_iter();
        clauses
            .map(|c| (c.name, c.comparison.sign(), c.value))
            .collect()
    }

    #[test]
    fn clauses_are_read_with_and_without_blanks() {
        let said = |name: &str, sign, value: &str| (name.to_owned(), sign, value.to_owned());
        assert_eq!(
            read(" case_days>900 and ms-ireland != statute "),
            [
                said("case_days", ">", "900"),
                said("ms-ireland", "!=", "statute")
            ]
        );
        assert_eq!(read("in_x<=-1.5e-3"), [said("in_x", "<=", "-1.5e-3")]);
        assert_eq!(read("a = 1")[0].1, read("a == 1")[0].1);
        assert_eq!(read("diff_b >= 0"), [said("diff_b", ">=", "0")]);
    }

    #[test]
    fn what_is_missing_is_said() {
        for (text, why) in [
            ("", "a condition is missing"),
            ("typcal", "`typcal` is compared with nothing"),
            ("a >", "`a >` lacks a value"),
            ("a > 1 and", "a condition is missing"),
            ("> 1", "`>` has no name before it"),
            ("a >< 1", "`><` is no comparison"),
            ("a is 1", "`is` stands where a comparison should"),
            ("a > 1 b < 2", "is more than one condition"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(
                error.contains(why) && error.contains("case_days > 900"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_missing_value_compares_with_nothing() {
        for comparison in [Comparison::Equal, Comparison::Unequal, Comparison::Below] {
            assert!(!comparison.holds(f64::NAN, 1.0));
        }
        assert!(Comparison::Unequal.holds(2.0, 1.0) && Comparison::AtMost.holds(1.0, 1.0));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            let _ = parse(&text);
        }

        #[test]
        fn what_is_written_is_read(
            names in prop::collection::vec("[a-z_][a-z0-9_.-]{3,12}", 1..4),
            number in -1e6..1e6_f64,
        ) {
            let names: Vec<String> = names.into_iter().filter(|name| name != "and").collect();
            prop_assume!(!names.is_empty());
            let text: Vec<String> = names.iter().map(|name| format!("{name} >= {number}")).collect();
            let clauses = parse(&text.join(" and ")).unwrap();
            prop_assert_eq!(clauses.len(), names.len());
            for (clause, name) in clauses.iter().zip(&names) {
                prop_assert_eq!(&clause.name, name);
                prop_assert_eq!(clause.value.parse::<f64>().unwrap(), number);
            }
        }
    }
}
