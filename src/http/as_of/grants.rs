//! Break-glass: which grants were open, and what one that is open now opens of the past.

use crate::app::App;
use crate::as_of::{Moment, Record, RecordName, View};
use crate::disclosure::{Disclosure, Look};
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::policy::AuthorisedRecord;
use anamnesis_domain::session::RecordKind;
use anamnesis_domain::{AccountId, GrantId};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::grants::GrantFilter;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// A break-glass grant that was open.
#[derive(Serialize, JsonSchema)]
pub(super) struct GrantThen {
    grant_id: GrantId,
    patient_id: AccountId,
    officer_id: AccountId,
    /// The name they have today. Empty once it was erased.
    officer_name: String,
    /// When it was to be over at the latest.
    expires_at: DateTime<Utc>,
}

/// The grants that were open, of those of a patient or of an officer.
pub(super) async fn grants(
    app: &App,
    filter: GrantFilter,
    at: Moment,
) -> Result<Vec<GrantThen>, ApiError> {
    let open = app.as_of.open_grants(filter, at).await?;
    let officers: Vec<_> = open.iter().map(|(_, terms)| terms.officer_id).collect();
    let names = names_of(&app.pool, &officers).await?;
    let view = |(grant_id, terms): (GrantId, anamnesis_domain::access_grant::Terms)| GrantThen {
        grant_id,
        patient_id: terms.patient_id,
        officer_id: terms.officer_id,
        officer_name: names.get(&terms.officer_id).cloned().unwrap_or_default(),
        expires_at: terms.expires_at,
    };
    Ok(open.into_iter().map(view).collect())
}

/// What was written in the record, for an officer who holds a grant for its patient now; the look
/// is written down first. A draft was its doctor's alone, and stays so.
pub(super) async fn disclosed(
    app: &App,
    caller: &Caller,
    name: RecordName,
    view: &View,
) -> Result<Option<Disclosure>, ApiError> {
    let Some(pair) = view.record.pair() else { return Ok(None) };
    let kind = match &view.record {
        Record::Room { .. } => RecordKind::Messages,
        Record::Appointment(..) => RecordKind::Appointment,
        Record::Consultation(one, _) if one.signed_at.is_some() => RecordKind::Consultation,
        Record::Consultation(..) | Record::Account(_) => return Ok(None),
    };
    let record = caller.opened_past(app, (kind, name.id()), pair.patient_id).await?;
    let Some(look) = record.and_then(|record| look(&record, &view.record)) else {
        return Ok(None);
    };
    Ok(Some(app.gateway.disclose(&caller.request(None), vec![look]).await?))
}

/// What is about to be seen; nothing where nothing is written.
fn look(authorised: &AuthorisedRecord, record: &Record) -> Option<Look> {
    match record {
        Record::Room { page, .. } => {
            let mut with_words = page.messages.iter().filter(|message| message.body.is_some());
            let first = with_words.next()?.sequence;
            let last = with_words.next_back().map_or(first, |message| message.sequence);
            Some(Look::messages(authorised, first, last))
        }
        Record::Appointment(one, _) => Some(Look::version(authorised, one.version)),
        Record::Consultation(one, _) => Some(Look::version(authorised, one.version)),
        Record::Account(_) => None,
    }
}
