//! Sessions and their refresh tokens, against a real database.
#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use anamnesis::auth::{EndReason, NewSession, RotateError, Rotated, SessionSettings, Sessions};
use anamnesis::clock::{Clock, ClockHand};
use anamnesis::sealing::MasterKey;
use anamnesis_domain::{AccountId, SessionId};
use anamnesis_testkit::fresh_pool;
use chrono::{TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgPool;
use std::collections::HashSet;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::Barrier;

struct House {
    pool: PgPool,
    sessions: Sessions,
    hand: ClockHand,
}

impl House {
    async fn new() -> Self {
        let (clock, hand) = Clock::manual(Utc::now());
        let pool = fresh_pool().await;
        let folder = TempDir::new().unwrap();
        let master = MasterKey::load_or_create(&folder.path().join("master.key")).unwrap();
        let settings = SessionSettings::default();
        let sessions = Sessions::new(pool.clone(), &master, clock, settings).unwrap();
        Self { pool, sessions, hand }
    }

    async fn start(&self) -> NewSession {
        self.sessions.start(SessionId::new(), AccountId::new()).await.unwrap()
    }

    async fn rotate(
        &self,
        token: &SecretString,
        session: &NewSession,
    ) -> Result<Rotated, RotateError> {
        self.sessions.rotate(token, &session.device).await
    }

    async fn revoke_reason(&self, session: &NewSession) -> Option<String> {
        sqlx::query_scalar("SELECT revoke_reason FROM auth.sessions WHERE session_id = $1")
            .bind(session.session_id.0)
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    async fn live(&self, account: AccountId) -> i64 {
        sqlx::query_scalar(
            "SELECT count(*) FROM auth.sessions WHERE account_id = $1 AND revoked_at IS NULL",
        )
        .bind(account.0)
        .fetch_one(&self.pool)
        .await
        .unwrap()
    }

    async fn rows(&self) -> (i64, i64) {
        sqlx::query_as(
            "SELECT (SELECT count(*) FROM auth.sessions), (SELECT count(*) FROM auth.refresh_tokens)",
        )
        .fetch_one(&self.pool)
        .await
        .unwrap()
    }
}

#[tokio::test]
async fn each_refresh_gives_the_token_for_the_next() {
    let house = House::new().await;
    let account = AccountId::new();
    let session = house.sessions.start(SessionId::new(), account).await.unwrap();
    let mut token = session.refresh_token.clone();
    let mut seen = HashSet::new();
    for _ in 0..5 {
        house.hand.advance(TimeDelta::minutes(10));
        let rotated = house.rotate(&token, &session).await.unwrap();
        assert_eq!((rotated.session_id, rotated.account_id), (session.session_id, account));
        assert!(seen.insert(rotated.refresh_token.expose_secret().to_owned()));
        token = rotated.refresh_token;
    }
}

#[tokio::test]
async fn a_token_that_was_used_before_ends_the_session() {
    let house = House::new().await;
    let session = house.start().await;
    let successor = house.rotate(&session.refresh_token, &session).await.unwrap().refresh_token;
    house.hand.advance(TimeDelta::seconds(31));
    let reused = house.rotate(&session.refresh_token, &session).await;
    assert!(matches!(reused, Err(RotateError::Reused)));
    assert!(matches!(house.rotate(&successor, &session).await, Err(RotateError::Revoked)));
    assert_eq!(house.revoke_reason(&session).await.as_deref(), Some("token_reused"));
}

#[tokio::test]
async fn a_device_that_lost_the_answer_gets_it_again() {
    let house = House::new().await;
    let session = house.start().await;
    let lost = house.rotate(&session.refresh_token, &session).await.unwrap();
    house.hand.advance(TimeDelta::seconds(30));
    let again = house.rotate(&session.refresh_token, &session).await.unwrap();
    assert_eq!(lost.refresh_token.expose_secret(), again.refresh_token.expose_secret());
    assert_eq!(lost.refresh_expires_at, again.refresh_expires_at);
    house.rotate(&again.refresh_token, &session).await.unwrap();
}

#[tokio::test]
async fn a_token_whose_successor_was_used_is_never_answered_again() {
    let house = House::new().await;
    let session = house.start().await;
    let second = house.rotate(&session.refresh_token, &session).await.unwrap().refresh_token;
    house.rotate(&second, &session).await.unwrap();
    let reused = house.rotate(&session.refresh_token, &session).await;
    assert!(matches!(reused, Err(RotateError::Reused)));
    assert_eq!(house.revoke_reason(&session).await.as_deref(), Some("token_reused"));
}

#[tokio::test]
async fn a_thief_with_the_token_alone_ends_the_session_and_gets_nothing() {
    let house = House::new().await;
    // The token that is good now, and one in its retry window.
    for used in [false, true] {
        let session = house.start().await;
        if used {
            house.rotate(&session.refresh_token, &session).await.unwrap();
        }
        let guess = SecretString::from("x".repeat(43));
        let caught = house.sessions.rotate(&session.refresh_token, &guess).await;
        assert!(matches!(caught, Err(RotateError::Reused)));
        let owner = house.rotate(&session.refresh_token, &session).await;
        assert!(matches!(owner, Err(RotateError::Revoked)));
        assert_eq!(house.revoke_reason(&session).await.as_deref(), Some("wrong_device"));
    }
}

#[tokio::test]
async fn a_thief_with_token_and_device_is_found_out_when_the_owner_refreshes() {
    let house = House::new().await;
    let session = house.start().await;
    let stolen = house.rotate(&session.refresh_token, &session).await.unwrap().refresh_token;
    let thiefs = house.rotate(&stolen, &session).await.unwrap().refresh_token;
    house.hand.advance(TimeDelta::minutes(5));
    assert!(matches!(house.rotate(&stolen, &session).await, Err(RotateError::Reused)));
    assert!(matches!(house.rotate(&thiefs, &session).await, Err(RotateError::Revoked)));
}

#[tokio::test]
async fn the_device_of_another_session_does_not_fit() {
    let house = House::new().await;
    let (one, two) = (house.start().await, house.start().await);
    let mixed = house.rotate(&one.refresh_token, &two).await;
    assert!(matches!(mixed, Err(RotateError::Reused)));
    house.rotate(&two.refresh_token, &two).await.unwrap();
}

#[tokio::test]
async fn fifty_refreshes_at_once_get_the_same_answer_and_leave_one_good_token() {
    let house = Arc::new(House::new().await);
    let session = Arc::new(house.start().await);
    let start = Arc::new(Barrier::new(50));
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (house, session, start) =
                (Arc::clone(&house), Arc::clone(&session), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                let rotated = house.rotate(&session.refresh_token, &session).await.unwrap();
                rotated.refresh_token.expose_secret().to_owned()
            })
        })
        .collect();
    let mut answers = HashSet::new();
    for task in tasks {
        answers.insert(task.await.unwrap());
    }
    assert_eq!(answers.len(), 1);
    let good: i64 =
        sqlx::query_scalar("SELECT count(*) FROM auth.refresh_tokens WHERE used_at IS NULL")
            .fetch_one(&house.pool)
            .await
            .unwrap();
    assert_eq!(good, 1);
    let token = SecretString::from(answers.into_iter().next().unwrap());
    house.rotate(&token, &session).await.unwrap();
}

