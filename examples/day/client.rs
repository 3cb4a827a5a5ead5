//! A person with a device: HTTP requests and a socket.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

use crate::Result;

/// The longest that anything which is expected may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Somebody who is signed in.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) account_id: String,
    address: String,
    token: String,
}

impl Person {
    /// Signs in with a username or an e-mail address.
    pub(crate) async fn log_in(
        address: &str,
        name: &'static str,
        login: &str,
        password: &str,
    ) -> Result<Self> {
        let body = json!({ "login": login, "password": password });
        let (status, session) =
            request(address, None, Method::POST, "/api/auth/login", Some(&body)).await?;
        require(status == StatusCode::OK, || format!("{login} could not log in: {session}"))?;
        Ok(Self {
            name,
            account_id: text(&session["account_id"])?,
            address: address.to_owned(),
            token: text(&session["access_token"])?,
        })
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Value> {
        let answer = request(&self.address, Some(&self.token), Method::GET, path, None).await?;
        require(answer.0 == StatusCode::OK, || format!("GET {path}: {} {}", answer.0, answer.1))?;
        Ok(answer.1)
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<(StatusCode, Value)> {
        request(&self.address, Some(&self.token), Method::POST, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Result<()> {
        let answer = request(&self.address, Some(&self.token), Method::DELETE, path, None).await?;
        require(answer.0 == StatusCode::OK, || format!("DELETE {path}: {} {}", answer.0, answer.1))
    }

    /// Opens a socket with a single-use ticket, and says which cursor it has.
    pub(crate) async fn connect(&self, after: Option<&str>) -> Result<Socket> {
        let (status, answer) = self.post("/api/auth/tickets", &json!({})).await?;
        require(status == StatusCode::OK, || format!("no ticket: {answer}"))?;
        let mut request = format!("ws://{}/ws/chat", self.address).into_client_request()?;
        let protocols = format!("anamnesis.v1, ticket.{}", text(&answer["ticket"])?);
        request.headers_mut().insert("sec-websocket-protocol", protocols.parse()?);
        let (stream, _) = timeout(PATIENCE, connect_async(request)).await??;
        let cursor = after.unwrap_or_default().to_owned();
        let mut socket = Socket { stream, cursor, kept: VecDeque::new() };
        socket.send(&json!({ "type": "hello", "after": after })).await?;
        Ok(socket)
    }
}

/// One request without a session.
pub(crate) async fn post(address: &str, path: &str, body: &Value) -> Result<(StatusCode, Value)> {
    request(address, None, Method::POST, path, Some(body)).await
}

async fn request(
    address: &str,
    token: Option<&str>,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Result<(StatusCode, Value)> {
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    let mut request = client.request(method, format!("http://{address}{path}"));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = body {
        request = request.json(body);
    }
    let response = request.send().await?;
    Ok((response.status(), response.json().await?))
}

/// A connected socket. Dropping it is a lost connection: nobody says goodbye.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Everything up to here was received. Come back with it.
    pub(crate) cursor: String,
    /// Received while waiting for something else.
    kept: VecDeque<Value>,
}

impl Socket {
    /// Sends a command and waits until it is durable. The answer is the `ack`.
    pub(crate) async fn command(&mut self, mut frame: Value) -> Result<Value> {
        let client_id = Uuid::now_v7().to_string();
        frame["client_id"] = json!(client_id);
        self.send(&frame).await?;
        self.expect(&json!({ "type": "ack", "client_id": client_id })).await
    }

    pub(crate) async fn send(&mut self, frame: &Value) -> Result<()> {
        self.stream.send(Message::text(frame.to_string())).await?;
        Ok(())
    }

    /// Waits for a frame with these fields; others are kept for later.
    pub(crate) async fn expect(&mut self, wanted: &Value) -> Result<Value> {
        if let Some(place) = self.kept.iter().position(|frame| has(frame, wanted)) {
            return self.kept.remove(place).ok_or_else(|| "a frame went missing".into());
        }
        let waited = timeout(PATIENCE, async {
            loop {
                let frame = self.receive().await?;
                if has(&frame, wanted) {
                    return Ok(frame);
                }
                self.kept.push_back(frame);
            }
        });
        waited.await.map_err(|_| format!("this did not come: {wanted}"))?
    }

    /// The next frame that carries state. What merely passes (typing, presence) is left out.
    pub(crate) async fn next_state(&mut self) -> Result<Value> {
        let waited = timeout(PATIENCE, async {
            loop {
                let frame = match self.kept.pop_front() {
                    Some(frame) => frame,
                    None => self.receive().await?,
                };
                if is_state(&frame) {
                    return Ok(frame);
                }
            }
        });
        waited.await.map_err(|_| "an event that was missed did not come")?
    }

    async fn receive(&mut self) -> Result<Value> {
        loop {
            match self.stream.next().await.ok_or("the server closed the socket")?? {
                Message::Text(text) => {
                    let frame: Value = serde_json::from_str(&text)?;
                    // Not from `welcome`: what was missed follows it.
                    if is_state(&frame) || frame["type"] == "reset" {
                        self.cursor = text_of(&frame, "cursor")?;
                    }
                    return Ok(frame);
                }
                Message::Close(_) => return Err("the server closed the socket".into()),
                _ => {}
            }
        }
    }
}

/// Frames that carry state say in which room, and have a cursor.
fn is_state(frame: &Value) -> bool {
    frame["room_id"].is_string() && frame["cursor"].is_string()
}

fn has(frame: &Value, wanted: &Value) -> bool {
    let mut fields = wanted.as_object().into_iter().flatten();
    fields.all(|(name, value)| &frame[name] == value)
}

pub(crate) fn text_of(value: &Value, field: &str) -> Result<String> {
    text(&value[field])
}

fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().ok_or("a text is missing in an answer")?.to_owned())
}

/// Fails with this message unless the condition holds.
pub(crate) fn require(holds: bool, otherwise: impl FnOnce() -> String) -> Result<()> {
    if holds { Ok(()) } else { Err(otherwise().into()) }
}
