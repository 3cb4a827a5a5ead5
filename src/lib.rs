//! Anamnesis: an event-sourced hospital messaging backend.

/// Many small things are made in one thread and dropped in another, at which glibc's allocator
/// is slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod app;
pub mod as_of;
pub mod audit;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod database;
pub mod disclosure;
pub mod fhir;
pub mod http;
pub mod live;
pub mod log;
pub mod logging;
pub mod metrics_page;
pub mod pictures;
pub mod policy;
pub mod reactors;
pub mod read_models;
pub mod replay;
pub mod sealing;
pub mod shutdown;
#[cfg(feature = "web")]
pub mod web;
pub mod ws;
