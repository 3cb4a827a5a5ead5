//! Where log lines go, and what they look like.
//!
//! What is never in them: names, addresses, tokens, passwords, content of any kind. People and
//! things appear as their ids only.

use std::io::stderr;

use tracing_subscriber::{EnvFilter, fmt, util::SubscriberInitExt};

use crate::config::{Log, LogFormat};

/// Why logging could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum LoggingError {
    /// The filter cannot be parsed.
    #[error("configuration: `log.filter` must be of the form `info,anamnesis=debug`: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// Something in this process set up logging before.
    #[error("logging is already set up: {0}")]
    Twice(#[from] tracing_subscriber::util::TryInitError),
}

/// Sends this process's log lines to standard error. Once per process.
pub fn init(config: &Log) -> Result<(), LoggingError> {
    let lines = fmt().with_env_filter(EnvFilter::try_new(&config.filter)?).with_writer(stderr);
    match config.format {
        LogFormat::Json => lines.json().flatten_event(true).finish().try_init()?,
        LogFormat::Pretty => lines.finish().try_init()?,
    }
    Ok(())
}
