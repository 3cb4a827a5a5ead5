//! `make bench`: every speed goal of the design beside its limit, measured in one run.
//!
//! Each row alternates short rounds of ours and of its limit and takes the medians, so that
//! whatever else the machine does falls on both. `ROW=appends make bench` runs one row.

mod appends;
mod as_of;
mod asking;
mod bare_socket;
mod booking;
mod calendar;
mod clinic;
mod cluster;
mod directory;
mod engine;
mod filled;
mod filled_calendar;
mod filled_trail;
mod filling;
mod first_looks;
mod history_page;
mod hospital;
mod http_client;
mod idle_sockets;
mod latency;
mod load;
mod long_room;
mod names;
mod notices;
mod one_room;
mod percentiles;
mod pgbench;
mod raw_insert;
mod readers;
mod reads;
mod rebuild;
mod replay;
mod report;
mod rounds;
mod sample;
mod server;
mod socket_client;
mod trail;
mod whole_way;

use cluster::Bench;
use report::Row;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Outcome<T> = Result<T, Failure>;

/// The rows, by the names that `ROW=` takes.
const ROWS: [&str; 17] = [
    "appends",
    "whole_way",
    "latency",
    "long_room",
    "one_room",
    "booking",
    "notices",
    "calendar",
    "directory",
    "history_page",
    "reads",
    "first_looks",
    "trail",
    "rebuild",
    "replay",
    "as_of",
    "idle_sockets",
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    if bare_socket::is_asked_for() {
        return runtime.block_on(bare_socket::serve());
    }
    let only = std::env::var("ROW").ok().filter(|row| !row.is_empty());
    if let Some(row) = &only
        && !ROWS.contains(&row.as_str())
    {
        return Err(format!("no row `{row}`: there are {}", ROWS.join(", ")).into());
    }
    runtime.block_on(async {
        let bench = Bench::start().await?;
        let measured = measure_all(&bench, only.as_deref()).await;
        bench.stop().await?;
        report::write(&measured?)
    })
}

async fn measure_all(bench: &Bench, only: Option<&str>) -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    for name in ROWS.into_iter().filter(|name| only.is_none_or(|only| only == *name)) {
        for row in measure(bench, name).await? {
            println!("{row}");
            rows.push(row);
        }
    }
    Ok(rows)
}

async fn measure(bench: &Bench, name: &str) -> Outcome<Vec<Row>> {
    match name {
        "appends" => appends::measure(bench).await,
        "whole_way" => whole_way::measure(bench).await,
        "latency" => latency::measure(bench).await,
        "long_room" => long_room::measure(bench).await,
        "one_room" => one_room::measure(bench).await,
        "booking" => booking::measure(bench).await,
        "notices" => notices::measure(bench).await,
        "calendar" => calendar::measure(bench).await,
        "directory" => directory::measure(bench).await,
        "history_page" => history_page::measure(bench).await,
        "reads" => reads::measure(bench).await,
        "first_looks" => first_looks::measure(bench).await,
        "trail" => trail::measure(bench).await,
        "rebuild" => rebuild::measure(bench).await,
        "replay" => replay::measure(bench).await,
        "as_of" => as_of::measure(bench).await,
        _ => idle_sockets::measure(bench).await,
    }
}
