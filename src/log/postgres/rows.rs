//! Reading events out of the table.

use anamnesis_projections::log::{ReadError, RecordedEvent, StreamId};
use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgPool, Row};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

struct EventRow {
    global_position: i64,
    event_id: Uuid,
    aggregate_type: String,
    aggregate_id: String,
    sequence: i64,
    event_type: String,
    event_version: String,
    payload: String,
    metadata: String,
    recorded_at: DateTime<Utc>,
    leaf_hash: Vec<u8>,
}

/// By place: every statement here names the same columns in the same order, and looking each up
/// by its name costs more than reading it.
impl FromRow<'_, PgRow> for EventRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            global_position: row.try_get(0)?,
            event_id: row.try_get(1)?,
            aggregate_type: row.try_get(2)?,
            aggregate_id: row.try_get(3)?,
            sequence: row.try_get(4)?,
            event_type: row.try_get(5)?,
            event_version: row.try_get(6)?,
            payload: row.try_get(7)?,
            metadata: row.try_get(8)?,
            recorded_at: row.try_get(9)?,
            leaf_hash: row.try_get(10)?,
        })
    }
}

impl From<EventRow> for Arc<RecordedEvent> {
    fn from(row: EventRow) -> Self {
        let mut leaf_hash = [0; 32];
        // The table's CHECK holds it to 32 bytes.
        leaf_hash.copy_from_slice(&row.leaf_hash);
        Arc::new(RecordedEvent {
            position: unsigned(row.global_position),
            event_id: row.event_id,
            stream: StreamId {
                aggregate_type: Cow::Owned(row.aggregate_type),
                aggregate_id: row.aggregate_id,
            },
            sequence: unsigned(row.sequence),
            event_type: row.event_type,
            event_version: row.event_version,
            payload: row.payload,
            metadata: row.metadata,
            recorded_at: row.recorded_at,
            leaf_hash,
            decoded: OnceLock::new(),
        })
    }
}

/// A position or sequence as PostgreSQL keeps it.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A position or sequence from the table, whose CHECK keeps it from being negative.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn limit_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

fn failed(during: &'static str) -> impl Fn(sqlx::Error) -> ReadError {
    move |error| ReadError { during, source: Box::new(error) }
}

fn collect(rows: Vec<EventRow>) -> Vec<Arc<RecordedEvent>> {
    rows.into_iter().map(Into::into).collect()
}

/// At most `limit` events after `position`.
pub(super) async fn read_after(
    pool: &PgPool,
    position: u64,
    limit: usize,
) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
    sqlx::query_as(
        "SELECT global_position, event_id, aggregate_type, aggregate_id, sequence, event_type,
                event_version, payload::text AS payload, metadata::text AS metadata, recorded_at,
                leaf_hash
         FROM log.events WHERE global_position > $1 ORDER BY global_position LIMIT $2",
    )
    .bind(signed(position))
    .bind(limit_of(limit))
    .fetch_all(pool)
    .await
    .map(collect)
    .map_err(failed("reading after a position"))
}

/// At most `limit` events of a stream after `sequence`.
pub(super) async fn read_stream(
    pool: &PgPool,
    stream: &StreamId,
    sequence: u64,
    limit: usize,
) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
    sqlx::query_as(
        "SELECT global_position, event_id, aggregate_type, aggregate_id, sequence, event_type,
                event_version, payload::text AS payload, metadata::text AS metadata, recorded_at,
                leaf_hash
         FROM log.events WHERE aggregate_type = $1 AND aggregate_id = $2 AND sequence > $3
         ORDER BY sequence LIMIT $4",
    )
    .bind(stream.aggregate_type.as_ref())
    .bind(&stream.aggregate_id)
    .bind(signed(sequence))
    .bind(limit_of(limit))
    .fetch_all(pool)
    .await
    .map(collect)
    .map_err(failed("reading a stream"))
}

/// At most `limit` events of a stream below a sequence, the last first.
pub(super) async fn read_stream_back(
    pool: &PgPool,
    stream: &StreamId,
    before: u64,
    limit: usize,
) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
    sqlx::query_as(
        "SELECT global_position, event_id, aggregate_type, aggregate_id, sequence, event_type,
                event_version, payload::text AS payload, metadata::text AS metadata, recorded_at,
                leaf_hash
         FROM log.events WHERE aggregate_type = $1 AND aggregate_id = $2 AND sequence < $3
         ORDER BY sequence DESC LIMIT $4",
    )
    .bind(stream.aggregate_type.as_ref())
    .bind(&stream.aggregate_id)
    .bind(signed(before))
    .bind(limit_of(limit))
    .fetch_all(pool)
    .await
    .map(collect)
    .map_err(failed("reading a stream backwards"))
}

/// The event with this id.
pub(super) async fn find_event(
    pool: &PgPool,
    event_id: Uuid,
) -> Result<Option<Arc<RecordedEvent>>, ReadError> {
    sqlx::query_as(
        "SELECT global_position, event_id, aggregate_type, aggregate_id, sequence, event_type,
                event_version, payload::text AS payload, metadata::text AS metadata, recorded_at,
                leaf_hash
         FROM log.events WHERE event_id = $1",
    )
    .bind(event_id)
    .fetch_optional(pool)
    .await
    .map(|row: Option<EventRow>| row.map(Into::into))
    .map_err(failed("looking an event up"))
}

/// The events at these positions.
pub(super) async fn read_at(
    pool: &PgPool,
    positions: &[u64],
) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
    sqlx::query_as(
        "SELECT global_position, event_id, aggregate_type, aggregate_id, sequence, event_type,
                event_version, payload::text AS payload, metadata::text AS metadata, recorded_at,
                leaf_hash
         FROM log.events WHERE global_position = ANY($1) ORDER BY global_position",
    )
    .bind(positions.iter().copied().map(signed).collect::<Vec<_>>())
    .fetch_all(pool)
    .await
    .map(collect)
    .map_err(failed("reading at positions"))
}
