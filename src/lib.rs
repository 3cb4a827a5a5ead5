//! Anamnesis: an event-sourced hospital messaging backend.

pub mod cli;
pub mod config;
pub mod database;
pub mod logging;
pub mod shutdown;
