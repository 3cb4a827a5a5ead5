//! The rules of a doctor's schedule.

#[path = "../support/mod.rs"]
mod support;

mod check;
mod clocks;
mod exceptions;
mod hours;
mod local_time;
mod oracle;
mod refusals;
mod slots;
mod words;
