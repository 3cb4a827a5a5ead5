//! The log told again, and taken along: for compliance officers, without content unless they
//! hold a grant.

use super::caller::Caller;
use super::error::ApiError;
use super::extract::Params;
use super::openapi::{Operation, Output};
use super::replay_right::Right;
use crate::app::App;
use crate::live::LiveError;
use crate::replay::{Asked, Closing, Format, Pages, Point, Record, StreamName, Written};
use anamnesis_domain::AccountId;
use anamnesis_domain::session::LookUp;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;

const JSON_LINES: &str = "application/x-ndjson";
const CSV: &str = "text/csv";

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReplayQuery")]
pub(super) struct Replay {
    /// The first event, by its position or by when it was recorded; to go on with a replay that
    /// broke off, one more than the last position that came.
    #[schemars(with = "Option<String>")]
    from: Option<Point>,
    /// The last event, by its position or by when it was recorded; without it, the last there is.
    #[schemars(with = "Option<String>")]
    to: Option<Point>,
    /// Only events of this stream, as TYPE/ID.
    #[schemars(with = "Option<String>")]
    stream: Option<StreamName>,
    /// Only what this account did.
    actor: Option<AccountId>,
    /// Also what people wrote, in the stream of one room, appointment or signed consultation, for
    /// who holds a grant for its patient. Each page of it is recorded as a look.
    #[serde(default)]
    content: bool,
    /// Also a sentence for each event, with the names of today, as in exports.
    #[serde(default)]
    words: bool,
}

