//! Anamnesis: an event-sourced hospital messaging backend.

pub mod auth;
pub mod clock;
pub mod sealing;
