//! A patient and a doctor talk.

use crate::PROGRAM;
use anamnesis_testkit::World;
use serde_json::json;

#[tokio::test]
async fn a_booking_opens_the_room_and_both_talk_over_their_sockets() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut of_patient = patient.connect(None).await;
    let mut of_doctor = doctor.connect(None).await;
    of_patient.expect("reset").await;
    of_doctor.expect("reset").await;

    let number = of_patient.say(&room, "My head hurts.").await;
    let heard = of_doctor.expect("message_posted").await;
    assert_eq!(heard["number"], number);
    assert_eq!(heard["body"], "My head hurts.");
    assert_eq!(heard["author_id"], patient.id());

    // Over HTTP, whose answer waits until everybody can read it in the chat list.
    doctor.say(&room, "Since when?").await;
    let answer = loop {
        let frame = of_patient.expect("message_posted").await;
        if frame["author_id"] == doctor.id() {
            break frame;
        }
    };
    assert_eq!(answer["body"], "Since when?");

    let chats = patient.get("/api/rooms").await.expect(200);
    assert_eq!(chats["rooms"][0]["last_message"]["body"], "Since when?");
    assert_eq!(chats["rooms"][0]["unread"], 1);
    assert_eq!(chats["rooms"][0]["other"]["name"], "Dr. Ines Adler");
    let read = json!({ "through": answer["number"] });
    let _ = patient.post(&format!("/api/rooms/{room}/read"), &read).await.expect(200);
    let chats = patient.get("/api/rooms").await.expect(200);
    assert_eq!(chats["rooms"][0]["unread"], 0);
}
