use super::{CliError, store::start_private};
use crate::{config::Config, database::PRIVATE_DATABASE, shutdown};

/// Keeps the private PostgreSQL running until asked to stop, for `psql` and for tests.
pub(super) async fn run(config: Config) -> Result<(), CliError> {
    let stop = shutdown::on_signal()?;
    let postgres = start_private(&config).await?;
    crate::database::ensure_private(postgres.connection_options()).await?;
    println!("{}", postgres.url(PRIVATE_DATABASE));
    stop.cancelled().await;
    postgres.stop().await?;
    Ok(())
}
