//! What is about to be looked at, and the proof that it was written down.

use crate::policy::AuthorisedRecord;
use crate::sealing::SealedAt;
use anamnesis_domain::access_grant::AccessGrant;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::audit_desk::AuditDesk;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::session::{ReadPart, RecordKind};
use anamnesis_domain::{AccountId, ConsultationId, GrantId};
use cqrs_es::Aggregate;

/// A part of a record that somebody who may is about to see.
#[derive(Clone, Debug)]
pub struct Look {
    pub(super) patient_id: AccountId,
    pub(super) kind: RecordKind,
    pub(super) part: ReadPart,
    pub(super) grant_id: Option<GrantId>,
    /// Streams beside the record's own whose content belongs to it.
    beside: Vec<ConsultationId>,
}

impl Look {
    /// Messages of a room, from one number through another.
    #[must_use]
    pub fn messages(record: &AuthorisedRecord, from: u64, through: u64) -> Self {
        Self::of(record, from, through)
    }

    /// An appointment, a consultation or a grant as it is at this version.
    #[must_use]
    pub fn version(record: &AuthorisedRecord, version: u64) -> Self {
        Self::of(record, version, version)
    }

    /// What a patient takes, as these consultations say.
    #[must_use]
    pub fn medicines(record: &AuthorisedRecord, consultations: Vec<ConsultationId>) -> Self {
        Self { beside: consultations, ..Self::of(record, 0, 0) }
    }

    fn of(record: &AuthorisedRecord, from: u64, through: u64) -> Self {
        Self {
            patient_id: record.patient_id(),
            kind: record.kind(),
            part: ReadPart { id: record.id(), from, through },
            grant_id: record.grant_id(),
            beside: Vec::new(),
        }
    }

    fn covers(&self, at: &SealedAt<'_>) -> bool {
        let own = match self.kind {
            RecordKind::Messages => at.aggregate_type == ChatRoom::TYPE,
            RecordKind::Appointment => at.aggregate_type == Appointment::TYPE,
            RecordKind::Consultation => at.aggregate_type == Consultation::TYPE,
            RecordKind::Medicines => {
                return at.aggregate_type == Consultation::TYPE
                    && self.beside.iter().any(|id| at.is_in(id.0));
            }
            RecordKind::Grant => at.aggregate_type == AccessGrant::TYPE,
            RecordKind::Account => false,
        };
        own && at.is_in(self.part.id)
    }
}

/// Proof that it stands in the log who is about to see these parts.
#[derive(Debug)]
pub struct Disclosure {
    pub(super) looks: Vec<Look>,
    /// Whether it is what officers wrote for themselves and for each other.
    pub(super) desks: bool,
}

impl Disclosure {
    pub(super) fn covers(&self, at: &SealedAt<'_>) -> bool {
        (self.desks && at.aggregate_type == AuditDesk::TYPE)
            || self.looks.iter().any(|look| look.covers(at))
    }
}
