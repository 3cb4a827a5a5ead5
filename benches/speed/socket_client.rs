//! A WebSocket client that costs next to nothing, because it shares the machine with the
//! server: frames are made in advance and patched, what comes is looked at, not parsed.
//!
//! A mask of zeros is a mask (RFC 6455 section 5.3 asks for an unpredictable one to protect
//! proxies, of which there are none here).

use crate::Outcome;
use crate::hospital::Pair;
use crate::load::BODY;
use std::fmt::Write;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

/// Masked frames of no length.
const PONG: [u8; 6] = [0x8a, 0x80, 0, 0, 0, 0];
const MASKED: u8 = 0x80;
const LENGTH_IN_TWO_BYTES: u8 = 126;

/// What a frame of the server is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Ack,
    Posted,
    Other,
}

pub(crate) struct Socket {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// What of the buffer has been looked at.
    done: usize,
}

impl Socket {
    /// Opens a socket and waits until the server has let it in.
    pub(crate) async fn open(address: &str, ticket: &str) -> Outcome<Self> {
        let mut socket = Self::upgrade(address, "/ws/chat").await?;
        let hello = format!(r#"{{"type":"hello","ticket":"{ticket}"}}"#);
        socket.send(&text_frame(&hello)?).await?;
        let (start, end) = socket.next_frame().await?;
        if !socket.buffer[start..end].starts_with(br#"{"type":"reset""#) {
            return Err("the server did not let a socket in".into());
        }
        Ok(socket)
    }

    /// Opens a socket.
    pub(crate) async fn upgrade(address: &str, path: &str) -> Outcome<Self> {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut socket = Self { stream, buffer: Vec::new(), done: 0 };
        loop {
            let head = socket.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
            if let Some(end) = head {
                socket.done = end + 4;
                break;
            }
            socket.fill().await?;
        }
        if !socket.buffer.starts_with(b"HTTP/1.1 101") {
            return Err("the server did not open a socket".into());
        }
        Ok(socket)
    }

    pub(crate) async fn send(&mut self, frame: &[u8]) -> Outcome<()> {
        Ok(self.stream.write_all(frame).await?)
    }

    /// The next frame; pings are answered on the way.
    pub(crate) async fn next(&mut self) -> Outcome<Seen> {
        let (start, end) = self.next_frame().await?;
        let text = &self.buffer[start..end];
        Ok(if text.starts_with(br#"{"type":"ack""#) {
            Seen::Ack
        } else if text.starts_with(br#"{"type":"message_posted""#) {
            Seen::Posted
        } else if text.starts_with(br#"{"type":"error""#) {
            return Err(String::from_utf8_lossy(text).into_owned().into());
        } else {
            Seen::Other
        })
    }

    /// Sends, and waits for the acknowledgement.
    pub(crate) async fn post(&mut self, frame: &[u8]) -> Outcome<()> {
        self.send(frame).await?;
        while self.next().await? != Seen::Ack {}
        Ok(())
    }

    /// Where the next text lies in the buffer.
    async fn next_frame(&mut self) -> Outcome<(usize, usize)> {
        loop {
            let Some((start, end)) = self.frame_at(self.done) else {
                self.fill().await?;
                continue;
            };
            let opcode = self.buffer[self.done] & 0x0f;
            self.done = end;
            match opcode {
                0x1 => return Ok((start, end)),
                0x8 => return Err("the server closed a socket".into()),
                0x9 => self.stream.write_all(&PONG).await?,
                _ => {}
            }
        }
    }

    /// Start and end of the payload of the frame at `at`, if all of it is there.
    fn frame_at(&self, at: usize) -> Option<(usize, usize)> {
        let bytes = self.buffer.get(at..)?;
        let (head, length) = match *bytes.get(1)? {
            LENGTH_IN_TWO_BYTES => {
                (4, usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?])))
            }
            short => (2, usize::from(short)),
        };
        (bytes.len() >= head + length).then_some((at + head, at + head + length))
    }

    async fn fill(&mut self) -> Outcome<()> {
        self.buffer.drain(..self.done);
        self.done = 0;
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err("the server hung up".into());
        }
        Ok(())
    }
}

fn text_frame(text: &str) -> Outcome<Vec<u8>> {
    let mut frame = vec![0x81, MASKED | LENGTH_IN_TWO_BYTES];
    frame.extend(u16::try_from(text.len())?.to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    Ok(frame)
}

/// A message to post, with a new client id each time.
pub(crate) struct PostFrame {
    bytes: Vec<u8>,
    /// Where the last twelve digits of the client's id are.
    counter_at: usize,
    counter: u64,
    digits: String,
}

impl PostFrame {
    pub(crate) fn new(pair: Pair) -> Outcome<Self> {
        let client_id = Uuid::new_v4().to_string();
        let text = format!(
            r#"{{"type":"post_message","client_id":"{client_id}","room_id":"{}","body":"{BODY}"}}"#,
            pair.room
        );
        let bytes = text_frame(&text)?;
        let id_at = bytes.windows(36).position(|part| part == client_id.as_bytes());
        let counter_at = id_at.ok_or("the frame has no client id")? + 24;
        Ok(Self { bytes, counter_at, counter: 0, digits: String::new() })
    }

    pub(crate) fn next(&mut self) -> Outcome<&[u8]> {
        self.counter += 1;
        self.digits.clear();
        write!(self.digits, "{:012x}", self.counter)?;
        self.bytes[self.counter_at..self.counter_at + 12].copy_from_slice(self.digits.as_bytes());
        Ok(&self.bytes)
    }
}
