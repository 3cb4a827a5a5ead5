//! From one socket, through the log, to the other's socket.

use crate::Outcome;
use crate::cluster::Bench;
use crate::hospital::{Hospital, Pair};
use crate::pgbench::best_clients;
use crate::report::{Goal, Row};
use crate::rounds::{alternate, per_second};
use crate::sample::Sample;
use crate::server::Server;
use crate::socket_client::{PostFrame, Seen, Socket};
use anamnesis_domain::Role;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

const ROOMS: usize = 200;
const ROUND: Duration = Duration::from_secs(4);
/// How long the last messages may take to the other's socket.
const DELIVERY_MAX: Duration = Duration::from_secs(5);

/// A patient who sends one message after the other.
struct Sender {
    socket: Socket,
    frame: PostFrame,
}

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let hospital = Hospital::found(bench, "whole_way").await?;
    let limit = bench.database("whole_way_limit").await?;
    let pairs: Vec<Pair> = (0..ROOMS).map(|_| Pair::new()).collect();
    let engine = hospital.engine().await?;
    engine.open_rooms(&pairs).await?;
    engine.stop().await;
    let server = Server::start(&hospital).await?;
    let delivered = Arc::new(AtomicU64::new(0));
    let (mut senders, mut listening) = connect(&hospital, &server, &pairs, &delivered).await?;
    talk(&mut senders, &delivered, Duration::from_secs(1)).await?;
    let sample = Sample::last(&hospital.database.pool).await?;
    let clients = best_clients(&bench.pgbench, &limit.url, &sample).await?;

    let rates = alternate(
        async |_| talk(&mut senders, &delivered, ROUND).await,
        async |round| {
            let run = bench.pgbench.insertion(&limit.url, &sample, clients, round, ROUND)?;
            bench.pgbench.rate(&run).await
        },
    )
    .await?;

    listening.abort_all();
    server.stop().await?;
    hospital.database.pool.close().await;
    let note = format!(
        "200 rooms, 400 sockets, closed loop, acknowledged and delivered; limit: pgbench, one row \
         per transaction, {clients} clients"
    );
    Ok(vec![Row::new("whole_way", "messages/s", rates, Goal::RatioAtLeast(1.0), note)])
}

/// Patients who will send, and doctors who listen from now on.
async fn connect(
    hospital: &Hospital,
    server: &Server,
    pairs: &[Pair],
    delivered: &Arc<AtomicU64>,
) -> Outcome<(Vec<Sender>, JoinSet<Outcome<()>>)> {
    let (mut senders, mut listening) = (Vec::new(), JoinSet::new());
    for pair in pairs {
        let (patient_id, doctor_id) = (pair.people.patient_id, pair.people.doctor_id);
        let patient = hospital.sign_in(patient_id, Role::Patient).await?;
        let doctor = hospital.sign_in(doctor_id, Role::Doctor).await?;
        let mut other = Socket::open(&server.address, &doctor.ticket).await?;
        let socket = Socket::open(&server.address, &patient.ticket).await?;
        senders.push(Sender { socket, frame: PostFrame::new(*pair)? });
        let delivered = Arc::clone(delivered);
        listening.spawn(async move {
            loop {
                if other.next().await? == Seen::Posted {
                    delivered.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    hospital.close_door().await;
    Ok((senders, listening))
}

/// Everyone sends for a while; messages per second that were acknowledged and delivered.
async fn talk(senders: &mut Vec<Sender>, delivered: &AtomicU64, time: Duration) -> Outcome<f64> {
    let before = delivered.load(Ordering::Relaxed);
    let started = Instant::now();
    let mut talking = JoinSet::new();
    for mut sender in senders.drain(..) {
        talking.spawn(async move {
            let mut acknowledged = 0;
            while started.elapsed() < time {
                sender.socket.post(sender.frame.next()?).await?;
                acknowledged += 1;
            }
            Outcome::Ok((sender, acknowledged))
        });
    }
    let mut acknowledged = 0;
    while let Some(one) = talking.join_next().await {
        let (sender, count) = one??;
        senders.push(sender);
        acknowledged += count;
    }
    let acknowledged_at = Instant::now();
    while delivered.load(Ordering::Relaxed) - before < acknowledged {
        if acknowledged_at.elapsed() > DELIVERY_MAX {
            return Err("an acknowledged message did not reach the other's socket".into());
        }
        sleep(Duration::from_millis(1)).await;
    }
    Ok(per_second(acknowledged, started.elapsed()))
}
