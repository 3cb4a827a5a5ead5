//! What a compliance officer sees of the past is what people saw then.

use crate::PROGRAM;
use crate::consulting::path;
use anamnesis_testkit::{User, World, booking};
use serde_json::{Map, Value, json};

/// The last position of the log.
pub(crate) async fn position(world: &World) -> i64 {
    sqlx::query_scalar("SELECT position FROM log.head")
        .fetch_one(world.database.owner_pool())
        .await
        .unwrap()
}

pub(crate) fn in_a_month() -> String {
    (chrono::Utc::now() + chrono::TimeDelta::days(30)).date_naive().to_string()
}

/// What the ordinary views said at a moment.
struct Then {
    position: i64,
    messages: Value,
    room: Value,
    appointment: Value,
    consultation: Value,
}

/// One pair's records.
struct Story {
    paula: User,
    doctor: User,
    room: String,
    appointment: String,
    consultation: String,
}

impl Story {
    async fn begin(world: &World) -> Self {
        let paula = world.server.sign_in("paula").await;
        let doctor = world.server.sign_in("dr.adler").await;
        let wish = booking(&doctor.id(), 2);
        let booked = paula.post("/api/appointments", &wish).await.expect(201);
        let text = |name: &str| booked[name].as_str().unwrap().to_owned();
        let open = json!({ "appointment_id": booked["appointment_id"] });
        let opened = doctor.post("/api/consultations", &open).await.expect(201);
        Self {
            paula,
            doctor,
            room: text("room_id"),
            appointment: format!("/api/appointments/{}", text("appointment_id")),
            consultation: path(&opened),
        }
    }

    /// The position first: what is read from then on adds looks, and changes none of these.
    async fn now(&self, world: &World) -> Then {
        let position = position(world).await;
        let messages = format!("/api/rooms/{}/messages?limit=100", self.room);
        Then {
            position,
            messages: self.paula.get(&messages).await.expect(200),
            room: self.paula.get(&format!("/api/rooms/{}", self.room)).await.expect(200),
            appointment: self.doctor.get(&self.appointment).await.expect(200),
            consultation: self.doctor.get(&self.consultation).await.expect(200),
        }
    }

    /// Everything that can happen to them, and what was seen after each step.
    async fn tell(&self, world: &World) -> Vec<Then> {
        let Self { paula, doctor, room, appointment, consultation } = self;
        let messages = format!("/api/rooms/{room}/messages");
        let mut seen = vec![self.now(world).await];
        let first = paula.say(room, "My head hurts.").await;
        let second = doctor.say(room, "Since when?").await;
        let _ = doctor.post(&format!("/api/rooms/{room}/read"), &json!({ "through": first })).await;
        seen.push(self.now(world).await);
        let edit = json!({ "body": "My head hurts a lot." });
        let _ = paula.patch(&format!("{messages}/{first}"), &edit).await.expect(200);
        let _ = paula.put(&format!("{messages}/{second}/reactions/heart")).await.expect(200);
        let draft = json!({ "medical_history": "Headache.", "treatment_plan": "Rest." });
        let _ = doctor.patch(consultation, &draft).await.expect(200);
        seen.push(self.now(world).await);
        let _ = doctor.delete(&format!("{messages}/{second}")).await.expect(200);
        let drugs = json!({ "prescriptions": [{ "drug": "Ibuprofen", "dose": "400 mg" }],
            "treatment_plan": null, "review_on": in_a_month() });
        let _ = doctor.patch(consultation, &drugs).await.expect(200);
        let moved = booking(&doctor.id(), 3);
        let moved = json!({ "starts_at": moved["starts_at"], "ends_at": moved["ends_at"],
            "zone": "Europe/Berlin" });
        let _ = paula.patch(appointment, &moved).await.expect(200);
        seen.push(self.now(world).await);
        let _ = doctor.post(&format!("{consultation}/sign"), &Value::Null).await.expect(200);
        let amended = json!({ "investigations": "MRI.", "reason": "I forgot." });
        let _ = doctor.patch(consultation, &amended).await.expect(200);
        let cancel = json!({ "status": "cancelled", "reason": "It is better." });
        let _ = paula.patch(appointment, &cancel).await.expect(200);
        let _ = doctor.post(&format!("/api/rooms/{room}/close"), &Value::Null).await.expect(200);
        seen.push(self.now(world).await);
        seen
    }

