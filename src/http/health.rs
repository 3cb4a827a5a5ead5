//! Whether the process lives, and whether it can serve.

use super::answer::Json;
use super::openapi::{Operation, Output};
use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A database that takes longer to answer can not serve, and whoever asks wants to know in time.
const DATABASE_MAX: Duration = Duration::from_secs(2);

/// The process answers. Says nothing about the database: a restart would not help that.
pub(super) async fn report_liveness() -> &'static str {
    "ok\n"
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Readiness {
    ready: bool,
    database: bool,
    /// Read models that stopped at an event which they can not apply.
    stopped: Vec<&'static str>,
    /// Events that the slowest read model has still to apply.
    behind: u64,
    stopping: bool,
}

impl IntoResponse for Readiness {
    fn into_response(self) -> Response {
        let status = if self.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        (status, Json(self)).into_response()
    }
}

impl Output for Readiness {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives_json::<Self>(status);
        operation.gives_json::<Self>(StatusCode::SERVICE_UNAVAILABLE);
    }
}

/// Whether requests should be sent here: the database answers, no read model has stopped, and
/// the server is not on its way out.
pub(super) async fn report_readiness(State(app): State<Arc<App>>) -> Readiness {
    let health = timeout(DATABASE_MAX, app.runner.health()).await;
    let stopping = app.stop.is_cancelled();
    match health {
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
    }
}
