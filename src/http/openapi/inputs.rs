//! What the extractors say of the request.

use super::operation::{Input, Operation};
use crate::http::RequestId;
use crate::http::caller::Caller;
use crate::http::etag::IfMatch;
use crate::http::extract::{Body, Ids, Params};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::CookieJar;
use schemars::{JsonSchema, json_schema};

impl<T: JsonSchema> Input for Body<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.takes_json::<T>();
        for status in [
            StatusCode::BAD_REQUEST,
            StatusCode::REQUEST_TIMEOUT,
            StatusCode::PAYLOAD_TOO_LARGE,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ] {
            operation.refuses(status);
        }
    }
}

impl<T: JsonSchema> Input for Params<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.query::<T>();
        operation.refuses(StatusCode::BAD_REQUEST);
    }
}

/// The path's template says which ones.
impl<T> Input for Ids<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.refuses(StatusCode::NOT_FOUND);
    }
}

impl Input for IfMatch {
    fn describe(operation: &mut Operation<'_>) {
        let schema = json_schema!({
            "type": "string",
            "description": "The `ETag` of what is changed. If it is another by now, nothing is \
                            changed. Without it, whatever is there is changed.",
        });
        operation.parameter("header", "If-Match", false, schema);
        operation.refuses(StatusCode::BAD_REQUEST);
        operation.refuses(StatusCode::PRECONDITION_FAILED);
    }
}

// What these say holds for whole kinds of routes, or is none of the client's business.
impl<S> Input for State<S> {
    fn describe(_: &mut Operation<'_>) {}
}

impl<T> Input for ConnectInfo<T> {
    fn describe(_: &mut Operation<'_>) {}
}

impl Input for Caller {
    fn describe(_: &mut Operation<'_>) {}
}

impl Input for RequestId {
    fn describe(_: &mut Operation<'_>) {}
}

impl Input for HeaderMap {
    fn describe(_: &mut Operation<'_>) {}
}

impl Input for CookieJar {
    fn describe(_: &mut Operation<'_>) {}
}
