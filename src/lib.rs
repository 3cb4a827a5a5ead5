//! Anamnesis: an event-sourced hospital messaging backend.

pub mod commands;
pub mod log;
