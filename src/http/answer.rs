//! What handlers answer with. Each kind of answer is a type, so that the description of the API
//! is made of what the handlers really return.

use super::error::ApiError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A body in JSON. Written in one go into a buffer of its own: axum's `Json` writes byte by byte
/// into one that it also grows by copying, which takes longer than making most pages.
#[derive(Debug)]
pub(super) struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut body = Vec::with_capacity(4 << 10);
        if let Ok(()) = serde_json::to_writer(&mut body, &self.0) {
            let kind = HeaderValue::from_static("application/json");
            ([(header::CONTENT_TYPE, kind)], body).into_response()
        } else {
            tracing::error!("a response can not be written as JSON");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            ApiError::new(status, "internal", "the server failed").into_response()
        }
    }
}

/// Something that was made by the request: 201.
#[derive(Debug)]
pub(super) struct Created<A>(pub A);

impl<A: IntoResponse> IntoResponse for Created<A> {
    fn into_response(self) -> Response {
        let response = self.0.into_response();
        if !response.status().is_success() {
            return response;
        }
        (StatusCode::CREATED, response).into_response()
    }
}

/// It is done, and there is nothing to show: 204.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoContent;

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

/// It is passed on, and nobody will know whether it arrived: 202.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accepted;

impl IntoResponse for Accepted {
    fn into_response(self) -> Response {
        StatusCode::ACCEPTED.into_response()
    }
}
