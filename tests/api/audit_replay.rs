//! The log told again, to compliance officers.

use crate::PROGRAM;
use crate::audit_support::{Stored, closed, fill, lines, positions, stored, text};
use anamnesis_testkit::{User, World};
use chrono::SecondsFormat;
use reqwest::Method;
use serde_json::Value;
use sqlx::Executor;
use std::fs;

async fn busy_world() -> (World, User, String) {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    for index in 0..5 {
        let number = paula.say(&room, &format!("My head hurts {index}.")).await;
        let _ = doctor.put(&format!("/api/rooms/{room}/messages/{number}/reactions/heart")).await;
    }
    (world, paula, room)
}

#[tokio::test]
async fn every_selection_is_what_a_look_through_the_whole_log_finds() {
    let (world, paula, room) = busy_world().await;
    let officer = world.server.sign_in("compliance").await;
    let all = stored(&world).await;
    let head = all.len() as u64;
    let (stream, actor) = (format!("chat_room/{room}"), paula.id());
    let at = |event: &Stored| event.recorded_at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let places: Vec<u64> = vec![1, 2, head / 2, head - 1, head];
    let mut selected = 0;
    for from in &places {
        for to in places.iter().filter(|to| *to >= from) {
            for (of_stream, by_actor) in
                [(false, false), (true, false), (false, true), (true, true)]
            {
                let fits = |event: &&Stored| {
                    (!of_stream || event.stream == stream) && (!by_actor || event.is_by(&actor))
                };
                let mut filters = String::new();
                if of_stream {
                    filters.extend(["&stream=", &stream]);
                }
                if by_actor {
                    filters.extend(["&actor=", &actor]);
                }
                let by_position: Vec<u64> = all
                    .iter()
                    .filter(fits)
                    .map(Stored::position)
                    .filter(|position| (from..=to).contains(&position))
                    .collect();
                let path = format!("/api/audit/replay?from={from}&to={to}{filters}");
                assert_eq!(positions(&closed(lines(&officer, &path).await)), by_position, "{path}");

                let (first, last) = (
                    &all[usize::try_from(*from).unwrap() - 1],
                    &all[usize::try_from(*to).unwrap() - 1],
                );
                let by_time: Vec<u64> = all
                    .iter()
                    .filter(fits)
                    .filter(|event| {
                        (first.recorded_at..=last.recorded_at).contains(&event.recorded_at)
                    })
                    .map(Stored::position)
                    .collect();
                let path = format!("/api/audit/replay?from={}&to={}{filters}", at(first), at(last));
                assert_eq!(positions(&closed(lines(&officer, &path).await)), by_time, "{path}");
                selected += by_position.len() + by_time.len();
            }
        }
    }
    assert!(selected > 500, "only {selected} were selected at all");
}

#[tokio::test]
async fn everything_is_told_but_what_people_wrote() {
    let (world, paula, _) = busy_world().await;
    let officer = world.server.sign_in("compliance").await;
    let all = stored(&world).await;
    let text = text(&officer, "/api/audit/replay").await;
    for hidden in ["\"s1.", "head hurts", "Paula", "It hurts", "paula@example.org"] {
        assert!(!text.contains(hidden), "{hidden} is told");
    }
    let told = closed(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect());
    assert_eq!(told.len(), all.len());
    for (told, stored) in told.iter().zip(&all) {
        assert_eq!(told["position"], stored.position());
        assert_eq!(told["stream"], stored.stream);
        assert_eq!(told["event"], stored.event_type);
        assert_eq!(told["leaf_hash"], stored.leaf_hash);
        for name in [
            "actor_id",
            "actor_role",
            "session_id",
            "request_id",
            "correlation_id",
            "causation_id",
            "reason",
        ] {
            assert_eq!(told[name], stored.metadata[name], "{name} of {told}");
        }
        assert_eq!(told["fields"], veiled(stored.payload[&stored.event_type].clone()));
    }
    let posted: Vec<_> = told.iter().filter(|line| line["event"] == "MessagePosted").collect();
    assert_eq!(posted.len(), 5);
    assert!(
        posted
            .iter()
            .all(|line| line["fields"]["body"] == "‹sealed›" && line["actor_id"] == paula.id())
    );
}

fn veiled(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("s1.") => "‹sealed›".into(),
        Value::Array(items) => items.into_iter().map(veiled).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, veiled(value))).collect()
        }
        Value::Null => Value::Object(serde_json::Map::new()),
        plain => plain,
    }
}

