//! Messages over plain HTTP: what is said, and how far it came.

use crate::PROGRAM;
use anamnesis_testkit::World;
use serde_json::{Value, json};

#[tokio::test]
async fn a_message_has_words_and_at_most_sixteen_kibibytes_of_them() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let path = format!("/api/rooms/{room}/messages");
    for nothing in ["", " ", "\n\t\u{a0}\u{2003}"] {
        paula.post(&path, &json!({ "body": nothing })).await.refused(422, "message_empty");
    }
    for most in ["x".repeat(16_384), "ö".repeat(8_192), "🩺".repeat(4_096), "\"".repeat(16_384)]
    {
        for over in [format!("{most}x"), format!("x{most}")] {
            paula.post(&path, &json!({ "body": over })).await.refused(422, "message_too_long");
        }
        let number = paula.say(&room, &most).await;
        let read = doctor.get(&format!("{path}/{number}")).await.expect(200);
        assert_eq!(read["body"], most);
    }
}

#[tokio::test]
async fn words_come_back_as_they_were_written() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    for words in [
        "  two spaces around  ",
        "NUL \0, bell \u{7}, line\r\nbreaks",
        "\u{202e}backwards\u{202c} e\u{301} é 👩‍⚕️ \u{fffd} \u{10ffff}",
        "'; DROP TABLE log.events; --",
        "<script>alert(1)</script> &amp; {{7*7}} %s ${x}",
        "s1.not.sealed",
    ] {
        let number = paula.say(&room, words).await;
        let path = format!("/api/rooms/{room}/messages/{number}");
        assert_eq!(doctor.get(&path).await.expect(200)["body"], words);
        let chats = doctor.get("/api/rooms").await.expect(200);
        assert_eq!(chats["rooms"][0]["last_message"]["body"], words);
    }
}

#[tokio::test]
async fn what_was_delivered_and_read_only_ever_grows() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let mut numbers = Vec::new();
    for words in ["One.", "Two.", "Three."] {
        numbers.push(paula.say(&room, words).await);
    }
    let path = format!("/api/rooms/{room}");
    let seen = |room: &Value| {
        (
            room["receipts"]["doctor"]["delivered"].clone(),
            room["receipts"]["doctor"]["read"].clone(),
            room["unread"].clone(),
        )
    };
    assert_eq!(seen(&doctor.get(&path).await.expect(200)), (json!(0), json!(0), json!(3)));

    let delivered = format!("{path}/delivered");
    let read = format!("{path}/read");
    let done = doctor.post(&delivered, &json!({ "through": numbers[2] })).await.expect(200);
    assert!(done["sequence"].is_u64());
    let again = doctor.post(&delivered, &json!({ "through": numbers[0] })).await.expect(200);
    assert!(again["sequence"].is_null() && again["cursor"].is_null(), "{again}");
    let _ = doctor.post(&read, &json!({ "through": numbers[1] })).await.expect(200);
    let now = seen(&doctor.get(&path).await.expect(200));
    assert_eq!(now, (json!(numbers[2]), json!(numbers[1]), json!(1)));
    // The other one sees the marks, and has nothing unread: the messages are their own.
    let of_paula = paula.get(&path).await.expect(200);
    assert_eq!((seen(&of_paula).0, seen(&of_paula).1), (now.0, now.1));
    assert_eq!(of_paula["unread"], 0);
    let list = doctor.get("/api/rooms").await.expect(200);
    assert_eq!(list["rooms"][0]["unread"], 1);

    for beyond in [numbers[2] + 1_000, u64::MAX, i64::MAX as u64] {
        for mark in [&delivered, &read] {
            doctor
                .post(mark, &json!({ "through": beyond }))
                .await
                .refused(404, "message_not_found");
        }
    }
}

#[tokio::test]
async fn a_closed_room_is_read_only_until_it_is_reopened_by_the_doctor() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "My head hurts.").await;
    let path = format!("/api/rooms/{room}");
    for user in [&paula] {
        user.post(&format!("{path}/close"), &Value::Null).await.refused(403, "forbidden");
    }
    for _twice in 0..2 {
        let _ = doctor.post(&format!("{path}/close"), &Value::Null).await.expect(200);
    }
    assert_eq!(paula.get(&path).await.expect(200)["closed"], true);
    let messages = format!("{path}/messages");
    for user in [&paula, &doctor] {
        user.post(&messages, &json!({ "body": "Hello?" })).await.refused(409, "room_closed");
        assert_eq!(user.get(&messages).await.expect(200)["messages"].as_array().unwrap().len(), 1);
    }
    let one = format!("{messages}/{number}");
    paula.patch(&one, &json!({ "body": "Hm." })).await.refused(409, "room_closed");
    let _ = doctor.post(&format!("{path}/reopen"), &Value::Null).await.expect(200);
    paula.say(&room, "Better now.").await;
    assert_eq!(paula.get(&path).await.expect(200)["closed"], false);
}
