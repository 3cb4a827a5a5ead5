//! The chapter of doctors' days.

use super::{appointment_id, instant};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::doctor_day::{DoctorDay, DoctorDayEvent};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Doctor's day",
        about: "Which times of one doctor's day (in UTC) are taken. It makes sure that a doctor \
                never has two appointments at the same time. A time across midnight stands in \
                both days.",
        stream: "the doctor's account id and the date: `<doctor>:<year>-<month>-<day>`",
        sealed_under: "nothing is sealed here",
        fields: &[
            ("appointment_id", "The appointment that has the time."),
            ("starts_at", "The first instant, in UTC."),
            ("ends_at", "The first instant after it, in UTC."),
        ],
    };
    let appointment_id = appointment_id();
    Chapter::of::<DoctorDay>(
        prose,
        vec![
            (
                "The time belongs to this appointment. If it had another time on this day, that one \
             is free again.",
                DoctorDayEvent::TimeTaken {
                    appointment_id,
                    starts_at: instant("2031-05-06T08:30:00Z"),
                    ends_at: instant("2031-05-06T09:00:00Z"),
                },
            ),
            ("The appointment's time is free again.", DoctorDayEvent::TimeFreed { appointment_id }),
        ],
    )
}