    fn url(&self, of: &str, at: &str) -> String {
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let id = match of {
            "room" => self.room.clone(),
            "appointment" => id(&self.appointment),
            _ => id(&self.consultation),
        };
        format!("/api/audit/as-of/{of}/{id}?{at}")
    }
}

/// Words that stand become that they are there.
fn sealed(value: &Value) -> Value {
    if value.is_null() { Value::Null } else { json!("sealed") }
}

/// These fields of an object.
fn only(object: &Value, fields: &[&str]) -> Map<String, Value> {
    fields.iter().map(|field| ((*field).to_owned(), object[*field].clone())).collect()
}

fn messages_then(page: &Value) -> Value {
    let fields = ["number", "author_id", "posted_at", "version", "edits", "edited_at", "reactions"];
    let one = |message: &Value| {
        let mut one = only(message, &fields);
        one.insert("body".to_owned(), sealed(&message["body"]));
        let taken_back = message["retracted"].as_bool();
        let taken_back = taken_back.unwrap_or_else(|| message["retracted"].is_object());
        one.insert("retracted".to_owned(), json!(taken_back));
        Value::Object(one)
    };
    page["messages"].as_array().unwrap().iter().map(one).collect()
}

fn appointment_then(view: &Value) -> Value {
    let mut one = only(
        view,
        &[
            "appointment_id",
            "patient_id",
            "doctor_id",
            "room_id",
            "starts_at",
            "ends_at",
            "zone",
            "status",
            "booked_at",
            "version",
            "history",
        ],
    );
    for field in ["reason", "cancel_reason"] {
        one.insert(field.to_owned(), sealed(&view[field]));
    }
    Value::Object(one)
}

fn consultation_then(view: &Value) -> Value {
    let mut one = only(
        view,
        &[
            "consultation_id",
            "appointment_id",
            "patient_id",
            "doctor_id",
            "opened_at",
            "signed_at",
            "version",
            "review_on",
        ],
    );
    for field in ["medical_history", "examination_findings", "investigations", "treatment_plan"] {
        one.insert(field.to_owned(), sealed(&view[field]));
    }
    let prescriptions = view["prescriptions"].as_array().unwrap().iter();
    let prescriptions: Vec<_> = prescriptions.map(|one| only(one, &["id", "ends_on"])).collect();
    one.insert("prescriptions".to_owned(), json!(prescriptions));
    Value::Object(one)
}

#[tokio::test]
async fn the_past_is_what_people_saw_then() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let story = Story::begin(&world).await;
    for then in story.tell(&world).await {
        let at = format!("position={}&limit=100", then.position);
        let room = officer.get(&story.url("room", &at)).await.expect(200);
        assert_eq!(room["position"], then.position);
        let record = &room["record"];
        assert_eq!(messages_then(record), messages_then(&then.messages));
        let fields = ["room_id", "patient_id", "doctor_id", "opened_at", "closed", "receipts"];
        assert_eq!(only(record, &fields), only(&then.room, &fields));
        assert_eq!(record["last_activity_at"], then.room["last_activity_at"]);
        assert_eq!(record["unread"]["patient"], then.room["unread"]);

        let at = format!("position={}", then.position);
        let found = officer.get(&story.url("appointment", &at)).await.expect(200);
        assert_eq!(appointment_then(&found["record"]), appointment_then(&then.appointment));
        let found = officer.get(&story.url("consultation", &at)).await.expect(200);
        assert_eq!(consultation_then(&found["record"]), consultation_then(&then.consultation));
    }
    // Not a word of what was written.
    for of in ["room", "appointment", "consultation"] {
        let text = officer.get(&story.url(of, "")).await.expect(200).to_string();
        for words in
            ["hurts", "Since when", "Headache", "Rest", "Ibuprofen", "MRI", "forgot", "better"]
        {
            assert!(!text.contains(words), "{of}: {words}: {text}");
        }
    }
}

