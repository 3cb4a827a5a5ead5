//! A hospital to measure: its database, its key, its rooms and who is signed in.
//!
//! Sessions are started through the library: signing in with a password is slow on purpose and
//! limited, and is not what is measured here.

use crate::Outcome;
use crate::cluster::{Bench, Database};
use crate::engine::Engine;
use anamnesis::auth::{
    AccessTokenSettings, AccessTokens, SessionSettings, Sessions, SigningKeySettings, SigningKeys,
    TicketSettings, Tickets,
};
use anamnesis::clock::Clock;
use anamnesis::sealing::MasterKey;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, Role, RoomId, SessionId};
use secrecy::ExposeSecret;
use std::path::PathBuf;
use tokio::sync::Mutex;
use uuid::Uuid;

/// A room and its two people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) room: RoomId,
    pub(crate) people: Participants,
}

impl Pair {
    /// Two people who do not know anybody else.
    pub(crate) fn new() -> Self {
        Self::with_doctor(AccountId::new())
    }

    /// A new patient of this doctor.
    pub(crate) fn with_doctor(doctor_id: AccountId) -> Self {
        let patient_id = AccountId::new();
        Self {
            room: RoomId::of_pair(patient_id, doctor_id),
            people: Participants { patient_id, doctor_id },
        }
    }
}

/// What a client has once it is signed in.
pub(crate) struct SignedIn {
    pub(crate) access_token: String,
    /// Good for one socket, for half a minute.
    pub(crate) ticket: String,
    pub(crate) session_id: SessionId,
}

pub(crate) struct Hospital {
    pub(crate) database: Database,
    pub(crate) key_file: PathBuf,
    sessions: Sessions,
    access_tokens: AccessTokens,
    tickets: Tickets,
    /// Writes down who comes in; opened by the first who does.
    door: Mutex<Option<Engine>>,
}

impl Hospital {
    /// A new one, in a database of that name.
    pub(crate) async fn found(bench: &Bench, name: &str) -> Outcome<Self> {
        let database = bench.database(name).await?;
        let key_file = bench.folder().join(format!("{name}.key"));
        let master = MasterKey::load_or_create(&key_file)?;
        let (pool, clock) = (database.pool.clone(), Clock::system());
        let settings = SigningKeySettings::default();
        let keys = SigningKeys::start(pool.clone(), &master, clock.clone(), settings).await?;
        Ok(Self {
            sessions: Sessions::new(
                pool.clone(),
                &master,
                clock.clone(),
                SessionSettings::default(),
            )?,
            access_tokens: AccessTokens::new(keys, clock.clone(), AccessTokenSettings::default()),
            tickets: Tickets::new(pool, clock, TicketSettings::default()),
            door: Mutex::new(None),
            database,
            key_file,
        })
    }

    /// The parts of the server that write, in this process.
    pub(crate) async fn engine(&self) -> Outcome<Engine> {
        let master = MasterKey::load(&self.key_file)?;
        Engine::start(&self.database.pool, &master).await
    }

    pub(crate) async fn sign_in(&self, account: AccountId, role: Role) -> Outcome<SignedIn> {
        let mut door = self.door.lock().await;
        let engine = match door.take() {
            Some(engine) => engine,
            None => self.engine().await?,
        };
        let sign_ins = door.insert(engine).sign_ins(&self.sessions);
        let session = sign_ins.start(Uuid::now_v7(), account, role).await?;
        let token = self.access_tokens.issue(account, role, session.session_id).await?;
        let access_token = token.token.expose_secret().to_owned();
        let claims = self.access_tokens.verify(&access_token).await?;
        let ticket = self.tickets.issue(&claims).await?.expose_secret().to_owned();
        let session_id = SessionId(session.session_id.0);
        Ok(SignedIn { access_token, ticket, session_id })
    }

    /// Nobody else comes in for now. Whoever measures a server closes the door: behind it is a
    /// second process of the hospital, which reads along whatever is written.
    pub(crate) async fn close_door(&self) {
        if let Some(engine) = self.door.lock().await.take() {
            engine.stop().await;
        }
    }
}
