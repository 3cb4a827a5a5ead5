//! The limit of appending: rows like ours inserted into the same table with UNNEST, one
//! statement per commit, on one connection, and nothing else.

use crate::Outcome;
use crate::rounds::per_second;
use crate::sample::Sample;
use sqlx::{PgConnection, PgPool};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Streams the rows belong to.
const STREAMS: usize = 500;
/// Batches that are made while one is written.
const AHEAD: usize = 4;

struct Batch {
    ids: Vec<Uuid>,
    types: Vec<&'static str>,
    streams: Vec<String>,
    sequences: Vec<i64>,
    event_types: Vec<&'static str>,
    versions: Vec<&'static str>,
    payloads: Vec<String>,
    metadata: Vec<String>,
    hashes: Vec<[u8; 32]>,
}

impl Batch {
    /// Rows `from` and following; ids are random, as ours are.
    fn new(sample: &Sample, streams: &[String], from: usize, size: usize) -> Self {
        let rows = from..from + size;
        let sequence = |row: usize| i64::try_from(row / streams.len() + 1).unwrap_or(i64::MAX);
        Self {
            ids: rows.clone().map(|_| Uuid::new_v4()).collect(),
            types: vec!["chat_room"; size],
            streams: rows.clone().map(|row| streams[row % streams.len()].clone()).collect(),
            sequences: rows.map(sequence).collect(),
            event_types: vec!["MessagePosted"; size],
            versions: vec!["1"; size],
            payloads: vec![sample.payload.clone(); size],
            metadata: vec![sample.metadata.clone(); size],
            hashes: vec![[7; 32]; size],
        }
    }

    async fn write(self, conn: &mut PgConnection, base: i64) -> Outcome<()> {
        let hashes: Vec<&[u8]> = self.hashes.iter().map(<[u8; 32]>::as_slice).collect();
        sqlx::query(
            "INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id,
                 sequence, event_type, event_version, payload, metadata, recorded_at, leaf_hash)
             SELECT $1 + row.place, row.event_id, row.aggregate_type, row.aggregate_id,
                 row.sequence, row.event_type, row.event_version, row.payload::json,
                 row.metadata::json, now(), row.leaf_hash
             FROM UNNEST($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[],
                 $7::text[], $8::text[], $9::text[], $10::bytea[]) WITH ORDINALITY
                 AS row(event_id, aggregate_type, aggregate_id, sequence, event_type,
                     event_version, payload, metadata, leaf_hash, place)",
        )
        .bind(base)
        .bind(self.ids)
        .bind(self.types)
        .bind(self.streams)
        .bind(self.sequences)
        .bind(self.event_types)
        .bind(self.versions)
        .bind(self.payloads)
        .bind(self.metadata)
        .bind(hashes)
        .execute(conn)
        .await?;
        Ok(())
    }
}

/// Writes batches of `size` rows after `base` for a while; rows per second.
pub(crate) async fn run(
    pool: &PgPool,
    sample: &Sample,
    size: usize,
    base: &mut i64,
    time: Duration,
) -> Outcome<f64> {
    let mut conn = pool.acquire().await?;
    let (made, mut ready) = mpsc::channel(AHEAD);
    let sample = Sample { payload: sample.payload.clone(), metadata: sample.metadata.clone() };
    let making = tokio::spawn(async move {
        let streams: Vec<String> = (0..STREAMS).map(|_| Uuid::new_v4().to_string()).collect();
        let mut from = 0;
        while made.send(Batch::new(&sample, &streams, from, size)).await.is_ok() {
            from += size;
        }
    });
    let (started, mut written) = (Instant::now(), 0_u64);
    while started.elapsed() < time {
        let Some(batch) = ready.recv().await else { break };
        batch.write(&mut conn, *base).await?;
        *base += i64::try_from(size)?;
        written += u64::try_from(size)?;
    }
    let rate = per_second(written, started.elapsed());
    drop(ready);
    making.await?;
    Ok(rate)
}
