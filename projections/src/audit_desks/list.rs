//! Finding reviews and searches.

use crate::number::{bigint, unsigned};
use crate::sealed_text::SealedText;
use anamnesis_domain::audit_desk::{Filters, SEARCHES_MAX};
use anamnesis_domain::{AccountId, Sealed};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// A part of the trail that an officer has looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailReview {
    /// Its id.
    pub review_id: Uuid,
    /// The event that it is made of; the list goes by it.
    pub position: u64,
    /// When it was signed.
    pub at: DateTime<Utc>,
    /// By whom.
    pub officer_id: AccountId,
    /// What was asked of the trail.
    pub filters: Filters,
    /// The first position that was looked through.
    pub first: u64,
    /// The last one.
    pub last: u64,
    /// What the officer says about it: field `note` of the event, under the officer's key.
    pub note: SealedText,
}

impl FromRow<'_, PgRow> for TrailReview {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            review_id: row.try_get("review_id")?,
            position: unsigned(row.try_get("position")?),
            at: row.try_get("at")?,
            officer_id: AccountId(row.try_get("officer_id")?),
            filters: row.try_get::<Json<Filters>, _>("filters")?.0,
            first: unsigned(row.try_get("first")?),
            last: unsigned(row.try_get("last")?),
            note: SealedText {
                sealed: Sealed(row.try_get("note")?),
                event_id: row.try_get("note_event_id")?,
            },
        })
    }
}

/// A search that an officer keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its id.
    pub search_id: Uuid,
    /// Whose it is.
    pub officer_id: AccountId,
    /// Since when it is kept.
    pub saved_at: DateTime<Utc>,
    /// Since when it asks for this.
    pub changed_at: DateTime<Utc>,
    /// What it asks for.
    pub filters: Filters,
    /// What the officer calls it: field `name` of the event, under the officer's key.
    pub name: SealedText,
}

impl FromRow<'_, PgRow> for SavedSearch {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            search_id: row.try_get("search_id")?,
            officer_id: AccountId(row.try_get("officer_id")?),
            saved_at: row.try_get("saved_at")?,
            changed_at: row.try_get("changed_at")?,
            filters: row.try_get::<Json<Filters>, _>("filters")?.0,
            name: SealedText {
                sealed: Sealed(row.try_get("name")?),
                event_id: row.try_get("name_event_id")?,
            },
        })
    }
}

/// At most `limit` (of 100) reviews by whomever, the newest first, before a position.
pub async fn trail_reviews(
    executor: impl PgExecutor<'_>,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<TrailReview>, sqlx::Error> {
    sqlx::query_as(
        "SELECT review_id, position, at, officer_id, filters, first, last, note, note_event_id
         FROM trail_reviews WHERE position < $1 ORDER BY position DESC LIMIT $2",
    )
    .bind(before.map_or(i64::MAX, bigint))
    .bind(i64::from(limit.min(100)))
    .fetch_all(executor)
    .await
}

/// The searches that an officer keeps, the first first: all of them, as there are at most
/// [`SEARCHES_MAX`].
pub async fn saved_searches(
    executor: impl PgExecutor<'_>,
    officer: AccountId,
) -> Result<Vec<SavedSearch>, sqlx::Error> {
    sqlx::query_as(
        "SELECT search_id, officer_id, saved_at, changed_at, filters, name, name_event_id
         FROM saved_searches WHERE officer_id = $1 ORDER BY saved_at, search_id LIMIT $2",
    )
    .bind(officer.0)
    .bind(bigint(SEARCHES_MAX as u64))
    .fetch_all(executor)
    .await
}
