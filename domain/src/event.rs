//! Every event there is, and how one is read back from the log.

use crate::access_grant::{AccessGrant, AccessGrantEvent};
use crate::account::{Account, AccountEvent};
use crate::appointment::{Appointment, AppointmentEvent};
use crate::audit_desk::{AuditDesk, AuditDeskEvent};
use crate::chat_room::{ChatRoom, ChatRoomEvent};
use crate::consultation::{Consultation, ConsultationEvent};
use crate::doctor_day::{DoctorDay, DoctorDayEvent};
use crate::doctor_schedule::{DoctorSchedule, DoctorScheduleEvent};
use crate::inbox::{Inbox, InboxEvent};
use crate::login_name::{LoginName, LoginNameEvent};
use crate::session::{Session, SessionEvent};
use crate::sign_in::{SignIn, SignInEvent};
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
    /// Of a consultation.
    Consultation(ConsultationEvent),
    /// Of a doctor's working hours.
    DoctorSchedule(DoctorScheduleEvent),
    /// Of what a person has seen of what they were told.
    Inbox(InboxEvent),
    /// Of a session, with what was read in it.
    Session(SessionEvent),
    /// Of attempts to sign in with one name.
    SignIn(SignInEvent),
    /// Of an officer's leave to open a patient's record.
    AccessGrant(AccessGrantEvent),
    /// Of a compliance officer's own work.
    AuditDesk(AuditDeskEvent),
}

/// A stored event that this version of the server can not read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The aggregate type is not one of ours.
    #[error("unknown aggregate type `{0}`")]
    UnknownAggregate(String),
    /// The aggregate writes no events of this type.
    #[error("unknown event type `{event_type}` of {aggregate_type}")]
    UnknownType {
        /// The aggregate's type.
        aggregate_type: String,
        /// The event's type.
        event_type: String,
    },
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
    /// The payload is that of another type of the same aggregate.
    #[error("stored as {event_type}, but the payload is of {found}")]
    Mislabelled {
        /// The type it was stored under.
        event_type: String,
        /// The type that the payload has.
        found: String,
    },
}

/// The events of one aggregate.
pub trait Versioned: DomainEvent {
    /// Every type, with the version it is written in today. Complete by construction.
    const TYPES: &'static [(&'static str, &'static str)];
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
            Account::TYPE => read::<Account>(event_type, event_version, payload).map(Into::into),
            ChatRoom::TYPE => read::<ChatRoom>(event_type, event_version, payload).map(Into::into),
            Appointment::TYPE => {
                read::<Appointment>(event_type, event_version, payload).map(Into::into)
            }
            DoctorDay::TYPE => {
                read::<DoctorDay>(event_type, event_version, payload).map(Into::into)
            }
            LoginName::TYPE => {
                read::<LoginName>(event_type, event_version, payload).map(Into::into)
            }
            Consultation::TYPE => {
                read::<Consultation>(event_type, event_version, payload).map(Into::into)
            }
            DoctorSchedule::TYPE => {
                read::<DoctorSchedule>(event_type, event_version, payload).map(Into::into)
            }
            Inbox::TYPE => read::<Inbox>(event_type, event_version, payload).map(Into::into),
            Session::TYPE => read::<Session>(event_type, event_version, payload).map(Into::into),
            SignIn::TYPE => read::<SignIn>(event_type, event_version, payload).map(Into::into),
            AccessGrant::TYPE => {
                read::<AccessGrant>(event_type, event_version, payload).map(Into::into)
            }
            AuditDesk::TYPE => {
                read::<AuditDesk>(event_type, event_version, payload).map(Into::into)
            }
            other => Err(DecodeError::UnknownAggregate(other.to_owned())),
        }
    }
}

/// Type and version are judged before the payload is looked at: the shape of a version that is
/// not known here says nothing about whether the payload is sound.
fn read<A: Aggregate<Event: Versioned>>(
    event_type: &str,
    version: &str,
    payload: &str,
) -> Result<A::Event, DecodeError> {
    let Some((_, known)) = A::Event::TYPES.iter().find(|(known, _)| *known == event_type) else {
        return Err(DecodeError::UnknownType {
            aggregate_type: A::TYPE.to_owned(),
            event_type: event_type.to_owned(),
        });
    };
    if *known != version {
        return Err(DecodeError::UnknownVersion {
            event_type: event_type.to_owned(),
            version: version.to_owned(),
        });
    }
    let event: A::Event =
        serde_json::from_str(payload).map_err(|error| DecodeError::Malformed {
            event_type: event_type.to_owned(),
            line: error.line(),
            column: error.column(),
        })?;
    let found = event.event_type();
    if found != event_type {
        return Err(DecodeError::Mislabelled { event_type: event_type.to_owned(), found });
    }
    Ok(event)
}

macro_rules! into_event {
    ($($variant:ident($event:ty)),+) => {
        impl Event {
            /// The types of every aggregate, with their versions. Complete by construction.
            pub const TYPES: &'static [&'static [(&'static str, &'static str)]] =
                &[$(<$event as Versioned>::TYPES),+];
        }

        $(impl From<$event> for Event {
            fn from(event: $event) -> Self {
                Self::$variant(event)
            }
        }

        impl TryFrom<Event> for $event {
            /// The event itself, when it is of another aggregate.
            type Error = Event;
            fn try_from(event: Event) -> Result<Self, Event> {
                match event {
                    Event::$variant(event) => Ok(event),
                    other => Err(other),
                }
            }
        })+
    };
}
into_event!(
    Account(AccountEvent),
    ChatRoom(ChatRoomEvent),
    Appointment(AppointmentEvent),
    DoctorDay(DoctorDayEvent),
    LoginName(LoginNameEvent),
    Consultation(ConsultationEvent),
    DoctorSchedule(DoctorScheduleEvent),
    Inbox(InboxEvent),
    Session(SessionEvent),
    SignIn(SignInEvent),
    AccessGrant(AccessGrantEvent),
    AuditDesk(AuditDeskEvent)
);

/// Implements `DomainEvent` and [`Versioned`] from a table of variants and their versions. A
/// variant that is missing in the table does not compile.
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

        impl crate::event::Versioned for $event {
            const TYPES: &'static [(&'static str, &'static str)] =
                &[$((stringify!($variant), $version)),+];
        }
    };
}
pub(crate) use versions;
