//! Runs the readers of the log: one task each.

use crate::checkpoint;
use crate::log::EventLog;
use crate::projection::Projection;
use crate::reactor::{Reactor, ReactorStep};
use crate::step::{ProjectionStep, Step};
use crate::wait::reached;
use crate::worker::{Phase, Progress, Worker};
use futures_util::future::join_all;
use sqlx::PgPool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A reader stopped, because an event could not be applied. It tries again when its process
/// starts anew; nothing is ever skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The event's position.
    pub position: u64,
    /// Why: a code or a type name, never content.
    pub reason: String,
}

/// How a reader is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The projection's or reactor's name.
    pub name: &'static str,
    /// Whether this process does the work.
    pub active: bool,
    /// Applied up to here.
    pub position: u64,
    /// How far that is behind the log's head as this process knows it.
    pub behind: u64,
    /// Where it stopped, if it did.
    pub stopped: Option<Stopped>,
}

struct Member {
    name: &'static str,
    is_awaited: bool,
    hurry: Arc<Notify>,
    progress: watch::Receiver<Progress>,
    task: Option<JoinHandle<()>>,
}

/// The readers of this process. Each holds one connection of its own beside the pool's.
///
/// Any number of processes may run the same readers: one worker of each is active, the others
/// take over within a second of its end. Should two ever work at once, the checkpoint fences
/// the slower one off.
pub struct Runner {
    pool: PgPool,
    log: Arc<dyn EventLog>,
    cancel: CancellationToken,
    members: Mutex<Vec<Member>>,
}

impl Runner {
    /// Starts the projections. Must be called within a tokio runtime. The pool's connections
    /// work as the role that owns the schema `read`.
    pub fn start(
        pool: PgPool,
        log: Arc<dyn EventLog>,
        projections: impl IntoIterator<Item = Arc<dyn Projection>>,
        cancel: CancellationToken,
    ) -> Self {
        let runner = Self { pool, log, cancel, members: Mutex::default() };
        for projection in projections {
            let is_awaited = projection.is_awaited();
            runner.spawn(Arc::new(ProjectionStep(projection)), is_awaited);
        }
        runner
    }

    /// Starts a reactor, which goes on after its checkpoint: at first, from the log's
    /// beginning.
    pub fn run_reactor(&self, reactor: Arc<dyn Reactor>) {
        let cancel = self.cancel.clone();
        self.spawn(Arc::new(ReactorStep { reactor, cancel }), false);
    }

    fn spawn(&self, step: Arc<dyn Step>, is_awaited: bool) {
        let (sender, progress) = watch::channel(Progress::default());
        let (name, hurry) = (step.name(), Arc::new(Notify::new()));
        let worker = Worker {
            step,
            log: Arc::clone(&self.log),
            pool: self.pool.clone(),
            progress: sender,
            hurry: Arc::clone(&hurry),
            cancel: self.cancel.clone(),
        };
        let task = Some(tokio::spawn(worker.run()));
        let member = Member { name, is_awaited, hurry, progress, task };
        self.with_members(|members| members.push(member));
    }

    /// Waits until every projection that is awaited (not the reactors) has applied `position`:
    /// whoever reads then sees it. `false` when that did not happen in time, or one has stopped before it.
    pub async fn wait_until(&self, position: u64, timeout: Duration) -> bool {
        self.wait(|member| member.is_awaited, position, timeout).await
    }

    /// The same for the named readers only. A name that is not run here is not waited for.
    pub async fn wait_until_named(&self, names: &[&str], position: u64, timeout: Duration) -> bool {
        self.wait(|member| names.contains(&member.name), position, timeout).await
    }

    async fn wait(
        &self,
        wanted: impl Fn(&Member) -> bool,
        position: u64,
        timeout: Duration,
    ) -> bool {
        let waits: Vec<_> = self.with_members(|members| {
            let wanted = members.iter().filter(|member| wanted(member));
            wanted
                .inspect(|member| member.hurry.notify_one())
                .map(|member| reached(&self.pool, member.name, member.progress.clone(), position))
                .collect()
        });
        let all = tokio::time::timeout(timeout, join_all(waits)).await;
        all.is_ok_and(|answers| answers.into_iter().all(|reached| reached))
    }

    /// How every reader is doing. Cost: one indexed row per reader.
    pub async fn health(&self) -> Result<Vec<Health>, sqlx::Error> {
        let head = *self.log.head().borrow();
        let known: Vec<_> = self.with_members(|members| {
            members.iter().map(|member| (member.name, *member.progress.borrow())).collect()
        });
        let mut all = Vec::with_capacity(known.len());
        for (name, progress) in known {
            let stored = checkpoint::load(&self.pool, name).await?;
            let stored_position = stored.as_ref().map_or(0, |stored| stored.position);
            let position = stored_position.max(progress.position);
            all.push(Health {
                name,
                active: progress.phase == Phase::Active,
                position,
                behind: head.saturating_sub(position),
                stopped: stored.and_then(|stored| stored.stopped),
            });
        }
        Ok(all)
    }

    /// Waits for the end of every reader after the token was cancelled: each finishes the
    /// batch in hand.
    pub async fn join(&self) {
        let tasks: Vec<_> = self.with_members(|members| {
            members.iter_mut().filter_map(|member| member.task.take()).collect()
        });
        for ended in join_all(tasks).await {
            if let Err(error) = ended {
                tracing::error!(panicked = error.is_panic(), "a reader ended abnormally");
            }
        }
    }

    fn with_members<T>(&self, f: impl FnOnce(&mut Vec<Member>) -> T) -> T {
        // The list is only ever pushed to, so a panic elsewhere can not have left it broken.
        f(&mut self.members.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
