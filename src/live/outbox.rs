//! What waits to be sent to one client, up to a bound in bytes.

use axum::extract::ws::Utf8Bytes;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use anamnesis_domain::AccountId;

/// Why the server ends a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The session was ended or is no longer valid.
    SessionRevoked,
    /// The client reads slower than its conversations write.
    TooSlow,
    /// Nothing was heard of the client for too long.
    Silent,
    /// The server is stopping; another one, or the next start, goes on.
    Stopping,
}

impl Ending {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SessionRevoked => "session_revoked",
            Self::TooSlow => "too_slow",
            Self::Silent => "silent",
            Self::Stopping => "server_stopping",
        }
    }
}

/// Something to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A frame that carries state, and the position it stands for.
    State(u64, Utf8Bytes),
    /// A frame that is forgotten when it is lost: typing, presence, an answer.
    Passing(Utf8Bytes),
    /// Ask the client whether it is there.
    Ping,
}

#[derive(Debug, Default)]
struct Queue {
    items: VecDeque<Item>,
    bytes: usize,
    ending: Option<Ending>,
}

/// The queue of one client. Frames are shared, so a bound in bytes counts what is waiting, not
/// what is allocated.
#[derive(Debug)]
pub struct Outbox {
    /// Whose.
    pub account_id: AccountId,
    /// In which session.
    pub session_id: Uuid,
    /// State up to here is known to the client already.
    floor: u64,
    bytes_max: usize,
    queue: Mutex<Queue>,
    changed: Notify,
    /// When the client was last heard of, in milliseconds since the Unix epoch.
    heard_at_ms: AtomicI64,
    /// Cancelled when the session is ended: whatever is being sent is broken off.
    revoked: CancellationToken,
}

impl Outbox {
    pub(super) fn new(
        account_id: AccountId,
        session_id: Uuid,
        floor: u64,
        bytes_max: usize,
        now_ms: i64,
    ) -> Self {
        Self {
            account_id,
            session_id,
            floor,
            bytes_max,
            queue: Mutex::default(),
            changed: Notify::new(),
            heard_at_ms: AtomicI64::new(now_ms),
            revoked: CancellationToken::new(),
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds something to send. What no longer fits ends the subscription: the client comes back
    /// with its cursor, so nothing is lost.
    pub fn push(&self, item: Item) {
        let size = match &item {
            Item::State(position, _) if *position <= self.floor => return,
            Item::State(_, text) | Item::Passing(text) => text.len(),
            Item::Ping => 0,
        };
        let mut queue = self.queue();
        if queue.ending.is_some() {
            return;
        }
        if queue.bytes + size > self.bytes_max {
            metrics::counter!("live_too_slow").increment(1);
            queue.ending = Some(Ending::TooSlow);
        } else {
            queue.bytes += size;
            queue.items.push_back(item);
        }
        drop(queue);
        self.changed.notify_one();
    }

    /// Ends the subscription; what is waiting is still sent, as far as the client takes it.
    pub fn end(&self, ending: Ending) {
        self.queue().ending.get_or_insert(ending);
        if ending == Ending::SessionRevoked {
            self.revoked.cancel();
        }
        self.changed.notify_one();
    }

    /// Waits until the session is ended.
    pub async fn revoked(&self) {
        self.revoked.cancelled().await;
    }

    /// Everything that is waiting, in order, and whether the end has come. Waits until there is
    /// something. Nothing is lost when the caller stops waiting.
    pub async fn take(&self) -> (VecDeque<Item>, Option<Ending>) {
        loop {
            {
                let mut queue = self.queue();
                if !queue.items.is_empty() || queue.ending.is_some() {
                    queue.bytes = 0;
                    return (std::mem::take(&mut queue.items), queue.ending);
                }
            }
            self.changed.notified().await;
        }
    }

    /// Notes that the client is there.
    pub fn heard(&self, now_ms: i64) {
        self.heard_at_ms.store(now_ms, Ordering::Relaxed);
    }

    pub(super) fn heard_at_ms(&self) -> i64 {
        self.heard_at_ms.load(Ordering::Relaxed)
    }
}
