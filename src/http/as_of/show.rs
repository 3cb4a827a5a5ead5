//! A record as it stood.

use super::asked::{look, point};
use super::grants::{GrantThen, disclosed, grants};
use super::people::{DeletionThen, PersonThen, ReaderThen, people, read_by};
use super::records::{RecordThen, record};
use super::shown::Showing;
use crate::app::App;
use crate::as_of::{Record, RecordName, RoomPage};
use crate::http::answer::Json;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::extract::{Ids, Params};
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, RoomId};
use anamnesis_projections::grants::GrantFilter;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The most messages of one page.
const PAGE_MAX: u32 = 200;

/// What can be looked at as it was.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AsOfKind")]
pub(in crate::http) enum Kind {
    Room,
    Appointment,
    Consultation,
    Account,
}

impl Kind {
    fn named(self, id: Uuid) -> RecordName {
        match self {
            Self::Room => RecordName::Room(RoomId(id)),
            Self::Appointment => RecordName::Appointment(AppointmentId(id)),
            Self::Consultation => RecordName::Consultation(ConsultationId(id)),
            Self::Account => RecordName::Account(AccountId(id)),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AsOfQuery")]
pub(in crate::http) struct Asked {
    /// After the event at this position.
    position: Option<u64>,
    /// After the last event that was recorded by then. Without either: as it is now.
    at: Option<DateTime<Utc>>,
    /// Of a room: only messages before this number; by default the last.
    before: Option<u64>,
    /// Of a room: the most messages of one page: 50 by default, at most 200.
    limit: Option<u32>,
    /// `readers_next` of the page before.
    readers_before: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
pub(in crate::http) struct AsOf {
    /// The last event that is in it.
    position: u64,
    /// When that was recorded.
    recorded_at: DateTime<Utc>,
    record: RecordThen,
    /// That it was deleted, or of an account deactivated; null where it was not.
    deleted: Option<DeletionThen>,
    /// Whom it was of, and what they could do with it then. Of an account: itself.
    people: Vec<PersonThen>,
    /// Break-glass grants for the patient's record that were open.
    grants: Vec<GrantThen>,
    /// Who had looked at its content by then, who looked last first.
    readers: Vec<ReaderThen>,
    /// Send it as `readers_before` for those of earlier; null when these were all.
    readers_next: Option<u64>,
}

/// A room, an appointment, a consultation or an account as it stood at a position of the log or
/// at an instant. What people wrote stays sealed without a break-glass grant for the patient that
/// is open now. The look is recorded before it is answered.
pub(in crate::http) async fn read_as_of(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((kind, id)): Ids<(Kind, Uuid)>,
    Params(asked): Params<Asked>,
) -> Result<Json<AsOf>, ApiError> {
    let name = kind.named(id);
    if !matches!(name, RecordName::Room(_)) && (asked.before, asked.limit) != (None, None) {
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "query_invalid",
            "before and limit are of rooms",
        ));
    }
    let at = point(asked.position, asked.at)?;
    let at = look(&app, &caller, "as_of", name, at).await?;
    let limit = asked.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let view = app.as_of.view(name, at, RoomPage { before: asked.before, limit }).await?;
    let end = asked.readers_before.unwrap_or(u64::MAX).min(at.position + 1);
    let (readers, readers_next) = read_by(&app, id, end).await?;
    let people = people(&view);
    let whole = !matches!(view.record, Record::Room { .. });
    let deleted = view.deleted.first().filter(|_| whole).map(DeletionThen::from);
    let disclosure = disclosed(&app, &caller, name, &view).await?;
    let patient = view.record.pair().map(|pair| pair.patient_id);
    let filter = GrantFilter { patient, ..GrantFilter::default() };
    let grants = if patient.is_some() { grants(&app, filter, at).await? } else { Vec::new() };
    let showing = Showing { app: &app, disclosure: disclosure.as_ref() };
    Ok(Json(AsOf {
        position: at.position,
        recorded_at: at.recorded_at,
        record: record(showing, view).await?,
        deleted,
        people,
        grants,
        readers,
        readers_next,
    }))
}
