//! Who may do what: one function, used by HTTP and WebSocket alike.
//!
//! [`decide`] is pure. Everything that a person can do is an [`Action`], every route and every
//! socket command names its own, and `tests/api/matrix.rs` holds the whole table of action ×
//! role × relation against real requests; an action that is missing there fails the build.

mod authorised;

pub use authorised::{AuthorisedRecord, AuthorisedRoom, Denied, authorise_record, authorise_room};

use anamnesis_domain::appointment::Status;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, GrantId, Role};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// Who asks, as their access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account_id: AccountId,
    /// Its role.
    pub role: Role,
    /// The session that the token belongs to.
    pub session_id: Uuid,
}

/// The enum and the list of all its values, from one list.
macro_rules! actions {
    ($($action:ident,)+) => {
        /// Everything that a person can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum Action {
            $($action,)+
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$action,)+];
        }
    };
}

actions! {
    ReadOwnAccount,
    EndOwnSessions,
    ListDoctors,
    ReadTakenTimes,
    BookAppointment,
    ListAppointments,
    ReadAppointment,
    FollowEvents,
    ListRooms,
    ReadRoom,
    ReadMessages,
    PostMessage,
    EditMessage,
    RetractMessage,
    RestoreMessage,
    ReportMessage,
    ReactToMessage,
    MarkProgress,
    Type,
    CloseRoom,
    ListNotices,
    SeeNotices,
    OpenConsultation,
    ListConsultations,
    ReadConsultation,
    WriteConsultation,
    SignConsultation,
    DeleteConsultation,
    RestoreConsultation,
    RequestCorrection,
    AnswerCorrection,
    ListOwnMedicines,
    ListPatientMedicines,
    ListContacts,
    ReadAccessReport,
    DownloadOwnData,
    ReadHours,
    SetHours,
    ChangeAppointment,
    DeleteAppointment,
    RestoreAppointment,
    ChangeOwnProfile,
    ChangeOwnAvailability,
    ReadPicture,
    ListAccounts,
    DecideRequests,
    ChangeRoles,
    DeactivateAccounts,
    ListDeletedItems,
    ReadSystem,
    SearchTrail,
    DecideReports,
    ReplayLog,
    ExportLog,
    ReadAsOf,
    ReadConsultationFields,
    BreakGlass,
    ReadGrants,
    EndGrant,
    ReviewGrant,
    ListPatientRecords,
    ReviewTrail,
    KeepSearches,
}

impl Action {
    /// The code under which attempts stand in the log. Never changes.
    #[must_use]
    pub fn code(self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value.as_str().unwrap_or_default().to_owned()
    }
}

/// What is acted upon, as far as permissions depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Nothing in particular, or only what is the actor's own.
    Own,
    /// Something that two people share: a room, an appointment.
    Shared(Participants),
    /// Something about the two that only the doctor knows of so far.
    Draft(Participants),
    /// Something of this patient's, for an officer who broke the glass.
    Opened(AccountId, OpenGrant),
    /// Something of one account's that others may know of: a doctor's hours.
    Of(AccountId),
    /// What a person shows of themselves.
    Person(Person),
}

/// A grant that is open at the moment of asking, as the log says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenGrant {
    /// Which one.
    pub grant_id: GrantId,
    /// Who holds it.
    pub officer_id: AccountId,
    /// Whose record it opens.
    pub patient_id: AccountId,
}

impl Resource {
    /// The grant that opens it, where it takes one.
    #[must_use]
    pub fn grant_id(self) -> Option<GrantId> {
        if let Self::Opened(_, grant) = self { Some(grant.grant_id) } else { None }
    }
}

/// A person whom others may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account_id: AccountId,
    /// Whether they are in the directory of doctors.
    pub is_listed: bool,
    /// The pair that they and the actor are, where they share a room.
    pub pair: Option<Participants>,
}

/// What the policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Go ahead.
    Allow,
    /// The actor may know of it, but not do this.
    Forbid,
    /// The actor may not even know that it exists.
    Hide,
}

/// Whether the actor may do this to that.
#[must_use]
pub fn decide(actor: &Actor, action: Action, resource: Resource) -> Decision {
    match resource {
        Resource::Own => allow_if(may_ever(actor.role, action)),
        Resource::Draft(_) if actor.role == Role::Patient => Decision::Hide,
        Resource::Shared(pair) | Resource::Draft(pair) => decide_shared(actor, action, pair),
        Resource::Opened(patient, grant) => decide_opened(actor, action, patient, grant),
        Resource::Of(account) => {
            allow_if(may_ever(actor.role, action) && account == actor.account_id)
        }
        Resource::Person(person) => decide_person(actor, action, person),
    }
}

/// Whether the actor may delete an appointment: its doctor always, its patient while it is no
/// record of what took place or was missed.
#[must_use]
pub fn decide_deletion(actor: &Actor, pair: Participants, status: Status) -> Decision {
    let record = matches!(status, Status::Completed | Status::NoShow);
    match decide(actor, Action::DeleteAppointment, Resource::Shared(pair)) {
        Decision::Allow => allow_if(actor.role == Role::Doctor || !record),
        no => no,
    }
}

