//! Access tokens and the keys that sign them, against a real database.
#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use anamnesis::auth::{
    AccessTokenSettings, AccessTokens, SessionId, SigningKeyError, SigningKeySettings, SigningKeys,
    TokenError,
};
use anamnesis::clock::{Clock, ClockHand};
use anamnesis::sealing::MasterKey;
use anamnesis_domain::{AccountId, Role};
use anamnesis_testkit::fresh_pool;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{TimeDelta, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use secrecy::ExposeSecret;
use sqlx::PgPool;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::Barrier;
use uuid::Uuid;

struct House {
    pool: PgPool,
    master: MasterKey,
    clock: Clock,
    hand: ClockHand,
}

impl House {
    async fn new() -> Self {
        let (clock, hand) = Clock::manual(Utc::now());
        Self { pool: fresh_pool().await, master: another_master_key(), clock, hand }
    }

    async fn start_keys(&self, master: &MasterKey) -> Result<SigningKeys, SigningKeyError> {
        let settings = SigningKeySettings::default();
        SigningKeys::start(self.pool.clone(), master, self.clock.clone(), settings).await
    }

    /// The keys as another process has them.
    async fn keys(&self) -> SigningKeys {
        self.start_keys(&self.master).await.unwrap()
    }

    async fn tokens(&self) -> AccessTokens {
        self.tokens_of(self.keys().await)
    }

    fn tokens_of(&self, keys: SigningKeys) -> AccessTokens {
        AccessTokens::new(keys, self.clock.clone(), AccessTokenSettings::default())
    }
}

fn another_master_key() -> MasterKey {
    MasterKey::load_or_create(&TempDir::new().unwrap().path().join("master.key")).unwrap()
}

async fn issue(tokens: &AccessTokens) -> String {
    let session = SessionId(Uuid::new_v4());
    let issued = tokens.issue(AccountId::new(), Role::Patient, session).await.unwrap();
    issued.token.expose_secret().to_owned()
}

#[tokio::test]
async fn a_token_says_who_signed_in_to_every_process() {
    let house = House::new().await;
    let (account, session) = (AccountId::new(), SessionId(Uuid::new_v4()));
    let issued = house.tokens().await.issue(account, Role::Doctor, session).await.unwrap();
    let claims = house.tokens().await.verify(issued.token.expose_secret()).await.unwrap();
    assert_eq!((claims.sub, claims.role, claims.sid), (account, Role::Doctor, session));
    assert_eq!(claims.exp - claims.iat, 600);
    assert_eq!(claims.exp, issued.expires_at.timestamp());
}

#[tokio::test]
async fn a_token_is_good_for_ten_minutes_and_a_little_leeway() {
    let house = House::new().await;
    let tokens = house.tokens().await;
    let token = issue(&tokens).await;
    house.hand.advance(TimeDelta::seconds(603));
    tokens.verify(&token).await.unwrap();
    house.hand.advance(TimeDelta::seconds(3));
    assert!(matches!(tokens.verify(&token).await, Err(TokenError::Expired)));
}

#[tokio::test]
async fn altered_and_foreign_tokens_are_refused() {
    let house = House::new().await;
    let tokens = house.tokens().await;
    let token = issue(&tokens).await;
    let [header, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        unreachable!("a token has three parts")
    };
    let admin = String::from_utf8(URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let admin = URL_SAFE_NO_PAD.encode(admin.replace("patient", "admin"));
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let foreign = issue(&House::new().await.tokens().await).await;
    let forged = [
        format!("{header}.{admin}.{signature}"),
        format!("{header}.{claims}."),
        format!("{none}.{claims}."),
        foreign,
        String::new(),
        "a.b.c".to_owned(),
    ];
    for token in forged {
        let refused = tokens.verify(&token).await;
        assert!(matches!(refused, Err(TokenError::Invalid)), "{token}: {refused:?}");
    }
}

#[tokio::test]
async fn the_public_key_taken_for_a_shared_secret_signs_nothing() {
    let house = House::new().await;
    let keys = house.keys().await;
    let published = serde_json::to_value(keys.published().await.unwrap()).unwrap();
    let tokens = house.tokens_of(keys);
    let claims = tokens.verify(&issue(&tokens).await).await.unwrap();
    let mut header = Header::new(Algorithm::HS256);
    header.kid = published["keys"][0]["kid"].as_str().map(str::to_owned);
    let x = URL_SAFE_NO_PAD.decode(published["keys"][0]["x"].as_str().unwrap()).unwrap();
    let forged = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&x)).unwrap();
    assert!(matches!(tokens.verify(&forged).await, Err(TokenError::Invalid)));
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    let house = House::new().await;
    let settings = AccessTokenSettings { issuer: "elsewhere".to_owned(), ..Default::default() };
    let elsewhere = AccessTokens::new(house.keys().await, house.clock.clone(), settings);
    let refused = house.tokens().await.verify(&issue(&elsewhere).await).await;
    assert!(matches!(refused, Err(TokenError::Invalid)));
}

