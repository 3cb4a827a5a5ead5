//! PostgreSQL stands still for a while, as on a machine that has run out of memory or disk.

use crate::cluster::{self, Frozen};
use crate::talk::{Pair, Talk};
use crate::{PATIENCE, PROGRAM, eventually, evidence, verdict};
use anamnesis_testkit::{Setup, User};
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

/// A question about health is answered within this, whatever the database does.
const HEALTH_MAX: Duration = Duration::from_secs(5);

async fn readiness(stranger: &User) -> u16 {
    timeout(HEALTH_MAX, stranger.get("/readyz")).await.unwrap().status
}

#[tokio::test]
async fn while_the_database_stands_still_everything_is_answered_in_time_and_nothing_is_lost() {
    let setup = Setup::private(PROGRAM);
    let server = setup.start().await;
    let stranger = User::stranger(server.address());
    let pairs = Pair::three(&server).await;
    let (patient, room) = (pairs[0].patient.clone(), pairs[0].room.clone());
    let talk = Talk::start(pairs, server.address(), server.address()).await;
    talk.goes_on_for(60).await;
    assert_eq!(readiness(&stranger).await, 200);

    let frozen = Frozen::freeze(&setup).await;
    assert_eq!(readiness(&stranger).await, 503);
    assert_eq!(stranger.get("/livez").await.status, 200);
    let (path, through) = (format!("/api/rooms/{room}/read"), json!({ "through": 2 }));
    let answer = timeout(PATIENCE, patient.post(&path, &through)).await.unwrap();
    assert_eq!(answer.status, 503, "{}", answer.body);
    drop(frozen);

    eventually("it is ready again", async || (readiness(&stranger).await == 200).then_some(()))
        .await;
    talk.goes_on_for(60).await;
    let talked = talk.finish().await;
    verdict::pass(&setup, server.address(), &talked).await;
    evidence::examine(&cluster::url(&setup)).await;
    assert!(server.stop().await.success());
}
