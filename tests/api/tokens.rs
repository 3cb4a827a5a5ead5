//! Access tokens: anybody can check them, nobody can make them.

use crate::PROGRAM;
use anamnesis::auth::{
    AccessTokenSettings, AccessTokens, SessionId, SigningKeySettings, SigningKeys,
};
use anamnesis::clock::Clock;
use anamnesis::sealing::MasterKey;
use anamnesis_domain::{AccountId, Role};
use anamnesis_testkit::{User, World};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

fn token(user: &User) -> String {
    user.session["access_token"].as_str().unwrap().to_owned()
}

fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

async fn refused(user: &User, token: &str, code: &str) {
    let answer = user.with_token(token).get("/api/users/me").await;
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
    answer.refused(401, code);
}

#[tokio::test]
async fn the_published_keys_verify_a_token_and_its_claims() {
    let world = World::start(PROGRAM).await;
    let doctor = world.server.sign_in("dr.adler").await;
    let stranger = User::stranger(world.server.address());
    let published = stranger.get("/.well-known/jwks.json").await.expect(200);
    let keys: JwkSet = serde_json::from_value(published.clone()).unwrap();
    assert!(!published.to_string().contains("\"d\""), "a private key is published");

    let token = token(&doctor);
    let kid = decode_header(&token).unwrap().kid.unwrap();
    let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&["anamnesis"]);
    let claims = decode::<Value>(&token, &key, &validation).unwrap().claims;
    assert_eq!(claims["sub"], doctor.id());
    assert_eq!(claims["role"], "doctor");
    let life = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!(life, 600);
}

#[tokio::test]
async fn a_token_that_was_tampered_with_is_refused() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let admin = world.server.sign_in("admin").await;
    let genuine = token(&paula);
    let [header, payload, signature]: [&str; 3] =
        genuine.split('.').collect::<Vec<_>>().try_into().unwrap();

    let mut promoted = claims(&genuine);
    promoted["role"] = json!("admin");
    let promoted = encoded(&promoted);
    let kid = decode_header(&genuine).unwrap().kid;
    let none = encoded(&json!({ "alg": "none", "typ": "JWT", "kid": kid }));
    let symmetric = encoded(&json!({ "alg": "HS256", "typ": "JWT", "kid": kid }));
    let unknown = encoded(&json!({ "alg": "EdDSA", "typ": "JWT", "kid": "unknown" }));
    let nameless = encoded(&json!({ "alg": "EdDSA", "typ": "JWT" }));
    let of_admin = token(&admin);
    let foreign_signature = of_admin.rsplit('.').next().unwrap();
    for forged in [
        format!("{header}.{promoted}.{signature}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}.{foreign_signature}"),
        format!("{none}.{promoted}."),
        format!("{none}.{payload}.{signature}"),
        format!("{symmetric}.{payload}.{signature}"),
        format!("{unknown}.{payload}.{signature}"),
        format!("{nameless}.{payload}.{signature}"),
        format!("{genuine}."),
        format!("{header}.{payload}"),
        "x".to_owned(),
        "..".to_owned(),
        "a".repeat(5_000),
    ] {
        refused(&paula, &forged, "token_invalid").await;
    }
    let _ = paula.get("/api/users/me").await.expect(200);
}

#[tokio::test]
async fn only_a_bearer_is_let_in() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let stranger = User::stranger(world.server.address());
    stranger.get("/api/users/me").await.refused(401, "not_signed_in");
    for credentials in
        [format!("Basic {}", token(&paula)), token(&paula), "Bearer".to_owned(), String::new()]
    {
        let request = stranger.request(reqwest::Method::GET, "/api/users/me");
        let answer = stranger.send(request.header("authorization", credentials)).await;
        answer.refused(401, "not_signed_in");
    }
    // A token in the URL is none.
    let path = format!("/api/users/me?access_token={}", token(&paula));
    stranger.get(&path).await.refused(401, "not_signed_in");
}

/// Tokens that this very hospital signed, but at another time or for something else.
async fn signed(
    world: &World,
    at: DateTime<Utc>,
    settings: AccessTokenSettings,
    claims: &Value,
) -> String {
    let master = MasterKey::load(&world.setup.folder().join("master.key")).unwrap();
    let (clock, _hand) = Clock::manual(at);
    let pool = world.database.pool().clone();
    let keys = SigningKeys::start(pool, &master, clock.clone(), SigningKeySettings::default());
    let tokens = AccessTokens::new(keys.await.unwrap(), clock, settings);
    let id = |name: &str| claims[name].as_str().unwrap().parse().unwrap();
    let issued = tokens.issue(AccountId(id("sub")), Role::Patient, SessionId(id("sid"))).await;
    issued.unwrap().token.expose_secret().to_owned()
}

#[tokio::test]
async fn a_token_of_ten_minutes_ago_or_of_another_issuer_is_refused() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let claims = claims(&token(&paula));
    let ours = AccessTokenSettings::default;
    let fresh = signed(&world, Utc::now(), ours(), &claims).await;
    let _ = paula.with_token(&fresh).get("/api/users/me").await.expect(200);

    let old = signed(&world, Utc::now() - TimeDelta::minutes(11), ours(), &claims).await;
    refused(&paula, &old, "token_expired").await;
    let other = AccessTokenSettings { issuer: "another".to_owned(), ..ours() };
    let foreign = signed(&world, Utc::now(), other, &claims).await;
    refused(&paula, &foreign, "token_invalid").await;
    let mut sessionless = claims.clone();
    sessionless["sid"] = json!("00000000-0000-0000-0000-000000000000");
    let ended = signed(&world, Utc::now(), ours(), &sessionless).await;
    refused(&paula, &ended, "session_revoked").await;
}
