//! The right to see what people wrote while the log is told again.

use super::caller::Caller;
use super::error::ApiError;
use crate::app::App;
use crate::as_of::Moment;
use crate::commands::Invalid;
use crate::policy::AuthorisedRecord;
use crate::replay::{Opening, StreamName};
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::session::RecordKind;
use anamnesis_domain::{AccountId, ConsultationId};
use anamnesis_projections::trail::patient_of;
use cqrs_es::Aggregate;
use std::sync::Arc;
use uuid::Uuid;

/// One record that an officer may see into, as long as they hold a grant for its patient.
pub(super) struct Right {
    record: AuthorisedRecord,
    patient_id: AccountId,
}

impl Right {
    /// The right to the record whose stream this is. A draft is its doctor's alone.
    pub(super) async fn hold(
        app: &App,
        caller: &Caller,
        stream: Option<&StreamName>,
    ) -> Result<Self, ApiError> {
        let (kind, id) = stream.and_then(record_of).ok_or_else(stream_needed)?;
        let grant_needed = || ApiError::grant_needed().at((kind, id));
        let patient = patient_of(&app.pool, id).await?.ok_or_else(grant_needed)?;
        let record = caller.opened_past(app, (kind, id), patient).await?;
        let record = record.ok_or_else(grant_needed)?;
        if kind == RecordKind::Consultation && !is_signed(app, ConsultationId(id)).await? {
            return Err(grant_needed());
        }
        Ok(Self { record, patient_id: patient })
    }

    pub(super) fn opening(&self, app: &App, caller: &Caller) -> Opening {
        Opening::new(Arc::clone(&app.gateway), caller.request(None), self.record)
    }

    /// Whether it still stands.
    pub(super) async fn is_held(&self, app: &App, caller: &Caller) -> Result<(), ApiError> {
        let record = (self.record.kind(), self.record.id());
        let held = caller.opened_past(app, record, self.patient_id).await?;
        held.map(drop).ok_or_else(ApiError::grant_needed)
    }
}

async fn is_signed(app: &App, id: ConsultationId) -> Result<bool, ApiError> {
    let now = Moment::find(&*app.log, None, app.clock.now()).await?;
    Ok(app.as_of.written(id, now).await?.is_some_and(|written| written.is_signed))
}

fn record_of(StreamName(stream): &StreamName) -> Option<(RecordKind, Uuid)> {
    let kind = match &*stream.aggregate_type {
        ChatRoom::TYPE => RecordKind::Messages,
        Appointment::TYPE => RecordKind::Appointment,
        Consultation::TYPE => RecordKind::Consultation,
        _ => return None,
    };
    Some((kind, stream.aggregate_id.parse().ok()?))
}

fn stream_needed() -> ApiError {
    Invalid {
        code: "content_of_one_stream",
        message: "content is told of the stream of one room, appointment or consultation",
    }
    .into()
}
