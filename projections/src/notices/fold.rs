//! A batch folded in memory: who is told what.

use crate::log::RecordedEvent;
use crate::number::bigint;
use crate::projection::{ApplyError, content};
use anamnesis_domain::access_grant::AccessGrantEvent;
use anamnesis_domain::account::AccountEvent;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::consultation::ConsultationEvent;
use anamnesis_domain::inbox::InboxEvent;
use anamnesis_domain::{AccountId, Event};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

use super::ADMINISTRATORS;

/// A notice to be written.
pub(super) struct Made {
    pub(super) account_id: Uuid,
    pub(super) position: i64,
    pub(super) kind: &'static str,
    pub(super) at: DateTime<Utc>,
    pub(super) about: Uuid,
    pub(super) from_id: Option<Uuid>,
}

/// What notices are about.
#[derive(Clone, Copy, Default)]
pub(super) struct Subject {
    pub(super) patient_id: Option<Uuid>,
    pub(super) doctor_id: Option<Uuid>,
    pub(super) hidden: bool,
}

/// All that a batch comes to.
#[derive(Default)]
pub(super) struct Fold {
    pub(super) made: Vec<Made>,
    /// Those of the batch, as they are after it.
    pub(super) subjects: HashMap<Uuid, Subject>,
    /// Account → how far it has seen.
    pub(super) seen: HashMap<Uuid, i64>,
}

/// What an event is about: its stream's id.
pub(super) fn about(recorded: &RecordedEvent) -> Result<Uuid, ApplyError> {
    Uuid::parse_str(&recorded.stream.aggregate_id)
        .map_err(|_| ApplyError::Misfit("the stream's id is no id"))
}

impl Fold {
    /// `subjects` has those that the batch is about and that exist.
    pub(super) fn of<'e>(
        events: impl Iterator<Item = &'e RecordedEvent>,
        subjects: HashMap<Uuid, Subject>,
    ) -> Result<Self, ApplyError> {
        let mut fold = Self { subjects, ..Self::default() };
        for recorded in events {
            let about = about(recorded)?;
            match content(recorded)? {
                Event::Appointment(event) => fold.appointment(recorded, about, event)?,
                Event::Consultation(event) => fold.consultation(recorded, about, event)?,
                Event::Account(event) => fold.account(recorded, about, event),
                Event::Inbox(InboxEvent::NoticesSeen { through }) => {
                    fold.seen.insert(about, bigint(*through));
                }
                Event::AccessGrant(event) => fold.grant(recorded, about, event),
                _ => return Err(ApplyError::Misfit("not an event that notices are made of")),
            }
        }
        Ok(fold)
    }

    fn appointment(
        &mut self,
        recorded: &RecordedEvent,
        about: Uuid,
        event: &AppointmentEvent,
    ) -> Result<(), ApplyError> {
        use AppointmentEvent as E;
        match event {
            E::AppointmentBooked { patient_id, doctor_id, .. } => {
                self.begin(about, *patient_id, *doctor_id);
                self.tell_other(recorded, about, *patient_id, "appointment_booked")
            }
            E::AppointmentRescheduled { by, .. } => {
                self.tell_other(recorded, about, *by, "appointment_rescheduled")
            }
            E::AppointmentCancelled { by, .. } => {
                self.tell_other(recorded, about, *by, "appointment_cancelled")
            }
            E::AppointmentNoShowRecorded { by } => {
                self.tell_other(recorded, about, *by, "appointment_no_show")
            }
            // It was there: the consultation says what came of it.
            E::AppointmentCompleted { .. } => Ok(()),
            E::AppointmentDeleted { .. } => self.hide(about, true),
            E::AppointmentRestored { .. } => self.hide(about, false),
        }
    }

    fn consultation(
        &mut self,
        recorded: &RecordedEvent,
        about: Uuid,
        event: &ConsultationEvent,
    ) -> Result<(), ApplyError> {
        use ConsultationEvent as E;
        match event {
            E::ConsultationOpened { patient_id, doctor_id, .. } => {
                self.begin(about, *patient_id, *doctor_id);
                Ok(())
            }
            E::DraftSaved { .. } => Ok(()),
            E::ConsultationSigned { by } => {
                self.tell_other(recorded, about, *by, "consultation_signed")
            }
            E::ConsultationAmended { by, .. } => {
                self.tell_other(recorded, about, *by, "consultation_amended")
            }
            E::ReviewDue { .. } => {
                let subject = self.subject(about)?;
                for person in [subject.patient_id, subject.doctor_id].into_iter().flatten() {
                    self.tell(recorded, about, person, None, "review_due");
                }
                Ok(())
            }
            E::ConsultationDeleted { .. } => self.hide(about, true),
            E::ConsultationRestored { .. } => self.hide(about, false),
        }
    }

    /// A request needs no administrator any more once it was decided; who asked is told.
    fn account(&mut self, recorded: &RecordedEvent, about: Uuid, event: &AccountEvent) {
        match event {
            AccountEvent::StaffAccountRequested { .. } => {
                self.subjects.insert(about, Subject::default());
                self.tell(recorded, about, ADMINISTRATORS, Some(about), "account_requested");
            }
            AccountEvent::AccountApproved { by, .. } => {
                self.decided(about);
                // Nobody is told that the installation made them.
                if let Some(by) = by {
                    self.tell(recorded, about, about, Some(by.0), "account_approved");
                }
            }
            AccountEvent::AccountRefused { .. } => self.decided(about),
            _ => {}
        }
    }

    /// Patients are told whenever somebody opens their record to themselves.
    fn grant(&mut self, recorded: &RecordedEvent, about: Uuid, event: &AccessGrantEvent) {
        if let AccessGrantEvent::AccessGranted { officer_id, patient_id, .. } = event {
            self.tell(recorded, about, patient_id.0, Some(officer_id.0), "record_opened");
        }
    }

    fn decided(&mut self, about: Uuid) {
        if let Some(subject) = self.subjects.get_mut(&about) {
            subject.hidden = true;
        }
    }

    fn begin(&mut self, about: Uuid, patient_id: AccountId, doctor_id: AccountId) {
        let (patient_id, doctor_id) = (Some(patient_id.0), Some(doctor_id.0));
        self.subjects.insert(about, Subject { patient_id, doctor_id, hidden: false });
    }

    fn subject(&mut self, about: Uuid) -> Result<&mut Subject, ApplyError> {
        self.subjects.get_mut(&about).ok_or(ApplyError::Misfit("it was never begun"))
    }

    fn hide(&mut self, about: Uuid, hidden: bool) -> Result<(), ApplyError> {
        self.subject(about)?.hidden = hidden;
        Ok(())
    }

    /// Tells whoever of the two did not do it; both, if it was somebody else.
    fn tell_other(
        &mut self,
        recorded: &RecordedEvent,
        about: Uuid,
        by: AccountId,
        kind: &'static str,
    ) -> Result<(), ApplyError> {
        let subject = *self.subject(about)?;
        for person in [subject.patient_id, subject.doctor_id].into_iter().flatten() {
            if person != by.0 {
                self.tell(recorded, about, person, Some(by.0), kind);
            }
        }
        Ok(())
    }

    fn tell(
        &mut self,
        recorded: &RecordedEvent,
        about: Uuid,
        account_id: Uuid,
        from_id: Option<Uuid>,
        kind: &'static str,
    ) {
        let (position, at) = (bigint(recorded.position), recorded.recorded_at);
        self.made.push(Made { account_id, position, kind, at, about, from_id });
    }
}
