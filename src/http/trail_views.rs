//! A line of the trail as compliance officers see it.

use crate::audit::Line;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::trail::{Outcome, TrailKind, TrailLine};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// Something that happened.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TrailLine")]
pub(super) struct LineView {
    /// Its place in the log.
    position: u64,
    at: DateTime<Utc>,
    /// The code of what happened.
    #[schemars(example = &"message_posted")]
    action: String,
    outcome: Outcome,
    /// Null when the server did it by itself.
    actor: Option<ActorView>,
    /// The patient whom it concerns; null where it concerns none.
    patient: Option<AccountId>,
    record: RecordView,
    session_id: Option<Uuid>,
    request_id: Option<Uuid>,
    /// What happened, for people. What is sealed is not in it.
    #[schemars(example = &"Paula Moreno wrote message 7")]
    words: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TrailActor")]
struct ActorView {
    account_id: AccountId,
    /// Empty once it was erased.
    name: String,
    /// The role at that time; null of who was not signed in.
    role: Option<Role>,
}

/// What it was done to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TrailRecord")]
struct RecordView {
    kind: TrailKind,
    /// Null for a name that nobody has.
    id: Option<Uuid>,
}

pub(super) fn view(line: Line) -> LineView {
    let Line { line, actor_name, words, .. } = line;
    let TrailLine { position, at, actor_id, actor_role, session_id, request_id, .. } = line;
    let actor = |account_id| ActorView { account_id, name: actor_name, role: actor_role };
    LineView {
        position,
        at,
        action: line.action,
        outcome: line.outcome,
        actor: actor_id.map(actor),
        patient: line.patient_id,
        record: RecordView { kind: line.record_kind, id: line.record_id },
        session_id,
        request_id,
        words,
    }
}
