//! `kill -9`, of the server and of PostgreSQL in turn.

use crate::talk::{Pair, Talk};
use crate::{PROGRAM, cluster, evidence, verdict};
use anamnesis_testkit::Setup;
use std::sync::atomic::Ordering;

const ROUNDS: u32 = 20;
/// Messages acknowledged between two blows.
const MESSAGES: u64 = 25;

#[tokio::test]
async fn twenty_kills_of_server_and_database_under_load_lose_nothing_and_double_nothing() {
    let setup = Setup::private(PROGRAM);
    let mut server = setup.start().await;
    let pairs = Pair::three(&server).await;
    let talk = Talk::start(pairs, server.address(), server.address()).await;
    let mut rounds_in_flight = 0;
    for round in 0..ROUNDS {
        talk.goes_on_for(MESSAGES).await;
        if talk.counts.in_flight.load(Ordering::Relaxed) > 0 {
            rounds_in_flight += 1;
        }
        if round % 2 == 0 {
            server.kill().await;
            server = setup.start().await;
            talk.meet_at(server.address());
        } else {
            // The server stays as it is, and brings its database back by itself.
            cluster::kill_postmaster(&setup);
        }
    }
    talk.goes_on_for(MESSAGES).await;
    let counts = std::sync::Arc::clone(&talk.counts);
    let talked = talk.finish().await;
    assert!(rounds_in_flight > ROUNDS / 2, "blows fell under load: {rounds_in_flight}");
    assert!(counts.repeated.load(Ordering::Relaxed) > 0, "some of it had to be repeated");
    verdict::pass(&setup, server.address(), &talked).await;
    evidence::examine(&cluster::url(&setup)).await;
    assert!(server.stop().await.success());
}
