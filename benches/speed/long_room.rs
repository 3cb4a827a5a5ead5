//! A room with a million messages against rooms with ten, on the real server.

use crate::Outcome;
use crate::cluster::Bench;
use crate::http_client::{Http, get};
use crate::report::{Goal, Row};
use crate::rounds::{median, micros};
use crate::server::Server;
use crate::socket_client::{PostFrame, Socket};
use anamnesis_domain::Role;
use std::time::Instant;

/// Of each kind of room, in turns.
const SENDS: usize = 1_000;
const PAGES: usize = 2_000;
/// Messages of a page: as many as a short room has.
const PAGE: usize = 10;

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let filled = bench.filled().await?;
    let server = Server::start(&filled.hospital).await?;
    let doctor = filled.hospital.sign_in(filled.doctor, Role::Doctor).await?;
    filled.hospital.close_door().await;
    let mut socket = Socket::open(&server.address, &doctor.ticket).await?;
    let mut long = PostFrame::new(filled.long)?;
    let short: Outcome<Vec<_>> = filled.short.iter().map(|pair| PostFrame::new(*pair)).collect();
    let mut short = short?;
    let before = Instant::now();
    socket.post(long.next()?).await?;
    let cold = before.elapsed();
    for frame in &mut short {
        socket.post(frame.next()?).await?;
    }

    let (mut long_times, mut short_times) = (Vec::new(), Vec::new());
    for index in 0..SENDS {
        let turn = index % short.len();
        long_times.push(timed_post(&mut socket, &mut long).await?);
        short_times.push(timed_post(&mut socket, &mut short[turn]).await?);
    }
    let sends = (median(&mut long_times)?, median(&mut short_times)?);

    let page = |room| {
        let path = format!("/api/rooms/{room}/messages?limit={PAGE}");
        get(&path, &doctor.access_token)
    };
    let mut http = Http::connect(&server.address).await?;
    let long = page(filled.long.room);
    let short: Vec<_> = filled.short.iter().map(|pair| page(pair.room)).collect();
    let (mut long_times, mut short_times) = (Vec::new(), Vec::new());
    for request in short.iter().cycle().take(PAGES) {
        long_times.push(timed_page(&mut http, &long).await?);
        short_times.push(timed_page(&mut http, request).await?);
    }
    let pages = (median(&mut long_times)?, median(&mut short_times)?);
    server.stop().await?;

    let note = format!(
        "p50 of 1,000,000 messages; limit: of 10; the first send of all, without a snapshot, took {:.1} s",
        cold.as_secs_f64()
    );
    let goal = Goal::RatioAtMost(1.2);
    Ok(vec![
        Row::new("long_room_send", "us", sends, goal, note),
        Row::new("long_room_page", "us", pages, goal, "p50 of the last 10 messages".to_owned()),
    ])
}

async fn timed_post(socket: &mut Socket, frame: &mut PostFrame) -> Outcome<f64> {
    let before = Instant::now();
    socket.post(frame.next()?).await?;
    Ok(micros(before.elapsed()))
}

async fn timed_page(http: &mut Http, request: &[u8]) -> Outcome<f64> {
    let before = Instant::now();
    http.ask(request).await?;
    Ok(micros(before.elapsed()))
}
