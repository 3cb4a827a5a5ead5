//! Keeps PostgreSQL running.

use std::time::Duration;

use tokio::{
    process::Child,
    sync::watch,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use crate::{
    postmaster::{self, State},
    starter::Starter,
};

/// How often an adopted PostgreSQL, whose end the system does not report to us, is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);
const PAUSE_MIN: Duration = Duration::from_millis(250);
/// Nobody is served meanwhile, and an attempt costs little.
const PAUSE_MAX: Duration = Duration::from_secs(5);
/// After a run of this length a crash counts as the first again.
const STABLE_AFTER: Duration = Duration::from_secs(10);

/// Whether the private PostgreSQL is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It was there when last looked at, at most half a second ago.
    Up,
    /// It ended and is being started again.
    Down,
}

/// Runs until `stop`, then hands back the process if this one started it.
pub(crate) async fn run(
    starter: Starter,
    mut child: Option<Child>,
    health: watch::Sender<Health>,
    stop: CancellationToken,
) -> Option<Child> {
    let mut pause = PAUSE_MIN;
    loop {
        let since = Instant::now();
        tokio::select! {
            () = ended(&starter, &mut child) => {}
            () = stop.cancelled() => return child,
        }
        health.send_replace(Health::Down);
        tracing::error!(log = %starter.layout.log.display(), "PostgreSQL ended; starting it again");
        if since.elapsed() > STABLE_AFTER {
            pause = PAUSE_MIN;
        }
        child = start_again(&starter, &mut pause, &stop).await;
        if stop.is_cancelled() {
            return child;
        }
        health.send_replace(Health::Up);
        tracing::info!("PostgreSQL is back");
    }
}

async fn ended(starter: &Starter, child: &mut Option<Child>) {
    if let Some(child) = child {
        // An error here means that the process is not ours to wait for any more.
        let _ = child.wait().await;
        return;
    }
    while postmaster::pid(&starter.layout).is_some()
        || postmaster::state(&starter.layout, &starter.options).await != State::Down
    {
        sleep(LOOK_EVERY).await;
    }
}

/// Never gives up before `stop`, because without its database the server has nothing else to do;
/// the pause between attempts grows up to a bound. An attempt is not cut off by `stop`: whoever
/// stops PostgreSQL must not miss one that is just being born.
async fn start_again(
    starter: &Starter,
    pause: &mut Duration,
    stop: &CancellationToken,
) -> Option<Child> {
    loop {
        tokio::select! {
            () = sleep(*pause) => {}
            () = stop.cancelled() => return None,
        }
        *pause = (*pause * 2).min(PAUSE_MAX);
        match starter.start_alone().await {
            Ok(child) => return child,
            Err(error) => tracing::error!(%error, "PostgreSQL could not be started again"),
        }
    }
}
