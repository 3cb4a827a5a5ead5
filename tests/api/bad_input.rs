//! Input that no client should send.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, User, World};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// Posts these very bytes.
async fn raw(user: &User, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = user.request(Method::POST, path).header("content-type", kind).body(body);
    user.send(request).await
}

const JSON: &str = "application/json";

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    let path = format!("/api/rooms/{room}/messages");
    let deep = format!(r#"{{"body":{}1{}}}"#, "[".repeat(20_000), "]".repeat(20_000));
    let deep_unknown = format!(r#"{{"x":{}1{}}}"#, "[".repeat(20_000), "]".repeat(20_000));
    for malformed in [
        "",
        "{",
        "body=Hello",
        r#"{"body":"Hello"}}"#,
        r#"{"body":"Hello",}"#,
        r"{'body':'Hello'}",
        r#"{"body":"\ud800"}"#,
        r#"{"body":"\udc00\ud800"}"#,
        r#"{"body":"\x00"}"#,
        "{\"body\":\"a\nb\"}",
        "\u{feff}{\"body\":\"Hello\"}",
        &deep,
        &deep_unknown,
    ] {
        let answer = raw(&paula, &path, JSON, malformed.to_owned()).await;
        assert!([400, 422].contains(&answer.status), "{malformed:.40}: {}", answer.status);
        let code = if answer.status == 400 { "json_malformed" } else { "body_invalid" };
        answer.refused(if code == "json_malformed" { 400 } else { 422 }, code);
    }
    let latin: &[u8] = b"{\"body\":\"\xe9\"}";
    raw(&paula, &path, JSON, latin).await.refused(400, "json_malformed");
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
        let body = r#"{"body":"Hello"}"#;
        raw(&paula, &path, kind, body).await.refused(415, "json_expected");
    }
    let _ = raw(&paula, &path, "application/json; charset=utf-8", r#"{"body":"Hello"}"#)
        .await
        .expect(201);
    let all = paula.get(&path).await.expect(200);
    assert_eq!(all["messages"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn fields_that_are_missing_unknown_twice_or_of_the_wrong_type_are_refused() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    let path = format!("/api/rooms/{room}/messages");
    for wrong in [
        r"{}",
        r"[]",
        r"null",
        r#""Hello""#,
        r#"{"body":null}"#,
        r#"{"body":1}"#,
        r#"{"body":["Hello"]}"#,
        r#"{"body":"Hello","bodies":"Hello"}"#,
        r#"{"body":"Hello","body":"Hello"}"#,
        r#"{"body":"Hello","author_id":"00000000-0000-0000-0000-000000000000"}"#,
        r#"{"body":"Hello","client_id":"1"}"#,
        r#"{"body":"Hello","client_id":1}"#,
    ] {
        raw(&paula, &path, JSON, wrong).await.refused(422, "body_invalid");
    }
    let read = format!("/api/rooms/{room}/read");
    for number in ["-1", "1.5", "1e400", "18446744073709551616", "\"1\"", "true", "1e3"] {
        let answer = raw(&paula, &read, JSON, format!(r#"{{"through":{number}}}"#)).await;
        let code = if answer.status == 400 { "json_malformed" } else { "body_invalid" };
        answer.refused(if number == "1e400" { 400 } else { 422 }, code);
    }
    for login in [json!({ "login": "paula" }), json!({ "login": 1, "password": DEMO_PASSWORD })] {
        paula.post("/api/auth/login", &login).await.refused(422, "body_invalid");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_wherever_it_is_sent() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    let huge = json!({ "body": "x".repeat(65_536) }).to_string();
    for path in
        [format!("/api/rooms/{room}/messages"), "/api/users".into(), "/api/auth/login".into()]
    {
        raw(&paula, &path, JSON, huge.clone()).await.refused(413, "body_too_large");
        // Also where the length is not said beforehand.
        let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>(huge.clone())]);
        let body = reqwest::Body::wrap_stream(chunks);
        raw(&paula, &path, JSON, body).await.refused(413, "body_too_large");
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let begun = futures_util::stream::iter([Ok::<_, std::io::Error>("{")]);
    let never_ended = futures_util::StreamExt::chain(begun, futures_util::stream::pending());
    let body = reqwest::Body::wrap_stream(never_ended);
    raw(&paula, "/api/auth/login", JSON, body).await.refused(408, "body_too_slow");
}

#[tokio::test]
async fn ids_that_are_none_are_not_found_and_paths_may_end_in_a_slash() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    let number = paula.say(&room, "Hello").await;
    for path in [
        "/api/rooms/1".to_owned(),
        "/api/rooms/%00".to_owned(),
        "/api/rooms/%ff%fe".to_owned(),
        format!("/api/rooms/{room}x"),
        format!("/api/rooms/{}", "a".repeat(4_000)),
        format!("/api/rooms/{room}/messages/-1"),
        format!("/api/rooms/{room}/messages/one"),
        format!("/api/rooms/{room}/messages/99999999999999999999"),
        format!("/api/rooms/{room}/messages/{number}.0"),
        format!("/api/rooms//{room}"),
        "/api/rooms/..%2fusers%2fme".to_owned(),
        format!("/api/doctors/{}/taken/x", Uuid::new_v4()),
        "/api".to_owned(),
        "/api/unknown".to_owned(),
        "/API/rooms".to_owned(),
        "/metrics".to_owned(),
        "/api/rooms/'%20OR%201=1--".to_owned(),
    ] {
        paula.get(&path).await.refused(404, "not_found");
    }
    for path in ["/api/rooms/", "/api/users/me/", "/livez/"] {
        assert_eq!(paula.get(path).await.status, 200, "{path}");
    }
    let path = format!("/api/rooms/{room}/messages/");
    let _ = paula.post(&path, &json!({ "body": "Hello" })).await.expect(201);
}

#[tokio::test]
async fn a_wrong_method_is_told_which_are_right() {
    let world = World::start(PROGRAM).await;
    let stranger = User::stranger(world.server.address());
    for (method, path, allowed) in [
        (Method::DELETE, "/api/users/me", "GET,HEAD,PATCH"),
        (Method::GET, "/api/auth/login", "POST"),
        (Method::PUT, "/api/rooms", "GET,HEAD"),
        (Method::PATCH, "/api/appointments", "GET,HEAD,POST"),
        (Method::OPTIONS, "/api/rooms", "GET,HEAD"),
        (Method::TRACE, "/livez", "GET,HEAD"),
        ("BREW".parse().unwrap(), "/livez", "GET,HEAD"),
    ] {
        let answer = stranger.send(stranger.request(method.clone(), path)).await;
        let allow = answer.headers.get("allow").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(allow.as_deref(), Some(allowed), "{method} {path}");
        answer.refused(405, "method_not_allowed");
    }
}

#[tokio::test]
async fn a_bad_query_or_cursor_is_refused() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    for query in [
        "rooms?limit=x",
        "rooms?limit=-1",
        "rooms?before=1&before=2",
        "rooms?unknown=1",
        "appointments?from=now",
        "appointments?with=paula",
        "appointments?order=random",
        "consultations?state=lost",
        "consultations?with=1",
        "doctors?name=a&name=b",
        "appointments?from=2026-13-01T00:00:00Z",
        "doctors?after=%ff",
        "events?wait=-1",
        "events?wait=soon",
    ] {
        paula.get(&format!("/api/{query}")).await.refused(400, "query_invalid");
    }
    let epoch = Uuid::new_v4().simple();
    for cursor in [
        "",
        "1",
        ".",
        ".1",
        "x.1",
        &format!("{epoch}."),
        &format!("{epoch}.-1"),
        &format!("{epoch}.+1"),
        &format!("{epoch}.99999999999999999999"),
    ] {
        for path in ["/api/events", "/api/events/stream"] {
            let cursor = cursor.replace('+', "%2B");
            paula.get(&format!("{path}?after={cursor}")).await.refused(400, "cursor_invalid");
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_request_id_and_takes_a_good_one_over() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let given = Uuid::new_v4().to_string();
    for (path, status) in [("/api/users/me", 200), ("/api/rooms/1", 404), ("/api/nowhere", 404)] {
        let request = paula.request(Method::GET, path).header("x-request-id", &given);
        let answer = paula.send(request).await;
        assert_eq!(
            (answer.status, answer.headers["x-request-id"].to_str().unwrap()),
            (status, &*given)
        );
        if status != 200 {
            assert_eq!(answer.body["request_id"], given);
        }
    }
    for bad in ["", "1", "<script>", &"x".repeat(1_000)] {
        let request = paula.request(Method::GET, "/api/nowhere").header("x-request-id", bad);
        let answer = paula.send(request).await;
        let own = answer.headers["x-request-id"].to_str().unwrap();
        assert!(own.parse::<Uuid>().is_ok(), "{own}");
        assert_eq!(answer.body["request_id"], own);
    }
}

#[tokio::test]
async fn no_input_made_a_handler_panic_or_the_server_fail() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(1e308),
        json!(""),
        json!("\0"),
        json!("\u{10ffff}"),
        json!([]),
        json!({}),
        json!([[[[]]]]),
        json!({ "$ne": null }),
        json!("9999-12-31T23:59:60Z"),
        json!("+262142-12-31T23:59:59.999999999Z"),
    ];
    for route in anamnesis::http::routes::routes() {
        let path =
            route.path.replace("{room_id}", &room).replace("{number}", "18446744073709551615");
        let method: Method = route.method.to_uppercase().parse().unwrap();
        for value in &odd {
            let fields = [
                "body",
                "through",
                "login",
                "password",
                "username",
                "email",
                "name",
                "doctor_id",
                "starts_at",
                "ends_at",
                "zone",
                "reason",
                "client_id",
                "based_on",
                "refresh_token",
                "device",
                "cookie",
            ];
            let object: Value =
                fields.iter().map(|field| ((*field).to_owned(), value.clone())).collect();
            for body in [value, &object] {
                if path == "/api/events/stream" || path.starts_with("/api/auth/logout") {
                    continue;
                }
                let answer = paula.send(paula.request(method.clone(), &path).json(body)).await;
                assert!(answer.status < 500, "{method} {path} {body}: {}", answer.body);
            }
        }
    }
    let log = world.server.log();
    assert!(!log.contains("panicked") && !log.contains("a request failed"), "{log}");
}
