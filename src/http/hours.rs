//! When a doctor works, and on which days it is otherwise.

use super::answer::NoContent;
use super::caller::Caller;
use super::error::ApiError;
use super::etag::{IfMatch, Versioned};
use super::extract::{Body, Ids};
use super::time_of_day::TimeOfDay;
use crate::app::App;
use crate::commands::schedule::Say;
use anamnesis_domain::AccountId;
use anamnesis_domain::doctor_schedule::{Hours, Span, Weekday, WeeklySpan};
use anamnesis_projections::schedules::{Schedule, schedule};
use axum::extract::State;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WorkingHours")]
pub(super) struct HoursView {
    /// Whether the doctor ever said when they work; nobody can book them before.
    hours_set: bool,
    zone: Option<String>,
    slot_minutes: Option<u16>,
    week: Vec<WeeklyPart>,
    exceptions: Vec<ExceptionView>,
}

#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WeeklySpan")]
struct WeeklyPart {
    weekday: Weekday,
    #[schemars(example = &"09:00")]
    from: TimeOfDay,
    #[schemars(example = &"12:30")]
    to: TimeOfDay,
}

#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DaySpan")]
struct Part {
    #[schemars(example = &"09:00")]
    from: TimeOfDay,
    #[schemars(example = &"12:30")]
    to: TimeOfDay,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WorkingException")]
struct ExceptionView {
    date: NaiveDate,
    spans: Vec<Part>,
}

impl HoursView {
    fn of(Schedule { state, .. }: &Schedule) -> Self {
        let hours = state.hours();
        let exceptions = state.exceptions().iter();
        Self {
            hours_set: hours.is_some(),
            zone: hours.map(|hours| hours.zone.clone()),
            slot_minutes: hours.map(|hours| hours.slot_minutes),
            week: hours.map(week_of).unwrap_or_default(),
            exceptions: exceptions
                .map(|(date, spans)| ExceptionView {
                    date: *date,
                    spans: spans.iter().copied().map(part_of).collect(),
                })
                .collect(),
        }
    }
}

fn week_of(hours: &Hours) -> Vec<WeeklyPart> {
    let part = |span: &WeeklySpan| WeeklyPart {
        weekday: span.weekday,
        from: TimeOfDay(span.from),
        to: TimeOfDay(span.to),
    };
    hours.week.iter().map(part).collect()
}

fn part_of(span: Span) -> Part {
    Part { from: TimeOfDay(span.from), to: TimeOfDay(span.to) }
}

/// A doctor's working hours and the exceptions from them.
pub(super) async fn read_hours(
    State(app): State<Arc<App>>,
    Ids(doctor_id): Ids<AccountId>,
) -> Result<Versioned<HoursView>, ApiError> {
    app.doctor(doctor_id).await?;
    shown(&app, doctor_id).await
}

async fn shown(app: &App, doctor_id: AccountId) -> Result<Versioned<HoursView>, ApiError> {
    let found = schedule(&app.pool, doctor_id).await?;
    Ok(Versioned(found.version, HoursView::of(&found)))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewWorkingHours")]
pub(super) struct NewHours {
    /// IANA zone in which the times of day are meant.
    #[schemars(example = &"Europe/Berlin")]
    zone: String,
    #[schemars(example = 30)]
    slot_minutes: u16,
    week: Vec<WeeklyPart>,
}

/// Says when the doctor works, in place of what was said before. Exceptions stay, and so do
/// appointments.
pub(super) async fn set_hours(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(doctor_id): Ids<AccountId>,
    IfMatch(version): IfMatch,
    Body(NewHours { zone, slot_minutes, week }): Body<NewHours>,
) -> Result<Versioned<HoursView>, ApiError> {
    let span =
        |part: WeeklyPart| WeeklySpan { weekday: part.weekday, from: part.from.0, to: part.to.0 };
    let week = week.into_iter().map(span).collect();
    say(&app, &caller, doctor_id, Say::Hours { zone, slot_minutes, week }, version).await?;
    shown(&app, doctor_id).await
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewWorkingException")]
pub(super) struct NewException {
    /// When the doctor works on that day; none at all is a day off.
    spans: Vec<Part>,
}

/// Says that a day is otherwise than its weekday.
pub(super) async fn set_exception(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((doctor_id, date)): Ids<(AccountId, NaiveDate)>,
    IfMatch(version): IfMatch,
    Body(NewException { spans }): Body<NewException>,
) -> Result<Versioned<HoursView>, ApiError> {
    let span = |part: Part| Span { from: part.from.0, to: part.to.0 };
    let spans = spans.into_iter().map(span).collect();
    say(&app, &caller, doctor_id, Say::Exception { date, spans }, version).await?;
    shown(&app, doctor_id).await
}

/// Says that a day is like its weekday again.
pub(super) async fn clear_exception(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((doctor_id, date)): Ids<(AccountId, NaiveDate)>,
    IfMatch(version): IfMatch,
) -> Result<NoContent, ApiError> {
    say(&app, &caller, doctor_id, Say::AsUsual { date }, version).await?;
    Ok(NoContent)
}

async fn say(
    app: &App,
    caller: &Caller,
    doctor_id: AccountId,
    say: Say,
    version: Option<u64>,
) -> Result<(), ApiError> {
    let executed = app.schedules.say(&caller.request(None), doctor_id, say, version).await?;
    app.settle(&executed).await;
    Ok(())
}
