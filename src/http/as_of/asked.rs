//! Which moment is asked for, and the record of who asked.

use crate::app::App;
use crate::as_of::{Moment, RecordName};
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::live::LiveError;
use crate::replay::Point;
use anamnesis_domain::session::LookUp;
use anamnesis_projections::trail::patient_of;
use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::BTreeMap;

/// A position or an instant; neither stands for the last event there is.
pub(super) fn point(
    position: Option<u64>,
    at: Option<DateTime<Utc>>,
) -> Result<Option<Point>, ApiError> {
    match (position, at) {
        (Some(_), Some(_)) => Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "query_invalid",
            "give only one of position and at",
        )),
        (position, at) => Ok(position.map(Point::Position).or(at.map(Point::Instant))),
    }
}

/// Finds the moment, writes down who is about to look at what, and waits until the read models
/// show all that happened before that.
pub(super) async fn look(
    app: &App,
    caller: &Caller,
    view: &str,
    name: RecordName,
    point: Option<Point>,
) -> Result<Moment, ApiError> {
    let found = Moment::find(&*app.log, point, app.clock.now()).await?;
    let mut filters = BTreeMap::from([
        ("kind".to_owned(), name.kind().to_owned()),
        ("record".to_owned(), name.id().to_string()),
    ]);
    let (which, when) = match point {
        Some(Point::Instant(at)) => ("at", at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        _ => ("position", found.position.to_string()),
    };
    filters.insert(which.to_owned(), when);
    // Whose it is, the trail knows; it may be a moment behind what is asked for.
    if !app.tells(found.position).await {
        return Err(LiveError::Lagging.into());
    }
    let patient = patient_of(&app.pool, name.id()).await?;
    filters.extend(patient.map(|patient| ("patient".to_owned(), patient.to_string())));
    let look_up = LookUp { view: view.to_owned(), filters };
    let recorded = app.look_ups.record(&caller.request(None), look_up).await?;
    if !(app.shows(recorded).await && app.tells(recorded).await) {
        return Err(LiveError::Lagging.into());
    }
    match point {
        // What other processes wrote by then is known here now, at the latest.
        Some(Point::Instant(_)) => Ok(Moment::find(&*app.log, point, app.clock.now()).await?),
        _ => Ok(found),
    }
}
