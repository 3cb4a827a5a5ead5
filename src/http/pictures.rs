//! Pictures of people.

use super::answer::{Json, NoContent};
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Ids;
use super::openapi::{Input, Operation, Output};
use crate::app::App;
use crate::pictures::UPLOAD_BYTES_MAX;
use crate::policy::Person;
use anamnesis_domain::account::Status;
use anamnesis_domain::{AccountId, Role, RoomId};
use anamnesis_projections::accounts;
use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long an upload may take to arrive.
const UPLOAD_MAX: Duration = Duration::from_secs(20);
/// What keeps a browser from doing anything with a picture but showing it.
const ONLY_SHOWN: &str = "sandbox; default-src 'none'";

/// Where the picture of a person is.
pub(super) fn picture_path(account_id: AccountId) -> String {
    format!("/api/users/{account_id}/picture")
}

/// A body that the handler reads itself.
pub(super) struct Upload(Body);

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        Ok(Self(request.into_body()))
    }
}

impl Input for Upload {
    fn describe(operation: &mut Operation<'_>) {
        operation.takes("image/*", &json!({ "contentMediaType": "image/*" }));
        for status in [
            StatusCode::BAD_REQUEST,
            StatusCode::REQUEST_TIMEOUT,
            StatusCode::PAYLOAD_TOO_LARGE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ] {
            operation.refuses(status);
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PictureLink {
    /// Where the picture is.
    picture: String,
}

/// Gives the caller another picture. What it is is seen by its content, whatever it is called.
pub(super) async fn put_own_picture(
    State(app): State<Arc<App>>,
    caller: Caller,
    Upload(body): Upload,
) -> Result<Json<PictureLink>, ApiError> {
    let _place = app
        .pictures
        .receive()
        .ok_or_else(|| ApiError::unavailable("busy", "too many pictures are on their way"))?;
    let upload = timeout(UPLOAD_MAX, received(body)).await.map_err(|_| {
        ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "body_too_slow",
            "the body did not arrive in time",
        )
    })??;
    let account_id = caller.actor.account_id;
    let account = accounts::account_by_id(&app.pool, account_id).await?;
    let shown = account.and_then(|account| account.picture_id);
    let picture_id = app.pictures.keep(account_id, shown, upload).await?;
    let executed = app.people.change_picture(&caller.request(None), Some(picture_id)).await?;
    app.settle(&executed).await;
    Ok(Json(PictureLink { picture: picture_path(account_id) }))
}

/// The whole body. One that is too large is read to twice the bound before it is refused, as a
/// client that is still sending would not hear the answer.
async fn received(body: Body) -> Result<Vec<u8>, ApiError> {
    let (mut bytes, mut count) = (Vec::new(), 0);
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| {
            ApiError::new(StatusCode::BAD_REQUEST, "body_unreadable", "the body can not be read")
        })?;
        count += chunk.len();
        if count > 2 * UPLOAD_BYTES_MAX {
            break;
        }
        if count > UPLOAD_BYTES_MAX {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if count <= UPLOAD_BYTES_MAX {
        return Ok(bytes);
    }
    Err(ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "picture_too_large",
        "a picture has at most 5 MiB",
    ))
}

/// Takes the caller's picture away.
pub(super) async fn delete_own_picture(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<NoContent, ApiError> {
    let account_id = caller.actor.account_id;
    let account = accounts::account_by_id(&app.pool, account_id).await?;
    if account.is_some_and(|account| account.picture_id.is_some()) {
        let executed = app.people.change_picture(&caller.request(None), None).await?;
        app.settle(&executed).await;
    }
    // Also where none is shown: it may have been taken away before without being removed.
    app.pictures.remove_all(account_id).await?;
    Ok(NoContent)
}

/// A picture, or that the client has it already.
pub(super) enum Shown {
    Known { tag: String },
    Picture { tag: String, jpeg: Vec<u8> },
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let (Self::Known { tag } | Self::Picture { tag, .. }) = &self;
        let cached =
            [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
        let Self::Picture { jpeg, .. } = self else {
            return (StatusCode::NOT_MODIFIED, cached).into_response();
        };
        let safe = [
            (header::CONTENT_TYPE, "image/jpeg"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CONTENT_SECURITY_POLICY, ONLY_SHOWN),
        ];
        (cached, safe, jpeg).into_response()
    }
}

impl Output for Shown {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives(status, "image/jpeg", &json!({ "contentMediaType": "image/jpeg" }));
        operation.gives_nothing(StatusCode::NOT_MODIFIED);
    }
}

/// The picture of somebody whom the caller may see.
pub(super) async fn read_picture(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(account_id): Ids<AccountId>,
    headers: HeaderMap,
) -> Result<Shown, ApiError> {
    let account = accounts::account_by_id(&app.pool, account_id).await?;
    let account = account.ok_or_else(ApiError::not_found)?;
    let pair = pair_with(&app, &caller, account_id).await?;
    let is_listed = account.role == Role::Doctor && account.status == Status::Active;
    caller.person(Person { account_id, is_listed, pair })?;
    let picture_id = account.picture_id.ok_or_else(ApiError::not_found)?;
    // A picture never changes: another one has another id. Permission does, so each use asks.
    let tag = format!("\"{}\"", picture_id.simple());
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
    if known {
        return Ok(Shown::Known { tag });
    }
    let picture = app.pictures.open(account_id, picture_id).await?;
    let mut picture = picture.ok_or_else(ApiError::not_found)?;
    Ok(Shown::Picture { tag, jpeg: std::mem::take(&mut *picture) })
}

/// The two as patient and doctor, where they share a room.
async fn pair_with(
    app: &App,
    caller: &Caller,
    other: AccountId,
) -> Result<Option<anamnesis_domain::chat_room::Participants>, ApiError> {
    let own = caller.actor.account_id;
    let room = match caller.actor.role {
        Role::Patient => RoomId::of_pair(own, other),
        Role::Doctor => RoomId::of_pair(other, own),
        Role::Admin | Role::Compliance => return Ok(None),
    };
    Ok(app.live.rooms().participants(room).await?)
}
