//! A person who uses the API over HTTP.

use crate::Socket;
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The JSON of the body; null when there is none.
    pub body: Value,
}

impl Answer {
    /// The body, of an answer that must have this status.
    ///
    /// # Panics
    ///
    /// When it has another.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// The answer must be this refusal.
    ///
    /// # Panics
    ///
    /// When it is not.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) {
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.body
        );
        assert!(self.body["request_id"].is_string() && self.body["message"].is_string());
    }
}

/// A signed-in person, or a stranger.
#[derive(Clone, Debug)]
pub struct User {
    client: Client,
    address: String,
    token: Option<String>,
    /// What the server answered to the sign-in.
    pub session: Value,
}

impl User {
    /// Somebody who is not signed in.
    ///
    /// # Panics
    ///
    /// When no HTTP client can be made.
    #[must_use]
    pub fn stranger(address: &str) -> Self {
        let client = Client::builder().no_proxy().build().expect("an HTTP client");
        Self { client, address: address.to_owned(), token: None, session: Value::Null }
    }

    /// Signs in with a username or an e-mail address.
    pub async fn sign_in(address: &str, login: &str, password: &str) -> Self {
        let mut user = Self::stranger(address);
        let body = json!({ "login": login, "password": password });
        user.session = user.post("/api/auth/login", &body).await.expect(200);
        user.token = user.session["access_token"].as_str().map(str::to_owned);
        user
    }

    /// Registers a patient and signs in.
    pub async fn register(address: &str, username: &str, password: &str) -> Self {
        let body = json!({
            "username": username,
            "email": format!("{username}@example.org"),
            "name": format!("Name of {username}"),
            "password": password,
        });
        let _ = Self::stranger(address).post("/api/users", &body).await.expect(201);
        Self::sign_in(address, username, password).await
    }

    /// The same person, at another server process of the same hospital.
    #[must_use]
    pub fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    /// The same person with another access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The account's id.
    ///
    /// # Panics
    ///
    /// When not signed in.
    #[must_use]
    pub fn id(&self) -> String {
        self.session["account_id"].as_str().expect("signed in").to_owned()
    }

    /// A request of this person, to be sent or changed first.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("http://{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        self.try_send(request).await.expect("the server answers")
    }

    /// Sends a request to a server that may be dying; `None` when it does not answer.
    pub async fn try_send(&self, request: reqwest::RequestBuilder) -> Option<Answer> {
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.ok()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Some(Answer { status, headers, body })
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// PUT without a body.
    pub async fn put(&self, path: &str) -> Answer {
        self.send(self.request(Method::PUT, path)).await
    }

    /// PUT with a JSON body.
    pub async fn put_json(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// PATCH with a JSON body, on condition of a version.
    pub async fn patch_at(&self, path: &str, body: &Value, tag: &str) -> Answer {
        let request = self.request(Method::PATCH, path).header("if-match", tag);
        self.send(request.json(body)).await
    }

    /// A doctor works round the clock from now on, by the clocks of UTC.
    pub async fn works_always(&self) {
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let day = |day| json!({ "weekday": day, "from": "00:00", "to": "24:00" });
        let hours = json!({ "zone": "UTC", "slot_minutes": 30, "week": days.map(day) });
        let path = format!("/api/doctors/{}/hours", self.id());
        let _ = self.put_json(&path, &hours).await.expect(200);
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Books this doctor on the `day`-th day from now, at nine; the room of the two.
    pub async fn book(&self, doctor: &Self, day: i64) -> String {
        let answer = self.post("/api/appointments", &booking(&doctor.id(), day)).await;
        answer.expect(201)["room_id"].as_str().unwrap_or_default().to_owned()
    }

    /// Posts a message over HTTP; its number.
    pub async fn say(&self, room: &str, body: &str) -> u64 {
        let path = format!("/api/rooms/{room}/messages");
        let answer = self.post(&path, &json!({ "body": body })).await;
        answer.expect(201)["sequence"].as_u64().unwrap_or_default()
    }

    /// A single-use ticket for a socket.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub async fn ticket(&self) -> String {
        let answer = self.post("/api/auth/tickets", &Value::Null).await.expect(200);
        answer["ticket"].as_str().expect("a ticket").to_owned()
    }

    /// Opens a socket at a server that may be dying, and says hello; `None` when that fails.
    pub async fn try_connect(&self, after: Option<&str>) -> Option<Socket> {
        let answer = self.try_send(self.request(Method::POST, "/api/auth/tickets")).await?;
        let ticket = answer.body["ticket"].as_str()?;
        let mut socket = Socket::try_open(&self.address, Some(ticket), None).await.ok()?;
        socket.try_send(&json!({ "type": "hello", "after": after })).await.then_some(socket)
    }

    /// Opens a socket that has everything up to `after`, or starts anew.
    pub async fn connect(&self, after: Option<&str>) -> Socket {
        let mut socket = Socket::open(&self.address, Some(&self.ticket().await)).await;
        socket.send(&json!({ "type": "hello", "after": after })).await;
        socket
    }
}

/// The body of a booking with a doctor, half an hour from nine on the `day`-th day from now.
#[must_use]
pub fn booking(doctor_id: &str, day: i64) -> Value {
    let now = chrono::Utc::now().timestamp();
    let today = now / 86_400;
    let start = (today + day) * 86_400 + 9 * 3_600;
    let time = |seconds| chrono::DateTime::from_timestamp(seconds, 0).map(|at| at.to_rfc3339());
    json!({
        "doctor_id": doctor_id,
        "starts_at": time(start),
        "ends_at": time(start + 1_800),
        "zone": "Europe/Berlin",
        "reason": "It hurts.",
    })
}
