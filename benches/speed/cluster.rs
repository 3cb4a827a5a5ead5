//! A private PostgreSQL with durability on, and a migrated database for each measurement.

use crate::Outcome;
use crate::filled::Filled;
use crate::filled_calendar::FilledCalendar;
use crate::pgbench::Pgbench;
use anamnesis::config;
use anamnesis::database;
use anamnesis_local_postgres::{LocalPostgres, LocalPostgresError, Settings};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, Executor, PgConnection, PgPool};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Servers, pgbench's clients and our own pools together.
const CONNECTIONS_MAX: u16 = 200;
/// Of the hospital with many doctors, a hundred appointments each.
const DOCTORS: usize = 10_000;

/// What every row uses.
pub(crate) struct Bench {
    pub(crate) pgbench: Pgbench,
    filled: OnceCell<Filled>,
    calendar: OnceCell<FilledCalendar>,
    metrics: PrometheusHandle,
    postgres: LocalPostgres,
    folder: TempDir,
}

/// A migrated database.
pub(crate) struct Database {
    /// As its owner.
    pub(crate) url: String,
    /// As the server's role.
    pub(crate) pool: PgPool,
}

impl Database {
    /// Does what PostgreSQL does by itself within minutes of a large import, and would then do
    /// beside what is measured.
    pub(crate) async fn settle(&self) -> Outcome<()> {
        let mut owner = PgConnection::connect(&self.url).await?;
        owner.execute("VACUUM ANALYZE").await?;
        owner.execute("CHECKPOINT").await?;
        owner.close().await?;
        Ok(())
    }
}

impl Bench {
    pub(crate) async fn start() -> Outcome<Self> {
        let metrics = PrometheusBuilder::new().install_recorder()?;
        let (folder, postgres) = start_postgres().await?;
        let pgbench = Pgbench::find(folder.path())?;
        let (filled, calendar) = (OnceCell::new(), OnceCell::new());
        Ok(Self { pgbench, filled, calendar, metrics, postgres, folder })
    }

    /// Makes an empty hospital's database of that name.
    pub(crate) async fn database(&self, name: &str) -> Outcome<Database> {
        let admin = self.postgres.connection_options();
        let mut connection = PgConnection::connect_with(&admin).await?;
        connection.execute(format!("CREATE DATABASE {name} TEMPLATE template0").as_str()).await?;
        connection.close().await?;
        let owner: PgConnectOptions = admin.database(name);
        database::migrate(&owner).await?;
        let settings = config::Database::default();
        let pool = database::connect(owner, &settings).await?;
        Ok(Database { url: self.postgres.url(name), pool })
    }

    /// The hospital with a long history, which several rows share.
    pub(crate) async fn filled(&self) -> Outcome<&Filled> {
        self.filled.get_or_try_init(|| Filled::make(self)).await
    }

    /// The hospital with many doctors and appointments.
    pub(crate) async fn calendar(&self) -> Outcome<&FilledCalendar> {
        let make = || FilledCalendar::make(self, "calendar", DOCTORS);
        self.calendar.get_or_try_init(make).await
    }

    /// How many commands were decided again in this process because of a conflict.
    pub(crate) fn decided_again(&self) -> u64 {
        let text = self.metrics.render();
        let line = text.lines().find_map(|line| line.strip_prefix("commands_decided_again "));
        line.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
    }

    /// For keys, scripts and logs.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends PostgreSQL and removes everything that was written.
    pub(crate) async fn stop(self) -> Outcome<()> {
        self.postgres.stop().await?;
        Ok(())
    }
}

/// Below `target`, so that it is the disk one works on; where PostgreSQL's user can not get
/// there (root's home), in `/var/tmp`, which is a disk too.
async fn start_postgres() -> Outcome<(TempDir, LocalPostgres)> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    match start_below(&target).await {
        Err(error) if is_unreachable(error.as_ref()) => start_below(Path::new("/var/tmp")).await,
        started => started,
    }
}

fn is_unreachable(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(LocalPostgresError::Unreachable { .. }))
}

async fn start_below(parent: &Path) -> Outcome<(TempDir, LocalPostgres)> {
    std::fs::create_dir_all(parent)?;
    let folder = tempfile::tempdir_in(parent)?;
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o711))?;
    let settings = Settings { connections_max: CONNECTIONS_MAX, ..Settings::default() };
    let postgres = LocalPostgres::start(folder.path(), settings).await?;
    Ok((folder, postgres))
}
