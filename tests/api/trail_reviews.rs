//! What officers sign off of the trail, and the searches that they keep.

use crate::PROGRAM;
use crate::audit_support::stored;
use crate::grants::colleague;
use anamnesis_testkit::World;
use serde_json::{Value, json};

const REVIEWS: &str = "/api/audit/reviews";
const SEARCHES: &str = "/api/audit/searches";

#[tokio::test]
async fn a_review_is_seen_by_all_officers_and_its_note_stands_nowhere_in_clear() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let colleague = colleague(&world).await;
    let review = json!({
        "filters": { "outcome": "denied" }, "from": "1", "to": "5",
        "note": " canary of the review ", "client_id": uuid::Uuid::new_v4(),
    });
    let signed = officer.post(REVIEWS, &review).await.expect(201);
    assert_eq!((&signed["from"], &signed["to"]), (&json!(1), &json!(5)));
    let again = officer.post(REVIEWS, &review).await.expect(201);
    assert_eq!((&again["review_id"], &again["replayed"]), (&signed["review_id"], &json!(true)));
    let whole = officer.post(REVIEWS, &json!({ "note": "All of it." })).await.expect(201);
    assert_eq!(whole["from"], 1);
    let page = colleague.get(&format!("{REVIEWS}?limit=1")).await.expect(200);
    assert_eq!(page["reviews"][0]["note"], "All of it.");
    let next = page["next"].as_str().unwrap();
    let page = colleague.get(&format!("{REVIEWS}?limit=2&before={next}")).await.expect(200);
    let first = &page["reviews"][0];
    assert_eq!(first["note"], "canary of the review");
    assert_eq!(first["officer"]["account_id"], officer.id());
    assert_eq!(first["filters"], json!({ "outcome": "denied" }));
    assert_eq!((&first["from"], &first["to"], &page["next"]), (&json!(1), &json!(5), &Value::Null));
    let events = stored(&world).await;
    assert!(events.iter().all(|event| !event.payload.to_string().contains("canary")));
    let looks = events.iter().filter(|event| event.payload["TrailRead"]["view"] == "reviews");
    assert_eq!(looks.filter(|event| event.is_by(&colleague.id())).count(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_a_review_is_said() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    for (review, status, code) in [
        (json!({ "note": " " }), 422, "note_missing"),
        (json!({ "note": "x".repeat(2_001) }), 422, "note_too_long"),
        (json!({ "note": "x", "to": "100000" }), 422, "position_beyond_log"),
        (json!({ "note": "x", "from": "4", "to": "2" }), 422, "range_invalid"),
        (json!({ "note": "x", "filters": { "action": "nothing" } }), 422, "action_unknown"),
        (json!({ "note": "x", "filters": { "words": "x" } }), 422, "body_invalid"),
        (json!({}), 422, "body_invalid"),
    ] {
        officer.post(REVIEWS, &review).await.refused(status, code);
    }
    let page = officer.get(REVIEWS).await.expect(200);
    assert_eq!(page, json!({ "reviews": [], "next": null }));
    officer.get(&format!("{REVIEWS}?before=1")).await.refused(400, "page_invalid");
}

#[tokio::test]
async fn searches_are_the_officers_own_and_their_names_are_unique() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let colleague = colleague(&world).await;
    let search = |name: &str| json!({ "name": name, "filters": { "action": "content_read" } });
    let saved = officer.post(SEARCHES, &search(" Canary Jones ")).await.expect(201);
    officer.post(SEARCHES, &search("canary jones")).await.refused(409, "search_name_taken");
    let other = colleague.post(SEARCHES, &search("Canary Jones")).await.expect(201);
    assert_ne!(saved["search_id"], other["search_id"]);
    let path = format!("{SEARCHES}/{}", saved["search_id"].as_str().unwrap());
    let change = json!({ "filters": { "from": "2027-03-29T09:00:00Z", "outcome": "denied" } });
    colleague.put_json(&path, &change).await.refused(404, "search_not_found");
    colleague.delete(&path).await.refused(404, "search_not_found");
    let _ = officer.put_json(&path, &change).await.expect(204);
    let kept = officer.get(SEARCHES).await.expect(200);
    let kept = kept["searches"].as_array().unwrap();
    assert_eq!((kept.len(), &kept[0]["name"]), (1, &json!("Canary Jones")));
    assert_eq!(kept[0]["filters"], change["filters"]);
    let events = stored(&world).await;
    assert!(
        events.iter().all(|event| !event.payload.to_string().to_lowercase().contains("canary"))
    );
    let _ = officer.delete(&path).await.expect(204);
    assert_eq!(officer.get(SEARCHES).await.expect(200), json!({ "searches": [] }));
    officer.delete(&path).await.refused(404, "search_not_found");
    let _ = officer.post(SEARCHES, &search("Canary Jones")).await.expect(201);
}

#[tokio::test]
async fn what_is_wrong_with_a_search_is_said_and_there_are_a_hundred_at_most() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    for (search, code) in [
        (json!({ "name": " ", "filters": {} }), "search_name_invalid"),
        (json!({ "name": "x".repeat(81), "filters": {} }), "search_name_invalid"),
        (json!({ "name": "x\ny", "filters": {} }), "search_name_invalid"),
        (json!({ "name": "x", "filters": { "action": "nothing" } }), "action_unknown"),
        (json!({ "name": "x", "filters": { "outcome": "nothing" } }), "body_invalid"),
        (json!({ "name": "x" }), "body_invalid"),
    ] {
        officer.post(SEARCHES, &search).await.refused(422, code);
    }
    for number in 0..100 {
        let search = json!({ "name": format!("{number}"), "filters": {} });
        let _ = officer.post(SEARCHES, &search).await.expect(201);
    }
    let one_more = json!({ "name": "one more", "filters": {} });
    officer.post(SEARCHES, &one_more).await.refused(409, "too_many_searches");
    let kept = officer.get(SEARCHES).await.expect(200);
    assert_eq!(kept["searches"].as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn words_of_officers_are_not_shown_where_the_look_can_not_be_written_down() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let _ = officer.post(REVIEWS, &json!({ "note": "canary" })).await.expect(201);
    let search = json!({ "name": "canary", "filters": {} });
    let _ = officer.post(SEARCHES, &search).await.expect(201);
    let owner = world.database.owner_pool();
    sqlx::query("REVOKE INSERT ON log.events FROM anamnesis_app").execute(owner).await.unwrap();
    for path in [REVIEWS, SEARCHES] {
        let answer = officer.get(path).await;
        assert!(!answer.body.to_string().contains("canary"), "{path}");
        answer.refused(503, "unavailable");
    }
}
