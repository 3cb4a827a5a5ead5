//! The whole log told over HTTP by the real server, against reading its events with COPY.

use crate::Outcome;
use crate::cluster::Bench;
use crate::hospital::SignedIn;
use crate::http_client::get;
use crate::rebuild::copy;
use crate::report::{Goal, Row};
use crate::rounds::{alternate, per_second};
use crate::server::Server;
use anamnesis::commands::{Command, Context};
use anamnesis_domain::session::SessionCommand;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::log::{EventLog, Metadata};
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const BUFFER_BYTES: usize = 1 << 18;
/// The end of a chunked body.
const END: &[u8] = b"\r\n0\r\n\r\n";
/// More than the last line has.
const TAIL_BYTES: usize = 512;

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let filled = bench.filled().await?;
    let pool = &filled.hospital.database.pool;
    let account_id = AccountId::new();
    let officer = filled.hospital.sign_in(account_id, Role::Compliance).await?;
    filled.hospital.close_door().await;
    let engine = filled.hospital.engine().await?;
    let start = SessionCommand::Start { account_id, role: Role::Compliance };
    let start = vec![Command::Session(officer.session_id, start)];
    engine.executor().execute(&Context::new(Metadata::default()), start).await?;
    let events = *engine.log.head().borrow();
    engine.stop().await;
    let server = Server::start(&filled.hospital).await?;
    let before = server.resident_bytes()?;

    let rates = alternate(
        async |_| replay(&server.address, &officer, events).await,
        async |_| {
            let started = Instant::now();
            copy(pool).await?;
            Ok(per_second(events, started.elapsed()))
        },
    )
    .await?;

    let grown = (server.resident_bytes()? - before) / f64::from(1 << 20);
    server.stop().await?;
    let note = format!(
        "{events} events as JSON Lines over HTTP, counted by the last line; limit: COPY to the \
         client; the server grew by {grown:.0} MiB"
    );
    Ok(vec![Row::new("replay", "events/s", rates, Goal::OursAtLeast(100_000.0), note)])
}

/// Events per second. The last line must say that all of them came.
async fn replay(address: &str, officer: &SignedIn, events: u64) -> Outcome<f64> {
    let mut stream = TcpStream::connect(address).await?;
    let path = format!("/api/audit/replay?to={events}");
    let started = Instant::now();
    stream.write_all(&get(&path, &officer.access_token)).await?;
    let (mut buffer, mut tail) = (vec![0; BUFFER_BYTES], Vec::new());
    while !tail.ends_with(END) {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Err("the replay broke off".into());
        }
        tail.extend_from_slice(&buffer[read.saturating_sub(TAIL_BYTES)..read]);
        tail.drain(..tail.len().saturating_sub(TAIL_BYTES));
    }
    let elapsed = started.elapsed();
    let closing = format!("{{\"complete\":true,\"count\":{events},");
    if !String::from_utf8_lossy(&tail).contains(&closing) {
        return Err("the replay is not complete".into());
    }
    Ok(per_second(events, elapsed))
}
