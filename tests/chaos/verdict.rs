//! Whether everybody heard the same, and all of it.

use crate::talk::Talked;
use crate::talker::{Heard, Ledger};
use anamnesis_testkit::{Setup, User};
use reqwest::Method;
use std::collections::HashSet;
use uuid::Uuid;

/// Every acknowledged message is there once and nothing twice, numbers have no gaps, and the
/// order is the same over both sockets, over HTTP and in the replayed log; the read models equal
/// the log.
pub(crate) async fn pass(setup: &Setup, address: &str, talked: &[Talked]) {
    for one in talked {
        assert_eq!(one.patient.heard, one.doctor.heard, "both heard the same");
        let heard = &one.patient.heard;
        complete(heard, &one.patient);
        complete(heard, &one.doctor);
        let said = one.patient.acknowledged.len() + one.doctor.acknowledged.len();
        assert_eq!(heard.len(), said, "nothing was said that nobody said");
        let patient = one.pair.patient.at(address);
        let fetched = fetched(&patient, &one.pair.room, &one.patient.cursor).await;
        let told = |message: &Heard| Heard { client_id: None, ..message.clone() };
        assert!(fetched.into_iter().eq(heard.iter().map(told)), "a fresh fetch is the same");
        let numbers: Vec<u64> = heard.iter().map(|message| message.number).collect();
        assert_eq!(replayed(setup, &one.pair.room).await, numbers, "the replayed log is the same");
    }
    let checked = setup.command(&["projections", "check"]).output().await.unwrap();
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success() && text.contains("equal"), "{text}");
}

fn complete(heard: &[Heard], ledger: &Ledger) {
    assert!(heard.windows(2).all(|two| two[1].number == two[0].number + 1), "no gaps");
    let ids: HashSet<_> = heard.iter().filter_map(|message| message.client_id).collect();
    assert_eq!(ids.len(), heard.len(), "nothing twice");
    let kept: HashSet<(Uuid, u64)> =
        heard.iter().filter_map(|message| Some((message.client_id?, message.number))).collect();
    for said in &ledger.acknowledged {
        assert!(kept.contains(said), "what was acknowledged is there, with its number");
    }
}

/// All messages of a room up to a cursor at least, page by page from the beginning.
async fn fetched(user: &User, room: &str, cursor: &str) -> Vec<Heard> {
    let mut all = Vec::new();
    let mut after = 0;
    loop {
        let path = format!("/api/rooms/{room}/messages?after={after}&limit=200");
        let page = user.request(Method::GET, &path).header("anamnesis-cursor", cursor);
        let page = user.send(page).await;
        let page = page.expect(200);
        for message in page["messages"].as_array().unwrap() {
            all.push(Heard::of(message));
        }
        if page["more_after"] != true {
            return all;
        }
        after = all.last().unwrap().number;
    }
}

/// The numbers of a room's messages as `replay` prints them.
async fn replayed(setup: &Setup, room: &str) -> Vec<u64> {
    let stream = format!("chat_room/{room}");
    let output = setup.command(&["replay", "--stream", &stream]).output().await.unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let posted = text.lines().filter(|line| line.contains("  MessagePosted  "));
    let number = |line: &str| line.split(" #").nth(1)?.split(' ').next()?.parse().ok();
    posted.map(|line| number(line).unwrap()).collect()
}
