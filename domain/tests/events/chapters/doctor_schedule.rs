//! The chapter of doctors' schedules.

use super::day;
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleEvent, Span, Weekday, WeeklySpan,
};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Doctor's schedule",
        about: "When a doctor works, by the clocks of the doctor's time zone. Minutes of the day \
                are counted from its midnight: 540 is nine in the morning, 1440 the end of the \
                day.",
        stream: "the doctor's account id",
        sealed_under: "nothing is sealed here",
        fields: &[
            ("zone", "The time zone (IANA name) whose clocks the hours are of."),
            ("slot_minutes", "How long one offered time is."),
            ("week[].weekday", "`monday` to `sunday`."),
            ("week[].from", "The first minute of the day."),
            ("week[].to", "The first minute after."),
            ("date", "The day, by the doctor's calendar."),
            ("spans[].from", "The first minute of the day."),
            ("spans[].to", "The first minute after."),
            ("set_on", "The day on which it was said. Exceptions of earlier days count no more."),
        ],
    };
    let date = day("2031-05-09");
    let morning = WeeklySpan { weekday: Weekday::Tuesday, from: 540, to: 720 };
    let night = WeeklySpan { weekday: Weekday::Friday, from: 1200, to: 1440 };
    Chapter::of::<DoctorSchedule>(
        prose,
        vec![
            (
                "The doctor works at these hours of every week, in place of what was said \
                 before. Exceptions stay.",
                DoctorScheduleEvent::WorkingHoursSet {
                    zone: "Europe/Athens".to_owned(),
                    slot_minutes: 30,
                    week: vec![morning, night],
                },
            ),
            (
                "One day is otherwise than its weekday. No spans at all are a day off.",
                DoctorScheduleEvent::ScheduleExceptionSet {
                    date,
                    spans: vec![Span { from: 600, to: 660 }],
                    set_on: day("2031-05-06"),
                },
            ),
            (
                "The day is like its weekday again.",
                DoctorScheduleEvent::ScheduleExceptionCleared { date },
            ),
        ],
    )
}
