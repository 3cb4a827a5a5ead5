//! What a batch of events does to what is deleted.

use super::list::DeletedKind;
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, content};
use anamnesis_domain::account::AccountEvent;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::chat_room::ChatRoomEvent;
use anamnesis_domain::consultation::ConsultationEvent;
use anamnesis_domain::{AccountId, Event};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Something that can be deleted: its kind, its id (a message's room) and a message's number.
pub(super) type Key = (DeletedKind, Uuid, u64);

/// Whom something concerns: patient and doctor, by kind and id.
pub(super) type Pairs = BTreeMap<(DeletedKind, Uuid), (AccountId, AccountId)>;

/// A deletion.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deletion {
    pub(super) by: AccountId,
    pub(super) at: DateTime<Utc>,
    pub(super) position: u64,
}

/// The end of a batch: what is then deleted, or (`None`) is no more, and which pairs became
/// known.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) items: BTreeMap<Key, Option<Deletion>>,
    pub(super) pairs: Pairs,
}

/// What one event says about deletion.
enum News {
    Concerns(AccountId, AccountId),
    Deleted(u64, AccountId),
    Restored(u64),
}

pub(super) fn fold(batch: &[Arc<RecordedEvent>]) -> Result<Changes, ApplyError> {
    let mut changes = Changes::default();
    for recorded in batch {
        let Some((kind, news)) = news(content(recorded)?) else { continue };
        let id = recorded.stream.aggregate_id.parse();
        let id = id.map_err(|_| ApplyError::Misfit("the stream's id is no id"))?;
        match news {
            News::Concerns(patient, doctor) => {
                changes.pairs.insert((kind, id), (patient, doctor));
            }
            News::Deleted(number, by) => {
                let (at, position) = (recorded.recorded_at, recorded.position);
                changes.items.insert((kind, id, number), Some(Deletion { by, at, position }));
            }
            News::Restored(number) => {
                changes.items.insert((kind, id, number), None);
            }
        }
    }
    Ok(changes)
}

fn news(event: &Event) -> Option<(DeletedKind, News)> {
    match event {
        Event::ChatRoom(event) => of_room(event).map(|news| (DeletedKind::Message, news)),
        Event::Appointment(event) => {
            of_appointment(event).map(|news| (DeletedKind::Appointment, news))
        }
        Event::Consultation(event) => {
            of_consultation(event).map(|news| (DeletedKind::Consultation, news))
        }
        Event::Account(event) => of_account(event).map(|news| (DeletedKind::Account, news)),
        _ => None,
    }
}

fn of_room(event: &ChatRoomEvent) -> Option<News> {
    match *event {
        ChatRoomEvent::RoomOpened { patient_id, doctor_id } => {
            Some(News::Concerns(patient_id, doctor_id))
        }
        ChatRoomEvent::MessageRetracted { message, by } => Some(News::Deleted(message, by)),
        ChatRoomEvent::MessageRestored { message, .. } => Some(News::Restored(message)),
        _ => None,
    }
}

fn of_appointment(event: &AppointmentEvent) -> Option<News> {
    match *event {
        AppointmentEvent::AppointmentBooked { patient_id, doctor_id, .. } => {
            Some(News::Concerns(patient_id, doctor_id))
        }
        AppointmentEvent::AppointmentDeleted { by } => Some(News::Deleted(0, by)),
        AppointmentEvent::AppointmentRestored { .. } => Some(News::Restored(0)),
        _ => None,
    }
}

fn of_consultation(event: &ConsultationEvent) -> Option<News> {
    match *event {
        ConsultationEvent::ConsultationOpened { patient_id, doctor_id, .. } => {
            Some(News::Concerns(patient_id, doctor_id))
        }
        ConsultationEvent::ConsultationDeleted { by } => Some(News::Deleted(0, by)),
        ConsultationEvent::ConsultationRestored { .. } => Some(News::Restored(0)),
        _ => None,
    }
}

fn of_account(event: &AccountEvent) -> Option<News> {
    match *event {
        AccountEvent::AccountDeactivated { by } => Some(News::Deleted(0, by)),
        AccountEvent::AccountRestored { .. } => Some(News::Restored(0)),
        _ => None,
    }
}
