//! The customers as the world knows them: they hear the month's events, then act.

use std::sync::Arc;

use super::acted::ActsWindow;
use super::adoption::Adoption;
use super::base::MoveCost;
use super::beliefs::Beliefs;
use super::choice::Nests;
use super::contract::Contracts;
use super::frame::{affinity, group_name};
use super::market::{Market, RunRules};
use super::policy::PolicyEffects;
use super::population::Population;
use super::rest::RestError;
use super::utility::Utility;
use super::welfare::Welfare;
use crate::chance::{Run, Seed, math};
use crate::domain::{Event, OfferingId, Record};
use crate::scenario::resolved::{FullModel, InputDraw};

/// One worker's customers.
#[derive(Clone, Debug)]
pub struct Customers {
    pub(super) model: Arc<FullModel>,
    pub(super) seed: Seed,
    pub(super) market: Market,
    pub(super) beliefs: Beliefs,
    /// Beliefs at rest, against which acts are watched.
    rest_beliefs: Option<Beliefs>,
    pub(super) utility: Utility,
    pub(super) welfare: Welfare,
    pub(super) policy: PolicyEffects,
    /// Weights at rest with brands, and nest sums at rest: `[cell][provider]`.
    pub(super) rest_weight: Vec<f64>,
    pub(super) rest_nest: Vec<f64>,
    /// Expected part of a neighbour's group: `[group][group]`.
    pub(super) expected_neighbours: Vec<Vec<f64>>,
    /// `e^(s − μ·s_reg)` at the median of s: how much more another region of its own provider
    /// weighs to who has to leave one than another provider does.
    pub(super) gain_within: f64,
    rules: ActRules,
    /// Rises of grievance this month: `[group][provider]`.
    falls: Vec<f64>,
    /// Grievances before an event, while it is heard.
    before: Vec<f64>,
    hazard: Vec<f64>,
    /// Last month's share of spend: `[market][provider]`.
    shares: Vec<f64>,
    /// The list prices in the tables, by provider.
    pub(super) quoted: Vec<f64>,
    spend: Vec<f64>,
    /// Offerings that were open when customers last acted.
    pub(super) open: Vec<bool>,
    /// Offerings whose worth to those who are there stands in the tables.
    held: Vec<bool>,
}

/// Numbers of a run that the acting needs.
#[derive(Clone, Copy, Debug, Default)]
struct ActRules {
    base_hazard: f64,
    fall_hazard: f64,
    home_region_hazard: f64,
    home_region_months: u32,
    project_share: f64,
    new_factor: f64,
    price_elasticity: f64,
    adoption: Adoption,
}

impl Customers {
    /// A worker over the shared frame; `draw` is any draw, until [`Self::begin`] gives each
    /// run its own.
    #[must_use]
    pub fn new(
        model: Arc<FullModel>,
        population: Arc<Population>,
        seed: Seed,
        draw: &InputDraw,
    ) -> Self {
        let nests = Nests::of_offerings(&model.offerings, model.providers.len());
        let (groups, cells) = (population.groups(), population.cells());
        let providers = model.providers.len();
        let expected_neighbours = (0..groups)
            .map(|g| {
                let size = |h: usize| population.group(h).len() as f64;
                let odds: Vec<f64> = (0..groups)
                    .map(|h| affinity(&model, g, h) * size(h))
                    .collect();
                let sum: f64 = odds.iter().sum();
                odds.iter().map(|o| o / sum).collect()
            })
            .collect();
        Self {
            beliefs: Beliefs::at_rest(&model, draw),
            rest_beliefs: None,
            utility: Utility::new(&model, draw),
            welfare: Welfare::new(groups),
            policy: PolicyEffects::new(&model),
            market: Market::new(population, nests, seed),
            rest_weight: vec![0.0; cells * providers],
            rest_nest: vec![0.0; cells * providers],
            expected_neighbours,
            gain_within: 1.0,
            rules: ActRules::default(),
            falls: vec![0.0; groups * providers],
            before: vec![0.0; groups * providers],
            hazard: vec![0.0; cells * providers],
            shares: vec![0.0; model.markets.len() * providers],
            spend: vec![0.0; model.markets.len()],
            quoted: vec![1.0; model.providers.len()],
            open: vec![false; model.offerings.len()],
            held: vec![false; model.offerings.len()],
            seed,
            model,
        }
    }

    /// Watches who acts on what it believes, from the next run on, in these windows.
    pub fn watch_acts(&mut self, windows: &[ActsWindow]) {
        self.market.watch_acts(windows);
        self.rest_beliefs = Some(self.beliefs.clone());
    }

