//! What becomes of an appointment: moved, called off, taken place, missed, deleted, restored.

use super::answer::{Json, NoContent};
use super::appointment_views::WithHistory;
use super::appointments::changed;
use super::caller::Caller;
use super::error::ApiError;
use super::etag::{IfMatch, Versioned};
use super::extract::{Body, Ids};
use super::messages::Written;
use super::reasons::RestoreAppointmentReason;
use super::when::When;
use crate::app::App;
use crate::commands::calendar::Change;
use crate::commands::{CommandError, ExecuteError, Refusal};
use anamnesis_domain::AppointmentId;
use anamnesis_domain::account::AccountError;
use anamnesis_domain::doctor_day::DoctorDayError;
use axum::extract::State;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// Another time, or another status: one of the two.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AppointmentChange")]
pub(super) struct Patch {
    /// With `ends_at` and `zone`: another time.
    #[schemars(example = &"2027-03-30T09:00:00")]
    starts_at: Option<When>,
    #[schemars(example = &"2027-03-30T09:30:00")]
    ends_at: Option<When>,
    /// IANA zone in which the time was chosen.
    #[schemars(example = &"Europe/Berlin")]
    zone: Option<String>,
    status: Option<NewStatus>,
    /// Why it is cancelled.
    reason: Option<String>,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "NewAppointmentStatus")]
enum NewStatus {
    Cancelled,
    Completed,
    NoShow,
}

impl Patch {
    fn change(self) -> Result<Change, ApiError> {
        match (self.status, self.starts_at, self.ends_at, self.zone, self.reason) {
            (None, Some(starts_at), Some(ends_at), Some(zone), None) => Ok(Change::Reschedule {
                starts_at: starts_at.resolve(&zone)?,
                ends_at: ends_at.resolve(&zone)?,
                zone,
            }),
            (Some(NewStatus::Cancelled), None, None, None, reason) => Ok(Change::Cancel { reason }),
            (Some(NewStatus::Completed), None, None, None, None) => Ok(Change::Complete),
            (Some(NewStatus::NoShow), None, None, None, None) => Ok(Change::NoShow),
            _ => Err(ApiError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "body_invalid",
                "give starts_at, ends_at and zone, or a status (and with cancelled a reason)",
            )),
        }
    }
}

/// Moves an appointment, calls it off, or says what became of it.
pub(super) async fn change_appointment(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(appointment_id): Ids<AppointmentId>,
    IfMatch(version): IfMatch,
    Body(patch): Body<Patch>,
) -> Result<Versioned<WithHistory>, ApiError> {
    let request = caller.request(patch.client_id);
    let change = patch.change()?;
    let executed = app.calendar.change(&request, appointment_id, change, version).await?;
    app.settle(&executed).await;
    let found = changed(&app, &caller, appointment_id).await?;
    Ok(Versioned(found.appointment.version, found))
}

/// Hides an appointment from everybody. Its doctor always may; its patient while it is scheduled
/// or cancelled, since what took place, or was missed, is the hospital's record.
pub(super) async fn delete_appointment(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(appointment_id): Ids<AppointmentId>,
    IfMatch(version): IfMatch,
) -> Result<NoContent, ApiError> {
    let request = caller.request(None);
    let executed = app.calendar.change(&request, appointment_id, Change::Delete, version).await?;
    app.settle(&executed).await;
    Ok(NoContent)
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RestoredAs {
    Cancelled,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AppointmentRestore")]
pub(super) struct Restore {
    reason: RestoreAppointmentReason,
    /// What it is from now on, where its time is taken by another.
    #[serde(rename = "as")]
    restored_as: Option<RestoredAs>,
}

/// Brings a deleted appointment back, without showing it to the administrator who does it.
pub(super) async fn restore_appointment(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(appointment_id): Ids<AppointmentId>,
    Body(Restore { reason, restored_as }): Body<Restore>,
) -> Result<Json<Written>, ApiError> {
    let as_cancelled = matches!(restored_as, Some(RestoredAs::Cancelled));
    let request = caller.request(None);
    let restored = app.calendar.restore(&request, appointment_id, as_cancelled, reason.code());
    let executed = restored.await.map_err(what_can_be_done)?;
    app.settle(&executed).await;
    Ok(Json(Written::of(&app, &executed)))
}

fn what_can_be_done(error: CommandError) -> ApiError {
    let CommandError::Execute(ExecuteError::Refused(refusal)) = &error else {
        return error.into();
    };
    let message = match refusal {
        Refusal::DoctorDay(DoctorDayError::Taken) => {
            "another appointment has that time by now: restore this one with \"as\": \
             \"cancelled\", or have the other one moved first"
        }
        Refusal::Account(AccountError::Deactivated | AccountError::NotADoctor) => {
            "the account of one of the two is not in use any more: restore this appointment with \
             \"as\": \"cancelled\", or bring the account back first"
        }
        _ => return error.into(),
    };
    ApiError::new(StatusCode::CONFLICT, refusal.code(), message)
}
