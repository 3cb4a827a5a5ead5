//! The one task of a process that writes to the log.
//!
//! It takes whatever is waiting (no timer: what queued up while the last batch was on its way
//! to disk is the next batch) and writes it with one statement. That statement is optimistic:
//! it trusts what this process knows of the streams. When the database refuses it, the batch
//! is decided again with the head locked, where nothing can change any more, so that a stale
//! version or a repeated id costs the append that has it, and no other.

use super::super::AppendError;
use super::super::admission::{Admission, Version};
use super::super::batch::{Waiting, recorded, rows};
use super::announcing::Announcing;
use super::asserted::Asserted;
use super::deciding::{STATEMENT_MAX, admit, locked_facts, refuse, refuse_all};
use super::fate::{Fate, first_of, insert};
use super::tail::Tail;
use super::versions::Versions;
use super::{LogSettings, write};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use sqlx::{Connection, Executor, PgConnection, PgPool};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How long the fate of a batch is inquired before its callers are told that it is unknown.
const INQUIRY_MAX: Duration = Duration::from_secs(10);
/// Smaller batches are not split: committing twice would cost more than what runs meanwhile.
const SHARE_MIN: usize = 32;
const INQUIRY_PAUSE: Duration = Duration::from_millis(100);
/// Where a stream that does not exist ends.
const NONE: Option<Version> = Some(Version { sequence: 0, event_id: None });

pub(super) struct Appender {
    pool: PgPool,
    tail: Arc<Tail>,
    settings: LogSettings,
    conn: Option<PgConnection>,
    versions: Versions,
    asserted: Asserted,
    announcing: Announcing,
    last_recorded_at: DateTime<Utc>,
}

