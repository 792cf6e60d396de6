//! Which customers and which providers a number is about.

use crate::domain::{BlocId, JurisdictionId, ProviderId, Segment};
use crate::scenario::resolved::{FullModel, MetricScope};

/// Groups, providers and offerings that a metric or series sums over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Positions of groups.
    pub groups: Vec<usize>,
    /// Positions of providers.
    pub providers: Vec<usize>,
    /// Positions of the offerings of those providers.
    pub offerings: Vec<usize>,
}

/// Customers of everywhere, of a bloc, or of a jurisdiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everywhere.
    All,
    /// A bloc.
    Bloc(BlocId),
    /// A jurisdiction.
    Jurisdiction(JurisdictionId),
}

/// All providers, those of a parent country, or one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seller {
    /// All providers.
    All,
    /// Those of one parent country.
    Parent(JurisdictionId),
    /// One.
    Provider(ProviderId),
}

impl Scope {
    /// The scope of a place, sellers and perhaps a segment.
    #[must_use]
    pub fn new(model: &FullModel, place: Place, seller: Seller, segment: Option<Segment>) -> Self {
        let lives = |jurisdiction: JurisdictionId| match place {
            Place::All => true,
            Place::Bloc(bloc) => model.jurisdictions[jurisdiction.index()].bloc == Some(bloc),
            Place::Jurisdiction(only) => jurisdiction == only,
        };
        Self::select(
            model,
            |group| {
                let spec = model.groups[group];
                lives(spec.jurisdiction) && segment.is_none_or(|only| spec.segment == only)
            },
            |p| match seller {
                Seller::All => true,
                Seller::Parent(parent) => model.providers[p].parent == parent,
                Seller::Provider(only) => p == only.index(),
            },
        )
    }

    /// The scope of a metric.
    #[must_use]
    pub fn of_metric(model: &FullModel, scope: &MetricScope) -> Self {
        Self::select(
            model,
            |group| {
                let spec = model.groups[group];
                let bloc = model.jurisdictions[spec.jurisdiction.index()].bloc;
                scope
                    .jurisdiction
                    .is_none_or(|only| spec.jurisdiction == only)
                    && scope.bloc.is_none_or(|only| bloc == Some(only))
                    && scope
                        .customers_outside
                        .is_none_or(|not| spec.jurisdiction != not)
                    && scope.segment.is_none_or(|only| spec.segment == only)
            },
            |p| {
                scope.provider.is_none_or(|only| p == only.index())
                    && scope
                        .parent
                        .is_none_or(|only| model.providers[p].parent == only)
            },
        )
    }

    fn select(
        model: &FullModel,
        group: impl Fn(usize) -> bool,
        provider: impl Fn(usize) -> bool,
    ) -> Self {
        Self {
            groups: (0..model.groups.len()).filter(|&g| group(g)).collect(),
            providers: (0..model.providers.len())
                .filter(|&p| provider(p))
                .collect(),
            offerings: (0..model.offerings.len())
                .filter(|&o| provider(model.offerings[o].provider.index()))
                .collect(),
        }
    }
}