/// Whether a role can do this at all, whatever it is done to. What fails here is refused before
/// anything is looked up.
#[must_use]
pub fn may_ever(role: Role, action: Action) -> bool {
    match action {
        Action::ReadOwnAccount
        | Action::EndOwnSessions
        | Action::ListNotices
        | Action::SeeNotices
        | Action::ChangeOwnProfile
        | Action::ReadPicture => true,
        // Each follows what it may read: administrators follow accounts, and no patient's care.
        Action::FollowEvents | Action::ListDoctors | Action::ReadTakenTimes | Action::ReadHours => {
            role != Role::Compliance
        }
        Action::BookAppointment
        | Action::ListOwnMedicines
        | Action::ListContacts
        | Action::RequestCorrection
        | Action::ReadAccessReport
        | Action::DownloadOwnData => role == Role::Patient,
        // What a break-glass grant opens.
        Action::ReadRoom
        | Action::ReadMessages
        | Action::ReadAppointment
        | Action::ReadConsultation => role != Role::Admin,
        Action::ListPatientMedicines => matches!(role, Role::Doctor | Role::Compliance),
        Action::CloseRoom
        | Action::OpenConsultation
        | Action::WriteConsultation
        | Action::SignConsultation
        | Action::DeleteConsultation
        | Action::ReadConsultationFields
        | Action::AnswerCorrection
        | Action::SetHours
        | Action::ChangeOwnAvailability => role == Role::Doctor,
        Action::SearchTrail
        | Action::DecideReports
        | Action::ReplayLog
        | Action::ExportLog
        | Action::ReadAsOf
        | Action::BreakGlass
        | Action::ReadGrants
        | Action::EndGrant
        | Action::ReviewGrant
        | Action::ListPatientRecords
        | Action::ReviewTrail
        | Action::KeepSearches => role == Role::Compliance,
        Action::RestoreMessage
        | Action::ReportMessage
        | Action::RestoreConsultation
        | Action::RestoreAppointment
        | Action::ListAccounts
        | Action::DecideRequests
        | Action::ChangeRoles
        | Action::DeactivateAccounts
        | Action::ListDeletedItems
        | Action::ReadSystem => role == Role::Admin,
        Action::ListConsultations
        | Action::ChangeAppointment
        | Action::DeleteAppointment
        | Action::ListAppointments
        | Action::ListRooms
        | Action::PostMessage
        | Action::EditMessage
        | Action::RetractMessage
        | Action::ReactToMessage
        | Action::MarkProgress
        | Action::Type => matches!(role, Role::Patient | Role::Doctor),
    }
}

fn decide_shared(actor: &Actor, action: Action, pair: Participants) -> Decision {
    // Administrators restore and report by number or id, and compliance officers decide so about
    // what was reported, without seeing it.
    let unseen = [
        Action::RestoreMessage,
        Action::RestoreAppointment,
        Action::RestoreConsultation,
        Action::ReportMessage,
        Action::DecideReports,
    ];
    if unseen.contains(&action) {
        return allow_if(may_ever(actor.role, action));
    }
    let takes_part = match actor.role {
        Role::Patient => pair.patient_id == actor.account_id,
        Role::Doctor => pair.doctor_id == actor.account_id,
        Role::Admin | Role::Compliance => false,
    };
    if takes_part { allow_if(may_ever(actor.role, action)) } else { Decision::Hide }
}

/// Whether a break-glass grant has a part in this action at all.
#[must_use]
pub fn needs_grant(action: Action) -> bool {
    matches!(
        action,
        Action::ReadRoom
            | Action::ReadMessages
            | Action::ReadAppointment
            | Action::ReadConsultation
            | Action::ListPatientMedicines
            | Action::ListPatientRecords
            | Action::ReadAsOf
            | Action::ReplayLog
    )
}

/// An officer reads what their own grant for this very patient opens, and does nothing else.
fn decide_opened(actor: &Actor, action: Action, patient: AccountId, grant: OpenGrant) -> Decision {
    let holds = actor.role == Role::Compliance
        && grant.officer_id == actor.account_id
        && grant.patient_id == patient;
    if holds && needs_grant(action) { Decision::Allow } else { Decision::Hide }
}

/// People see themselves, those whom they talk to, and the doctors of the directory.
/// Administrators see everybody, as they tell people apart.
fn decide_person(actor: &Actor, action: Action, person: Person) -> Decision {
    let is_seen = person.account_id == actor.account_id
        || actor.role == Role::Admin
        || (person.is_listed && may_ever(actor.role, Action::ListDoctors))
        || person.pair.is_some_and(|pair| decide_shared(actor, action, pair) == Decision::Allow);
    if is_seen { allow_if(may_ever(actor.role, action)) } else { Decision::Hide }
}

fn allow_if(allowed: bool) -> Decision {
    if allowed { Decision::Allow } else { Decision::Forbid }
}
