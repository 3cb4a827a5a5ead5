//! Extractors whose refusals are [`ApiError`]s and never quote the input.

use super::error::ApiError;
use anamnesis_projections::appointments::Period;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Json, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use chrono::{DateTime, Datelike, TimeZone, Utc};
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::time::timeout;

/// How long a body may take to arrive.
const BODY_MAX: Duration = Duration::from_secs(10);

/// A JSON body.
#[derive(Debug)]
pub(super) struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match timeout(BODY_MAX, Json::<T>::from_request(request, state)).await {
            Ok(Ok(Json(value))) => Ok(Self(value)),
            Ok(Err(rejection)) => Err(of_json(&rejection)),
            Err(_) => Err(ApiError::new(
                StatusCode::REQUEST_TIMEOUT,
                "body_too_slow",
                "the body did not arrive in time",
            )),
        }
    }
}

fn of_json(rejection: &JsonRejection) -> ApiError {
    match rejection {
        JsonRejection::JsonDataError(_) => ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "body_invalid",
            "the body's fields are not as documented (a field is missing, unknown or of the wrong type)",
        ),
        JsonRejection::JsonSyntaxError(_) => {
            ApiError::new(StatusCode::BAD_REQUEST, "json_malformed", "the body is not JSON")
        }
        JsonRejection::MissingJsonContentType(_) => ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "json_expected",
            "the body must be sent as application/json",
        ),
        other if other.status() == StatusCode::PAYLOAD_TOO_LARGE => ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
            "the body is larger than the server takes",
        ),
        _ => ApiError::new(StatusCode::BAD_REQUEST, "body_unreadable", "the body can not be read"),
    }
}

/// The query of the URL.
#[derive(Debug)]
pub(super) struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let parsed: Result<Query<T>, QueryRejection> =
            Query::from_request_parts(parts, state).await;
        parsed.map(|Query(value)| Self(value)).map_err(|_| {
            ApiError::new(
                StatusCode::BAD_REQUEST,
                "query_invalid",
                "the query's parameters are not as documented",
            )
        })
    }
}

/// The ids in the path. Something that is no id names nothing, so it is not found.
#[derive(Debug)]
pub(super) struct Ids<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let parsed: Result<Path<T>, PathRejection> = Path::from_request_parts(parts, state).await;
        parsed.map(|Path(value)| Self(value)).map_err(|_| ApiError::not_found())
    }
}

/// A period that ends after it begins, in years that every part of the server can write.
pub(super) fn period(from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Period, ApiError> {
    let known = |at: DateTime<Utc>| (1..=9_999).contains(&at.year());
    if from < to && known(from) && known(to) {
        return Ok(Period { from, to });
    }
    Err(ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "period_invalid",
        "a period ends after it begins, in the years 1 to 9999",
    ))
}

/// A period of which either end can be left open.
pub(super) fn optional_period(
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
) -> Result<(), ApiError> {
    let year = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).single().unwrap_or_default();
    period(from.unwrap_or(year(1)), to.unwrap_or(year(9_999))).map(drop)
}

/// What is said to be the end of the page before is nothing that the caller has.
pub(super) fn bad_page() -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "page_invalid",
        "send back exactly what the page before said",
    )
}
