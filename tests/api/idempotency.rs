//! Doing it twice does it once.

use crate::PROGRAM;
use anamnesis_testkit::World;
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_retried_message_is_the_first_one_however_often_and_wherever() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (paula, doctor, room) = world.pair().await;
    let path = format!("/api/rooms/{room}/messages");
    let post = json!({ "body": "Once.", "client_id": Uuid::new_v4() });
    let answers = join_all((0..20).map(|index| {
        let server = if index % 2 == 0 { &world.server } else { &second };
        let (paula, path, post) = (paula.at(server.address()), &path, &post);
        async move { paula.post(path, post).await }
    }))
    .await;
    let mut fresh = 0;
    let first = answers[0].clone().expect(201);
    for answer in answers {
        let body = answer.expect(201);
        fresh += usize::from(body["replayed"] == false);
        for field in ["sequence", "cursor", "recorded_at"] {
            assert_eq!(body[field], first[field]);
        }
    }
    assert_eq!(fresh, 1);
    let all = doctor.get(&path).await.expect(200);
    assert_eq!(all["messages"].as_array().unwrap().len(), 1, "{all}");
}

#[tokio::test]
async fn a_client_id_stands_for_one_thing_for_ever() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let path = format!("/api/rooms/{room}/messages");
    let client_id = Uuid::new_v4();
    let post = json!({ "body": "This.", "client_id": client_id });
    let first = paula.post(&path, &post).await.expect(201);
    let number = first["sequence"].as_u64().unwrap();
    let edit = json!({ "body": "This.", "client_id": client_id });
    let reused = [
        ("POST", path.clone(), json!({ "body": "That.", "client_id": client_id })),
        ("PATCH", format!("{path}/{number}"), edit),
    ];
    // Ids are each one's own: the doctor's says nothing about Paula's.
    let of_doctor = doctor.post(&path, &post).await.expect(201);
    assert_eq!(of_doctor["replayed"], false);
    assert_ne!(of_doctor["sequence"], first["sequence"]);

    let World { server, setup, database } = world;
    for (method, path, body) in &reused {
        let request = paula.request(method.parse().unwrap(), path).json(body);
        paula.send(request).await.refused(409, "client_id_reused");
    }
    // Also when nobody remembers but the log, and the rules would refuse it by now.
    let _ = doctor.post(&format!("/api/rooms/{room}/close"), &Value::Null).await.expect(200);
    server.kill().await;
    let server = setup.start().await;
    let paula = paula.at(server.address());
    let again = paula.post(&path, &post).await.expect(201);
    assert_eq!((&again["sequence"], &again["replayed"]), (&first["sequence"], &json!(true)));
    assert_eq!(again["cursor"], first["cursor"]);
    for (method, path, body) in &reused {
        let request = paula.request(method.parse().unwrap(), path).json(body);
        paula.send(request).await.refused(409, "client_id_reused");
    }
    let all = paula.get(&path).await.expect(200);
    assert_eq!(all["messages"].as_array().unwrap().len(), 2);
    drop((server, database));
}

#[tokio::test]
async fn an_edit_retried_after_another_edit_is_still_the_first_one() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    let number = paula.say(&room, "One.").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    let edit = json!({ "body": "Two.", "based_on": number, "client_id": Uuid::new_v4() });
    let first = paula.patch(&path, &edit).await.expect(200);
    let _ = paula.patch(&path, &json!({ "body": "Three." })).await.expect(200);
    let again = paula.patch(&path, &edit).await.expect(200);
    assert_eq!((&again["sequence"], &again["replayed"]), (&first["sequence"], &json!(true)));
    assert_eq!(paula.get(&path).await.expect(200)["body"], "Three.");
}
