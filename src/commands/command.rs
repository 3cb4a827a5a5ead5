//! Everything that can be asked, and every refusal by a rule.

use anamnesis_domain::access_grant::{AccessGrantCommand, AccessGrantError};
use anamnesis_domain::account::{AccountCommand, AccountError};
use anamnesis_domain::appointment::{AppointmentCommand, AppointmentError};
use anamnesis_domain::audit_desk::{AuditDeskCommand, AuditDeskError};
use anamnesis_domain::chat_room::{ChatRoomCommand, ChatRoomError};
use anamnesis_domain::consultation::{ConsultationCommand, ConsultationError};
use anamnesis_domain::doctor_day::{DoctorDayCommand, DoctorDayError, DoctorDayId};
use anamnesis_domain::doctor_schedule::{DoctorScheduleCommand, DoctorScheduleError};
use anamnesis_domain::inbox::{InboxCommand, InboxError};
use anamnesis_domain::login_name::{LoginNameCommand, LoginNameError};
use anamnesis_domain::session::{SessionCommand, SessionError};
use anamnesis_domain::sign_in::{SignInCommand, SignInError};
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, GrantId, RoomId, SessionId};

/// A command with the aggregate it is for.
#[derive(Clone, Debug)]
pub enum Command {
    /// To an account.
    Account(AccountId, AccountCommand),
    /// To a chat room.
    ChatRoom(RoomId, ChatRoomCommand),
    /// To an appointment.
    Appointment(AppointmentId, AppointmentCommand),
    /// To a doctor's day.
    DoctorDay(DoctorDayId, DoctorDayCommand),
    /// To a login name, by its blind index.
    LoginName(String, LoginNameCommand),
    /// To a consultation.
    Consultation(ConsultationId, ConsultationCommand),
    /// To a doctor's schedule, by the doctor's account.
    DoctorSchedule(AccountId, DoctorScheduleCommand),
    /// To the inbox of an account.
    Inbox(AccountId, InboxCommand),
    /// To a session.
    Session(SessionId, SessionCommand),
    /// To the attempts to sign in with a name, by its blind index.
    SignIn(String, SignInCommand),
    /// To a break-glass grant.
    AccessGrant(GrantId, AccessGrantCommand),
    /// To the desk of an officer.
    AuditDesk(AccountId, AuditDeskCommand),
}

impl Command {
    /// Whether the aggregate comes into being with this command, unless it is a retry: its id is
    /// new.
    pub(super) fn begins(&self) -> bool {
        matches!(
            self,
            Self::Appointment(_, AppointmentCommand::BookAppointment { .. })
                | Self::AccessGrant(_, AccessGrantCommand::Grant { .. })
        )
    }
}

/// A refusal by the rules of an aggregate. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "one variant per aggregate")]
pub enum Refusal {
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    ChatRoom(#[from] ChatRoomError),
    #[error(transparent)]
    Appointment(#[from] AppointmentError),
    #[error(transparent)]
    DoctorDay(#[from] DoctorDayError),
    #[error(transparent)]
    LoginName(#[from] LoginNameError),
    #[error(transparent)]
    Consultation(#[from] ConsultationError),
    #[error(transparent)]
    DoctorSchedule(#[from] DoctorScheduleError),
    #[error(transparent)]
    Inbox(#[from] InboxError),
    #[error(transparent)]
    Session(#[from] SessionError),
    #[error(transparent)]
    SignIn(#[from] SignInError),
    #[error(transparent)]
    AccessGrant(#[from] AccessGrantError),
    #[error(transparent)]
    AuditDesk(#[from] AuditDeskError),
    #[error("it was changed meanwhile: look at it again")]
    Outdated,
}

impl Refusal {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Account(error) => error.code(),
            Self::ChatRoom(error) => error.code(),
            Self::Appointment(error) => error.code(),
            Self::DoctorDay(error) => error.code(),
            Self::LoginName(error) => error.code(),
            Self::Consultation(error) => error.code(),
            Self::DoctorSchedule(error) => error.code(),
            Self::Inbox(error) => error.code(),
            Self::Session(error) => error.code(),
            Self::SignIn(error) => error.code(),
            Self::AccessGrant(error) => error.code(),
            Self::AuditDesk(error) => error.code(),
            Self::Outdated => "version_outdated",
        }
    }
}
