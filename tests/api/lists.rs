//! What lists of appointments and consultations can be asked for.

use crate::PROGRAM;
use crate::consulting::{opened, signed};
use anamnesis_testkit::{User, World, booking};
use serde_json::{Value, json};
use uuid::Uuid;

/// The ids of a list.
fn ids(page: &Value, list: &str, id: &str) -> Vec<String> {
    let items = page[list].as_array().unwrap();
    items.iter().map(|one| one[id].as_str().unwrap().to_owned()).collect()
}

/// All pages of the caller's appointments, of two each.
async fn appointments(user: &User, query: &str) -> Vec<String> {
    let (mut seen, mut rest) = (Vec::new(), Some(String::new()));
    for _page in 0..9 {
        let Some(after) = rest else { break };
        let path = format!("/api/appointments?limit=2&{query}{after}");
        let page = user.get(&path).await.expect(200);
        seen.extend(ids(&page, "appointments", "appointment_id"));
        rest = page["next"].as_str().map(|next| format!("&after={next}"));
    }
    assert_eq!(rest, None, "the list ends");
    seen
}

/// All pages of the caller's consultations, of one each.
async fn consultations(user: &User, query: &str) -> Vec<String> {
    let (mut seen, mut rest) = (Vec::new(), Some(String::new()));
    for _page in 0..9 {
        let Some(before) = rest else { break };
        let path = format!("/api/consultations?limit=1&{query}{before}");
        let page = user.get(&path).await.expect(200);
        let found = ids(&page, "consultations", "consultation_id");
        seen.extend(found.iter().map(|id| format!("/api/consultations/{id}")));
        rest = page["next"].as_u64().map(|next| format!("&before={next}"));
    }
    assert_eq!(rest, None, "the list ends");
    seen
}

async fn book(patient: &User, doctor: &User, day: i64) -> String {
    let booked = patient.post("/api/appointments", &booking(&doctor.id(), day)).await.expect(201);
    booked["appointment_id"].as_str().unwrap().to_owned()
}

fn start(day: i64) -> String {
    booking("", day)["starts_at"].as_str().unwrap().replace('+', "%2B")
}

