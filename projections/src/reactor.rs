//! Process managers: readers of the log that act instead of writing tables.

use crate::checkpoint;
use crate::log::RecordedEvent;
use crate::step::{self, Span, Step, StepError};
use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use sqlx::PgConnection;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Acts on events, in the order of the log, one after the other unless it says otherwise.
///
/// Its checkpoint moves after the handling, so a crash in between means that an event comes
/// again: handling is idempotent (a command with an id derived from the event's is).
#[async_trait]
pub trait Reactor: Send + Sync + 'static {
    /// Keys its checkpoint, so it never changes, and no projection or other reactor has it.
    fn name(&self) -> &'static str;

    /// The aggregates whose events it is given.
    fn aggregate_types(&self) -> &'static [&'static str];

    /// How many events it may be handling at a time. More than one for those that do not mind in
    /// which order events are handled.
    fn at_once(&self) -> usize {
        1
    }

    /// Handles one event.
    async fn react(&self, event: &RecordedEvent) -> Result<(), ReactorError>;
}

/// An event was not handled.
#[derive(Debug, thiserror::Error)]
pub enum ReactorError {
    /// It may succeed later, so it is tried again for ever. The text goes to the log: it names
    /// nobody.
    #[error("{0}")]
    Transient(String),
    /// It will not succeed: the reactor stops. The text is stored and shown to operators: a
    /// code, never content.
    #[error("{0}")]
    Refused(String),
}

impl From<ReactorError> for StepError {
    fn from(error: ReactorError) -> Self {
        match error {
            ReactorError::Transient(reason) => Self::Transient(reason),
            ReactorError::Refused(reason) => Self::Refused(reason),
        }
    }
}

pub(crate) struct ReactorStep {
    pub(crate) reactor: Arc<dyn Reactor>,
    pub(crate) cancel: CancellationToken,
}

#[async_trait]
impl Step for ReactorStep {
    fn name(&self) -> &'static str {
        self.reactor.name()
    }

    fn concerns(&self, event: &RecordedEvent) -> bool {
        step::concerns(self.reactor.aggregate_types(), event)
    }

    /// Handles as many as it can, and moves the checkpoint past those, whatever comes after:
    /// what was done is not done again. A cancelled one ends after the events in hand.
    async fn take(
        &self,
        conn: &mut PgConnection,
        batch: &[Arc<RecordedEvent>],
        span: Span,
    ) -> Result<(), StepError> {
        let mut done = span.from;
        let mut outcome = Ok(());
        let mut handling = stream::iter(batch.iter().map(Arc::clone))
            .map(|event| async move { (event.position, self.handle(&event).await) })
            .buffered(self.reactor.at_once().max(1));
        while let Some((position, handled)) = handling.next().await {
            if let Err(error) = handled {
                outcome = Err(error);
                break;
            }
            done = position;
        }
        let to = if outcome.is_ok() { span.to } else { done };
        let moved =
            to == span.from || checkpoint::advance(conn, self.name(), span.from, to).await?;
        if moved { outcome } else { Err(StepError::Fenced) }
    }
}

impl ReactorStep {
    async fn handle(&self, event: &RecordedEvent) -> Result<(), StepError> {
        if self.cancel.is_cancelled() {
            return Err(StepError::Transient("cancelled".to_owned()));
        }
        Ok(self.reactor.react(event).await?)
    }
}