#[tokio::test]
async fn a_replay_that_was_cut_anywhere_goes_on_with_exactly_the_rest() {
    let (world, ..) = busy_world().await;
    let officer = world.server.sign_in("compliance").await;
    let head = stored(&world).await.len();
    let whole = closed(lines(&officer, &format!("/api/audit/replay?to={head}")).await);
    for cut in 0..=head {
        let from = cut as u64 + 1;
        let rest =
            closed(lines(&officer, &format!("/api/audit/replay?from={from}&to={head}")).await);
        assert_eq!(rest, whole[cut..], "cut after {cut}");
    }
}

#[tokio::test]
async fn the_look_up_is_in_the_log_before_anything_is_shown_and_nothing_is_shown_without() {
    let (world, paula, _) = busy_world().await;
    let officer = world.server.sign_in("compliance").await;
    let before = stored(&world).await.len();
    let path = format!("/api/audit/replay?from=2&actor={}", paula.id());
    let _ = closed(lines(&officer, &path).await);
    let _ = text(&officer, "/api/audit/export?format=csv").await;
    let all = stored(&world).await;
    let new: Vec<_> = all[before..].iter().map(|event| &event.payload["TrailRead"]).collect();
    let expected = serde_json::json!([
        { "view": "replay", "filters": { "from": "2", "to": before.to_string(), "actor": paula.id() } },
        { "view": "export", "filters": { "from": "1", "to": (before + 1).to_string() } },
    ]);
    assert_eq!(serde_json::to_value(&new).unwrap(), expected);
    assert!(all[before..].iter().all(|event| event.is_by(&officer.id())));

    let owner = world.database.owner_pool();
    owner.execute("REVOKE INSERT ON log.events FROM anamnesis_app").await.unwrap();
    for path in ["/api/audit/replay", "/api/audit/export?format=jsonl"] {
        let response = officer.request(Method::GET, path).send().await.unwrap();
        let (status, body) = (response.status(), response.text().await.unwrap());
        assert_eq!(status, 503, "{body}");
        assert!(!body.contains("position") && body.contains("request_id"), "{body}");
    }
    assert_eq!(stored(&world).await.len(), all.len());
}

#[tokio::test]
async fn what_can_not_be_told_is_refused_and_what_was_not_is_an_honest_nothing() {
    let (world, paula, _) = busy_world().await;
    let officer = world.server.sign_in("compliance").await;
    let head = stored(&world).await.len();
    for (query, status, code) in [
        ("from=nonsense", 400, "query_invalid"),
        ("from=-1", 400, "query_invalid"),
        ("until=1", 400, "query_invalid"),
        ("stream=chat_room", 400, "query_invalid"),
        ("stream=chat_room/", 400, "query_invalid"),
        ("stream=My%20head/hurts", 400, "query_invalid"),
        ("actor=paula", 400, "query_invalid"),
        ("from=99999999", 422, "position_beyond_log"),
        ("to=99999999", 422, "position_beyond_log"),
        ("from=18446744073709551615", 422, "position_beyond_log"),
        ("from=3&to=1", 422, "range_invalid"),
        ("from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z", 422, "range_invalid"),
        ("to=2999-01-01T00:00:00Z", 422, "instant_in_the_future"),
        ("from=2999-01-01T00:00:00Z", 422, "instant_in_the_future"),
    ] {
        officer.get(&format!("/api/audit/replay?{query}")).await.refused(status, code);
        officer.get(&format!("/api/audit/export?format=csv&{query}")).await.refused(status, code);
    }
    officer.get("/api/audit/export?format=xlsx").await.refused(400, "query_invalid");
    officer.get("/api/audit/export").await.refused(400, "query_invalid");
    assert_eq!(stored(&world).await.len(), head, "what is refused is no look at the trail");
    paula.get("/api/audit/replay").await.refused(403, "forbidden");

    for query in [
        "to=1999-01-01T00:00:00Z",
        "stream=chat_room/00000000-0000-0000-0000-000000000000",
        "actor=00000000-0000-0000-0000-000000000000",
        &format!("from={}&to={head}", head + 1),
    ] {
        let nothing = closed(lines(&officer, &format!("/api/audit/replay?{query}")).await);
        assert!(nothing.is_empty(), "{query}: {nothing:?}");
    }
    let since = closed(
        lines(&officer, &format!("/api/audit/replay?from=1999-01-01T00:00:00Z&to={head}")).await,
    );
    assert_eq!(since.len(), head);
}

