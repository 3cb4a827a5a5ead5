//! The statements that write to the log, and those that must agree with them.

use super::super::admission::Version;
use super::super::batch::Row;
use super::rows::{signed, unsigned};
use anamnesis_projections::log::StreamId;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The channel on which new last positions are announced.
pub(super) const CHANNEL: &str = "log_appended";

/// The last position and its time, locked until the transaction ends: no append of any process
/// can come in between, and one that is being committed right now has ended.
pub(super) async fn lock_head(
    conn: &mut PgConnection,
) -> Result<(u64, DateTime<Utc>), sqlx::Error> {
    let (position, recorded_at): (i64, DateTime<Utc>) =
        sqlx::query_as("SELECT position, recorded_at FROM log.head FOR UPDATE")
            .fetch_one(conn)
            .await?;
    Ok((unsigned(position), recorded_at))
}

/// Locks the head until the transaction ends, and moves its time to `after` at least: an
/// [`insert`] with an earlier time, wherever it may still be waiting, writes nothing from then on.
pub(super) async fn fence_head(
    conn: &mut PgConnection,
    after: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE log.head SET recorded_at = GREATEST(recorded_at, $1)")
        .bind(after)
        .execute(conn)
        .await?;
    Ok(())
}

/// The versions of those of the streams that exist.
pub(super) async fn versions(
    conn: &mut PgConnection,
    streams: &[&StreamId],
) -> Result<HashMap<StreamId, Version>, sqlx::Error> {
    let types: Vec<&str> = streams.iter().map(|stream| stream.aggregate_type.as_ref()).collect();
    let ids: Vec<&str> = streams.iter().map(|stream| stream.aggregate_id.as_str()).collect();
    let found: Vec<(i64, i64, Uuid)> = sqlx::query_as(
        "SELECT wanted.place, last.sequence, last.event_id
         FROM UNNEST($1::text[], $2::text[]) WITH ORDINALITY
              AS wanted(aggregate_type, aggregate_id, place)
         CROSS JOIN LATERAL (
             SELECT events.sequence, events.event_id FROM log.events
             WHERE events.aggregate_type = wanted.aggregate_type
               AND events.aggregate_id = wanted.aggregate_id
             ORDER BY events.sequence DESC LIMIT 1
         ) AS last",
    )
    .bind(types)
    .bind(ids)
    .fetch_all(conn)
    .await?;
    let by_place = found.into_iter().filter_map(|(place, sequence, event_id)| {
        let stream = streams.get(usize::try_from(place).ok()?.checked_sub(1)?)?;
        let end = Version { sequence: unsigned(sequence), event_id: Some(event_id) };
        Some(((*stream).clone(), end))
    });
    Ok(by_place.collect())
}

/// Those of the ids that stand in the log.
pub(super) async fn existing(
    conn: &mut PgConnection,
    ids: Vec<Uuid>,
) -> Result<HashSet<Uuid>, sqlx::Error> {
    let found: Vec<Uuid> =
        sqlx::query_scalar("SELECT event_id FROM log.events WHERE event_id = ANY($1)")
            .bind(ids)
            .fetch_all(conn)
            .await?;
    Ok(found.into_iter().collect())
}

/// Writes the rows at the next positions, and announces them with a signature where one is given;
/// returns the position before the first. `None` when the log's last event is younger than
/// `recorded_at`, or another than `head` where that is given: nothing was written.
///
/// One statement, so one round trip and (outside a transaction block) one commit.
pub(super) async fn insert(
    conn: &mut PgConnection,
    rows: &[Row<'_>],
    recorded_at: DateTime<Utc>,
    head: Option<u64>,
    signature: Option<&str>,
) -> Result<Option<u64>, sqlx::Error> {
    let base: Option<i64> = sqlx::query_scalar(
        "WITH head AS (
             UPDATE log.head SET position = position + $1, recorded_at = $2
             WHERE recorded_at <= $2 AND position = COALESCE($13, position)
             RETURNING position - $1 AS base
         ), added AS (
             INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id,
                 sequence, event_type, event_version, payload, metadata, recorded_at, leaf_hash)
             SELECT head.base + row.place, row.event_id, row.aggregate_type, row.aggregate_id,
                 row.sequence, row.event_type, row.event_version, row.payload::json,
                 row.metadata::json, $2, row.leaf_hash
             FROM head, UNNEST($3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[],
                 $8::text[], $9::text[], $10::text[], $11::bytea[]) WITH ORDINALITY
                 AS row(event_id, aggregate_type, aggregate_id, sequence, event_type,
                     event_version, payload, metadata, leaf_hash, place)
         ), told AS (
             SELECT pg_notify($12, (head.base + $1)::text || $14) FROM head
             WHERE $14::text IS NOT NULL
         )
         SELECT head.base FROM head LEFT JOIN told ON true",
    )
    .bind(i64::try_from(rows.len()).unwrap_or(i64::MAX))
    .bind(recorded_at)
    .bind(rows.iter().map(|row| row.event.event_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.stream.aggregate_type.as_ref()).collect::<Vec<&str>>())
    .bind(rows.iter().map(|row| row.stream.aggregate_id.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| signed(row.sequence)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.event.event_type.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.event.event_version.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.event.payload.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.event.metadata.as_ref()).collect::<Vec<&str>>())
    .bind(rows.iter().map(|row| row.leaf_hash.as_slice()).collect::<Vec<_>>())
    .bind(CHANNEL)
    .bind(head.map(signed))
    .bind(signature)
    .fetch_optional(conn)
    .await?;
    Ok(base.map(unsigned))
}

/// Announces what was written before.
pub(super) async fn announce(
    conn: &mut PgConnection,
    announcement: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(announcement).execute(conn).await?;
    Ok(())
}

/// The position before an event with this very hash, if it was written. The hash covers the
/// time of writing, so another attempt with the same id has another one.
pub(super) async fn base_of(
    conn: &mut PgConnection,
    event_id: Uuid,
    leaf_hash: &[u8],
) -> Result<Option<u64>, sqlx::Error> {
    let position: Option<i64> = sqlx::query_scalar(
        "SELECT global_position FROM log.events WHERE event_id = $1 AND leaf_hash = $2",
    )
    .bind(event_id)
    .bind(leaf_hash)
    .fetch_optional(conn)
    .await?;
    Ok(position.map(|position| unsigned(position) - 1))
}
