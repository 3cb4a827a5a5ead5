//! What each event is as an `AuditEvent`. The table is complete: an event without a row does not
//! compile.

use super::types::Coding;
use anamnesis_domain::Event;
use anamnesis_domain::access_grant::AccessGrantEvent;
use anamnesis_domain::account::AccountEvent;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::audit_desk::AuditDeskEvent;
use anamnesis_domain::chat_room::ChatRoomEvent;
use anamnesis_domain::consultation::ConsultationEvent;
use anamnesis_domain::crypto_key::CryptoKeyEvent;
use anamnesis_domain::doctor_day::DoctorDayEvent;
use anamnesis_domain::doctor_schedule::DoctorScheduleEvent;
use anamnesis_domain::inbox::InboxEvent;
use anamnesis_domain::login_name::LoginNameEvent;
use anamnesis_domain::session::SessionEvent;
use anamnesis_domain::sign_in::SignInEvent;

const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";

/// What was done, of those that BALP has patterns for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Interaction {
    Create,
    Read,
    Update,
    Delete,
    Query,
    /// Nothing that BALP has a pattern for.
    Other,
}

/// Type, subtype and action of an `AuditEvent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Kind {
    pub kind: Coding,
    pub subtype: Coding,
    pub action: &'static str,
    pub interaction: Interaction,
}

const REST: Coding = Coding {
    system: "http://terminology.hl7.org/CodeSystem/audit-event-type",
    code: "rest",
    display: "RESTful Operation",
};

const fn rest(code: &'static str, action: &'static str, interaction: Interaction) -> Kind {
    let system = "http://hl7.org/fhir/restful-interaction";
    Kind { kind: REST, subtype: Coding { system, code, display: code }, action, interaction }
}

const fn authentication(code: &'static str, display: &'static str) -> Kind {
    let kind = Coding { system: DCM, code: "110114", display: "User Authentication" };
    let subtype = Coding { system: DCM, code, display };
    Kind { kind, subtype, action: "E", interaction: Interaction::Other }
}

const CREATE: Kind = rest("create", "C", Interaction::Create);
const READ: Kind = rest("read", "R", Interaction::Read);
const UPDATE: Kind = rest("update", "U", Interaction::Update);
const DELETE: Kind = rest("delete", "D", Interaction::Delete);
const SEARCH: Kind = rest("search", "E", Interaction::Query);
const FOLLOW: Kind = rest("history", "R", Interaction::Other);
const OPERATION: Kind = rest("operation", "E", Interaction::Other);
const LOGIN: Kind = authentication("110122", "Login");
const LOGOUT: Kind = authentication("110123", "Logout");
const REFUSED: Kind = Kind {
    kind: Coding { system: DCM, code: "110113", display: "Security Alert" },
    subtype: Coding { system: DCM, code: "110132", display: "Use of Restricted Function" },
    action: "E",
    interaction: Interaction::Other,
};

macro_rules! table {
    ($($variant:ident($of:ident) { $($event:ident => $kind:ident,)+ })+) => {
        /// The row of an event.
        #[must_use]
        pub fn kind(event: &Event) -> Kind {
            match event {
                $($(Event::$variant($of::$event { .. }) => $kind,)+)+
            }
        }

        /// Every row, by the event's type.
        pub const TABLE: &[(&str, Kind)] = &[$($((stringify!($event), $kind),)+)+];
    };
}

table! {
    Account(AccountEvent) {
        PatientRegistered => CREATE,
        StaffAccountRequested => CREATE,
        AccountApproved => UPDATE,
        AccountRefused => UPDATE,
        AccountRoleChanged => UPDATE,
        AccountProfileChanged => UPDATE,
        AccountAvailabilityChanged => UPDATE,
        DoctorSpecialtyChanged => UPDATE,
        AccountDeactivated => DELETE,
        AccountRestored => UPDATE,
    }
    ChatRoom(ChatRoomEvent) {
        RoomOpened => CREATE,
        MessagePosted => CREATE,
        MessageEdited => UPDATE,
        MessageRetracted => DELETE,
        MessageRestored => UPDATE,
        MessageHidden => UPDATE,
        HiddenMessageDecided => UPDATE,
        ReactionAdded => UPDATE,
        ReactionRemoved => UPDATE,
        MessagesDelivered => UPDATE,
        MessagesRead => UPDATE,
        RoomClosed => UPDATE,
        RoomReopened => UPDATE,
    }
    Appointment(AppointmentEvent) {
        AppointmentBooked => CREATE,
        AppointmentRescheduled => UPDATE,
        AppointmentCancelled => UPDATE,
        AppointmentCompleted => UPDATE,
        AppointmentNoShowRecorded => UPDATE,
        AppointmentDeleted => DELETE,
        AppointmentRestored => UPDATE,
    }
    DoctorDay(DoctorDayEvent) {
        TimeTaken => UPDATE,
        TimeFreed => UPDATE,
    }
    LoginName(LoginNameEvent) {
        NameClaimed => UPDATE,
        NameReleased => UPDATE,
    }
    Consultation(ConsultationEvent) {
        ConsultationOpened => CREATE,
        DraftSaved => UPDATE,
        ConsultationSigned => UPDATE,
        ConsultationAmended => UPDATE,
        CorrectionRequested => UPDATE,
        CorrectionAccepted => UPDATE,
        CorrectionDeclined => UPDATE,
        ReviewDue => OPERATION,
        ConsultationDeleted => DELETE,
        ConsultationRestored => UPDATE,
    }
    DoctorSchedule(DoctorScheduleEvent) {
        WorkingHoursSet => UPDATE,
        ScheduleExceptionSet => UPDATE,
        ScheduleExceptionCleared => UPDATE,
    }
    Inbox(InboxEvent) {
        NoticesSeen => UPDATE,
    }
    Session(SessionEvent) {
        SessionStarted => LOGIN,
        SessionEnded => LOGOUT,
        ContentRead => READ,
        FeedFollowed => FOLLOW,
        TrailRead => SEARCH,
        AccessDenied => REFUSED,
    }
    SignIn(SignInEvent) {
        SignInFailed => LOGIN,
    }
    CryptoKey(CryptoKeyEvent) {
        SigningKeyMade => OPERATION,
        SigningKeyRetired => OPERATION,
        DataKeyDestroyed => OPERATION,
    }
    AccessGrant(AccessGrantEvent) {
        AccessGranted => CREATE,
        AccessEnded => UPDATE,
        AccessReviewed => UPDATE,
    }
    AuditDesk(AuditDeskEvent) {
        GrantTaken => UPDATE,
        GrantReturned => UPDATE,
        TrailReviewed => OPERATION,
        SearchSaved => UPDATE,
        SearchChanged => UPDATE,
        SearchDeleted => UPDATE,
    }
}
