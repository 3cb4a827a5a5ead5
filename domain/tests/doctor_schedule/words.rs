//! The words that the tests of schedules are written in.

use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleCommand as Command, DoctorScheduleEvent as Event, Span, Weekday,
    WeeklySpan,
};
use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::Aggregate;

pub(crate) const MONDAY: Weekday = Weekday::Monday;
pub(crate) const TUESDAY: Weekday = Weekday::Tuesday;
pub(crate) const SUNDAY: Weekday = Weekday::Sunday;

/// A span in hours of the day.
pub(crate) fn hours(from: u16, to: u16) -> Span {
    Span { from: from * 60, to: to * 60 }
}

pub(crate) fn on(weekday: Weekday, Span { from, to }: Span) -> WeeklySpan {
    WeeklySpan { weekday, from, to }
}

pub(crate) fn every_day(span: Span) -> Vec<WeeklySpan> {
    Weekday::ALL.map(|weekday| on(weekday, span)).to_vec()
}

/// Mondays from nine to twelve, and Tuesdays from one to five.
pub(crate) fn ordinary() -> Vec<WeeklySpan> {
    vec![on(MONDAY, hours(9, 12)), on(TUESDAY, hours(13, 17))]
}

pub(crate) fn set(zone: &str, slot_minutes: u16, week: Vec<WeeklySpan>) -> Command {
    Command::SetWorkingHours { zone: zone.to_owned(), slot_minutes, week }
}

pub(crate) fn was_set(zone: &str, slot_minutes: u16, week: Vec<WeeklySpan>) -> Event {
    Event::WorkingHoursSet { zone: zone.to_owned(), slot_minutes, week }
}

/// The ordinary week, in Athens, by the half hour.
pub(crate) fn athens() -> Event {
    was_set("Europe/Athens", 30, ordinary())
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// The day on which exceptions are said here, a Tuesday.
pub(crate) fn today() -> NaiveDate {
    date("2031-05-06")
}

pub(crate) fn except(on: &str, spans: Vec<Span>) -> Command {
    Command::SetException { date: date(on), spans, today: today() }
}

pub(crate) fn excepted(on: &str, spans: Vec<Span>) -> Event {
    Event::ScheduleExceptionSet { date: date(on), spans, set_on: today() }
}

pub(crate) fn clear(on: &str) -> Command {
    Command::ClearException { date: date(on) }
}

pub(crate) fn cleared(on: &str) -> Event {
    Event::ScheduleExceptionCleared { date: date(on) }
}

pub(crate) fn check(starts_at: &str, ends_at: &str) -> Command {
    Command::CheckTime { starts_at: at(starts_at), ends_at: at(ends_at) }
}

/// The schedule that these events lead to.
pub(crate) fn schedule(history: impl IntoIterator<Item = Event>) -> DoctorSchedule {
    let mut schedule = DoctorSchedule::default();
    for event in history {
        schedule.apply(event);
    }
    schedule
}
