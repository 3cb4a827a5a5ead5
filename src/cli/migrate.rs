use super::{CliError, store::Store};
use crate::config::Config;

pub(super) async fn run(config: Config) -> Result<(), CliError> {
    let store = Store::open(&config).await?;
    tracing::info!("the database has this version's schema");
    store.close().await?;
    Ok(())
}
