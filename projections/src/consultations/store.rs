//! Loads and saves the consultations that a batch touches: one statement each.

use super::Consultation;
use super::fold::Fold;
use crate::number::bigint;
use crate::projection::ApplyError;
use anamnesis_domain::ConsultationId;
use sqlx::PgConnection;
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) async fn load(
    conn: &mut PgConnection,
    mut ids: Vec<Uuid>,
) -> Result<BTreeMap<ConsultationId, Consultation>, ApplyError> {
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<Consultation> = sqlx::query_as(
        "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
             opened_position, content, reminded, signed_at, deleted, version, last_position
         FROM consultations WHERE consultation_id = ANY($1)",
    )
    .bind(ids)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.consultation_id, row)).collect())
}

pub(super) async fn save(conn: &mut PgConnection, fold: &Fold) -> Result<(), ApplyError> {
    let rows: Vec<&Consultation> = fold.rows.values().collect();
    sqlx::query(
        "INSERT INTO consultations (consultation_id, appointment_id, patient_id, doctor_id,
             opened_at, opened_position, content, reminded, review_due_on, signed_at, deleted,
             version, last_position)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[],
             $5::timestamptz[], $6::bigint[], $7::jsonb[], $8::jsonb[], $9::date[],
             $10::timestamptz[], $11::boolean[], $12::bigint[], $13::bigint[])
         ON CONFLICT (consultation_id) DO UPDATE SET
             content = excluded.content, reminded = excluded.reminded,
             review_due_on = excluded.review_due_on, signed_at = excluded.signed_at,
             deleted = excluded.deleted, version = excluded.version,
             last_position = excluded.last_position",
    )
    .bind(rows.iter().map(|row| row.consultation_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.appointment_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.patient_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.doctor_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.opened_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.opened_position)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.content)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.reminded)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.review_due_on()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.signed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.deleted).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.version)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.last_position)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