    /// Starts a run: beliefs at rest, brands and switching cost solved, customers settled.
    /// `at_start` is the record of the first day, with all prices 1.
    ///
    /// # Errors
    /// When what was drawn contradicts what is observed.
    pub fn begin(
        &mut self,
        run: Run,
        draw: &InputDraw,
        at_start: &Record,
    ) -> Result<(), RestError> {
        let model = Arc::clone(&self.model);
        let choice = &model.choice;
        self.beliefs = Beliefs::at_rest(&model, draw);
        self.utility = Utility::new(&model, draw);
        self.welfare.clear();
        self.policy.begin(&model, draw, at_start.today);
        self.policy.refresh(&model, at_start);
        self.beliefs.shield(self.policy.shields());
        if let Some(rest) = &mut self.rest_beliefs {
            rest.clone_from(&self.beliefs);
        }
        self.market.begin(RunRules {
            run,
            move_cost: MoveCost::OtherProvider {
                region_factor: math::exp(-choice.region_move_cost.value(draw)),
            },
            move_months: choice.move_months as u8,
            repatriation: true,
            contract: Some(Contracts {
                months: model.attention.contract_months,
                stride: model.projects.interval_months,
            }),
            nest_scale: self.utility.nest_scale,
            peer_weight: self.utility.peer_weight,
        });
        self.rules = ActRules {
            base_hazard: model.attention.base_hazard.value(draw),
            fall_hazard: model.attention.fall_hazard.value(draw),
            home_region_hazard: model.attention.home_region_hazard.value(draw),
            home_region_months: model.attention.home_region_months,
            project_share: model.projects.share_of_on_premises.value(draw),
            new_factor: math::exp(-choice.new_provider_cost.value(draw)),
            price_elasticity: model.projects.price_elasticity.value(draw),
            adoption: Adoption::of(&model, draw),
        };
        let postures = model.providers.iter().map(|provider| provider.posture);
        let subsidies = postures.map(|posture| posture.migration_subsidy.value(draw));
        self.market.set_subsidies(subsidies);
        self.falls.fill(0.0);
        self.open.copy_from_slice(&at_start.open);
        self.settle_at_rest(draw, at_start)?;
        self.refresh_shares(at_start);
        Ok(())
    }

    /// Lets a month pass over all beliefs.
    pub fn pass_month(&mut self) {
        self.falls.fill(0.0);
        self.beliefs.pass_month();
    }

    /// Takes in one event, so many days before the month's end. Rises of grievance are
    /// counted event by event, so that a good and a bad one do not cancel.
    pub fn hear(&mut self, event: &Event, days_left: i32, record: &Record) {
        let providers = self.model.providers.len();
        let (utility, market) = (&self.utility, &self.market);
        let grievance = |beliefs: &Beliefs, at: usize| {
            let (group, p) = (at / providers, at % providers);
            utility.grievance(
                beliefs,
                market.nests(),
                group,
                p,
                market.ledger().loads(group),
            )
        };
        if !Beliefs::is_moved_by(event, record) {
            return;
        }
        for (at, before) in self.before.iter_mut().enumerate() {
            *before = grievance(&self.beliefs, at);
        }
        self.beliefs.hear(event, days_left, record);
        for (at, (fall, before)) in self.falls.iter_mut().zip(&self.before).enumerate() {
            *fall += (grievance(&self.beliefs, at) - before).max(0.0);
        }
    }

    /// Customers act in month number `month`, counted from 1: the base, then projects. All
    /// see last month's shares and neighbours.
    pub fn act(&mut self, month: u32, record: &Record, growth: impl Fn(usize) -> f64) {
        let model = Arc::clone(&self.model);
        let elasticity = self.rules.price_elasticity;
        self.policy.refresh(&model, record);
        let policy = &self.policy;
        self.market.set_growth(
            |group| {
                let dearer = policy.answered(group, record.today);
                growth(model.groups[group].market) * math::exp(elasticity * dearer)
            },
            |p| math::pow(record.price_index[p], elasticity),
        );
        let workload = self.market.all_workload();
        self.beliefs.shield(self.policy.shields());
        if let Some(rest) = &mut self.rest_beliefs {
            rest.shield(self.policy.shields());
        }
        self.weigh(month, record);
        self.weigh_at_rest(month, record);
        self.close_offerings(record);
        self.enforce_mandates(month, record);
        self.fill_hazard(record);
        self.consider_adoption(self.rules.adoption);
        self.market.act_on_base(month, &mut self.hazard);
        let interval = model.projects.interval_months;
        self.market.run_projects(
            month,
            interval,
            self.rules.project_share,
            self.rules.new_factor,
        );
        self.market.publish();
        let gap = self.market.all_workload() - workload;
        // A workload beyond all numbers is told by whoever watches the run.
        debug_assert!(
            !workload.is_finite() || gap.abs() <= 1e-6 * workload,
            "{gap} of {workload} lost"
        );
        let flow = self.project_flow_per_month();
        self.welfare.add_month(&self.market, flow);
        self.refresh_shares(record);
    }

