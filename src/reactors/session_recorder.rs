//! Writes into the log that sessions were ended.
//!
//! Sessions are ended in many ways: by their person, by a token that came twice, by a decision
//! about the account, by an operator's SQL. All of them mark the session's row, which is
//! announced; here each of these rows becomes one event, whatever crashes in between.

use crate::auth::{EndReason, Revocations, Sessions, UnrecordedEnd};
use crate::commands::{Command, Context, ExecuteError, Executor, Refusal};
use anamnesis_domain::session::{SessionCommand, SessionError};
use anamnesis_projections::log::Metadata;
use futures_util::{StreamExt, stream};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How often to look without news: an announcement may be lost. After a failure, news or not.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Ends taken up at a time.
const BATCH: u32 = 100;
/// Ends that are being written at a time. One by one, each would wait for a commit of its own.
const AT_ONCE: usize = 16;

/// See the module. Every process may have one: a session's stream ends only once.
pub struct SessionRecorder {
    executor: Arc<Executor>,
    sessions: Sessions,
    revocations: Revocations,
}

/// Not everything was written. It is tried again.
#[derive(Debug, thiserror::Error)]
pub enum RecorderError {
    /// What is owed could not be read or marked.
    #[error("what is owed can not be read or marked")]
    Owed(#[from] sqlx::Error),
    /// It could not be written.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
}

impl SessionRecorder {
    /// Writes through this executor, as soon as `revocations` have news.
    #[must_use]
    pub fn new(executor: Arc<Executor>, sessions: Sessions, revocations: Revocations) -> Self {
        Self { executor, sessions, revocations }
    }

    /// Records until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        stop.run_until_cancelled(self.keep_recording()).await;
    }

    async fn keep_recording(&self) {
        loop {
            // Before the look, so that no end falls between the two.
            let mut news = self.revocations.subscribe();
            if let Err(error) = self.record().await {
                tracing::warn!(%error, "ends of sessions wait to be recorded");
                sleep(LOOK_EVERY).await;
                continue;
            }
            tokio::select! {
                _ = news.recv() => {}
                () = sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Writes every end that is owed at present; how many it has dealt with.
    pub async fn record(&self) -> Result<usize, RecorderError> {
        let (mut recorded, mut after) = (0, None);
        loop {
            let ends = self.sessions.unrecorded_ends(after.as_ref(), BATCH).await?;
            recorded += self.record_batch(&ends).await?;
            match ends.last() {
                Some(last) if ends.len() == BATCH as usize => after = Some(last.clone()),
                _ => return Ok(recorded),
            }
        }
    }

    async fn record_batch(&self, ends: &[UnrecordedEnd]) -> Result<usize, RecorderError> {
        let (mut done, mut failed) = (Vec::new(), None);
        let mut writing = stream::iter(ends.to_vec())
            .map(|end| async move { (end.session_id, self.write(&end).await) })
            .buffer_unordered(AT_ONCE);
        while let Some((session, written)) = writing.next().await {
            match written {
                Ok(true) => done.push(session),
                Ok(false) => {}
                Err(error) => failed = Some(error),
            }
        }
        // Also what was done beside a failure. What is not marked is done again, which writes
        // nothing.
        if !done.is_empty() {
            self.sessions.mark_recorded(&done).await?;
        }
        failed.map_or(Ok(done.len()), |error| Err(error.into()))
    }

    /// Whether nothing is owed any more.
    async fn write(&self, end: &UnrecordedEnd) -> Result<bool, ExecuteError> {
        // A newer version's reason is left for a process of that version.
        let Some(reason) = EndReason::from_code(&end.reason) else { return Ok(false) };
        let command = Command::Session(end.session_id, SessionCommand::End { reason });
        let context = Context::new(on_behalf(end, reason));
        match self.executor.execute(&context, vec![command]).await {
            // The log does not know one that an older version started.
            Ok(_) | Err(ExecuteError::Refused(Refusal::Session(SessionError::NotFound))) => {
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }
}

/// Who signs out does so, however late it is written down; every other end is the server's doing.
fn on_behalf(end: &UnrecordedEnd, reason: EndReason) -> Metadata {
    if reason != EndReason::SignedOut {
        return Metadata::default();
    }
    let session_id = Some(end.session_id.0);
    Metadata { actor_id: Some(end.account_id), session_id, ..Metadata::default() }
}
