use std::{future::IntoFuture, net::SocketAddr};

use axum::{Router, http::StatusCode, routing::get};
use sqlx::postgres::PgConnectOptions;
use tokio::{net::TcpListener, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{CliError, store::Store};
use crate::{config::Config, database, shutdown};

/// Serves until asked to stop, then drains, and only then lets go of the database.
pub(super) async fn run(config: Config) -> Result<(), CliError> {
    let stop = shutdown::on_signal()?;
    let store = Store::open(&config).await?;
    let served = serve(&config, store.owner.clone(), stop).await;
    store.close().await?;
    served
}

async fn serve(
    config: &Config,
    owner: PgConnectOptions,
    stop: CancellationToken,
) -> Result<(), CliError> {
    let pool = database::connect(owner, &config.database).await?;
    let listener = listen(config.http.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "listening");

    let router = Router::new().route("/livez", get(async || StatusCode::OK));
    let serving = tokio::spawn(
        axum::serve(listener, router)
            .with_graceful_shutdown(stop.clone().cancelled_owned())
            .into_future(),
    );
    stop.cancelled().await;
    if timeout(config.http.drain(), serving).await.is_err() {
        tracing::warn!("requests were cut off because they took longer than http.drain_seconds");
    }
    // A request that was cut off may still hold its connection.
    let _ = timeout(config.http.drain(), pool.close()).await;
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(address).await.map_err(|source| CliError::Listen { address, source })
}
