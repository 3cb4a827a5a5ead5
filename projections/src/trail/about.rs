//! What an event is about: which records, and which patient, as far as it says so itself.

use super::line::TrailKind;
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, content};
use anamnesis_domain::access_grant::AccessGrantEvent;
use anamnesis_domain::account::AccountEvent;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::audit_desk::{AuditDeskEvent, Filters};
use anamnesis_domain::chat_room::ChatRoomEvent;
use anamnesis_domain::consultation::ConsultationEvent;
use anamnesis_domain::crypto_key::CryptoKeyEvent;
use anamnesis_domain::doctor_day::DoctorDayEvent;
use anamnesis_domain::login_name::LoginNameEvent;
use anamnesis_domain::session::{RecordKind, SessionEvent};
use anamnesis_domain::sign_in::SignInEvent;
use anamnesis_domain::{Event, Role};
use uuid::Uuid;

/// What is known of an id once it was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// Of a session, whose it is.
    pub(super) account_id: Option<Uuid>,
    /// The patient whom it concerns.
    pub(super) patient_id: Option<Uuid>,
}

/// What an event is about.
#[derive(Debug)]
pub(super) struct About {
    pub(super) kind: TrailKind,
    pub(super) id: Option<Uuid>,
    /// Further records that it concerns; their kinds are known by their own events.
    pub(super) also: Vec<Uuid>,
    /// The patient, if the event says it.
    pub(super) patient_id: Option<Uuid>,
    /// Where the patient, or whose session it is, was said before.
    pub(super) asks: Option<Uuid>,
    /// What later events will ask for.
    pub(super) learns: Option<(Uuid, Subject)>,
}

impl About {
    fn of(kind: TrailKind, id: Uuid) -> Self {
        let (also, patient_id) = (Vec::new(), None);
        Self { kind, id: Some(id), also, patient_id, asks: Some(id), learns: None }
    }

    /// Something that has no id.
    fn nothing_known(kind: TrailKind) -> Self {
        Self { kind, id: None, also: Vec::new(), patient_id: None, asks: None, learns: None }
    }

    /// A record that is a patient's from now on.
    fn of_patient(self, patient_id: Uuid) -> Self {
        let subject = Subject { account_id: None, patient_id: Some(patient_id) };
        let learns = self.id.map(|id| (id, subject));
        Self { patient_id: Some(patient_id), learns, ..self }
    }
}

pub(super) fn about(recorded: &RecordedEvent) -> Result<About, ApplyError> {
    let stream = || {
        let id = Uuid::parse_str(&recorded.stream.aggregate_id);
        id.map_err(|_| ApplyError::Misfit("the stream's id is no id"))
    };
    Ok(match content(recorded)? {
        Event::Account(event) => of_account(stream()?, event),
        Event::ChatRoom(event) => of_room(stream()?, event),
        Event::Appointment(event) => of_appointment(stream()?, event),
        Event::Consultation(event) => of_consultation(stream()?, event),
        Event::DoctorDay(
            DoctorDayEvent::TimeTaken { appointment_id, .. }
            | DoctorDayEvent::TimeFreed { appointment_id },
        ) => About::of(TrailKind::Appointment, appointment_id.0),
        Event::LoginName(
            LoginNameEvent::NameClaimed { account_id }
            | LoginNameEvent::NameReleased { account_id },
        ) => About::of(TrailKind::Account, account_id.0),
        Event::DoctorSchedule(_) | Event::Inbox(_) => About::of(TrailKind::Account, stream()?),
        Event::SignIn(SignInEvent::SignInFailed { account_id: Some(account), .. }) => {
            About::of(TrailKind::Account, account.0)
        }
        Event::SignIn(SignInEvent::SignInFailed { account_id: None, .. }) => {
            About::nothing_known(TrailKind::Name)
        }
        Event::CryptoKey(event) => match event {
            CryptoKeyEvent::SigningKeyMade {} | CryptoKeyEvent::SigningKeyRetired {} => {
                About::nothing_known(TrailKind::Key)
            }
            CryptoKeyEvent::DataKeyDestroyed { subject_id, .. } => About {
                also: vec![subject_id.0],
                asks: Some(subject_id.0),
                ..About::of(TrailKind::Key, stream()?)
            },
        },
        Event::Session(event) => of_session(stream()?, event),
        Event::AccessGrant(event) => of_grant(stream()?, event),
        Event::AuditDesk(event) => of_desk(stream()?, event),
    })
}

