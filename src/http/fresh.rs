//! Reading at least as much as one has already been told.
//!
//! A live frame can arrive before the read models show what it says. A client that has a frame's
//! cursor, or the one of a write at another server process, sends it along and never reads an
//! older state than the one it knows.

use super::error::ApiError;
use crate::app::App;
use crate::live::{BadCursor, Cursor, LiveError};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// The header that carries the cursor.
pub(super) const HEADER: &str = "anamnesis-cursor";

/// Waits until the read models show everything up to the request's cursor, for a bounded time:
/// after that the answer is `read_models_lag`. Costs nothing without the header.
pub(super) async fn at_least_as_told(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if let Some(cursor) = told(request.headers())? {
        // A cursor of another history, or from beyond the end of this one, can't be waited for.
        let position = app.live.known(Some(cursor)).await.ok_or(BadCursor)?;
        if !app.shows(position).await {
            return Err(LiveError::Lagging.into());
        }
    }
    Ok(next.run(request).await)
}

fn told(headers: &HeaderMap) -> Result<Option<Cursor>, BadCursor> {
    let Some(value) = headers.get(HEADER) else { return Ok(None) };
    value.to_str().map_err(|_| BadCursor)?.parse().map(Some)
}
