//! A WebSocket client of `/ws/chat`.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// A request for a socket, offering a ticket, perhaps from a page of this origin.
fn request(
    address: &str,
    ticket: Option<&str>,
    origin: Option<&str>,
) -> Result<Request, Box<Error>> {
    let mut request = format!("ws://{address}/ws/chat").into_client_request()?;
    let header = |text: &str| HeaderValue::from_str(text).map_err(|error| Box::new(error.into()));
    let protocols = match ticket {
        Some(ticket) => format!("anamnesis.v1, ticket.{ticket}"),
        None => "anamnesis.v1".to_owned(),
    };
    request.headers_mut().insert("sec-websocket-protocol", header(&protocols)?);
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", header(origin)?);
    }
    Ok(request)
}

/// How long a frame may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open socket.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Everything up to here was received: the cursor of the last frame that moves a client on.
    pub cursor: Option<String>,
    /// The code and the reason with which the server has closed the socket.
    pub closed: Option<(u16, String)>,
}

impl Socket {
    /// Opens a socket, offering a ticket in the `Sec-WebSocket-Protocol` header.
    ///
    /// # Panics
    ///
    /// When the server does not take it.
    pub async fn open(address: &str, ticket: Option<&str>) -> Self {
        Self::try_open(address, ticket, None).await.expect("the socket opens")
    }

    /// Opens a socket, perhaps from a page of this origin.
    ///
    /// # Errors
    ///
    /// What the server answered instead.
    pub async fn try_open(
        address: &str,
        ticket: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Self, Box<Error>> {
        let (stream, _) =
            tokio_tungstenite::connect_async(request(address, ticket, origin)?).await?;
        Ok(Self { stream, cursor: None, closed: None })
    }

    /// Opens a socket for which the operating system keeps as little as it can, so that a client
    /// that does not read is felt by the server soon.
    ///
    /// # Panics
    ///
    /// When the server does not take it.
    pub async fn open_narrow(address: &str, ticket: Option<&str>) -> Self {
        let tcp = TcpSocket::new_v4().expect("a socket");
        tcp.set_recv_buffer_size(4_096).expect("a small buffer");
        let tcp = tcp.connect(address.parse().expect("an address")).await.expect("a server");
        let request = request(address, ticket, None).expect("a request");
        let opened = tokio_tungstenite::client_async(request, MaybeTlsStream::Plain(tcp)).await;
        let (stream, _) = opened.expect("the socket opens");
        Self { stream, cursor: None, closed: None }
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: &Value) {
        self.send_text(&frame.to_string()).await;
    }

    /// Sends a frame over a socket that may be gone; whether it went.
    pub async fn try_send(&mut self, frame: &Value) -> bool {
        self.stream.send(Message::text(frame.to_string())).await.is_ok()
    }

    /// Sends any text.
    ///
    /// # Panics
    ///
    /// When the socket is gone.
    pub async fn send_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.expect("the frame is sent");
    }

    /// Sends bytes instead of text.
    ///
    /// # Panics
    ///
    /// When the socket is gone.
    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        let message = Message::binary(bytes.to_vec());
        self.stream.send(message).await.expect("the frame is sent");
    }

    /// Everything that still comes until the server closes the socket.
    pub async fn rest(&mut self) -> Vec<Value> {
        let mut frames = Vec::new();
        while let Some(frame) = self.next().await {
            frames.push(frame);
        }
        frames
    }

    /// The next frame; `None` when the server has closed the socket.
    ///
    /// # Panics
    ///
    /// When nothing comes in time.
    pub async fn next(&mut self) -> Option<Value> {
        timeout(PATIENCE, self.read()).await.expect("a frame in time")
    }

    /// The next frame, however long it takes; `None` when the socket has ended. Nothing is lost
    /// when the caller stops waiting.
    pub async fn read(&mut self) -> Option<Value> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
                    // That of an `ack` says where its event stands; others may still be on their way.
                    if let Some(cursor) = frame["cursor"].as_str()
                        && frame["type"] != "ack"
                    {
                        self.cursor = Some(cursor.to_owned());
                    }
                    return Some(frame);
                }
                Some(Ok(Message::Close(said))) => {
                    self.closed = said.map(|frame| (frame.code.into(), frame.reason.to_string()));
                    // The answer to it, which the library has queued.
                    let _ = self.stream.flush().await;
                    return None;
                }
                Some(Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next frame of this type; others in between are passed over.
    ///
    /// # Panics
    ///
    /// When the socket ends before.
    pub async fn expect(&mut self, kind: &str) -> Value {
        let mut before = Vec::new();
        while let Some(frame) = self.next().await {
            if frame["type"] == kind {
                return frame;
            }
            before.push(frame);
        }
        panic!("the socket ended before a `{kind}`, after {before:?}")
    }

    /// Sends a command and waits for its `ack` or `error`; other frames are passed over.
    ///
    /// # Panics
    ///
    /// When the socket ends before.
    pub async fn ask(&mut self, frame: &Value) -> Value {
        self.send(frame).await;
        loop {
            let answer = self.next().await.expect("an answer");
            let own = answer["client_id"] == frame["client_id"];
            if own && (answer["type"] == "ack" || answer["type"] == "error") {
                return answer;
            }
        }
    }

    /// Posts a message and waits until it is durable; its number.
    pub async fn say(&mut self, room: &str, body: &str) -> u64 {
        let client_id = uuid::Uuid::new_v4();
        let post = json!({
            "type": "post_message", "client_id": client_id, "room_id": room, "body": body,
        });
        self.ask(&post).await["sequence"].as_u64().unwrap_or_default()
    }

    /// Reads nothing any more, but stays connected.
    #[must_use]
    pub fn into_stream(self) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
        self.stream
    }
}
