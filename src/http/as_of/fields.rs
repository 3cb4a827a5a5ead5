//! A consultation, field by field: who wrote what, when, and what stood there before.

use super::asked::{look, point};
use super::consultations::{PrescriptionThen, prescriptions, section};
use super::shown::{Showing, Shown};
use crate::app::App;
use crate::as_of::{FieldPage, Moment, RecordName, Written};
use crate::disclosure::{Disclosure, Look};
use crate::http::answer::Json;
use crate::http::caller::Caller;
use crate::http::consultations::seen;
use crate::http::error::ApiError;
use crate::http::extract::{Ids, Params};
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::session::RecordKind;
use anamnesis_domain::{AccountId, ConsultationId};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::consultations::{Field, FieldChange, FieldValue};
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// How many changes make a page full: the last event of it may make a few more.
const PAGE: usize = 100;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FieldChangesQuery")]
pub(in crate::http) struct Asked {
    /// Only what was written by the event at this position.
    position: Option<u64>,
    /// Only what was written by then.
    at: Option<DateTime<Utc>>,
    /// `next` of the page before.
    after: Option<u64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OwnFieldChangesQuery")]
pub(in crate::http) struct Page {
    /// `next` of the page before.
    after: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
pub(in crate::http) struct FieldChanges {
    consultation_id: ConsultationId,
    /// In the order in which they were written, also as drafts.
    changes: Vec<FieldChangeView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FieldChange")]
struct FieldChangeView {
    field: Field,
    /// The consultation's version from then on.
    version: u64,
    /// Its place in the log.
    position: u64,
    at: DateTime<Utc>,
    by: AccountId,
    /// The name they have today. Empty once it was erased.
    by_name: String,
    /// Why, of an amendment; null while it was a draft.
    reason: Option<Shown<String>>,
    /// What stood there before; null where nothing did.
    before: ValueView,
    /// What stood there from then on; null where it was cleared.
    after: ValueView,
}

/// What stood in a field: a text, a list of prescriptions, or a day.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "FieldValue")]
enum ValueView {
    Text(Option<Shown<String>>),
    Prescriptions(Vec<PrescriptionThen>),
    Day(Option<NaiveDate>),
}

/// How each field of a consultation came to say what it says, drafts included: who wrote it,
/// when, and what stood there before. What was written stays sealed without a break-glass grant
/// for the patient that is open now. The look is recorded before it is answered.
pub(in crate::http) async fn list_field_changes(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    Params(asked): Params<Asked>,
) -> Result<Json<FieldChanges>, ApiError> {
    let at = point(asked.position, asked.at)?;
    let at = look(&app, &caller, "fields", RecordName::Consultation(id), at).await?;
    let page = app.as_of.field_changes(id, at, asked.after.unwrap_or(0), PAGE).await?;
    let disclosure = disclosed(&app, &caller, id, at).await?;
    let showing = Showing { app: &app, disclosure: disclosure.as_ref() };
    changes(showing, id, page).await.map(Json)
}

/// The same for the doctor whose consultation it is, with what was written.
pub(in crate::http) async fn list_own_field_changes(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    Params(page): Params<Page>,
) -> Result<Json<FieldChanges>, ApiError> {
    let (found, record) = seen(&app, &caller, id).await?.ok_or_else(ApiError::not_found)?;
    let now = Moment::find(&*app.log, None, app.clock.now()).await?;
    let page = app.as_of.field_changes(id, now, page.after.unwrap_or(0), PAGE).await?;
    let looks = vec![Look::version(&record, found.version)];
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    changes(Showing { app: &app, disclosure: Some(&disclosure) }, id, page).await.map(Json)
}

/// What was written, for an officer who holds a grant for the patient now, once the consultation
/// was signed: how it came about is then a part of the record.
async fn disclosed(
    app: &App,
    caller: &Caller,
    id: ConsultationId,
    at: Moment,
) -> Result<Option<Disclosure>, ApiError> {
    let written = app.as_of.written(id, at).await?.filter(|written| written.is_signed);
    let Some(Written { parties, version, .. }) = written else { return Ok(None) };
    let record = (RecordKind::Consultation, id.0);
    let Some(record) = caller.opened_past(app, record, parties.patient_id).await? else {
        return Ok(None);
    };
    let looks = vec![Look::version(&record, version)];
    Ok(Some(app.gateway.disclose(&caller.request(None), looks).await?))
}

async fn changes(
    showing: Showing<'_>,
    id: ConsultationId,
    page: FieldPage,
) -> Result<FieldChanges, ApiError> {
    let accounts: Vec<AccountId> = page.changes.iter().map(|change| change.by).collect();
    let names = names_of(&showing.app.pool, &accounts).await?;
    let mut changes = Vec::with_capacity(page.changes.len());
    for change in page.changes {
        changes.push(view(showing, &id.to_string(), &names, change).await?);
    }
    Ok(FieldChanges { consultation_id: id, changes, next: page.next })
}

async fn view(
    showing: Showing<'_>,
    stream: &str,
    names: &HashMap<AccountId, String>,
    change: FieldChange,
) -> Result<FieldChangeView, ApiError> {
    let place = format!("changes.{}", change.field.as_str());
    let reason = [section("reason", change.reason.as_ref())];
    let reason = showing.texts((Consultation::TYPE, stream), &reason).await?.pop().flatten();
    Ok(FieldChangeView {
        field: change.field,
        version: change.version,
        position: change.position,
        at: change.at,
        by: change.by,
        by_name: names.get(&change.by).cloned().unwrap_or_default(),
        reason,
        before: value(showing, stream, &place, change.before).await?,
        after: value(showing, stream, &place, change.after).await?,
    })
}

async fn value(
    showing: Showing<'_>,
    stream: &str,
    place: &str,
    value: FieldValue,
) -> Result<ValueView, ApiError> {
    Ok(match value {
        FieldValue::Text(text) => {
            let placed = [section(place, text.as_ref())];
            let shown = showing.texts((Consultation::TYPE, stream), &placed).await?;
            ValueView::Text(shown.into_iter().next().flatten())
        }
        FieldValue::Prescriptions(list) => {
            ValueView::Prescriptions(prescriptions(showing, stream, &list).await?)
        }
        FieldValue::Day(day) => ValueView::Day(day),
    })
}
