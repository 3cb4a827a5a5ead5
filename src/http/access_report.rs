//! Who looked at a patient's record, for the patient.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Params, bad_page, optional_period};
use super::notifications::{PersonView, person};
use crate::app::App;
use crate::audit::{LineError, SearchCursor};
use crate::live::LiveError;
use anamnesis_domain::session::{LookUp, Read, ReadPart, RecordKind, SessionEvent};
use anamnesis_domain::{AccountId, Event, Role};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::log::RecordedEvent;
use anamnesis_projections::places::{Place, places};
use anamnesis_projections::trail::{self, Stretch, TrailFilter, TrailLine, positions_in};
use axum::extract::State;
use chrono::{DateTime, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// The most looks of one page.
const PAGE_MAX: u32 = 100;
/// How many pages of the trail one page looks through for looks of others.
const SEARCHES_MAX: usize = 10;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AccessReportQuery")]
pub(super) struct Page {
    /// Since then.
    from: Option<DateTime<Utc>>,
    /// Before then.
    to: Option<DateTime<Utc>>,
    /// Leaves out what the patient looked at.
    others: Option<bool>,
    /// `next` of the page before, with the same of everything else.
    before: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct AccessReport {
    /// The latest first.
    looks: Vec<LookView>,
    /// Where the next page goes on; null on the last. A page may be short, or empty, and there be
    /// more: so far was looked.
    next: Option<String>,
}

/// Something of the patient's that was about to be shown to somebody.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AccessReportLook")]
pub(super) struct LookView {
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
    grant_id: Option<Uuid>,
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

/// Who looked at the caller's record: what was shown, to whom, when, in which role and for what
/// reason. That it was asked for is recorded first.
pub(super) async fn read_access_report(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<AccessReport>, ApiError> {
    optional_period(page.from, page.to)?;
    let patient = caller.actor.account_id;
    let mut filters = page.filters(patient);
    let cursors = SearchCursor::of(app.log.epoch(), "access_report", &filters);
    let at = |cursor: &str| cursors.position(cursor).ok_or_else(bad_page);
    let before = page.before.as_deref().map(at).transpose()?;
    filters.extend(before.map(|position| ("page".to_owned(), position.to_string())));
    let look_up = LookUp { view: "access_report".to_owned(), filters };
    let recorded = app.look_ups.record(&caller.request(None), look_up).await?;
    if !app.tells(recorded).await {
        return Err(LiveError::Lagging.into());
    }
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let Some(within) = positions_in(&app.pool, page.from, page.to).await? else {
        return Ok(Json(AccessReport { looks: Vec::new(), next: None }));
    };
    let newest = before.unwrap_or(u64::MAX).min(recorded).min(within.before);
    let within = Stretch { before: newest, ..within };
    let others = page.others.unwrap_or(false);
    let (looks, next) = looks(&app, patient, within, others, limit).await?;
    Ok(Json(AccessReport { looks, next: next.map(|position| cursors.at(position)) }))
}

impl Page {
    fn filters(&self, patient: AccountId) -> BTreeMap<String, String> {
        let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let filters = [
            ("patient", Some(patient.to_string())),
            ("from", self.from.map(time)),
            ("to", self.to.map(time)),
            ("others", self.others.filter(|others| *others).map(|_| "true".to_owned())),
        ];
        filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// At most `limit` looks at the patient's record, the latest first, and where to go on.
pub(super) async fn looks(
    app: &App,
    patient: AccountId,
    mut within: Stretch,
    others: bool,
    limit: u32,
) -> Result<(Vec<LookView>, Option<u64>), ApiError> {
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
    Ok((views_of(app, patient, lines).await?, next))
}

async fn views_of(
    app: &App,
    patient: AccountId,
    lines: Vec<TrailLine>,
) -> Result<Vec<LookView>, ApiError> {
    let positions: Vec<u64> = lines.iter().map(|line| line.position).collect();
    let events = app.log.read_at(&positions).await?;
    let events: HashMap<u64, Arc<RecordedEvent>> =
        events.into_iter().map(|event| (event.position, event)).collect();
    let mut reads = Vec::with_capacity(lines.len());
    for line in &lines {
        let read = events.get(&line.position).and_then(|event| read_of(event));
        reads.push(read.ok_or(LineError::Unreadable(line.position))?);
    }
    let ids: Vec<Uuid> = reads.iter().flat_map(|read| &read.parts).map(|part| part.id).collect();
    let places = places(&app.pool, &ids).await?;
    let who = lines.iter().filter_map(|line| line.actor_id);
    let people: Vec<_> = who.chain(places.values().map(|place| place.doctor_id)).collect();
    let names = names_of(&app.pool, &people).await?;
    let views = lines.iter().zip(reads).map(|(line, read)| {
        let who = line.actor_id.unwrap_or_default();
        let part = |part: &ReadPart| part_view(part, places.get(&part.id), &names);
        LookView {
            at: line.at,
            who: person(&names, who),
            // Who looks is signed in, and so has a role.
            role: line.actor_role.unwrap_or(Role::Patient),
            what: looked_at(read.kind),
            parts: read.parts.iter().map(part).collect(),
            reason: reason_of(read, who == patient),
        }
    });
    Ok(views.collect())
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
    }
}

fn reason_of(read: &Read, is_own: bool) -> ReasonView {
    let kind = match read.grant_id {
        Some(_) => ReasonKind::Grant,
        None if is_own => ReasonKind::Own,
        None => ReasonKind::Care,
    };
    ReasonView { kind, grant_id: read.grant_id }
}