#[tokio::test]
async fn a_log_with_a_hole_or_an_unreadable_event_is_not_called_complete() {
    let (world, ..) = busy_world().await;
    let officer = world.server.sign_in("compliance").await;
    let owner = world.database.owner_pool();
    owner.execute("ALTER TABLE log.events DISABLE TRIGGER ALL").await.unwrap();
    let role =
        r#"UPDATE log.events SET metadata = '{"actor_role":"janitor"}' WHERE global_position = 7"#;
    owner.execute(role).await.unwrap();
    owner.execute("DELETE FROM log.events WHERE global_position = 12").await.unwrap();
    // Otherwise what the server remembers of the end of the log would be told.
    let server = world.setup.start().await;
    let officer = officer.at(server.address());
    // The page with the hole is not told at all, an unreadable event ends what is told.
    for (range, told, code) in [
        ("to=20", 0, "event_missing"),
        ("from=8&to=20", 0, "event_missing"),
        ("to=11", 6, "event_unreadable"),
    ] {
        let mut lines = lines(&officer, &format!("/api/audit/replay?{range}")).await;
        let last = lines.pop().unwrap();
        assert_eq!(last["error"]["code"], code, "{last}");
        assert!(last["error"]["request_id"].is_string());
        assert_eq!(positions(&lines), (1..=told).collect::<Vec<u64>>());
    }
    let whole = closed(lines(&officer, "/api/audit/replay?from=8&to=11").await);
    assert_eq!(positions(&whole), [8, 9, 10, 11]);

    let output = world.setup.command(&["replay", "--json"]).output().await.unwrap();
    assert!(!output.status.success());
    assert!(!String::from_utf8(output.stdout).unwrap().contains("\"complete\""));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("not complete") && errors.contains("12"), "{errors}");
}

fn resident_mib(world: &World) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", world.server.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

/// The answer of a server that knows of everything that was filled in.
async fn replay_to(officer: &User, head: u64) -> reqwest::Response {
    loop {
        let path = format!("/api/audit/replay?to={head}");
        let response = officer.request(Method::GET, &path).send().await.unwrap();
        if response.status() == 200 {
            return response;
        }
        assert_eq!(response.status(), 422);
    }
}

#[tokio::test]
async fn a_log_larger_than_memory_streams_and_a_session_that_ends_ends_it() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let begun = stored(&world).await.len() as u64;
    fill(&world, 60_000, 2_000).await;
    let head = begun + 60_000;
    let mut peak = 0;
    let mut bytes = 0;
    for round in 0..2 {
        let mut response = replay_to(&officer, head).await;
        let before = resident_mib(&world);
        let (mut events, mut rest) = (0_u64, Vec::new());
        while let Some(chunk) = response.chunk().await.unwrap() {
            bytes += chunk.len();
            events += chunk.split(|byte| *byte == b'\n').count() as u64 - 1;
            rest = chunk.to_vec();
            // The first round also fills what the server remembers of the log in any case.
            if round == 1 {
                peak = peak.max(resident_mib(&world).saturating_sub(before));
            }
        }
        assert_eq!(events - 1, head);
        let rest = String::from_utf8_lossy(&rest);
        assert!(rest.ends_with(&format!("\"from\":1,\"to\":{head}}}\n")), "{rest}");
    }
    let mib = bytes / 2 / (1 << 20);
    assert!(mib > 120, "only {mib} MiB were told");
    assert!(peak < 32, "{peak} MiB more while {mib} MiB were told");

    let mut response = replay_to(&officer, head).await;
    let _ = response.chunk().await.unwrap();
    let ended = officer.request(Method::POST, "/api/auth/logout").send().await.unwrap();
    assert_eq!(ended.status(), 204);
    let rest = response.text().await.unwrap();
    let last: Value = serde_json::from_str(rest.lines().last().unwrap()).unwrap();
    assert_eq!(last["error"]["code"], "session_revoked", "{last}");
}

#[tokio::test]
async fn who_stops_reading_half_way_leaves_their_place_to_others() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let begun = stored(&world).await.len() as u64;
    fill(&world, 30_000, 2_000).await;
    let mut open = Vec::new();
    for _ in 0..4 {
        let mut response = replay_to(&officer, begun + 30_000).await;
        assert!(response.chunk().await.unwrap().is_some());
        open.push(response);
    }
    let refused = officer.get("/api/audit/replay").await;
    assert!(refused.headers.contains_key("retry-after"));
    refused.refused(503, "too_many_replays");
    drop(open);
    loop {
        let answer = officer.get("/api/audit/replay?to=1").await;
        if answer.status == 200 {
            break;
        }
        answer.refused(503, "too_many_replays");
    }
}
