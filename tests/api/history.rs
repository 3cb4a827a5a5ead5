//! Paging through a conversation.

use crate::PROGRAM;
use anamnesis_testkit::{User, World};
use serde_json::Value;

async fn page(user: &User, room: &str, query: &str) -> (Vec<u64>, bool, bool) {
    let page = user.get(&format!("/api/rooms/{room}/messages?{query}")).await.expect(200);
    let numbers = page["messages"].as_array().unwrap().iter();
    let numbers = numbers.map(|one| one["number"].as_u64().unwrap()).collect();
    (numbers, page["more_before"] == true, page["more_after"] == true)
}

/// A room with twelve messages; their numbers have gaps, where other things happened.
async fn talk() -> (World, User, User, String, Vec<u64>) {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let mut numbers = Vec::new();
    for index in 0..12 {
        let number = paula.say(&room, &format!("Message {index}")).await;
        if index % 4 == 0 {
            let _ =
                doctor.put(&format!("/api/rooms/{room}/messages/{number}/reactions/heart")).await;
        }
        numbers.push(number);
    }
    (world, paula, doctor, room, numbers)
}

#[tokio::test]
async fn a_conversation_is_paged_backwards_and_forwards_without_a_gap() {
    let (_world, paula, doctor, room, numbers) = talk().await;
    let (latest, before, after) = page(&paula, &room, "limit=5").await;
    assert_eq!((&latest[..], before, after), (&numbers[7..], true, false));

    let (mut backwards, mut oldest) = (latest.clone(), latest[0]);
    loop {
        let (older, more, _) = page(&doctor, &room, &format!("limit=5&before={oldest}")).await;
        backwards.splice(0..0, older);
        oldest = backwards[0];
        if !more {
            break;
        }
    }
    assert_eq!(backwards, numbers);

    let (mut forwards, mut newest) = (Vec::new(), 0);
    loop {
        let (newer, _, more) = page(&doctor, &room, &format!("limit=5&after={newest}")).await;
        forwards.extend(newer);
        newest = *forwards.last().unwrap();
        if !more {
            break;
        }
    }
    assert_eq!(forwards, numbers);
}

#[tokio::test]
async fn a_page_around_a_message_has_it_in_the_middle() {
    let (_world, paula, _doctor, room, numbers) = talk().await;
    let (around, before, after) =
        page(&paula, &room, &format!("limit=5&around={}", numbers[6])).await;
    assert_eq!(around.len(), 5);
    assert!(around.contains(&numbers[6]) && before && after);
    assert!(around[0] < numbers[6] && around[4] > numbers[6], "{around:?}");
    let (start, before, _) = page(&paula, &room, &format!("around={}", numbers[0])).await;
    assert!(start.contains(&numbers[0]) && !before);
}

#[tokio::test]
async fn numbers_beyond_the_ends_are_answered_and_never_fail() {
    let (_world, paula, _doctor, room, numbers) = talk().await;
    let all = |pages: (Vec<u64>, bool, bool)| pages.0;
    for huge in [u64::MAX.to_string(), i64::MAX.to_string(), "1000000".to_owned()] {
        assert_eq!(all(page(&paula, &room, &format!("before={huge}")).await), numbers);
        assert!(all(page(&paula, &room, &format!("after={huge}")).await).is_empty());
        let _ = page(&paula, &room, &format!("around={huge}")).await;
        let path = format!("/api/rooms/{room}/messages/{huge}");
        paula.get(&path).await.refused(404, "message_not_found");
    }
    assert!(all(page(&paula, &room, "before=0").await).is_empty());
    assert_eq!(all(page(&paula, &room, "after=0").await), numbers);
    assert_eq!(all(page(&paula, &room, "limit=0").await).len(), 1);
    assert_eq!(all(page(&paula, &room, "limit=4294967295").await), numbers);
    for wrong in
        ["before=-1", "after=x", "limit=99999999999", "before=1&after=2", "befor=1", "around=1.5"]
    {
        let path = format!("/api/rooms/{room}/messages?{wrong}");
        paula.get(&path).await.refused(400, "query_invalid");
    }
    for nothing in ["0", "1", &(numbers[0] + 1).to_string()] {
        let answer = paula.get(&format!("/api/rooms/{room}/messages/{nothing}")).await;
        assert_eq!(answer.body["code"], Value::from("message_not_found"), "{nothing}");
    }
}
