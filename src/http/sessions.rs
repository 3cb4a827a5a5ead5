//! Signing in, staying signed in, signing out.

use super::answer::{Json, NoContent};
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Body;
use super::{RequestId, origin};
use crate::app::App;
use crate::auth::{EndReason, NewSession, Rotated, Verdict};
use crate::commands::text::login_key;
use anamnesis_domain::account::Status;
use anamnesis_domain::sign_in::FailureReason;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{self, Account};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;

/// The cookie in which a browser keeps its refresh token and device secret.
const COOKIE: &str = "anamnesis_refresh";
/// The only paths it is sent to.
const COOKIE_PATH: &str = "/api/auth";

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LogIn {
    /// Username or e-mail address.
    #[schemars(example = &"paula")]
    login: String,
    #[schemars(with = "String", example = &"anamnesis-demo")]
    password: SecretString,
    /// Keep the refresh token in an HttpOnly cookie instead of the answer.
    #[serde(default)]
    cookie: bool,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Session {
    account_id: AccountId,
    role: Role,
    access_token: String,
    access_expires_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
    refresh_expires_at: DateTime<Utc>,
}

/// Signs in. A wrong name and a wrong password look and last the same.
pub(super) async fn log_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RequestId(request_id): RequestId,
    headers: HeaderMap,
    jar: CookieJar,
    Body(request): Body<LogIn>,
) -> Result<(CookieJar, Json<Session>), ApiError> {
    require_own_page(&app, &headers)?;
    let key = login_key(&request.login);
    let name_index = app.sealer.blind_index("sign_in", &key);
    app.sign_in_limiter.check(peer.ip(), &name_index)?;
    let account = match recognise(&app, &key, request.password).await? {
        Ok(account) => account,
        // In each case alike, so that how long it takes tells nothing.
        Err(Stranger { account_id, reason, answer }) => {
            app.sign_ins.record_failure(request_id, name_index, account_id, reason).await?;
            return Err(answer);
        }
    };
    let NewSession { session_id, refresh_token, device, refresh_expires_at, .. } =
        app.sign_ins.start(request_id, account.account_id, account.role).await?;
    if app.people.lost_access_since(account.account_id, account.version).await? {
        app.sessions.revoke(session_id, EndReason::CredentialsChanged).await?;
        return Err(ApiError::unavailable("read_models_lag", "the account is being changed"));
    }
    let access = app.access_tokens.issue(account.account_id, account.role, session_id).await?;
    let session = Session {
        account_id: account.account_id,
        role: account.role,
        access_token: access.token.expose_secret().to_owned(),
        access_expires_at: access.expires_at,
        refresh_token: None,
        device: None,
        refresh_expires_at,
    };
    Ok(hand_out(&app, jar, request.cookie, session, &refresh_token, &device))
}

/// Somebody who is not let in: what is written down of it, and what they are told.
struct Stranger {
    account_id: Option<AccountId>,
    reason: FailureReason,
    answer: ApiError,
}

/// Whose name and password these are, if they may come in.
async fn recognise(
    app: &App,
    key: &str,
    password: SecretString,
) -> Result<Result<Account, Stranger>, ApiError> {
    let account = accounts::account_by_login(&app.pool, key).await?;
    let stored = match &account {
        Some(account) => app.credentials.get(account.account_id).await?,
        None => None,
    };
    let verdict = app.passwords.verify(stored, password.clone()).await?;
    let account_id = account.as_ref().map(|account| account.account_id);
    let stranger = |reason, answer| Ok(Err(Stranger { account_id, reason, answer }));
    let Some(account) = account else {
        return stranger(FailureReason::UnknownName, wrong_credentials());
    };
    let Verdict::Match { needs_rehash } = verdict else {
        return stranger(FailureReason::WrongPassword, wrong_credentials());
    };
    if let Err(answer) = require_active(account.status) {
        return stranger(FailureReason::AccountNotActive, answer);
    }
    if needs_rehash {
        let hash = app.passwords.hash(password).await?;
        app.credentials.set(account.account_id, &hash).await?;
    }
    Ok(Ok(account))
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Refresh {
    /// The last one that was given out; without it, the cookie has it.
    #[schemars(with = "Option<String>", example = &"Jr0hTqbC…")]
    refresh_token: Option<SecretString>,
    /// What came with the log-in.
    #[schemars(with = "Option<String>", example = &"mT5vXw2k…")]
    device: Option<SecretString>,
}

/// Gives a new access token and the next refresh token for the present one, which comes in the
/// body or in the cookie.
pub(super) async fn refresh_session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    jar: CookieJar,
    Body(request): Body<Refresh>,
) -> Result<(CookieJar, Json<Session>), ApiError> {
    let given = request.refresh_token.zip(request.device);
    let from_cookie = given.is_none();
    let (token, device) = if let Some(given) = given {
        given
    } else {
        require_own_page(&app, &headers)?;
        let cookie = jar.get(COOKIE).and_then(|cookie| from_cookie_value(cookie.value()));
        cookie.ok_or_else(no_token)?
    };
    let Rotated { session_id, account_id, refresh_token, refresh_expires_at } =
        app.sessions.rotate(&token, &device).await?;
    let account =
        accounts::account_by_id(&app.pool, account_id).await?.ok_or_else(wrong_credentials)?;
    require_active(account.status)?;
    let access = app.access_tokens.issue(account_id, account.role, session_id).await?;
    let session = Session {
        account_id,
        role: account.role,
        access_token: access.token.expose_secret().to_owned(),
        access_expires_at: access.expires_at,
        refresh_token: None,
        device: None,
        refresh_expires_at,
    };
    Ok(hand_out(&app, jar, from_cookie, session, &refresh_token, &device))
}

