//! The rules of accounts.

#[path = "../support/mod.rs"]
mod support;

mod administrators;
mod profile;
mod properties;
mod refusals;
mod requests;
mod standing;
mod words;
