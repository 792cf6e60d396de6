//! The series of a run: which metrics for which margins of the market, month by month.
//! Quantiles do not add, so every margin that a reader may want has rows of its own.

use super::scope::{Place, Scope, Seller};
use super::sums::Sums;
use crate::domain::{BlocId, JurisdictionId, ProviderId, Segment};
use crate::scenario::resolved::FullModel;

/// How many margins are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesDetail {
    /// Everywhere and by bloc, by seller.
    Totals,
    /// By jurisdiction and seller, and by segment for all sellers of a parent country.
    Standard,
    /// Every metric for every margin.
    Full,
}

/// What a series measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesMetric {
    /// Trust, 0–100, weighted by spend.
    Trust,
    /// Share in the customers' spend, %.
    SpendShare,
    /// Workload placed, million USD a year at start prices, by where customers are.
    Workload,
    /// The same by where the data lies.
    WorkloadLocated,
    /// The same by who can reach it: its territory, or the operator's parent.
    WorkloadReachable,
    /// Workload weighted by exposure, by where customers are.
    WorkloadExposed,
    /// Spend, million USD a year.
    Revenue,
}

impl SeriesMetric {
    /// Name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::SpendShare => "spend_share",
            Self::Workload => "workload",
            Self::WorkloadLocated => "workload_located",
            Self::WorkloadReachable => "workload_reachable",
            Self::WorkloadExposed => "workload_exposed",
            Self::Revenue => "revenue",
        }
    }

    /// Unit in tables.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Trust => "points 0-100",
            Self::SpendShare => "percent",
            _ => "musd_per_year",
        }
    }
}

/// One series.
#[derive(Clone, Debug)]
pub struct SeriesPlan {
    /// What.
    pub metric: SeriesMetric,
    /// Of which sellers; `None` for all.
    pub seller: Option<String>,
    /// Where; `None` for everywhere.
    pub place: Option<String>,
    /// Of which segment; `None` for all.
    pub segment: Option<Segment>,
    scope: Scope,
    /// The same customers with every provider.
    whole: Scope,
}

impl SeriesPlan {
    /// Its value at an observation; NaN where nothing is there to be measured.
    #[must_use]
    pub fn value(&self, sums: &Sums) -> f64 {
        let Scope {
            groups,
            providers,
            offerings,
        } = &self.scope;
        match self.metric {
            SeriesMetric::Trust => sums.trust(groups, providers),
            SeriesMetric::SpendShare => {
                100.0 * sums.spend(groups, providers) / sums.spend(groups, &self.whole.providers)
            }
            SeriesMetric::WorkloadExposed => sums.exposed(groups, offerings) / 1e6,
            SeriesMetric::Revenue => sums.spend(groups, providers) / 1e6,
            SeriesMetric::Workload
            | SeriesMetric::WorkloadLocated
            | SeriesMetric::WorkloadReachable => sums.workload(groups, offerings) / 1e6,
        }
    }
}

/// The series of a model, all of one metric together.
#[must_use]
pub fn plan(model: &FullModel, detail: SeriesDetail) -> Vec<SeriesPlan> {
    use SeriesMetric as M;
    let sellers = sellers(model);
    let places = places(model);
    let wide = |seller: &Seller| !matches!(seller, Seller::Provider(_));
    let broad = |place: &Place| !matches!(place, Place::Jurisdiction(_));
    let mut plans = Vec::new();
    for metric in [
        M::Trust,
        M::SpendShare,
        M::Workload,
        M::WorkloadExposed,
        M::Revenue,
    ] {
        let side = matches!(metric, M::WorkloadExposed | M::Revenue);
        for &seller in &sellers {
            if metric == M::SpendShare && seller == Seller::All {
                continue;
            }
            for &place in &places {
                let kept = match detail {
                    SeriesDetail::Totals => broad(&place),
                    SeriesDetail::Standard => !side || broad(&place),
                    SeriesDetail::Full => true,
                };
                if kept {
                    plans.push(of_customers(model, metric, seller, place, None));
                }
                let split = match detail {
                    SeriesDetail::Totals => false,
                    SeriesDetail::Standard => !side && matches!(seller, Seller::Parent(_)),
                    SeriesDetail::Full => wide(&seller),
                };
                if split {
                    let by_segment = Segment::ALL.map(Some);
                    plans.extend(by_segment.map(|s| of_customers(model, metric, seller, place, s)));
                }
            }
        }
    }
    plans.extend(by_location(model, &sellers));
    plans.extend(by_reach(model));
    plans
}