impl Appender {
    pub(super) fn new(pool: PgPool, tail: Arc<Tail>, settings: LogSettings) -> Self {
        Self {
            announcing: Announcing::new(tail.writer()),
            pool,
            tail,
            settings,
            conn: None,
            versions: Versions::default(),
            asserted: Asserted::default(),
            last_recorded_at: DateTime::UNIX_EPOCH,
        }
    }

    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Waiting>, stop: CancellationToken) {
        let mut last = 0;
        loop {
            let first = tokio::select! {
                biased;
                waiting = queue.recv() => waiting,
                () = self.announcing.overdue() => {
                    self.announce().await;
                    continue;
                }
                () = stop.cancelled() => {
                    // What is in the queue was accepted, so it is still written.
                    queue.close();
                    queue.recv().await
                }
            };
            let Some(first) = first else { return self.announce().await };
            // Callers whose answer has just been sent get their turn to queue up the next, unless
            // enough others are waiting to keep the database busy.
            if queue.len() < last / 2 {
                tokio::task::yield_now().await;
            }
            let share = share(queue.len() + 1, last);
            let mut count = first.append.events().count();
            let mut batch = vec![first];
            let mut left_over = None;
            while batch.len() < share
                && let Ok(next) = queue.try_recv()
            {
                // One without events counts too: the batch is bounded whatever it is made of.
                count += next.append.events().count().max(1);
                if count > self.settings.batch_events_max {
                    left_over = Some(next);
                    break;
                }
                batch.push(next);
            }
            last = batch.len();
            self.write(batch).await;
            if let Some(one) = left_over {
                self.write(vec![one]).await;
            }
        }
    }

    /// Writes a batch and answers everyone in it.
    async fn write(&mut self, batch: Vec<Waiting>) {
        metrics::histogram!("log_batch_appends").record(count_f64(batch.len()));
        // What is known of another stream must hold until the commit.
        let (admitted, fate) = if batch.iter().any(|one| one.append.is_conditional()) {
            match self.asserted.at().filter(|at| *at == *self.tail.head().borrow()) {
                Some(at) => self.write_unlocked(batch, Some(at)).await,
                None => self.write_locked(batch).await,
            }
        } else {
            self.write_unlocked(batch, None).await
        };
        match fate {
            Fate::Written { base, hashes } => self.answer(admitted, base, hashes).await,
            // Without a first row nothing had been sent yet.
            Fate::Refused | Fate::Lost { first: None } => {
                refuse_all(admitted, &AppendError::Unavailable);
            }
            Fate::Lost { first: Some(_) } => refuse_all(admitted, &AppendError::OutcomeUnknown),
        }
    }

    /// Optimistically, and with the head locked where that does not work out. With `head`, only
    /// if the log still ends there.
    async fn write_unlocked(
        &mut self,
        batch: Vec<Waiting>,
        head: Option<u64>,
    ) -> (Vec<Waiting>, Fate) {
        let (admitted, fate) = self.write_optimistically(batch, head).await;
        match fate {
            Fate::Written { .. } => (admitted, fate),
            Fate::Refused => self.write_locked(admitted).await,
            Fate::Lost { first } => match self.inquire(first).await {
                Some(Some(base)) => {
                    let hashes = self.hashes(&admitted);
                    (admitted, Fate::Written { base, hashes })
                }
                Some(None) => self.write_locked(admitted).await,
                None => (admitted, Fate::Lost { first }),
            },
        }
    }

    fn hashes(&self, admitted: &[Waiting]) -> Vec<[u8; 32]> {
        rows(admitted, self.last_recorded_at).into_iter().map(|row| row.leaf_hash).collect()
    }

    async fn answer(&mut self, admitted: Vec<Waiting>, base: u64, hashes: Vec<[u8; 32]>) {
        metrics::counter!("log_events_appended").increment(hashes.len() as u64);
        if !hashes.is_empty() {
            self.announcing.wrote(base + hashes.len() as u64, Instant::now());
        }
        let (all, answers) = recorded(admitted, hashes, base, self.last_recorded_at);
        if !self.extend_tail(&all).await {
            tracing::warn!("the tail of the log lags behind an append");
        }
        for (answer, own) in answers {
            // A caller who has gone away is nobody's error.
            let _ = answer.send(Ok(own));
        }
    }

    /// Tells the others what no commit has told them. If that fails, they find it when they ask.
    async fn announce(&mut self) {
        let Some(announcement) = self.announcing.take_owed(Instant::now()) else { return };
        let told = timeout(STATEMENT_MAX, async {
            let mut conn = self.connection().await?;
            write::announce(&mut conn, &announcement).await?;
            self.conn = Some(conn);
            Ok::<_, sqlx::Error>(())
        });
        if !matches!(told.await, Ok(Ok(()))) {
            tracing::debug!("the end of the log could not be announced");
        }
    }

    async fn extend_tail(&self, events: &[Arc<RecordedEvent>]) -> bool {
        self.tail.extend(events) || self.tail.catch_up().await.is_ok()
    }

    /// One statement, trusting the versions that this process remembers. Returns the appends
    /// that are still to be decided (the others have had their refusal).
    async fn write_optimistically(
        &mut self,
        batch: Vec<Waiting>,
        head: Option<u64>,
    ) -> (Vec<Waiting>, Fate) {
        let Ok(mut conn) = self.connection().await else {
            return (batch, Fate::Lost { first: None });
        };
        let Ok(versions) = self.versions_for(&mut conn, &batch).await else {
            return (batch, Fate::Lost { first: None });
        };
        let (admitted, refused, versions) = admit(batch, Admission::new(versions, HashSet::new()));
        if refuse(&mut conn, refused).await.is_err() {
            return (admitted, Fate::Lost { first: None });
        }
        let recorded_at = self.clock();
        let signature = self.announcing.with_commit(Instant::now());
        let fate = insert(&mut conn, &admitted, recorded_at, head, signature).await;
        if !matches!(fate, Fate::Lost { .. }) {
            self.conn = Some(conn);
        }
        self.learn(&fate, &admitted, versions, head.is_some());
        (admitted, fate)
    }

    /// The same with the head locked: versions and ids are read where nobody can change them.
    /// A lost connection is inquired about, a bounded number of times.
    async fn write_locked(&mut self, mut batch: Vec<Waiting>) -> (Vec<Waiting>, Fate) {
        for _ in 0..3 {
            let (admitted, fate) = self.try_locked(batch).await;
            batch = admitted;
            match fate {
                Fate::Lost { first } => match self.inquire(first).await {
                    Some(Some(base)) => {
                        let hashes = self.hashes(&batch);
                        return (batch, Fate::Written { base, hashes });
                    }
                    Some(None) => {}
                    None => return (batch, Fate::Lost { first }),
                },
                decided => return (batch, decided),
            }
        }
        // Each time it was found out that nothing was written.
        (batch, Fate::Refused)
    }

    async fn try_locked(&mut self, batch: Vec<Waiting>) -> (Vec<Waiting>, Fate) {
        let Ok(mut conn) = self.connection().await else {
            return (batch, Fate::Lost { first: None });
        };
        let Ok(Ok(mut transaction)) = timeout(STATEMENT_MAX, conn.begin()).await else {
            return (batch, Fate::Lost { first: None });
        };
        let facts = timeout(STATEMENT_MAX, locked_facts(&mut transaction, &batch)).await;
        let Ok(Ok((head_time, versions, seen))) = facts else {
            return (batch, Fate::Lost { first: None });
        };
        self.last_recorded_at = self.last_recorded_at.max(head_time);
        let (admitted, refused, versions) = admit(batch, Admission::new(versions, seen));
        for (one, why) in refused {
            one.refuse(why);
        }
        let recorded_at = self.clock();
        let first = first_of(&admitted, recorded_at);
        let signature = self.announcing.with_commit(Instant::now());
        let fate = insert(&mut transaction, &admitted, recorded_at, None, signature).await;
        let committed = timeout(STATEMENT_MAX, transaction.commit()).await;
        if !matches!(committed, Ok(Ok(()))) {
            self.asserted.forget();
            return (admitted, Fate::Lost { first });
        }
        self.conn = Some(conn);
        self.learn(&fate, &admitted, versions, true);
        (admitted, fate)
    }

    /// Remembers where the streams stand after a batch; nothing, if what was known of them proved
    /// wrong. `held`: nothing could change between reading them and the commit.
    fn learn(
        &mut self,
        fate: &Fate,
        admitted: &[Waiting],
        versions: HashMap<StreamId, Version>,
        held: bool,
    ) {
        match fate {
            // Nothing was to be written, so the base says nothing.
            Fate::Written { hashes, .. } if hashes.is_empty() => self.versions.remember(versions),
            Fate::Written { base, hashes } => {
                self.asserted.wrote((*base, hashes.len()), admitted, &versions, held);
                self.versions.remember(versions);
            }
            Fate::Refused | Fate::Lost { .. } => {
                self.asserted.forget();
                self.versions.forget();
            }
        }
    }

    /// Whether the batch with this first event was written, and after which position. Takes the
    /// head's lock, so that a commit that was on its way has ended, and moves the head's time on,
    /// so that a statement that was not even begun writes nothing any more: the answer is final.
    /// `None`: can't be found out.
    async fn inquire(&mut self, first: Option<(Uuid, [u8; 32])>) -> Option<Option<u64>> {
        let after = self.last_recorded_at + TimeDelta::microseconds(1);
        let deadline = Instant::now() + INQUIRY_MAX;
        while Instant::now() < deadline {
            let asked = timeout(STATEMENT_MAX, async {
                let mut conn = self.connection().await?;
                let mut transaction = conn.begin().await?;
                write::fence_head(&mut transaction, after).await?;
                let base = match first {
                    Some((event_id, hash)) => {
                        write::base_of(&mut transaction, event_id, &hash).await?
                    }
                    None => None,
                };
                transaction.commit().await?;
                self.conn = Some(conn);
                Ok::<_, sqlx::Error>(base)
            });
            if let Ok(Ok(base)) = asked.await {
                if base.is_none() {
                    self.last_recorded_at = after;
                }
                return Some(base);
            }
            tokio::time::sleep(INQUIRY_PAUSE).await;
        }
        metrics::counter!("log_outcome_unknown").increment(1);
        tracing::error!("the log can not be reached: the fate of a batch is unknown");
        None
    }

    /// The connection that was kept, or a new one. It is kept again only after an answer, so a
    /// broken one is never used twice.
    async fn connection(&mut self) -> Result<PgConnection, sqlx::Error> {
        if let Some(conn) = self.conn.take() {
            return Ok(conn);
        }
        let mut conn = self.pool.acquire().await?.detach();
        // PostgreSQL gives up first, so that what is given up here does not go on waiting
        // there, and its fate is known.
        let set = conn.execute("SET statement_timeout = '9s'");
        timeout(STATEMENT_MAX, set).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
        Ok(conn)
    }

    /// The versions of the batch's streams: from memory where that agrees with the appends,
    /// otherwise from the table.
    async fn versions_for(
        &self,
        conn: &mut PgConnection,
        batch: &[Waiting],
    ) -> Result<HashMap<StreamId, Version>, sqlx::Error> {
        let mut known = HashMap::with_capacity(batch.len());
        let mut unsure: Vec<&StreamId> = Vec::new();
        for one in batch {
            let writes = one.append.events().next().is_some();
            for part in &one.append.streams {
                if known.contains_key(&part.stream) || unsure.contains(&&part.stream) {
                    continue;
                }
                let remembered = match part.events.is_empty() {
                    // The table refuses a second first event by itself.
                    false if part.expected == 0 => self.versions.get(&part.stream).or(NONE),
                    false => self.versions.get(&part.stream),
                    // Of what is written elsewhere on this condition: true if the head is.
                    true if writes => self.asserted.get(&part.stream),
                    // A mere assertion deserves the truth, which another process may have changed.
                    true => None,
                };
                match remembered {
                    Some(version) if version.sequence == part.expected => {
                        known.insert(part.stream.clone(), version);
                    }
                    _ => unsure.push(&part.stream),
                }
            }
        }
        if !unsure.is_empty() {
            let asked = timeout(STATEMENT_MAX, write::versions(conn, &unsure)).await;
            known.extend(asked.unwrap_or(Err(sqlx::Error::PoolTimedOut))?);
        }
        Ok(known)
    }

    /// Now, to the microsecond that PostgreSQL keeps, and never earlier than before.
    fn clock(&mut self) -> DateTime<Utc> {
        let now = Utc::now();
        let now = now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now);
        self.last_recorded_at = self.last_recorded_at.max(now);
        self.last_recorded_at
    }
}

/// How many of the waiting appends to take. With few callers: all. With many: as many as keep
/// their halves in step, so that while the database writes one half, this process prepares
/// the other.
fn share(waiting: usize, last: usize) -> usize {
    SHARE_MIN.max((waiting + last).div_ceil(2))
}

fn count_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
