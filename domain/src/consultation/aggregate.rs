//! The rules of a consultation.

use super::{
    Change, ConsultationCommand as Command, ConsultationError as Error, ConsultationEvent as Event,
    PRESCRIPTIONS_MAX, Section, SectionChanges, corrections::Corrections,
};
use crate::{AccountId, AppointmentId, Root, Sealed, record};
use chrono::NaiveDate;
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Whose consultation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// The appointment that it is the record of.
    pub appointment_id: AppointmentId,
    /// The patient.
    pub patient_id: AccountId,
    /// The doctor.
    pub doctor_id: AccountId,
}

/// A consultation's state: what is there, never what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    parties: Option<Parties>,
    signed: bool,
    deleted: bool,
    filled: BTreeSet<Section>,
    prescriptions: BTreeSet<Uuid>,
    review_on: Option<NaiveDate>,
    /// The days of which the doctor was reminded, so that it is not done twice.
    reminded: BTreeSet<NaiveDate>,
    corrections: Corrections,
    /// How many events there were, which is the sequence of the last one.
    version: u64,
}

impl Root for Consultation {
    const STATE_VERSION: i32 = 2;
}

impl Aggregate for Consultation {
    const TYPE: &'static str = "consultation";
    type Command = Command;
    type Event = Event;
    type Error = Error;
    type Services = ();

    async fn handle(
        &mut self,
        command: Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Error> {
        let events = self.decide(command)?;
        record(self, events, sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        self.version += 1;
        match event {
            Event::ConsultationOpened { appointment_id, patient_id, doctor_id } => {
                self.parties = Some(Parties { appointment_id, patient_id, doctor_id });
            }
            Event::DraftSaved { changes } | Event::ConsultationAmended { changes, .. } => {
                self.note(&changes);
            }
            Event::ConsultationSigned { .. } => self.signed = true,
            Event::ReviewDue { on } => {
                self.reminded.insert(on);
            }
            Event::CorrectionRequested { number, .. } => self.corrections.note_request(number),
            Event::CorrectionAccepted { number, .. } | Event::CorrectionDeclined { number, .. } => {
                self.corrections.note_answer(number);
            }
            Event::ConsultationDeleted { .. } => self.deleted = true,
            Event::ConsultationRestored { .. } => self.deleted = false,
        }
    }
}

impl Consultation {
    /// Whose it is, also when it is deleted; `None` when it was never opened.
    #[must_use]
    pub fn parties(&self) -> Option<Parties> {
        self.parties
    }

    /// Whether its doctor stands by it.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signed
    }

    /// Whether it is hidden from everybody.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.deleted
    }

    /// The day on which the patient is to be looked at again.
    #[must_use]
    pub fn review_on(&self) -> Option<NaiveDate> {
        self.review_on
    }

    /// The prescriptions that stand in it now.
    #[must_use]
    pub fn prescriptions(&self) -> &BTreeSet<Uuid> {
        &self.prescriptions
    }

    /// The parts that have words in them now.
    #[must_use]
    pub fn filled(&self) -> &BTreeSet<Section> {
        &self.filled
    }

