//! How the server is doing, for those who look after it: numbers and names, never content.

use super::answer::Json;
use super::error::ApiError;
use crate::app::App;
use crate::reactors;
use anamnesis_projections::{Health, Stopped};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize, JsonSchema)]
pub(super) struct SystemHealth {
    version: &'static str,
    /// When this was measured.
    at: DateTime<Utc>,
    /// Of the process that answers.
    uptime_seconds: u64,
    /// The last position of the log, as this process knows it. It moves with every event.
    log_head: u64,
    /// Clients of the live feed that are connected to the process that answers.
    clients_connected: u64,
    /// The most that it takes.
    clients_max: u64,
    /// Those who read the log: the read models, then the reactors.
    readers: Vec<SystemReader>,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SystemReaderKind")]
enum Kind {
    /// Makes tables that questions are answered from.
    ReadModel,
    /// Does something because something else has happened.
    Reactor,
}

#[derive(Serialize, JsonSchema)]
struct SystemReader {
    name: &'static str,
    kind: Kind,
    /// Whether the process that answers does the work; if not, another one does.
    active: bool,
    /// Everything up to here is applied.
    position: u64,
    /// Events that are still to be applied.
    behind: u64,
    /// Null while it goes on.
    stopped: Option<ReaderStopped>,
}

/// An event that could not be applied. The reader tries again when its process starts anew.
#[derive(Serialize, JsonSchema)]
struct ReaderStopped {
    position: u64,
    /// A code or the name of a type.
    reason: String,
}

/// How far the readers of the log have come, who is connected, and for how long it has run.
pub(super) async fn read_system(
    State(app): State<Arc<App>>,
) -> Result<Json<SystemHealth>, ApiError> {
    let readers = app.runner.health().await?.into_iter().map(reader).collect();
    Ok(Json(SystemHealth {
        version: env!("CARGO_PKG_VERSION"),
        at: app.clock.now(),
        uptime_seconds: app.clock.elapsed().as_secs(),
        log_head: *app.log.head().borrow(),
        clients_connected: app.live.hub().connected() as u64,
        clients_max: app.config.limits.sockets_max as u64,
        readers,
    }))
}

fn reader(Health { name, active, position, behind, stopped }: Health) -> SystemReader {
    let kind = if reactors::NAMES.contains(&name) { Kind::Reactor } else { Kind::ReadModel };
    let stopped = stopped.map(|Stopped { position, reason }| ReaderStopped { position, reason });
    SystemReader { name, kind, active, position, behind, stopped }
}
