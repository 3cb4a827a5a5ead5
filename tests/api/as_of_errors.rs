//! Moments that are not in the log, records that are not there, and looks that are written down.

use crate::PROGRAM;
use crate::as_of::position;
use anamnesis_testkit::{Answer, World};
use uuid::Uuid;

#[tokio::test]
async fn what_is_not_in_the_log_has_an_error_of_its_own() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let before = position(&world).await;
    let (paula, _, room) = world.pair().await;
    let future = "2999-01-01T00:00:00Z";
    let past = "1999-01-01T00:00:00Z";
    for path in
        [format!("/api/audit/as-of/room/{room}"), format!("/api/audit/could-see/{}", paula.id())]
    {
        let get = async |query: &str| officer.get(&format!("{path}?{query}")).await;
        get("position=0").await.refused(422, "before_the_log");
        get(&format!("at={past}")).await.refused(422, "before_the_log");
        get("position=999999999").await.refused(422, "position_beyond_log");
        get(&format!("at={future}")).await.refused(422, "instant_in_the_future");
        get(&format!("position=1&at={past}")).await.refused(400, "query_invalid");
        get("position=-1").await.refused(400, "query_invalid");
        get("at=yesterday").await.refused(400, "query_invalid");
        get("nonsense=1").await.refused(400, "query_invalid");
    }
    let not_yet = format!("/api/audit/as-of/room/{room}?position={before}");
    officer.get(&not_yet).await.refused(404, "not_there_yet");
    for kind in ["room", "appointment", "consultation", "account"] {
        let path = format!("/api/audit/as-of/{kind}/{}", Uuid::new_v4());
        officer.get(&path).await.refused(404, "not_found");
    }
    officer.get(&format!("/api/audit/as-of/session/{room}")).await.refused(404, "not_found");
    officer.get("/api/audit/as-of/room/nonsense").await.refused(404, "not_found");
    let account = format!("/api/audit/as-of/account/{}?limit=3", paula.id());
    officer.get(&account).await.refused(400, "query_invalid");
    let path = format!("/api/audit/could-see/{}", paula.id());
    officer.get(&format!("{path}?after=nonsense")).await.refused(400, "page_invalid");
    let nobody = format!("/api/audit/could-see/{}", Uuid::new_v4());
    officer.get(&nobody).await.refused(404, "not_found");
}

#[tokio::test]
async fn each_look_stands_in_the_trail_of_the_record_and_of_the_patient() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, _, room) = world.pair().await;
    let at = position(&world).await;
    let path = format!("/api/audit/as-of/room/{room}?position={at}");
    let _ = officer.get(&path).await.expect(200);
    let _ = officer.get(&format!("/api/audit/could-see/{}", paula.id())).await.expect(200);
    let query = format!("patient={}&action=trail_read&person={}", paula.id(), officer.id());
    let found = officer.get(&format!("/api/audit/events?{query}")).await.expect(200);
    let words: Vec<_> =
        found["events"].as_array().unwrap().iter().map(|line| line["words"].clone()).collect();
    assert_eq!(words.len(), 2, "{words:?}");
    let told = words[1].as_str().unwrap();
    assert!(told.contains("(as_of)") && told.contains(&format!("position {at}")), "{told}");
    assert!(words[0].as_str().unwrap().contains("(could_see)"), "{words:?}");
    let query = format!("record={room}&action=trail_read");
    let found = officer.get(&format!("/api/audit/events?{query}")).await.expect(200);
    // The first of the two, and the search itself before this one is none of it.
    assert_eq!(found["events"].as_array().unwrap().len(), 1, "{found}");
}

#[tokio::test]
async fn a_look_that_can_not_be_recorded_shows_nothing_of_the_past() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, _, room) = world.pair().await;
    let owner = world.database.owner_pool();
    sqlx::query("REVOKE INSERT ON log.events FROM anamnesis_app").execute(owner).await.unwrap();
    for path in
        [format!("/api/audit/as-of/room/{room}"), format!("/api/audit/could-see/{}", paula.id())]
    {
        let Answer { status, body, .. } = officer.get(&path).await;
        assert_eq!(status, 503, "{path}: {body}");
        assert!(body["record"].is_null() && body["records"].is_null(), "{path}: {body}");
    }
    sqlx::query("GRANT INSERT ON log.events TO anamnesis_app").execute(owner).await.unwrap();
    let _ = officer.get(&format!("/api/audit/as-of/room/{room}")).await.expect(200);
}
