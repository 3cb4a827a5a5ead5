//! What a doctor does with a consultation.

use super::show::{ConsultationView, seen, view};
use crate::app::App;
use crate::commands::Executed;
use crate::commands::consulting::Entry;
use crate::http::answer::{Created, NoContent};
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::etag::{IfMatch, Versioned};
use crate::http::extract::{Body, Ids};
use crate::http::openapi::{Operation, Output};
use anamnesis_domain::{AppointmentId, ConsultationId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// The consultation after it was changed, with its version.
type Changed = Versioned<ConsultationView>;

/// The record of an appointment: one that was begun by the request, or that was there.
pub(in crate::http) enum Opened {
    Begun(Created<Changed>),
    There(Changed),
}

impl IntoResponse for Opened {
    fn into_response(self) -> Response {
        match self {
            Self::Begun(created) => created.into_response(),
            Self::There(changed) => changed.into_response(),
        }
    }
}

impl Output for Opened {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        <Changed as Output>::describe(operation, status);
        <Created<Changed> as Output>::describe(operation, status);
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewConsultation")]
pub(in crate::http) struct Opening {
    appointment_id: AppointmentId,
    client_id: Option<Uuid>,
}

/// Begins the record of an appointment; 200 with the one that is there, if it is begun.
pub(in crate::http) async fn open_consultation(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(Opening { appointment_id, client_id }): Body<Opening>,
) -> Result<Opened, ApiError> {
    let request = caller.request(client_id);
    let executed = app.consultings.open(&request, appointment_id).await?;
    let made = !executed.events.is_empty();
    let id = ConsultationId::of_appointment(appointment_id);
    let changed = changed(&app, &caller, id, &executed).await?;
    Ok(if made { Opened::Begun(Created(changed)) } else { Opened::There(changed) })
}

/// Writes something down: a draft, or once it is signed an amendment.
pub(in crate::http) async fn write_consultation(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    IfMatch(version): IfMatch,
    Body(entry): Body<Entry>,
) -> Result<Changed, ApiError> {
    let request = caller.request(entry.client_id);
    let executed = app.consultings.write(&request, id, version, entry).await?;
    changed(&app, &caller, id, &executed).await
}

/// Stands by it. From now on its patient sees it. Signing again changes nothing.
pub(in crate::http) async fn sign_consultation(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    IfMatch(version): IfMatch,
) -> Result<Changed, ApiError> {
    let executed = app.consultings.sign(&caller.request(None), id, version).await?;
    changed(&app, &caller, id, &executed).await
}

/// Hides it from everybody.
pub(in crate::http) async fn delete_consultation(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    IfMatch(version): IfMatch,
) -> Result<NoContent, ApiError> {
    let executed = app.consultings.delete(&caller.request(None), id, version).await?;
    app.settle(&executed).await;
    Ok(NoContent)
}

async fn changed(
    app: &App,
    caller: &Caller,
    id: ConsultationId,
    executed: &Executed,
) -> Result<Changed, ApiError> {
    app.settle(executed).await;
    let least = executed.events.last().map_or(1, |event| event.sequence);
    let found = seen(app, caller, id).await?.filter(|(found, _)| found.version >= least);
    let (found, record) = found.ok_or_else(|| {
        ApiError::unavailable("read_models_lag", "it is written; the server is catching up")
    })?;
    Ok(Versioned(found.version, view(app, caller, &record, found).await?))
}
