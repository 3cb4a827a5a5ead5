//! Everything about one record, in order.

use super::line::{TrailKind, TrailLine};
use super::search::lines_at;
use crate::number::bigint;
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

/// The first lines that are about a record itself say of which kind it is.
const FIRST: i64 = 10;

/// Whether anything ever happened to a record of this kind and id.
pub async fn is_known(
    executor: impl PgExecutor<'_>,
    kind: TrailKind,
    id: Uuid,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (
             SELECT FROM (
                 SELECT record_kind FROM trail WHERE record_id = $1
                 ORDER BY position LIMIT $2
             ) AS first
             WHERE first.record_kind = $3)",
    )
    .bind(id)
    .bind(FIRST)
    .bind(kind.as_str())
    .fetch_one(executor)
    .await
}

/// At most `limit` (of 200) lines that concern a record, the first first, after one position
/// and before another. Cost: a stretch of two indexes.
pub async fn timeline(
    pool: &PgPool,
    id: Uuid,
    after: u64,
    before: u64,
    limit: u32,
) -> Result<Vec<TrailLine>, sqlx::Error> {
    let positions: Vec<i64> = sqlx::query_scalar(
        "SELECT position FROM (
             (SELECT position FROM trail
              WHERE record_id = $1 AND position > $2 AND position < $3
              ORDER BY position LIMIT $4)
             UNION ALL
             (SELECT position FROM trail_also
              WHERE record_id = $1 AND position > $2 AND position < $3
              ORDER BY position LIMIT $4)) AS either
         ORDER BY position LIMIT $4",
    )
    .bind(id)
    .bind(bigint(after))
    .bind(bigint(before))
    .bind(i64::from(limit.min(200)))
    .fetch_all(pool)
    .await?;
    lines_at(pool, &positions).await
}
