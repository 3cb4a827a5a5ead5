//! Two servers on one database, one of which dies.

use crate::talk::{Pair, Talk};
use crate::{PROGRAM, evidence, verdict};
use anamnesis_testkit::World;

#[tokio::test]
async fn when_one_of_two_servers_is_killed_the_other_goes_on_with_everything() {
    let World { server: mut first, setup, database } = World::start(PROGRAM).await;
    let mut second = setup.start().await;
    let pairs = Pair::three(&first).await;
    let patient = first.sign_in("paula").await;
    let doctor = first.sign_in("dr.okafor").await;
    let talk = Talk::start(pairs, first.address(), second.address()).await;
    for day in [20, 21, 22, 23] {
        talk.goes_on_for(60).await;
        first.kill().await;
        // Both halves of every pair go on at the survivor.
        talk.of_patients.send_replace(second.address().to_owned());
        talk.goes_on_for(60).await;

        let survivor = second.address();
        let room = patient.at(survivor).book(&doctor, day).await;
        let number = patient.at(survivor).say(&room, "Are you still there?").await;
        let chats = doctor.at(survivor).get("/api/rooms").await.expect(200);
        let last = chats["rooms"].as_array().unwrap().iter().find(|chat| chat["room_id"] == room);
        assert_eq!(last.unwrap()["last_message"]["number"], number, "read models go on: {chats}");

        // The one that was killed comes back; next time it is the other's turn.
        first = second;
        second = setup.start().await;
        talk.of_doctors.send_replace(second.address().to_owned());
    }
    let talked = talk.finish().await;
    verdict::pass(&setup, first.address(), &talked).await;
    evidence::examine(database.url()).await;
}
