//! In which units the numbers drawn are written out.

use crate::report::unit::Unit;
use crate::result::table::{Column, Table};

/// Columns of one unit above which only the first and the last are named.
const FEW: usize = 4;

/// The unit in which a figure's data hold numbers of this one: that of the tables, but what
/// happens or not in per cent of futures.
pub(super) fn in_data(unit: &Unit) -> String {
    match unit {
        Unit::Percent | Unit::YesNo => "percent".to_owned(),
        Unit::Index => "points 0-100".to_owned(),
        Unit::Days => "days".to_owned(),
        Unit::Months => "months".to_owned(),
        Unit::Count => "count".to_owned(),
        Unit::Money { currency, a_year } => {
            let rate = if *a_year { " a year" } else { "" };
            format!("millions of {currency}{rate}")
        }
    }
}

/// The units of a table's columns, in words; nothing where none has one.
pub(super) fn told(table: &Table) -> String {
    let columns = table.schema.columns.iter();
    let mut units: Vec<(&str, Vec<&str>)> = Vec::new();
    // A column that is named after its unit says it itself.
    let told = columns.filter(|column| !column.unit.is_empty() && column.unit != column.name);
    for Column { name, unit, .. } in told {
        match units.iter_mut().find(|known| known.0 == unit) {
            Some((_, names)) => names.push(name),
            None => units.push((unit, vec![name])),
        }
    }
    let told = units.iter().map(|(unit, names)| match &names[..] {
        [first, .., last] if names.len() > FEW => format!("{first} to {last}: {unit}"),
        names => format!("{}: {unit}", names.join(", ")),
    });
    let told: Vec<String> = told.collect();
    match told.is_empty() {
        true => String::new(),
        false => format!("Units of the data: {}.", told.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::result::table::ColumnKind::{Float64, Text};
    use crate::result::table::{Column, Schema, Table};

    #[test]
    fn the_units_of_data_are_told() {
        let names = ["p10", "p25", "p50", "p75", "p90"];
        let mut columns = vec![
            Column::new("option", Text, "", ""),
            Column::new("mean", Float64, "percent", ""),
            Column::new("low", Float64, "percent", ""),
        ];
        columns.extend(names.map(|name| Column::new(name, Float64, "days", "")));
        let table = Table::new(Schema {
            table: "t".to_owned(),
            columns,
        });
        assert_eq!(
            told(&table),
            "Units of the data: mean, low: percent; p10 to p90: days."
        );
    }
}
