//! Requests over HTTP from several connections, each timed.

use crate::Outcome;
use crate::http_client::Http;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// As many as ask at the same time.
pub(crate) const CONNECTIONS: usize = 4;

/// Asks all of them once, from [`CONNECTIONS`]; how long each took, in order.
pub(crate) async fn ask_all(
    address: &str,
    requests: &Arc<[Vec<u8>]>,
    length_min: usize,
) -> Outcome<Vec<Duration>> {
    let mut asking = JoinSet::new();
    for connection in 0..CONNECTIONS {
        let (requests, mut http) = (Arc::clone(requests), Http::connect(address).await?);
        asking.spawn(async move {
            let mut times = Vec::new();
            for index in (connection..requests.len()).step_by(CONNECTIONS) {
                let before = Instant::now();
                let length = http.ask(&requests[index]).await?.len();
                times.push((index, before.elapsed()));
                if length < length_min {
                    return Err("an answer is shorter than what was asked for".into());
                }
            }
            Outcome::Ok(times)
        });
    }
    let mut all = Vec::with_capacity(requests.len());
    while let Some(times) = asking.join_next().await {
        all.extend(times??);
    }
    all.sort_unstable();
    Ok(all.into_iter().map(|(_, time)| time).collect())
}
