//! The projections against a real PostgreSQL, over a log in memory.
#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod accounts;
mod appointments;
mod consultations;
mod conversations;
mod deleted_items;
mod directory;
mod live_equals_rebuilt;
mod model;
mod pages;
mod reactor;
mod reports;
mod runner;
mod scratch;
mod shadow;
#[path = "../support/mod.rs"]
mod support;
mod trail;
mod unread;
