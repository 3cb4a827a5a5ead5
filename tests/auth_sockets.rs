//! What sockets need of sessions: tickets to open with, and the news that a session ended.
#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use anamnesis::auth::{
    Claims, EndReason, NewSession, RevocationSignal, Revocations, SessionSettings, Sessions,
    TicketError, TicketSettings, Tickets,
};
use anamnesis::clock::{Clock, ClockHand};
use anamnesis::sealing::MasterKey;
use anamnesis_domain::{AccountId, Role, SessionId};
use anamnesis_testkit::fresh_pool;
use chrono::{TimeDelta, Utc};
use secrecy::SecretString;
use sqlx::PgPool;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::sync::DropGuard;
use uuid::Uuid;

struct House {
    pool: PgPool,
    clock: Clock,
    hand: ClockHand,
    sessions: Sessions,
    tickets: Tickets,
}

impl House {
    async fn new() -> Self {
        let (clock, hand) = Clock::manual(Utc::now());
        let pool = fresh_pool().await;
        let folder = TempDir::new().unwrap();
        let master = MasterKey::load_or_create(&folder.path().join("master.key")).unwrap();
        let settings = SessionSettings::default();
        let sessions = Sessions::new(pool.clone(), &master, clock.clone(), settings).unwrap();
        let tickets = Tickets::new(pool.clone(), clock.clone(), TicketSettings::default());
        Self { pool, clock, hand, sessions, tickets }
    }

    async fn sign_in(&self) -> (NewSession, Claims) {
        let account = AccountId::new();
        let session = self.sessions.start(SessionId::new(), account).await.unwrap();
        let claims = Claims {
            iss: "anamnesis".to_owned(),
            sub: account,
            sid: session.session_id,
            role: Role::Doctor,
            iat: 0,
            exp: 0,
            jti: Uuid::new_v4(),
        };
        (session, claims)
    }

    async fn sign_out(&self, session: &NewSession) {
        let reason = EndReason::SignedOut;
        assert!(self.sessions.revoke(session.session_id, reason).await.unwrap());
    }

    /// A listening process, and its news from the moment that it listens.
    async fn listener(&self) -> (Revocations, Receiver<RevocationSignal>, DropGuard) {
        let revocations = Revocations::new(self.pool.clone(), self.clock.clone());
        let mut news = revocations.subscribe();
        let shutdown = CancellationToken::new();
        let (task, stop) = (revocations.clone(), shutdown.clone());
        tokio::spawn(async move { task.listen(stop).await });
        assert_eq!(next(&mut news).await, RevocationSignal::RecheckAll);
        (revocations, news, shutdown.drop_guard())
    }
}

async fn next(news: &mut Receiver<RevocationSignal>) -> RevocationSignal {
    timeout(Duration::from_secs(20), news.recv()).await.unwrap().unwrap()
}

fn invalid<T>(result: &Result<T, TicketError>) -> bool {
    matches!(result, Err(TicketError::Invalid))
}

#[tokio::test]
async fn a_ticket_says_who_comes_and_is_good_once() {
    let house = House::new().await;
    let (session, claims) = house.sign_in().await;
    let ticket = house.tickets.issue(&claims).await.unwrap();
    let redeemed = house.tickets.redeem(&ticket).await.unwrap();
    assert_eq!(redeemed.session_id, session.session_id);
    assert_eq!((redeemed.account_id, redeemed.role), (claims.sub, Role::Doctor));
    assert!(invalid(&house.tickets.redeem(&ticket).await));
    assert!(invalid(&house.tickets.redeem(&SecretString::from("x".repeat(43))).await));
}

#[tokio::test]
async fn of_those_who_present_one_ticket_at_once_exactly_one_gets_in() {
    let house = House::new().await;
    let (_, claims) = house.sign_in().await;
    for _ in 0..20 {
        let ticket = house.tickets.issue(&claims).await.unwrap();
        let (one, two) = tokio::join!(house.tickets.redeem(&ticket), house.tickets.redeem(&ticket));
        assert!(one.is_ok() != two.is_ok());
        assert!(invalid(&one) != invalid(&two));
    }
}

#[tokio::test]
async fn a_ticket_is_over_after_thirty_seconds() {
    let house = House::new().await;
    let (_, claims) = house.sign_in().await;
    let ticket = house.tickets.issue(&claims).await.unwrap();
    house.hand.advance(TimeDelta::seconds(30));
    assert!(invalid(&house.tickets.redeem(&ticket).await));
}

