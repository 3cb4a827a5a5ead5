//! Messages to the wrong patient: hidden from both, until a compliance officer decides.

use crate::PROGRAM;
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};

fn wrong() -> Value {
    json!({ "reason": "wrong_patient" })
}

fn decision(decision: &str) -> Value {
    json!({ "decision": decision, "note": "Two windows were open." })
}

/// What both see of a message: itself, its history, the chat list, the room, and unread.
async fn seen(user: &User, room: &str, number: u64) -> [Value; 5] {
    let path = format!("/api/rooms/{room}/messages/{number}");
    let history = user.get(&format!("{path}/history")).await.expect(200);
    let listed = user.get("/api/rooms").await.expect(200)["rooms"][0].clone();
    let of_room = user.get(&format!("/api/rooms/{room}")).await.expect(200);
    [
        user.get(&path).await.expect(200),
        history["versions"].clone(),
        listed["last_message"].clone(),
        of_room["last_message"].clone(),
        listed["unread"].clone(),
    ]
}

#[tokio::test]
async fn a_reported_message_is_a_placeholder_for_both_and_is_what_it_was_when_shown_again() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let admin = world.server.sign_in("admin").await;
    let officer = world.server.sign_in("compliance").await;
    let number = doctor.say(&room, "Mr Vega's biopsy is malignant.").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    let _ = doctor.patch(&path, &json!({ "body": "The biopsy is malignant." })).await.expect(200);
    let _ = paula.put(&format!("{path}/reactions/question")).await.expect(200);
    let before = [seen(&paula, &room, number).await, seen(&doctor, &room, number).await];
    assert_eq!(before[0][4], 1);

    let report = format!("{path}/report");
    let reported = admin.post(&report, &wrong()).await.expect(200);
    assert!(!reported.to_string().contains("biopsy"), "{reported}");
    for user in [&paula, &doctor] {
        let [message, history, listed, last, unread] = seen(user, &room, number).await;
        let placeholder = json!({
            "number": number, "author_id": doctor.id(), "posted_at": message["posted_at"],
            "body": null, "version": number, "edits": 0, "edited_at": null, "retracted": false,
            "hidden": true, "reactions": [],
        });
        assert_eq!((message, history), (placeholder, json!([])));
        assert_eq!((&listed["body"], &listed["hidden"]), (&Value::Null, &json!(true)));
        assert_eq!((&last["retracted"], &last["hidden"]), (&json!(false), &json!(true)));
        assert_eq!(unread, 0);
    }
    let told = doctor.get("/api/notifications").await.expect(200)["notices"][0].clone();
    assert_eq!((&told["kind"], &told["about"]), (&json!("message_hidden"), &json!(room)));
    assert_eq!(
        (&told["number"], &told["from"]["account_id"]),
        (&json!(number), &json!(admin.id()))
    );
    let kinds = paula.get("/api/notifications").await.expect(200).to_string();
    assert!(!kinds.contains("message_hidden"), "{kinds}");

    let decide = format!("/api/audit/reports/{room}/{number}/decide");
    let _ = officer.post(&decide, &decision("shown_again")).await.expect(200);
    let after = [seen(&paula, &room, number).await, seen(&doctor, &room, number).await];
    assert_eq!(after, before);
    let told = doctor.get("/api/notifications").await.expect(200)["notices"][0].clone();
    assert_eq!(told["kind"], "message_shown_again");
}

#[tokio::test]
async fn nothing_is_done_to_a_hidden_message_and_a_retracted_one_stays_retracted() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let admin = world.server.sign_in("admin").await;
    let officer = world.server.sign_in("compliance").await;
    let number = doctor.say(&room, "Never mind this.").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    let _ = doctor.delete(&path).await.expect(200);
    let _ = admin.post(&format!("{path}/report"), &wrong()).await.expect(200);
    let restore = json!({ "reason": "author_asked" });
    for refused in [
        doctor.patch(&path, &json!({ "body": "This." })).await,
        doctor.delete(&path).await,
        paula.put(&format!("{path}/reactions/sad")).await,
        paula.delete(&format!("{path}/reactions/sad")).await,
        admin.post(&format!("{path}/restore"), &restore).await,
    ] {
        refused.refused(409, "message_hidden");
    }
    let decide = format!("/api/audit/reports/{room}/{number}/decide");
    let _ = officer.post(&decide, &decision("shown_again")).await.expect(200);
    let message = paula.get(&path).await.expect(200);
    assert_eq!((&message["retracted"], &message["hidden"]), (&json!(true), &json!(false)));
    assert_eq!(message["body"], Value::Null);
    let _ = admin.post(&format!("{path}/restore"), &restore).await.expect(200);
    assert_eq!(paula.get(&path).await.expect(200)["body"], "Never mind this.");
}

