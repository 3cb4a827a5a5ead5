//! The rules of appointments.

#[path = "../support/mod.rs"]
mod support;

mod booking;
mod deletion;
mod moving;
mod outcome;
mod properties;
mod refusals;
mod words;
