//! Ends of sessions that the log may not have yet.
//!
//! A session is ended in one place, its row, so that it is over at once and everywhere. That it
//! was is an event, which is written after that. In between the row says that it is owed.

use super::{SessionId, Sessions};
use anamnesis_domain::AccountId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A session that was ended, and whose end was not yet marked as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnrecordedEnd {
    /// The session.
    pub session_id: SessionId,
    /// Whose it was.
    pub account_id: AccountId,
    /// When it was ended.
    pub ended_at: DateTime<Utc>,
    /// The code of the reason.
    pub reason: String,
}

impl Sessions {
    /// Ends that were not yet marked as recorded, the oldest first, at most `limit`: those after
    /// `after`, or the first ones.
    pub async fn unrecorded_ends(
        &self,
        after: Option<&UnrecordedEnd>,
        limit: u32,
    ) -> Result<Vec<UnrecordedEnd>, sqlx::Error> {
        let after = after
            .map_or((DateTime::UNIX_EPOCH, Uuid::nil()), |end| (end.ended_at, end.session_id.0));
        let rows: Vec<(Uuid, Uuid, DateTime<Utc>, String)> = sqlx::query_as(
            "SELECT session_id, account_id, revoked_at, revoke_reason FROM auth.sessions
             WHERE revoked_at IS NOT NULL AND end_recorded_at IS NULL
               AND (revoked_at, session_id) > ($1, $2)
             ORDER BY revoked_at, session_id LIMIT $3",
        )
        .bind(after.0)
        .bind(after.1)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let ends = rows.into_iter().map(|(id, account_id, ended_at, reason)| UnrecordedEnd {
            session_id: SessionId(id),
            account_id: AccountId(account_id),
            ended_at,
            reason,
        });
        Ok(ends.collect())
    }

    /// Marks these ends as recorded: the log has them, or never had these sessions.
    pub async fn mark_recorded(&self, sessions: &[SessionId]) -> Result<(), sqlx::Error> {
        let ids: Vec<Uuid> = sessions.iter().map(|session| session.0).collect();
        sqlx::query(
            "UPDATE auth.sessions SET end_recorded_at = $2
             WHERE session_id = ANY($1) AND end_recorded_at IS NULL",
        )
        .bind(ids)
        .bind(self.clock.now())
        .execute(&self.pool)
        .await
        .map(drop)
    }
}
