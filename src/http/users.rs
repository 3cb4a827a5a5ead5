//! Accounts of people.

use super::RequestId;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Body;
use super::json::Json;
use crate::app::App;
use crate::commands::registration::Applicant;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Registration {
    username: String,
    email: String,
    name: String,
    password: SecretString,
    client_id: Option<Uuid>,
}

#[derive(Serialize)]
pub(super) struct OwnAccount {
    account_id: AccountId,
    username: Option<String>,
    email: Option<String>,
    name: String,
    role: Role,
    registered_at: DateTime<Utc>,
}

/// Registers a patient, who can sign in at once.
pub(super) async fn register_patient(
    State(app): State<Arc<App>>,
    RequestId(request_id): RequestId,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(request): Body<Registration>,
) -> Result<(StatusCode, Json<OwnAccount>), ApiError> {
    // Registering costs a password hash as well, so the same limit per address holds.
    app.sign_in_limiter.check_address(peer.ip())?;
    let applicant = Applicant {
        username: request.username,
        email: request.email,
        name: request.name,
        password: request.password,
    };
    let registered =
        app.registrations.register_patient(request_id, request.client_id, applicant).await?;
    app.settle(&registered.executed).await;
    Ok((StatusCode::CREATED, Json(own_account(&app, registered.account_id).await?)))
}

/// The caller's own account.
pub(super) async fn read_own_account(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<OwnAccount>, ApiError> {
    own_account(&app, caller.actor.account_id).await.map(Json)
}

async fn own_account(app: &App, account_id: AccountId) -> Result<OwnAccount, ApiError> {
    let account = accounts::account_by_id(&app.pool, account_id).await?;
    // Registered, but the read model is not there yet.
    let account = account.ok_or_else(|| {
        ApiError::unavailable("read_models_lag", "the account exists; the server is catching up")
    })?;
    Ok(OwnAccount {
        account_id,
        username: account.username,
        email: account.email,
        name: account.name,
        role: account.role,
        registered_at: account.registered_at,
    })
}
