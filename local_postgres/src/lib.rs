//! A private PostgreSQL cluster, started from the PostgreSQL programs on the machine.
//!
//! It listens on a Unix socket only, runs as an unprivileged user when the server is root, and
//! outlives crashes: of the server (the next start adopts the running PostgreSQL), of
//! PostgreSQL (it is started again), and of the machine (durability settings are on and cannot
//! be turned off). Several processes may share one data folder; the last to stop in order
//! stops PostgreSQL.

mod account;
mod cluster;
mod error;
mod layout;
mod lock;
mod postmaster;
mod process_table;
mod programs;
mod starter;
mod supervisor;

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use sqlx::postgres::PgConnectOptions;
use tokio::{process::Child, sync::watch, task::JoinHandle};
use tokio_util::sync::{CancellationToken, DropGuard};

pub use crate::{error::LocalPostgresError, supervisor::Health};
use crate::{postmaster::State, starter::Starter};

/// What can be chosen about the cluster.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The most connections PostgreSQL accepts; takes effect when PostgreSQL is next started.
    pub connections_max: u16,
    /// The folder with PostgreSQL's programs; `None`: they are looked for on the `PATH`, where
    /// packages install them, and where `pg_config` says.
    pub programs_dir: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connections_max: 100, programs_dir: None }
    }
}

/// How [`LocalPostgres::stop`] left PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// PostgreSQL has ended.
    Ended,
    /// Another process uses it, so it goes on.
    LeftRunning,
}

/// A share in the running cluster. Dropping it without [`stop`](Self::stop) leaves PostgreSQL
/// running, as a crash would; the next start adopts it.
#[derive(Debug)]
pub struct LocalPostgres {
    starter: Starter,
    holders: File,
    health: watch::Receiver<Health>,
    supervisor: JoinHandle<Option<Child>>,
    supervising: DropGuard,
}

impl LocalPostgres {
    /// Starts or adopts the cluster in `data_dir`, which is made if it is missing, and goes on
    /// supervising it on the current tokio runtime. A first start takes some seconds; one
    /// after a crash as long as PostgreSQL's recovery, at most five minutes.
    pub async fn start(data_dir: &Path, settings: Settings) -> Result<Self, LocalPostgresError> {
        let starter = Starter::prepare(data_dir, settings)?;
        // Taken before looking whether PostgreSQL runs: whoever is about to stop it holds
        // this alone until it has ended.
        let holders = lock::shared(&starter.layout.holders_lock).await?;
        let child = match postmaster::state(&starter.layout, &starter.options).await {
            State::Up => None,
            State::Busy | State::Down => starter.start_alone().await?,
        };

        let (tell, health) = watch::channel(Health::Up);
        let stop = CancellationToken::new();
        let supervisor = tokio::spawn(supervisor::run(starter.clone(), child, tell, stop.clone()));
        Ok(Self { starter, holders, health, supervisor, supervising: stop.drop_guard() })
    }

    /// How to connect as the owner of everything, to the database `postgres`.
    #[must_use]
    pub fn connection_options(&self) -> PgConnectOptions {
        self.starter.options.clone()
    }

    /// The same as a URL, for `database`, in the form that `psql` and `DATABASE_URL` take.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let folder = percent_encoded(&self.starter.layout.socket_dir.to_string_lossy());
        let database = percent_encoded(database);
        format!("postgres://{}@{folder}:5432/{database}?sslmode=disable", cluster::SUPERUSER)
    }

    /// Whether PostgreSQL is there, and a wake-up when that changes.
    #[must_use]
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// The process id of PostgreSQL's main process, while it is alive.
    #[must_use]
    pub fn postmaster_pid(&self) -> Option<i32> {
        postmaster::pid(&self.starter.layout).map(nix::unistd::Pid::as_raw)
    }

    /// Gives up the share, and ends PostgreSQL in order if nobody else has one. Takes at most
    /// a minute.
    pub async fn stop(self) -> Result<Stopped, LocalPostgresError> {
        drop(self.supervising);
        let child = self.supervisor.await.unwrap_or_default();
        drop(self.holders);
        // Held until PostgreSQL has ended, so that a start that comes meanwhile waits for that.
        let alone = lock::open(&self.starter.layout.holders_lock)?;
        if alone.try_lock().is_err() {
            return Ok(Stopped::LeftRunning);
        }
        postmaster::stop(&self.starter.layout, child).await?;
        Ok(Stopped::Ended)
    }
}

fn percent_encoded(text: &str) -> String {
    use std::fmt::Write;

    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_folder_can_stand_in_a_url() {
        assert_eq!(super::percent_encoded("/a b/c-1"), "%2Fa%20b%2Fc-1");
    }
}
