//! The live feed as its clients see it: the real server, a real PostgreSQL, real clients over
//! every transport. `docs/PROTOCOL.md` says what they may rely on.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that finds something missing has failed"
)]

mod accounts;
mod bounds;
mod consultations;
mod cursors;
mod processes;
mod protocol;
mod recorded;
mod sessions;
mod stopping;
mod store;
mod story;
mod transport;
mod verify_action;

/// The server's program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_anamnesis");

/// A number on the server's metrics page; 0 for what has not been counted yet.
async fn metric(server: &anamnesis_testkit::Server, name: &str) -> u64 {
    let page = reqwest::get(format!("http://{}/metrics", server.metrics_address())).await;
    let page = page.unwrap().text().await.unwrap();
    let mut lines = page.lines().filter_map(|line| line.split_once(' '));
    lines.find(|(named, _)| *named == name).map_or(0, |(_, count)| count.parse().unwrap())
}

/// Waits until something holds that no notification tells of, as across two processes.
async fn eventually<T>(
    what: &str,
    within: std::time::Duration,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> T {
    let tries = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let found = tokio::time::timeout(within, tries).await;
    found.unwrap_or_else(|_| panic!("not in time: {what}"))
}