/// Ends the session of the access token.
pub(super) async fn log_out(
    State(app): State<Arc<App>>,
    caller: Caller,
    jar: CookieJar,
) -> Result<(CookieJar, NoContent), ApiError> {
    app.sessions.revoke(caller.claims.sid, EndReason::SignedOut).await?;
    Ok((without_cookie(jar), NoContent))
}

#[derive(Serialize, JsonSchema)]
pub(super) struct SessionsEnded {
    sessions_ended: u64,
}

/// Ends all sessions of the account.
pub(super) async fn log_out_everywhere(
    State(app): State<Arc<App>>,
    caller: Caller,
    jar: CookieJar,
) -> Result<(CookieJar, Json<SessionsEnded>), ApiError> {
    let account = caller.actor.account_id;
    let ended = app.sessions.revoke_all(account, EndReason::SignedOut).await?;
    Ok((without_cookie(jar), Json(SessionsEnded { sessions_ended: ended })))
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Ticket {
    /// Sent in the first frame, or in the `Sec-WebSocket-Protocol` header.
    ticket: String,
    /// Seconds.
    expires_in_s: u64,
}

/// A single-use ticket, with which a socket is opened within 30 seconds.
pub(super) async fn issue_ticket(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Ticket>, ApiError> {
    let ticket = app.tickets.issue(&caller.claims).await?;
    Ok(Json(Ticket { ticket: ticket.expose_secret().to_owned(), expires_in_s: 30 }))
}

/// The public keys with which access tokens can be checked (RFC 7517).
pub(super) async fn read_key_set(State(app): State<Arc<App>>) -> Result<Json<Value>, ApiError> {
    let set = app.signing_keys.published().await?;
    Ok(Json(json!(set)))
}

fn hand_out(
    app: &App,
    jar: CookieJar,
    in_cookie: bool,
    mut session: Session,
    token: &SecretString,
    device: &SecretString,
) -> (CookieJar, Json<Session>) {
    let (token, device) = (token.expose_secret(), device.expose_secret());
    if !in_cookie {
        session.refresh_token = Some(token.to_owned());
        session.device = Some(device.to_owned());
        return (jar, Json(session));
    }
    let cookie = Cookie::build((COOKIE, format!("{token}.{device}")))
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.config.http.secure_cookies())
        .build();
    (jar.add(cookie), Json(session))
}

fn from_cookie_value(value: &str) -> Option<(SecretString, SecretString)> {
    let (token, device) = value.split_once('.')?;
    Some((token.to_owned().into(), device.to_owned().into()))
}

fn without_cookie(jar: CookieJar) -> CookieJar {
    jar.remove(Cookie::build(COOKIE).path(COOKIE_PATH))
}

fn require_own_page(app: &App, headers: &HeaderMap) -> Result<(), ApiError> {
    if origin::is_trusted(headers, &app.config.http.allowed_origins) {
        return Ok(());
    }
    Err(ApiError::new(StatusCode::FORBIDDEN, "origin_not_allowed", "this page is not one of ours"))
}

fn require_active(status: Status) -> Result<(), ApiError> {
    let (code, message) = match status {
        Status::Active => return Ok(()),
        Status::Pending => ("account_pending", "the account waits for an administrator"),
        Status::Refused => ("account_refused", "the account was refused"),
        Status::Deactivated => ("account_deactivated", "the account is deactivated"),
        Status::Missing => return Err(wrong_credentials()),
    };
    Err(ApiError::new(StatusCode::FORBIDDEN, code, message))
}

fn wrong_credentials() -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "credentials_wrong",
        "the name or the password is wrong",
    )
}

fn no_token() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, "refresh_token_missing", "there is no refresh token")
}
