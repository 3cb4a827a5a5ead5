//! What is done with keys is in the trail, by whatever way it was done.

use crate::PROGRAM;
use anamnesis_testkit::World;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// It is written within a second of a machine that has time; this is for one that has not.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until everything that was done with keys is recorded.
async fn recorded(world: &World) {
    let settled = async {
        loop {
            let owed: i64 = sqlx::query_scalar("SELECT count(*) FROM keys.owed")
                .fetch_one(world.database.pool())
                .await
                .unwrap();
            if owed == 0 {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, settled).await.unwrap();
}

async fn sentences(world: &World, query: &str) -> Vec<Value> {
    let officer = world.server.sign_in("compliance").await;
    let page = officer.get(&format!("/api/audit/events?{query}")).await.expect(200);
    page["events"].as_array().unwrap().iter().map(|line| line["words"].clone()).collect()
}

#[tokio::test]
async fn a_signing_key_is_made_and_changed_before_the_eyes_of_the_officer() {
    let world = World::start(PROGRAM).await;
    recorded(&world).await;
    let made = "A key that signs access tokens was made";
    assert_eq!(sentences(&world, "action=signing_key_made").await, [made]);

    let paula = world.server.sign_in("paula").await;
    let output = world.setup.command(&["keys", "rotate-signing"]).output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    recorded(&world).await;
    assert_eq!(sentences(&world, "action=signing_key_made").await, [made, made]);
    let retired = "A key that signed access tokens was retired";
    assert_eq!(sentences(&world, "action=signing_key_retired").await, [retired]);
    // What the old one signed is good for its time.
    let _ = paula.get("/api/users/me").await.expect(200);
}

#[tokio::test]
async fn an_operator_who_destroys_a_key_is_found_with_the_patient() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    doctor.say(&room, "Good morning.").await;
    let key: String = sqlx::query_scalar(
        "UPDATE keys.data_keys SET wrapped = NULL, destroyed_at = now()
         WHERE key_id IN (SELECT key_id FROM keys.data_keys
             WHERE subject_id = $1::uuid AND period <> 'fingerprint' LIMIT 1)
         RETURNING key_id::text",
    )
    .bind(patient.id())
    .fetch_one(world.database.owner_pool())
    .await
    .unwrap();
    recorded(&world).await;
    let found = sentences(&world, &format!("action=data_key_destroyed&record={key}")).await;
    assert_eq!(found.len(), 1);
    let words = found[0].as_str().unwrap();
    assert!(words.starts_with("The key to the sealed content ("), "{words}");
    let by_patient = format!("action=data_key_destroyed&patient={}", patient.id());
    assert_eq!(sentences(&world, &by_patient).await, found);
    let officer = world.server.sign_in("compliance").await;
    let timeline = officer.get(&format!("/api/audit/timeline/key/{key}")).await.expect(200);
    assert_eq!(timeline["events"][0]["action"], "data_key_destroyed");
}
