//! Callers that post in a closed loop, inside this process.

use crate::Outcome;
use crate::engine::Engine;
use crate::hospital::Pair;
use crate::rounds::per_second;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

/// A message of ordinary length.
pub(crate) const BODY: &str =
    "Good morning, doctor. The fever went down to 37.4 overnight, and I could sleep.";

/// What a load came to.
pub(crate) struct Load {
    pub(crate) posted: u64,
    pub(crate) per_second: f64,
}

/// `callers` who each post one message after the other, going round the rooms.
pub(crate) async fn post(
    engine: &Arc<Engine>,
    pairs: &Arc<[Pair]>,
    callers: usize,
    time: Duration,
) -> Outcome<Load> {
    let started = Instant::now();
    let mut running = JoinSet::new();
    for caller in 0..callers {
        let (engine, pairs) = (Arc::clone(engine), Arc::clone(pairs));
        running.spawn(async move {
            let session_id = Uuid::now_v7();
            let mut posted = 0;
            let mut own = pairs.iter().cycle().skip(caller % pairs.len()).step_by(callers);
            while started.elapsed() < time {
                let Some(pair) = own.next() else { break };
                engine.post(*pair, session_id).await?;
                posted += 1;
            }
            Outcome::Ok(posted)
        });
    }
    let mut posted = 0;
    while let Some(one) = running.join_next().await {
        posted += one??;
    }
    Ok(Load { posted, per_second: per_second(posted, started.elapsed()) })
}
