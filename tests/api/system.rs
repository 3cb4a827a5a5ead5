//! What administrators are told of the server itself.

use crate::PROGRAM;
use anamnesis_testkit::World;
use serde_json::{Value, json};

#[tokio::test]
async fn the_system_says_how_far_its_readers_are_and_nothing_of_what_they_read() {
    let world = World::start(PROGRAM).await;
    let (paula, _, room) = world.pair().await;
    let _ = paula.say(&room, "My head hurts.").await;
    let admin = world.server.sign_in("admin").await;
    let before = admin.get("/api/system").await.expect(200);
    assert!(before["log_head"].as_u64().unwrap() > 0, "{before}");
    assert_eq!(before["version"], env!("CARGO_PKG_VERSION"));
    assert!(before["uptime_seconds"].is_u64() && before["clients_max"].as_u64().unwrap() > 0);
    assert_eq!(before["clients_connected"], 0);
    let readers = before["readers"].as_array().unwrap();
    let of = |name: &str| readers.iter().find(|one| one["name"] == name).unwrap();
    assert_eq!(of("accounts")["kind"], "read_model");
    assert_eq!(of("room_opener")["kind"], "reactor");
    assert!(readers.iter().all(|one| one["stopped"] == Value::Null), "{before}");
    assert!(!before.to_string().contains("hurts"), "{before}");

    let _ = paula.say(&room, "It still hurts.").await;
    let after = admin.get("/api/system").await.expect(200);
    assert!(after["log_head"].as_u64() > before["log_head"].as_u64(), "{after}");
    assert_eq!(after["readers"][0]["active"], json!(true));
}
