//! Each refusal once, with the code that clients depend on.

use crate::support::{given, refusals};
use crate::words::{
    MONDAY, athens, check, date, except, excepted, hours, on, ordinary, set, today,
};
use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleError as Error, DoctorScheduleEvent as Event, EXCEPTIONS_MAX,
    Span,
};

/// As many exceptions as are kept, from today on.
fn many() -> Vec<Event> {
    let days = today().iter_days().take(EXCEPTIONS_MAX);
    let off = |date| Event::ScheduleExceptionSet { date, spans: vec![], set_on: today() };
    std::iter::once(athens()).chain(days.map(off)).collect()
}

refusals!(DoctorSchedule, Error {
    HoursNotSet "doctor_hours_not_set":
        [] => check("2031-05-06T10:00:00Z", "2031-05-06T10:30:00Z");
    OutsideHours "outside_working_hours":
        [athens()] => check("2031-05-07T10:00:00Z", "2031-05-07T10:30:00Z");
    UnknownZone "schedule_zone_unknown": [] => set("Europe/Atlantis", 30, ordinary());
    BadSlotLength "schedule_bad_slot_length": [] => set("Europe/Athens", 4, ordinary());
    BadSpan "schedule_bad_span": [] => set("Europe/Athens", 30, vec![on(MONDAY, hours(12, 9))]);
    SpansOverlap "schedule_spans_overlap": [] =>
        set("Europe/Athens", 30, vec![on(MONDAY, hours(9, 12)), on(MONDAY, hours(11, 13))]);
    TooManySpans "schedule_too_many_spans":
        [] => set("Europe/Athens", 30, (0..9).map(|hour| on(MONDAY, hours(hour, hour + 1))).collect());
    ExceptionInThePast "schedule_exception_in_the_past":
        [athens()] => except("2031-05-05", vec![]);
    TooManyExceptions "schedule_too_many_exceptions": many() => except("2033-01-01", vec![]);
});

#[test]
fn the_last_exception_that_is_kept_can_be_set_and_each_be_changed() {
    let mut history = many();
    let last = history.pop().expect("the last");
    let Event::ScheduleExceptionSet { date: day, .. } = last else { unreachable!("an exception") };
    given::<DoctorSchedule>(history)
        .when(except(&day.to_string(), vec![]))
        .then(excepted(&day.to_string(), vec![]));
    let otherwise = vec![Span { from: 60, to: 90 }];
    given::<DoctorSchedule>(many())
        .when(except(&day.to_string(), otherwise.clone()))
        .then(excepted(&day.to_string(), otherwise));
}

#[test]
fn days_that_are_over_make_room_for_new_ones() {
    use anamnesis_domain::doctor_schedule::DoctorScheduleCommand as Command;
    let tomorrow = today().succ_opt().expect("a day");
    let new = date("2033-01-01");
    given::<DoctorSchedule>(many())
        .when(Command::SetException { date: new, spans: vec![], today: tomorrow })
        .then(Event::ScheduleExceptionSet { date: new, spans: vec![], set_on: tomorrow });
}
