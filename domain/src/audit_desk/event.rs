//! What happened at an officer's desk.

use crate::event::versions;
use crate::{GrantId, Sealed};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is asked of the trail, by the filter's name: codes, ids and instants, never words.
pub type Filters = BTreeMap<String, String>;

/// A fact about an officer's work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditDeskEvent {
    /// The officer holds one more grant.
    GrantTaken {
        /// Which one.
        grant_id: GrantId,
        /// Until when, at the latest.
        expires_at: DateTime<Utc>,
    },
    /// The officer has given a grant back before its time.
    GrantReturned {
        /// Which one.
        grant_id: GrantId,
    },
    /// The officer has looked through a part of the trail, and signs that they have.
    TrailReviewed {
        /// Names the review.
        review_id: Uuid,
        /// What was asked of the trail.
        filters: Filters,
        /// The first position that was looked through.
        from: u64,
        /// The last one.
        to: u64,
        /// What the officer has to say about it.
        note: Sealed,
    },
    /// The officer keeps a search under a name.
    SearchSaved {
        /// Made of the officer and the name, so that one name has one search.
        search_id: Uuid,
        /// What the officer calls it.
        name: Sealed,
        /// What it asks for.
        filters: Filters,
    },
    /// A search asks for something else from now on.
    SearchChanged {
        /// Which one.
        search_id: Uuid,
        /// What it asks for.
        filters: Filters,
    },
    /// The officer keeps a search no longer.
    SearchDeleted {
        /// Which one.
        search_id: Uuid,
    },
}

versions!(AuditDeskEvent {
    GrantTaken => "1",
    GrantReturned => "1",
    TrailReviewed => "1",
    SearchSaved => "1",
    SearchChanged => "1",
    SearchDeleted => "1",
});
