//! The audit trail for FHIR clients: the same lines as in `trail.rs`, as `AuditEvent`s. Every
//! look at it is in it.

use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Ids, bad_page};
use super::openapi::{Input, Operation, Output};
use crate::app::App;
use crate::audit::{self, Line, LineError, SearchCursor};
use crate::fhir::{self, AuditEvent, BASE, Bundle, MEDIA_TYPE, Recorder, Search};
use crate::live::LiveError;
use anamnesis_domain::session::LookUp;
use anamnesis_projections::trail::{Stretch, TrailFilter, TrailLine, positions_in, search};
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What this server can do, as a FHIR `CapabilityStatement`.
pub(super) async fn read_capabilities() -> Fhir<serde_json::Value> {
    Fhir(fhir::capability_statement())
}

/// The audit trail as FHIR R4 `AuditEvent`s, the latest first. All that is asked for must hold;
/// a parameter that is not known is refused. A page may be short, or empty, and there be more, as
/// long as it has a link to a next one. The search is recorded before it is answered.
pub(super) async fn search_audit_events(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    Parameters(parameters): Parameters,
) -> Result<Fhir<Bundle>, ApiError> {
    let asked = Search::read(&parameters).map_err(|error| not_understood(error.to_string()))?;
    let mut filters = asked.asked();
    let cursors = SearchCursor::of(app.log.epoch(), "fhir_search", &filters);
    let before =
        asked.page().map(|page| cursors.position(page).ok_or_else(bad_page)).transpose()?;
    filters.extend(before.map(|position| ("page".to_owned(), position.to_string())));
    let recorded = record(&app, &caller, "fhir_search", filters).await?;

    let (from, to) = asked.period();
    let found = match positions_in(&app.pool, from, to).await? {
        None => None,
        Some(within) => {
            let newest = before.unwrap_or(u64::MAX).min(recorded);
            let within = Stretch { before: newest.min(within.before), ..within };
            Some(fhir::find(&app.pool, &asked.filters(), within, asked.count()).await?)
        }
    };
    let (lines, next) = found.map_or_else(Default::default, |page| (page.lines, page.next));
    let base = base(&headers);
    let events = told(&app, lines).await?;
    let mut link = vec![page_link("self", &base, &parameters, asked.page())];
    let next = next.map(|position| cursors.at(position));
    link.extend(next.map(|page| page_link("next", &base, &parameters, Some(&page))));
    Ok(Fhir(fhir::searchset(&base, link, events)))
}

/// One event of the trail as a FHIR R4 `AuditEvent`. The look is recorded before it is answered.
pub(super) async fn read_audit_event(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<u64>,
) -> Result<Fhir<AuditEvent>, ApiError> {
    let asked = BTreeMap::from([("position".to_owned(), id.to_string())]);
    let recorded = record(&app, &caller, "fhir_read", asked).await?;
    if id >= recorded {
        return Err(ApiError::not_found());
    }
    let only = Stretch { from: id, before: id + 1 };
    let found = search(&app.pool, &TrailFilter::default(), only, 1).await?;
    let event = told(&app, found.lines).await?.pop();
    event.map(Fhir).ok_or_else(ApiError::not_found)
}

/// Records the look, and waits until the trail has all that happened before it.
async fn record(
    app: &App,
    caller: &Caller,
    view: &str,
    filters: BTreeMap<String, String>,
) -> Result<u64, ApiError> {
    let look_up = LookUp { view: view.to_owned(), filters };
    let recorded = app.look_ups.record(&caller.request(None), look_up).await?;
    if app.tells(recorded).await { Ok(recorded) } else { Err(LiveError::Lagging.into()) }
}

async fn told(app: &App, lines: Vec<TrailLine>) -> Result<Vec<AuditEvent>, ApiError> {
    let recorder = Recorder { site: app.config.hospital.name.clone(), epoch: app.log.epoch() };
    let lines = audit::lines(&app.pool, app.log.as_ref(), lines).await?;
    let told = |Line { line, actor_name, words, recorded }: Line| {
        let event = recorded.event().map_err(|_| LineError::Unreadable(line.position))?;
        Ok(fhir::audit_event(&line, event, (&actor_name, &words), &recorder))
    };
    let events: Result<_, LineError> = lines.into_iter().map(told).collect();
    Ok(events?)
}

fn not_understood(message: String) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "query_invalid", message)
}

/// Where the client sees this API, by what it says itself.
fn base(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = match text("x-forwarded-proto") {
        Some("https") => "https",
        _ => "http",
    };
    match text(header::HOST.as_str()) {
        Some(host) => format!("{scheme}://{host}{BASE}"),
        None => BASE.to_owned(),
    }
}

/// The same search, at this page.
fn page_link(
    relation: &'static str,
    base: &str,
    parameters: &[(String, String)],
    page: Option<&str>,
) -> fhir::Link {
    let kept = parameters.iter().filter(|(name, _)| name != "_page");
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept);
    query.extend_pairs(page.map(|page| ("_page", page)));
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    fhir::Link { relation, url: format!("{base}/AuditEvent{mark}{query}") }
}

/// The parameters of a search as they came: some may come twice.
pub(super) struct Parameters(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let parsed = Query::from_request_parts(parts, state).await;
        let Query(parameters) =
            parsed.map_err(|_| not_understood("the query can not be read".to_owned()))?;
        Ok(Self(parameters))
    }
}

/// The parameters as they are described.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "they are read by `fhir::Search`, this is what it says of them")]
struct Described {
    /// The patient whom it concerns: an id, or `Patient/` and an id.
    patient: Option<String>,
    /// Who did it: an id, or `Patient/`, `Practitioner/` or `Person/` and an id.
    agent: Option<String>,
    /// What it concerns: an id, or `Patient/`, `Person/`, `Communication/` (a conversation),
    /// `Appointment/` or `Composition/` (a consultation) and an id.
    entity: Option<String>,
    /// When: a date or instant as long as it is meant, after `eq` (by default), `ge`, `gt`, `le`
    /// or `lt`. May be there twice.
    date: Option<String>,
    /// `rest`, `110113` (security alert) or `110114` (user authentication), also with the
    /// system; several with commas.
    r#type: Option<String>,
    /// `C`, `R`, `U`, `D` or `E`; several with commas.
    action: Option<String>,
    /// `0`, `4`, `8` or `12`; several with commas.
    outcome: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    #[serde(rename = "_count")]
    count: Option<u32>,
    /// Where the page before ended: part of its link to the next one.
    #[serde(rename = "_page")]
    page: Option<String>,
    /// `json`, in one of its spellings: there is no other.
    #[serde(rename = "_format")]
    format: Option<String>,
}

impl Input for Parameters {
    fn describe(operation: &mut Operation<'_>) {
        operation.query::<Described>();
        operation.refuses(StatusCode::BAD_REQUEST);
    }
}

/// A FHIR resource.
pub(super) struct Fhir<T>(T);

impl<T: Serialize> IntoResponse for Fhir<T> {
    fn into_response(self) -> Response {
        if let Ok(body) = serde_json::to_vec(&self.0) {
            let headers = [(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")];
            return (headers, body).into_response();
        }
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        ApiError::new(status, "internal", "the server failed").into_response()
    }
}

impl<T> Output for Fhir<T> {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives(status, MEDIA_TYPE, &json!({ "type": "object" }));
    }
}