#[tokio::test]
async fn a_refresh_and_a_sign_out_at_once_leave_the_session_ended() {
    let house = House::new().await;
    for _ in 0..20 {
        let session = house.start().await;
        let (rotated, revoked) = tokio::join!(
            house.rotate(&session.refresh_token, &session),
            house.sessions.revoke(session.session_id, EndReason::SignedOut),
        );
        assert!(revoked.unwrap());
        let token = match rotated {
            Ok(rotated) => rotated.refresh_token,
            Err(error) => {
                assert!(matches!(error, RotateError::Revoked), "{error}");
                session.refresh_token.clone()
            }
        };
        assert!(matches!(house.rotate(&token, &session).await, Err(RotateError::Revoked)));
    }
}

#[tokio::test]
async fn an_unused_session_expires_after_two_weeks() {
    let house = House::new().await;
    let session = house.start().await;
    house.hand.advance(TimeDelta::days(14));
    let late = house.rotate(&session.refresh_token, &session).await;
    assert!(matches!(late, Err(RotateError::Expired)));
}

#[tokio::test]
async fn a_session_that_is_used_all_the_time_still_ends_after_thirty_days() {
    let house = House::new().await;
    let session = house.start().await;
    let mut token = session.refresh_token.clone();
    for _ in 0..29 {
        house.hand.advance(TimeDelta::days(1));
        let rotated = house.rotate(&token, &session).await.unwrap();
        assert!(rotated.refresh_expires_at <= session.expires_at);
        token = rotated.refresh_token;
    }
    house.hand.advance(TimeDelta::days(1));
    assert!(matches!(house.rotate(&token, &session).await, Err(RotateError::Expired)));
}

#[tokio::test]
async fn an_unknown_token_is_refused() {
    let house = House::new().await;
    let session = house.start().await;
    let unknown = SecretString::from("x".repeat(43));
    assert!(matches!(house.rotate(&unknown, &session).await, Err(RotateError::Unknown)));
    house.rotate(&session.refresh_token, &session).await.unwrap();
}

#[tokio::test]
async fn the_twenty_first_session_ends_the_least_recently_used() {
    let house = House::new().await;
    let account = AccountId::new();
    let mut sessions = Vec::new();
    for _ in 0..20 {
        sessions.push(house.sessions.start(SessionId::new(), account).await.unwrap());
        house.hand.advance(TimeDelta::minutes(1));
    }
    house.rotate(&sessions[0].refresh_token, &sessions[0]).await.unwrap();
    house.sessions.start(SessionId::new(), account).await.unwrap();
    assert_eq!(house.live(account).await, 20);
    assert_eq!(house.revoke_reason(&sessions[0]).await, None);
    assert_eq!(house.revoke_reason(&sessions[1]).await.as_deref(), Some("too_many_sessions"));
}

