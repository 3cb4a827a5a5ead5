//! A read model built anew, compared and swapped, against reading its events with COPY.

use crate::Outcome;
use crate::cluster::Bench;
use crate::report::{Goal, Row};
use crate::rounds::per_second;
use anamnesis_projections::conversations::Conversations;
use anamnesis_projections::log::EventLog;
use anamnesis_projections::shadow;
use futures_util::TryStreamExt;
use sqlx::PgPool;
use sqlx::postgres::PgPoolCopyExt;
use std::time::Instant;

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let filled = bench.filled().await?;
    let pool = &filled.hospital.database.pool;
    let engine = filled.hospital.engine().await?;
    let events = *engine.log.head().borrow();

    let started = Instant::now();
    copy(pool).await?;
    let limit = per_second(events, started.elapsed());

    let started = Instant::now();
    let report = shadow::rebuild(pool, &*engine.log, &Conversations).await?;
    let ours = per_second(events, started.elapsed());
    if !report.is_equal() {
        return Err("the rebuilt read model differs from the live one".into());
    }

    engine.stop().await;
    let note = format!(
        "{events} events folded, compared with the live tables and swapped; limit: COPY to the \
         client; the live readers caught up at {:.0}",
        filled.caught_up
    );
    Ok(vec![Row::new("rebuild", "events/s", (ours, limit), Goal::OursAtLeast(50_000.0), note)])
}

/// Reads every event, in order.
pub(crate) async fn copy(pool: &PgPool) -> Outcome<()> {
    let statement = "COPY (SELECT * FROM log.events ORDER BY global_position) TO STDOUT";
    let mut rows = pool.copy_out_raw(statement).await?;
    while rows.try_next().await?.is_some() {}
    Ok(())
}
