//! `anamnesis keys`.

use super::{CliError, KeysCommand, store::Store};
use crate::auth::{SigningKeySettings, SigningKeys};
use crate::clock::Clock;
use crate::config::Config;
use crate::database;

/// Changes the key pair that signs access tokens. A running server, or the next one, writes it
/// into the log.
pub(super) async fn run(config: Config, command: KeysCommand) -> Result<(), CliError> {
    let KeysCommand::RotateSigning = command;
    let store = Store::open(&config).await?;
    let pool = database::connect(store.owner.clone(), &config.database).await?;
    let master = super::master_key(&config)?;
    let (clock, settings) = (Clock::system(), SigningKeySettings::default());
    let rotated =
        async { SigningKeys::start(pool.clone(), &master, clock, settings).await?.rotate().await };
    let rotated = rotated.await;
    pool.close().await;
    store.close().await?;
    Ok(rotated?)
}
