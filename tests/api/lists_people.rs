//! Finding people: accounts for administrators, chats for those who talk.

use crate::PROGRAM;
use crate::people::{change_own, decide};
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};

fn names(list: &Value, name: fn(&Value) -> &Value) -> Vec<String> {
    let people = list.as_array().unwrap();
    people.iter().map(|one| name(one).as_str().unwrap().to_owned()).collect()
}

async fn users(admin: &User, query: &str) -> Vec<String> {
    let page = admin.get(&format!("/api/users?{query}")).await.expect(200);
    names(&page["users"], |user| &user["name"])
}

async fn chats(user: &User, query: &str) -> Vec<String> {
    let page = user.get(&format!("/api/rooms?{query}")).await.expect(200);
    names(&page["rooms"], |room| &room["other"]["name"])
}

#[tokio::test]
async fn an_administrator_finds_accounts_by_name_or_by_what_they_log_in_with() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let (noor, nora) = (world.server.register("noor").await, world.server.register("nora").await);
    let (adler, okafor) = ("Dr. Ines Adler", "Dr. Chidi Okafor");
    for (query, expected) in [
        ("name=no", vec!["Name of noor", "Name of nora"]),
        ("name=NOR%20name", vec!["Name of nora"]),
        ("name=oor", vec![]),
        ("name=dr", vec![okafor, adler]),
        ("name=dr&role=doctor", vec![okafor, adler]),
        ("name=no&role=doctor", vec![]),
        ("name=no&status=deactivated", vec![]),
        ("name=%27%3A*%20%26%20%00&role=doctor", vec![okafor, adler]),
        ("login=noor", vec!["Name of noor"]),
        ("login=NOOR%40Example.org", vec!["Name of noor"]),
        ("login=noo", vec![]),
        ("login=", vec![]),
        ("login=%00", vec![]),
    ] {
        assert_eq!(users(&admin, query).await, expected, "{query}");
    }
    let first = admin.get("/api/users?name=no&limit=1").await.expect(200);
    assert_eq!(first["next"], noor.id());
    let rest = format!("name=no&limit=1&after={}", noor.id());
    assert_eq!(users(&admin, &rest).await, ["Name of nora"]);

    let _ = decide(&admin, &nora.id(), "deactivate", &json!({ "reason": "left" })).await;
    assert_eq!(users(&admin, "name=no").await, ["Name of noor"]);
    assert_eq!(users(&admin, "name=no&status=deactivated").await, ["Name of nora"]);
    // Whoever asks for one account wants to know what became of it.
    assert_eq!(users(&admin, "login=nora").await, ["Name of nora"]);
    for with in ["name=no", "status=active", "role=patient", "limit=1", &*rest] {
        let path = format!("/api/users?login=nora&{with}");
        admin.get(&path).await.refused(400, "query_invalid");
    }
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
    for (user, query, expected) in [
        (&adler, "name=an", vec![first, second]),
        (&adler, "name=ANN%20of", vec![second]),
        (&adler, "name=nna", vec![]),
        (&adler, "name=adler", vec![]),
        (&adler, "name=%27%20%00", vec!["Name of bela", first, second]),
        (&okafor, "name=an", vec![second]),
        (&okafor, "name=bela", vec![]),
        (anna, "name=ad", vec!["Dr. Ines Adler"]),
        (anna, "name=anna", vec![]),
    ] {
        assert_eq!(chats(user, query).await, expected, "{query}");
    }
    let found = adler.get("/api/rooms?name=an&limit=1").await.expect(200);
    let (room, whole) = (&found["rooms"][0], adler.get("/api/rooms").await.expect(200));
    assert_eq!(room, &whole["rooms"][1], "a chat that was found is as it is in the list");
    let before = format!("name=an&limit=1&before={}", found["next"]);
    assert_eq!(chats(&adler, &before).await, [second]);

    let _ = change_own(anna, &json!({ "name": "Johanna Berg" })).await.expect(200);
    assert_eq!(chats(&adler, "name=berg%20joh").await, ["Johanna Berg"]);
    assert_eq!(chats(&adler, "name=an").await, [first]);
}