fn of_account(id: Uuid, event: &AccountEvent) -> About {
    let about = About::of(TrailKind::Account, id);
    match event {
        AccountEvent::PatientRegistered { .. } => about.of_patient(id),
        _ => about,
    }
}

fn of_room(id: Uuid, event: &ChatRoomEvent) -> About {
    let about = About::of(TrailKind::Room, id);
    match event {
        ChatRoomEvent::RoomOpened { patient_id, .. } => about.of_patient(patient_id.0),
        _ => about,
    }
}

fn of_appointment(id: Uuid, event: &AppointmentEvent) -> About {
    let about = About::of(TrailKind::Appointment, id);
    match event {
        AppointmentEvent::AppointmentBooked { patient_id, .. } => about.of_patient(patient_id.0),
        _ => about,
    }
}

/// A grant is its officer's as well.
fn of_grant(id: Uuid, event: &AccessGrantEvent) -> About {
    let about = About::of(TrailKind::Grant, id);
    match event {
        AccessGrantEvent::AccessGranted { officer_id, patient_id, .. } => {
            About { also: vec![officer_id.0], ..about.of_patient(patient_id.0) }
        }
        AccessGrantEvent::AccessEnded { .. } | AccessGrantEvent::AccessReviewed { .. } => about,
    }
}

/// What an officer works at is theirs, and about the grant or the patient that it names.
fn of_desk(officer: Uuid, event: &AuditDeskEvent) -> About {
    let own = About::of(TrailKind::Account, officer);
    match event {
        AuditDeskEvent::GrantTaken { grant_id, .. }
        | AuditDeskEvent::GrantReturned { grant_id } => About { also: vec![grant_id.0], ..own },
        AuditDeskEvent::TrailReviewed { filters, .. } => of_look_up(own, filters),
        AuditDeskEvent::SearchSaved { .. }
        | AuditDeskEvent::SearchChanged { .. }
        | AuditDeskEvent::SearchDeleted { .. } => own,
    }
}

fn of_consultation(id: Uuid, event: &ConsultationEvent) -> About {
    let about = About::of(TrailKind::Consultation, id);
    match event {
        ConsultationEvent::ConsultationOpened { appointment_id, patient_id, .. } => {
            About { also: vec![appointment_id.0], ..about.of_patient(patient_id.0) }
        }
        _ => about,
    }
}

/// What is read, looked for or tried in a session is about that; the session is known by its
/// own record as well.
fn of_session(session: Uuid, event: &SessionEvent) -> About {
    let own = About::of(TrailKind::Session, session);
    match event {
        SessionEvent::SessionStarted { account_id, role } => {
            let patient_id = (*role == Role::Patient).then_some(account_id.0);
            let subject = Subject { account_id: Some(account_id.0), patient_id };
            let also = vec![account_id.0];
            About { also, patient_id, learns: Some((session, subject)), ..own }
        }
        SessionEvent::SessionEnded { .. } | SessionEvent::FeedFollowed { .. } => own,
        SessionEvent::ContentRead { read } => {
            let mut parts = read.parts.iter().map(|part| part.id);
            let (patient_id, id) = (Some(read.patient_id.0), parts.next());
            let grant = read.grant_id.map(|grant| grant.0);
            let also = parts.chain([session]).chain(grant).collect();
            About { kind: kind_of(read.kind), id, also, patient_id, asks: None, learns: None }
        }
        SessionEvent::TrailRead { look_up } => of_look_up(own, &look_up.filters),
        SessionEvent::AccessDenied { attempt } => {
            let patient_id = attempt.patient_id.map(|patient| patient.0);
            match (attempt.kind, attempt.id) {
                (Some(kind), Some(id)) => {
                    let asked = About { also: vec![session], ..About::of(kind_of(kind), id) };
                    About { patient_id, ..asked }
                }
                _ => About { patient_id, asks: None, ..own },
            }
        }
    }
}

/// Whoever looks a patient or a record up has looked at what is known of it.
fn of_look_up(mut own: About, filters: &Filters) -> About {
    let named = |filter: &str| Uuid::parse_str(filters.get(filter)?).ok();
    own.also.extend(named("record"));
    own.also.extend(named("grant"));
    own.patient_id = named("patient");
    own.asks = None;
    own
}

fn kind_of(kind: RecordKind) -> TrailKind {
    match kind {
        RecordKind::Messages => TrailKind::Room,
        RecordKind::Appointment => TrailKind::Appointment,
        RecordKind::Consultation => TrailKind::Consultation,
        RecordKind::Medicines | RecordKind::Account => TrailKind::Account,
        RecordKind::Grant => TrailKind::Grant,
    }
}
