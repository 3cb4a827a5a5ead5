//! What can be asked of a grant.

use super::Verdict;
use crate::{AccountId, Sealed};
use chrono::{DateTime, Utc};

/// A request to a grant. `now` is when it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields that need no words are explained above, once")]
pub enum AccessGrantCommand {
    /// Opens a patient's record to an officer. The caller has checked that there is such a
    /// patient, and that the reason says something.
    Grant {
        officer_id: AccountId,
        patient_id: AccountId,
        /// Why, in the officer's words.
        reason: Sealed,
        /// The first instant at which it is over.
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    },
    /// Ends it before its time. What is over stays over.
    End { by: AccountId, now: DateTime<Utc> },
    /// Signs it off, once it is over. To say the same again changes nothing.
    Review { by: AccountId, verdict: Verdict, note: Option<Sealed>, now: DateTime<Utc> },
}
