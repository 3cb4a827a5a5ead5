//! Writes what hangs on the consultations that a batch touches: versions and prescriptions.

use super::fold::Fold;
use crate::number::bigint;
use crate::projection::ApplyError;
use sqlx::PgConnection;
use sqlx::types::Json;

pub(super) async fn insert_versions(
    conn: &mut PgConnection,
    fold: &Fold,
) -> Result<(), ApplyError> {
    let rows = &fold.versions;
    if rows.is_empty() {
        return Ok(());
    }
    let reasons = || rows.iter().map(|(_, row)| row.reason.as_ref());
    sqlx::query(
        "INSERT INTO consultation_versions (consultation_id, version, written_by, written_at,
             reason, reason_event_id, content)
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[],
             $5::text[], $6::uuid[], $7::jsonb[])",
    )
    .bind(rows.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, row)| bigint(row.version)).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, row)| row.written_by.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, row)| row.written_at).collect::<Vec<_>>())
    .bind(reasons().map(|it| it.map(|it| it.sealed.as_str())).collect::<Vec<_>>())
    .bind(reasons().map(|it| it.map(|it| it.event_id)).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, row)| Json(&row.content)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Each consultation's prescriptions are those of its content: the old rows go, whatever they
/// were.
pub(super) async fn replace_prescriptions(
    conn: &mut PgConnection,
    fold: &Fold,
) -> Result<(), ApplyError> {
    sqlx::query("DELETE FROM prescriptions WHERE consultation_id = ANY($1)")
        .bind(fold.rows.keys().map(|id| id.0).collect::<Vec<_>>())
        .execute(&mut *conn)
        .await?;
    let rows: Vec<_> = fold
        .rows
        .values()
        .flat_map(|row| row.content.prescriptions.iter().map(move |kept| (row, kept)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO prescriptions (consultation_id, prescription_id, patient_id, doctor_id,
             position, ends_on, content, content_event_id, active)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[],
             $6::date[], $7::text[], $8::uuid[], $9::boolean[])",
    )
    .bind(rows.iter().map(|(row, _)| row.consultation_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, kept)| kept.id).collect::<Vec<_>>())
    .bind(rows.iter().map(|(row, _)| row.patient_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|(row, _)| row.doctor_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, kept)| bigint(kept.first_position)).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, kept)| kept.ends_on).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, kept)| kept.content.sealed.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, kept)| kept.content.event_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|(row, _)| row.is_active()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
