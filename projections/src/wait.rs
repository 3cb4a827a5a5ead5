//! Waiting until a reader has passed a position.

use crate::checkpoint;
use crate::worker::{Phase, Progress};
use sqlx::PgPool;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// How often to look at the stored checkpoint while another process does the work.
const LOOK: Duration = Duration::from_millis(10);

/// Waits for as long as it takes; `false` once it is known that the reader has stopped before
/// the position. Costs nothing but a wake-up where this process does the work.
pub(crate) async fn reached(
    pool: &PgPool,
    name: &str,
    mut progress: watch::Receiver<Progress>,
    position: u64,
) -> bool {
    loop {
        let seen = *progress.borrow_and_update();
        if seen.position >= position {
            return true;
        }
        if seen.phase == Phase::Active && progress.changed().await.is_ok() {
            continue;
        }
        if let Some(answer) = look(pool, name, position, seen.phase).await {
            return answer;
        }
        tokio::select! {
            Ok(()) = progress.changed() => {}
            () = sleep(LOOK) => {}
        }
    }
}

/// What the stored checkpoint says, if it settles the question. A failed look is repeated.
async fn look(pool: &PgPool, name: &str, position: u64, phase: Phase) -> Option<bool> {
    let checkpoint = checkpoint::load(pool, name).await.ok()??;
    if checkpoint.position >= position {
        return Some(true);
    }
    (checkpoint.stopped.is_some() && phase == Phase::Passive).then_some(false)
}
