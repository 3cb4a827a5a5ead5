//! Tells consultations that the day of their review has come.
//!
//! The only reactor that the time moves instead of the log: once a minute, and at the start, it
//! asks the read model what is due. Days begin at midnight UTC.

use crate::clock::Clock;
use crate::commands::{Command, Context, ExecuteError, Executor};
use anamnesis_domain::consultation::ConsultationCommand;
use anamnesis_projections::consultations::{DueReview, reviews_due};
use anamnesis_projections::log::Metadata;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look.
const LOOK_EVERY: Duration = Duration::from_mins(1);
/// Reviews taken up at a time.
const BATCH: u32 = 100;

/// See the module. Every process may have one: the aggregate is reminded of a day only once.
pub struct ReviewReminder {
    executor: Arc<Executor>,
    pool: PgPool,
    clock: Clock,
}

/// Not everything that is due was told. It is tried again.
#[derive(Debug, thiserror::Error)]
pub enum ReminderError {
    /// What is due could not be read.
    #[error("what is due can not be read")]
    ReadModel(#[from] sqlx::Error),
    /// It could not be told.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
}

impl ReviewReminder {
    /// Reminds through this executor, of what the read model in this database says.
    #[must_use]
    pub fn new(executor: Arc<Executor>, pool: PgPool, clock: Clock) -> Self {
        Self { executor, pool, clock }
    }

    /// Looks once a minute, until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                reminded = self.remind() => if let Err(error) = reminded {
                    tracing::warn!(%error, "reviews wait");
                },
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Tells each consultation whose review is due; to how many that was news. What the read
    /// model does not show as told yet may be told again, which writes nothing.
    pub async fn remind(&self) -> Result<usize, ReminderError> {
        let today = self.clock.now().date_naive();
        let (mut news, mut after) = (0, None);
        loop {
            let due = reviews_due(&self.pool, today, after, BATCH).await?;
            for review in &due {
                news += usize::from(self.tell(*review).await?);
            }
            match due.last() {
                Some(last) if due.len() == BATCH as usize => after = Some(*last),
                _ => return Ok(news),
            }
        }
    }

    async fn tell(&self, review: DueReview) -> Result<bool, ExecuteError> {
        let context = Context::new(Metadata::default());
        let remind = ConsultationCommand::RemindOfReview { on: review.on };
        let command = Command::Consultation(review.consultation_id, remind);
        Ok(!self.executor.execute(&context, vec![command]).await?.events.is_empty())
    }
}
