//! Break-glass: content for an officer, with a reason, for a time, reviewed by another.

use crate::audit_support::stored;
use crate::{PROGRAM, consulting, people};
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};

const GRANTS: &str = "/api/audit/grants";

/// A patient with a conversation, an appointment and a signed consultation, and two officers.
struct Case {
    world: World,
    patient: User,
    doctor: User,
    officer: User,
    colleague: User,
    room: String,
    appointment: String,
    consultation: String,
}

impl Case {
    async fn start() -> Self {
        let world = World::start(PROGRAM).await;
        let (patient, doctor) = consulting::pair(&world).await;
        let entry = json!({
            "treatment_plan": "canary of the plan",
            "prescriptions": [{ "drug": "canary of the drug", "dose": "1 mg" }],
        });
        let consultation = consulting::signed(&patient, &doctor, 2, &entry).await;
        let found = patient.get(&consultation).await.expect(200);
        let id = found["appointment_id"].as_str().unwrap().to_owned();
        let appointment = format!("/api/appointments/{id}");
        let booked = patient.get(&appointment).await.expect(200);
        let room = booked["room_id"].as_str().unwrap().to_owned();
        patient.say(&room, "canary of the room").await;
        let officer = world.server.sign_in("compliance").await;
        let colleague = colleague(&world).await;
        Self { world, patient, doctor, officer, colleague, room, appointment, consultation }
    }

    fn paths(&self) -> Vec<String> {
        let (room, patient) = (&self.room, self.patient.id());
        vec![
            format!("/api/rooms/{room}"),
            format!("/api/rooms/{room}/messages"),
            self.appointment.clone(),
            self.consultation.clone(),
            format!("{}/amendments", self.consultation),
            format!("/api/patients/{patient}/medicines"),
            format!("/api/audit/patients/{patient}/records"),
        ]
    }

    fn wish(&self) -> Value {
        json!({ "patient_id": self.patient.id(), "reason": "canary of the reason" })
    }

    async fn granted(&self) -> Value {
        self.officer.post(GRANTS, &self.wish()).await.expect(201)
    }

    async fn opens_nothing(&self, user: &User) {
        for path in self.paths() {
            user.get(&path).await.refused(404, "not_found");
        }
    }
}

/// A second officer: a doctor who became one.
pub(crate) async fn colleague(world: &World) -> User {
    let doctor = world.server.sign_in("dr.okafor").await;
    let admin = world.server.sign_in("admin").await;
    let role = json!({ "role": "compliance" });
    let _ = people::decide(&admin, &doctor.id(), "role", &role).await.expect(200);
    world.server.sign_in("dr.okafor").await
}

fn path(grant: &Value, ending: &str) -> String {
    format!("{GRANTS}/{}{ending}", grant["grant_id"].as_str().unwrap())
}

