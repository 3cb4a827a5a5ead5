//! Random consultations: whatever a doctor may try, in whatever order.

use super::opener::seal;
use super::world::{World, person};
use anamnesis_domain::consultation::{
    Change, ConsultationCommand as Command, Prescription, SectionChanges,
};
use anamnesis_domain::{AppointmentId, ConsultationId};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

/// One try: of which appointment, what, and a number that the details are made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Consult {
    pub(crate) appointment: u8,
    pub(crate) what: u8,
    pub(crate) detail: u8,
}

pub(crate) fn consulting() -> impl Strategy<Value = Consult> {
    (0..4_u8, 0..16_u8, any::<u8>()).prop_map(|(appointment, what, detail)| Consult {
        appointment,
        what,
        detail,
    })
}

pub(crate) fn appointment_id(number: u8) -> AppointmentId {
    AppointmentId(Uuid::from_u128(0xA990 + u128::from(number)))
}

pub(crate) fn consultation_id(number: u8) -> ConsultationId {
    ConsultationId::of_appointment(appointment_id(number))
}

pub(crate) fn day(number: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 1, 1).unwrap() + Days::new(u64::from(number))
}

pub(crate) fn open(appointment: u8) -> Command {
    let (patient_id, doctor_id) = (person(appointment % 3 * 2), person(1));
    let appointment_id = appointment_id(appointment);
    Command::OpenConsultation { appointment_id, patient_id, doctor_id, by: doctor_id }
}

/// A prescription of this number, that ends on this day.
pub(crate) fn prescription(number: u8, ends_on: Option<NaiveDate>) -> Prescription {
    let content = seal(&format!("drug {number}"));
    Prescription { id: Uuid::from_u128(0xD906 + u128::from(number)), ends_on, content }
}

pub(crate) async fn consult(world: &mut World, what: Consult) {
    let by = person(1);
    let Consult { appointment, what, detail } = what;
    let command = match what {
        0..=3 => open(appointment),
        4 | 5 => Command::SaveDraft { by, changes: changes(detail) },
        6 | 7 => Command::SignConsultation { by },
        8 => {
            let reason = seal(&format!("because {detail}"));
            Command::AmendConsultation { by, changes: changes(detail), reason }
        }
        9 => Command::RemindOfReview { on: day(detail % 4) },
        10 => Command::DeleteConsultation { by },
        11 | 12 => {
            let by = person(appointment % 3 * 2);
            Command::RequestCorrection { by, text: seal(&format!("wrong {detail}")) }
        }
        13 => {
            let (number, reason) = (u32::from(detail % 4), seal("as you say"));
            Command::AcceptCorrection { by, number, changes: changes(detail), reason }
        }
        14 => {
            let (number, statement) = (u32::from(detail % 4), seal("it is so"));
            Command::DeclineCorrection { by, number, statement }
        }
        _ => Command::RestoreConsultation { by: person(99) },
    };
    world.consultation(consultation_id(appointment), command).await;
}

fn changes(detail: u8) -> SectionChanges {
    let words = |bit: u8| match (detail & bit != 0, detail & 1 != 0) {
        (false, _) => Change::Unchanged,
        (true, true) => Change::Set(seal(&format!("words {detail}"))),
        (true, false) => Change::Cleared,
    };
    let list = |ends: u8| (0..ends).map(|one| prescription(one, Some(day(one + ends)))).collect();
    SectionChanges {
        medical_history: words(2),
        treatment_plan: words(4),
        prescriptions: (detail & 8 != 0).then(|| list(detail % 3)),
        review_on: if detail & 16 != 0 { Change::Set(day(detail % 4)) } else { Change::Unchanged },
        ..SectionChanges::default()
    }
}
