//! A projection built a second time beside the live one: to check it, or to replace it.
//!
//! The second build stands in the schema `rebuild_<name>` and runs the same code over the whole
//! log while traffic goes on. It never runs ahead of the live projection; to compare or to
//! swap, the live checkpoint's row is held for the moment that the last events take.
//!
//! A build that was cut off (a crash, a kill) leaves tables behind that the next one drops:
//! it starts again, cleanly.

mod build;
mod compare;
mod report;
mod tables;

pub use report::{Report, ShadowError, TableReport};

use crate::checkpoint;
use crate::log::EventLog;
use crate::observe;
use crate::projection::Projection;
use build::Build;
use sqlx::{Connection, PgConnection, PgPool};

/// Tries to get the short exclusive lock on the live tables; each waits half a second at most,
/// so that no reader waits longer than that behind a swap that itself waits.
const SWAP_TRIES: usize = 20;

/// Builds the projection anew, reports how the live tables differed, and puts the new ones in
/// their place. Readers see the old tables or the new ones, never none; commands go on.
pub async fn rebuild(
    pool: &PgPool,
    log: &dyn EventLog,
    projection: &dyn Projection,
) -> Result<Report, ShadowError> {
    let mut build = Build::start(pool, log, projection).await?;
    let outcome = rebuild_with(&mut build).await;
    build.end(outcome).await
}

async fn rebuild_with(build: &mut Build<'_>) -> Result<Report, ShadowError> {
    let projection = build.projection.name();
    build.catch_up().await?;
    tracing::info!(projection, "built");

    tables::index(&mut build.conn, &build.indexes).await?;
    tables::analyze(&mut build.conn, build.projection).await?;
    let report = compare_at_live_position(build).await?;
    tracing::info!(projection, equal = report.is_equal(), "compared");

    for _ in 1..SWAP_TRIES {
        match swap(build).await {
            Err(ShadowError::Database(error)) if is_lock_timeout(&error) => {
                tracing::info!(projection, "tables are in use, waiting");
            }
            other => return other.map(|()| report),
        }
    }
    swap(build).await.map(|()| report)
}

/// Builds the projection anew and compares it with the live tables, which stay.
pub async fn check(
    pool: &PgPool,
    log: &dyn EventLog,
    projection: &dyn Projection,
) -> Result<Report, ShadowError> {
    let mut build = Build::start(pool, log, projection).await?;
    let outcome = compare_at_live_position(&mut build).await;
    build.end(outcome).await
}

/// Both builds at the very same position are seen through one snapshot, which is taken while
/// the live worker is held. The comparison itself holds nobody up.
async fn compare_at_live_position(build: &mut Build<'_>) -> Result<Report, ShadowError> {
    build.catch_up().await?;
    let mut holder = build.pool.acquire().await?;
    let mut hold = holder.begin().await?;
    let position = checkpoint::hold(&mut hold, build.projection.name()).await?;
    build.catch_up_to(position).await?;
    let mut viewer = build.pool.acquire().await?;
    let mut view = viewer.begin().await?;
    sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        .execute(&mut *view)
        .await?;
    // The first statement takes the snapshot.
    let seen = checkpoint::load(&mut *view, build.projection.name()).await?;
    hold.rollback().await?;
    if seen.map(|checkpoint| checkpoint.position) != Some(position) {
        return Err(ShadowError::NotLive);
    }
    let tables = compare::tables(&mut view, build.projection).await?;
    view.rollback().await?;
    Ok(Report { projection: build.projection.name(), position, tables })
}

/// In one transaction: hold the live worker, apply the last events, change the tables.
async fn swap(build: &mut Build<'_>) -> Result<(), ShadowError> {
    build.catch_up().await?;
    let mut holder = build.pool.acquire().await?;
    let mut hold = holder.begin().await?;
    let position = checkpoint::hold(&mut hold, build.projection.name()).await?;
    build.catch_up_to(position).await?;
    swap_tables(&mut hold, build).await?;
    hold.commit().await?;
    Ok(())
}

async fn swap_tables(hold: &mut PgConnection, build: &Build<'_>) -> Result<(), ShadowError> {
    sqlx::query("SET LOCAL lock_timeout = '500ms'").execute(&mut *hold).await?;
    tables::swap(hold, build.projection).await?;
    checkpoint::remove(hold, &build.checkpoint).await?;
    Ok(())
}

fn is_lock_timeout(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    tracing::debug!(error = %observe::describe(error), "swap");
    code.is_some_and(|code| code == "55P03")
}
