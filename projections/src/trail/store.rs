//! Reads and writes what a batch needs and changes: a statement each.

use super::about::Subject;
use super::action::Outcome;
use super::line::{TrailKind, TrailLine};
use crate::number::bigint;
use crate::projection::ApplyError;
use anamnesis_domain::{AccountId, Role};
use sqlx::{PgConnection, PgExecutor};
use std::collections::HashMap;
use uuid::Uuid;

pub(super) async fn subjects(
    conn: &mut PgConnection,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Subject>, ApplyError> {
    let rows: Vec<(Uuid, Option<Uuid>, Option<Uuid>)> =
        sqlx::query_as("SELECT id, account_id, patient_id FROM trail_subjects WHERE id = ANY($1)")
            .bind(ids)
            .fetch_all(conn)
            .await?;
    let subject = |(id, account_id, patient_id)| (id, Subject { account_id, patient_id });
    Ok(rows.into_iter().map(subject).collect())
}

/// Whose these sessions are, as far as it was said. Cost: one look at the primary key for each.
pub async fn owners_of(
    executor: impl PgExecutor<'_>,
    sessions: &[Uuid],
) -> Result<HashMap<Uuid, AccountId>, sqlx::Error> {
    if sessions.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT id, account_id FROM trail_subjects WHERE id = ANY($1) AND account_id IS NOT NULL",
    )
    .bind(sessions)
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|(session, account)| (session, AccountId(account))).collect())
}

pub(super) async fn lines(conn: &mut PgConnection, lines: &[TrailLine]) -> Result<(), ApplyError> {
    let ids = |id: fn(&TrailLine) -> Option<Uuid>| lines.iter().map(id).collect::<Vec<_>>();
    sqlx::query(
        "INSERT INTO trail (position, at, actor_id, actor_role, session_id, request_id,
             patient_id, record_kind, record_id, action, outcome)
         SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::uuid[], $4::text[],
             $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::uuid[], $10::text[],
             $11::text[])",
    )
    .bind(lines.iter().map(|line| bigint(line.position)).collect::<Vec<_>>())
    .bind(lines.iter().map(|line| line.at).collect::<Vec<_>>())
    .bind(ids(|line| line.actor_id.map(|id| id.0)))
    .bind(lines.iter().map(|line| line.actor_role.map(Role::as_str)).collect::<Vec<_>>())
    .bind(ids(|line| line.session_id))
    .bind(ids(|line| line.request_id))
    .bind(ids(|line| line.patient_id.map(|id| id.0)))
    .bind(lines.iter().map(|line| TrailKind::as_str(line.record_kind)).collect::<Vec<_>>())
    .bind(ids(|line| line.record_id))
    .bind(lines.iter().map(|line| line.action.as_str()).collect::<Vec<_>>())
    .bind(lines.iter().map(|line| Outcome::as_str(line.outcome)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn also(conn: &mut PgConnection, also: &[(Uuid, i64)]) -> Result<(), ApplyError> {
    if also.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO trail_also (record_id, position)
         SELECT * FROM unnest($1::uuid[], $2::bigint[])",
    )
    .bind(also.iter().map(|(record, _)| *record).collect::<Vec<_>>())
    .bind(also.iter().map(|(_, position)| *position).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// What was said once stays.
pub(super) async fn learnt(
    conn: &mut PgConnection,
    learnt: &HashMap<Uuid, Subject>,
) -> Result<(), ApplyError> {
    if learnt.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO trail_subjects (id, account_id, patient_id)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(learnt.keys().copied().collect::<Vec<_>>())
    .bind(learnt.values().map(|one| one.account_id).collect::<Vec<_>>())
    .bind(learnt.values().map(|one| one.patient_id).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
