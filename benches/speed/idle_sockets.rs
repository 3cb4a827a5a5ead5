//! What a socket that says nothing costs.

use crate::Outcome;
use crate::bare_socket;
use crate::cluster::Bench;
use crate::hospital::Hospital;
use crate::report::{Goal, Row};
use crate::rounds::number;
use crate::server::Server;
use crate::socket_client::Socket;
use anamnesis_domain::{AccountId, Role};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::time::Duration;
use tokio::time::sleep;

/// Opened before memory is looked at for the first time: the process warms up.
const WARM_UP: usize = 500;
const SOCKETS: u32 = 2_000;
const AT_ONCE: usize = 12;
/// Until what opening needed is given back.
const SETTLE: Duration = Duration::from_secs(2);

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let hospital = Hospital::found(bench, "idle_sockets").await?;
    let server = Server::start(&hospital).await?;
    let ours = per_socket(&server, async || {
        let patient = hospital.sign_in(AccountId::new(), Role::Patient).await?;
        Socket::open(&server.address, &patient.ticket).await
    })
    .await?;
    server.stop().await?;
    hospital.database.pool.close().await;

    let bare = Server::spawn(bare_socket::program(true)?).await?;
    let limit = per_socket(&bare, async || Socket::upgrade(&bare.address, "/").await).await?;
    bare.stop().await?;
    let bare = Server::spawn(bare_socket::program(false)?).await?;
    let default = per_socket(&bare, async || Socket::upgrade(&bare.address, "/").await).await?;
    bare.stop().await?;

    let note = format!(
        "2,000 sockets; limit: a bare axum socket with the same buffers (with axum's default \
         buffers: {default:.1})"
    );
    Ok(vec![Row::new("idle_socket", "KiB", (ours, limit), Goal::OursAtMost(8.0), note)])
}

/// Resident KiB that each further socket adds.
async fn per_socket(server: &Server, open: impl AsyncFn() -> Outcome<Socket>) -> Outcome<f64> {
    let many = usize::try_from(SOCKETS)?;
    let open_all = async |count: usize| -> Outcome<Vec<Socket>> {
        let opening = (0..count).map(|_| open());
        stream::iter(opening).buffer_unordered(AT_ONCE).try_collect().await
    };
    let _first = open_all(WARM_UP).await?;
    sleep(SETTLE).await;
    let before = server.resident_bytes()?;
    let _sockets = open_all(many).await?;
    sleep(SETTLE).await;
    let after = server.resident_bytes()?;
    Ok((after - before) / 1024.0 / number(u64::from(SOCKETS)))
}
