//! How long one caller waits for one durable event.

use crate::Outcome;
use crate::cluster::Bench;
use crate::hospital::{Hospital, Pair};
use crate::report::{Goal, Row};
use crate::rounds::{alternate, median, micros};
use crate::sample::Sample;
use std::time::{Duration, Instant};
use uuid::Uuid;

const ROOMS: usize = 50;
const ROUND: Duration = Duration::from_secs(2);

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let ours = Hospital::found(bench, "latency").await?;
    let limit = bench.database("latency_limit").await?;
    let engine = ours.engine().await?;
    let pairs: Vec<Pair> = (0..ROOMS).map(|_| Pair::new()).collect();
    engine.open_rooms(&pairs).await?;
    let session_id = Uuid::now_v7();
    for pair in &pairs {
        engine.post(*pair, session_id).await?;
    }
    let sample = Sample::last(&ours.database.pool).await?;

    let medians = alternate(
        async |_| {
            let (started, mut times) = (Instant::now(), Vec::new());
            for pair in pairs.iter().cycle() {
                let before = Instant::now();
                engine.post(*pair, session_id).await?;
                times.push(micros(before.elapsed()));
                if started.elapsed() > ROUND {
                    break;
                }
            }
            median(&mut times)
        },
        async |round| {
            let run = bench.pgbench.insertion(&limit.url, &sample, 1, round, ROUND)?;
            bench.pgbench.p50_us(&run).await
        },
    )
    .await?;

    engine.stop().await;
    ours.database.pool.close().await;
    let note = "p50; limit: pgbench, one client, one row per transaction".to_owned();
    Ok(vec![Row::new("latency", "us", medians, Goal::RatioAtMost(3.0), note)])
}
