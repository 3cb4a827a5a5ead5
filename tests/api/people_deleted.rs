//! What is deleted, and how it comes back.

use crate::PROGRAM;
use crate::people::decide;
use anamnesis_testkit::World;
use serde_json::json;

#[tokio::test]
async fn an_administrator_finds_what_was_deleted_and_restores_it_where_the_item_says() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "Forget this.").await;
    let _ = paula.delete(&format!("/api/rooms/{room}/messages/{number}")).await.expect(200);
    let _ = decide(&admin, &doctor.id(), "deactivate", &json!({ "reason": "left" })).await;

    let page = admin.get("/api/deleted-items").await.expect(200);
    assert!(!page.to_string().contains("Forget"), "{page}");
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{page}");
    let (account, message) = (&items[0], &items[1]);
    assert_eq!((&account["kind"], &account["id"]), (&json!("account"), &json!(doctor.id())));
    assert_eq!(account["deleted_by"], admin.id());
    assert_eq!((&message["kind"], &message["number"]), (&json!("message"), &json!(number)));
    assert_eq!(message["people"], json!([paula.id(), doctor.id()]));
    assert_eq!(message["deleted_by"], paula.id());

    for (item, reason) in [(account, "returned"), (message, "author_asked")] {
        assert_eq!(item["restore"]["method"], "POST");
        let path = item["restore"]["path"].as_str().unwrap();
        let _ = admin.post(path, &json!({ "reason": reason })).await.expect(200);
    }
    let page = admin.get("/api/deleted-items").await.expect(200);
    assert_eq!(page["items"], json!([]));
    let shown = paula.get(&format!("/api/rooms/{room}/messages/{number}")).await.expect(200);
    assert_eq!(shown["body"], "Forget this.");
}

#[tokio::test]
async fn deleted_items_are_listed_by_kind_by_person_by_time_and_page_by_page() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let (paula, _, room) = world.pair().await;
    for words in ["one", "two", "three"] {
        let number = paula.say(&room, words).await;
        let _ = paula.delete(&format!("/api/rooms/{room}/messages/{number}")).await.expect(200);
    }
    let first = admin.get("/api/deleted-items?kind=message&limit=2").await.expect(200);
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    let path = format!("/api/deleted-items?kind=message&limit=2&after={}", first["next"]);
    let second = admin.get(&path).await.expect(200);
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert!(second["next"].is_null());
    let of = async |id: String| {
        let page = admin.get(&format!("/api/deleted-items?person={id}")).await.expect(200);
        page["items"].as_array().unwrap().len()
    };
    assert_eq!((of(paula.id()).await, of(admin.id()).await), (3, 0));
    let at = second["items"][0]["deleted_at"].as_str().unwrap();
    for (period, expected) in [("from", 3), ("to", 0)] {
        let page = admin.get(&format!("/api/deleted-items?{period}={at}")).await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), expected, "{period}");
    }
    let back = format!("/api/deleted-items?from={at}&to=2020-01-01T00:00:00Z");
    admin.get(&back).await.refused(422, "period_invalid");
    let none = admin.get("/api/deleted-items?kind=account").await.expect(200);
    assert_eq!(none["items"], json!([]));
    admin.get("/api/deleted-items?kind=room").await.refused(400, "query_invalid");
}
