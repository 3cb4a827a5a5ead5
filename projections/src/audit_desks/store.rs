//! Loads and saves what a batch touches: a statement each.

use super::{SavedSearch, TrailReview};
use crate::number::bigint;
use crate::projection::ApplyError;
use sqlx::PgConnection;
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) async fn load_searches(
    conn: &mut PgConnection,
    mut ids: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, Option<SavedSearch>>, ApplyError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<SavedSearch> = sqlx::query_as(
        "SELECT search_id, officer_id, saved_at, changed_at, filters, name, name_event_id
         FROM saved_searches WHERE search_id = ANY($1)",
    )
    .bind(ids)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.search_id, Some(row))).collect())
}

pub(super) async fn add_reviews(
    conn: &mut PgConnection,
    rows: &[TrailReview],
) -> Result<(), ApplyError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO trail_reviews (review_id, position, at, officer_id, filters, first, last,
             note, note_event_id)
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::uuid[],
             $5::jsonb[], $6::bigint[], $7::bigint[], $8::text[], $9::uuid[])",
    )
    .bind(rows.iter().map(|row| row.review_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.position)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.officer_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.filters)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.first)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| bigint(row.last)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.note.sealed.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.note.event_id).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Those that are kept are written as they are, the others go away.
pub(super) async fn save_searches(
    conn: &mut PgConnection,
    searches: &BTreeMap<Uuid, Option<SavedSearch>>,
) -> Result<(), ApplyError> {
    if searches.is_empty() {
        return Ok(());
    }
    let gone = searches.iter().filter(|(_, search)| search.is_none());
    sqlx::query("DELETE FROM saved_searches WHERE search_id = ANY($1)")
        .bind(gone.map(|(id, _)| *id).collect::<Vec<_>>())
        .execute(&mut *conn)
        .await?;
    let rows: Vec<&SavedSearch> = searches.values().flatten().collect();
    sqlx::query(
        "INSERT INTO saved_searches (search_id, officer_id, saved_at, changed_at, filters, name,
             name_event_id)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[],
             $5::jsonb[], $6::text[], $7::uuid[])
         ON CONFLICT (search_id) DO UPDATE SET
             saved_at = excluded.saved_at, changed_at = excluded.changed_at,
             filters = excluded.filters, name = excluded.name,
             name_event_id = excluded.name_event_id",
    )
    .bind(rows.iter().map(|row| row.search_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.officer_id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.saved_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.changed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.filters)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.name.sealed.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.name.event_id).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
