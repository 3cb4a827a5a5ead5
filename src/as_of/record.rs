//! What can be looked at.

use anamnesis_domain::account::Account;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, RoomId};
use anamnesis_projections::deleted_items::DeletedKind;
use anamnesis_projections::log::StreamId;
use anamnesis_projections::{appointments, consultations, conversations};
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::borrow::Cow;
use uuid::Uuid;

/// A record, named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordName {
    /// A conversation.
    Room(RoomId),
    /// An appointment.
    Appointment(AppointmentId),
    /// A consultation.
    Consultation(ConsultationId),
    /// An account.
    Account(AccountId),
}

impl RecordName {
    /// Its id.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Room(id) => id.0,
            Self::Appointment(id) => id.0,
            Self::Consultation(id) => id.0,
            Self::Account(id) => id.0,
        }
    }

    /// What it is, as the API calls it.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Room(_) => "room",
            Self::Appointment(_) => "appointment",
            Self::Consultation(_) => "consultation",
            Self::Account(_) => "account",
        }
    }

    /// The stream of what happened to it.
    #[must_use]
    pub fn stream(self) -> StreamId {
        let aggregate_type = match self {
            Self::Room(_) => ChatRoom::TYPE,
            Self::Appointment(_) => Appointment::TYPE,
            Self::Consultation(_) => Consultation::TYPE,
            Self::Account(_) => Account::TYPE,
        };
        let aggregate_type = Cow::Borrowed(aggregate_type);
        StreamId { aggregate_type, aggregate_id: self.id().to_string() }
    }

    /// As what it is deleted, or what is deleted in it.
    pub(super) fn deleted_kind(self) -> DeletedKind {
        match self {
            Self::Room(_) => DeletedKind::Message,
            Self::Appointment(_) => DeletedKind::Appointment,
            Self::Consultation(_) => DeletedKind::Consultation,
            Self::Account(_) => DeletedKind::Account,
        }
    }

    /// The two whom it is of, as its own tables say; nobody besides itself for an account.
    pub(super) async fn people(
        self,
        conn: &mut PgConnection,
    ) -> Result<Vec<AccountId>, sqlx::Error> {
        let pair = match self {
            Self::Room(id) => {
                conversations::room(conn, id).await?.map(|one| [one.patient_id, one.doctor_id])
            }
            Self::Appointment(id) => appointments::appointment_ever(conn, id)
                .await?
                .map(|one| [one.patient_id, one.doctor_id]),
            Self::Consultation(id) => consultations::consultation(conn, id)
                .await?
                .map(|one| [one.patient_id, one.doctor_id]),
            Self::Account(_) => None,
        };
        Ok(pair.into_iter().flatten().collect())
    }
}