#[tokio::test]
async fn appointments_come_from_either_end_and_with_one_person() {
    let world = World::start(PROGRAM).await;
    let (paula, mira) = (world.server.sign_in("paula").await, world.server.register("mira").await);
    let adler = world.server.sign_in("dr.adler").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    // Of Paula, by day: 2 and 4 with one doctor, 3 and 5 with the other.
    let two = book(&paula, &adler, 2).await;
    let three = book(&paula, &okafor, 3).await;
    let four = book(&paula, &adler, 4).await;
    let five = book(&paula, &okafor, 5).await;
    let of_mira = book(&mira, &adler, 3).await;
    let path = format!("/api/appointments/{four}");
    let _ = paula.patch(&path, &json!({ "status": "cancelled" })).await.expect(200);
    let nobody = Uuid::new_v4().to_string();
    let (with_adler, with_okafor) = (adler.id(), okafor.id());
    let (with_paula, with_mira) = (paula.id(), mira.id());
    for (user, query, expected) in [
        (&paula, String::new(), vec![&two, &three, &four, &five]),
        (&paula, "order=first".to_owned(), vec![&two, &three, &four, &five]),
        (&paula, "order=latest".to_owned(), vec![&five, &four, &three, &two]),
        (&paula, format!("order=latest&from={}&to={}", start(3), start(5)), vec![&four, &three]),
        (&paula, "order=latest&status=scheduled".to_owned(), vec![&five, &three, &two]),
        (&paula, format!("with={with_okafor}"), vec![&three, &five]),
        (&paula, format!("with={with_okafor}&order=latest"), vec![&five, &three]),
        (&paula, format!("with={with_adler}&status=cancelled"), vec![&four]),
        (&paula, format!("with={with_okafor}&from={}", start(4)), vec![&five]),
        (&paula, format!("with={nobody}"), vec![]),
        (&paula, format!("with={with_paula}"), vec![]),
        (&adler, "order=latest".to_owned(), vec![&four, &of_mira, &two]),
        (&adler, format!("with={with_paula}"), vec![&two, &four]),
        (&adler, format!("with={with_paula}&order=latest"), vec![&four, &two]),
        (&adler, format!("with={with_mira}&status=scheduled"), vec![&of_mira]),
        // Mira and the other doctor have nothing to do with each other.
        (&okafor, format!("with={with_mira}"), vec![]),
        (&mira, format!("with={with_okafor}&order=latest"), vec![]),
    ] {
        let expected: Vec<String> = expected.into_iter().cloned().collect();
        assert_eq!(appointments(user, &query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_list_goes_on_where_it_stood_though_the_last_of_the_page_was_moved_or_deleted() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let adler = world.server.sign_in("dr.adler").await;
    let mut all = Vec::new();
    for day in 2..6 {
        all.push(book(&paula, &adler, day).await);
    }
    let page = |order: &str, after: &str| {
        let path = format!("/api/appointments?limit=1&order={order}{after}");
        let paula = &paula;
        async move { paula.get(&path).await.expect(200) }
    };
    for (order, last, expected) in [("first", 0, 1), ("latest", 3, 2)] {
        let first = page(order, "").await;
        assert_eq!(first["appointments"][0]["appointment_id"], all[last]);
        let after = format!("&after={}", first["next"].as_str().unwrap());
        // To where, in this order, everything else would be before it.
        let far = booking("", if order == "first" { 20 } else { 1 });
        let move_it = json!({
            "starts_at": far["starts_at"], "ends_at": far["ends_at"], "zone": far["zone"],
        });
        let path = format!("/api/appointments/{}", all[last]);
        let _ = paula.patch(&path, &move_it).await.expect(200);
        assert_eq!(page(order, &after).await["appointments"][0]["appointment_id"], all[expected]);
        assert_eq!(paula.delete(&path).await.status, 204);
        assert_eq!(page(order, &after).await["appointments"][0]["appointment_id"], all[expected]);
    }
}

#[tokio::test]
async fn consultations_are_found_by_their_other_person_and_how_far_they_have_come() {
    let world = World::start(PROGRAM).await;
    let (paula, mira) = (world.server.sign_in("paula").await, world.server.register("mira").await);
    let adler = world.server.sign_in("dr.adler").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let entry = json!({ "treatment_plan": "Rest." });
    let signed_paula = signed(&paula, &adler, 2, &entry).await;
    let draft_paula = opened(&paula, &adler, 3).await;
    let signed_mira = signed(&mira, &adler, 4, &entry).await;
    let draft_mira = opened(&mira, &adler, 5).await;
    let other = signed(&paula, &okafor, 6, &entry).await;
    let (with_paula, with_mira) = (format!("with={}", paula.id()), format!("with={}", mira.id()));
    let (with_adler, with_okafor) =
        (format!("with={}", adler.id()), format!("with={}", okafor.id()));
    for (user, query, expected) in [
        (&adler, String::new(), vec![&draft_mira, &signed_mira, &draft_paula, &signed_paula]),
        (&adler, "state=draft".to_owned(), vec![&draft_mira, &draft_paula]),
        (&adler, "state=signed".to_owned(), vec![&signed_mira, &signed_paula]),
        (&adler, with_paula.clone(), vec![&draft_paula, &signed_paula]),
        (&adler, format!("{with_mira}&state=draft"), vec![&draft_mira]),
        (&adler, format!("{with_mira}&state=signed"), vec![&signed_mira]),
        (&okafor, with_mira, vec![]),
        (&okafor, with_paula, vec![&other]),
        (&paula, String::new(), vec![&other, &signed_paula]),
        (&paula, "state=signed".to_owned(), vec![&other, &signed_paula]),
        (&paula, with_adler.clone(), vec![&signed_paula]),
        (&paula, format!("{with_okafor}&state=signed"), vec![&other]),
        // Drafts are the doctor's alone.
        (&paula, "state=draft".to_owned(), vec![]),
        (&paula, format!("{with_adler}&state=draft"), vec![]),
        (&mira, with_okafor, vec![]),
    ] {
        let expected: Vec<String> = expected.into_iter().cloned().collect();
        assert_eq!(consultations(user, &query).await, expected, "{query}");
    }
}