fn of_customers(
    model: &FullModel,
    metric: SeriesMetric,
    seller: Seller,
    place: Place,
    segment: Option<Segment>,
) -> SeriesPlan {
    SeriesPlan {
        metric,
        seller: seller_name(model, seller),
        place: place_name(model, place),
        segment,
        scope: Scope::new(model, place, seller, segment),
        whole: Scope::new(model, place, Seller::All, segment),
    }
}

/// Workload by where it lies.
fn by_location(model: &FullModel, sellers: &[Seller]) -> Vec<SeriesPlan> {
    let mut plans = Vec::new();
    for &seller in sellers {
        for j in hosts(model) {
            let whole = Scope::new(model, Place::All, seller, None);
            let mut scope = whole.clone();
            scope
                .offerings
                .retain(|&o| model.offerings[o].jurisdiction == j);
            if !scope.offerings.is_empty() {
                plans.push(SeriesPlan {
                    metric: SeriesMetric::WorkloadLocated,
                    seller: seller_name(model, seller),
                    place: Some(model.jurisdictions[j.index()].name.clone()),
                    segment: None,
                    scope,
                    whole,
                });
            }
        }
    }
    plans
}

/// Workload by which government has a way to it.
fn by_reach(model: &FullModel) -> Vec<SeriesPlan> {
    let all = Scope::new(model, Place::All, Seller::All, None);
    (0..model.jurisdictions.len())
        .map(JurisdictionId::new)
        .filter_map(|j| {
            let mut scope = all.clone();
            scope.offerings.retain(|&o| {
                let offering = &model.offerings[o];
                offering.jurisdiction == j || model.providers[offering.provider.index()].parent == j
            });
            (!scope.offerings.is_empty()).then(|| SeriesPlan {
                metric: SeriesMetric::WorkloadReachable,
                seller: None,
                place: Some(model.jurisdictions[j.index()].name.clone()),
                segment: None,
                scope,
                whole: all.clone(),
            })
        })
        .collect()
}

fn hosts(model: &FullModel) -> impl Iterator<Item = JurisdictionId> + '_ {
    (0..model.jurisdictions.len())
        .map(JurisdictionId::new)
        .filter(|&j| {
            model
                .offerings
                .iter()
                .any(|offering| offering.jurisdiction == j)
        })
}

fn sellers(model: &FullModel) -> Vec<Seller> {
    let of_parent = |j: JurisdictionId| model.providers.iter().filter(|p| p.parent == j).count();
    let parents = (0..model.jurisdictions.len()).map(JurisdictionId::new);
    let mut sellers = vec![Seller::All];
    sellers.extend(parents.filter(|&j| of_parent(j) > 1).map(Seller::Parent));
    sellers.extend((0..model.providers.len()).map(|p| Seller::Provider(ProviderId::new(p))));
    sellers
}

fn places(model: &FullModel) -> Vec<Place> {
    let mut places = vec![Place::All];
    places.extend((0..model.blocs.len()).map(|b| Place::Bloc(BlocId::new(b))));
    places.extend(
        model
            .markets
            .iter()
            .map(|market| Place::Jurisdiction(market.jurisdiction)),
    );
    places
}

fn seller_name(model: &FullModel, seller: Seller) -> Option<String> {
    match seller {
        Seller::All => None,
        Seller::Parent(j) => Some(format!("parent:{}", model.jurisdictions[j.index()].name)),
        Seller::Provider(p) => Some(model.providers[p.index()].name.clone()),
    }
}

fn place_name(model: &FullModel, place: Place) -> Option<String> {
    match place {
        Place::All => None,
        Place::Bloc(bloc) => Some(model.blocs[bloc.index()].name.clone()),
        Place::Jurisdiction(j) => Some(model.jurisdictions[j.index()].name.clone()),
    }
}
