//! Pages of 50 messages over HTTP, against pgbench running the same statements.

use crate::Outcome;
use crate::cluster::Bench;
use crate::filled::Filled;
use crate::hospital::Pair;
use crate::http_client::{Http, get};
use crate::pgbench::Run;
use crate::report::{Goal, Row};
use crate::rounds::{alternate, per_second};
use crate::server::Server;
use anamnesis_domain::Role;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const CONNECTIONS: u32 = 16;
const ROUND: Duration = Duration::from_secs(3);
/// Pages end before these numbers, so that each is full.
pub(crate) const ENDS: std::ops::RangeInclusive<usize> = 60..=500;
/// Different pages that are asked for.
pub(crate) const PAGES: usize = 4_000;
/// The statements of a page, as they stand in the source.
const SOURCE: &str = include_str!("../../projections/src/conversations/page.rs");
const MESSAGES: &str =
    "SELECT sequence, author_id, posted_at, position, event_id, body, body_event_id,
             version, edited_at, edits, retracted_at, hidden_at
         FROM messages WHERE room_id = $1 AND sequence < $2
         ORDER BY sequence DESC LIMIT $3";
const REACTIONS: &str = "SELECT message, account_id, reaction FROM reactions
         WHERE room_id = $1 AND message BETWEEN $2 AND $3
         ORDER BY message, account_id, reaction";

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    if !SOURCE.contains(MESSAGES) || !SOURCE.contains(REACTIONS) {
        return Err("the statements of a page have changed: copy them to history_page.rs".into());
    }
    let filled = bench.filled().await?;
    let server = Server::start(&filled.hospital).await?;
    let requests = requests(filled).await?;
    let run = Run {
        scripts: scripts(bench.folder(), &filled.ordinary)?,
        url: &filled.hospital.database.url,
        clients: CONNECTIONS,
        time: ROUND,
        variables: Vec::new(),
    };
    read_pages(&server.address, &requests, Duration::from_secs(1)).await?;

    let rates = alternate(
        async |_| Ok(read_pages(&server.address, &requests, ROUND).await?.per_second),
        async |_| bench.pgbench.rate(&run).await,
    )
    .await?;

    server.stop().await?;
    let note = "50 messages opened, 16 connections; limit: pgbench, the same statements, prepared";
    Ok(vec![Row::new("history_page", "pages/s", rates, Goal::RatioAtLeast(0.5), note.to_owned())])
}

/// The pages, as a doctor in a session that begins now asks for them.
pub(crate) async fn requests(filled: &Filled) -> Outcome<Arc<[Vec<u8>]>> {
    let doctor = filled.hospital.sign_in(filled.doctor, Role::Doctor).await?;
    filled.hospital.close_door().await;
    let rooms = filled.ordinary.len();
    let apart = (ENDS.end() - ENDS.start()) / (PAGES / rooms);
    let request = |index: usize| {
        let room = filled.ordinary[index % rooms].room;
        let end = ENDS.start() + index / rooms * apart;
        let path = format!("/api/rooms/{room}/messages?limit=50&before={end}");
        get(&path, &doctor.access_token)
    };
    Ok((0..PAGES).map(request).collect())
}

/// One script per room: pgbench has no list to choose a room from.
fn scripts(folder: &Path, pairs: &[Pair]) -> Outcome<Vec<PathBuf>> {
    let mut scripts = Vec::new();
    for pair in pairs {
        let room = format!("'{}'", pair.room);
        let statement = |text: &str, second: &str, third: &str| {
            // pgbench has no search path of ours.
            let text = text.replace(" FROM ", " FROM read.");
            let text = text.replace("$1", &room).replace("$2", second).replace("$3", third);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let text = format!(
            "\\set end random({}, {})\n\\set first :end - 50\n\\set last :end - 1\n{};\n{};\n",
            ENDS.start(),
            ENDS.end(),
            statement(MESSAGES, ":end", "51"),
            statement(REACTIONS, ":first", ":last")
        );
        let script = folder.join(format!("page-{}.sql", pair.room));
        std::fs::write(&script, text)?;
        scripts.push(script);
    }
    Ok(scripts)
}

/// How many pages were read, and how fast.
pub(crate) struct ReadPages {
    pub(crate) pages: usize,
    pub(crate) per_second: f64,
}

/// Reads for that long, each connection its own pages in turns.
pub(crate) async fn read_pages(
    address: &str,
    requests: &Arc<[Vec<u8>]>,
    time: Duration,
) -> Outcome<ReadPages> {
    let started = Instant::now();
    let mut reading = JoinSet::new();
    let clients = usize::try_from(CONNECTIONS)?;
    for client in 0..clients {
        let (requests, mut http) = (Arc::clone(requests), Http::connect(address).await?);
        reading.spawn(async move {
            let mut read = 0;
            let mut own = requests.iter().cycle().skip(client).step_by(clients);
            while started.elapsed() < time {
                let Some(request) = own.next() else { break };
                http.ask(request).await?;
                read += 1;
            }
            Outcome::Ok(read)
        });
    }
    let mut read = 0;
    while let Some(one) = reading.join_next().await {
        read += one??;
    }
    let per_second = per_second(read, started.elapsed());
    Ok(ReadPages { pages: usize::try_from(read)?, per_second })
}
