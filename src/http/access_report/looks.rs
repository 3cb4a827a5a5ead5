//! What was shown of a patient's record, as the trail and the log say.

use super::grants::reasons;
use crate::app::App;
use crate::audit::LineError;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::notifications::{PersonView, person};
use anamnesis_domain::session::{Read, ReadPart, RecordKind, SessionEvent};
use anamnesis_domain::{AccountId, Event, GrantId, Role};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::log::RecordedEvent;
use anamnesis_projections::places::{Place, drafts, places};
use anamnesis_projections::trail::{self, Stretch, TrailFilter, TrailLine};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// How many pages of the trail one page looks through for looks of others.
const SEARCHES_MAX: usize = 10;

/// Something of the patient's that was about to be shown to somebody.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AccessReportLook")]
pub(in crate::http) struct LookView {
    at: DateTime<Utc>,
    who: PersonView,
    /// The role in which they looked.
    role: Role,
    what: LookedAt,
    parts: Vec<PartView>,
    reason: ReasonView,
}

/// What was looked at.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum LookedAt {
    /// Words of a conversation.
    Messages,
    /// An appointment with its reasons.
    Appointment,
    /// What a doctor wrote down.
    Consultation,
    /// What is taken, as all consultations say.
    Medicines,
    /// The account.
    Account,
    /// What was written about a grant.
    Grant,
}

/// A conversation, an appointment or a consultation that was looked at.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AccessReportPart")]
struct PartView {
    id: Uuid,
    /// With which doctor; null of medicines, and of what is deleted.
    with: Option<PersonView>,
    /// When the appointment is.
    starts_at: Option<DateTime<Utc>>,
    /// The number of the first message; otherwise the version.
    from: u64,
    /// The number of the last message; otherwise the same.
    through: u64,
}

/// Why somebody could look.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AccessReason")]
struct ReasonView {
    kind: ReasonKind,
    /// Of a grant, which one.
    grant_id: Option<GrantId>,
    /// Of a grant, why, in the words of who looked; null once it was erased.
    text: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AccessReasonKind")]
enum ReasonKind {
    /// The patient looked.
    Own,
    /// A doctor of the patient's looked.
    Care,
    /// An exception was granted.
    Grant,
}

/// At most `limit` looks at the record of the caller, who is a patient, the latest first, and
/// where to go on.
pub(in crate::http) async fn looks(
    app: &App,
    caller: &Caller,
    mut within: Stretch,
    others: bool,
    limit: u32,
) -> Result<(Vec<LookView>, Option<u64>), ApiError> {
    let patient = caller.actor.account_id;
    let filter = TrailFilter {
        patient: Some(patient),
        action: Some("content_read".to_owned()),
        ..TrailFilter::default()
    };
    let (mut lines, mut next) = (Vec::new(), None);
    for _search in 0..SEARCHES_MAX {
        let wanted = limit - u32::try_from(lines.len()).unwrap_or(limit);
        let page = trail::search(&app.pool, &filter, within, wanted).await?;
        let found = page.lines.into_iter();
        lines.extend(found.filter(|line| !others || line.actor_id != Some(patient)));
        next = page.next;
        match next {
            Some(position) if lines.len() < limit as usize => within.before = position,
            _ => break,
        }
    }
    Ok((views_of(app, caller, &lines).await?, next))
}

async fn views_of(
    app: &App,
    caller: &Caller,
    lines: &[TrailLine],
) -> Result<Vec<LookView>, ApiError> {
    let patient = caller.actor.account_id;
    let positions: Vec<u64> = lines.iter().map(|line| line.position).collect();
    let events = app.log.read_at(&positions).await?;
    let events: HashMap<u64, Arc<RecordedEvent>> =
        events.into_iter().map(|event| (event.position, event)).collect();
    let mut told = Vec::with_capacity(lines.len());
    for line in lines {
        let read = events.get(&line.position).and_then(|event| read_of(event));
        let TrailLine { position, actor_id, actor_role, .. } = *line;
        // Who looks is signed in.
        let (Some(read), Some(who), Some(role)) = (read, actor_id, actor_role) else {
            return Err(LineError::Unreadable(position).into());
        };
        told.push(Told { at: line.at, who, role, read });
    }
    let grants = told.iter().filter_map(|one| one.read.grant_id).collect();
    let texts = reasons(app, caller, grants).await?;
    let parts = told.iter().flat_map(|one| &one.read.parts);
    let ids: Vec<Uuid> = parts.map(|part| part.id).collect();
    let places = places(&app.pool, &ids).await?;
    // That there is a draft is no more the patient's business than what stands in it.
    let drafts = drafts(&app.pool, &ids).await?;
    told.retain(|one| !one.read.parts.iter().all(|part| drafts.contains(&part.id)));
    let who = told.iter().map(|one| one.who);
    let people: Vec<_> = who.chain(places.values().map(|place| place.doctor_id)).collect();
    let names = names_of(&app.pool, &people).await?;
    let views = told.into_iter().map(|Told { at, who, role, read }| {
        let part = |part: &ReadPart| part_view(part, places.get(&part.id), &names);
        LookView {
            at,
            who: person(&names, who),
            role,
            what: looked_at(read.kind),
            parts: read.parts.iter().filter(|part| !drafts.contains(&part.id)).map(part).collect(),
            reason: reason_of(read, who == patient, &texts),
        }
    });
    Ok(views.collect())
}

/// A look as the log has it.
struct Told<'e> {
    at: DateTime<Utc>,
    who: AccountId,
    role: Role,
    read: &'e Read,
}

fn read_of(event: &RecordedEvent) -> Option<&Read> {
    match event.event() {
        Ok(Event::Session(SessionEvent::ContentRead { read })) => Some(read),
        _ => None,
    }
}

fn part_view(
    part: &ReadPart,
    place: Option<&Place>,
    names: &HashMap<AccountId, String>,
) -> PartView {
    PartView {
        id: part.id,
        with: place.map(|place| person(names, place.doctor_id)),
        starts_at: place.and_then(|place| place.starts_at),
        from: part.from,
        through: part.through,
    }
}

fn looked_at(kind: RecordKind) -> LookedAt {
    match kind {
        RecordKind::Messages => LookedAt::Messages,
        RecordKind::Appointment => LookedAt::Appointment,
        RecordKind::Consultation => LookedAt::Consultation,
        RecordKind::Medicines => LookedAt::Medicines,
        RecordKind::Account => LookedAt::Account,
        RecordKind::Grant => LookedAt::Grant,
    }
}

fn reason_of(read: &Read, is_own: bool, texts: &HashMap<GrantId, String>) -> ReasonView {
    // Officers also read what was written about a grant, without one of their own.
    let about = (read.kind == RecordKind::Grant).then(|| read.parts.first()).flatten();
    let grant_id = read.grant_id.or(about.map(|part| GrantId(part.id)));
    let kind = match grant_id {
        _ if is_own => ReasonKind::Own,
        Some(_) => ReasonKind::Grant,
        None => ReasonKind::Care,
    };
    let grant_id = grant_id.filter(|_| !is_own);
    let text = grant_id.and_then(|id| texts.get(&id)).cloned();
    ReasonView { kind, grant_id, text }
}
