//! The page that a metrics collector reads, on a listener of its own so that it need not be
//! public. Labels are names of parts, never of people.

use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder};
use std::future::IntoFuture;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Buckets for times, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
/// Buckets for sizes of batches.
const SIZES: [f64; 8] = [1.0, 4.0, 16.0, 64.0, 128.0, 256.0, 512.0, 1024.0];

/// Starts recording, and serves `/metrics` until `stop`.
pub fn serve(listener: TcpListener, stop: CancellationToken) -> Result<JoinHandle<()>, BuildError> {
    let recorder = PrometheusBuilder::new()
        .set_buckets(&SECONDS)?
        .set_buckets_for_metric(
            metrics_exporter_prometheus::Matcher::Prefix("log_batch".to_owned()),
            &SIZES,
        )?
        .build_recorder();
    let page = recorder.handle();
    // Only one recorder can be; a second server in the process (in tests) records nothing.
    let _ = metrics::set_global_recorder(recorder);
    let router = Router::new().route("/metrics", get(move || async move { page.render() }));
    Ok(tokio::spawn(async move {
        let served = axum::serve(listener, router)
            .with_graceful_shutdown(stop.cancelled_owned())
            .into_future();
        if let Err(error) = served.await {
            tracing::warn!(%error, "the metrics page ended");
        }
    }))
}
