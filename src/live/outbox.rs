//! What waits to be sent to one client, up to a bound in bytes.

use crate::policy::{self, Action, Actor};
use axum::extract::ws::Utf8Bytes;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

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
    /// Whose, in which role and session.
    pub actor: Actor,
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
    pub(super) fn new(actor: Actor, floor: u64, bytes_max: usize, now_ms: i64) -> Self {
        Self {
            actor,
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
    /// with its cursor, so nothing is lost. One frame always fits, whatever its size.
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
        if queue.bytes > 0 && queue.bytes + size > self.bytes_max {
            metrics::counter!("live_too_slow").increment(1);
            queue.ending = Some(Ending::TooSlow);
        } else {
            queue.bytes += size;
            queue.items.push_back(item);
        }
        drop(queue);
        self.changed.notify_one();
    }

    /// Ends the subscription; what is waiting is still sent, as far as the client takes it. The
    /// first reason counts, unless the session is ended.
    pub fn end(&self, ending: Ending) {
        if ending == Ending::SessionRevoked {
            self.queue().ending = Some(ending);
            self.revoked.cancel();
        } else {
            self.queue().ending.get_or_insert(ending);
        }
        self.changed.notify_one();
    }

    /// Whether the client is one who talks to others, who are to know that they are there.
    pub(super) fn converses(&self) -> bool {
        policy::may_ever(self.actor.role, Action::ListRooms)
    }

    /// Waits until the session is ended.
    pub async fn revoked(&self) {
        self.revoked.cancelled().await;
    }

    /// Whether the session was ended.
    #[must_use]
    pub fn is_revoked(&self) -> bool {
        self.revoked.is_cancelled()
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

#[cfg(test)]
mod tests {
    use super::*;
    use anamnesis_domain::{AccountId, Role};
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use uuid::Uuid;

    fn outbox(floor: u64, bytes_max: usize) -> Outbox {
        let account_id = AccountId(Uuid::from_u128(1));
        let actor = Actor { account_id, role: Role::Patient, session_id: Uuid::from_u128(2) };
        Outbox::new(actor, floor, bytes_max, 0)
    }

    fn state(position: u64, text: &'static str) -> Item {
        Item::State(position, text.into())
    }

    /// What is there, or `None` when a client would have to wait.
    fn taken(outbox: &Outbox) -> Option<(Vec<Item>, Option<Ending>)> {
        match pin!(outbox.take()).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready((items, ending)) => Some((items.into(), ending)),
            Poll::Pending => None,
        }
    }

    #[test]
    fn what_waits_comes_out_in_order_and_once() {
        let outbox = outbox(0, 100);
        outbox.push(state(1, "one"));
        outbox.push(Item::Passing("two".into()));
        outbox.push(Item::Ping);
        let all = vec![state(1, "one"), Item::Passing("two".into()), Item::Ping];
        assert_eq!(taken(&outbox), Some((all, None)));
        assert_eq!(taken(&outbox), None);
    }

    #[test]
    fn a_client_that_waits_is_woken() {
        let outbox = outbox(0, 100);
        let mut waiting = pin!(outbox.take());
        let mut context = Context::from_waker(Waker::noop());
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        outbox.push(state(1, "one"));
        assert!(waiting.as_mut().poll(&mut context).is_ready());
    }

    #[test]
    fn state_that_the_client_has_already_is_not_sent_again() {
        let outbox = outbox(5, 100);
        outbox.push(state(4, "four"));
        outbox.push(state(5, "five"));
        outbox.push(state(6, "six"));
        assert_eq!(taken(&outbox), Some((vec![state(6, "six")], None)));
    }

    #[test]
    fn more_than_the_bound_ends_it_with_everything_before() {
        let outbox = outbox(0, 6);
        outbox.push(state(1, "one"));
        outbox.push(state(2, "two"));
        outbox.push(state(3, "!"));
        outbox.push(state(4, ""));
        let before = vec![state(1, "one"), state(2, "two")];
        assert_eq!(taken(&outbox), Some((before, Some(Ending::TooSlow))));
    }

    #[test]
    fn what_was_taken_makes_room_and_one_frame_always_fits() {
        let outbox = outbox(0, 4);
        for position in 1..10 {
            outbox.push(state(position, "longer than four"));
            assert_eq!(taken(&outbox).map(|(_, ending)| ending), Some(None));
        }
    }

    #[test]
    fn the_first_reason_to_end_counts_unless_the_session_is_ended() {
        let outbox = outbox(0, 100);
        outbox.end(Ending::Stopping);
        outbox.end(Ending::Silent);
        assert_eq!(taken(&outbox), Some((Vec::new(), Some(Ending::Stopping))));
        assert!(!outbox.is_revoked());
        outbox.end(Ending::SessionRevoked);
        assert_eq!(taken(&outbox), Some((Vec::new(), Some(Ending::SessionRevoked))));
        assert!(outbox.is_revoked());
    }
}
