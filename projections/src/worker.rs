//! One reader's task: stands by, takes the lock, works until it loses it, starts over.

use crate::backoff::Backoff;
use crate::lead::Lead;
use crate::log::EventLog;
use crate::observe;
use crate::step::{self, Step, StepError};
use sqlx::{Connection, PgConnection, PgPool};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How often a standby asks whether it may take over.
const STANDBY: Duration = Duration::from_millis(500);

/// What other tasks of this process may know of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Applied up to here, as far as is known: 0 where another process works. It goes back when
    /// a crash of the database has undone what was applied last.
    pub(crate) position: u64,
    /// What the reader's task is at.
    pub(crate) phase: Phase,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Has not asked for the lock yet: what is stored of a stop may be out of date.
    #[default]
    Starting,
    /// This process is the one that works.
    Active,
    /// Another process may be the one, or the reader has stopped.
    Passive,
}

pub(crate) struct Worker {
    pub(crate) step: Arc<dyn Step>,
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) pool: PgPool,
    pub(crate) progress: watch::Sender<Progress>,
    /// Somebody waits for what is to be done.
    pub(crate) hurry: Arc<Notify>,
    pub(crate) cancel: CancellationToken,
}

/// Why a worker's time as the active one ended.
#[derive(PartialEq, Eq)]
pub(crate) enum Ended {
    Cancelled,
    Stopped,
    Standby,
}

impl Worker {
    /// Until cancelled, or stopped at an event. One worker per name is active in all processes
    /// of the installation; the others stand by.
    pub(crate) async fn run(self) {
        let mut backoff = Backoff::new();
        loop {
            let pause = match self.tenure(&mut backoff).await {
                Ok(Ended::Cancelled | Ended::Stopped) => break,
                Ok(Ended::Standby) => STANDBY,
                Err(error) => self.complain(&error, &mut backoff),
            };
            self.set_passive();
            if self.pause(pause).await {
                break;
            }
        }
        self.set_passive();
    }

    /// From taking the lock to losing it. The lock belongs to the session that also does the
    /// work: when one is gone, so is the other.
    async fn tenure(&self, backoff: &mut Backoff) -> Result<Ended, StepError> {
        let mut conn = step::session(&self.pool, "read").await?;
        if !take_lock(&mut conn, self.step.name()).await? {
            conn.close().await?;
            return Ok(Ended::Standby);
        }
        let mut lead = Lead::take_over(self, conn).await?;
        let ended = lead.work(backoff).await?;
        lead.step_down().await?;
        Ok(ended)
    }

    /// Waits; `true` if cancelled meanwhile.
    pub(crate) async fn pause(&self, pause: Duration) -> bool {
        tokio::select! {
            () = self.cancel.cancelled() => true,
            () = sleep(pause) => false,
        }
    }

    /// From here on only the stored checkpoint tells.
    fn set_passive(&self) {
        let passive = Progress { position: 0, phase: Phase::Passive };
        self.progress.send_if_modified(|progress| std::mem::replace(progress, passive) != passive);
    }

    /// Tells of a failure that may pass; returns how long to wait.
    pub(crate) fn complain(&self, error: &StepError, backoff: &mut Backoff) -> Duration {
        let pause = backoff.pause();
        observe::retried(self.step.name());
        tracing::warn!(reader = self.step.name(), %error, ?pause, "retrying");
        pause
    }
}

async fn take_lock(conn: &mut PgConnection, name: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT pg_try_advisory_lock(hashtextextended('anamnesis:reader:' || $1, 0))",
    )
    .bind(name)
    .fetch_one(conn)
    .await
}