#[tokio::test]
async fn a_grant_opens_the_record_to_its_officer_and_every_look_says_so() {
    let case = Case::start().await;
    case.opens_nothing(&case.officer).await;
    let grant = case.granted().await;
    assert_eq!(grant["open"], true);
    let paths = case.paths();
    let mut told = Vec::new();
    for path in &paths {
        told.push(case.officer.get(path).await.expect(200).to_string());
    }
    assert!(told[1].contains("canary of the room"));
    assert!(told[2].contains("It hurts."));
    assert!(told[3].contains("canary of the plan") && told[4].contains("canary of the plan"));
    assert!(told[5].contains("canary of the drug"));
    assert!(!told[6].contains("canary"), "{}", told[6]);
    case.opens_nothing(&case.colleague).await;
    // What was shown stands in the log with the grant, and so it does in the trail.
    let officer = case.officer.id();
    let reads: Vec<Value> = stored(&case.world)
        .await
        .into_iter()
        .filter(|event| event.event_type == "ContentRead" && event.is_by(&officer))
        .map(|event| event.payload["ContentRead"].clone())
        .collect();
    let kinds: Vec<&str> = reads.iter().map(|read| read["kind"].as_str().unwrap()).collect();
    for kind in ["messages", "appointment", "consultation", "medicines"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert!(reads.iter().all(|read| read["grant_id"] == grant["grant_id"]), "{reads:?}");
    let timeline = format!("/api/audit/timeline/grant/{}", grant["grant_id"].as_str().unwrap());
    let lines = case.colleague.get(&timeline).await.expect(200);
    let actions: Vec<&str> = lines["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions[..2], ["access_granted", "grant_taken"]);
    assert!(actions.contains(&"content_read") && actions.contains(&"trail_read"), "{actions:?}");
    assert!(!lines.to_string().contains("canary"));
    // What a FHIR client is told to refer to can be asked for.
    let consent = format!("entity=Consent/{}", grant["grant_id"].as_str().unwrap());
    let found = case.colleague.get(&format!("/fhir/R4/AuditEvent?{consent}")).await.expect(200);
    assert!(found["entry"].as_array().unwrap().len() > 2, "{found}");
}

#[tokio::test]
async fn a_grant_reads_and_nothing_else_and_of_no_other_patient_and_no_draft() {
    let case = Case::start().await;
    let carl = case.world.server.register("carl").await;
    let room = carl.book(&case.doctor, 3).await;
    let draft = consulting::opened(&case.patient, &case.doctor, 4).await;
    let _ = case.granted().await;
    case.officer.get(&format!("/api/rooms/{room}/messages")).await.refused(404, "not_found");
    case.officer.get(&draft).await.refused(404, "not_found");
    let medicines = format!("/api/patients/{}/medicines", carl.id());
    case.officer.get(&medicines).await.refused(404, "not_found");
    let records = format!("/api/audit/patients/{}/records", carl.id());
    case.officer.get(&records).await.refused(404, "not_found");
    let say = json!({ "body": "Hello." });
    let messages = format!("/api/rooms/{}/messages", case.room);
    case.officer.post(&messages, &say).await.refused(403, "forbidden");
    case.officer.patch(&case.consultation, &json!({})).await.refused(403, "forbidden");
    case.officer.get("/api/rooms").await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_grant_that_was_ended_opens_nothing_and_ending_it_again_writes_nothing() {
    let case = Case::start().await;
    let grant = case.granted().await;
    let end = path(&grant, "/end");
    case.colleague.post(&end, &json!({})).await.refused(403, "grant_not_its_officer");
    let ended = case.officer.post(&end, &json!({})).await.expect(200);
    assert_eq!((ended["open"].as_bool(), ended["ended_at"].is_string()), (Some(false), true));
    case.opens_nothing(&case.officer).await;
    let before = stored(&case.world).await.len();
    let again = case.officer.post(&end, &json!({})).await.expect(200);
    assert_eq!(again["ended_at"], ended["ended_at"]);
    assert_eq!(stored(&case.world).await.len(), before);
}

#[tokio::test]
async fn another_officer_reviews_a_grant_once_it_is_over() {
    let case = Case::start().await;
    let grant = case.granted().await;
    let review = path(&grant, "/review");
    let justified = json!({ "verdict": "justified", "note": "canary of the note" });
    case.officer.post(&review, &justified).await.refused(403, "own_review");
    let tried = stored(&case.world).await.iter().any(|event| event.event_type == "AccessDenied");
    assert!(tried);
    case.colleague.post(&review, &justified).await.refused(409, "grant_still_open");
    let listed = |user: User, state: &'static str| async move {
        let page = user.get(&format!("{GRANTS}?state={state}")).await.expect(200);
        page["grants"].as_array().unwrap().len()
    };
    assert_eq!(listed(case.colleague.clone(), "open").await, 1);
    assert_eq!(listed(case.colleague.clone(), "to_review").await, 0);
    let _ = case.officer.post(&path(&grant, "/end"), &json!({})).await.expect(200);
    case.officer.post(&review, &justified).await.refused(403, "own_review");
    assert_eq!(listed(case.colleague.clone(), "to_review").await, 1);
    let reviewed = case.colleague.post(&review, &justified).await.expect(200);
    assert_eq!(reviewed["review"]["verdict"], "justified");
    assert_eq!(reviewed["review"]["by"]["account_id"], case.colleague.id());
    let before = stored(&case.world).await.len();
    let again = case.colleague.post(&review, &json!({ "verdict": "justified" })).await.expect(200);
    assert_eq!(again["review"], reviewed["review"]);
    assert_eq!(stored(&case.world).await.len(), before);
    let other = json!({ "verdict": "not_justified" });
    case.colleague.post(&review, &other).await.refused(409, "grant_already_reviewed");
    for (state, count) in [("open", 0), ("to_review", 0), ("over", 1)] {
        assert_eq!(listed(case.colleague.clone(), state).await, count, "{state}");
    }
    // Its words are shown once that is written down, and stand nowhere in clear.
    let whole = case.officer.get(&path(&grant, "")).await.expect(200);
    assert_eq!(whole["reason"], "canary of the reason");
    assert_eq!(whole["note"], "canary of the note");
    let events = stored(&case.world).await;
    let read = events.last().unwrap();
    assert_eq!(read.payload["ContentRead"]["kind"], "grant");
    assert!(events.iter().all(|event| !event.payload.to_string().contains("canary")));
}

#[tokio::test]
async fn the_patient_is_told_at_once() {
    let case = Case::start().await;
    let feed = case.patient.get("/api/events").await.expect(200);
    let mut socket = case.patient.connect(feed["cursor"].as_str()).await;
    let grant = case.granted().await;
    let frame = socket.expect("record_opened").await;
    assert_eq!(frame["grant_id"], grant["grant_id"]);
    assert_eq!(frame["officer_id"], case.officer.id());
    let page = case.patient.get("/api/notifications").await.expect(200);
    let notice = &page["notices"][0];
    assert_eq!(notice["kind"], "record_opened");
    assert_eq!(notice["about"], grant["grant_id"]);
    assert_eq!(notice["from"]["account_id"], case.officer.id());
    // Who comes back later has missed the same.
    let missed = format!("/api/events?after={}", feed["cursor"].as_str().unwrap());
    let missed = case.patient.get(&missed).await.expect(200);
    assert!(missed.to_string().contains("record_opened"), "{missed}");
    let doctor = case.doctor.get("/api/notifications").await.expect(200);
    assert!(!doctor.to_string().contains("record_opened"));
}

#[tokio::test]
async fn what_is_wrong_with_a_wish_is_said_and_nothing_is_opened() {
    let case = Case::start().await;
    let with = |name: &str, value: Value| {
        let mut wish = case.wish();
        wish[name] = value;
        wish
    };
    for (wish, status, code) in [
        (with("reason", json!(" \n")), 422, "reason_missing"),
        (with("reason", json!("x".repeat(501))), 422, "reason_too_long"),
        (with("minutes", json!(0)), 422, "grant_bad_length"),
        (with("minutes", json!(241)), 422, "grant_bad_length"),
        (with("minutes", json!(-1)), 422, "body_invalid"),
        (with("patient_id", json!(case.doctor.id())), 404, "patient_not_found"),
        (with("patient_id", json!(uuid::Uuid::new_v4())), 404, "patient_not_found"),
        (json!({ "patient_id": case.patient.id() }), 422, "body_invalid"),
    ] {
        case.officer.post(GRANTS, &wish).await.refused(status, code);
    }
    case.opens_nothing(&case.officer).await;
    let unknown = json!({ "grant_id": uuid::Uuid::new_v4() });
    case.officer.get(&path(&unknown, "")).await.refused(404, "grant_not_found");
    case.officer.post(&path(&unknown, "/end"), &json!({})).await.refused(404, "grant_not_found");
    let review = json!({ "verdict": "justified" });
    let reviewed = case.officer.post(&path(&unknown, "/review"), &review).await;
    reviewed.refused(404, "grant_not_found");
    let _ = case.officer.post(GRANTS, &with("reason", json!("ü".repeat(500)))).await.expect(201);
}

#[tokio::test]
async fn an_officer_holds_ten_grants_at_most_also_when_they_ask_at_once() {
    let case = Case::start().await;
    let asks = (0..14).map(|_| {
        let (officer, wish) = (case.officer.clone(), case.wish());
        tokio::spawn(async move { officer.post(GRANTS, &wish).await })
    });
    let mut given = Vec::new();
    for ask in asks.collect::<Vec<_>>() {
        let answer = ask.await.unwrap();
        if answer.status == 201 {
            given.push(answer.body);
        } else {
            answer.refused(409, "too_many_open_grants");
        }
    }
    assert_eq!(given.len(), 10);
    let _ = case.officer.post(&path(&given[0], "/end"), &json!({})).await.expect(200);
    let _ = case.granted().await;
    case.officer.post(GRANTS, &case.wish()).await.refused(409, "too_many_open_grants");
}

#[tokio::test]
async fn the_same_wish_again_is_the_same_grant() {
    let case = Case::start().await;
    let mut wish = case.wish();
    wish["client_id"] = json!(uuid::Uuid::new_v4());
    let first = case.officer.post(GRANTS, &wish).await.expect(201);
    let again = case.officer.post(GRANTS, &wish).await.expect(201);
    assert_eq!(first["grant_id"], again["grant_id"]);
    wish["reason"] = json!("another reason");
    case.officer.post(GRANTS, &wish).await.refused(409, "client_id_reused");
}

#[tokio::test]
async fn what_can_not_be_written_down_is_not_shown_to_an_officer_either() {
    let case = Case::start().await;
    let grant = case.granted().await;
    let owner = case.world.database.owner_pool();
    sqlx::query("REVOKE INSERT ON log.events FROM anamnesis_app").execute(owner).await.unwrap();
    for path in case.paths().into_iter().chain([path(&grant, ""), GRANTS.to_owned()]) {
        let answer = case.officer.get(&path).await;
        assert!(!answer.body.to_string().contains("canary"), "{path}");
        answer.refused(503, "unavailable");
    }
    sqlx::query("GRANT INSERT ON log.events TO anamnesis_app").execute(owner).await.unwrap();
    let _ = case.officer.get(&path(&grant, "")).await.expect(200);
}

#[tokio::test]
async fn lists_of_grants_and_records_go_on_page_by_page() {
    let case = Case::start().await;
    let mut given = Vec::new();
    for _ in 0..3 {
        given.push(case.granted().await["grant_id"].clone());
    }
    given.reverse();
    let filters = format!("officer={}&patient={}", case.officer.id(), case.patient.id());
    for (query, field, after, count) in [
        (format!("{GRANTS}?{filters}&limit=2"), "grants", "before", 3),
        (
            format!("/api/audit/patients/{}/records?limit=2", case.patient.id()),
            "records",
            "after",
            3,
        ),
    ] {
        let first = case.officer.get(&query).await.expect(200);
        let next = first["next"].as_str().unwrap();
        let rest = case.officer.get(&format!("{query}&{after}={next}")).await.expect(200);
        let mut all = first[field].as_array().unwrap().clone();
        assert_eq!(all.len(), 2);
        all.extend(rest[field].as_array().unwrap().clone());
        assert_eq!((all.len(), &rest["next"]), (count, &Value::Null), "{all:?}");
        if field == "grants" {
            let ids: Vec<Value> = all.iter().map(|one| one["grant_id"].clone()).collect();
            assert_eq!(ids, given);
        }
    }
    let none = case.officer.get(&format!("{GRANTS}?officer={}", case.patient.id())).await;
    assert_eq!(none.expect(200)["grants"], json!([]));
    case.officer.get(&format!("{GRANTS}?before=nonsense")).await.refused(400, "page_invalid");
    let records = format!("/api/audit/patients/{}/records?after=1", case.patient.id());
    case.officer.get(&records).await.refused(400, "page_invalid");
}
