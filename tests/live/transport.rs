//! The four ways to follow the feed, as one.

use anamnesis_testkit::{Socket, User};
use reqwest::{Method, Response};
use serde_json::Value;
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// How long a frame may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two plain GETs.
const PAUSE: Duration = Duration::from_millis(20);

/// How a client was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begun {
    /// It gets everything after its cursor.
    Resumed,
    /// It starts anew, from the cursor that it was given.
    Reset,
}

/// A client that follows the feed. Dropping it disconnects.
pub(crate) trait Transport: Sized {
    /// Connects with everything up to `after`; the code of the refusal if it is not let in.
    async fn connect(user: &User, after: Option<&str>) -> Result<(Begun, Self), String>;

    /// The next frame that carries state. Panics when none comes in time.
    async fn next(&mut self) -> Value;

    /// Everything up to here the client has.
    fn cursor(&self) -> &str;
}

/// Whether the frame carries state, as opposed to answers and to what passes.
pub(crate) fn is_state(frame: &Value) -> bool {
    let begins_or_answers = ["welcome", "reset", "ack"].map(Value::from).contains(&frame["type"]);
    frame["cursor"].is_string() && !begins_or_answers
}

/// The position of a cursor. Clients do not look inside; tests compare with the log.
pub(crate) fn position(cursor: &str) -> u64 {
    let (_, position) = cursor.split_once('.').expect("epoch.position");
    position.parse().expect("a position")
}

pub(crate) struct WebSocket {
    socket: Socket,
    cursor: String,
}

impl Transport for WebSocket {
    async fn connect(user: &User, after: Option<&str>) -> Result<(Begun, Self), String> {
        let mut socket = user.connect(after).await;
        let first = socket.next().await.expect("a first frame");
        let begun = match first["type"].as_str() {
            Some("welcome") => Begun::Resumed,
            Some("reset") => Begun::Reset,
            _ => return Err(first["code"].as_str().expect("an error").to_owned()),
        };
        Ok((begun, Self { socket, cursor: text(&first["cursor"]) }))
    }

    async fn next(&mut self) -> Value {
        loop {
            let frame = self.socket.next().await.expect("the socket stays open");
            if is_state(&frame) {
                self.cursor = text(&frame["cursor"]);
                return frame;
            }
        }
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

pub(crate) struct ServerSentEvents {
    response: Response,
    buffer: String,
    cursor: String,
}

impl ServerSentEvents {
    /// The next event's frame; `None` once the stream has ended. Ids are those of the frames.
    pub(crate) async fn event(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.buffer.split_once("\n\n") {
                let field = |name: &str| {
                    event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
                };
                let frame = field("data:").map(|data| serde_json::from_str(data).expect("JSON"));
                let id = field("id:").map(str::to_owned);
                let rest = rest.to_owned();
                self.buffer = rest;
                let Some(frame): Option<Value> = frame else { continue };
                assert_eq!(id.as_deref(), frame["cursor"].as_str(), "the id is the cursor");
                return Some(frame);
            }
            let chunk = timeout(PATIENCE, self.response.chunk()).await.expect("an event in time");
            let chunk = chunk.ok().flatten()?;
            self.buffer.push_str(std::str::from_utf8(&chunk).expect("frames are not torn"));
        }
    }

    pub(crate) async fn open(user: &User, after: Option<&str>) -> Result<Self, String> {
        let request = user.request(Method::GET, "/api/events/stream");
        let request = match after {
            Some(cursor) => request.header("last-event-id", cursor),
            None => request,
        };
        let response = request.send().await.expect("the server answers");
        if !response.status().is_success() {
            let error: Value = response.json().await.expect("an error");
            return Err(text(&error["code"]));
        }
        let cursor = after.unwrap_or_default().to_owned();
        Ok(Self { response, buffer: String::new(), cursor })
    }
}

impl Transport for ServerSentEvents {
    async fn connect(user: &User, after: Option<&str>) -> Result<(Begun, Self), String> {
        let mut stream = Self::open(user, after).await?;
        let first = stream.event().await.expect("a first event");
        stream.cursor = text(&first["cursor"]);
        match first["type"].as_str() {
            Some("welcome") => Ok((Begun::Resumed, stream)),
            Some("reset") => Ok((Begun::Reset, stream)),
            _ => panic!("neither a welcome nor a reset: {first}"),
        }
    }

    async fn next(&mut self) -> Value {
        loop {
            let frame = self.event().await.expect("the stream goes on");
            if is_state(&frame) {
                self.cursor = text(&frame["cursor"]);
                return frame;
            }
        }
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// Polling, waiting for news at the server or not.
pub(crate) struct Polling<const WAIT_S: u64> {
    user: User,
    ahead: VecDeque<Value>,
    cursor: String,
    /// The cursor that comes with the answer, once its frames are taken.
    answered: String,
}

pub(crate) type LongPoll = Polling<20>;
pub(crate) type PlainGet = Polling<0>;

impl<const WAIT_S: u64> Polling<WAIT_S> {
    async fn poll(&mut self, wait_s: u64) -> Result<Begun, String> {
        let path = format!("/api/events?after={}&wait={wait_s}", self.answered);
        let begun = poll(&self.user, &path, &mut self.ahead, &mut self.answered).await?;
        if begun == Begun::Reset {
            self.cursor.clone_from(&self.answered);
        }
        Ok(begun)
    }
}

async fn poll(
    user: &User,
    path: &str,
    ahead: &mut VecDeque<Value>,
    cursor: &mut String,
) -> Result<Begun, String> {
    let answer = user.get(path).await;
    if answer.status != 200 {
        return Err(text(&answer.body["code"]));
    }
    *cursor = text(&answer.body["cursor"]);
    let frames = answer.body["frames"].as_array().expect("frames");
    ahead.extend(frames.iter().filter(|frame| is_state(frame)).cloned());
    if answer.body["reset"] == true {
        assert!(ahead.is_empty(), "who starts anew has not missed anything");
        return Ok(Begun::Reset);
    }
    Ok(Begun::Resumed)
}

impl<const WAIT_S: u64> Transport for Polling<WAIT_S> {
    async fn connect(user: &User, after: Option<&str>) -> Result<(Begun, Self), String> {
        let mut polling = Self {
            user: user.clone(),
            ahead: VecDeque::new(),
            cursor: after.unwrap_or_default().to_owned(),
            answered: after.unwrap_or_default().to_owned(),
        };
        let begun = if after.is_some() {
            polling.poll(0).await?
        } else {
            let begun =
                poll(user, "/api/events", &mut polling.ahead, &mut polling.answered).await?;
            polling.cursor.clone_from(&polling.answered);
            begun
        };
        Ok((begun, polling))
    }

    async fn next(&mut self) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(frame) = self.ahead.pop_front() {
                self.cursor = text(&frame["cursor"]);
                return frame;
            }
            assert!(Instant::now() < deadline, "a frame in time");
            let begun = self.poll(WAIT_S).await.expect("the feed goes on");
            assert_eq!(begun, Begun::Resumed);
            if self.ahead.is_empty() && WAIT_S == 0 {
                sleep(PAUSE).await;
            }
        }
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
