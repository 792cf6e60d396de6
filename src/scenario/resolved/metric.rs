//! What is reported, and where the scenario's numbers come from.

use super::FullModel;
use crate::domain::{
    BlocId, CaseId, CustomerId, Date, Ending, InstrumentId, JurisdictionId, NodeId, ProviderId,
    Segment, WorkloadId,
};

/// `[metric.trust_eu_2016]`: one number a run, a column of `runs.parquet`.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Key in the file, snake_case.
    pub name: String,
    /// `title`, as read on the front page.
    pub title: String,
    /// `of`
    pub of: Observable,
    /// `jurisdiction`, `bloc`, `provider`, `parent`, `segment`, `case`, `customer`,
    /// `workload`, `instrument`
    pub scope: MetricScope,
    /// `at`, `from` and `at`, `over_months` or none of them.
    pub when: MetricWhen,
    /// `path`: the steps that the case must take, of a metric of its path; at least one there.
    pub path: Vec<CaseStep>,
    /// `better`
    pub better: Better,
    /// `record = "44.5 mo [T04, T18]"`: what was observed, with its evidence.
    pub record: Option<String>,
    /// `headline = 1`: position among the front page's three numbers.
    pub headline: Option<u8>,
}

impl Metric {
    /// The unit in tables.
    #[must_use]
    pub fn unit(&self, model: &FullModel) -> String {
        match (self.of, self.scope.customer) {
            (Observable::CustomerCost, Some(customer)) => {
                format!("m{}", model.customers[customer.index()].currency_unit)
            }
            (of, _) => of.unit().to_owned(),
        }
    }
}

