//! What one of our rows looks like, so that the limits write rows of the same size.

use crate::Outcome;
use sqlx::PgPool;

#[derive(sqlx::FromRow)]
pub(crate) struct Sample {
    pub(crate) payload: String,
    pub(crate) metadata: String,
}

impl Sample {
    /// The last message that was posted.
    pub(crate) async fn last(pool: &PgPool) -> Outcome<Self> {
        let sample = sqlx::query_as(
            "SELECT payload::text AS payload, metadata::text AS metadata FROM log.events
             WHERE event_type = 'MessagePosted' ORDER BY global_position DESC LIMIT 1",
        )
        .fetch_one(pool)
        .await?;
        Ok(sample)
    }
}
