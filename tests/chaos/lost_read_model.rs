//! Read models are written without waiting for the disk, so a crash of PostgreSQL takes their
//! last steps back. Nobody may notice.

use crate::{PROGRAM, cluster, eventually, evidence};
use anamnesis_testkit::{Setup, User};
use sqlx::{Connection, PgConnection};

/// Keeps what is not waited for from reaching the disk by itself.
async fn flush_rarely(url: &str) {
    let mut owner = PgConnection::connect(url).await.unwrap();
    sqlx::query("ALTER SYSTEM SET wal_writer_delay = '10s'").execute(&mut owner).await.unwrap();
    sqlx::query("SELECT pg_catalog.pg_reload_conf()").execute(&mut owner).await.unwrap();
}

async fn last_number(user: &User) -> Option<u64> {
    let answer = user.try_send(user.request(reqwest::Method::GET, "/api/rooms")).await?;
    answer.body["rooms"][0]["last_message"]["number"].as_u64()
}

#[tokio::test]
async fn a_crash_that_takes_the_read_models_back_leaves_no_gap_and_is_made_good() {
    let setup = Setup::private(PROGRAM);
    let server = setup.start().await;
    flush_rarely(&cluster::url(&setup)).await;
    let patient = server.sign_in("paula").await;
    let doctor = server.sign_in("dr.adler").await;
    let room = patient.book(&doctor, 2).await;
    let mut of_doctor = doctor.connect(None).await;
    let cursor = of_doctor.expect("reset").await["cursor"].clone();
    drop(of_doctor);

    let number = patient.say(&room, "Are you there?").await;
    eventually("the chat list shows it", async || {
        (last_number(&patient).await == Some(number)).then_some(())
    })
    .await;
    let killed = cluster::postmaster(&setup);
    cluster::kill_postmaster(&setup);
    eventually("PostgreSQL is back", async || {
        let running = cluster::postmaster(&setup).filter(|pid| Some(*pid) != killed)?;
        PgConnection::connect(&cluster::url(&setup)).await.ok().map(|_| running)
    })
    .await;

    // The first who comes back gets what the log has, whatever the read models have lost.
    let mut of_doctor = eventually("the socket is let in", async || {
        let mut socket = doctor.try_connect(cursor.as_str()).await?;
        (socket.read().await?["type"] == "welcome").then_some(socket)
    })
    .await;
    assert_eq!(of_doctor.expect("message_posted").await["number"], number);
    // Without any further event the read models get back what they have lost.
    eventually("the chat list shows it again", async || {
        (last_number(&doctor).await == Some(number)).then_some(())
    })
    .await;
    evidence::examine(&cluster::url(&setup)).await;
    assert!(server.stop().await.success());
}
