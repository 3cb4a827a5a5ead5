//! Many who want one time, on two servers, of which one dies in the middle.

use crate::{PROGRAM, eventually, evidence};
use anamnesis_testkit::{Server, User, World, booking};
use futures_util::stream::{self, Stream, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// Half of them at each server.
const WISHES: usize = 200;
/// Of those at one server, the wishes that are on their way at a time; the others wait for theirs.
const ON_THEIR_WAY: usize = 25;
/// After so many answers of the first server it is killed, with the next on their way to it.
const ANSWERS_BEFORE: usize = 5;

#[tokio::test]
async fn of_200_bookings_of_one_slot_one_is_made_though_a_server_is_killed() {
    let World { server: first, setup, database } = World::start(PROGRAM).await;
    let second = setup.start().await;
    let paula = first.sign_in("paula").await;
    let doctor = first.sign_in("dr.adler").await;
    let wish = booking(&doctor.id(), 2);
    let (at_first, at_second) = (paula.at(first.address()), paula.at(second.address()));
    let (cut_short, others) = tokio::join!(
        answers_until_killed(first, attempts(&at_first, &wish)),
        attempts(&at_second, &wish).collect::<Vec<_>>(),
    );
    let before_and_on_their_way = ANSWERS_BEFORE..ANSWERS_BEFORE + ON_THEIR_WAY;
    let answered = cut_short.iter().flatten().count();
    assert!(before_and_on_their_way.contains(&answered), "{answered} answered: {cut_short:?}");
    assert_eq!((cut_short.len(), others.len()), (WISHES / 2, WISHES / 2));
    assert!(others.iter().all(Option::is_some), "the other server answers: {others:?}");
    let answers = [cut_short, others].concat();
    let won = answers.iter().filter(|status| **status == Some(201)).count();
    assert!(won <= 1, "{answers:?}");
    for status in answers.iter().flatten() {
        assert!(matches!(*status, 201 | 409 | 503), "{status}");
    }

    // If whoever was first never heard of it, it stands nevertheless; if nobody was, somebody is.
    let again = attempt(&at_second, &wish).await.unwrap();
    assert!(again == 201 || again == 409, "{again}");
    // The readers of the log worked at the server that died; the other one's take over.
    let doctor = doctor.at(second.address());
    let all = eventually("the calendar shows it", async || {
        let all = doctor.get("/api/appointments").await.expect(200);
        (all["appointments"] != json!([])).then_some(all)
    });
    let all = all.await;
    assert_eq!(all["appointments"].as_array().unwrap().len(), 1, "{all}");
    let kept: Vec<String> = sqlx::query_scalar(
        "SELECT payload::jsonb #>> '{TimeTaken,appointment_id}' FROM log.events
         WHERE aggregate_type = 'doctor_day'",
    )
    .fetch_all(database.owner_pool())
    .await
    .unwrap();
    let id = all["appointments"][0]["appointment_id"].as_str().unwrap();
    assert_eq!(kept, [id], "the day agrees");
    evidence::examine(database.url()).await;
}

/// One server's half of the wishes, and what became of each as soon as it is known.
fn attempts<'a>(patient: &'a User, wish: &'a Value) -> impl Stream<Item = Option<u16>> + 'a {
    let each = stream::iter(0..WISHES / 2).map(move |_| {
        let mut wish = wish.clone();
        wish["client_id"] = json!(Uuid::new_v4());
        async move { attempt(patient, &wish).await }
    });
    each.buffer_unordered(ON_THEIR_WAY)
}

/// Kills the server in the middle: some are answered, as many as may are on their way, and most
/// are still to come.
async fn answers_until_killed(
    server: Server,
    attempts: impl Stream<Item = Option<u16>>,
) -> Vec<Option<u16>> {
    let mut attempts = std::pin::pin!(attempts);
    let mut answers = Vec::new();
    let before = attempts.by_ref().take(ANSWERS_BEFORE).collect::<Vec<_>>().await;
    assert!(before.iter().all(Option::is_some), "it lives: {before:?}");
    answers.extend(before);
    server.kill().await;
    answers.extend(attempts.collect::<Vec<_>>().await);
    answers
}

/// The status; `None` when the server died before it answered.
async fn attempt(patient: &User, wish: &Value) -> Option<u16> {
    let request = patient.request(Method::POST, "/api/appointments").json(wish);
    Some(patient.try_send(request).await?.status)
}
