//! Scenarios as written: one type for each table, with the place of every value.
//!
//! What a field means to those who write scenarios (its unit, range, default, an example) is
//! said here and nowhere else: the schema, and `comity list fields`, take it from these
//! comments. [`super::resolved`] says which symbol of the model a number becomes.

mod court;
mod customers;
mod decision;
mod document;
mod fault;
mod finance;
mod inputs;
mod law;
mod market;
mod message;
mod metric;
mod named;
mod observation;
mod placed;
mod policy;
mod reader;
mod report;
mod shape;
mod value;

pub(super) use court::{Court, EXITS, Exit, NODE_KINDS, Node, Outcome};
pub(super) use customers::{
    Adoption, Attention, Belief, Choice, Concern, Network, Perception, Projects, Survey, Trust,
};
pub(super) use decision::{Correlation, Decision, DecisionOption, Lever};
pub(super) use document::{Document, Full, Head};
pub(super) use finance::Finance;
pub(super) use inputs::{Inputs, Posterior};
pub(super) use law::{Case, Circuit, Compliance, Demands, Doctrine, Fact, Force, Happened};
pub(super) use market::{
    Bloc, Build, Investment, Jurisdiction, Market, MarketBenchmark, Posture, Provider, Region,
    Segment,
};
pub(super) use metric::Metric;
pub(super) use named::{Leave, NamedCustomer, Workload};
pub(super) use observation::{Backtest, Observation, Panel};
pub(super) use placed::Placed;
pub(super) use policy::{
    BroughtBy, Government, Instrument, KINDS as INSTRUMENT_KINDS, Revelations,
};
#[cfg(test)]
pub(super) use reader::{HEAD, SINGLE, TABLES};
pub(super) use report::Report;
pub(super) use shape::LEAST_SHARE;
pub(super) use value::{Day, FAMILIES, Named, Number, Numbers, Parameters, Text, Whole, Written};
