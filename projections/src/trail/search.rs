//! Searching the trail, the latest first.

use super::action::Outcome;
use super::key::Key;
use super::line::TrailLine;
use crate::number::{bigint, unsigned};
use anamnesis_domain::AccountId;
use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

/// Where several things are asked for at once, how many lines of the rarest of them are looked
/// through for one page.
pub const SCAN_MAX: u32 = 1_000;

/// What is looked for; the default is everything. All that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct TrailFilter {
    /// Who did it.
    pub person: Option<AccountId>,
    /// The patient whom it concerns.
    pub patient: Option<AccountId>,
    /// What it concerns: an account, room, appointment, consultation or session.
    pub record: Option<Uuid>,
    /// The code of what happened.
    pub action: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The request that caused it.
    pub request_id: Option<Uuid>,
}

/// Positions to look through.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The first one.
    pub from: u64,
    /// The first one after.
    pub before: u64,
}

/// Lines that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailPage {
    /// The latest first.
    pub lines: Vec<TrailLine>,
    /// Where to go on, as the `before` of the next page; `None` on the last. There may be more
    /// although the page is not full, or empty: so far was looked.
    pub next: Option<u64>,
}

impl TrailFilter {
    fn keys(&self) -> Vec<Uuid> {
        let outcome = self.outcome.filter(|outcome| *outcome != Outcome::Success);
        let keys = [
            self.request_id.map(Key::Request),
            self.record.map(Key::Record),
            outcome.map(Key::Outcome),
            self.patient.map(|id| Key::Patient(id.0)),
            self.person.map(|id| Key::Actor(id.0)),
            self.action.as_deref().map(Key::Action),
        ];
        keys.into_iter().flatten().map(Key::id).collect()
    }

    /// What a line must not be found by.
    fn without(&self) -> Vec<Uuid> {
        if self.outcome == Some(Outcome::Success) {
            [Outcome::Denied, Outcome::Failed].map(|one| Key::Outcome(one).id()).into()
        } else {
            Vec::new()
        }
    }
}

/// The positions of everything that happened in `[from, to)`; `None` if nothing did.
pub async fn positions_in(
    pool: &PgPool,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
) -> Result<Option<Stretch>, sqlx::Error> {
    let mut stretch = Stretch { from: 0, before: u64::MAX };
    if let Some(from) = from {
        let Some(first) = first_since(pool, from).await? else { return Ok(None) };
        stretch.from = first;
    }
    if let Some(to) = to
        && let Some(first) = first_since(pool, to).await?
    {
        stretch.before = first;
    }
    Ok(Some(stretch))
}

async fn first_since(
    executor: impl PgExecutor<'_>,
    at: DateTime<Utc>,
) -> Result<Option<u64>, sqlx::Error> {
    let first: Option<i64> = sqlx::query_scalar(
        "SELECT position FROM read.trail WHERE at >= $1 ORDER BY at, position LIMIT 1",
    )
    .bind(at)
    .fetch_optional(executor)
    .await?;
    Ok(first.map(unsigned))
}

/// At most `limit` (of 200) lines within the stretch. Cost: one stretch of an index for what is
/// asked for alone; otherwise at most [`SCAN_MAX`] lines of the rarest of what is asked for,
/// with a look at the index for each of the others.
pub async fn search(
    pool: &PgPool,
    filter: &TrailFilter,
    stretch: Stretch,
    limit: u32,
) -> Result<TrailPage, sqlx::Error> {
    let (keys, without) = (filter.keys(), filter.without());
    let limit = limit.min(200);
    let looked = looked_through(pool, &keys, &without, stretch).await?;
    let from = looked.floor.unwrap_or(stretch.from);
    let within = Stretch { from, ..stretch };
    let positions = match looked.leader {
        None => unkeyed(pool, &without, within, limit).await?,
        Some(leader) => {
            let others: Vec<Uuid> = keys.into_iter().filter(|key| *key != leader).collect();
            keyed(pool, leader, &others, &without, within, limit).await?
        }
    };
    let full = positions.len() == limit as usize;
    let next = if full { positions.last().copied().map(unsigned) } else { looked.floor };
    Ok(TrailPage { lines: lines_at(pool, &positions).await?, next })
}

/// How far one page looks.
struct Looked {
    /// The rarest key; `None` if there is excluded.
    leader: Option<Uuid>,
    /// Where the page ends in any case, if that is before the end of the stretch.
    floor: Option<u64>,
}

