//! What can be asked of an inbox.

/// A request to an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InboxCommand {
    /// Says that every notice up to and including a position in the log was seen. One that
    /// was passed before changes nothing.
    SeeNotices {
        /// The position; the caller has checked that the log has come so far.
        through: u64,
    },
}
