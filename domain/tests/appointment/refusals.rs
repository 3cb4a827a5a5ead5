//! Each refusal once, with the code that clients depend on.

use crate::support::{given, refusals};
use crate::words::{
    Booking, DOCTOR, ORDINARY, STRANGER, beginning, booked, cancel, complete, completed, doctor,
    miss, now, patient, restore, stranger,
};
use anamnesis_domain::appointment::{Appointment, AppointmentError as Error};
use chrono::TimeDelta;

refusals!(Appointment, Error {
    AlreadyBooked "appointment_already_booked":
        booked([]) => Booking { patient: STRANGER, ..ORDINARY };
    InThePast "appointment_in_the_past":
        [] => Booking { ahead: -TimeDelta::hours(1), ..ORDINARY };
    TooFarAway "appointment_too_far_away":
        [] => Booking { ahead: TimeDelta::days(400), ..ORDINARY };
    BadLength "appointment_bad_length":
        [] => Booking { length: TimeDelta::hours(9), ..ORDINARY };
    SamePerson "appointment_same_person":
        [] => Booking { patient: DOCTOR, ..ORDINARY };
    NotFound "appointment_not_found": [] => cancel(patient(), now());
    NotParticipant "appointment_not_participant": booked([]) => cancel(stranger(), now());
    NotItsDoctor "appointment_not_its_doctor": booked([]) => complete(patient(), beginning());
    NotScheduled "appointment_not_scheduled":
        booked([completed()]) => miss(doctor(), beginning());
    HasBegun "appointment_has_begun": booked([]) => cancel(patient(), beginning());
    NotBegun "appointment_not_begun": booked([]) => complete(doctor(), now());
    NotDeleted "appointment_not_deleted": booked([]) => restore();
});
