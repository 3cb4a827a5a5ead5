//! Telling other processes how far the log has come.
//!
//! An announcement wakes every connection that listens for anything in this database, and its
//! client with it. With small batches that is a good part of what a batch costs, so under load
//! not each is announced with its commit: the others hear of it with the next, or a moment later.

use std::future::pending;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

/// The least time between announcements with a commit.
const EVERY: Duration = Duration::from_millis(10);
/// What no commit has announced by then is announced alone. Twice [`EVERY`]: under load
/// there is always a commit in between.
const LATEST: Duration = Duration::from_millis(20);

/// A position as it is announced: by whom stands after it.
pub(super) fn signature(writer: Uuid) -> String {
    format!(" {writer}")
}

/// The position that was announced, unless it was by `writer`. Who only says that there is
/// something new is believed.
pub(super) fn told_by_others(announcement: &str, writer: Uuid) -> Option<u64> {
    let (position, by) = announcement.split_once(' ').unwrap_or((announcement, ""));
    let own = by.parse() == Ok(writer);
    (!own).then(|| position.parse().unwrap_or(u64::MAX))
}

/// What the appender has told the others, and what it owes them.
#[derive(Debug)]
pub(super) struct Announcing {
    signature: String,
    told_at: Option<Instant>,
    /// Whether the batch that is on its way is announced with its commit.
    with_commit: bool,
    owed: Option<u64>,
}

impl Announcing {
    pub(super) fn new(writer: Uuid) -> Self {
        Self { signature: signature(writer), told_at: None, with_commit: false, owed: None }
    }

    /// The signature, if the batch that is to be written now is announced with its commit.
    pub(super) fn with_commit(&mut self, now: Instant) -> Option<&str> {
        self.with_commit = self.told_at.is_none_or(|at| now.duration_since(at) >= EVERY);
        self.with_commit.then_some(&*self.signature)
    }

    /// The batch was written, up to this position.
    pub(super) fn wrote(&mut self, position: u64, now: Instant) {
        if self.with_commit {
            self.told_at = Some(now);
            self.owed = None;
        } else {
            self.owed = Some(position);
        }
    }

    /// Returns once something has to be announced alone.
    pub(super) async fn overdue(&self) {
        match self.told_at.filter(|_| self.owed.is_some()) {
            Some(told_at) => sleep_until(told_at + LATEST).await,
            None => pending().await,
        }
    }

    /// What is owed, signed; it is not owed any more.
    pub(super) fn take_owed(&mut self, now: Instant) -> Option<String> {
        let position = self.owed.take()?;
        self.told_at = Some(now);
        Some(format!("{position}{}", self.signature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_announcement_is_no_news_and_any_other_is() {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(told_by_others(&format!("7{}", signature(own)), own), None);
        assert_eq!(told_by_others(&format!("7{}", signature(other)), own), Some(7));
        assert_eq!(told_by_others("7", own), Some(7));
        assert_eq!(told_by_others("", own), Some(u64::MAX));
    }

    #[tokio::test]
    async fn the_first_commit_tells_and_what_the_next_does_not_tell_is_owed() {
        let (mut announcing, now) = (Announcing::new(Uuid::from_u128(1)), Instant::now());
        assert!(announcing.with_commit(now).is_some());
        announcing.wrote(1, now);
        assert_eq!(announcing.take_owed(now), None);

        assert!(announcing.with_commit(now).is_none());
        announcing.wrote(2, now);
        announcing.overdue().await;
        assert!(now.elapsed() >= LATEST);
        assert_eq!(announcing.take_owed(now), Some(format!("2{}", signature(Uuid::from_u128(1)))));
        assert_eq!(announcing.take_owed(now), None);
    }

    #[test]
    fn a_later_commit_pays_what_is_owed() {
        let (mut announcing, now) = (Announcing::new(Uuid::from_u128(1)), Instant::now());
        announcing.with_commit(now);
        announcing.wrote(1, now);
        announcing.with_commit(now);
        announcing.wrote(2, now);
        assert!(announcing.with_commit(now + EVERY).is_some());
        announcing.wrote(3, now + EVERY);
        assert_eq!(announcing.take_owed(now + EVERY), None);
    }
}
