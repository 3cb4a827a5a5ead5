//! The hospital's rules: aggregates, their commands, events and refusals.
//!
//! No I/O and no clock: facts come in with the command, and the same command on the same
//! history always decides the same. Content is [`Sealed`] before it gets here.
//!
//! Every aggregate folder has the same files: `aggregate.rs` (state and decisions),
//! `command.rs`, `event.rs`, `error.rs`.

pub mod access_grant;
pub mod account;
pub mod appointment;
pub mod audit_desk;
pub mod chat_room;
pub mod consultation;
pub mod doctor_day;
pub mod doctor_schedule;
pub mod event;
pub mod ids;
pub mod inbox;
pub mod local_time;
pub mod login_name;
pub mod role;
pub mod sealed;
pub mod session;
pub mod sign_in;

pub use event::{DecodeError, Event, Versioned};
pub use ids::{AccountId, AppointmentId, ConsultationId, GrantId, RoomId, SessionId};
pub use role::Role;
pub use sealed::Sealed;

use cqrs_es::{Aggregate, event_sink::EventSink};

/// What every aggregate here is, beyond `cqrs_es::Aggregate`.
pub trait Root: Aggregate<Services = ()> + Clone {
    /// Names the shape of the state. Raise it when the state's fields change: snapshots of
    /// another shape are then ignored and the state is folded from the events again.
    const STATE_VERSION: i32;
}

/// Writes decided events to the sink, which also applies them. Decisions are made before the
/// first write, so a refused command leaves the state untouched.
async fn record<A: Aggregate>(aggregate: &mut A, events: Vec<A::Event>, sink: &EventSink<A>) {
    for event in events {
        sink.write(event, aggregate).await;
    }
}