/// What can be measured in a run. The name in `of = "..."`, unit in brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Observable {
    /// `trust` \[0–100\]: spend-weighted mean of τ × 100.
    Trust,
    /// `spend_share` \[%\]: of the scope's provider or parent in the customers' spend.
    SpendShare,
    /// `workload` \[musd a year at start prices\].
    Workload,
    /// `workload_home_share` \[%\]: part of the workload with foreign-parent providers in
    /// scope that lies in the customers' own jurisdiction.
    WorkloadHomeShare,
    /// `exposure` \[%\]: workload-weighted mean of E.
    Exposure,
    /// `revenue` \[musd a year\].
    Revenue,
    /// `revenue_growth` \[log percent\]: 100·ln of revenue at the end of the window over that at
    /// its beginning.
    RevenueGrowth,
    /// `growth_gap` \[log percent\]: revenue growth of the scope's providers less that of all
    /// others from the same customers.
    GrowthGap,
    /// `workload_growth` \[log percent\]: as revenue growth, of workload placed.
    WorkloadGrowth,
    /// `base_moved` \[% of customers with a cloud base at the window's end\]: primaries moved to
    /// another provider within the window. Missing where nobody has a base then.
    BaseMoved,
    /// `base_left` \[% as `base_moved`\]: primaries moved from the scope's providers to others
    /// or back on premises.
    BaseLeft,
    /// `stated_less_likely` \[% of customers\].
    StatedLessLikely,
    /// `projects_deferred` \[% of projects\] within the window; of customers without cloud only
    /// those that they considered.
    ProjectsDeferred,
    /// `case_days` \[days\] from `start` to the end of the case; missing while it lasts.
    CaseDays,
    /// `path_days` \[days\] from filing until the case has taken the steps of a path: until its
    /// formal end where the last of them is an ending. Missing where it has not taken them.
    PathDays,
    /// `stage_days` \[days\] that the case was in the node of the last step of a path. Missing
    /// where it has not taken the steps.
    StageDays,
    /// `case_open` \[0/1\] at the horizon.
    CaseOpen,
    /// `reach_in_law` \[%\]: D of the case's asserting jurisdiction over direct control.
    ReachInLaw,
    /// `consumer_surplus` \[musd\]: discounted, against no cloud.
    ConsumerSurplus,
    /// `disclosures` \[count\] of enterprise content stored abroad, within the window.
    Disclosures,
    /// `demands` \[count\] for content stored abroad, within the window.
    Demands,
    /// `regions_opened` \[count\] by then, those that dates of the scenario open included.
    RegionsOpened,
    /// `regions_converted` \[count\]: those of them that opened in place of another.
    RegionsConverted,
    /// `regions_closed` \[count\] by then, converted ones and those that dates close included.
    RegionsClosed,
    /// `capex` \[musd\]: capital that providers decided to spend on regions, by then.
    Capex,
    /// `customer_cost` \[m of the customer's currency\]: what a named customer pays within
    /// the window, discounted to the start.
    CustomerCost,
    /// `customer_exposure` \[%\]: workload-weighted mean of E of a named customer.
    CustomerExposure,
    /// `customer_reach_in_law` \[%\]: workload-weighted chance that a government outside a
    /// named customer's bloc can lawfully reach its data.
    CustomerReachInLaw,
    /// `exposed_months` \[months\] within the window, each weighted by the part of a named
    /// customer's workload that is above its tolerance.
    ExposedMonths,
    /// `months_above_tolerance` \[months\] within the window in which some workload of a
    /// named customer is above its tolerance.
    MonthsAboveTolerance,
    /// `exits_finished` \[count\] of a named customer's workloads so far.
    ExitsFinished,
    /// `exits_late` \[count\] of a named customer's workloads whose `exit_by` has passed
    /// before the exit was finished.
    ExitsLate,
    /// `exits_forced` \[count\] of a named customer's workloads by closing regions so far.
    ExitsForced,
    /// `acted` \[% of customers that had a project to decide on within the window\]: placed or
    /// deferred one otherwise than with beliefs at rest.
    /// Customers without cloud have one when they consider it.
    Acted,
    /// `npv` \[musd\]: operating profit less capital spent within the window, discounted to
    /// the start; no value beyond it.
    Npv,
    /// `value_change` \[% of capitalisation\]: net present value of the window over what the
    /// scope's providers are worth on the stock market.
    ValueChange,
    /// `operating_profit` \[musd\] within the window.
    OperatingProfit,
    /// `legal_cost` \[musd\] within the window.
    LegalCost,
    /// `fines` \[musd\] paid within the window, for contempt and for data protection.
    Fines,
    /// `subsidies` \[musd\] paid within the window to customers who moved.
    Subsidies,
    /// `region_move_share` \[%\]: of the workload that its owners decided since the start to
    /// move from where it is with the scope's providers, the part that goes to another region
    /// of the same provider; the rest goes to another provider or back on premises. Missing
    /// where none moves. Only the installed base counts, not where new projects go.
    RegionMoveShare,
    /// `cloud_users` \[% of customers\] that use any cloud at the date.
    CloudUsers,
    /// `policy_days` \[days\] from `start` until an instrument first comes into force, 0 where
    /// it is so at the start; missing while it has not.
    PolicyDays,
    /// `policy_in_force` \[0/1\] at the date.
    PolicyInForce,
}

impl Observable {
    /// Every observable.
    pub const ALL: [Self; 44] = [
        Self::Trust,
        Self::SpendShare,
        Self::Workload,
        Self::WorkloadHomeShare,
        Self::Exposure,
        Self::Revenue,
        Self::BaseMoved,
        Self::BaseLeft,
        Self::StatedLessLikely,
        Self::ProjectsDeferred,
        Self::CaseDays,
        Self::CaseOpen,
        Self::ReachInLaw,
        Self::ConsumerSurplus,
        Self::Disclosures,
        Self::Demands,
        Self::RegionsOpened,
        Self::RegionsConverted,
        Self::RegionsClosed,
        Self::Capex,
        Self::CustomerCost,
        Self::CustomerExposure,
        Self::CustomerReachInLaw,
        Self::ExposedMonths,
        Self::MonthsAboveTolerance,
        Self::ExitsFinished,
        Self::ExitsLate,
        Self::ExitsForced,
        Self::Acted,
        Self::Npv,
        Self::OperatingProfit,
        Self::LegalCost,
        Self::Fines,
        Self::Subsidies,
        Self::RegionMoveShare,
        Self::CloudUsers,
        Self::PolicyDays,
        Self::PolicyInForce,
        Self::PathDays,
        Self::StageDays,
        Self::RevenueGrowth,
        Self::GrowthGap,
        Self::WorkloadGrowth,
        Self::ValueChange,
    ];