#[tokio::test]
async fn an_ended_session_gets_no_ticket_and_redeems_none() {
    let house = House::new().await;
    let (session, claims) = house.sign_in().await;
    let ticket = house.tickets.issue(&claims).await.unwrap();
    house.sign_out(&session).await;
    let refused = house.tickets.redeem(&ticket).await;
    assert!(matches!(refused, Err(TicketError::SessionEnded)));
    let refused = house.tickets.issue(&claims).await;
    assert!(matches!(refused, Err(TicketError::SessionEnded)));
}

#[tokio::test]
async fn the_eleventh_ticket_takes_the_place_of_the_oldest() {
    let house = House::new().await;
    let (_, claims) = house.sign_in().await;
    let mut tickets = Vec::new();
    for _ in 0..11 {
        tickets.push(house.tickets.issue(&claims).await.unwrap());
        house.hand.advance(TimeDelta::seconds(1));
    }
    assert!(invalid(&house.tickets.redeem(&tickets[0]).await));
    for ticket in &tickets[1..] {
        house.tickets.redeem(ticket).await.unwrap();
    }
}

#[tokio::test]
async fn tickets_that_were_never_used_are_swept() {
    let house = House::new().await;
    let (_, claims) = house.sign_in().await;
    house.tickets.issue(&claims).await.unwrap();
    assert_eq!(house.sessions.sweep().await.unwrap(), 0);
    house.hand.advance(TimeDelta::seconds(31));
    assert_eq!(house.sessions.sweep().await.unwrap(), 1);
}

#[tokio::test]
async fn the_end_of_a_session_reaches_every_process_within_a_second() {
    let house = House::new().await;
    let (session, _) = house.sign_in().await;
    let (here, mut first, _here) = house.listener().await;
    let (there, mut second, _there) = house.listener().await;
    for process in [&here, &there] {
        assert!(process.is_active(session.session_id).await.unwrap());
    }
    house.sign_out(&session).await;
    for news in [&mut first, &mut second] {
        let signal = timeout(Duration::from_secs(1), news.recv()).await.unwrap().unwrap();
        assert_eq!(signal, RevocationSignal::Revoked(session.session_id));
    }
    for process in [&here, &there] {
        assert!(!process.is_active(session.session_id).await.unwrap());
    }
}

#[tokio::test]
async fn ending_all_sessions_of_an_account_announces_each() {
    let house = House::new().await;
    let account = AccountId::new();
    let (_, mut news, _guard) = house.listener().await;
    let mut expected = Vec::new();
    for _ in 0..3 {
        let session = house.sessions.start(SessionId::new(), account).await.unwrap();
        expected.push(RevocationSignal::Revoked(session.session_id));
    }
    house.sessions.revoke_all(account, EndReason::AccountClosed).await.unwrap();
    for _ in 0..3 {
        let signal = next(&mut news).await;
        assert!(expected.contains(&signal));
        expected.retain(|other| *other != signal);
    }
}

#[tokio::test]
async fn unknown_and_expired_sessions_are_not_active() {
    let house = House::new().await;
    let (session, claims) = house.sign_in().await;
    let revocations = Revocations::new(house.pool.clone(), house.clock.clone());
    let unknown = anamnesis::auth::SessionId(claims.jti);
    assert!(!revocations.is_active(unknown).await.unwrap());
    house.hand.advance(TimeDelta::days(30));
    assert!(!revocations.is_active(session.session_id).await.unwrap());
}

#[tokio::test]
async fn a_listener_that_lost_its_connection_forgets_and_asks_for_a_recheck() {
    let house = House::new().await;
    let (session, _) = house.sign_in().await;
    let (revocations, mut news, _guard) = house.listener().await;
    assert!(revocations.is_active(session.session_id).await.unwrap());

    let mut admin = house.pool.acquire().await.unwrap();
    sqlx::query("RESET ROLE").execute(&mut *admin).await.unwrap();
    // The session ends unannounced, as it would for a listener that is away.
    sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query ILIKE 'LISTEN%'",
    )
    .execute(&mut *admin)
    .await
    .unwrap();
    sqlx::query("ALTER TABLE auth.sessions DISABLE TRIGGER sessions_announce_revocation")
        .execute(&mut *admin)
        .await
        .unwrap();
    house.sign_out(&session).await;

    assert_eq!(next(&mut news).await, RevocationSignal::RecheckAll);
    assert!(!revocations.is_active(session.session_id).await.unwrap());
    sqlx::query("ALTER TABLE auth.sessions ENABLE TRIGGER sessions_announce_revocation")
        .execute(&mut *admin)
        .await
        .unwrap();
    let (another, _) = house.sign_in().await;
    house.sign_out(&another).await;
    assert_eq!(next(&mut news).await, RevocationSignal::Revoked(another.session_id));
}
