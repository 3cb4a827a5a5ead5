//! The server under blows: killed, frozen, cut off, held up. After each test the log itself is
//! examined.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod cluster;
mod cut_clients;
mod evidence;
mod frozen_postgres;
mod held_writer;
mod kill_rounds;
mod lost_read_model;
mod one_slot;
mod stop_under_load;
mod talk;
mod talker;
mod two_servers;
mod verdict;

use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The server's program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_anamnesis");
/// How long anything that must come about by itself may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often to look at something that another process brings about.
const LOOK: Duration = Duration::from_millis(10);

/// Looks until there is an answer. Where nothing tells of a change in another process, there is
/// no other way.
async fn eventually<T>(what: &'static str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let patience = Patience::new(what);
    loop {
        if let Some(answer) = look().await {
            return answer;
        }
        patience.pause().await;
    }
}

/// The pauses between looks, which end in failure once there have been enough.
struct Patience {
    what: &'static str,
    started: Instant,
}

impl Patience {
    fn new(what: &'static str) -> Self {
        Self { what, started: Instant::now() }
    }

    async fn pause(&self) {
        assert!(self.started.elapsed() < PATIENCE, "not in time: {}", self.what);
        sleep(LOOK).await;
    }
}
