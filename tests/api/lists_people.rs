//! Finding people: accounts for administrators, chats for those who talk.

use crate::PROGRAM;
use crate::people::{change_own, decide};
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};
use uuid::Uuid;

fn names(list: &Value, name: fn(&Value) -> &Value) -> Vec<String> {
    let people = list.as_array().unwrap();
    people.iter().map(|one| name(one).as_str().unwrap().to_owned()).collect()
}

async fn users(admin: &User, search: &Value) -> Vec<String> {
    let page = admin.post("/api/users/search", search).await.expect(200);
    names(&page["users"], |user| &user["name"])
}

async fn chats(user: &User, search: &Value) -> Vec<String> {
    let page = user.post("/api/rooms/search", search).await.expect(200);
    names(&page["rooms"], |room| &room["other"]["name"])
}

#[tokio::test]
async fn an_administrator_finds_accounts_by_name_or_by_what_they_log_in_with() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let (noor, nora) = (world.server.register("noor").await, world.server.register("nora").await);
    let (adler, okafor) = ("Dr. Ines Adler", "Dr. Chidi Okafor");
    let (no, of_nora) = (json!({ "name": "no" }), json!({ "login": "nora" }));
    for (search, expected) in [
        (&no, vec!["Name of noor", "Name of nora"]),
        (&json!({ "name": "NOR name" }), vec!["Name of nora"]),
        (&json!({ "name": "oor" }), vec![]),
        (&json!({ "name": "dr" }), vec![okafor, adler]),
        (&json!({ "name": "dr", "role": "doctor" }), vec![okafor, adler]),
        (&json!({ "role": "doctor" }), vec![okafor, adler]),
        (&json!({ "name": "no", "role": "doctor" }), vec![]),
        (&json!({ "name": "no", "status": "deactivated" }), vec![]),
        (&json!({ "name": "':* & \0", "role": "doctor" }), vec![okafor, adler]),
        (&json!({ "login": "noor" }), vec!["Name of noor"]),
        (&json!({ "login": "NOOR@Example.org" }), vec!["Name of noor"]),
        (&json!({ "login": "noo" }), vec![]),
        (&json!({ "login": "" }), vec![]),
        (&json!({ "login": "\0" }), vec![]),
    ] {
        assert_eq!(users(&admin, search).await, expected, "{search}");
    }
    let first = json!({ "name": "no", "limit": 1 });
    let first = admin.post("/api/users/search", &first).await.expect(200);
    assert_eq!(first["next"], noor.id());
    let rest = json!({ "name": "no", "limit": 1, "after": first["next"] });
    assert_eq!(users(&admin, &rest).await, ["Name of nora"]);

    let _ = decide(&admin, &nora.id(), "deactivate", &json!({ "reason": "left" })).await;
    assert_eq!(users(&admin, &no).await, ["Name of noor"]);
    let gone = json!({ "name": "no", "status": "deactivated" });
    assert_eq!(users(&admin, &gone).await, ["Name of nora"]);
    // Whoever asks for one account wants to know what became of it.
    assert_eq!(users(&admin, &of_nora).await, ["Name of nora"]);
    for (name, value) in [
        ("name", json!("no")),
        ("status", json!("active")),
        ("role", json!("patient")),
        ("after", json!(noor.id())),
        ("limit", json!(1)),
    ] {
        let mut search = of_nora.clone();
        search[name] = value;
        admin.post("/api/users/search", &search).await.refused(422, "body_invalid");
    }
    let nobody = json!({ "name": "no", "after": Uuid::new_v4() });
    admin.post("/api/users/search", &nobody).await.refused(400, "page_invalid");
}

#[tokio::test]
async fn no_name_or_address_that_is_searched_for_belongs_in_a_url() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let adler = world.server.sign_in("dr.adler").await;
    for (user, path) in [(&admin, "/api/users"), (&adler, "/api/rooms")] {
        for query in ["name=no", "login=noor"] {
            user.get(&format!("{path}?{query}")).await.refused(400, "query_invalid");
        }
        user.get(&format!("{path}/search?name=no")).await.refused(405, "method_not_allowed");
    }
    adler.post("/api/rooms/search", &json!({})).await.refused(422, "body_invalid");
    // What was refused for how it was asked is there otherwise.
    let _ = admin.get("/api/users?status=active&limit=1").await.expect(200);
    let _ = adler.get("/api/rooms?limit=1").await.expect(200);
}

#[tokio::test]
async fn a_chat_is_found_by_the_name_of_the_other_person() {
    let world = World::start(PROGRAM).await;
    let adler = world.server.sign_in("dr.adler").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let mut patients = Vec::new();
    for (day, name) in (2..).zip(["anna", "andrea", "bela"]) {
        let patient = world.server.register(name).await;
        let room = patient.book(&adler, day).await;
        patient.say(&room, "Hello").await;
        patients.push(patient);
    }
    let anna = &patients[0];
    let _ = anna.book(&okafor, 2).await;
    let (first, second) = ("Name of andrea", "Name of anna");
    for (user, name, expected) in [
        (&adler, "an", vec![first, second]),
        (&adler, "ANN of", vec![second]),
        (&adler, "nna", vec![]),
        (&adler, "adler", vec![]),
        (&adler, "' \0", vec!["Name of bela", first, second]),
        (&okafor, "an", vec![second]),
        (&okafor, "bela", vec![]),
        (anna, "ad", vec!["Dr. Ines Adler"]),
        (anna, "anna", vec![]),
    ] {
        assert_eq!(chats(user, &json!({ "name": name })).await, expected, "{name}");
    }
    let one = json!({ "name": "an", "limit": 1 });
    let found = adler.post("/api/rooms/search", &one).await.expect(200);
    let (room, whole) = (&found["rooms"][0], adler.get("/api/rooms").await.expect(200));
    assert_eq!(room, &whole["rooms"][1], "a chat that was found is as it is in the list");
    let before = json!({ "name": "an", "limit": 1, "before": found["next"] });
    assert_eq!(chats(&adler, &before).await, [second]);

    let _ = change_own(anna, &json!({ "name": "Johanna Berg" })).await.expect(200);
    assert_eq!(chats(&adler, &json!({ "name": "berg joh" })).await, ["Johanna Berg"]);
    assert_eq!(chats(&adler, &json!({ "name": "an" })).await, [first]);
}
