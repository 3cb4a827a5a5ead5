//! The log's engines, each with what it needs to live.

use anamnesis::log::{Log, LogSettings, PostgresLog};
use anamnesis_testkit::TestDatabase;
use sqlx::PgPool;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A log of this test's own.
pub(crate) struct Engine {
    pub(crate) log: Arc<dyn Log>,
    /// The same log as another process sees it.
    pub(crate) other: Arc<dyn Log>,
    pub(crate) database: Option<TestDatabase>,
    pub(crate) stop: CancellationToken,
}

impl Engine {
    pub(crate) async fn postgres() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let stop = CancellationToken::new();
        let log = open(database.pool(), LogSettings::default(), &stop).await;
        let other = open(database.pool(), LogSettings::default(), &stop).await;
        Self { log, other, database: Some(database), stop }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Opens the log as one more process would.
pub(crate) async fn open(
    pool: &PgPool,
    settings: LogSettings,
    stop: &CancellationToken,
) -> Arc<PostgresLog> {
    PostgresLog::open(pool.clone(), settings, &TaskTracker::new(), stop.clone()).await.unwrap()
}