    /// The name in `of = "..."`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::SpendShare => "spend_share",
            Self::Workload => "workload",
            Self::WorkloadHomeShare => "workload_home_share",
            Self::Exposure => "exposure",
            Self::Revenue => "revenue",
            Self::BaseMoved => "base_moved",
            Self::BaseLeft => "base_left",
            Self::StatedLessLikely => "stated_less_likely",
            Self::ProjectsDeferred => "projects_deferred",
            Self::CaseDays => "case_days",
            Self::CaseOpen => "case_open",
            Self::ReachInLaw => "reach_in_law",
            Self::ConsumerSurplus => "consumer_surplus",
            Self::Disclosures => "disclosures",
            Self::Demands => "demands",
            Self::RegionsOpened => "regions_opened",
            Self::RegionsConverted => "regions_converted",
            Self::RegionsClosed => "regions_closed",
            Self::Capex => "capex",
            Self::CustomerCost => "customer_cost",
            Self::CustomerExposure => "customer_exposure",
            Self::CustomerReachInLaw => "customer_reach_in_law",
            Self::ExposedMonths => "exposed_months",
            Self::MonthsAboveTolerance => "months_above_tolerance",
            Self::ExitsFinished => "exits_finished",
            Self::ExitsLate => "exits_late",
            Self::ExitsForced => "exits_forced",
            Self::Acted => "acted",
            Self::Npv => "npv",
            Self::OperatingProfit => "operating_profit",
            Self::LegalCost => "legal_cost",
            Self::Fines => "fines",
            Self::Subsidies => "subsidies",
            Self::RegionMoveShare => "region_move_share",
            Self::CloudUsers => "cloud_users",
            Self::PolicyDays => "policy_days",
            Self::PolicyInForce => "policy_in_force",
            Self::PathDays => "path_days",
            Self::StageDays => "stage_days",
            Self::RevenueGrowth => "revenue_growth",
            Self::GrowthGap => "growth_gap",
            Self::WorkloadGrowth => "workload_growth",
            Self::ValueChange => "value_change",
        }
    }

    /// Whether it is of a named customer, or of one of its workloads.
    #[must_use]
    pub const fn is_of_customer(self) -> bool {
        matches!(
            self,
            Self::CustomerCost
                | Self::CustomerExposure
                | Self::CustomerReachInLaw
                | Self::ExposedMonths
                | Self::MonthsAboveTolerance
                | Self::ExitsFinished
                | Self::ExitsLate
                | Self::ExitsForced
        )
    }

    /// Whether it is of regions, whose place is where they lie, not where customers live.
    #[must_use]
    pub const fn is_of_regions(self) -> bool {
        matches!(
            self,
            Self::RegionsOpened | Self::RegionsConverted | Self::RegionsClosed | Self::Capex
        )
    }

    /// Whether it is of an instrument of policy.
    #[must_use]
    pub const fn is_of_policy(self) -> bool {
        matches!(self, Self::PolicyDays | Self::PolicyInForce)
    }

    /// Whether it needs the money of providers, `[provider.NAME.finance]`.
    #[must_use]
    pub const fn is_of_money(self) -> bool {
        matches!(
            self,
            Self::Npv
                | Self::ValueChange
                | Self::OperatingProfit
                | Self::LegalCost
                | Self::Fines
                | Self::Subsidies
        )
    }

    /// Whether it is of the path that a case takes.
    #[must_use]
    pub const fn is_of_path(self) -> bool {
        matches!(self, Self::PathDays | Self::StageDays)
    }

    /// What a window from one date to another is to it.
    #[must_use]
    pub const fn window(self) -> WindowUse {
        match self {
            Self::RevenueGrowth | Self::GrowthGap | Self::WorkloadGrowth => WindowUse::Needed,
            Self::BaseMoved
            | Self::BaseLeft
            | Self::ProjectsDeferred
            | Self::ConsumerSurplus
            | Self::Disclosures
            | Self::Demands
            | Self::RegionsOpened
            | Self::RegionsConverted
            | Self::RegionsClosed
            | Self::Capex
            | Self::CustomerCost
            | Self::ExposedMonths
            | Self::MonthsAboveTolerance
            | Self::ExitsFinished
            | Self::ExitsLate
            | Self::ExitsForced
            | Self::Acted
            | Self::Npv
            | Self::ValueChange
            | Self::OperatingProfit
            | Self::LegalCost
            | Self::Fines
            | Self::Subsidies
            | Self::RegionMoveShare => WindowUse::Counts,
            Self::Trust
            | Self::SpendShare
            | Self::Workload
            | Self::WorkloadHomeShare
            | Self::Exposure
            | Self::Revenue
            | Self::CloudUsers
            | Self::StatedLessLikely
            | Self::CaseDays
            | Self::PathDays
            | Self::StageDays
            | Self::CaseOpen
            | Self::ReachInLaw
            | Self::CustomerExposure
            | Self::CustomerReachInLaw
            | Self::PolicyDays
            | Self::PolicyInForce => WindowUse::None,
        }
    }

    /// The fields of [`MetricScope`] that change it, by their names in a scenario.
    pub fn scopes(self) -> impl Iterator<Item = &'static str> {
        const CUSTOMERS: [&str; 4] = ["jurisdiction", "bloc", "customers_outside", "segment"];
        const NAMED: [&str; 2] = ["customer", "workload"];
        const PROVIDERS: [&str; 2] = ["provider", "parent"];
        const PLACES: usize = 2;
        let (customers, providers, case, named) = match self {
            Self::Trust
            | Self::SpendShare
            | Self::Workload
            | Self::WorkloadHomeShare
            | Self::Exposure
            | Self::Revenue
            | Self::RevenueGrowth
            | Self::GrowthGap
            | Self::WorkloadGrowth
            | Self::BaseMoved
            | Self::BaseLeft
            | Self::RegionMoveShare
            | Self::StatedLessLikely => (true, true, false, false),
            Self::ProjectsDeferred | Self::ConsumerSurplus | Self::Acted | Self::CloudUsers => {
                (true, false, false, false)
            }
            Self::Disclosures
            | Self::Demands
            | Self::RegionsOpened
            | Self::RegionsConverted
            | Self::RegionsClosed
            | Self::Capex
            | Self::Npv
            | Self::ValueChange
            | Self::OperatingProfit
            | Self::LegalCost
            | Self::Fines
            | Self::Subsidies => (false, true, false, false),
            Self::CaseDays
            | Self::PathDays
            | Self::StageDays
            | Self::CaseOpen
            | Self::ReachInLaw => (false, false, true, false),
            Self::PolicyDays | Self::PolicyInForce => (false, false, false, false),
            _ => (false, false, false, true),
        };
        // Of regions the first two of them say where these are.
        let customers = CUSTOMERS
            .into_iter()
            .enumerate()
            .filter(move |&(at, _)| customers || (self.is_of_regions() && at < PLACES))
            .map(|(_, name)| name);
        let providers = PROVIDERS.into_iter().filter(move |_| providers);
        let case = ["case"].into_iter().filter(move |_| case);
        let named = NAMED.into_iter().filter(move |_| named);
        let policy = ["instrument"].into_iter();
        let policy = policy.filter(move |_| self.is_of_policy());
        customers
            .chain(providers)
            .chain(case)
            .chain(named)
            .chain(policy)
    }

    /// The unit in tables; [`Metric::unit`] names the currency of a customer.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Trust => "points 0-100",
            Self::SpendShare
            | Self::WorkloadHomeShare
            | Self::Exposure
            | Self::BaseMoved
            | Self::BaseLeft
            | Self::StatedLessLikely
            | Self::ProjectsDeferred
            | Self::Acted
            | Self::RegionMoveShare
            | Self::CloudUsers
            | Self::ReachInLaw
            | Self::CustomerExposure
            | Self::CustomerReachInLaw => "percent",
            Self::Workload | Self::Revenue => "musd_per_year",
            Self::RevenueGrowth | Self::GrowthGap | Self::WorkloadGrowth => "log percent",
            Self::ValueChange => "percent of capitalisation",
            Self::CaseDays | Self::PathDays | Self::StageDays | Self::PolicyDays => "days",
            Self::CaseOpen | Self::PolicyInForce => "0 or 1",
            Self::ConsumerSurplus
            | Self::Capex
            | Self::Npv
            | Self::OperatingProfit
            | Self::LegalCost
            | Self::Fines
            | Self::Subsidies => "musd",
            Self::CustomerCost => "m of the customer's currency",
            Self::ExposedMonths | Self::MonthsAboveTolerance => "months",
            Self::Disclosures
            | Self::Demands
            | Self::RegionsOpened
            | Self::RegionsConverted
            | Self::RegionsClosed
            | Self::ExitsFinished
            | Self::ExitsLate
            | Self::ExitsForced => "count",
        }
    }
}

