//! The series of a run: which metrics for which margins of the market, month by month.
//! Quantiles do not add, so every margin that a reader may want has rows of its own.

use super::scope::{Place, Scope, Seller};
use super::sums::{Of, Sums};
use crate::domain::{BlocId, JurisdictionId, ProviderId, Segment};
use crate::scenario::resolved::FullModel;

/// How many margins are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesDetail {
    /// Everywhere and by bloc, by seller.
    Totals,
    /// Trust and shares also by jurisdiction, and by segment for all sellers of a parent
    /// country.
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
    /// Position among the sellers.
    of: usize,
    /// Positions of groups.
    groups: Vec<usize>,
}

/// All series of a model, and the rows from which one month of them is added up.
#[derive(Clone, Debug)]
pub struct SeriesSet {
    /// The series, all of one metric together.
    pub plans: Vec<SeriesPlan>,
    /// What is added up before groups are: sellers, then sellers at one location, then
    /// what one government can reach.
    sellers: Vec<Scope>,
    /// How many of them are sellers everywhere; of the others only workload is asked.
    everywhere: usize,
}

/// Room for one month's rows, reused.
#[derive(Clone, Debug, Default)]
pub struct SeriesRows {
    workload: Vec<f64>,
    exposed: Vec<f64>,
    spend: Vec<f64>,
    trusted: Vec<f64>,
}

impl SeriesSet {
    /// Calls `put(series, value)` for every series of a month; NaN where nothing is there
    /// to be measured.
    pub fn month(&self, sums: &Sums, rows: &mut SeriesRows, mut put: impl FnMut(usize, f64)) {
        let everywhere = &self.sellers[..self.everywhere];
        sums.by_seller(Of::Workload, &self.sellers, &mut rows.workload);
        sums.by_seller(Of::Exposed, everywhere, &mut rows.exposed);
        sums.by_seller(Of::Spend, everywhere, &mut rows.spend);
        sums.by_seller(Of::Trusted, everywhere, &mut rows.trusted);
        let groups = rows.workload.len() / self.sellers.len();
        for (series, plan) in self.plans.iter().enumerate() {
            let sum = |rows: &[f64], seller: usize| -> f64 {
                let row = &rows[seller * groups..(seller + 1) * groups];
                plan.groups.iter().map(|&group| row[group]).sum()
            };
            let value = match plan.metric {
                SeriesMetric::Trust => {
                    100.0 * sum(&rows.trusted, plan.of) / sum(&rows.spend, plan.of)
                }
                SeriesMetric::SpendShare => {
                    100.0 * sum(&rows.spend, plan.of) / sum(&rows.spend, ALL_SELLERS)
                }
                SeriesMetric::WorkloadExposed => sum(&rows.exposed, plan.of) / 1e6,
                SeriesMetric::Revenue => sum(&rows.spend, plan.of) / 1e6,
                SeriesMetric::Workload
                | SeriesMetric::WorkloadLocated
                | SeriesMetric::WorkloadReachable => sum(&rows.workload, plan.of) / 1e6,
            };
            put(series, value);
        }
    }
}

/// The first seller is all of them together.
const ALL_SELLERS: usize = 0;

/// The series of a model.
#[must_use]
pub fn plan(model: &FullModel, detail: SeriesDetail) -> SeriesSet {
    use SeriesMetric as M;
    let sellers = sellers(model);
    let places = places(model);
    let wide = |seller: &Seller| !matches!(seller, Seller::Provider(_));
    let broad = |place: &Place| !matches!(place, Place::Jurisdiction(_));
    let scope = |&seller: &Seller| Scope::new(model, Place::All, seller, None);
    let mut set = SeriesSet {
        plans: Vec::new(),
        sellers: sellers.iter().map(scope).collect(),
        everywhere: sellers.len(),
    };
    for metric in [
        M::Trust,
        M::SpendShare,
        M::Workload,
        M::WorkloadExposed,
        M::Revenue,
    ] {
        let main = matches!(metric, M::Trust | M::SpendShare);
        for (of, &seller) in sellers.iter().enumerate() {
            if metric == M::SpendShare && seller == Seller::All {
                continue;
            }
            for &place in &places {
                let kept = match detail {
                    SeriesDetail::Totals => broad(&place),
                    SeriesDetail::Standard => main || broad(&place),
                    SeriesDetail::Full => true,
                };
                if kept {
                    set.plans
                        .push(of_customers(model, metric, (of, seller), place, None));
                }
                let split = match detail {
                    SeriesDetail::Totals => false,
                    SeriesDetail::Standard => {
                        main && broad(&place) && matches!(seller, Seller::Parent(_))
                    }
                    SeriesDetail::Full => wide(&seller),
                };
                if split {
                    let of_segment = |s| of_customers(model, metric, (of, seller), place, Some(s));
                    set.plans.extend(Segment::ALL.map(of_segment));
                }
            }
        }
    }
    let located = |seller: &&Seller| detail == SeriesDetail::Full || wide(seller);
    for &seller in sellers.iter().filter(located) {
        add_by_location(model, seller, &mut set);
    }
    add_by_reach(model, &mut set);
    set
}

fn of_customers(
    model: &FullModel,
    metric: SeriesMetric,
    (of, seller): (usize, Seller),
    place: Place,
    segment: Option<Segment>,
) -> SeriesPlan {
    SeriesPlan {
        metric,
        seller: seller_name(model, seller),
        place: place_name(model, place),
        segment,
        of,
        groups: Scope::new(model, place, seller, segment).groups,
    }
}

/// Workload with a seller by where it lies.
fn add_by_location(model: &FullModel, seller: Seller, set: &mut SeriesSet) {
    for j in hosts(model) {
        let mut scope = Scope::new(model, Place::All, seller, None);
        scope
            .offerings
            .retain(|&o| model.offerings[o].jurisdiction == j);
        set.add_located(
            model,
            SeriesMetric::WorkloadLocated,
            seller_name(model, seller),
            j,
            scope,
        );
    }
}

/// Workload by which government has a way to it.
fn add_by_reach(model: &FullModel, set: &mut SeriesSet) {
    for j in (0..model.jurisdictions.len()).map(JurisdictionId::new) {
        let mut scope = Scope::new(model, Place::All, Seller::All, None);
        scope.offerings.retain(|&o| {
            let offering = &model.offerings[o];
            offering.jurisdiction == j || model.providers[offering.provider.index()].parent == j
        });
        set.add_located(model, SeriesMetric::WorkloadReachable, None, j, scope);
    }
}

impl SeriesSet {
    fn add_located(
        &mut self,
        model: &FullModel,
        metric: SeriesMetric,
        seller: Option<String>,
        place: JurisdictionId,
        scope: Scope,
    ) {
        if scope.offerings.is_empty() {
            return;
        }
        self.plans.push(SeriesPlan {
            metric,
            seller,
            place: Some(model.jurisdictions[place.index()].name.clone()),
            segment: None,
            of: self.sellers.len(),
            groups: scope.groups.clone(),
        });
        self.sellers.push(scope);
    }
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
