//! Durable appends, one event per command, sealing and hashing on.

use crate::Outcome;
use crate::cluster::Bench;
use crate::engine::Engine;
use crate::hospital::{Hospital, Pair};
use crate::readers::Readers;
use crate::report::{Goal, Row};
use crate::rounds::alternate;
use crate::sample::Sample;
use crate::{load, raw_insert};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;

const ROOMS: usize = 500;
const CALLERS: usize = 256;
const ROUND: Duration = Duration::from_secs(3);
const WARM_UP: Duration = Duration::from_secs(1);
/// Rows per statement that are tried for the limit.
const BATCHES: [usize; 4] = [256, 1_000, 2_000, 4_000];

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let ours = Hospital::found(bench, "appends").await?;
    let limit = bench.database("appends_limit").await?.pool;
    let engine = Arc::new(ours.engine().await?);
    let pairs: Arc<[Pair]> = (0..ROOMS).map(|_| Pair::new()).collect();
    engine.open_rooms(&pairs).await?;
    load::post(&engine, &pairs, CALLERS, WARM_UP).await?;
    let sample = Sample::last(&ours.database.pool).await?;
    let mut base = 0;
    let batch = best_batch(&limit, &sample, &mut base).await?;

    let rates = alternate(
        async |_| Ok(load::post(&engine, &pairs, CALLERS, ROUND).await?.per_second),
        async |_| raw_insert::run(&limit, &sample, batch, &mut base, ROUND).await,
    )
    .await?;

    let with_readers = with_read_models(&ours.database.pool, &engine, &pairs).await?;
    if let Some(engine) = Arc::into_inner(engine) {
        engine.stop().await;
    }
    limit.close().await;
    ours.database.pool.close().await;
    let note = format!(
        "256 callers, 500 rooms; limit: UNNEST, {batch} rows per commit; with every read model \
         running in the same process, ours is {with_readers:.0}"
    );
    Ok(vec![Row::new("appends", "events/s", rates, Goal::RatioAtLeast(0.6), note)])
}

async fn best_batch(pool: &PgPool, sample: &Sample, base: &mut i64) -> Outcome<usize> {
    let mut best = (0.0, 0);
    for size in BATCHES {
        let rate = raw_insert::run(pool, sample, size, base, WARM_UP).await?;
        if rate > best.0 {
            best = (rate, size);
        }
    }
    Ok(best.1)
}

/// The same while the read models follow the log.
async fn with_read_models(
    pool: &PgPool,
    engine: &Arc<Engine>,
    pairs: &Arc<[Pair]>,
) -> Outcome<f64> {
    let readers = Readers::start(pool, engine);
    readers.catch_up(engine).await?;
    let load = load::post(engine, pairs, CALLERS, ROUND).await?;
    readers.stop().await;
    Ok(load.per_second)
}
