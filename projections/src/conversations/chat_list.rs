//! The rooms of an account, the liveliest first.

use super::Room;
use crate::SealedText;
use crate::accounts::beginnings;
use crate::number::{bigint, unsigned};
use anamnesis_domain::{AccountId, Sealed};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// A room as its participant sees it in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    /// The room.
    pub room: Room,
    /// The other participant.
    pub other_id: AccountId,
    /// What was said last.
    pub last_message: Option<LastMessage>,
    /// See [`super::unread()`].
    pub unread: u64,
}

/// What was said last in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMessage {
    /// Its number.
    pub sequence: u64,
    /// Who wrote it.
    pub author_id: AccountId,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
    /// Its words; `None` because it was retracted, or is hidden.
    pub body: Option<SealedText>,
    /// Whether it is hidden because it was reported.
    pub is_hidden: bool,
}

impl FromRow<'_, PgRow> for Chat {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let author: Option<Uuid> = row.try_get("author_id")?;
        let last_message = match author {
            Some(author) => Some(last_message(row, AccountId(author))?),
            None => None,
        };
        Ok(Self {
            room: Room::from_row(row)?,
            other_id: AccountId(row.try_get("other_id")?),
            last_message,
            unread: unsigned(row.try_get("unread")?),
        })
    }
}

fn last_message(row: &PgRow, author_id: AccountId) -> Result<LastMessage, sqlx::Error> {
    let (retracted, is_hidden): (bool, bool) = (row.try_get("retracted")?, row.try_get("hidden")?);
    let body = SealedText {
        sealed: Sealed(row.try_get("body")?),
        event_id: row.try_get("body_event_id")?,
    };
    Ok(LastMessage {
        sequence: unsigned(row.try_get("last_message")?),
        author_id,
        posted_at: row.try_get("posted_at")?,
        body: (!retracted && !is_hidden).then_some(body),
        is_hidden,
    })
}

/// At most `limit` (of 200) rooms of the account, by last activity, the latest first. `before`
/// is the `last_activity_position` of the last room of the page before. With `name`, only those
/// whose other participant's name has these beginnings of words, as in
/// [`DoctorFilter`](crate::accounts::DoctorFilter::name). Cost: the account's rooms are sorted
/// (and the name looked up in each), only the page's are looked into.
pub async fn chat_list(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    name: Option<&str>,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Chat>, sqlx::Error> {
    let (before, limit) = (before.map_or(i64::MAX, bigint), i64::from(limit.min(200)));
    let query = match name.and_then(beginnings) {
        None => sqlx::query_as(
            "SELECT room.*, message.author_id, message.posted_at, message.body,
                 message.body_event_id, message.retracted_at IS NOT NULL AS retracted,
                 message.hidden_at IS NOT NULL AS hidden, waiting.unread
             FROM (
                 SELECT room_id, patient_id, doctor_id, opened_at, closed, last_message,
                     last_activity_position, last_activity_at, last_position,
                     patient_delivered, patient_read, doctor_delivered, doctor_read,
                     CASE WHEN patient_id = $1 THEN doctor_id ELSE patient_id END AS other_id,
                     CASE WHEN patient_id = $1 THEN patient_read ELSE doctor_read END AS own_read
                 FROM rooms
                 WHERE (patient_id = $1 OR doctor_id = $1) AND last_activity_position < $2
                 ORDER BY last_activity_position DESC LIMIT $3
             ) AS room
             LEFT JOIN messages AS message
                 ON message.room_id = room.room_id AND message.sequence = room.last_message
             CROSS JOIN LATERAL (
                 SELECT count(*) AS unread FROM (
                     SELECT FROM messages AS unseen
                     WHERE unseen.room_id = room.room_id AND unseen.author_id = room.other_id
                         AND unseen.sequence > room.own_read AND unseen.retracted_at IS NULL
                         AND unseen.hidden_at IS NULL
                     LIMIT 100
                 ) AS unseen
             ) AS waiting
             ORDER BY room.last_activity_position DESC",
        )
        .bind(account.0)
        .bind(before)
        .bind(limit),
        // The name is looked up room by room: the index of names would first give everybody who
        // is called so, in the whole hospital.
        Some(words) => sqlx::query_as(
            "SELECT room.*, message.author_id, message.posted_at, message.body,
                 message.body_event_id, message.retracted_at IS NOT NULL AS retracted,
                 message.hidden_at IS NOT NULL AS hidden, waiting.unread
             FROM (
                 SELECT room_id, patient_id, doctor_id, opened_at, closed, last_message,
                     last_activity_position, last_activity_at, last_position,
                     patient_delivered, patient_read, doctor_delivered, doctor_read,
                     CASE WHEN patient_id = $1 THEN doctor_id ELSE patient_id END AS other_id,
                     CASE WHEN patient_id = $1 THEN patient_read ELSE doctor_read END AS own_read
                 FROM rooms
                 WHERE (patient_id = $1 OR doctor_id = $1) AND last_activity_position < $2
                     AND (
                         SELECT array_to_tsvector(string_to_array(other.name_key, ' '))
                             @@ $4::text::tsquery
                         FROM accounts AS other WHERE other.account_id
                             = CASE WHEN patient_id = $1 THEN doctor_id ELSE patient_id END
                     )
                 ORDER BY last_activity_position DESC LIMIT $3
             ) AS room
             LEFT JOIN messages AS message
                 ON message.room_id = room.room_id AND message.sequence = room.last_message
             CROSS JOIN LATERAL (
                 SELECT count(*) AS unread FROM (
                     SELECT FROM messages AS unseen
                     WHERE unseen.room_id = room.room_id AND unseen.author_id = room.other_id
                         AND unseen.sequence > room.own_read AND unseen.retracted_at IS NULL
                         AND unseen.hidden_at IS NULL
                     LIMIT 100
                 ) AS unseen
             ) AS waiting
             ORDER BY room.last_activity_position DESC",
        )
        .bind(account.0)
        .bind(before)
        .bind(limit)
        .bind(words),
    };
    query.fetch_all(executor).await
}