#[tokio::test]
async fn sessions_that_start_at_once_do_not_pass_the_bound() {
    let house = Arc::new(House::new().await);
    let account = AccountId::new();
    let tasks: Vec<_> = (0..40)
        .map(|_| {
            let house = Arc::clone(&house);
            tokio::spawn(
                async move { house.sessions.start(SessionId::new(), account).await.map(drop) },
            )
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(house.live(account).await, 20);
}

#[tokio::test]
async fn ending_all_sessions_of_an_account_spares_the_others() {
    let house = House::new().await;
    let (ann, ben) = (AccountId::new(), AccountId::new());
    for account in [ann, ann, ben] {
        house.sessions.start(SessionId::new(), account).await.unwrap();
    }
    let reason = EndReason::CredentialsChanged;
    assert_eq!(house.sessions.revoke_all(ann, reason).await.unwrap(), 2);
    assert_eq!(house.sessions.revoke_all(ann, reason).await.unwrap(), 0);
    assert_eq!((house.live(ann).await, house.live(ben).await), (0, 1));
}

#[tokio::test]
async fn ending_a_session_twice_keeps_the_first_reason() {
    let house = House::new().await;
    let session = house.start().await;
    let id = session.session_id;
    assert!(house.sessions.revoke(id, EndReason::SignedOut).await.unwrap());
    assert!(!house.sessions.revoke(id, EndReason::ByAdministrator).await.unwrap());
    assert_eq!(house.revoke_reason(&session).await.as_deref(), Some("signed_out"));
}

#[tokio::test]
async fn no_secret_that_could_be_presented_is_stored() {
    let house = House::new().await;
    let session = house.start().await;
    let next = house.rotate(&session.refresh_token, &session).await.unwrap();
    let stored: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT token_hash FROM auth.refresh_tokens
         UNION ALL SELECT successor_seed FROM auth.refresh_tokens WHERE used_at IS NOT NULL
         UNION ALL SELECT device_hash FROM auth.sessions",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    assert_eq!(stored.len(), 4);
    for secret in [&session.refresh_token, &session.device, &next.refresh_token] {
        let text = secret.expose_secret();
        assert_eq!(text.len(), 43);
        let bytes = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, text)
            .unwrap();
        assert!(!stored.contains(&bytes) && !stored.contains(&text.as_bytes().to_vec()));
    }
}

#[tokio::test]
async fn a_sweep_removes_what_is_over_and_nothing_else() {
    let house = House::new().await;
    let old = house.start().await;
    house.rotate(&old.refresh_token, &old).await.unwrap();
    house.hand.advance(TimeDelta::days(29));
    let young = house.start().await;
    assert_eq!(house.rows().await, (2, 3));
    // The old session's tokens have expired, the session itself not yet.
    assert_eq!(house.sessions.sweep().await.unwrap(), 2);
    assert_eq!(house.rows().await, (2, 1));
    house.hand.advance(TimeDelta::days(1));
    assert_eq!(house.sessions.sweep().await.unwrap(), 1);
    assert_eq!(house.rows().await, (1, 1));
    house.rotate(&young.refresh_token, &young).await.unwrap();
}

#[tokio::test]
async fn a_token_of_an_ended_session_is_recognised_after_a_sweep() {
    let house = House::new().await;
    let session = house.start().await;
    house.sessions.revoke(session.session_id, EndReason::SignedOut).await.unwrap();
    assert_eq!(house.sessions.sweep().await.unwrap(), 0);
    let refused = house.rotate(&session.refresh_token, &session).await;
    assert!(matches!(refused, Err(RotateError::Revoked)));
}

#[tokio::test]
async fn a_session_stays_until_its_end_is_recorded() {
    let house = House::new().await;
    let session = house.start().await;
    house.sessions.revoke(session.session_id, EndReason::SignedOut).await.unwrap();
    house.hand.advance(TimeDelta::days(31));
    // Only its token goes.
    assert_eq!(house.sessions.sweep().await.unwrap(), 1);
    let owed = house.sessions.unrecorded_ends(None, 10).await.unwrap();
    assert_eq!(owed.len(), 1);
    assert_eq!((owed[0].session_id, owed[0].reason.as_str()), (session.session_id, "signed_out"));
    assert!(house.sessions.unrecorded_ends(owed.last(), 10).await.unwrap().is_empty());
    house.sessions.mark_recorded(&[session.session_id]).await.unwrap();
    assert!(house.sessions.unrecorded_ends(None, 10).await.unwrap().is_empty());
    assert_eq!(house.sessions.sweep().await.unwrap(), 1);
    assert_eq!(house.rows().await, (0, 0));
}
