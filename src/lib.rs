//! Anamnesis: an event-sourced hospital messaging backend.

pub mod auth;
pub mod clock;
pub mod commands;
pub mod live;
pub mod log;
pub mod policy;
pub mod sealing;
