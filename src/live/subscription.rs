//! One client's view of the log: what it missed, then what happens.

use super::hub::Place;
use super::resume::Missed;
use super::{Cursor, Ending, Item, Live, LiveError};
use crate::disclosure::Following;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a cursor that another process gave out may be ahead of this one.
const AHEAD_MAX: Duration = Duration::from_secs(2);

/// How a subscription begins.
#[derive(Debug)]
pub enum Start {
    /// The client gets everything after its cursor, first of all what it missed.
    Resumed {
        /// The cursor with which it came.
        from: Cursor,
        /// What it missed, in order.
        items: Vec<Item>,
        /// Everything up to here it has after them.
        through: Cursor,
    },
    /// The client starts anew: whatever it has may be outdated. It fetches what it shows, and
    /// gets everything after this cursor.
    Reset(Cursor),
}

/// A connected client. Dropping it disconnects.
pub struct Subscription {
    live: Arc<Live>,
    place: Option<Place>,
}

impl Live {
    /// Connects a client that has everything up to the position `known`, or nothing. It is one
    /// of which stands in the log that it follows.
    pub async fn subscribe(
        self: &Arc<Self>,
        following: &Following,
        known: Option<u64>,
    ) -> Result<(Start, Subscription), LiveError> {
        let actor = following.actor();
        let now_ms = self.clock.now().timestamp_millis();
        let floor = known.unwrap_or(0);
        let place = self.hub.join(actor, floor, now_ms)?;
        let live_after = place.live_after;
        let subscription = Subscription { live: Arc::clone(self), place: Some(place) };
        if let Some(place) = &subscription.place {
            self.came(place).await;
        }
        let missed = match known {
            Some(after) => self.missed(actor, after, live_after).await?,
            None => Missed::TooMuch,
        };
        let start = match missed {
            Missed::All(deliveries) => Start::Resumed {
                from: self.cursor(floor),
                items: deliveries
                    .into_iter()
                    .map(|delivery| Item::State(delivery.position, delivery.text))
                    .collect(),
                through: self.cursor(live_after.max(floor)),
            },
            Missed::TooMuch => {
                // What the client fetches now must not be older than what it is told from here.
                self.require_shown(actor, live_after).await?;
                Start::Reset(self.cursor(live_after))
            }
        };
        Ok((start, subscription))
    }

    /// The position of a cursor that means something here. A cursor of another history, or from
    /// beyond the end of this one, does not.
    pub async fn known(&self, after: Option<Cursor>) -> Option<u64> {
        let cursor = after.filter(|cursor| cursor.epoch == self.log.epoch())?;
        let mut head = self.log.head();
        let reached = head.wait_for(|head| *head >= cursor.position);
        timeout(AHEAD_MAX, reached).await.ok()?.ok()?;
        Some(cursor.position)
    }

    /// The cursor of a position in this log.
    #[must_use]
    pub fn cursor(&self, position: u64) -> Cursor {
        Cursor { epoch: self.log.epoch(), position }
    }
}

impl Subscription {
    /// What waits to be sent, in order, and whether the end has come. Waits for something.
    /// Nothing is lost when the caller stops waiting.
    pub async fn take(&self) -> (VecDeque<Item>, Option<Ending>) {
        match &self.place {
            Some(place) => place.outbox.take().await,
            None => std::future::pending().await,
        }
    }

    /// Waits until the session is ended, whatever is being sent.
    pub async fn revoked(&self) {
        match &self.place {
            Some(place) => place.outbox.revoked().await,
            None => std::future::pending().await,
        }
    }

    /// Whether the session was ended.
    #[must_use]
    pub fn is_revoked(&self) -> bool {
        self.place.as_ref().is_some_and(|place| place.outbox.is_revoked())
    }

    /// Notes that the client is there.
    pub fn heard(&self) {
        if let Some(place) = &self.place {
            place.outbox.heard(self.live.clock.now().timestamp_millis());
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(place) = self.place.take() else { return };
        let (account_id, was_present) = (place.outbox.actor.account_id, place.outbox.converses());
        drop(place);
        if was_present && !self.live.hub.has(account_id) {
            let live = Arc::clone(&self.live);
            tokio::spawn(async move { live.went(account_id).await });
        }
    }
}