    /// At most one event follows from a command, but for an accepted correction, which is amended
    /// in the same step. None means that it was already so.
    fn decide(&self, command: Command) -> Result<Vec<Event>, Error> {
        let event = match command {
            Command::OpenConsultation { appointment_id, patient_id, doctor_id, by } => {
                self.open(Parties { appointment_id, patient_id, doctor_id }, by)?
            }
            Command::SaveDraft { by, changes } => {
                self.require_doctor(by)?;
                if self.signed {
                    return Err(Error::Signed);
                }
                require_sound(&changes)?;
                Some(Event::DraftSaved { changes })
            }
            Command::SignConsultation { by } => {
                self.require_doctor(by)?;
                if self.is_empty() && !self.signed {
                    return Err(Error::Empty);
                }
                (!self.signed).then_some(Event::ConsultationSigned { by })
            }
            Command::AmendConsultation { by, changes, reason } => {
                Some(self.amend(by, changes, reason)?)
            }
            Command::RequestCorrection { by, text } => {
                self.require_patient(by)?;
                let number = self.corrections.next()?;
                Some(Event::CorrectionRequested { number, by, text })
            }
            Command::AcceptCorrection { by, number, changes, reason } => {
                self.require_doctor(by)?;
                self.corrections.require_waiting(number)?;
                let amended = self.amend(by, changes, reason)?;
                let amendment = self.version + 1;
                return Ok(vec![amended, Event::CorrectionAccepted { number, by, amendment }]);
            }
            Command::DeclineCorrection { by, number, statement } => {
                self.require_doctor(by)?;
                self.corrections.require_waiting(number)?;
                Some(Event::CorrectionDeclined { number, by, statement })
            }
            Command::RemindOfReview { on } => {
                self.is_due_for(on).then_some(Event::ReviewDue { on })
            }
            Command::DeleteConsultation { by } => {
                self.parties.ok_or(Error::NotFound)?;
                (!self.deleted).then_some(Event::ConsultationDeleted { by })
            }
            Command::RestoreConsultation { by } => {
                self.parties.ok_or(Error::NotFound)?;
                if !self.deleted {
                    return Err(Error::NotDeleted);
                }
                Some(Event::ConsultationRestored { by })
            }
        };
        Ok(event.into_iter().collect())
    }

    fn amend(
        &self,
        by: AccountId,
        changes: SectionChanges,
        reason: Sealed,
    ) -> Result<Event, Error> {
        self.require_doctor(by)?;
        if !self.signed {
            return Err(Error::NotSigned);
        }
        require_sound(&changes)?;
        Ok(Event::ConsultationAmended { by, changes, reason })
    }

    fn open(&self, parties: Parties, by: AccountId) -> Result<Option<Event>, Error> {
        if self.deleted {
            return Err(Error::NotFound);
        }
        if by != parties.doctor_id {
            return Err(Error::NotItsDoctor);
        }
        let Parties { appointment_id, patient_id, doctor_id } = parties;
        match self.parties {
            None => Ok(Some(Event::ConsultationOpened { appointment_id, patient_id, doctor_id })),
            Some(before) if before == parties => Ok(None),
            Some(_) => Err(Error::AlreadyOpened),
        }
    }

    fn note(&mut self, changes: &SectionChanges) {
        for (section, change) in changes.sections() {
            match change {
                Change::Unchanged => {}
                Change::Cleared => {
                    self.filled.remove(&section);
                }
                Change::Set(_) => {
                    self.filled.insert(section);
                }
            }
        }
        if let Some(list) = &changes.prescriptions {
            self.prescriptions = list.iter().map(|prescription| prescription.id).collect();
        }
        match changes.review_on {
            Change::Unchanged => {}
            Change::Cleared => self.review_on = None,
            Change::Set(day) => self.review_on = Some(day),
        }
    }

    fn is_empty(&self) -> bool {
        self.filled.is_empty() && self.prescriptions.is_empty() && self.review_on.is_none()
    }

    fn is_due_for(&self, on: NaiveDate) -> bool {
        let stands = self.signed && !self.deleted;
        stands && self.review_on == Some(on) && !self.reminded.contains(&on)
    }

    fn require_doctor(&self, by: AccountId) -> Result<(), Error> {
        let parties = self.parties.filter(|_| !self.deleted).ok_or(Error::NotFound)?;
        if by == parties.doctor_id { Ok(()) } else { Err(Error::NotItsDoctor) }
    }

    /// A patient knows of what is signed.
    fn require_patient(&self, by: AccountId) -> Result<(), Error> {
        let known = self.parties.filter(|_| self.signed && !self.deleted);
        let parties = known.ok_or(Error::NotFound)?;
        if by == parties.patient_id { Ok(()) } else { Err(Error::NotItsPatient) }
    }
}

fn require_sound(changes: &SectionChanges) -> Result<(), Error> {
    if changes.is_empty() {
        return Err(Error::NothingToChange);
    }
    let list = changes.prescriptions.as_deref().unwrap_or_default();
    if list.len() > PRESCRIPTIONS_MAX {
        return Err(Error::TooManyPrescriptions);
    }
    let mut ids = BTreeSet::new();
    if !list.iter().all(|prescription| ids.insert(prescription.id)) {
        return Err(Error::PrescriptionTwice);
    }
    Ok(())
}
