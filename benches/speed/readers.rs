//! The read models and the reactor that follow the log, in this process.

use crate::Outcome;
use crate::engine::Engine;
use anamnesis::reactors::RoomOpener;
use anamnesis_projections::Runner;
use anamnesis_projections::log::EventLog;
use anamnesis_projections::trail::Trail;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const CATCH_UP_MAX: Duration = Duration::from_mins(3);

pub(crate) struct Readers {
    pub(crate) runner: Runner,
    stop: CancellationToken,
}

impl Readers {
    /// Starts every read model.
    pub(crate) fn start(pool: &PgPool, engine: &Engine) -> Self {
        let stop = CancellationToken::new();
        let models = anamnesis::read_models::all(engine.identities());
        let runner = Runner::start(pool.clone(), engine.log.clone(), models, stop.clone());
        Self { runner, stop }
    }

    /// Starts the reactor that opens rooms, too.
    pub(crate) fn with_room_opener(self, engine: &Engine) -> Self {
        self.runner.run_reactor(Arc::new(RoomOpener::new(engine.executor())));
        self
    }

    /// Waits until the read models have everything that is in the log.
    pub(crate) async fn catch_up(&self, engine: &Engine) -> Outcome<()> {
        let head = *engine.log.head().borrow();
        if self.runner.wait_until(head, CATCH_UP_MAX).await {
            return Ok(());
        }
        Err("the read models did not catch up".into())
    }

    /// Waits until the audit trail has everything, which nobody else waits for.
    pub(crate) async fn complete_trail(&self, engine: &Engine) -> Outcome<()> {
        let head = *engine.log.head().borrow();
        if self.runner.wait_until_named(&[Trail::NAME], head, CATCH_UP_MAX).await {
            return Ok(());
        }
        Err("the trail did not catch up".into())
    }

    /// Waits until rooms are open for everything that is in the log.
    pub(crate) async fn open_rooms(&self, engine: &Engine) -> Outcome<()> {
        let head = *engine.log.head().borrow();
        if self.runner.wait_until_named(&[RoomOpener::NAME], head, CATCH_UP_MAX).await {
            return Ok(());
        }
        Err("the reactor did not catch up".into())
    }

    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.runner.join().await;
    }
}
