//! Searching the trail, the latest first.

use super::action::Outcome;
use super::leading::Leading;
use super::line::TrailLine;
use crate::number::unsigned;
use anamnesis_domain::AccountId;
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

/// At most `limit` (of 200) lines within the stretch. Cost: one stretch of an index for what is
/// asked for alone; otherwise at most [`SCAN_MAX`] positions of each thing that is asked for, and
/// the lines of the rarest.
pub async fn search(
    pool: &PgPool,
    filter: &TrailFilter,
    stretch: Stretch,
    limit: u32,
) -> Result<TrailPage, sqlx::Error> {
    let limit = limit.min(200);
    let full = |count: usize| count == limit as usize;
    if let [only] = Leading::of(filter)[..]
        && only.answers(filter)
    {
        let positions = only.positions(pool, stretch, limit).await?;
        let next = positions.last().copied().filter(|_| full(positions.len())).map(unsigned);
        return Ok(TrailPage { lines: lines_at(pool, &positions).await?, next });
    }
    let (positions, floor) = rarest(pool, filter, stretch).await?;
    let lines = matching(pool, filter, &positions, limit).await?;
    let last = lines.last().map(|line| line.position).filter(|_| full(lines.len()));
    Ok(TrailPage { lines, next: last.or(floor) })
}

/// The last positions of what is asked for and reaches back furthest with [`SCAN_MAX`] of them,
/// and where they end, if that is not the beginning of the stretch.
async fn rarest(
    pool: &PgPool,
    filter: &TrailFilter,
    stretch: Stretch,
) -> Result<(Vec<i64>, Option<u64>), sqlx::Error> {
    let mut rarest: Option<(Option<i64>, Vec<i64>)> = None;
    for leading in Leading::of(filter) {
        let positions = leading.positions(pool, stretch, SCAN_MAX).await?;
        let is_all = positions.len() < SCAN_MAX as usize;
        let floor = positions.last().copied().filter(|_| !is_all);
        // Nothing is less than something: what has no floor reaches the beginning.
        if rarest.as_ref().is_none_or(|(lowest, _)| floor < *lowest) {
            rarest = Some((floor, positions));
        }
        if is_all {
            break;
        }
    }
    let (floor, positions) = rarest.unwrap_or_default();
    Ok((positions, floor.map(unsigned)))
}

/// Those of the lines for which all holds that is asked for.
async fn matching(
    executor: impl PgExecutor<'_>,
    filter: &TrailFilter,
    positions: &[i64],
    limit: u32,
) -> Result<Vec<TrailLine>, sqlx::Error> {
    sqlx::query_as(
        "SELECT line.position, line.at, line.actor_id, line.actor_role, line.session_id,
             line.request_id, line.patient_id, line.record_kind, line.record_id, line.action,
             line.outcome
         FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (position, place)
         CROSS JOIN LATERAL (
             SELECT * FROM trail WHERE trail.position = wanted.position OFFSET 0) AS line
         WHERE ($2::uuid IS NULL OR line.actor_id = $2)
             AND ($3::uuid IS NULL OR line.patient_id = $3)
             AND ($4::uuid IS NULL OR line.record_id = $4 OR EXISTS (
                 SELECT FROM trail_also AS also
                 WHERE also.record_id = $4 AND also.position = line.position))
             AND ($5::text IS NULL OR line.action = $5)
             AND ($6::text IS NULL OR line.outcome = $6)
             AND ($7::uuid IS NULL OR line.request_id = $7)
         ORDER BY wanted.place LIMIT $8",
    )
    .bind(positions)
    .bind(filter.person.map(|id| id.0))
    .bind(filter.patient.map(|id| id.0))
    .bind(filter.record)
    .bind(filter.action.as_deref())
    .bind(filter.outcome.map(Outcome::as_str))
    .bind(filter.request_id)
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
             SELECT * FROM trail WHERE trail.position = wanted.position OFFSET 0) AS line
         ORDER BY wanted.place",
    )
    .bind(positions)
    .fetch_all(executor)
    .await
}
