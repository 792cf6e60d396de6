//! What makes two jobs the same job: everything that can change a number or a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::durable::hexadecimal;

/// The version of the folder's form, raised when its files or columns change meaning.
pub const FORMAT: u32 = 1;

/// What identifies a job. Threads, places and times are not in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Identity {
    /// `run`, `compare`, …
    pub kind: String,
    /// The scenario's name; two names with one digest are the same job.
    pub scenario: String,
    /// SHA-256 of the frozen scenario, in hexadecimal.
    pub scenario_digest: String,
    /// The same of the baseline, if the runs are paired with one.
    pub baseline_digest: Option<String>,
    /// Raised only when numbers can change.
    pub model_version: u32,
    /// The seed, written as a text since JSON readers round large numbers.
    #[serde(with = "seed_as_text")]
    pub seed: u64,
    /// Runs asked for; the most allowed where the job ends by a rule.
    pub runs: u32,
    /// Customers simulated.
    pub customers: u32,
    /// Other arguments that change a number or a file, such as `paths`.
    pub arguments: BTreeMap<String, String>,
}

/// A field in which two jobs differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Its name.
    pub field: String,
    /// The value of the job that was compared.
    pub there: String,
    /// The value of this job.
    pub here: String,
}

/// The argument that holds the rule by which a job ends before all runs allowed are done.
pub const UNTIL: &str = "until";

/// The argument that names the comparison which says how many runs this job has.
pub const ROUNDS: &str = "rounds";

impl Identity {
    /// Whether the job may end before all its runs are done.
    #[must_use]
    pub fn ends_by_rule(&self) -> bool {
        self.arguments.contains_key(UNTIL) || self.arguments.contains_key(ROUNDS)
    }

    /// The first field in which `there` is another job.
    #[must_use]
    pub fn first_difference(&self, there: &Self) -> Option<Difference> {
        let digest = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        let number = |value: u32| value.to_string();
        let mut fields = vec![
            ("kind", there.kind.clone(), self.kind.clone()),
            (
                "scenario digest",
                there.scenario_digest.clone(),
                self.scenario_digest.clone(),
            ),
            (
                "baseline digest",
                digest(&there.baseline_digest),
                digest(&self.baseline_digest),
            ),
            (
                "model version",
                number(there.model_version),
                number(self.model_version),
            ),
            ("seed", there.seed.to_string(), self.seed.to_string()),
            ("runs", number(there.runs), number(self.runs)),
            ("customers", number(there.customers), number(self.customers)),
        ];
        let keys: std::collections::BTreeSet<&String> = there
            .arguments
            .keys()
            .chain(self.arguments.keys())
            .collect();
        for key in keys {
            let value = |of: &Self| of.arguments.get(key).cloned().unwrap_or("unset".to_owned());
            fields.push((key, value(there), value(self)));
        }
        fields
            .into_iter()
            .find(|(_, there, here)| there != here)
            .map(|(field, there, here)| Difference {
                field: field.to_owned(),
                there,
                here,
            })
    }

    /// SHA-256 of all of it but the scenario's name, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        let job = Self {
            scenario: String::new(),
            ..self.clone()
        };
        // Fields of text and numbers always have a text.
        let text = serde_json::to_vec(&job).unwrap_or_default();
        hexadecimal(&Sha256::digest(&text))
    }

    /// Eight digits that stand for the job in a folder's name.
    #[must_use]
    pub fn digest8(&self) -> &str {
        self.scenario_digest.get(..8).unwrap_or("00000000")
    }
}

mod seed_as_text {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(seed: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(seed)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_and_the_name_of_the_scenario_is_none() {
        let here = Identity {
            kind: "run".to_owned(),
            scenario: "a".to_owned(),
            scenario_digest: "0123456789".to_owned(),
            baseline_digest: None,
            model_version: 1,
            seed: u64::MAX,
            runs: 10,
            customers: 100,
            arguments: BTreeMap::from([("paths".to_owned(), "all".to_owned())]),
        };
        let mut there = here.clone();
        there.scenario = "b".to_owned();
        assert_eq!(here.first_difference(&there), None);
        there.arguments.clear();
        let difference = here.first_difference(&there).unwrap();
        assert_eq!(
            (&*difference.field, &*difference.there, &*difference.here),
            ("paths", "unset", "all")
        );
        assert_ne!(here.digest(), there.digest());
        there.arguments.clone_from(&here.arguments);
        // The same job under another name.
        assert_eq!(here.digest(), there.digest());
        there.arguments.clear();
        there.runs = 20;
        assert_eq!(here.first_difference(&there).unwrap().field, "runs");

        let text = serde_json::to_string(&here).unwrap();
        assert!(text.contains("\"seed\":\"18446744073709551615\""), "{text}");
        assert_eq!(serde_json::from_str::<Identity>(&text).unwrap(), here);
    }
}
