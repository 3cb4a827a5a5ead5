//! Read models: how each is built from the log, and the queries that read it.
//!
//! A [`Projection`] folds batches of events into the tables it owns; the [`Runner`] feeds it
//! and moves its checkpoint in the same transaction; [`shadow`] builds it again beside the
//! live tables, to check or to replace them. One folder per read model holds its projection
//! and its queries.

pub mod accounts;
pub mod appointments;
pub mod audit_desks;
mod backoff;
pub mod checkpoint;
pub mod consultations;
pub mod conversations;
pub mod deleted_items;
pub mod grants;
mod lead;
pub mod log;
pub mod notices;
mod number;
mod observe;
pub mod opener;
pub mod patient_records;
pub mod projection;
pub mod reactor;
pub mod runner;
pub mod schedules;
pub mod scratch;
mod sealed_text;

pub mod shadow;
mod step;
pub mod trail;
mod wait;
mod worker;

pub use opener::{OpenError, Opened, Opener, SealedRef};
pub use projection::{ApplyError, Projection, Table};
pub use reactor::{Reactor, ReactorError};
pub use runner::{Health, Runner, Stopped};
pub use sealed_text::SealedText;