/// Replays a range of the log as JSON Lines: an event per line, in order, without what people
/// wrote, unless `content` is asked for. The last line says that it is complete, and how many
/// there were; without it something is missing. Should it break off, a line with `error` says why. Blank lines say nothing but
/// that it goes on. That it was asked for is recorded first.
pub(super) async fn replay_log(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(Replay { from, to, stream, actor, content, words }): Params<Replay>,
) -> Result<Lines, ApiError> {
    let asked = Asked { from, to, stream, actor, patient: None };
    let right =
        if content { Some(Right::hold(&app, &caller, asked.stream.as_ref()).await?) } else { None };
    let way = Way { view: "replay", format: Format::JsonLines, words, right };
    let (_, body) = tell(app, caller, asked, way).await?;
    Ok(Lines(body))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ExportQuery")]
pub(super) struct Export {
    /// JSON Lines, as the replay, or CSV.
    format: Format,
    /// As of the replay.
    #[schemars(with = "Option<String>")]
    from: Option<Point>,
    /// As of the replay.
    #[schemars(with = "Option<String>")]
    to: Option<Point>,
    /// As of the replay.
    #[schemars(with = "Option<String>")]
    stream: Option<StreamName>,
    /// As of the replay.
    actor: Option<AccountId>,
    /// Only what concerns this patient, whoever did it.
    patient: Option<AccountId>,
}

/// The same as a file, in which each event is also told in words, with the names of today. In CSV (RFC 4180), `kind` says what a row is: `event`, or `end` or
/// `error` as the last, with what the line would say as its last cell. A cell that a spreadsheet
/// would take for a formula has an apostrophe in front.
pub(super) async fn export_log(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(Export { format, from, to, stream, actor, patient }): Params<Export>,
) -> Result<File, ApiError> {
    let asked = Asked { from, to, stream, actor, patient };
    let way = Way { view: "export", format, words: true, right: None };
    let (range, body) = tell(app, caller, asked, way).await?;
    let (kind, ending) = match format {
        Format::Csv => (CSV, "csv"),
        Format::JsonLines | Format::Plain => (JSON_LINES, "jsonl"),
    };
    let name = format!("attachment; filename=\"anamnesis-{}-{}.{ending}\"", range.0, range.1);
    Ok(File { kind, name, body })
}

/// How it is told.
struct Way {
    view: &'static str,
    format: Format,
    words: bool,
    right: Option<Right>,
}

/// Settles what is asked for, writes that down, and only then begins to tell it.
async fn tell(
    app: Arc<App>,
    caller: Caller,
    asked: Asked,
    Way { view, format, words, right }: Way,
) -> Result<((u64, u64), Body), ApiError> {
    let permit = Arc::clone(&app.replays).try_acquire_owned().map_err(|_| {
        ApiError::unavailable("too_many_replays", "the log is being replayed to others")
    })?;
    let selection = asked.settle(&*app.log, app.clock.now()).await?;
    let mut filters = selection.filters();
    filters.extend(right.as_ref().map(|_| ("content".to_owned(), "true".to_owned())));
    let look_up = LookUp { view: view.to_owned(), filters };
    let recorded = app.look_ups.record(&caller.request(None), look_up).await?;
    let (log, pool) = (Arc::clone(&app.log), app.pool.clone());
    let pages = match selection.patient {
        None => Pages::start(log, &selection, Some(permit)),
        // What concerns whom is read from the trail, which must have all of it.
        Some(_) if !app.tells(recorded).await => return Err(LiveError::Lagging.into()),
        Some(patient) => Pages::concerning(patient, pool.clone(), log, &selection, Some(permit)),
    };
    let written = Written::new(pages, &selection, format);
    let written = if words { written.in_words(pool) } else { written };
    let written = match &right {
        Some(right) => written.opened(right.opening(&app, &caller)),
        None => written,
    };
    let told = Told { app, caller, written, right, ended: false };
    let pieces = stream::unfold(told, |mut told| async {
        let piece = told.next().await?;
        Some((Ok::<_, Infallible>(piece), told))
    });
    Ok(((selection.from, selection.to), Body::from_stream(pieces)))
}

struct Told {
    app: Arc<App>,
    caller: Caller,
    written: Written,
    right: Option<Right>,
    ended: bool,
}

impl Told {
    /// The next piece; a line that says why, where there can be none.
    async fn next(&mut self) -> Option<Vec<u8>> {
        if self.ended {
            return None;
        }
        let piece = match self.still_may().await {
            Ok(()) => tokio::select! {
                biased;
                () = self.app.stop.cancelled() => Err(stopping()),
                piece = self.written.next() => piece?.map_err(ApiError::from),
            },
            Err(error) => Err(error),
        };
        Some(piece.unwrap_or_else(|error| {
            self.ended = true;
            let json = json!({ "error": error.body(self.caller.request_id) });
            self.written.remark(&json.to_string()).unwrap_or_default()
        }))
    }

    /// A replay can outlast the session in which it was begun, and the grant that it needs.
    async fn still_may(&self) -> Result<(), ApiError> {
        if !self.app.revocations.is_active(self.caller.claims.sid).await? {
            return Err(ApiError::session_revoked());
        }
        match &self.right {
            Some(right) => right.is_held(&self.app, &self.caller).await,
            None => Ok(()),
        }
    }
}

fn stopping() -> ApiError {
    ApiError::unavailable("server_stopping", "the server is stopping: go on from here in a moment")
}

/// JSON Lines that come as they are read.
pub(super) struct Lines(Body);

impl IntoResponse for Lines {
    fn into_response(self) -> Response {
        let headers = [(header::CONTENT_TYPE, JSON_LINES), (header::CACHE_CONTROL, "no-store")];
        (headers, self.0).into_response()
    }
}

impl Output for Lines {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives_lines::<Record<'_>, Closing>(status, JSON_LINES);
        operation.refuses(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// Lines or rows to be kept.
pub(super) struct File {
    kind: &'static str,
    name: String,
    body: Body,
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, self.kind.to_owned()),
            (header::CONTENT_DISPOSITION, self.name),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        (headers, self.body).into_response()
    }
}

impl Output for File {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        Lines::describe(operation, status);
        operation.gives(status, CSV, &json!({ "type": "string" }));
    }
}
