//! Periods as positions.

use super::search::Stretch;
use crate::number::unsigned;
use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool};

/// The positions of everything that happened in `[from, to)`; `None` if nothing did. Cost: for
/// each of the two, one line per doubling of the log's length.
pub async fn positions_in(
    pool: &PgPool,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
) -> Result<Option<Stretch>, sqlx::Error> {
    let mut stretch = Stretch { from: 0, before: u64::MAX };
    if let Some(from) = from {
        let Some(first) = first_since(pool, from).await? else { return Ok(None) };
        stretch.from = first;
    }
    if let Some(to) = to
        && let Some(first) = first_since(pool, to).await?
    {
        stretch.before = first;
    }
    Ok(Some(stretch))
}

/// No line before this position is of that instant or later, and all others are; `None` if there
/// are no others. Instants never decrease with the position, so the stretch in question is
/// halved until nothing is left of it.
async fn first_since(
    executor: impl PgExecutor<'_>,
    at: DateTime<Utc>,
) -> Result<Option<u64>, sqlx::Error> {
    let first: Option<i64> = sqlx::query_scalar(
        "WITH RECURSIVE halved (low, high) AS (
             SELECT 0::bigint, last.position
             FROM (SELECT position, at FROM trail ORDER BY position DESC LIMIT 1) AS last
             WHERE last.at >= $1
             UNION ALL
             SELECT CASE WHEN middle.at >= $1 THEN low ELSE middle.position END,
                 CASE WHEN middle.at >= $1 THEN (low + high) / 2 ELSE high END
             FROM halved CROSS JOIN LATERAL (
                 SELECT position, at FROM trail WHERE position >= (low + high) / 2
                 ORDER BY position LIMIT 1) AS middle
             WHERE high - low > 1)
         SELECT high FROM halved ORDER BY high - low LIMIT 1",
    )
    .bind(at)
    .fetch_optional(executor)
    .await?;
    Ok(first.map(unsigned))
}
