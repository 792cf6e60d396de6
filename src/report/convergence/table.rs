//! Convergence as a table of a result: `convergence.parquet`.

use std::sync::Arc;

use super::Convergence;
use crate::report::page::{Bounded, Typical};
use crate::result::table::ColumnKind::{Float64, Int64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its columns.
#[must_use]
pub fn schema() -> Schema {
    let of_unit = |name: &str, about: &str| {
        Column::new(name, Float64, "the statistic's unit", about).nullable()
    };
    Schema {
        table: "convergence".to_owned(),
        columns: vec![
            Column::new("statistic", Text, "", "metric and statistic"),
            Column::new(
                "in",
                Text,
                "",
                "futures: an estimate from the first of them; customers: a difference to the \
                 result's number of customers",
            ),
            Column::new("futures", Int64, "", "futures from the first"),
            Column::new("customers", Int64, "", "customers in each"),
            of_unit("value", "the estimate, or the mean difference"),
            of_unit("error", "half of its 95 % interval"),
            of_unit("sd", "standard deviation of the difference over futures"),
        ],
    }
}

/// Adds its rows.
pub fn add_rows(table: &mut Table, found: &Convergence) {
    let numbers = |typical: Option<Typical>| match typical.map(|typical| typical.value) {
        Some(Bounded::At(value)) => {
            let error = typical.and_then(|typical| typical.error);
            [value, error.unwrap_or(f64::NAN)]
        }
        _ => [f64::NAN; 2],
    };
    for of in &found.statistics {
        let name = Arc::from(&*of.name);
        for prefix in &of.in_futures {
            let row = table.row().text(&name).text(&Arc::from("futures"));
            let row = row.int(prefix.futures).int(found.customers);
            row.floats(numbers(prefix.estimate)).float(f64::NAN).end();
        }
        for rung in &of.in_customers {
            let row = table.row().text(&name).text(&Arc::from("customers"));
            let row = row.int(rung.futures).int(rung.customers);
            let noise = rung.noise.unwrap_or(f64::NAN);
            row.floats(numbers(rung.difference)).float(noise).end();
        }
    }
}
