//! Whether the process lives, and whether it can serve.

use super::json::Json;
use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A database that takes longer to answer can not serve, and whoever asks wants to know in time.
const DATABASE_MAX: Duration = Duration::from_secs(2);

/// The process answers. Says nothing about the database: a restart would not help that.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

#[derive(Serialize)]
pub(super) struct Readiness {
    ready: bool,
    database: bool,
    /// Read models that stopped at an event which they can not apply.
    stopped: Vec<&'static str>,
    /// Events that the slowest read model has still to apply.
    behind: u64,
    stopping: bool,
}

/// Whether requests should be sent here: the database answers, no read model has stopped, and
/// the server is not on its way out.
pub(super) async fn ready(State(app): State<Arc<App>>) -> (StatusCode, Json<Readiness>) {
    let health = timeout(DATABASE_MAX, app.runner.health()).await;
    let stopping = app.stop.is_cancelled();
    let readiness = match health {
        Ok(Ok(health)) => {
            let stopped: Vec<_> =
                health.iter().filter(|one| one.stopped.is_some()).map(|one| one.name).collect();
            let behind = health.iter().map(|one| one.behind).max().unwrap_or(0);
            let ready = stopped.is_empty() && !stopping;
            Readiness { ready, database: true, stopped, behind, stopping }
        }
        Ok(Err(_)) | Err(_) => {
            Readiness { ready: false, database: false, stopped: Vec::new(), behind: 0, stopping }
        }
    };
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness))
}
