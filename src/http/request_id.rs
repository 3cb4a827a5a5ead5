//! Every request has an id: in the response, in the server's log, in the metadata of events.

use super::answer::Json;
use super::error::ApiError;
use crate::fhir;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request being handled.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// Takes the id that a proxy gave (if it is a UUID) or makes one, and writes the bodies of
/// errors, which carry it.
pub(super) async fn with_request_id(mut request: Request, next: Next) -> Response {
    let given = request.headers().get(&HEADER).and_then(|value| value.to_str().ok());
    let id = given.and_then(|text| Uuid::try_parse(text).ok()).unwrap_or_else(Uuid::now_v7);
    request.extensions_mut().insert(RequestId(id));
    let for_fhir = request.uri().path().starts_with(fhir::BASE);
    let span = tracing::info_span!("request", request_id = %id);
    let mut response = next.run(request).instrument(span).await;
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        let (parts, _) = response.into_parts();
        response = if for_fhir {
            let told = fhir::operation_outcome(parts.status, error.code(), error.message(), id);
            let kind = HeaderValue::from_static(fhir::MEDIA_TYPE);
            (parts.status, [(header::CONTENT_TYPE, kind)], told.to_string()).into_response()
        } else {
            (parts.status, Json(error.body(id))).into_response()
        };
        for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::ALLOW] {
            if let Some(value) = parts.headers.get(&name) {
                response.headers_mut().insert(name, value.clone());
            }
        }
    }
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
