//! Loads and saves the grants that a batch touches: one statement each.

use super::Grant;
use crate::number::bigint;
use crate::projection::ApplyError;
use anamnesis_domain::GrantId;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) async fn load(
    conn: &mut PgConnection,
    ids: &[GrantId],
) -> Result<BTreeMap<GrantId, Grant>, ApplyError> {
    let mut ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<Grant> = sqlx::query_as(
        "SELECT grant_id, officer_id, patient_id, granted_at, granted_position, expires_at,
             ended_at, reviewed_by, reviewed_at, verdict, reason, reason_event_id, note,
             note_event_id, version
         FROM grants WHERE grant_id = ANY($1)",
    )
    .bind(ids)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.grant_id, row)).collect())
}

pub(super) async fn save(
    conn: &mut PgConnection,
    rows: &BTreeMap<GrantId, Grant>,
) -> Result<(), ApplyError> {
    let rows: Vec<&Grant> = rows.values().collect();
    let notes = || rows.iter().map(|row| row.note.as_ref());
    sqlx::query(
        "INSERT INTO grants (grant_id, officer_id, patient_id, granted_at, granted_position,
             expires_at, ended_at, reviewed_by, reviewed_at, verdict, reason, reason_event_id,
             note, note_event_id, version)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[],
             $5::bigint[], $6::timestamptz[], $7::timestamptz[], $8::uuid[], $9::timestamptz[],
             $10::text[], $11::text[], $12::uuid[], $13::text[], $14::uuid[], $15::bigint[])
         ON CONFLICT (grant_id) DO UPDATE SET
             ended_at = excluded.ended_at, reviewed_by = excluded.reviewed_by,
             reviewed_at = excluded.reviewed_at, verdict = excluded.verdict,
             note = excluded.note, note_event_id = excluded.note_event_id,
             version = excluded.version",
    )
    .bind(rows.iter().map(|row| row.grant_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.officer_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.patient_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.granted_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.granted_position)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.expires_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.ended_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.reviewed_by.map(|by| by.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.reviewed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.verdict.map(|one| one.as_str())).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.reason.sealed.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.reason.event_id).collect::<Vec<_>>())
    .bind(notes().map(|note| note.map(|note| note.sealed.as_str())).collect::<Vec<_>>())
    .bind(notes().map(|note| note.map(|note| note.event_id)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.version)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
