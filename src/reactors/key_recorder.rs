//! Writes into the log what was done with keys.
//!
//! Keys are made, retired and destroyed in their own tables, by the server or by an operator's
//! SQL. Triggers note each of that as owed; here each note becomes one event, whatever crashes in
//! between.

use super::RecorderError;
use crate::commands::{Command, Context, Executor};
use anamnesis_domain::AccountId;
use anamnesis_domain::crypto_key::CryptoKeyCommand;
use anamnesis_projections::log::Metadata;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often to look: nobody waits for it.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Notes taken up at a time.
const BATCH: i64 = 100;

/// See the module. Every process may have one: of a key, each thing is written once.
pub struct KeyRecorder {
    executor: Arc<Executor>,
    pool: PgPool,
}

#[derive(sqlx::FromRow)]
struct Owed {
    id: i64,
    what: String,
    key_name: String,
    subject_id: Option<Uuid>,
    period: Option<String>,
}

impl KeyRecorder {
    /// Writes through this executor.
    #[must_use]
    pub fn new(executor: Arc<Executor>, pool: PgPool) -> Self {
        Self { executor, pool }
    }

    /// Records until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        stop.run_until_cancelled(self.keep_recording()).await;
    }

    async fn keep_recording(&self) {
        loop {
            if let Err(error) = self.record().await {
                tracing::warn!(%error, "what was done with keys waits to be recorded");
            }
            sleep(LOOK_EVERY).await;
        }
    }

    /// Writes what is owed at present, in the order in which it was done; how much that was.
    /// What is not removed is written again, which writes nothing.
    pub async fn record(&self) -> Result<usize, RecorderError> {
        let (mut recorded, mut after) = (0, 0);
        loop {
            let owed: Vec<Owed> = sqlx::query_as(
                "SELECT owed_id AS id, what, key_name, subject_id, period FROM keys.owed
                 WHERE owed_id > $1 ORDER BY owed_id LIMIT $2",
            )
            .bind(after)
            .bind(BATCH)
            .fetch_all(&self.pool)
            .await?;
            let Some(last) = owed.last() else { return Ok(recorded) };
            after = last.id;
            for one in owed {
                recorded += usize::from(self.write(one).await?);
            }
        }
    }

    /// Whether it was written. A newer version's note is left for a process of that version.
    async fn write(&self, owed: Owed) -> Result<bool, RecorderError> {
        let Owed { id, what, key_name, subject_id, period } = owed;
        let command = match (what.as_str(), subject_id, period) {
            ("signing_key_made", ..) => CryptoKeyCommand::RecordSigningKeyMade,
            ("signing_key_retired", ..) => CryptoKeyCommand::RecordSigningKeyRetired,
            ("data_key_destroyed", Some(subject), Some(period)) => {
                CryptoKeyCommand::RecordDataKeyDestroyed { subject_id: AccountId(subject), period }
            }
            _ => return Ok(false),
        };
        let context = Context::new(Metadata::default());
        self.executor.execute(&context, vec![Command::CryptoKey(key_name, command)]).await?;
        sqlx::query("DELETE FROM keys.owed WHERE owed_id = $1")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(true)
    }
}
