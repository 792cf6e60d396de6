//! The evidence that ships with the program: what each row says, where it was read, and how
//! far it may be trusted.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::library::EVIDENCE_CSV;

/// A row of evidence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id, by which `[sources]` cites it.
    pub id: String,
    /// What it is about.
    pub quantity: String,
    /// The value read, as written.
    pub value: String,
    /// The low end, as written; empty where none was read.
    pub low: String,
    /// The high end, likewise.
    pub high: String,
    /// Unit of the three.
    pub unit: String,
    /// When it held.
    pub date: String,
    /// Where or for whom it held.
    pub scope: String,
    /// Title of the source.
    pub source: String,
    /// Where the source can be read; empty where that is not on the web.
    pub url: String,
    /// How far it may be trusted.
    pub confidence: Confidence,
}

/// How far a row of evidence may be trusted, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Confidence {
    /// Read in a published page.
    A,
    /// Well known, from memory.
    B,
    /// Rough.
    C,
}

impl Confidence {
    /// Its letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// Every row, in the order of the file.
pub fn evidence() -> &'static [Evidence] {
    static ROWS: OnceLock<Vec<Evidence>> = OnceLock::new();
    // The file is inside the program, and a test reads every row of it.
    ROWS.get_or_init(|| rows().filter_map(Result::ok).collect())
}

fn rows() -> impl Iterator<Item = Result<Evidence, csv::Error>> {
    csv::Reader::from_reader(EVIDENCE_CSV.as_bytes()).into_deserialize()
}

/// The rows that an id such as `T01`, or a range such as `T01-T18`, cites; none where it
/// names no row.
#[must_use]
pub fn cited(id: &str) -> &'static [Evidence] {
    let (first, last) = id.split_once('-').unwrap_or((id, id));
    let rows = evidence();
    let position = |id: &str| rows.iter().position(|row| row.id == id);
    match (position(first), position(last)) {
        (Some(first), Some(last)) => rows.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_no_id_stands_twice() {
        let rows: Vec<Evidence> = rows().map(Result::unwrap).collect();
        assert!(rows.len() > 90, "{}", rows.len());
        let mut ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows.len());
        assert!(rows.iter().all(|row| !row.source.is_empty()));
    }

    #[test]
    fn a_range_cites_all_rows_between() {
        let ids = |id: &str| cited(id).iter().map(|row| &*row.id).collect::<Vec<_>>();
        assert_eq!(ids("T03"), ["T03"]);
        assert_eq!(ids("T03-T05"), ["T03", "T04", "T05"]);
        for none in ["", "T", "T05-T03", "T03-X9", "T03-T04-T05", "-"] {
            assert_eq!(ids(none), [""; 0], "{none}");
        }
    }
}
