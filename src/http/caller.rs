//! Who is calling, and whether their role may.

use super::error::ApiError;
use super::request_id::RequestId;
use crate::app::App;
use crate::auth::Claims;
use crate::commands;
use crate::policy::{self, Action, Actor, AuthorisedRecord, AuthorisedRoom, Denied, Resource};
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::session::Attempt;
use anamnesis_domain::session::RecordKind;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, GrantId, Role, RoomId};
use axum::extract::path::RawPathParams;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
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
    parameters: Result<RawPathParams, RawPathParamsRejection>,
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
    let caller = Caller { actor, request_id, claims, action };
    let response = if policy::may_ever(actor.role, action) {
        request.extensions_mut().insert(caller.clone());
        next.run(request).await
    } else {
        ApiError::from(Denied::Forbidden).into_response()
    };
    if let Some(denied) = response.extensions().get::<ApiError>().filter(|one| one.is_denial()) {
        let in_path = || parameters.ok().and_then(|path| record_named(action, &path));
        let about = denied.about().or_else(in_path);
        let request = caller.request(None);
        app.gateway.record_denial(&request, attempt(action, about)).await?;
    }
    Ok(response)
}

/// What was tried, for the log.
pub(crate) fn attempt(action: Action, about: Option<(RecordKind, Uuid)>) -> Attempt {
    let (kind, id) = about.unzip();
    Attempt { action: action.code(), kind, id, patient_id: None }
}

/// The record that a path names, as `/{room_id}` or as `/{kind}/{id}`.
fn record_named(action: Action, parameters: &RawPathParams) -> Option<(RecordKind, Uuid)> {
    let kind_named = parameters.iter().find_map(|(name, value)| match (name, value) {
        ("kind", "room") => Some(RecordKind::Messages),
        ("kind", "appointment") => Some(RecordKind::Appointment),
        ("kind", "consultation") => Some(RecordKind::Consultation),
        ("kind", "account") => Some(RecordKind::Account),
        ("kind", "grant") => Some(RecordKind::Grant),
        _ => None,
    });
    parameters.iter().find_map(|(name, value)| {
        let kind = match name {
            "room_id" => RecordKind::Messages,
            "appointment_id" => RecordKind::Appointment,
            "consultation_id" => RecordKind::Consultation,
            "patient_id" if action == Action::ListPatientMedicines => RecordKind::Medicines,
            "grant_id" => RecordKind::Grant,
            "account_id" | "doctor_id" | "patient_id" => RecordKind::Account,
            "id" => kind_named?,
            _ => return None,
        };
        Some((kind, value.parse().ok()?))
    })
}

fn sign_in_first() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, "not_signed_in", "an access token is needed")
}

impl Caller {
    /// The caller in a room, for the route's action.
    pub async fn room(&self, app: &App, room_id: RoomId) -> Result<AuthorisedRoom, ApiError> {
        let pair = app.live.rooms().participants(room_id).await?;
        let grant = match pair {
            Some(pair) => app.break_glass.held(&self.actor, pair.patient_id).await?,
            None => None,
        };
        Ok(policy::authorise_room(self.actor, self.action, room_id, pair, grant)?)
    }

    /// The caller with an appointment of two people's.
    pub async fn appointment(
        &self,
        app: &App,
        id: AppointmentId,
        pair: Participants,
    ) -> Result<AuthorisedRecord, ApiError> {
        let resource = self.shared(app, pair).await?;
        Ok(self.record((RecordKind::Appointment, id.0), pair.patient_id, resource)?)
    }

    /// The caller with a consultation of two people's, which is a draft until it is signed.
    pub async fn consultation(
        &self,
        app: &App,
        id: ConsultationId,
        pair: Participants,
        is_signed: bool,
    ) -> Result<AuthorisedRecord, ApiError> {
        let resource =
            if is_signed { self.shared(app, pair).await? } else { Resource::Draft(pair) };
        Ok(self.record((RecordKind::Consultation, id.0), pair.patient_id, resource)?)
    }

    /// The caller, who is a patient, with what they take.
    pub fn own_medicines(&self) -> Result<AuthorisedRecord, Denied> {
        let patient_id = self.actor.account_id;
        self.record((RecordKind::Medicines, patient_id.0), patient_id, Resource::Own)
    }

    /// The caller, who is an officer, with what a patient takes or has.
    pub async fn opened(
        &self,
        app: &App,
        kind: RecordKind,
        patient_id: AccountId,
    ) -> Result<AuthorisedRecord, ApiError> {
        let grant = app.break_glass.held(&self.actor, patient_id).await?;
        let resource = Resource::Opened(patient_id, grant.ok_or(Denied::Hidden)?);
        Ok(self.record((kind, patient_id.0), patient_id, resource)?)
    }

    /// The caller, who is an officer, with a record of a patient's as it was; nothing without a
    /// grant for the patient.
    pub async fn opened_past(
        &self,
        app: &App,
        record: (RecordKind, Uuid),
        patient_id: AccountId,
    ) -> Result<Option<AuthorisedRecord>, ApiError> {
        let Some(grant) = app.break_glass.held(&self.actor, patient_id).await? else {
            return Ok(None);
        };
        let resource = Resource::Opened(patient_id, grant);
        Ok(Some(self.record(record, patient_id, resource)?))
    }

    /// The caller with the words of a grant: officers see each other's, and patients those that
    /// are about them.
    pub fn grant(
        &self,
        grant_id: GrantId,
        patient_id: AccountId,
    ) -> Result<AuthorisedRecord, Denied> {
        let resource = match self.actor.role {
            Role::Compliance => Resource::Own,
            _ => Resource::Of(patient_id),
        };
        self.record((RecordKind::Grant, grant_id.0), patient_id, resource)
    }

    /// What two people share, or what a grant opens of it.
    async fn shared(&self, app: &App, pair: Participants) -> Result<Resource, ApiError> {
        let grant = app.break_glass.held(&self.actor, pair.patient_id).await?;
        Ok(match grant.filter(|_| policy::needs_grant(self.action)) {
            Some(grant) => Resource::Opened(pair.patient_id, grant),
            None => Resource::Shared(pair),
        })
    }

    fn record(
        &self,
        record: (RecordKind, Uuid),
        patient_id: AccountId,
        resource: Resource,
    ) -> Result<AuthorisedRecord, Denied> {
        policy::authorise_record(&self.actor, self.action, record, patient_id, resource)
    }

    /// The caller with a person whom they may see.
    pub fn person(&self, person: policy::Person) -> Result<(), Denied> {
        policy::decide(&self.actor, self.action, Resource::Person(person)).require()
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
