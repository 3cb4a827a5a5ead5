//! Writes what a batch comes to.

use super::fold::{Booked, Change, Changed};
use crate::projection::ApplyError;
use anamnesis_domain::appointment::Status;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) async fn booked(
    conn: &mut PgConnection,
    booked: &[Booked<'_>],
) -> Result<(), ApplyError> {
    if booked.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO appointments (appointment_id, patient_id, doctor_id, starts_at, ends_at,
             zone, reason, reason_event_id, booked_at, version, last_position, status, deleted)
         SELECT *, $12, false FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[],
             $5::timestamptz[], $6::text[], $7::text[], $8::uuid[], $9::timestamptz[],
             $10::bigint[], $11::bigint[])",
    )
    .bind(booked.iter().map(|one| one.appointment_id).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.patient_id).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.doctor_id).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.time.0).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.time.1).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.zone).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.reason).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.reason.map(|_| one.event_id)).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.at).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.version).collect::<Vec<_>>())
    .bind(booked.iter().map(|one| one.position).collect::<Vec<_>>())
    .bind(Status::Scheduled.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// One update per appointment.
pub(super) async fn changed(
    conn: &mut PgConnection,
    changed: &BTreeMap<Uuid, Changed<'_>>,
) -> Result<(), ApplyError> {
    if changed.is_empty() {
        return Ok(());
    }
    let updated = sqlx::query(
        "UPDATE appointments AS old SET
             starts_at = COALESCE(new.starts_at, old.starts_at),
             ends_at = COALESCE(new.ends_at, old.ends_at),
             zone = COALESCE(new.zone, old.zone),
             status = COALESCE(new.status, old.status),
             cancel_reason = COALESCE(new.cancel_reason, old.cancel_reason),
             cancel_reason_event_id =
                 COALESCE(new.cancel_reason_event_id, old.cancel_reason_event_id),
             deleted = COALESCE(new.deleted, old.deleted),
             version = new.version,
             last_position = new.last_position
         FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::text[],
                 $6::text[], $7::uuid[], $8::boolean[], $9::bigint[], $10::bigint[])
             AS new (appointment_id, starts_at, ends_at, zone, status, cancel_reason,
                 cancel_reason_event_id, deleted, version, last_position)
         WHERE old.appointment_id = new.appointment_id",
    )
    .bind(changed.keys().copied().collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.time.map(|time| time.0)).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.time.map(|time| time.1)).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.zone).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.status).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.cancel_reason.map(|it| it.0)).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.cancel_reason.map(|it| it.1)).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.deleted).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.version).collect::<Vec<_>>())
    .bind(changed.values().map(|one| one.position).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    if usize::try_from(updated.rows_affected()) == Ok(changed.len()) {
        Ok(())
    } else {
        Err(ApplyError::Misfit("the appointment was never booked"))
    }
}

pub(super) async fn changes(conn: &mut PgConnection, changes: &[Change]) -> Result<(), ApplyError> {
    sqlx::query(
        "INSERT INTO appointment_changes (appointment_id, sequence, what, by_id, at, starts_at,
             ends_at)
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[],
             $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])",
    )
    .bind(changes.iter().map(|one| one.appointment_id).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.sequence).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.what).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.by).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.at).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.time.map(|time| time.0)).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.time.map(|time| time.1)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
