//! Sums over customers, kept as customers act, so that reporting a month never walks
//! through the customers.

/// Who holds what, by group, and what has been done since the start.
#[derive(Clone, Debug)]
pub struct Ledger {
    offerings: usize,
    providers: usize,
    /// Workload before growth, USD a year at start prices: `[group][offering]`.
    pub load: Vec<f64>,
    /// Customers whose primary offering it is: `[group][offering]`.
    pub primaries: Vec<u32>,
    /// Workload on premises, USD a year at start prices: `[group]`.
    pub on_premises: Vec<f64>,
    /// Of which that of customers without any offering: `[group]`.
    pub without_cloud: Vec<f64>,
    /// Decisions to move the base since the start, `[group][from][to]` by provider; `to`
    /// one beyond the providers is back on premises.
    pub base_moves: Vec<u32>,
    /// Decisions to move the base to another region of the same provider: `[group]`.
    pub region_moves: Vec<u32>,
    /// Workload of decisions to move the base since the start, by the provider that it is
    /// with, USD a year at start prices: `[group][provider]`.
    pub moved: Vec<f64>,
    /// Of which to another region of that provider: `[group][provider]`.
    pub moved_within: Vec<f64>,
    /// Projects that came up since the start, of customers without cloud only those that they
    /// considered: `[group]`.
    pub projects: Vec<u32>,
    /// Of which deferred: `[group]`.
    pub deferred: Vec<u32>,
    /// Switching costs paid, in utility × USD a year of workload moved: `[group]`.
    pub moving_cost: Vec<f64>,
    /// Of which providers paid for moves to them, in the same unit: `[provider]`; it is not in
    /// `moving_cost`.
    pub subsidised: Vec<f64>,
    /// Workload that projects offered since the start, USD a year at start prices.
    pub offered: f64,
    /// Of which each provider won: `[provider]`.
    pub won: Vec<f64>,
}

impl Ledger {
    /// An empty ledger.
    #[must_use]
    pub fn new(groups: usize, providers: usize, offerings: usize) -> Self {
        Self {
            offerings,
            providers,
            load: vec![0.0; groups * offerings],
            primaries: vec![0; groups * offerings],
            on_premises: vec![0.0; groups],
            without_cloud: vec![0.0; groups],
            base_moves: vec![0; groups * providers * (providers + 1)],
            region_moves: vec![0; groups],
            moved: vec![0.0; groups * providers],
            moved_within: vec![0.0; groups * providers],
            projects: vec![0; groups],
            deferred: vec![0; groups],
            moving_cost: vec![0.0; groups],
            subsidised: vec![0.0; providers],
            offered: 0.0,
            won: vec![0.0; providers],
        }
    }

    /// Back to empty.
    pub fn clear(&mut self) {
        self.load.fill(0.0);
        self.primaries.fill(0);
        self.on_premises.fill(0.0);
        self.without_cloud.fill(0.0);
        self.base_moves.fill(0);
        self.region_moves.fill(0);
        self.moved.fill(0.0);
        self.moved_within.fill(0.0);
        self.projects.fill(0);
        self.deferred.fill(0);
        self.moving_cost.fill(0.0);
        self.subsidised.fill(0.0);
        self.offered = 0.0;
        self.won.fill(0.0);
    }

    /// A group's workload before growth, by offering.
    #[must_use]
    #[inline]
    pub fn loads(&self, group: usize) -> &[f64] {
        &self.load[group * self.offerings..(group + 1) * self.offerings]
    }

    /// The place of (group, offering) in `load` and `primaries`.
    #[must_use]
    #[inline]
    pub fn at(&self, group: usize, offering: u8) -> usize {
        group * self.offerings + usize::from(offering)
    }

    /// Customers of a group that use any cloud.
    #[must_use]
    pub fn users(&self, group: usize) -> u32 {
        let row = group * self.offerings..(group + 1) * self.offerings;
        self.primaries[row].iter().sum()
    }

    /// Decisions of a group to move from one provider to another (or on premises, when
    /// `to` is the number of providers).
    #[must_use]
    pub fn moves(&self, group: usize, from: usize, to: usize) -> u32 {
        self.base_moves[(group * self.providers + from) * (self.providers + 1) + to]
    }

    /// Workload that a group decided to move from where it is with a provider, USD a year at
    /// start prices, and the part of it that goes to another region of that provider.
    #[must_use]
    pub fn moved(&self, group: usize, provider: usize) -> (f64, f64) {
        let at = group * self.providers + provider;
        (self.moved[at], self.moved_within[at])
    }

    pub(super) fn count_moved(&mut self, group: usize, from: usize, load: f64, within: bool) {
        let at = group * self.providers + from;
        self.moved[at] += load;
        if within {
            self.moved_within[at] += load;
        }
    }

    pub(super) fn count_move(&mut self, group: usize, from: usize, to: usize) {
        self.base_moves[(group * self.providers + from) * (self.providers + 1) + to] += 1;
    }
}
