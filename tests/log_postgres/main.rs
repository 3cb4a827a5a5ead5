//! What the log keeps in PostgreSQL, whatever is done to it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../log_support/engine.rs"]
mod engine;
#[path = "../log_support/events.rs"]
mod events;

mod append_only;
mod bounds;
mod cqrs;
mod failures;
mod processes;
