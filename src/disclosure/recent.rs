//! What was written down a short while ago, and need not be again.

use super::Look;
use anamnesis_domain::session::{Attempt, ReadPart, RecordKind};
use anamnesis_domain::{AccountId, GrantId, SessionId};
use moka::sync::Cache;
use std::time::Duration;

/// How long one record of a look stands for looking again.
const STANDS_FOR: Duration = Duration::from_mins(10);
/// Looks and attempts remembered, each about a hundred bytes. One that is forgotten is written
/// down once more.
const REMEMBERED_MAX: u64 = 200_000;
/// Attempts of one session that are written down within the time.
const ATTEMPTS_MAX: u32 = 100;

type ReadKey = (SessionId, AccountId, RecordKind, ReadPart, Option<GrantId>);

/// What this process has written down of its sessions.
pub(super) struct Recent {
    reads: Cache<ReadKey, ()>,
    attempts: Cache<(SessionId, Attempt), ()>,
    attempts_of: Cache<SessionId, u32>,
    /// The position after which a session follows; none when only from now on.
    followed: Cache<SessionId, Option<u64>>,
}

impl Recent {
    pub(super) fn new() -> Self {
        Self {
            reads: Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(STANDS_FOR).build(),
            attempts: Cache::builder()
                .max_capacity(REMEMBERED_MAX)
                .time_to_live(STANDS_FOR)
                .build(),
            attempts_of: Cache::builder()
                .max_capacity(REMEMBERED_MAX)
                .time_to_live(STANDS_FOR)
                .build(),
            followed: Cache::builder()
                .max_capacity(REMEMBERED_MAX)
                .time_to_live(STANDS_FOR)
                .build(),
        }
    }

    pub(super) fn has_read(&self, session: SessionId, look: &Look) -> bool {
        self.reads.contains_key(&key(session, look))
    }

    pub(super) fn note_read(&self, session: SessionId, look: &Look) {
        self.reads.insert(key(session, look), ());
    }

    /// Whether it is written down that the session follows from there, or from further back. To
    /// follow from now on is within whatever was written.
    pub(super) fn has_followed(&self, session: SessionId, after: Option<u64>) -> bool {
        let Some(written) = self.followed.get(&session) else { return false };
        after.is_none_or(|after| written.is_some_and(|written| written <= after))
    }

    pub(super) fn note_following(&self, session: SessionId, after: Option<u64>) {
        self.followed.insert(session, after);
    }

    /// What is to be written down of an attempt, if anything: itself, or that it is one too many.
    pub(super) fn attempt_owed(&self, session: SessionId, attempt: Attempt) -> Option<Attempt> {
        let count = self.attempts_of.get(&session).unwrap_or(0);
        let key = (session, attempt);
        if count > ATTEMPTS_MAX || self.attempts.contains_key(&key) {
            return None;
        }
        Some(if count < ATTEMPTS_MAX { key.1 } else { Attempt::further() })
    }

    pub(super) fn note_attempt(&self, session: SessionId, attempt: Attempt) {
        let count = self.attempts_of.get(&session).unwrap_or(0);
        self.attempts_of.insert(session, count + 1);
        self.attempts.insert((session, attempt), ());
    }
}

fn key(session: SessionId, look: &Look) -> ReadKey {
    (session, look.patient_id, look.kind, look.part, look.grant_id)
}
