//! Where a workload of a named customer is, and who can reach it there.

use super::super::beliefs::Beliefs;
use crate::domain::{JurisdictionId, OfferingId, ProviderId, Record};
use crate::scenario::resolved::{Destination, FullModel, NamedCustomer};

/// A place where a workload can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// With a provider.
    Offering {
        offering: OfferingId,
        provider: ProviderId,
        foreign: Foreign,
    },
    /// On the customer's own machines.
    OnPremises,
}

/// How governments outside the customer's bloc can reach a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Foreign {
    /// The data lies in the territory of one.
    Territory,
    /// One has jurisdiction over the operator's parent, under this control structure.
    Parent(JurisdictionId, usize),
    /// None can.
    Nobody,
}

impl Place {
    /// With a provider, as its customer sees it.
    pub(super) fn at(model: &FullModel, customer: &NamedCustomer, offering: OfferingId) -> Self {
        let spec = &model.offerings[offering.index()];
        let parent = model.providers[spec.provider.index()].parent;
        let bloc = |j: JurisdictionId| model.jurisdictions[j.index()].bloc;
        let home = customer.jurisdiction;
        let is_abroad =
            |j: JurisdictionId| j != home && (bloc(home).is_none() || bloc(j) != bloc(home));
        let foreign = if is_abroad(spec.jurisdiction) {
            Foreign::Territory
        } else if is_abroad(parent) {
            Foreign::Parent(parent, spec.control.index())
        } else {
            Foreign::Nobody
        };
        Self::Offering {
            offering,
            provider: spec.provider,
            foreign,
        }
    }

    /// Where a workload goes.
    pub(super) fn of(model: &FullModel, customer: &NamedCustomer, to: Destination) -> Self {
        match to {
            Destination::Offering(offering) => Self::at(model, customer, offering),
            Destination::OnPremises { .. } => Self::OnPremises,
        }
    }

    /// Exposure as the customers of a group see it.
    pub(super) fn exposure(self, group: usize, beliefs: &Beliefs) -> f64 {
        match self {
            Self::Offering { offering, .. } => beliefs.exposures(group)[offering.index()],
            Self::OnPremises => beliefs.exposure_on_premises(group),
        }
    }

    /// Chance that a government outside the customer's bloc can lawfully reach it.
    pub(super) fn reach_in_law(self, record: &Record) -> f64 {
        match self {
            Self::Offering { foreign, .. } => match foreign {
                Foreign::Territory => 1.0,
                Foreign::Parent(by, control) => record.reach(by)[control],
                Foreign::Nobody => 0.0,
            },
            Self::OnPremises => 0.0,
        }
    }

    /// The list price there, 1 at the start; on premises prices stay.
    pub(super) fn price(self, record: &Record) -> f64 {
        match self {
            Self::Offering { provider, .. } => record.price(provider),
            Self::OnPremises => 1.0,
        }
    }
}
