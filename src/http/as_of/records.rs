//! A record as it was, whichever it is.

use super::accounts::{AccountThen, account};
use super::appointments::{AppointmentThen, appointment};
use super::consultations::{ConsultationThen, consultation};
use super::rooms::{RoomThen, room};
use super::shown::Showing;
use crate::as_of::{Record, View};
use crate::http::error::ApiError;
use schemars::JsonSchema;
use serde::Serialize;

/// What a record was.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum RecordThen {
    Room(RoomThen),
    Appointment(AppointmentThen),
    Consultation(ConsultationThen),
    Account(AccountThen),
}

pub(super) async fn record(showing: Showing<'_>, view: View) -> Result<RecordThen, ApiError> {
    Ok(match view.record {
        Record::Room { room: one, page, unread } => {
            RecordThen::Room(room(showing, &one, page, unread, &view.deleted).await?)
        }
        Record::Appointment(one, history) => {
            RecordThen::Appointment(appointment(showing, one, history).await?)
        }
        Record::Consultation(one, versions) => {
            RecordThen::Consultation(consultation(showing, one, versions).await?)
        }
        Record::Account(one) => RecordThen::Account(account(showing, *one).await?),
    })
}
