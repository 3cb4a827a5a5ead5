//! Many senders in one room: nothing lost, no storm of retries.

use crate::Outcome;
use crate::cluster::Bench;
use crate::hospital::{Hospital, Pair};
use crate::load;
use crate::report::{Goal, Row};
use crate::rounds::alternate;
use anamnesis::live::Rooms;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const SENDERS: usize = 64;
const ROUND: Duration = Duration::from_secs(3);

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let hospital = Hospital::found(bench, "one_room").await?;
    let engine = Arc::new(hospital.engine().await?);
    let many: Arc<[Pair]> = (0..SENDERS).map(|_| Pair::new()).collect();
    let one: Arc<[Pair]> = [Pair::new()].into();
    engine.open_rooms(&many).await?;
    engine.open_rooms(&one).await?;
    load::post(&engine, &many, SENDERS, Duration::from_secs(1)).await?;
    let before = bench.decided_again();
    let posted = AtomicU64::new(0);

    let rates = alternate(
        async |_| {
            let load = load::post(&engine, &one, SENDERS, ROUND).await?;
            posted.fetch_add(load.posted, Ordering::Relaxed);
            Ok(load.per_second)
        },
        async |_| Ok(load::post(&engine, &many, SENDERS, ROUND).await?.per_second),
    )
    .await?;

    let posted = posted.into_inner();
    let stream = Rooms::stream(one[0].room);
    let (last, count): (i64, i64) = sqlx::query_as(
        "SELECT max(sequence), count(*) FROM log.events
         WHERE aggregate_type = $1 AND aggregate_id = $2",
    )
    .bind(stream.aggregate_type.as_ref())
    .bind(&stream.aggregate_id)
    .fetch_one(&hospital.database.pool)
    .await?;
    // The room's opening is its first event.
    if last != count || u64::try_from(count)? != posted + 1 {
        return Err(format!("{posted} messages were acknowledged, {} stand", count - 1).into());
    }
    let again = bench.decided_again() - before;
    if let Some(engine) = Arc::into_inner(engine) {
        engine.stop().await;
    }
    hospital.database.pool.close().await;
    let note = format!(
        "64 callers in this process; limit: the same in 64 rooms; {posted} acknowledged, none \
         lost, {again} decided again"
    );
    Ok(vec![Row::new("one_room", "messages/s", rates, Goal::RatioAtLeast(0.3), note)])
}
