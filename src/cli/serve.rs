//! `anamnesis serve`.

use super::{CliError, demo, store::Store};
use crate::app::App;
use crate::config::Config;
use crate::http::router;
use crate::{database, metrics_page, shutdown};
use axum::ServiceExt;
use axum::extract::Request;
use axum::serve::ListenerExt;
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long the server's own tasks may take to end once nobody is served any more.
const TASKS_MAX: Duration = Duration::from_secs(10);
/// How often to look whether the last socket is gone.
const LOOK: Duration = Duration::from_millis(20);

/// Serves until asked to stop. Then no new request is taken, sockets are told to come back
/// elsewhere, requests are finished, and only then are the log and the database let go.
pub(super) async fn run(config: Config) -> Result<(), CliError> {
    let stop = shutdown::on_signal()?;
    let store = Store::open(&config).await?;
    let served = serve(&config, &store, &stop).await;
    store.close().await?;
    served
}

async fn serve(config: &Config, store: &Store, stop: &CancellationToken) -> Result<(), CliError> {
    let listener = listen(config.http.listen).await?;
    let address = listener.local_addr()?;
    let metrics = match config.metrics.listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let metrics_address = metrics.as_ref().map(TcpListener::local_addr).transpose()?;
    let metrics =
        metrics.map(|listener| metrics_page::serve(listener, stop.clone())).transpose()?;
    let pool = database::connect(store.owner.clone(), &config.database).await?;
    let master = super::master_key(config)?;
    let (tasks, halt) = (TaskTracker::new(), CancellationToken::new());
    let app = App::start(config.clone(), pool.clone(), &master, &tasks, stop, &halt).await?;
    if config.demo {
        demo::seed(&app).await?;
        demo::greet(address);
    }
    let metrics_address = metrics_address.map(tracing::field::display);
    tracing::info!(%address, metrics = metrics_address, "listening");

    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(
        router::service(&app),
    );
    // Otherwise a small frame that follows another waits for the client's delayed answer to the
    // first: 40 ms. A connection that this fails for is broken, which its next use will tell.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    let serving = tokio::spawn(
        axum::serve(listener, service)
            .with_graceful_shutdown(stop.clone().cancelled_owned())
            .into_future(),
    );
    stop.cancelled().await;
    if timeout(config.http.drain(), drained(&app, serving)).await.is_err() {
        tracing::warn!("requests were cut off because they took longer than http.drain_seconds");
    }
    halt.cancel();
    tasks.close();
    if timeout(TASKS_MAX, async { tokio::join!(tasks.wait(), app.runner.join()) }).await.is_err() {
        tracing::warn!("some tasks did not end in time");
    }
    drop(metrics);
    // A request that was cut off may still hold its connection.
    let _ = timeout(config.http.drain(), pool.close()).await;
    Ok(())
}

/// All requests are answered and all sockets gone. (The HTTP server does not count sockets.)
async fn drained(app: &Arc<App>, serving: tokio::task::JoinHandle<std::io::Result<()>>) {
    let _ = serving.await;
    while app.live.hub().connected() > 0 {
        tokio::time::sleep(LOOK).await;
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(address).await.map_err(|source| CliError::Listen { address, source })
}
