//! The least that a socket costs with axum: a server of its own that accepts sockets and does
//! nothing with them. It is this program, started again.

use crate::Outcome;
use axum::Router;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::process::Command;

/// Says that this process is the server, and whether with small buffers.
const VARIABLE: &str = "ANAMNESIS_BENCH_BARE_SOCKETS";
const SMALL: &str = "small";

/// How to start it.
pub(crate) fn program(small_buffers: bool) -> Outcome<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.env(VARIABLE, if small_buffers { SMALL } else { "default" });
    Ok(command)
}

pub(crate) fn is_asked_for() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

pub(crate) async fn serve() -> Outcome<()> {
    let small = std::env::var(VARIABLE)? == SMALL;
    let open = move |upgrade: WebSocketUpgrade| async move { upgraded(upgrade, small) };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    eprintln!(r#"{{"message":"listening","address":"{address}"}}"#);
    axum::serve(listener, Router::new().route("/", get(open))).await?;
    Ok(())
}

/// The small buffers are those of the server's own sockets.
fn upgraded(upgrade: WebSocketUpgrade, small: bool) -> Response {
    let upgrade =
        if small { upgrade.read_buffer_size(1 << 10).write_buffer_size(4 << 10) } else { upgrade };
    upgrade.on_upgrade(async |mut socket: WebSocket| while socket.recv().await.is_some() {})
}