    /// Fills the month's tables from what customers believe, last month's shares and the
    /// prices of the record.
    pub fn weigh(&mut self, month: u32, record: &Record) {
        let providers = self.model.providers.len();
        let shares = &self.shares;
        let (tables, nests) = self.market.tables_and_nests_mut();
        self.utility.fill(
            tables,
            nests,
            (&self.beliefs, &self.policy),
            record,
            month,
            |market, p| shares[market * providers + p],
        );
        self.market.exponentiate_tables();
        self.hold_the_full(record);
        self.quoted.copy_from_slice(&record.price_index);
    }

    /// Tells the tables what full offerings are worth to those who are there.
    fn hold_the_full(&mut self, record: &Record) {
        let (model, classes) = (Arc::clone(&self.model), self.utility.loadings.len());
        let offerings = model.offerings.len();
        let is_full = |o: usize| record.open[o] && record.full[o];
        for o in 0..offerings {
            if !is_full(o) && !self.held[o] {
                continue;
            }
            for cell in 0..model.groups.len() * classes {
                let (group, class) = (cell / classes, cell % classes);
                let stays = is_full(o) && !self.policy.is_barred(group, o);
                let worth = if stays {
                    math::exp(self.log_attraction((group, class), o, record))
                } else {
                    0.0
                };
                self.market.tables_mut().held[cell * offerings + o] = worth;
            }
            self.held[o] = is_full(o);
        }
    }

    /// Where acts are watched, fills the tables that the month would have with beliefs at rest.
    fn weigh_at_rest(&mut self, month: u32, record: &Record) {
        let providers = self.model.providers.len();
        let shares = &self.shares;
        let (Some(rest), Some((tables, nests))) = (
            &self.rest_beliefs,
            self.market.rest_tables_and_nests_mut(month),
        ) else {
            return;
        };
        let share = |market, p| shares[market * providers + p];
        let policy = &self.policy;
        self.utility
            .fill(tables, nests, (rest, policy), record, month, share);
        tables.exponentiate(nests, self.utility.nest_scale);
    }

    /// `H = ζ0 + ζ1·ω·falls + ζ3·[own provider's home region is new]`
    fn fill_hazard(&mut self, record: &Record) {
        let providers = self.model.providers.len();
        let classes = self.utility.loadings.len();
        let rules = self.rules;
        let newest = record.today.plus_months(-(rules.home_region_months as i32));
        for (group, spec) in self.model.groups.iter().enumerate() {
            for p in 0..providers {
                let new_at_home = self.market.nests().members(p).iter().any(|&o| {
                    let offering = OfferingId::new(usize::from(o));
                    record.is_open(offering)
                        && self.model.offerings[offering.index()].jurisdiction == spec.jurisdiction
                        && record.opened_on[offering.index()] > newest
                });
                let steady = rules.base_hazard
                    + if new_at_home {
                        rules.home_region_hazard
                    } else {
                        0.0
                    };
                let fall = rules.fall_hazard * self.falls[group * providers + p];
                for (class, &loading) in self.utility.loadings.iter().enumerate() {
                    self.hazard[(group * classes + class) * providers + p] =
                        steady + loading * fall;
                }
            }
        }
    }

    /// Shares of spend by market and provider, from the ledger.
    fn refresh_shares(&mut self, record: &Record) {
        let providers = self.model.providers.len();
        self.shares.fill(0.0);
        self.spend.fill(0.0);
        for (group, spec) in self.model.groups.iter().enumerate() {
            for (o, &load) in self.market.ledger().loads(group).iter().enumerate() {
                let p = usize::from(self.market.nests().provider_of(o as u8));
                let spend = load * self.market.growth_of(group, o as u8) * record.price_index[p];
                self.shares[spec.market * providers + p] += spend;
                self.spend[spec.market] += spend;
            }
        }
        for (row, &total) in self.shares.chunks_exact_mut(providers).zip(&self.spend) {
            row.iter_mut()
                .for_each(|share| *share /= total.max(f64::MIN_POSITIVE));
        }
    }

    /// Part of the stock on offer that projects offer in a month.
    pub(super) fn project_flow_per_month(&self) -> f64 {
        self.rules.project_share / f64::from(self.model.projects.interval_months)
    }

    /// What customers believe.
    #[must_use]
    pub fn beliefs(&self) -> &Beliefs {
        &self.beliefs
    }

    /// What policies in force mean for customers.
    #[must_use]
    pub fn policy(&self) -> &PolicyEffects {
        &self.policy
    }

    /// Where workload is and what was done.
    #[must_use]
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// Surplus so far.
    #[must_use]
    pub fn welfare(&self) -> &Welfare {
        &self.welfare
    }

    /// β_price of the run: utility of a change of ln price.
    #[must_use]
    pub fn price_weight(&self) -> f64 {
        self.utility.price_weight
    }

    pub(super) fn group_name(&self, group: usize) -> String {
        group_name(&self.model, group)
    }
}
