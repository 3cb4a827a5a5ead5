//! The chapter of appointments.

use super::{admin_id, doctor_id, instant, patient_id, sealed};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::appointment::{Appointment, AppointmentEvent};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Appointment",
        about: "A time that a patient and a doctor agreed on. The first booking also opens the \
                pair's chat room.",
        stream: "the appointment's id",
        sealed_under: "the patient's key",
        fields: &[
            ("patient_id", "Who comes."),
            ("doctor_id", "Who sees them."),
            ("starts_at", "The first instant, in UTC."),
            ("ends_at", "The first instant after it, in UTC."),
            ("zone", "The time zone (IANA name) in which the time was agreed."),
            (
                "reason",
                "Why it was booked, or cancelled, in the words of whoever did. Absent when none \
                 was given.",
            ),
            ("by", "Who did it."),
        ],
    };
    let by = doctor_id();
    Chapter::of::<Appointment>(
        prose,
        vec![
            (
                "A time was agreed.",
                AppointmentEvent::AppointmentBooked {
                    patient_id: patient_id(),
                    doctor_id: doctor_id(),
                    starts_at: instant("2031-05-06T08:30:00Z"),
                    ends_at: instant("2031-05-06T09:00:00Z"),
                    zone: "Europe/Athens".to_owned(),
                    reason: Some(sealed(8)),
                },
            ),
            (
                "Patient or doctor moved it to another time, before the old one began.",
                AppointmentEvent::AppointmentRescheduled {
                    by: patient_id(),
                    starts_at: instant("2031-05-07T10:00:00Z"),
                    ends_at: instant("2031-05-07T10:30:00Z"),
                    zone: "Europe/Athens".to_owned(),
                },
            ),
            (
                "It will not take place.",
                AppointmentEvent::AppointmentCancelled {
                    by: patient_id(),
                    reason: Some(sealed(11)),
                },
            ),
            (
                "Its doctor says that it took place. May follow an \
                 `AppointmentNoShowRecorded`: the patient came late.",
                AppointmentEvent::AppointmentCompleted { by },
            ),
            (
                "Its doctor says that the patient did not come.",
                AppointmentEvent::AppointmentNoShowRecorded { by },
            ),
            (
                "It is hidden from everybody, not erased, and its time is free.",
                AppointmentEvent::AppointmentDeleted { by: admin_id() },
            ),
            (
                "It can be seen again, as it was. If its time could not be had any more, an \
                 `AppointmentCancelled` follows at once.",
                AppointmentEvent::AppointmentRestored { by: admin_id() },
            ),
        ],
    )
}
