//! The whole service: the routes, and what lies around each request.

use super::error::ApiError;
use super::routes::{Access, routes};
use super::{caller, cors, fresh, observe, request_id};
use crate::app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::normalize_path::NormalizePath;

/// Longer than a client may ask a poll to wait, and than the log takes to find out what became
/// of an append.
pub const ANSWER_MAX: Duration = Duration::from_secs(45);

/// A request is answered in time, also while the database hangs. Streams go on for longer: only
/// their beginning counts. What was to be done is done wholly or not at all, here as well.
async fn within_bounds(request: Request, next: Next) -> Result<Response, ApiError> {
    timeout(ANSWER_MAX, next.run(request)).await.map_err(|_| ApiError::timed_out())
}

/// What is no route is the web client's, unless a program asks for it.
#[cfg(feature = "web")]
async fn fallback(request: Request) -> Response {
    match crate::web::answer(request.method(), request.uri().path(), request.headers()) {
        Some(page) => page,
        None => ApiError::not_found().into_response(),
    }
}

#[cfg(not(feature = "web"))]
async fn fallback() -> ApiError {
    ApiError::not_found()
}

/// The whole service. Paths may end in a slash.
pub fn service(app: &Arc<App>) -> NormalizePath<Router> {
    let mut router = Router::new();
    for route in routes() {
        let handler = match route.access {
            Access::Public => route.handler,
            Access::For(action) => route
                .handler
                .layer(from_fn_with_state(Arc::clone(app), fresh::at_least_as_told))
                .layer(from_fn_with_state((Arc::clone(app), action), caller::authorise)),
        };
        router = router.route(route.path, handler);
    }
    let router = router
        .route_layer(from_fn(observe::observe))
        .fallback(fallback)
        .method_not_allowed_fallback(async || {
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this can not be done to that",
            )
        })
        .layer(from_fn(within_bounds))
        .layer(DefaultBodyLimit::max(app.config.limits.body_bytes_max))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a handler panicked");
            ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server failed")
                .into_response()
        }))
        .layer(from_fn(request_id::with_request_id))
        .with_state(Arc::clone(app));
    let router = match cors::layer(&app.config.http.allowed_origins) {
        Some(cors) => router.layer(cors),
        None => router,
    };
    NormalizePath::trim_trailing_slash(router)
}
