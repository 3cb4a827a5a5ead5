//! How many requests, how they ended, and how long they took. Labels are the routes of the
//! table, never a path with its ids.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Counts and times a request.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let labels = [
        ("method", method_of(&request).to_owned()),
        ("route", route.unwrap_or_else(|| "none".to_owned())),
    ];
    let started = Instant::now();
    let response = next.run(request).await;
    metrics::histogram!("http_request_seconds", &labels).record(started.elapsed().as_secs_f64());
    let [method, route] = labels;
    let labels = [method, route, ("status", response.status().as_str().to_owned())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    response
}

/// The method, of those that the table has: a label must not be the client's to choose.
fn method_of(request: &Request) -> &'static str {
    match request.method().as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}
