//! Every event there is, and how one is read back from the log.

use crate::account::{Account, AccountEvent};
use crate::appointment::{Appointment, AppointmentEvent};
use crate::chat_room::{ChatRoom, ChatRoomEvent};
use crate::doctor_day::{DoctorDay, DoctorDayEvent};
use crate::login_name::{LoginName, LoginNameEvent};
use cqrs_es::{Aggregate, DomainEvent};

/// An event of any aggregate, as readers of the log see it.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Of an account.
    Account(AccountEvent),
    /// Of a chat room.
    ChatRoom(ChatRoomEvent),
    /// Of an appointment.
    Appointment(AppointmentEvent),
    /// Of one doctor's day.
    DoctorDay(DoctorDayEvent),
    /// Of a name that somebody signs in with.
    LoginName(LoginNameEvent),
}

/// A stored event that this version of the server can not read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The aggregate type is not one of ours.
    #[error("unknown aggregate type `{0}`")]
    UnknownAggregate(String),
    /// The event was written in a version that has no upcaster here.
    #[error("{event_type} has version {version}, which this server does not know")]
    UnknownVersion {
        /// The event's type.
        event_type: String,
        /// The version it was stored with.
        version: String,
    },
    /// The payload is not what its type and version promise. The parser's own words are left
    /// out, because they may quote the payload.
    #[error("the payload of {event_type} can not be read (line {line}, column {column})")]
    Malformed {
        /// The event's type.
        event_type: String,
        /// Where the parser stopped.
        line: usize,
        /// Where the parser stopped.
        column: usize,
    },
}

impl Event {
    /// Reads a stored event. Cost: one JSON parse.
    ///
    /// A changed shape gets a new version: the old one is turned into the new one here, and a
    /// golden file in `domain/tests/golden` keeps the old form readable for ever.
    pub fn decode(
        aggregate_type: &str,
        event_type: &str,
        event_version: &str,
        payload: &str,
    ) -> Result<Self, DecodeError> {
        match aggregate_type {
            Account::TYPE => read(event_type, event_version, payload).map(Self::Account),
            ChatRoom::TYPE => read(event_type, event_version, payload).map(Self::ChatRoom),
            Appointment::TYPE => read(event_type, event_version, payload).map(Self::Appointment),
            DoctorDay::TYPE => read(event_type, event_version, payload).map(Self::DoctorDay),
            LoginName::TYPE => read(event_type, event_version, payload).map(Self::LoginName),
            other => Err(DecodeError::UnknownAggregate(other.to_owned())),
        }
    }
}

fn read<E: DomainEvent>(event_type: &str, version: &str, payload: &str) -> Result<E, DecodeError> {
    let event: E = serde_json::from_str(payload).map_err(|error| DecodeError::Malformed {
        event_type: event_type.to_owned(),
        line: error.line(),
        column: error.column(),
    })?;
    if event.event_type() != event_type || event.event_version() != version {
        return Err(DecodeError::UnknownVersion {
            event_type: event_type.to_owned(),
            version: version.to_owned(),
        });
    }
    Ok(event)
}

macro_rules! into_event {
    ($($variant:ident($event:ty)),+) => {
        $(impl From<$event> for Event {
            fn from(event: $event) -> Self {
                Self::$variant(event)
            }
        })+
    };
}
into_event!(
    Account(AccountEvent),
    ChatRoom(ChatRoomEvent),
    Appointment(AppointmentEvent),
    DoctorDay(DoctorDayEvent),
    LoginName(LoginNameEvent)
);

/// Implements `cqrs_es::DomainEvent` from a table of variants and their current versions.
macro_rules! versions {
    ($event:ident { $($variant:ident => $version:literal),+ $(,)? }) => {
        impl cqrs_es::DomainEvent for $event {
            fn event_type(&self) -> String {
                match self { $(Self::$variant { .. } => stringify!($variant).to_owned(),)+ }
            }
            fn event_version(&self) -> String {
                match self { $(Self::$variant { .. } => $version.to_owned(),)+ }
            }
        }
    };
}
pub(crate) use versions;