#[tokio::test]
async fn reports_are_listed_without_content_and_each_look_is_in_the_trail() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let admin = world.server.sign_in("admin").await;
    let officer = world.server.sign_in("compliance").await;
    let mut numbers = Vec::new();
    for words in ["One for Vega.", "Two for Vega."] {
        let number = doctor.say(&room, words).await;
        let report = format!("/api/rooms/{room}/messages/{number}/report");
        let first = admin.post(&report, &wrong()).await.expect(200);
        assert!(first["sequence"].is_u64(), "{first}");
        // Once more changes nothing.
        assert_eq!(admin.post(&report, &wrong()).await.expect(200)["sequence"], Value::Null);
        numbers.push(number);
    }
    let open = officer.get("/api/audit/reports?limit=1").await.expect(200);
    assert_eq!(open["reports"][0]["number"], numbers[1]);
    let next = format!("/api/audit/reports?limit=1&after={}", open["next"]);
    let second = officer.get(&next).await.expect(200)["reports"][0].clone();
    let expected = json!({
        "room_id": room, "number": numbers[0], "patient_id": paula.id(),
        "author_id": doctor.id(), "reason": "wrong_patient", "reported_by": admin.id(),
        "reported_at": second["reported_at"], "decided": null, "position": second["position"],
    });
    assert_eq!(second, expected);

    let decide = |number| format!("/api/audit/reports/{room}/{number}/decide");
    let stays = decision("stays_hidden");
    let decided = officer.post(&decide(numbers[0]), &stays).await.expect(200);
    assert!(!decided.to_string().contains("windows"), "{decided}");
    let again = officer.post(&decide(numbers[0]), &stays).await.expect(200);
    assert_eq!(again["sequence"], Value::Null);
    let other = officer.post(&decide(numbers[0]), &decision("shown_again")).await;
    other.refused(409, "report_decided");
    let list = officer.get("/api/audit/reports?state=decided").await.expect(200);
    assert_eq!(list["reports"].as_array().unwrap().len(), 1);
    let what = &list["reports"][0]["decided"];
    assert_eq!((&what["decision"], &what["by"]), (&json!("stays_hidden"), &json!(officer.id())));
    let message = format!("/api/rooms/{room}/messages/{}", numbers[0]);
    assert_eq!(paula.get(&message).await.expect(200)["hidden"], true);

    let trail = officer.get("/api/audit/events?action=hidden_message_decided").await.expect(200);
    let words = trail["events"][0]["words"].as_str().unwrap();
    let of = format!("decided that message {} stays hidden, reason: ‹sealed›", numbers[0]);
    assert!(words.ends_with(&of), "{words}");
    assert_eq!(trail["events"][0]["patient"], paula.id());
    let looks = officer.get("/api/audit/events?action=trail_read").await.expect(200).to_string();
    assert!(looks.contains("looked at the audit trail (reports) by state decided"), "{looks}");
}

#[tokio::test]
async fn what_is_no_report_is_refused() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let admin = world.server.sign_in("admin").await;
    let officer = world.server.sign_in("compliance").await;
    let number = doctor.say(&room, "All is well.").await;
    let report = format!("/api/rooms/{room}/messages/{number}/report");
    for (user, code) in [(&paula, 403), (&doctor, 403), (&officer, 403)] {
        user.post(&report, &wrong()).await.refused(code, "forbidden");
    }
    for body in [json!({}), json!({ "reason": "he wrote to Vega" })] {
        admin.post(&report, &body).await.refused(422, "body_invalid");
    }
    for nothing in [0, 1, number + 50] {
        let report = format!("/api/rooms/{room}/messages/{nothing}/report");
        admin.post(&report, &wrong()).await.refused(404, "message_not_found");
    }
    let decide = format!("/api/audit/reports/{room}/{number}/decide");
    admin.post(&decide, &decision("shown_again")).await.refused(403, "forbidden");
    officer.post(&decide, &decision("shown_again")).await.refused(404, "report_not_found");
    let long = "é".repeat(2_001);
    for (note, code) in [("", "note_missing"), ("  ", "note_missing"), (&*long, "note_too_long")] {
        let body = json!({ "decision": "shown_again", "note": note });
        officer.post(&decide, &body).await.refused(422, code);
    }
    let body = json!({ "decision": "erased", "note": "No." });
    officer.post(&decide, &body).await.refused(422, "body_invalid");
    let foreign = "/api/rooms/01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94/messages/2/report";
    admin.post(foreign, &wrong()).await.refused(404, "not_found");
    officer.get("/api/audit/reports?state=lost").await.refused(400, "query_invalid");
}
