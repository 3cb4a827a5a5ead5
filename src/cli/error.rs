use std::{io, net::SocketAddr};

use anamnesis_local_postgres::LocalPostgresError;

use crate::{config::ConfigError, database::DatabaseError, logging::LoggingError};

/// Why the program ended with a failure. The message is one line for whoever started it.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The configuration was refused.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Logging could not be set up.
    #[error(transparent)]
    Logging(#[from] LoggingError),
    /// The private PostgreSQL could not be used.
    #[error(transparent)]
    LocalPostgres(#[from] LocalPostgresError),
    /// The database could not be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The address is taken or not this machine's.
    #[error("cannot listen on {address}: {source}; choose another with ANAMNESIS_HTTP__LISTEN")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// The operating system refused something.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The master key could not be read or made.
    #[error(transparent)]
    MasterKey(#[from] crate::sealing::MasterKeyError),
    /// The server could not be put together.
    #[error(transparent)]
    Start(#[from] crate::app::StartError),
    /// The signing keys could not be changed.
    #[error(transparent)]
    SigningKeys(#[from] crate::auth::SigningKeyError),
    /// Metrics could not be recorded.
    #[error("metrics: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    /// A replay was refused.
    #[error("replay: {0}")]
    Select(#[from] crate::replay::SelectError),
    /// A replay broke off.
    #[error("the replay is not complete: {0}")]
    Replay(#[from] crate::replay::ReplayError),
    /// A command was refused or failed.
    #[error(transparent)]
    Command(#[from] crate::commands::CommandError),
    /// A read model could not be looked after.
    #[error(transparent)]
    Shadow(#[from] anamnesis_projections::shadow::ShadowError),
    /// The database failed.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// What was given on the command line, or found, will not do.
    #[error("{0}")]
    Refused(String),
}
