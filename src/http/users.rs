//! New accounts.

use super::RequestId;
use super::answer::{Created, Json};
use super::error::ApiError;
use super::extract::Body;
use super::own_account::{OwnAccount, own_account};
use crate::app::App;
use crate::commands::Invalid;
use crate::commands::registration::Applicant;
use anamnesis_domain::Role;
use axum::extract::{ConnectInfo, State};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::net::SocketAddr;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AccountKind")]
enum Kind {
    #[default]
    Patient,
    Staff,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Registration {
    /// By default a patient.
    #[serde(default)]
    kind: Kind,
    /// What staff ask to be; patients ask for nothing.
    role: Option<Role>,
    #[schemars(example = &"noor")]
    username: String,
    #[schemars(example = &"noor@example.org")]
    email: String,
    #[schemars(example = &"Noor Haddad")]
    name: String,
    #[schemars(with = "String", example = &"a long enough password")]
    password: SecretString,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// Registers a patient, who can sign in at once, or asks for a staff account, which waits for an
/// administrator.
pub(super) async fn register_account(
    State(app): State<Arc<App>>,
    RequestId(request_id): RequestId,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(request): Body<Registration>,
) -> Result<Created<Json<OwnAccount>>, ApiError> {
    // Registering costs a password hash as well, so the same limit per address holds.
    app.sign_in_limiter.check_address(peer.ip())?;
    let Registration { kind, role, client_id, username, email, name, password } = request;
    let applicant = Applicant { username, email, name, password };
    let registered = match (kind, role) {
        (Kind::Patient, None) => {
            app.registrations.register_patient(request_id, client_id, applicant).await?
        }
        (Kind::Staff, Some(role)) => {
            app.registrations.request_staff(request_id, client_id, applicant, role).await?
        }
        _ => return Err(role_invalid().into()),
    };
    app.settle(&registered.executed).await;
    let (_, own) = own_account(&app, registered.account_id).await?;
    Ok(Created(Json(own)))
}

fn role_invalid() -> Invalid {
    Invalid {
        code: "role_invalid",
        message: "staff ask for a role (doctor, admin or compliance), patients for none",
    }
}
