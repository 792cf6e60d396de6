//! Indices into the tables of a scenario. An id is only meaningful beside the
//! scenario that made it; its order is the order of the scenario's names.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub struct $name(pub u16);

        impl $name {
            /// The position in its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of the table's row `index`.
            ///
            /// # Panics
            /// Beyond 65,535 rows, which validation refuses long before.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u16::try_from(index).expect("tables are bounded at validation"))
            }
        }
    };
}

id!(/// A country (or the seat of a law).
    JurisdictionId);
id!(/// A bloc of countries whose policies bind its members, such as the EU.
    BlocId);
id!(/// A public: the customers of one bloc, or of one country outside blocs, who
    /// read the same news and share one perception of foreign reach.
    PublicId);
id!(/// A cloud provider.
    ProviderId);
id!(/// A provider's data centers in one jurisdiction under one control structure.
    RegionId);
id!(/// What a customer can buy: a region under one key custody.
    OfferingId);
id!(/// A customer group: jurisdiction × segment.
    GroupId);
id!(/// A named customer, with workloads of its own.
    CustomerId);
id!(/// A workload among those of its named customer.
    WorkloadId);
id!(/// A case before a court system.
    CaseId);
id!(/// A node of a procedure graph.
    NodeId);
id!(/// A circuit: the part of a jurisdiction that one appellate court binds.
    CircuitId);
id!(/// A government that makes policy: of a country, or a bloc.
    MakerId);
id!(/// An instrument of policy that a maker may enact.
    InstrumentId);
