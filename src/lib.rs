//! Comity: a Monte Carlo engine for the risk that a court in one country reaches
//! for data that a cloud provider stores in another.
//!
//! The rooms of the house, from the ground up; an import points downward only:
//!
//! | floor | rooms |
//! |---|---|
//! | 8 | `cli` |
//! | 7 | [`report`] |
//! | 6 | [`analysis`] |
//! | 5 | [`ensemble`] |
//! | 4 | [`world`], [`result`] |
//! | 3 | [`law`], [`government`], [`provider`], [`customer`] |
//! | 2 | [`scenario`] |
//! | 1 | [`chance`], [`measure`] |
//! | 0 | [`domain`] |
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod analysis;
pub mod chance;
pub mod customer;
pub mod domain;
pub mod ensemble;
pub mod government;
pub mod law;
pub mod measure;
pub mod provider;
pub mod report;
pub mod result;
pub mod scenario;
pub mod world;
