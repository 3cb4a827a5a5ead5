//! Changing one's mind: edits, retractions, reactions, and bringing things back.

use crate::PROGRAM;
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};

async fn message(user: &User, path: &str) -> Value {
    user.get(path).await.expect(200)
}

#[tokio::test]
async fn an_edit_based_on_an_outdated_version_is_refused() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "My head hurts.").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    assert_eq!(message(&paula, &path).await["version"], number);

    let edit = json!({ "body": "My foot hurts.", "based_on": number });
    let edited = paula.patch(&path, &edit).await.expect(200);
    let now = message(&doctor, &path).await;
    assert_eq!(now["body"], "My foot hurts.");
    assert_eq!(now["version"], edited["sequence"]);
    assert_eq!(now["edits"], 1);
    assert!(now["edited_at"].is_string());

    let outdated = json!({ "body": "My hand hurts.", "based_on": number });
    paula.patch(&path, &outdated).await.refused(409, "message_stale");
    assert_eq!(message(&paula, &path).await["body"], "My foot hurts.");
    let _ = paula.patch(&path, &json!({ "body": "My hand hurts." })).await.expect(200);
    let based = json!({ "body": "Both.", "based_on": message(&paula, &path).await["version"] });
    let _ = paula.patch(&path, &based).await.expect(200);

    doctor
        .patch(&path, &json!({ "body": "Nothing hurts." }))
        .await
        .refused(403, "message_not_author");
    paula.patch(&path, &json!({ "body": " " })).await.refused(422, "message_empty");
    let beyond = format!("/api/rooms/{room}/messages/{}", number + 50);
    for nothing in [
        &beyond,
        &format!("/api/rooms/{room}/messages/1"),
        &format!("/api/rooms/{room}/messages/0"),
    ] {
        paula.patch(nothing, &json!({ "body": "Hm." })).await.refused(404, "message_not_found");
    }
}

#[tokio::test]
async fn the_history_of_a_message_has_every_version_in_pages() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "Version 0").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    let only = doctor.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(only["versions"][0]["body"], "Version 0");
    assert_eq!(only["versions"][0]["version"], number);

    // One more than fits into a page.
    let mut socket = paula.connect(None).await;
    socket.expect("reset").await;
    for version in 1..=200 {
        let edit = json!({
            "type": "edit_message", "client_id": uuid::Uuid::new_v4(), "room_id": room,
            "number": number, "body": format!("Version {version}"), "based_on": null,
        });
        assert_eq!(socket.ask(&edit).await["type"], "ack");
    }
    // Also over HTTP, which waits until it can be read.
    let _ = paula.patch(&path, &json!({ "body": "Version 201" })).await.expect(200);
    let mut bodies = Vec::new();
    let mut after = String::new();
    loop {
        let page = doctor.get(&format!("{path}/history{after}")).await.expect(200);
        let versions = page["versions"].as_array().unwrap().clone();
        bodies.extend(versions.iter().map(|one| one["body"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_u64() else { break };
        after = format!("?after={next}");
    }
    let expected: Vec<String> = (0..=201).map(|version| format!("Version {version}")).collect();
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn what_is_retracted_is_hidden_and_only_an_administrator_restores_it() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let admin = world.server.sign_in("admin").await;
    let number = paula.say(&room, "Never mind this.").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    doctor.delete(&path).await.refused(403, "message_not_author");
    for _twice in 0..2 {
        let _ = paula.delete(&path).await.expect(200);
    }
    for user in [&paula, &doctor] {
        let hidden = message(user, &path).await;
        assert_eq!((&hidden["body"], &hidden["retracted"]), (&Value::Null, &json!(true)));
        let history = user.get(&format!("{path}/history")).await.expect(200);
        assert_eq!(history["versions"], json!([]));
        let last = &user.get("/api/rooms").await.expect(200)["rooms"][0]["last_message"];
        assert_eq!((&last["body"], &last["retracted"]), (&Value::Null, &json!(true)));
    }
    paula.patch(&path, &json!({ "body": "This." })).await.refused(409, "message_retracted");

    let restore = format!("{path}/restore");
    let why = json!({ "reason": "author_asked" });
    for user in [&paula, &doctor] {
        user.post(&restore, &why).await.refused(403, "forbidden");
    }
    for wrong in [json!({}), json!({ "reason": "She wrote that her head hurts." })] {
        admin.post(&restore, &wrong).await.refused(422, "body_invalid");
    }
    for nothing in [number + 50, 1, 0, u64::MAX] {
        let path = format!("/api/rooms/{room}/messages/{nothing}/restore");
        admin.post(&path, &why).await.refused(404, "message_not_found");
    }
    let restored = admin.post(&restore, &why).await.expect(200);
    assert!(!restored.to_string().contains("Never mind"), "{restored}");
    for user in [&paula, &doctor] {
        let back = message(user, &path).await;
        assert_eq!(
            (&back["body"], &back["retracted"]),
            (&json!("Never mind this."), &json!(false))
        );
    }
    // It was done by somebody, and the log says why.
    let said = world.setup.command(&["replay", "--stream", &format!("chat_room/{room}")]);
    let told = { said }.output().await.unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains(&format!("by admin {} because author_asked", admin.id())), "{told}");
}

#[tokio::test]
async fn reactions_are_each_ones_own_and_stand_once() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "It is better.").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    for user in [&doctor, &doctor, &paula] {
        let _ = user.put(&format!("{path}/reactions/heart")).await.expect(200);
    }
    let _ = doctor.put(&format!("{path}/reactions/thumbs_up")).await.expect(200);
    let reactions = message(&paula, &path).await["reactions"].as_array().unwrap().len();
    assert_eq!(reactions, 3);
    for user in [&doctor, &doctor] {
        let _ = user.delete(&format!("{path}/reactions/heart")).await.expect(200);
    }
    let left = message(&paula, &path).await["reactions"].clone();
    let left: Vec<_> = left
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["by"].clone(), one["reaction"].clone()))
        .collect();
    assert_eq!(left.len(), 2);
    assert!(left.contains(&(json!(paula.id()), json!("heart"))), "{left:?}");
    assert!(left.contains(&(json!(doctor.id()), json!("thumbs_up"))), "{left:?}");

    paula.put(&format!("{path}/reactions/rocket")).await.refused(404, "not_found");
    let nothing = format!("/api/rooms/{room}/messages/{}/reactions/heart", number + 50);
    paula.put(&nothing).await.refused(404, "message_not_found");
    let _ = paula.delete(&path).await.expect(200);
    doctor.put(&format!("{path}/reactions/sad")).await.refused(409, "message_retracted");
}
