//! Who has looked at a record.

use super::leading::Leading;
use super::search::Stretch;
use crate::number::unsigned;
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgExecutor, PgPool, Row, postgres::PgRow};
use uuid::Uuid;

/// How many lines of the record are looked through at a time.
const SCAN_MAX: u32 = 20_000;

/// What one account has read of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Whose session it was.
    pub account_id: AccountId,
    /// In which role.
    pub role: Option<Role>,
    /// How many looks were written down.
    pub looks: u64,
    /// The first of them.
    pub first_at: DateTime<Utc>,
    /// The last of them.
    pub last_at: DateTime<Utc>,
}

/// Those who have read a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readers {
    /// Who looked last comes first.
    pub readers: Vec<Reader>,
    /// Where to go on, as the end of the next stretch; `None` when all was looked through.
    pub next: Option<u64>,
}

impl FromRow<'_, PgRow> for Reader {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let role: Option<&str> = row.try_get("actor_role")?;
        let unknown = |_| sqlx::Error::Decode("an unknown role".into());
        Ok(Self {
            account_id: AccountId(row.try_get("actor_id")?),
            role: role.map(|role| role.parse().map_err(unknown)).transpose()?,
            looks: unsigned(row.try_get("looks")?),
            first_at: row.try_get("first_at")?,
            last_at: row.try_get("last_at")?,
        })
    }
}

/// Who has looked at a record within the stretch, as far as its last 20,000 lines in it tell.
/// Cost: these lines, of whatever kind they are.
pub async fn readers(pool: &PgPool, record: Uuid, within: Stretch) -> Result<Readers, sqlx::Error> {
    let positions = Leading::Record(record).positions(pool, within, SCAN_MAX).await?;
    let full = positions.len() == SCAN_MAX as usize;
    let next = positions.last().copied().filter(|_| full).map(unsigned);
    let readers = sqlx::query_as(
        "SELECT line.actor_id, line.actor_role, count(*) AS looks,
             min(line.at) AS first_at, max(line.at) AS last_at
         FROM unnest($1::bigint[]) AS wanted (position)
         JOIN trail AS line ON line.position = wanted.position
         WHERE line.action = 'content_read' AND line.actor_id IS NOT NULL
         GROUP BY line.actor_id, line.actor_role
         ORDER BY max(line.position) DESC",
    )
    .bind(positions)
    .fetch_all(pool)
    .await?;
    Ok(Readers { readers, next })
}

/// The patient whom a room, an appointment, a consultation or an account is of, as far as any
/// event has said.
pub async fn patient_of(
    executor: impl PgExecutor<'_>,
    id: Uuid,
) -> Result<Option<AccountId>, sqlx::Error> {
    let patient: Option<Option<Uuid>> =
        sqlx::query_scalar("SELECT patient_id FROM trail_subjects WHERE id = $1")
            .bind(id)
            .fetch_optional(executor)
            .await?;
    Ok(patient.flatten().map(AccountId))
}
