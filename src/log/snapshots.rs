//! Remembered aggregate states. Only a cache: losing all of them costs time, never truth.

use anamnesis_domain::Root;
use sqlx::PgPool;

/// The states that are kept in the database.
#[derive(Clone, Debug)]
pub struct Snapshots {
    pool: PgPool,
}

impl Snapshots {
    /// Keeps snapshots in the database of `pool`.
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// The latest kept state and the sequence it stands for. `None` when there is none, or it
    /// has another shape than this server's.
    pub async fn load<A: Root>(&self, id: &str) -> Result<Option<(A, u64)>, sqlx::Error> {
        let found: Option<(i64, serde_json::Value)> = sqlx::query_as(
            "SELECT last_sequence, payload FROM log.snapshots
             WHERE aggregate_type = $1 AND aggregate_id = $2 AND state_version = $3",
        )
        .bind(A::TYPE)
        .bind(id)
        .bind(A::STATE_VERSION)
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.and_then(|(sequence, payload)| {
            Some((serde_json::from_value(payload).ok()?, u64::try_from(sequence).ok()?))
        }))
    }

    /// Keeps a state, unless a later one of the same shape is kept already. The state must
    /// stand for durable events only.
    pub async fn save<A: Root>(
        &self,
        id: &str,
        state: &A,
        sequence: u64,
    ) -> Result<(), sqlx::Error> {
        let payload =
            serde_json::to_value(state).map_err(|error| sqlx::Error::Encode(error.into()))?;
        sqlx::query(
            "INSERT INTO log.snapshots AS kept
                 (aggregate_type, aggregate_id, last_sequence, state_version, payload)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE
             SET last_sequence = EXCLUDED.last_sequence, state_version = EXCLUDED.state_version,
                 payload = EXCLUDED.payload
             WHERE kept.last_sequence < EXCLUDED.last_sequence
                OR kept.state_version <> EXCLUDED.state_version",
        )
        .bind(A::TYPE)
        .bind(id)
        .bind(i64::try_from(sequence).unwrap_or(i64::MAX))
        .bind(A::STATE_VERSION)
        .bind(payload)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
