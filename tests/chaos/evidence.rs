//! What must hold of the log, whatever was done to its servers.

use anamnesis::log::leaf::Leaf;
use anamnesis_projections::log::StreamId;
use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection};
use std::collections::HashSet;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
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

/// Examines the whole log: positions contiguous from 1 up to the head, sequences contiguous per
/// stream, ids unique, times in order, every hash that of what is written. The number of events.
pub(crate) async fn examine(url: &str) -> usize {
    let mut database = PgConnection::connect(url).await.unwrap();
    let (first, last, count, head): (i64, i64, i64, i64) = sqlx::query_as(
        "SELECT MIN(global_position), MAX(global_position), COUNT(*),
                (SELECT position FROM log.head)
         FROM log.events",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    assert_eq!((first, last), (1, count), "positions are contiguous from 1");
    assert_eq!(head, last, "the head is the last position");
    let broken: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM (
             SELECT MIN(sequence) AS first, MAX(sequence) AS last, COUNT(*) AS count
             FROM log.events GROUP BY aggregate_type, aggregate_id
         ) AS streams WHERE first <> 1 OR last <> count",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    assert_eq!(broken, 0, "sequences are contiguous in every stream");
    let halves: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM log.events AS booked
         WHERE booked.event_type = 'AppointmentBooked' AND NOT EXISTS (
             SELECT FROM log.events AS taken
             WHERE taken.event_type = 'TimeTaken'
               AND taken.payload #>> '{TimeTaken,appointment_id}' = booked.aggregate_id
         )",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    assert_eq!(halves, 0, "every appointment has its time");
    let taken: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM log.events AS taken
         WHERE taken.event_type = 'TimeTaken' AND NOT EXISTS (
             SELECT FROM log.events AS booked
             WHERE booked.event_type = 'AppointmentBooked'
               AND booked.aggregate_id = taken.payload #>> '{TimeTaken,appointment_id}'
         )",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    assert_eq!(taken, 0, "every taken time has its appointment");
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT event_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
                payload::text AS payload, metadata::text AS metadata, recorded_at, leaf_hash
         FROM log.events ORDER BY global_position",
    )
    .fetch_all(&mut database)
    .await
    .unwrap();
    rows_hold(&rows);
    rows.len()
}

fn rows_hold(rows: &[Row]) {
    let ids: HashSet<Uuid> = rows.iter().map(|row| row.event_id).collect();
    assert_eq!(ids.len(), rows.len(), "event ids are unique");
    assert!(rows.is_sorted_by_key(|row| row.recorded_at), "times are in order");
    for row in rows {
        let stream = StreamId {
            aggregate_type: row.aggregate_type.clone().into(),
            aggregate_id: row.aggregate_id.clone(),
        };
        let leaf = Leaf {
            event_id: &row.event_id,
            stream: &stream,
            sequence: u64::try_from(row.sequence).unwrap(),
            event_type: &row.event_type,
            event_version: &row.event_version,
            recorded_at: row.recorded_at,
            payload: &row.payload,
            metadata: &row.metadata,
        };
        assert_eq!(leaf.hash().as_slice(), row.leaf_hash, "the hash is that of what is written");
    }
}
