//! Deciding a batch: what the database is asked, and who is refused.

use super::super::admission::{Admission, Version};
use super::super::batch::Waiting;
use super::super::{Append, AppendError};
use super::write;
use anamnesis_projections::log::StreamId;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

/// A statement that takes longer is given up; whether it was carried out is then found out.
pub(super) const STATEMENT_MAX: Duration = Duration::from_secs(10);

/// Appends with the reasons against them.
pub(super) type Refused = Vec<(Waiting, AppendError)>;

/// Parts what can be written from what can not, with the versions that the former leads to.
pub(super) fn admit(
    batch: Vec<Waiting>,
    mut admission: Admission,
) -> (Vec<Waiting>, Refused, HashMap<StreamId, Version>) {
    let mut admitted = Vec::with_capacity(batch.len());
    let mut refused = Vec::new();
    for one in batch {
        match admission.admit(&one.append) {
            Ok(()) => admitted.push(one),
            Err(refusal) => refused.push((one, refusal)),
        }
    }
    (admitted, refused, admission.into_versions())
}

/// Answers those that were refused while the ids in the log were not known: an append that was
/// written before is told so, wherever its streams have got to since.
pub(super) async fn refuse(conn: &mut PgConnection, refused: Refused) -> Result<(), sqlx::Error> {
    if refused.is_empty() {
        return Ok(());
    }
    let ids = refused.iter().flat_map(|(one, _)| one.append.events()).map(|event| event.event_id);
    let asked = timeout(STATEMENT_MAX, write::existing(conn, ids.collect())).await;
    let seen = match asked.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
        Ok(seen) => seen,
        Err(error) => {
            refuse_all(refused.into_iter().map(|(one, _)| one), &AppendError::Unavailable);
            return Err(error);
        }
    };
    for (one, why) in refused {
        let before = one.append.events().map(|event| event.event_id).find(|id| seen.contains(id));
        one.refuse(before.map_or(why, |event_id| AppendError::DuplicateEvent { event_id }));
    }
    Ok(())
}

/// What must be known to decide a batch, read with the head locked.
pub(super) async fn locked_facts(
    conn: &mut PgConnection,
    batch: &[Waiting],
) -> Result<(DateTime<Utc>, HashMap<StreamId, Version>, HashSet<Uuid>), sqlx::Error> {
    let (_, head_time) = write::lock_head(conn).await?;
    let appends = || batch.iter().map(|one| &one.append);
    let mut streams: Vec<&StreamId> =
        appends().flat_map(|append| append.streams.iter().map(|part| &part.stream)).collect();
    streams.sort_unstable();
    streams.dedup();
    let versions = write::versions(conn, &streams).await?;
    let ids = appends().flat_map(Append::events).map(|event| event.event_id).collect();
    let seen = write::existing(conn, ids).await?;
    Ok((head_time, versions, seen))
}

pub(super) fn refuse_all(batch: impl IntoIterator<Item = Waiting>, error: &AppendError) {
    for one in batch {
        one.refuse(error.clone());
    }
}
