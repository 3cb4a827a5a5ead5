//! The rules of consultations.

#[path = "../support/mod.rs"]
mod support;

mod changes;
mod corrections;
mod deletion;
mod properties;
mod refusals;
mod review;
mod words;
mod writing;