#[tokio::test]
async fn an_instant_stands_for_the_last_event_by_then_and_pages_go_back() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let story = Story::begin(&world).await;
    for number in 0..5 {
        let _ = story.paula.say(&story.room, &format!("words {number}")).await;
    }
    let third: (i64, chrono::DateTime<chrono::Utc>) = sqlx::query_as(
        "SELECT global_position, recorded_at FROM log.events
         WHERE event_type = 'MessagePosted' ORDER BY global_position OFFSET 2 LIMIT 1",
    )
    .fetch_one(world.database.owner_pool())
    .await
    .unwrap();
    let at = third.1.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let url = story.url("room", &format!("at={at}&limit=2"));
    let page = officer.get(&url).await.expect(200);
    assert_eq!((&page["position"], &page["recorded_at"]), (&json!(third.0), &json!(third.1)));
    let numbers = |page: &Value| -> Vec<u64> {
        let messages = page["record"]["messages"].as_array().unwrap();
        messages.iter().map(|one| one["number"].as_u64().unwrap()).collect()
    };
    assert_eq!(numbers(&page), [3, 4]);
    assert_eq!(page["record"]["more_before"], true);
    let page = officer.get(&format!("{url}&before=3")).await.expect(200);
    assert_eq!(numbers(&page), [2]);
    assert_eq!(page["record"]["more_before"], false);
    let page = officer.get(&story.url("room", "")).await.expect(200);
    assert_eq!(numbers(&page), [2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn a_view_says_who_could_read_it_who_had_and_what_was_deleted() {
    let world = World::start(PROGRAM).await;
    let (officer, admin) =
        (world.server.sign_in("compliance").await, world.server.sign_in("admin").await);
    let story = Story::begin(&world).await;
    let number = story.paula.say(&story.room, "My head hurts.").await;
    let before = position(&world).await;
    let messages = format!("/api/rooms/{}/messages", story.room);
    for _ in 0..2 {
        let _ = story.doctor.get(&messages).await.expect(200);
    }
    let _ = story.paula.delete(&format!("{messages}/{number}")).await.expect(200);
    let _ = story.paula.delete(&story.appointment).await.expect(204);
    let deactivate = json!({ "reason": "left" });
    let path = format!("/api/users/{}/deactivate", story.doctor.id());
    let _ = admin.post(&path, &deactivate).await.expect(200);

    let then = officer.get(&story.url("room", &format!("position={before}"))).await.expect(200);
    assert_eq!(then["readers"], json!([]));
    assert_eq!(then["record"]["messages"][0]["retracted"], Value::Null);
    let person = |view: &Value, user: &User| {
        let mut people = view["people"].as_array().unwrap().iter();
        people.find(|one| one["account_id"] == user.id()).cloned().unwrap()
    };
    let doctor = person(&then, &story.doctor);
    assert_eq!((&doctor["role"], &doctor["status"]), (&json!("doctor"), &json!("active")));
    assert_eq!(doctor["name"], "Dr. Ines Adler");
    let may = |person: &Value, action: &str| {
        person["may"].as_array().unwrap().iter().any(|one| one == action)
    };
    assert!(may(&doctor, "read_messages") && may(&doctor, "close_room"));
    assert!(may(&person(&then, &story.paula), "read_messages"));
    assert!(!may(&person(&then, &story.paula), "close_room"));

    let now = officer.get(&story.url("room", "")).await.expect(200);
    let doctor = person(&now, &story.doctor);
    assert_eq!((&doctor["status"], &doctor["may"]), (&json!("deactivated"), &json!([])));
    let reader = &now["readers"][0];
    assert_eq!(
        (&reader["account_id"], &reader["role"]),
        (&json!(story.doctor.id()), &json!("doctor"))
    );
    assert_eq!((&reader["looks"], &now["readers_next"]), (&json!(1), &Value::Null));
    assert_eq!(reader["first_at"], reader["last_at"]);
    assert_eq!(now["record"]["messages"][0]["retracted"]["by"], story.paula.id());
    assert_eq!(now["record"]["messages"][0]["body"], Value::Null);

    let then = story.url("appointment", &format!("position={before}"));
    assert_eq!(officer.get(&then).await.expect(200)["deleted"], Value::Null);
    let now = officer.get(&story.url("appointment", "")).await.expect(200);
    assert_eq!(now["deleted"]["by"], story.paula.id());
    assert!(now["people"].as_array().unwrap().iter().all(|one| one["may"] == json!([])));
    assert_eq!(now["record"]["status"], "scheduled");

    let path = format!("/api/audit/as-of/account/{}", story.doctor.id());
    let account = officer.get(&path).await.expect(200);
    assert_eq!(account["record"]["status"], "deactivated");
    assert_eq!(account["deleted"]["by"], admin.id());
    assert!(!account.to_string().contains('@'), "{account}");
    let then = officer.get(&format!("{path}?position={before}")).await.expect(200);
    assert_eq!((&then["record"]["status"], &then["deleted"]), (&json!("active"), &Value::Null));
}
