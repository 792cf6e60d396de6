//! Governments that act: what presses them, and the instruments of policy they may use.

use super::Quantity;
use crate::domain::{BlocId, CaseId, Ending, InstrumentId, JurisdictionId, MakerId, Segment};

/// `[government.DE]`: a maker of policy, a jurisdiction or a bloc that binds its members.
#[derive(Clone, Debug)]
pub struct Maker {
    /// Key in the file: of a jurisdiction or a bloc.
    pub name: String,
    /// As read in a sentence: that of the jurisdiction or bloc.
    pub title: String,
    /// Where its policies hold: the jurisdiction, or all of the bloc.
    pub members: Vec<JurisdictionId>,
    /// The bloc, where it is one.
    pub bloc: Option<BlocId>,
    /// `half_life_months`: in which pressure fades.
    pub half_life_months: Quantity,
    /// `leak`: pressure of a leak of severity 1 about a government that can reach all data.
    pub leak: Quantity,
    /// `ruling`: pressure of a circuit's ruling that confirms such reach; by court level it is
    /// scaled by `persuasion` of the doctrine.
    pub ruling: Quantity,
    /// `disclosure`: pressure of a disclosure that becomes known.
    pub disclosure: Quantity,
    /// `retaliation`: pressure of a policy of another maker against this one.
    pub retaliation: Quantity,
}

/// `[instrument.NAME]`: something that a maker may enact.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Key in the file.
    pub name: String,
    /// As told.
    pub title: String,
    /// `by`
    pub by: MakerId,
    /// `against`: the government against whose reach it is directed; for a statute or treaty
    /// the asserting government itself.
    pub against: JurisdictionId,
    /// `kind` and what belongs to it.
    pub kind: InstrumentKind,
    /// `brought_by = { case = "dpf", ending = "annulled" }`: what brings it in place of a
    /// hazard; the three numbers of the hazard are then 0, ½ and 0.
    pub brought_by: Option<BroughtBy>,
    /// `most_per_year` h_max: hazard of a proposal under any pressure.
    pub most_per_year: Quantity,
    /// `share_at_rest`: part of `most_per_year` without pressure, inside (0, 1).
    pub share_at_rest: Quantity,
    /// `pressure_weight` b: log-odds per unit of pressure, 0 or more.
    pub pressure_weight: Quantity,
    /// `factor_while_pending`: multiplies the hazard while the question is before the highest
    /// court of `against`; 1 unless given.
    pub factor_while_pending: Quantity,
    /// `drafting_months`: from the proposal, or the end of the case, to force.
    pub drafting_months: Quantity,
    /// `lasts_months`, rounded: it expires then; for good where not given.
    pub lasts_months: Option<Quantity>,
    /// `struck_down_per_year`: hazard of being struck down while in force; 0 unless given.
    pub struck_down_per_year: Quantity,
    /// `after`: can be proposed only once this instrument is in force.
    pub after: Option<InstrumentId>,
    /// `in_force`: it is so at the start.
    pub in_force_at_start: bool,
    /// `lobbied_factor` and `lobbied_half_usd_per_year` of a statute or treaty.
    pub lobbied: Option<Lobbied>,
}

/// The end of a case that brings an instrument into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BroughtBy {
    /// `case`
    pub case: CaseId,
    /// `ending`
    pub ending: Ending,
}

/// How lobbying L by providers of the maker's country moves the hazard of a proposal: by the
/// factor `1 + (f − 1)·L/(L + L½)`, between 1 and f whatever is spent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lobbied {
    /// `lobbied_factor` f: factor under lobbying without end.
    pub factor: Quantity,
    /// `lobbied_half_usd_per_year` L½: what half of that takes.
    pub half_usd_per_year: Quantity,
}

/// What an instrument does while it is in force.
#[derive(Clone, Debug)]
pub enum InstrumentKind {
    /// `kind = "procurement_ban"`: customers of these segments may place nothing new with, and
    /// must leave, services that the government `against` can reach.
    ProcurementBan(Bar),
    /// `kind = "localisation"`: data of these segments must lie in the maker's territory.
    Localisation(Bar),
    /// `kind = "suspension"` of an adequacy decision: data that lies with `against` costs more.
    Suspension {
        /// `price_wedge`: rise of ln price by compliance, 0 or more.
        price_wedge: Quantity,
        /// `finding_severity`: what it finds raises concern as a leak of this severity does,
        /// where it binds; 0 unless given.
        finding: Quantity,
    },
    /// `kind = "blocking_statute"`: forbids disclosure to `against`; customers trust their
    /// location more, and a provider that discloses is fined.
    BlockingStatute {
        /// `shield`: part of the distance between the belief that location protects and
        /// certainty that it closes, 0 to 1.
        shield: Quantity,
        /// `fine_share_of_turnover` of a disclosure that becomes known, 0 to 1.
        fine_share_of_turnover: Quantity,
    },
    /// `kind = "tariff"`: services of providers of `against` cost more here; a retaliation.
    Tariff {
        /// `price_wedge`
        price_wedge: Quantity,
    },
    /// `kind = "statute"`: of the asserting government; settles reach.
    Statute,
    /// `kind = "treaty"` or executive agreement: opens another way; ends cases.
    Treaty,
}

/// Whom a bar binds, and by when.
#[derive(Clone, Debug)]
pub struct Bar {
    /// `segments`
    pub segments: Vec<Segment>,
    /// `grace_months`: until what is there must have left.
    pub grace_months: u32,
    /// `tolerated_reach`: reach in law up to which a service is allowed; 0 for localisation.
    pub tolerated_reach: Quantity,
}

impl Bar {
    /// The grace of a bar that gives none: a century, beyond any horizon.
    pub const LONGEST_GRACE_MONTHS: u32 = 1_200;
}

impl InstrumentKind {
    /// The word in `kind = "..."`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ProcurementBan(_) => "procurement_ban",
            Self::Localisation(_) => "localisation",
            Self::Suspension { .. } => "suspension",
            Self::BlockingStatute { .. } => "blocking_statute",
            Self::Tariff { .. } => "tariff",
            Self::Statute => "statute",
            Self::Treaty => "treaty",
        }
    }
}

/// `[revelations.US]`: leaks about a government, a self-exciting process.
#[derive(Clone, Debug)]
pub struct RevelationProcess {
    /// Key in the file: whose conduct is revealed.
    pub about: JurisdictionId,
    /// `base_per_year`: leaks that come by themselves.
    pub base_per_year: Quantity,
    /// `branching`: mean number that a leak brings, 0 to below 1.
    pub branching: Quantity,
    /// `delay_days`: mean delay of what it brings.
    pub delay_days: Quantity,
    /// `severity`: of each leak, drawn anew.
    pub severity: super::Distribution,
}
