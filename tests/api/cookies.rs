//! A browser keeps its refresh token where scripts can not read it.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, User, World};
use reqwest::Method;
use serde_json::{Value, json};

async fn log_in(world: &World) -> Answer {
    let body = json!({ "login": "paula", "password": DEMO_PASSWORD, "cookie": true });
    User::stranger(world.server.address()).post("/api/auth/login", &body).await
}

/// `name=value` of the cookie that was set.
fn cookie(answer: &Answer) -> String {
    let set = answer.headers["set-cookie"].to_str().unwrap();
    set.split(';').next().unwrap_or_default().to_owned()
}

async fn refresh(world: &World, cookie: &str, origin: Option<&str>, body: &Value) -> Answer {
    let stranger = User::stranger(world.server.address());
    let mut request = stranger.request(Method::POST, "/api/auth/refresh").json(body);
    request = request.header("cookie", cookie);
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    stranger.send(request).await
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    let world = World::start(PROGRAM).await;
    let answer = log_in(&world).await;
    let set = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/api/auth"] {
        assert!(set.contains(attribute), "{set}");
    }
    // Over plain HTTP on a loopback address; elsewhere it would be.
    assert!(!set.contains("Secure"), "{set}");
    let body = answer.expect(200);
    assert!(body["access_token"].is_string());
    assert!(body.get("refresh_token").is_none() && body.get("device").is_none(), "{body}");
}

#[tokio::test]
async fn the_cookie_is_secure_where_the_configuration_says_so() {
    let secure = [("ANAMNESIS_HTTP__SECURE_COOKIES", "true")];
    let world = World::start_with(PROGRAM, &secure).await;
    let answer = log_in(&world).await;
    assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Secure"));
}

#[tokio::test]
async fn the_cookie_refreshes_and_is_replaced_and_never_answered_in_the_body() {
    let world = World::start(PROGRAM).await;
    let first = cookie(&log_in(&world).await);
    let own = format!("http://{}", world.server.address());
    let answer = refresh(&world, &first, Some(&own), &json!({})).await;
    let second = cookie(&answer);
    assert_ne!(first, second);
    let body = answer.expect(200);
    assert!(body["access_token"].is_string());
    assert!(body.get("refresh_token").is_none() && body.get("device").is_none(), "{body}");
    // Half a token in the body does not make the server tell the cookie's.
    let half = refresh(&world, &second, None, &json!({ "refresh_token": "x" })).await;
    assert!(half.body.get("refresh_token").is_none(), "{}", half.body);
    let _ = refresh(&world, &cookie(&half), None, &json!({})).await.expect(200);
}

#[tokio::test]
async fn a_page_of_another_site_can_neither_sign_in_nor_refresh() {
    let world = World::start(PROGRAM).await;
    let cookie = cookie(&log_in(&world).await);
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        let refused = refresh(&world, &cookie, Some(origin), &json!({})).await;
        refused.refused(403, "origin_not_allowed");
        let stranger = User::stranger(world.server.address());
        let body = json!({ "login": "paula", "password": DEMO_PASSWORD });
        let request = stranger.request(Method::POST, "/api/auth/login").json(&body);
        let refused = stranger.send(request.header("origin", origin)).await;
        refused.refused(403, "origin_not_allowed");
    }
    let _ = refresh(&world, &cookie, None, &json!({})).await.expect(200);
}

#[tokio::test]
async fn a_page_that_the_configuration_names_may() {
    let allowed = [("ANAMNESIS_HTTP__ALLOWED_ORIGINS", "https://chat.example.org")];
    let world = World::start_with(PROGRAM, &allowed).await;
    let cookie = cookie(&log_in(&world).await);
    let answer = refresh(&world, &cookie, Some("https://chat.example.org"), &json!({})).await;
    let _ = answer.expect(200);
}

#[tokio::test]
async fn a_spoilt_cookie_is_refused_and_signing_out_takes_it_away() {
    let world = World::start(PROGRAM).await;
    for spoilt in ["anamnesis_refresh=", "anamnesis_refresh=x", "anamnesis_refresh", "other=1"] {
        let refused = refresh(&world, spoilt, None, &json!({})).await;
        refused.refused(401, "refresh_token_missing");
    }
    let answer = log_in(&world).await;
    let cookie = cookie(&answer);
    let token = answer.body["access_token"].as_str().unwrap();
    let paula = User::stranger(world.server.address()).with_token(token);
    let request = paula.request(Method::POST, "/api/auth/logout").header("cookie", &cookie);
    let out = paula.send(request).await;
    assert_eq!(out.status, 204);
    let removal = out.headers["set-cookie"].to_str().unwrap();
    assert!(removal.starts_with("anamnesis_refresh=;"), "{removal}");
    assert!(removal.contains("Max-Age=0") && removal.contains("Path=/api/auth"), "{removal}");
    refresh(&world, &cookie, None, &json!({})).await.refused(401, "session_revoked");
}
