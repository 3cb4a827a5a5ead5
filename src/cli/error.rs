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
    /// The subcommand has no body in this build.
    #[error("`{0}` is not part of this build")]
    NotYet(&'static str),
}
