//! Shared nouns, each a type of its own, so that a share cannot be mistaken for a
//! price nor a provider for a region. Nothing here computes the model.

mod control;
mod date;
mod event;
mod id;
mod level;
mod loss;
mod money;
mod probability;
mod record;
mod segment;

pub use control::{Control, PerControl};
pub use date::{Date, DateError};
pub use event::{
    Conduct, Ending, Event, EventIndex, EventKind, ExitReason, Party, SiteAct, SiteReason,
};
pub use id::{
    BlocId, CaseId, CircuitId, CustomerId, GroupId, InstrumentId, JurisdictionId, MakerId, NodeId,
    OfferingId, ProviderId, PublicId, RegionId, WorkloadId,
};
pub use level::Level;
pub use loss::{Bearer, Loss, LossKind, Matter, YearProfit};
pub use money::Usd;
pub use probability::{LogOdds, Probability, ProbabilityError};
pub use record::Record;
pub use segment::Segment;
