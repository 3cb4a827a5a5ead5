//! Finding the lines of a search that comes to several of the trail's own.

use anamnesis_projections::trail::{self, Stretch, TrailFilter, TrailPage};
use sqlx::PgPool;

/// At most `limit` (of 100) lines that any of the filters finds, the latest first; no line is
/// found by two of them. Cost: a page of the trail for each filter, of which there are at most
/// twice as many as types of events.
///
/// Each search looks down to some position. What all of them have looked through is told, and
/// the next page goes on from there.
pub async fn find(
    pool: &PgPool,
    filters: &[TrailFilter],
    within: Stretch,
    limit: u32,
) -> Result<TrailPage, sqlx::Error> {
    let mut lines = Vec::new();
    let mut next = None;
    for filter in filters {
        let page = trail::search(pool, filter, within, limit).await?;
        lines.extend(page.lines);
        next = next.max(page.next);
    }
    lines.retain(|line| next.is_none_or(|reached| line.position >= reached));
    lines.sort_unstable_by_key(|line| std::cmp::Reverse(line.position));
    let most = limit as usize;
    if lines.len() > most {
        lines.truncate(most);
        next = lines.last().map(|last| last.position);
    }
    Ok(TrailPage { lines, next })
}
