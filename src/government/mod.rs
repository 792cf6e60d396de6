//! Governments. So far they are seen in what becomes known of their conduct; their
//! policies, their will to litigate and their treaty queues come with the instruments of
//! policy. (Demands are filed in [`crate::law`].)

pub mod cascade;
pub mod revelation;