/// What a window from one date to another is to an observable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WindowUse {
    /// It is taken at a date, and has none.
    None,
    /// It counts from the start, or within a window.
    Counts,
    /// It is of a window, and means nothing without.
    Needed,
}

/// Which customers and providers a metric counts; all where nothing is said.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct MetricScope {
    /// Customers of one jurisdiction.
    pub jurisdiction: Option<JurisdictionId>,
    /// Customers of one bloc.
    pub bloc: Option<BlocId>,
    /// Customers outside one jurisdiction: `customers_outside = "US"`.
    pub customers_outside: Option<JurisdictionId>,
    /// Customers of one segment.
    pub segment: Option<Segment>,
    /// One provider.
    pub provider: Option<ProviderId>,
    /// All providers of one parent country.
    pub parent: Option<JurisdictionId>,
    /// One case.
    pub case: Option<CaseId>,
    /// One named customer.
    pub customer: Option<CustomerId>,
    /// One of its workloads.
    pub workload: Option<WorkloadId>,
    /// One instrument of policy.
    pub instrument: Option<InstrumentId>,
}

/// When a metric is taken.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum MetricWhen {
    /// `at = 2016-12-31`: at the end of the month that holds the date.
    At(Date),
    /// `from = 2013-06-30` with `at`: from the end of the month that holds the first date, the
    /// earlier one, to the end of that which holds the second.
    Between(Date, Date),
    /// `over_months = 12` from the start.
    OverMonths(u32),
    /// Over the whole horizon, or at its end.
    Horizon,
}

/// `"circuit=reverses"`: how a case leaves a node of its court system.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CaseStep {
    /// The node that it leaves.
    pub node: NodeId,
    /// By what.
    pub by: StepBy,
}

/// What takes a case out of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepBy {
    /// One of the node's outcomes, by its position.
    Outcome(usize),
    /// The case ended while it was there: by a statute, a treaty, a settlement, a withdrawal,
    /// or because the provider gave in.
    Ending(Ending),
}

/// `better = "higher"`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: it only informs.
    Neutral,
}

/// `[sources]`: `"provider.amazon" = "S30"` or `"assumed: why"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path or prefix of paths of the scenario.
    pub path: String,
    /// What it rests on.
    pub kind: SourceKind,
}

/// What a number rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Evidence rows, such as `T01` or `T01-T18`, and a remark after a colon if any.
    Evidence {
        /// Ids as written.
        ids: Vec<String>,
        /// What was made of them.
        remark: String,
    },
    /// No source: why this value.
    Assumed {
        /// The reason given.
        why: String,
    },
}
