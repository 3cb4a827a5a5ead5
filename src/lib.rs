//! Anamnesis: an event-sourced hospital messaging backend.
