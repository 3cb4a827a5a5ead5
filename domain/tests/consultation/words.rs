//! The words that the tests of consultations are written in.

use crate::support::account;
use anamnesis_domain::consultation::{
    Change, ConsultationCommand as Command, ConsultationEvent as Event, Prescription,
    SectionChanges,
};
use anamnesis_domain::{AccountId, AppointmentId, Sealed};
use chrono::NaiveDate;
use uuid::Uuid;

pub(crate) fn patient() -> AccountId {
    account(1)
}

pub(crate) fn doctor() -> AccountId {
    account(2)
}

pub(crate) fn stranger() -> AccountId {
    account(3)
}

pub(crate) fn admin() -> AccountId {
    account(9)
}

pub(crate) fn sealed(text: &str) -> Sealed {
    Sealed(format!("s1.k1.{text}"))
}

pub(crate) fn day(of_may: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2031, 5, of_may).expect("a day")
}

fn appointment() -> AppointmentId {
    AppointmentId(Uuid::from_u128(10))
}

pub(crate) fn open(by: AccountId) -> Command {
    Command::OpenConsultation {
        appointment_id: appointment(),
        patient_id: patient(),
        doctor_id: doctor(),
        by,
    }
}

pub(crate) fn opened() -> Event {
    Event::ConsultationOpened {
        appointment_id: appointment(),
        patient_id: patient(),
        doctor_id: doctor(),
    }
}

/// The patient's story, and nothing else.
pub(crate) fn history() -> SectionChanges {
    SectionChanges { medical_history: Change::Set(sealed("history")), ..SectionChanges::default() }
}

pub(crate) fn review(on: Change<NaiveDate>) -> SectionChanges {
    SectionChanges { review_on: on, ..SectionChanges::default() }
}

pub(crate) fn prescription(number: u128) -> Prescription {
    let content = sealed("drug");
    Prescription { id: Uuid::from_u128(number), ends_on: Some(day(30)), content }
}

pub(crate) fn prescriptions(numbers: impl IntoIterator<Item = u128>) -> SectionChanges {
    let list = numbers.into_iter().map(prescription).collect();
    SectionChanges { prescriptions: Some(list), ..SectionChanges::default() }
}

pub(crate) fn save(changes: SectionChanges) -> Command {
    Command::SaveDraft { by: doctor(), changes }
}

pub(crate) fn saved(changes: SectionChanges) -> Event {
    Event::DraftSaved { changes }
}

pub(crate) fn sign() -> Command {
    Command::SignConsultation { by: doctor() }
}

pub(crate) fn amend(changes: SectionChanges) -> Command {
    Command::AmendConsultation { by: doctor(), changes, reason: sealed("why") }
}

pub(crate) fn amended(changes: SectionChanges) -> Event {
    Event::ConsultationAmended { by: doctor(), changes, reason: sealed("why") }
}

pub(crate) fn request() -> Command {
    Command::RequestCorrection { by: patient(), text: sealed("wrong") }
}

/// A signed consultation with so many requests for corrections.
pub(crate) fn requested(many: u32) -> Vec<Event> {
    let ask = |number| Event::CorrectionRequested { number, by: patient(), text: sealed("wrong") };
    signed([history()]).into_iter().chain((1..=many).map(ask)).collect()
}

pub(crate) fn accept(number: u32, changes: SectionChanges) -> Command {
    Command::AcceptCorrection { by: doctor(), number, changes, reason: sealed("why") }
}

pub(crate) fn decline(number: u32) -> Command {
    Command::DeclineCorrection { by: doctor(), number, statement: sealed("no") }
}

pub(crate) fn declined(number: u32) -> Event {
    Event::CorrectionDeclined { number, by: doctor(), statement: sealed("no") }
}

pub(crate) fn remind(on: NaiveDate) -> Command {
    Command::RemindOfReview { on }
}

pub(crate) fn delete() -> Command {
    Command::DeleteConsultation { by: admin() }
}

pub(crate) fn deleted() -> Event {
    Event::ConsultationDeleted { by: admin() }
}

pub(crate) fn restore() -> Command {
    Command::RestoreConsultation { by: admin() }
}

pub(crate) fn restored() -> Event {
    Event::ConsultationRestored { by: admin() }
}

/// A consultation in which this was written.
pub(crate) fn draft(changes: impl IntoIterator<Item = SectionChanges>) -> Vec<Event> {
    std::iter::once(opened()).chain(changes.into_iter().map(saved)).collect()
}

/// The same, signed.
pub(crate) fn signed(changes: impl IntoIterator<Item = SectionChanges>) -> Vec<Event> {
    with(draft(changes), Event::ConsultationSigned { by: doctor() })
}

pub(crate) fn with(mut history: Vec<Event>, event: Event) -> Vec<Event> {
    history.push(event);
    history
}
