//! What happened to an inbox.

use crate::event::versions;
use serde::{Deserialize, Serialize};

/// A fact about an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InboxEvent {
    /// Its owner has seen every notice up to and including a position in the log.
    NoticesSeen {
        /// The position.
        through: u64,
    },
}

versions!(InboxEvent { NoticesSeen => "1" });