async fn looked_through(
    pool: &PgPool,
    keys: &[Uuid],
    without: &[Uuid],
    stretch: Stretch,
) -> Result<Looked, sqlx::Error> {
    match keys {
        [] if without.is_empty() => Ok(Looked { leader: None, floor: None }),
        // Positions have no gaps: so many lines are so many positions.
        [] => {
            let newest: Option<i64> = sqlx::query_scalar(
                "SELECT position FROM read.trail WHERE position < $1
                 ORDER BY position DESC LIMIT 1",
            )
            .bind(bigint(stretch.before))
            .fetch_optional(pool)
            .await?;
            let floor = newest.map_or(0, unsigned).saturating_sub(u64::from(SCAN_MAX));
            Ok(Looked { leader: None, floor: Some(floor).filter(|floor| *floor > stretch.from) })
        }
        [only] if without.is_empty() => Ok(Looked { leader: Some(*only), floor: None }),
        several => rarest(pool, several, stretch).await,
    }
}

/// The key whose last [`SCAN_MAX`] lines reach back furthest, and how far. One that has fewer
/// in the stretch reaches its beginning.
async fn rarest(pool: &PgPool, keys: &[Uuid], stretch: Stretch) -> Result<Looked, sqlx::Error> {
    let reach: Option<(Uuid, Option<i64>)> = sqlx::query_as(
        "SELECT wanted.key, (
             SELECT one.position FROM read.trail_keys AS one
             WHERE one.key = wanted.key AND one.position < $2 AND one.position >= $3
             ORDER BY one.position DESC OFFSET $4 LIMIT 1) AS floor
         FROM unnest($1::uuid[]) AS wanted (key)
         ORDER BY floor NULLS FIRST LIMIT 1",
    )
    .bind(keys)
    .bind(bigint(stretch.before))
    .bind(bigint(stretch.from))
    .bind(i64::from(SCAN_MAX))
    .fetch_optional(pool)
    .await?;
    let (leader, floor) = reach.unzip();
    Ok(Looked { leader, floor: floor.flatten().map(unsigned) })
}

async fn keyed(
    executor: impl PgExecutor<'_>,
    leader: Uuid,
    others: &[Uuid],
    without: &[Uuid],
    within: Stretch,
    limit: u32,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT leader.position FROM read.trail_keys AS leader
         WHERE leader.key = $1 AND leader.position < $2 AND leader.position >= $3
             AND (SELECT count(*) FROM read.trail_keys AS other
                  WHERE other.key = ANY($4) AND other.position = leader.position)
                 = cardinality($4)
             AND (SELECT count(*) FROM read.trail_keys AS excluded
                  WHERE excluded.key = ANY($5) AND excluded.position = leader.position) = 0
         ORDER BY leader.position DESC LIMIT $6",
    )
    .bind(leader)
    .bind(bigint(within.before))
    .bind(bigint(within.from))
    .bind(others)
    .bind(without)
    .bind(i64::from(limit))
    .fetch_all(executor)
    .await
}

async fn unkeyed(
    executor: impl PgExecutor<'_>,
    without: &[Uuid],
    within: Stretch,
    limit: u32,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT line.position FROM read.trail AS line
         WHERE line.position < $1 AND line.position >= $2
             AND (SELECT count(*) FROM read.trail_keys AS excluded
                  WHERE excluded.key = ANY($3) AND excluded.position = line.position) = 0
         ORDER BY line.position DESC LIMIT $4",
    )
    .bind(bigint(within.before))
    .bind(bigint(within.from))
    .bind(without)
    .bind(i64::from(limit))
    .fetch_all(executor)
    .await
}

/// The lines at these positions, in the order of the positions.
pub(super) async fn lines_at(
    executor: impl PgExecutor<'_>,
    positions: &[i64],
) -> Result<Vec<TrailLine>, sqlx::Error> {
    sqlx::query_as(
        "SELECT line.position, line.at, line.actor_id, line.actor_role, line.session_id,
             line.request_id, line.patient_id, line.record_kind, line.record_id, line.action,
             line.outcome
         FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (position, place)
         CROSS JOIN LATERAL (
             SELECT * FROM read.trail WHERE trail.position = wanted.position OFFSET 0) AS line
         ORDER BY wanted.place",
    )
    .bind(positions)
    .fetch_all(executor)
    .await
}
