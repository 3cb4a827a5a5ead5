//! The reviews whose day has come.

use anamnesis_domain::ConsultationId;
use chrono::NaiveDate;
use sqlx::PgExecutor;
use uuid::Uuid;

/// A review of which the doctor is to be reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueReview {
    /// The day.
    pub on: NaiveDate,
    /// The consultation.
    pub consultation_id: ConsultationId,
}

/// At most `limit` (of 1,000) reviews that are due on `today` or were before, and of which
/// nobody was reminded, the oldest first, after `after`.
pub async fn reviews_due(
    executor: impl PgExecutor<'_>,
    today: NaiveDate,
    after: Option<DueReview>,
    limit: u32,
) -> Result<Vec<DueReview>, sqlx::Error> {
    let rows: Vec<(NaiveDate, Uuid)> = sqlx::query_as(
        "SELECT review_due_on, consultation_id FROM consultations
         WHERE review_due_on <= $1 AND (review_due_on, consultation_id) > ($2, $3)
         ORDER BY review_due_on, consultation_id LIMIT $4",
    )
    .bind(today)
    .bind(after.map_or(NaiveDate::default(), |after| after.on))
    .bind(after.map_or(Uuid::nil(), |after| after.consultation_id.0))
    .bind(i64::from(limit.min(1_000)))
    .fetch_all(executor)
    .await?;
    let due = |(on, id)| DueReview { on, consultation_id: ConsultationId(id) };
    Ok(rows.into_iter().map(due).collect())
}
