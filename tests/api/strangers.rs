//! Someone else's room does not exist, whatever is tried with it.

use crate::PROGRAM;
use anamnesis_testkit::{User, World};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// Everything that one can try with a room.
fn tries(room: &str, number: u64) -> Vec<(Method, String, Value)> {
    let path = format!("/api/rooms/{room}");
    let one = format!("{path}/messages/{number}");
    vec![
        (Method::GET, path.clone(), Value::Null),
        (Method::GET, format!("{path}/messages"), Value::Null),
        (Method::GET, one.clone(), Value::Null),
        (Method::GET, format!("{one}/history"), Value::Null),
        (Method::POST, format!("{path}/messages"), json!({ "body": "Let me in." })),
        (Method::PATCH, one.clone(), json!({ "body": "Let me in." })),
        (Method::DELETE, one.clone(), Value::Null),
        (Method::PUT, format!("{one}/reactions/heart"), Value::Null),
        (Method::DELETE, format!("{one}/reactions/heart"), Value::Null),
        (Method::POST, format!("{path}/delivered"), json!({ "through": number })),
        (Method::POST, format!("{path}/read"), json!({ "through": number })),
        (Method::POST, format!("{path}/typing"), Value::Null),
    ]
}

#[tokio::test]
async fn a_room_of_others_is_answered_exactly_as_one_that_never_was() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "Between us.").await;
    let before = paula.get(&format!("/api/rooms/{room}")).await.expect(200);
    let mira = world.server.register("mira").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    // They have a room of their own, with a message of the same number.
    let own = mira.book(&okafor, 2).await;
    mira.say(&own, "Ours.").await;
    for stranger in [&mira, &okafor] {
        let never = tries(&Uuid::new_v4().to_string(), number);
        for ((method, path, body), (_, other, _)) in tries(&room, number).into_iter().zip(never) {
            let ask =
                |path: &str| stranger.send(stranger.request(method.clone(), path).json(&body));
            let (mut theirs, mut none) = (ask(&path).await, ask(&other).await);
            for answer in [&mut theirs, &mut none] {
                answer.body["request_id"] = Value::Null;
            }
            assert_eq!((theirs.status, &theirs.body), (none.status, &none.body), "{method} {path}");
            assert_eq!((theirs.status, theirs.body["code"].as_str()), (404, Some("not_found")));
        }
    }
    okafor.post(&format!("/api/rooms/{room}/close"), &Value::Null).await.refused(404, "not_found");
    // Nothing came of it.
    assert_eq!(
        doctor.get(&format!("/api/rooms/{room}")).await.expect(200)["cursor"],
        before["cursor"]
    );
}

#[tokio::test]
async fn administrators_and_compliance_officers_read_no_chat() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    let number = paula.say(&room, "Between us.").await;
    for name in ["admin", "compliance"] {
        let user: User = world.server.sign_in(name).await;
        for (method, path, body) in tries(&room, number) {
            // A grant could open it to an officer; without one there is nothing.
            let (status, code) = match (name, &method) {
                ("compliance", &Method::GET) => (404, "not_found"),
                _ => (403, "forbidden"),
            };
            let request = user.request(method, &path).json(&body);
            user.send(request).await.refused(status, code);
        }
        for path in ["/api/rooms", "/api/appointments", "/api/consultations"] {
            user.get(path).await.refused(403, "forbidden");
        }
    }
}
