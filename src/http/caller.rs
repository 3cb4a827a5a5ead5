//! Who is calling, and whether their role may.

use super::error::ApiError;
use super::request_id::RequestId;
use crate::app::App;
use crate::auth::Claims;
use crate::commands;
use crate::policy::{self, Action, Actor, AuthorisedRoom, Denied};
use anamnesis_domain::RoomId;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use uuid::Uuid;

/// A signed-in caller who may do the route's action, as far as the role tells. What it is done
/// to is still to be authorised, for which the caller is the only way.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// The request's id.
    pub request_id: Uuid,
    /// What the access token says.
    pub claims: Claims,
    action: Action,
}

/// The layer of every route that is not public.
pub async fn authorise(
    State((app, action)): State<(Arc<App>, Action)>,
    RequestId(request_id): RequestId,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let bearer = request.headers().get(header::AUTHORIZATION);
    let token = bearer.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let claims = app.access_tokens.verify(token.ok_or_else(sign_in_first)?).await?;
    if !app.revocations.is_active(claims.sid).await? {
        return Err(ApiError::session_revoked());
    }
    let actor = Actor { account_id: claims.sub, role: claims.role, session_id: claims.sid.0 };
    if !policy::may_ever(actor.role, action) {
        return Err(Denied::Forbidden.into());
    }
    request.extensions_mut().insert(Caller { actor, request_id, claims, action });
    Ok(next.run(request).await)
}

fn sign_in_first() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, "not_signed_in", "an access token is needed")
}

impl Caller {
    /// The caller in a room, for the route's action.
    pub async fn room(&self, app: &App, room_id: RoomId) -> Result<AuthorisedRoom, ApiError> {
        let pair = app.live.rooms().participants(room_id).await?;
        Ok(policy::authorise_room(self.actor, self.action, room_id, pair)?)
    }

    /// The caller with something that two people share.
    pub fn shared(&self, pair: anamnesis_domain::chat_room::Participants) -> Result<(), Denied> {
        policy::decide(&self.actor, self.action, policy::Resource::Shared(pair)).require()
    }

    /// The caller with whatever it is that permissions depend on.
    pub fn may(&self, resource: policy::Resource) -> Result<(), Denied> {
        policy::decide(&self.actor, self.action, resource).require()
    }

    /// The caller with a person whom they may see.
    pub fn person(&self, person: policy::Person) -> Result<(), Denied> {
        policy::decide(&self.actor, self.action, policy::Resource::Person(person)).require()
    }

    /// The caller's request, as commands want it.
    #[must_use]
    pub fn request(&self, client_id: Option<Uuid>) -> commands::Request {
        commands::Request { actor: self.actor, request_id: self.request_id, client_id }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(sign_in_first)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &S,
    ) -> Result<Self, std::convert::Infallible> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or_else(|| Self(Uuid::now_v7())))
    }
}
