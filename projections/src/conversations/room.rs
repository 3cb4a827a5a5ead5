//! One room.

use crate::number::unsigned;
use anamnesis_domain::{AccountId, RoomId};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// How far a participant has come: message numbers, 0 before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipts {
    /// Everything up to here reached a device.
    pub delivered: u64,
    /// Everything up to here was seen.
    pub read: u64,
}

/// A room without its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Its id.
    pub room_id: RoomId,
    /// Who talks here.
    pub patient_id: AccountId,
    /// Who talks here.
    pub doctor_id: AccountId,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Whether it is closed now.
    pub closed: bool,
    /// Number of the last message; 0 before the first.
    pub last_message: u64,
    /// Position of the last posted message, or of the opening.
    pub last_activity_position: u64,
    /// When that was.
    pub last_activity_at: DateTime<Utc>,
    /// Position of the room's last event of any kind.
    pub last_position: u64,
    /// How far the patient has come.
    pub patient: Receipts,
    /// How far the doctor has come.
    pub doctor: Receipts,
}

impl Room {
    /// The other participant than `account`.
    #[must_use]
    pub fn other_than(&self, account: AccountId) -> AccountId {
        if self.patient_id == account { self.doctor_id } else { self.patient_id }
    }
}

impl FromRow<'_, PgRow> for Room {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let number = |column: &str| row.try_get::<i64, _>(column).map(unsigned);
        Ok(Self {
            room_id: RoomId(row.try_get("room_id")?),
            patient_id: AccountId(row.try_get("patient_id")?),
            doctor_id: AccountId(row.try_get("doctor_id")?),
            opened_at: row.try_get("opened_at")?,
            closed: row.try_get("closed")?,
            last_message: number("last_message")?,
            last_activity_position: number("last_activity_position")?,
            last_activity_at: row.try_get("last_activity_at")?,
            last_position: number("last_position")?,
            patient: Receipts {
                delivered: number("patient_delivered")?,
                read: number("patient_read")?,
            },
            doctor: Receipts {
                delivered: number("doctor_delivered")?,
                read: number("doctor_read")?,
            },
        })
    }
}

/// The room, if it was ever opened.
pub async fn room(
    executor: impl PgExecutor<'_>,
    room_id: RoomId,
) -> Result<Option<Room>, sqlx::Error> {
    sqlx::query_as(
        "SELECT room_id, patient_id, doctor_id, opened_at, closed, last_message,
             last_activity_position, last_activity_at, last_position,
             patient_delivered, patient_read, doctor_delivered, doctor_read
         FROM rooms WHERE room_id = $1",
    )
    .bind(room_id.0)
    .fetch_optional(executor)
    .await
}

/// At most `limit` (of 200) rooms of the account, by their ids, after that one.
pub async fn rooms_ever(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    after: RoomId,
    limit: u32,
) -> Result<Vec<RoomId>, sqlx::Error> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT room_id FROM rooms
         WHERE (patient_id = $1 OR doctor_id = $1) AND room_id > $2
         ORDER BY room_id LIMIT $3",
    )
    .bind(account.0)
    .bind(after.0)
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await?;
    Ok(ids.into_iter().map(RoomId).collect())
}
