//! A batch handed to the database, and how that ended.

use super::super::batch::{Waiting, rows};
use super::deciding::STATEMENT_MAX;
use super::write;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tokio::time::timeout;
use uuid::Uuid;

/// How a batch ended.
pub(super) enum Fate {
    /// It stands in the log after this position.
    Written { base: u64, hashes: Vec<[u8; 32]> },
    /// The database refused it; nothing was written.
    Refused,
    /// The connection is lost.
    Lost { first: Option<(Uuid, [u8; 32])> },
}

/// Writes what was admitted; with `head`, only if the log still ends there. With a signature it
/// is announced.
pub(super) async fn insert(
    conn: &mut PgConnection,
    admitted: &[Waiting],
    recorded_at: DateTime<Utc>,
    head: Option<u64>,
    signature: Option<&str>,
) -> Fate {
    let rows = rows(admitted, recorded_at);
    let hashes: Vec<[u8; 32]> = rows.iter().map(|row| row.leaf_hash).collect();
    if rows.is_empty() {
        // Without a row nobody would look at the head, and what was asserted may rest on it.
        let unproven = head.is_some() && !admitted.is_empty();
        return if unproven { Fate::Refused } else { Fate::Written { base: 0, hashes } };
    }
    let first = rows.first().map(|row| (row.event.event_id, row.leaf_hash));
    let written = write::insert(conn, &rows, recorded_at, head, signature);
    match timeout(STATEMENT_MAX, written).await {
        Ok(Ok(Some(base))) => Fate::Written { base, hashes },
        Ok(Ok(None)) => Fate::Refused,
        // An error that the database itself sent means that the statement was rolled back.
        Ok(Err(sqlx::Error::Database(error))) if !is_shutdown(error.as_ref()) => Fate::Refused,
        Ok(Err(_)) | Err(_) => Fate::Lost { first },
    }
}

/// Class 57P: the server is going down and the connection with it.
fn is_shutdown(error: &dyn sqlx::error::DatabaseError) -> bool {
    error.code().is_some_and(|code| code.starts_with("57P"))
}

pub(super) fn first_of(
    admitted: &[Waiting],
    recorded_at: DateTime<Utc>,
) -> Option<(Uuid, [u8; 32])> {
    rows(admitted, recorded_at).first().map(|row| (row.event.event_id, row.leaf_hash))
}