#[tokio::test]
async fn processes_that_start_at_once_share_one_key() {
    let house = Arc::new(House::new().await);
    let start = Arc::new(Barrier::new(16));
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (house, start) = (Arc::clone(&house), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                house.tokens().await
            })
        })
        .collect();
    let mut processes = Vec::new();
    for task in tasks {
        processes.push(task.await.unwrap());
    }
    let token = issue(&processes[0]).await;
    for process in &processes {
        process.verify(&token).await.unwrap();
    }
    assert_eq!(house.keys().await.published().await.unwrap().keys.len(), 1);
}

#[tokio::test]
async fn after_a_rotation_old_tokens_hold_and_others_learn_the_new_key_at_once() {
    let house = House::new().await;
    let (keys, other) = (house.keys().await, house.tokens().await);
    let tokens = house.tokens_of(keys.clone());
    let before = issue(&tokens).await;
    keys.rotate().await.unwrap();
    let after = issue(&tokens).await;
    for process in [&tokens, &other] {
        process.verify(&before).await.unwrap();
        process.verify(&after).await.unwrap();
    }
    assert_eq!(keys.published().await.unwrap().keys.len(), 2);
}

#[tokio::test]
async fn a_retired_key_is_withdrawn_when_its_tokens_are_over() {
    let house = House::new().await;
    let keys = house.keys().await;
    let tokens = house.tokens_of(keys.clone());
    let before = issue(&tokens).await;
    keys.rotate().await.unwrap();
    house.hand.advance(TimeDelta::minutes(13));
    let later = house.keys().await;
    assert_eq!(later.published().await.unwrap().keys.len(), 1);
    let refused = house.tokens_of(later).verify(&before).await;
    assert!(matches!(refused, Err(TokenError::Invalid)));
    let wrapped: i64 = sqlx::query_scalar("SELECT count(wrapped) FROM auth.signing_keys")
        .fetch_one(&house.pool)
        .await
        .unwrap();
    assert_eq!(wrapped, 1, "a retired private key is gone");
}

#[tokio::test]
async fn rotations_at_once_leave_one_current_key() {
    let house = House::new().await;
    let (one, two) = (house.keys().await, house.keys().await);
    let (first, second) = tokio::join!(one.rotate(), two.rotate());
    first.unwrap();
    second.unwrap();
    let current: i64 =
        sqlx::query_scalar("SELECT count(*) FROM auth.signing_keys WHERE retired_at IS NULL")
            .fetch_one(&house.pool)
            .await
            .unwrap();
    assert_eq!(current, 1);
    house.tokens_of(one).verify(&issue(&house.tokens_of(two)).await).await.unwrap();
}

#[tokio::test]
async fn published_keys_have_the_form_of_rfc_8037() {
    let house = House::new().await;
    let published = house.keys().await.published().await.unwrap();
    let published = serde_json::to_value(published).unwrap();
    let key = published["keys"][0].as_object().unwrap();
    let mut names: Vec<_> = key.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x"]);
    let value = |name: &str| key[name].as_str().unwrap();
    let fixed = [value("kty"), value("crv"), value("alg"), value("use")];
    assert_eq!(fixed, ["OKP", "Ed25519", "EdDSA", "sig"]);
    assert_eq!(URL_SAFE_NO_PAD.decode(value("x")).unwrap().len(), 32);
    assert_eq!(URL_SAFE_NO_PAD.decode(value("kid")).unwrap().len(), 32);
}

#[tokio::test]
async fn a_signing_key_wrapped_by_another_master_key_is_refused() {
    let house = House::new().await;
    house.keys().await;
    let refused = house.start_keys(&another_master_key()).await;
    assert!(matches!(refused.err(), Some(SigningKeyError::Damaged)));
}
