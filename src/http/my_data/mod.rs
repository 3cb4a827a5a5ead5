//! Everything that is kept about a patient, for the patient to take along.

mod consulted;
mod gather;
mod html;
mod limit;
mod record;
mod section;
mod written;

pub use limit::Downloads;
pub use section::Section;

use super::caller::Caller;
use super::error::ApiError;
use super::extract::Params;
use super::openapi::{Operation, Output};
use crate::app::App;
use crate::live::LiveError;
use anamnesis_domain::session::LookUp;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use gather::{Gathered, Gatherer, too_slow};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::timeout;
use written::{Form, Written};

/// Pages that wait to be written. One more is being read.
const AHEAD_MAX: usize = 1;
/// How long one page may take to be read.
const READ_MAX: Duration = Duration::from_secs(30);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DownloadQuery")]
pub(super) struct Query {
    /// JSON by default, or a page that people can read.
    format: Option<Form>,
}

/// Everything about the caller: their account, doctors, appointments, conversations, signed
/// consultations, corrections, medicines, notices, and who looked at it. It comes as it is read.
/// In JSON the last member, and on the page the last line, says whether it is complete; what has
/// neither was cut. At most two at a time. That it was asked for, and what is read, is recorded
/// first.
pub(super) async fn download_own_data(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(Query { format }): Params<Query>,
) -> Result<OwnData, ApiError> {
    let form = format.unwrap_or_default();
    let owner = caller.actor.account_id;
    let place = app.downloads.begin(owner)?;
    let filters = BTreeMap::from([("patient".to_owned(), owner.to_string())]);
    let look_up = LookUp { view: "my_data".to_owned(), filters };
    let as_of = app.look_ups.record(&caller.request(None), look_up).await?;
    if !(app.shows(as_of).await && app.tells(as_of).await) {
        return Err(LiveError::Lagging.into());
    }
    let made_at = app.clock.now();
    let (to, gathered) = mpsc::channel(AHEAD_MAX);
    let gatherer = Gatherer { app: Arc::clone(&app), caller: caller.clone(), as_of, to };
    tokio::spawn(async move {
        gatherer.run().await;
        drop(place);
    });
    let (written, begun) = Written::begin(form, owner, made_at);
    let told = Told { app, caller, gathered, written, begun: Some(begun), ended: false };
    let pieces = stream::unfold(told, |mut told| async {
        let piece = told.next().await?;
        Some((Ok::<_, Infallible>(piece), told))
    });
    let name = made_at.format("anamnesis-my-data-%Y-%m-%d").to_string();
    Ok(OwnData { form, name, body: Body::from_stream(pieces) })
}

struct Told {
    app: Arc<App>,
    caller: Caller,
    gathered: mpsc::Receiver<Gathered>,
    written: Written,
    begun: Option<String>,
    ended: bool,
}

impl Told {
    async fn next(&mut self) -> Option<String> {
        if let Some(begun) = self.begun.take() {
            return Some(begun);
        }
        if self.ended {
            return None;
        }
        let piece = match self.gathered().await {
            Ok(Some(page)) => return Some(self.written.page(&page)),
            Ok(None) => self.written.end(),
            Err(error) => {
                let error = json!(error.body(self.caller.request_id));
                self.written.fail(&error)
            }
        };
        self.ended = true;
        Some(piece)
    }

    /// A download can outlast the session in which it was begun, and the server.
    async fn gathered(&mut self) -> Gathered {
        if !self.app.revocations.is_active(self.caller.claims.sid).await? {
            return Err(ApiError::session_revoked());
        }
        tokio::select! {
            biased;
            () = self.app.stop.cancelled() => Err(ApiError::unavailable(
                "server_stopping",
                "the server is stopping: try again in a moment",
            )),
            gathered = timeout(READ_MAX, self.gathered.recv()) => {
                gathered.map_err(|_| unread())?.unwrap_or_else(|| Err(too_slow()))
            }
        }
    }
}

fn unread() -> ApiError {
    ApiError::unavailable("unavailable", "the server can not read this at the moment")
}

/// A download that comes as it is read.
pub(super) struct OwnData {
    form: Form,
    name: String,
    body: Body,
}

impl IntoResponse for OwnData {
    fn into_response(self) -> Response {
        let (kind, ending) = match self.form {
            Form::Json => ("application/json", "json"),
            Form::Html => ("text/html; charset=utf-8", "html"),
        };
        let file = format!("attachment; filename=\"{}.{ending}\"", self.name);
        let policy = format!("{}; frame-ancestors 'none'", html::policy());
        let headers = [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, file),
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (header::REFERRER_POLICY, "no-referrer".to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        (headers, self.body).into_response()
    }
}

impl Output for OwnData {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        let records = json!({ "type": "array", "items": { "type": "object" } });
        let mut members = serde_json::Map::new();
        members.insert("about".to_owned(), json!({ "type": "object" }));
        members.extend(Section::ALL.map(|section| (section.name().to_owned(), records.clone())));
        members.insert("counts".to_owned(), json!({ "type": "object" }));
        members.insert("complete".to_owned(), json!({ "type": "boolean" }));
        let required = ["about", "complete"];
        let schema = json!({ "type": "object", "properties": members, "required": required });
        operation.gives(status, "application/json", &schema);
        operation.gives(status, "text/html", &json!({ "type": "string" }));
    }
}
