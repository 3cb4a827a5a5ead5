//! Passwords, credentials and the limits on trying.
#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use anamnesis::auth::{
    Credentials, PasswordError, PasswordHash, PasswordSettings, Passwords, SignInLimiter,
    SignInLimits, Verdict,
};
use anamnesis::clock::Clock;
use anamnesis_domain::AccountId;
use anamnesis_testkit::fresh_pool;
use chrono::{TimeDelta, Utc};
use secrecy::SecretString;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use tokio::time::timeout;

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn passwords() -> Passwords {
    Passwords::new(PasswordSettings::default()).unwrap()
}

#[tokio::test]
async fn the_right_password_matches_and_a_wrong_one_does_not() {
    let passwords = passwords();
    let hash = passwords.hash(secret("correct horse battery")).await.unwrap();
    assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert!(!format!("{hash:?}").contains("argon2"));
    let right = passwords.verify(Some(hash.clone()), secret("correct horse battery")).await;
    assert_eq!(right.unwrap(), Verdict::Match { needs_rehash: false });
    let wrong = passwords.verify(Some(hash), secret("correct horse batterz")).await;
    assert_eq!(wrong.unwrap(), Verdict::Mismatch);
}

#[tokio::test]
async fn a_hash_made_at_another_cost_still_matches_and_asks_for_a_new_one() {
    let cheap = PasswordSettings { memory_kib: 64, passes: 1, ..PasswordSettings::default() };
    let old = Passwords::new(cheap).unwrap().hash(secret("correct horse battery")).await.unwrap();
    let verdict = passwords().verify(Some(old), secret("correct horse battery")).await.unwrap();
    assert_eq!(verdict, Verdict::Match { needs_rehash: true });
}

#[tokio::test]
async fn a_password_outside_the_policy_is_refused() {
    let passwords = passwords();
    let cases = [
        ("elevenchars", PasswordError::TooShort),
        ("ääääääääää", PasswordError::TooShort),
        (&"x".repeat(257), PasswordError::TooLong),
    ];
    for (password, expected) in cases {
        assert_eq!(passwords.hash(secret(password)).await.unwrap_err(), expected);
    }
    passwords.hash(secret("ääääääääääää")).await.unwrap();
}

#[tokio::test]
async fn an_unknown_user_takes_as_long_as_a_wrong_password() {
    let passwords = passwords();
    let hash = passwords.hash(secret("correct horse battery")).await.unwrap();
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..5 {
        for (stored, fastest) in [Some(hash.clone()), None].into_iter().zip(&mut fastest) {
            let begun = Instant::now();
            let verdict = passwords.verify(stored, secret("a wrong password")).await.unwrap();
            assert_eq!(verdict, Verdict::Mismatch);
            *fastest = begun.elapsed().min(*fastest);
        }
    }
    let [known, unknown] = fastest;
    assert!(unknown > known / 2 && unknown < known * 2, "{known:?} against {unknown:?}");
}

#[tokio::test]
async fn an_unreadable_hash_is_an_error_and_not_a_mismatch() {
    let broken = PasswordHash::from_stored("$argon2id$broken".to_owned());
    let failed = passwords().verify(Some(broken), secret("correct horse battery")).await;
    assert_eq!(failed.unwrap_err(), PasswordError::Failed);
}

#[tokio::test]
async fn more_requests_than_may_wait_are_refused_as_busy() {
    let settings = PasswordSettings { running_max: 1, waiting_max: 1, ..Default::default() };
    let passwords = Passwords::new(settings).unwrap();
    let attempt = || passwords.verify(None, secret("a wrong password"));
    let (running, waiting, refused) = tokio::join!(attempt(), attempt(), attempt());
    assert_eq!(running.unwrap(), Verdict::Mismatch);
    assert_eq!(waiting.unwrap(), Verdict::Mismatch);
    assert_eq!(refused.unwrap_err(), PasswordError::Busy);
    assert_eq!(attempt().await.unwrap(), Verdict::Mismatch);
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_make_room_for_more_work() {
    let settings =
        PasswordSettings { running_max: 1, waiting_max: 0, passes: 40, ..Default::default() };
    let passwords = Passwords::new(settings).unwrap();
    let attempt = || passwords.verify(None, secret("a wrong password"));
    timeout(Duration::ZERO, attempt()).await.unwrap_err();
    assert_eq!(attempt().await.unwrap_err(), PasswordError::Busy);
    let until_free = async {
        while attempt().await == Err(PasswordError::Busy) {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(30), until_free).await.unwrap();
}

#[tokio::test]
async fn credentials_are_stored_replaced_and_deleted() {
    let credentials = Credentials::new(fresh_pool().await, Clock::system());
    let (account, other) = (AccountId::new(), AccountId::new());
    assert!(credentials.get(account).await.unwrap().is_none());
    for text in ["first", "second"] {
        let hash = PasswordHash::from_stored(text.to_owned());
        credentials.set(account, &hash).await.unwrap();
        assert_eq!(credentials.get(account).await.unwrap().unwrap().as_str(), text);
    }
    assert!(credentials.get(other).await.unwrap().is_none());
    assert!(credentials.delete(account).await.unwrap());
    assert!(!credentials.delete(account).await.unwrap());
    assert!(credentials.get(account).await.unwrap().is_none());
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn a_name_that_is_tried_too_often_waits_and_others_do_not() {
    let (clock, hand) = Clock::manual(Utc::now());
    let limiter = SignInLimiter::new(clock, SignInLimits::default());
    for n in 0..10 {
        limiter.check(ip(&format!("192.0.2.{n}")), "ann").unwrap();
    }
    let refused = limiter.check(ip("192.0.2.200"), "ann").unwrap_err();
    assert!((1..=61).contains(&refused.retry_after_s), "{refused}");
    limiter.check(ip("192.0.2.200"), "ben").unwrap();
    hand.advance(TimeDelta::seconds(i64::try_from(refused.retry_after_s).unwrap()));
    limiter.check(ip("192.0.2.200"), "ann").unwrap();
    limiter.check(ip("192.0.2.200"), "ann").unwrap_err();
}

#[test]
fn an_address_that_tries_many_names_waits() {
    let (clock, hand) = Clock::manual(Utc::now());
    let limiter = SignInLimiter::new(clock, SignInLimits::default());
    for n in 0..100 {
        // All of one subscriber's addresses count as one.
        limiter.check(ip(&format!("2001:db8:1:1::{n}")), &format!("name {n}")).unwrap();
    }
    limiter.check(ip("2001:db8:1:1:ffff::"), "another").unwrap_err();
    limiter.check(ip("2001:db8:1:2::1"), "another").unwrap();
    hand.advance(TimeDelta::seconds(2));
    limiter.forget_idle();
    limiter.check(ip("2001:db8:1:1::1"), "another").unwrap();
}
