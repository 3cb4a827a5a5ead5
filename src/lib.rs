//! Anamnesis: an event-sourced hospital messaging backend.

pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod database;
pub mod http;
pub mod live;
pub mod log;
pub mod logging;
pub mod metrics_page;
pub mod policy;
pub mod reactors;
pub mod read_models;
pub mod sealing;
pub mod shutdown;
pub mod ws;
