//! The database a subcommand works with.

use anamnesis_local_postgres::{LocalPostgres, LocalPostgresError, Settings};
use sqlx::postgres::PgConnectOptions;

use super::CliError;
use crate::{config::Config, database};

/// The configured database, or the private one, which lives as long as this does.
#[derive(Debug)]
pub(super) struct Store {
    /// How to connect as the database's owner.
    pub(super) owner: PgConnectOptions,
    private: Option<LocalPostgres>,
}

impl Store {
    /// Opens the database and brings it to this version's schema.
    pub(super) async fn open(config: &Config) -> Result<Self, CliError> {
        let store = Self::attach(config).await?;
        database::migrate(&store.owner).await?;
        Ok(store)
    }

    /// Opens the database as it is: for commands that only look.
    pub(super) async fn attach(config: &Config) -> Result<Self, CliError> {
        if let Some(owner) = database::configured(&config.database)? {
            return Ok(Self { owner, private: None });
        }
        let private = start_private(config).await?;
        let owner = database::ensure_private(private.connection_options()).await?;
        Ok(Self { owner, private: Some(private) })
    }

    /// Ends the private database, unless another process uses it.
    pub(super) async fn close(self) -> Result<(), LocalPostgresError> {
        match self.private {
            Some(private) => private.stop().await.map(drop),
            None => Ok(()),
        }
    }
}

/// Starts or adopts the private PostgreSQL in the data folder.
pub(super) async fn start_private(config: &Config) -> Result<LocalPostgres, CliError> {
    let settings =
        Settings { programs_dir: config.database.programs_dir.clone(), ..Settings::default() };
    Ok(LocalPostgres::start(&config.data_dir()?, settings).await?)
}
