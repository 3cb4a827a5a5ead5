//! What can be asked of an officer's desk.

use super::Filters;
use crate::{GrantId, Sealed};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A request to an officer's desk. The caller has checked that it is the officer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum AuditDeskCommand {
    /// Counts a grant that is given at `now`, in the same append.
    TakeGrant { grant_id: GrantId, expires_at: DateTime<Utc>, now: DateTime<Utc> },
    /// Counts it no longer. One that is not counted, or over by itself, changes nothing.
    ReturnGrant { grant_id: GrantId, now: DateTime<Utc> },
    /// Signs a review. The positions were reached by the log.
    ReviewTrail { review_id: Uuid, filters: Filters, from: u64, to: u64, note: Sealed },
    /// Keeps a search.
    SaveSearch { search_id: Uuid, name: Sealed, filters: Filters },
    /// Changes what a search asks for.
    ChangeSearch { search_id: Uuid, filters: Filters },
    /// Keeps a search no longer.
    DeleteSearch { search_id: Uuid },
}
