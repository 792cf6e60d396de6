//! Scenarios as written: one type for each table, with the place of every value.
//! Field names are those of TOML; what they mean is documented in [`super::resolved`].

mod court;
mod customers;
mod decision;
mod document;
mod law;
mod market;
mod message;
mod metric;
mod named;
mod placed;
mod reader;
mod value;

pub(super) use court::{Court, Exit, Node, Outcome};
pub(super) use customers::{
    Attention, Belief, Choice, Concern, Network, Perception, Projects, Survey, Trust,
};
pub(super) use decision::{Correlation, Decision, DecisionOption, Lever, Observation};
pub(super) use document::{Document, Full, Head};
pub(super) use law::{Case, Circuit, Demands, Doctrine, Force, Happened};
pub(super) use market::{
    Bloc, Jurisdiction, Market, MarketBenchmark, Posture, Provider, Region, Segment,
};
pub(super) use metric::Metric;
pub(super) use named::{Leave, NamedCustomer, Workload};
pub(super) use placed::Placed;
pub(super) use value::{Day, Named, Number, Numbers, Parameters, Text, Whole, Written};
