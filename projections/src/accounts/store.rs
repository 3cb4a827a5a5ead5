//! Loads and saves the rows that a batch touches: one statement each.

use super::account::{Account, normalise, status_name, words};
use super::fold::Rows;
use crate::SealedText;
use crate::number::bigint;
use crate::projection::ApplyError;
use anamnesis_domain::Role;
use anamnesis_domain::account::Specialty;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn load(conn: &mut PgConnection, mut ids: Vec<Uuid>) -> Result<Rows, ApplyError> {
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<Account> = sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, phone,
             phone_event_id, picture_id, role, requested_role, status, availability,
             specialty, registered_at, version, last_position
         FROM accounts WHERE account_id = ANY($1)",
    )
    .bind(ids)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.account_id, row)).collect())
}

pub(super) async fn save(conn: &mut PgConnection, rows: &Rows) -> Result<(), ApplyError> {
    let rows: Vec<&Account> = rows.values().collect();
    let key = |text: &Option<String>| text.as_deref().map(normalise);
    let sealed = |text: &Option<SealedText>| text.as_ref().map(|text| text.sealed.0.clone());
    let event = |text: &Option<SealedText>| text.as_ref().map(|text| text.event_id);
    sqlx::query(
        "INSERT INTO accounts (account_id, username, email, name, username_key, email_key,
             name_key, bio, bio_event_id, phone, phone_event_id, picture_id, role,
             requested_role, status, availability, specialty, registered_at, version,
             last_position)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[],
             $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::uuid[],
             $12::uuid[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
             $18::timestamptz[], $19::bigint[], $20::bigint[])
         ON CONFLICT (account_id) DO UPDATE SET
             username = excluded.username, email = excluded.email, name = excluded.name,
             username_key = excluded.username_key, email_key = excluded.email_key,
             name_key = excluded.name_key,
             bio = excluded.bio, bio_event_id = excluded.bio_event_id,
             phone = excluded.phone, phone_event_id = excluded.phone_event_id,
             picture_id = excluded.picture_id, role = excluded.role,
             requested_role = excluded.requested_role, status = excluded.status,
             availability = excluded.availability, specialty = excluded.specialty,
             version = excluded.version, last_position = excluded.last_position",
    )
    .bind(rows.iter().map(|row| row.account_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.username.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.email.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| key(&row.username)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| key(&row.email)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| words(&row.name).join(" ")).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| sealed(&row.bio)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| event(&row.bio)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| sealed(&row.phone)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| event(&row.phone)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.picture_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.role.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.requested_role.map(Role::as_str)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| status_name(row.status)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.availability.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.specialty.map(Specialty::as_str)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.registered_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.version)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.last_position)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
