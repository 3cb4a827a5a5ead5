//! The chapters of the catalogue, in the order in which a patient meets them.

mod access_grant;
mod account;
mod appointment;
mod audit_desk;
mod chat_room;
mod consultation;
mod crypto_key;
mod doctor_day;
mod doctor_schedule;
mod inbox;
mod login_name;
mod session;
mod sign_in;

use crate::catalogue::Chapter;
use anamnesis_domain::{AccountId, AppointmentId, GrantId, Sealed};
use chrono::{DateTime, NaiveDate, Utc};

/// All of them.
pub(crate) fn chapters() -> Vec<Chapter> {
    vec![
        account::chapter(),
        login_name::chapter(),
        doctor_schedule::chapter(),
        appointment::chapter(),
        doctor_day::chapter(),
        chat_room::chapter(),
        consultation::chapter(),
        inbox::chapter(),
        session::chapter(),
        sign_in::chapter(),
        crypto_key::chapter(),
        access_grant::chapter(),
        audit_desk::chapter(),
    ]
}

fn patient_id() -> AccountId {
    "0197c0de-0000-7000-8000-000000000001".parse().expect("an id")
}

fn doctor_id() -> AccountId {
    "0197c0de-0000-7000-8000-000000000002".parse().expect("an id")
}

fn admin_id() -> AccountId {
    "0197c0de-0000-7000-8000-000000000003".parse().expect("an id")
}

fn officer_id() -> AccountId {
    "0197c0de-0000-7000-8000-000000000004".parse().expect("an id")
}

fn grant_id() -> GrantId {
    "0197c0de-0000-7000-8000-00000000000d".parse().expect("an id")
}

fn appointment_id() -> AppointmentId {
    "0197c0de-0000-7000-8000-00000000000a".parse().expect("an id")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Sealed content; the number tells the examples apart.
fn sealed(number: u8) -> Sealed {
    Sealed(format!("s1.0197c0de-0000-7000-8000-0000000000ff.q83vEjRWeJCrze8SNFZ4{number:02}"))
}
