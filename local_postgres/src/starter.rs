//! Bringing the cluster up, whatever state it was left in.

use std::{path::Path, time::Duration};

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::{
    process::Child,
    time::{Instant, sleep},
};

use crate::{
    LocalPostgresError, Settings,
    account::Account,
    cluster,
    layout::Layout,
    lock,
    postmaster::{self, State},
    programs::Programs,
};

/// A PostgreSQL that was left starting or stopping may take this long to make up its mind.
const BUSY_MAX: Duration = Duration::from_mins(5);
const POLL: Duration = Duration::from_millis(50);
/// The processes of a killed postmaster take a moment to notice, and refuse a new one meanwhile.
const ATTEMPTS_MAX: u32 = 6;
const PAUSE: Duration = Duration::from_millis(200);

/// All that is needed to start PostgreSQL, now and again.
#[derive(Debug, Clone)]
pub(crate) struct Starter {
    pub(crate) layout: Layout,
    pub(crate) options: PgConnectOptions,
    account: Account,
    settings: Settings,
}

impl Starter {
    pub(crate) fn prepare(data_dir: &Path, settings: Settings) -> Result<Self, LocalPostgresError> {
        let account = Account::choose()?;
        let layout = Layout::prepare(data_dir)?;
        account.check_reach(&layout.data_dir)?;
        layout.prepare_socket_dir(&account)?;
        let options = PgConnectOptions::new_without_pgpass()
            .socket(&layout.socket_dir)
            .port(5432)
            .username(cluster::SUPERUSER)
            .database("postgres")
            .ssl_mode(PgSslMode::Disable);
        Ok(Self { layout, options, account, settings })
    }

    /// Starts PostgreSQL unless it runs. The process is returned if it was started here; where
    /// several processes share the cluster, one starts it and the others find it started.
    pub(crate) async fn start_alone(&self) -> Result<Option<Child>, LocalPostgresError> {
        let _alone = lock::exclusive(&self.layout.start_lock).await?;
        if self.settled().await? == State::Up {
            return Ok(None);
        }
        let only = self.settings.programs_dir.as_deref();
        let programs = Programs::find(&self.layout.cluster, only).await?;
        cluster::ensure(&self.layout, &programs, &self.account).await?;
        for attempt in 0..ATTEMPTS_MAX {
            postmaster::forget_stale_pid(&self.layout);
            let mut child =
                postmaster::spawn(&self.layout, &programs, &self.account, &self.settings)?;
            if postmaster::ready(&mut child, &self.layout, &self.options).await? {
                return Ok(Some(child));
            }
            sleep(PAUSE * 2_u32.pow(attempt)).await;
        }
        Err(LocalPostgresError::DidNotStart { log: self.layout.log.clone() })
    }

    /// Waits until PostgreSQL is either up or down.
    async fn settled(&self) -> Result<State, LocalPostgresError> {
        let deadline = Instant::now() + BUSY_MAX;
        loop {
            match postmaster::state(&self.layout, &self.options).await {
                State::Busy if Instant::now() < deadline => sleep(POLL).await,
                State::Busy => {
                    return Err(LocalPostgresError::DidNotStart { log: self.layout.log.clone() });
                }
                settled => return Ok(settled),
            }
        }
    }
}
