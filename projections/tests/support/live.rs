//! A running process, as far as the readers of the log go.

use super::memory_log::MemoryLog;
use super::opener::FakeOpener;
use anamnesis_projections::accounts::Accounts;
use anamnesis_projections::appointments::Appointments;
use anamnesis_projections::audit_desks::AuditDesks;
use anamnesis_projections::consultations::Consultations;
use anamnesis_projections::conversations::Conversations;
use anamnesis_projections::deleted_items::DeletedItems;
use anamnesis_projections::grants::Grants;
use anamnesis_projections::log::EventLog;
use anamnesis_projections::notices::Notices;
use anamnesis_projections::reports::Reports;
use anamnesis_projections::schedules::Schedules;
use anamnesis_projections::trail::Trail;
use anamnesis_projections::{Projection, Runner};
use anamnesis_testkit::fresh_pool;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than anything takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Live {
    pub(crate) pool: PgPool,
    pub(crate) log: Arc<MemoryLog>,
    pub(crate) runner: Runner,
    names: Vec<&'static str>,
    cancel: CancellationToken,
}

pub(crate) fn projections() -> Vec<Arc<dyn Projection>> {
    vec![
        accounts(),
        Arc::new(Conversations),
        Arc::new(Appointments),
        Arc::new(Consultations),
        Arc::new(Notices),
        Arc::new(Schedules),
        Arc::new(DeletedItems),
        Arc::new(Reports),
        Arc::new(Grants),
        Arc::new(AuditDesks),
        Arc::new(Trail),
    ]
}

pub(crate) fn accounts() -> Arc<dyn Projection> {
    Arc::new(Accounts::new(Arc::new(FakeOpener::default())))
}

impl Live {
    /// On a database of its own.
    pub(crate) async fn start(log: &Arc<MemoryLog>) -> Self {
        Self::start_on(fresh_pool().await, log, projections())
    }

    pub(crate) fn start_on(
        pool: PgPool,
        log: &Arc<MemoryLog>,
        projections: Vec<Arc<dyn Projection>>,
    ) -> Self {
        let cancel = CancellationToken::new();
        let names = projections.iter().map(|projection| projection.name()).collect();
        let port: Arc<dyn EventLog> = log.clone();
        let runner = Runner::start(pool.clone(), port, projections, cancel.clone());
        Self { pool, log: Arc::clone(log), runner, names, cancel }
    }

    /// Until every projection has everything, also one that nobody is kept waiting for.
    pub(crate) async fn caught_up(&self) {
        let position = self.log.last_position();
        assert!(
            self.runner.wait_until_named(&self.names, position, PATIENCE).await,
            "behind {position}"
        );
    }

    pub(crate) async fn stop(self) -> PgPool {
        self.cancel.cancel();
        self.runner.join().await;
        self.pool
    }

    /// What a restart of the process does.
    pub(crate) async fn restart(self) -> Self {
        let log = Arc::clone(&self.log);
        let pool = self.stop().await;
        Self::start_on(pool, &log, projections())
    }
}
