//! One record at a moment, with the people whom it is of.

use super::{AsOf, AsOfError, Moment, Permitted, RecordName};
use crate::policy::Action;
use anamnesis_domain::appointment::Status;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::accounts::{Account, account_by_id};
use anamnesis_projections::appointments::{
    Appointment, Change, appointment_ever, appointment_history,
};
use anamnesis_projections::consultations::{
    Consultation, ConsultationVersion, consultation, consultation_versions,
};
use anamnesis_projections::conversations::{
    Anchor, Message, MessagePage, Room, message_page, room, unread,
};
use anamnesis_projections::deleted_items::{DeletedItem, deletions};
use sqlx::PgConnection;

/// The most versions of a consultation that are told; further ones are in its history by field.
const VERSIONS_MAX: u32 = 50;

/// Which messages of a room.
#[derive(Clone, Copy, Debug)]
pub struct RoomPage {
    /// Those before this number; by default the last.
    pub before: Option<u64>,
    /// The most of them.
    pub limit: u32,
}

/// What a record was.
#[derive(Debug)]
pub enum Record {
    /// A conversation.
    Room {
        /// Without its messages.
        room: Room,
        /// A page of them.
        page: MessagePage,
        /// How many waited for the patient and for the doctor.
        unread: (u64, u64),
    },
    /// An appointment.
    Appointment(Appointment, Vec<Change>),
    /// A consultation, with what was signed and each amendment.
    Consultation(Consultation, Vec<ConsultationVersion>),
    /// An account.
    Account(Box<Account>),
}

/// A record at a moment.
#[derive(Debug)]
pub struct View {
    /// What it was.
    pub record: Record,
    /// Those whom it is of, as they were.
    pub people: Vec<Account>,
    /// What of it was deleted, or that it was; of a room, as far as the page reaches.
    pub deleted: Vec<DeletedItem>,
}

impl AsOf {
    /// A record as it was. Of a room, the page says which messages.
    pub async fn view(
        &self,
        name: RecordName,
        at: Moment,
        page: RoomPage,
    ) -> Result<View, AsOfError> {
        let kept = self.opened(name, at).await?;
        let mut scratch = kept.scratch.lock().await;
        let conn = scratch.connection();
        let record = read(conn, name, page).await?.ok_or(AsOfError::Unknown)?;
        let mut people = Vec::new();
        for id in record.people() {
            people.extend(account_by_id(&mut *conn, id).await?);
        }
        let deleted = deletions(conn, name.deleted_kind(), name.id(), record.numbers()).await?;
        Ok(View { record, people, deleted })
    }
}

async fn read(
    conn: &mut PgConnection,
    name: RecordName,
    page: RoomPage,
) -> Result<Option<Record>, sqlx::Error> {
    Ok(match name {
        RecordName::Room(id) => read_room(conn, id, page).await?,
        RecordName::Appointment(id) => match appointment_ever(&mut *conn, id).await? {
            Some(one) => Some(Record::Appointment(one, appointment_history(conn, id).await?)),
            None => None,
        },
        RecordName::Consultation(id) => match consultation(&mut *conn, id).await? {
            Some(one) => {
                let versions = consultation_versions(conn, id, 0, VERSIONS_MAX).await?;
                Some(Record::Consultation(one, versions))
            }
            None => None,
        },
        RecordName::Account(id) => {
            account_by_id(conn, id).await?.map(|one| Record::Account(Box::new(one)))
        }
    })
}

async fn read_room(
    conn: &mut PgConnection,
    id: RoomId,
    page: RoomPage,
) -> Result<Option<Record>, sqlx::Error> {
    let Some(room) = room(&mut *conn, id).await? else { return Ok(None) };
    let anchor = page.before.map_or(Anchor::Latest, Anchor::Before);
    let page = message_page(conn, id, anchor, page.limit).await?;
    let of_patient = unread(&mut *conn, id, room.patient_id).await?;
    let of_doctor = unread(conn, id, room.doctor_id).await?;
    Ok(Some(Record::Room { room, page, unread: (of_patient, of_doctor) }))
}

impl Record {
    /// The two whom it is of; of an account, itself.
    fn people(&self) -> Vec<AccountId> {
        match self {
            Self::Account(account) => vec![account.account_id],
            Self::Room { .. } | Self::Appointment(..) | Self::Consultation(..) => {
                self.pair().map(|pair| vec![pair.patient_id, pair.doctor_id]).unwrap_or_default()
            }
        }
    }

    /// The two whom it is of; `None` of an account.
    #[must_use]
    pub fn pair(&self) -> Option<Participants> {
        let (patient_id, doctor_id) = match self {
            Self::Room { room, .. } => (room.patient_id, room.doctor_id),
            Self::Appointment(one, _) => (one.patient_id, one.doctor_id),
            Self::Consultation(one, _) => (one.patient_id, one.doctor_id),
            Self::Account(_) => return None,
        };
        Some(Participants { patient_id, doctor_id })
    }

    /// The numbers that are shown of it.
    fn numbers(&self) -> (u64, u64) {
        let Self::Room { page, .. } = self else { return (0, 0) };
        let number = |message: Option<&Message>| message.map_or(0, |one| one.sequence);
        (number(page.messages.first()), number(page.messages.last()))
    }
}

impl View {
    /// What one of its people could do with it.
    #[must_use]
    pub fn allowed(&self, person: &Account) -> Vec<Action> {
        let permitted = Permitted::of(person.account_id, person.role, person.status);
        let Some(pair) = self.record.pair() else { return permitted.by_role() };
        match &self.record {
            Record::Room { .. } => permitted.in_room(pair),
            // What is deleted is there for nobody, until an administrator restores it.
            _ if !self.deleted.is_empty() => Vec::new(),
            Record::Appointment(one, _) => {
                let status = Status::ALL.into_iter().find(|status| status.as_str() == one.status);
                status.map_or_else(Vec::new, |status| permitted.with_appointment(pair, status))
            }
            Record::Consultation(one, _) => {
                permitted.with_consultation(pair, one.signed_at.is_some())
            }
            Record::Account(_) => permitted.by_role(),
        }
    }
}
