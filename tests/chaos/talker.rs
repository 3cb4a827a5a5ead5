//! One participant of a conversation, who talks without a pause, comes back with their cursor
//! whenever the socket is lost, and repeats what was not acknowledged under the same id.

use crate::{LOOK, Patience};
use anamnesis_testkit::{Socket, User};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// A server that takes a socket but never answers is given up after this.
const SILENT_MAX: Duration = Duration::from_secs(45);
/// After so many messages the socket is thrown away, to come back with the cursor.
const MESSAGES_PER_SOCKET: usize = 40;

/// A message as it came over the live feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    pub(crate) number: u64,
    pub(crate) client_id: Option<Uuid>,
    pub(crate) author_id: String,
    pub(crate) body: String,
}

impl Heard {
    pub(crate) fn of(frame: &Value) -> Self {
        Self {
            number: frame["number"].as_u64().unwrap(),
            client_id: frame["client_id"].as_str().map(|id| id.parse().unwrap()),
            author_id: frame["author_id"].as_str().unwrap().to_owned(),
            body: frame["body"].as_str().unwrap().to_owned(),
        }
    }
}

/// What all talkers of a test have done so far.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) acknowledged: AtomicU64,
    pub(crate) in_flight: AtomicU64,
    pub(crate) repeated: AtomicU64,
}

/// What a talker knows at the end.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// What was acknowledged: the client's id and the number.
    pub(crate) acknowledged: Vec<(Uuid, u64)>,
    /// The live feed, in the order in which it came.
    pub(crate) heard: Vec<Heard>,
    /// The cursor of its last frame.
    pub(crate) cursor: String,
    /// Position of the last frame.
    position: u64,
}

pub(crate) struct Talker {
    pub(crate) user: User,
    pub(crate) room: String,
    /// Where the server is now.
    pub(crate) address: watch::Receiver<String>,
    /// True once it is time to say goodbye.
    pub(crate) end: watch::Receiver<bool>,
    pub(crate) counts: Arc<Counts>,
    /// Everything up to here is known.
    pub(crate) cursor: String,
}

/// What the last message of each participant says.
const GOODBYE: &str = "goodbye";

struct State {
    ledger: Ledger,
    cursor: String,
    pending: Option<(Uuid, String)>,
    said_goodbye: bool,
}

impl State {
    /// Both have said goodbye.
    fn is_over(&self) -> bool {
        let goodbyes = self.ledger.heard.iter().filter(|heard| heard.body == GOODBYE).count();
        self.said_goodbye && self.pending.is_none() && goodbyes == 2
    }
}

impl Talker {
    /// Talks until told to end; then says goodbye, and listens until both goodbyes were heard.
    pub(crate) async fn talk(self) -> Ledger {
        let mut state = State {
            ledger: Ledger::default(),
            cursor: self.cursor.clone(),
            pending: None,
            said_goodbye: false,
        };
        loop {
            let mut socket = self.reconnect(&state.cursor).await;
            self.converse(&mut socket, &mut state).await;
            if state.is_over() {
                return Ledger { cursor: state.cursor, ..state.ledger };
            }
        }
    }

    /// Until the socket is lost or has been used enough, or all is said.
    async fn converse(&self, socket: &mut Socket, state: &mut State) -> Option<()> {
        if state.pending.is_some() {
            // It is not known what became of it.
            self.counts.repeated.fetch_add(1, Ordering::Relaxed);
            self.post(socket, state).await?;
        }
        let enough = state.ledger.acknowledged.len() + MESSAGES_PER_SOCKET;
        while !state.is_over() && state.ledger.acknowledged.len() < enough {
            if state.pending.is_none() && !state.said_goodbye {
                self.think(state);
                self.post(socket, state).await?;
            }
            let frame = timeout(SILENT_MAX, socket.read()).await.ok()??;
            self.take(socket, state, &frame).await?;
        }
        Some(())
    }

    /// The next thing to say.
    fn think(&self, state: &mut State) {
        state.said_goodbye = *self.end.borrow();
        let body = if state.said_goodbye {
            GOODBYE.to_owned()
        } else {
            format!("message {}", state.ledger.acknowledged.len())
        };
        state.pending = Some((Uuid::new_v4(), body));
        self.counts.in_flight.fetch_add(1, Ordering::Relaxed);
    }

    async fn reconnect(&self, cursor: &str) -> Socket {
        let patience = Patience::new("a socket opens");
        loop {
            match self.connect(cursor).await {
                Some(socket) => return socket,
                None => patience.pause().await,
            }
        }
    }

    async fn connect(&self, cursor: &str) -> Option<Socket> {
        let user = self.user.at(&self.address.borrow().clone());
        let mut socket = timeout(SILENT_MAX, user.try_connect(Some(cursor))).await.ok()??;
        let first = timeout(SILENT_MAX, socket.read()).await.ok()??;
        assert_ne!(first["type"], "reset", "the cursor is good for ever");
        (first["type"] == "welcome").then_some(socket)
    }

    async fn post(&self, socket: &mut Socket, state: &State) -> Option<()> {
        let (client_id, body) = state.pending.as_ref()?;
        let post = json!({
            "type": "post_message", "client_id": client_id, "room_id": self.room, "body": body,
        });
        socket.try_send(&post).await.then_some(())
    }

    async fn take(&self, socket: &mut Socket, state: &mut State, frame: &Value) -> Option<()> {
        let own =
            state.pending.as_ref().is_some_and(|(id, _)| frame["client_id"] == id.to_string());
        match frame["type"].as_str().unwrap() {
            "ack" if own => {
                let (id, _) = state.pending.take()?;
                state.ledger.acknowledged.push((id, frame["sequence"].as_u64().unwrap()));
                self.counts.in_flight.fetch_sub(1, Ordering::Relaxed);
                self.counts.acknowledged.fetch_add(1, Ordering::Relaxed);
            }
            "error" if own => {
                assert!(passes(frame["code"].as_str().unwrap()), "{frame}");
                self.counts.repeated.fetch_add(1, Ordering::Relaxed);
                sleep(LOOK).await;
                self.post(socket, state).await?;
            }
            "message_posted" if frame["room_id"] == self.room => {
                state.ledger.heard.push(Heard::of(frame));
            }
            "bye" => return None,
            _ => {}
        }
        if frame["type"] != "ack"
            && let Some(cursor) = frame["cursor"].as_str()
        {
            let position = cursor.rsplit('.').next().unwrap().parse().unwrap();
            assert!(position > state.ledger.position, "the feed goes forward: {frame}");
            state.ledger.position = position;
            cursor.clone_into(&mut state.cursor);
        }
        Some(())
    }
}

/// Whether a refusal is one that asks for another try.
fn passes(code: &str) -> bool {
    ["unavailable", "outcome_unknown", "overloaded", "contended"].contains(&code)
}
