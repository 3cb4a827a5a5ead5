//! What can be asked of a session.

use super::{Attempt, EndReason, LookUp, Read};
use crate::{AccountId, Role};

/// A request to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionCommand {
    /// Begins it. Repeating it changes nothing.
    Start {
        /// Whose it is.
        account_id: AccountId,
        /// Their role.
        role: Role,
    },
    /// Ends it. Ending it again changes nothing.
    End {
        /// Why.
        reason: EndReason,
    },
    /// Writes down what is about to be shown.
    RecordReads(Vec<Read>),
    /// Writes down that the feed is about to be followed.
    FollowFeed {
        /// From where on.
        after: Option<u64>,
    },
    /// Writes down that the trail is about to be looked at.
    RecordLookUp(LookUp),
    /// Writes down what was tried and not allowed.
    RecordDenial(Attempt),
}
