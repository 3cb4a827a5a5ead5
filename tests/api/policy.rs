//! Who may do what, as the policy alone decides it. For a compliance officer to read:
//! `tests/api/matrix.rs` shows the same over HTTP.

use Decision::{Allow as Y, Forbid as N, Hide as H};
use anamnesis::http::routes::{Access, routes};
use anamnesis::policy::{
    Action, Actor, Decision, OpenGrant, Person, Resource, authorise_room, decide, decide_deletion,
    may_ever,
};
use anamnesis_domain::appointment::Status;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, GrantId, Role, RoomId};
use uuid::Uuid;

const ROLES: [Role; 4] = [Role::Patient, Role::Doctor, Role::Admin, Role::Compliance];

/// Of each action: what each role may do with what is their own or nobody's in particular; with
/// what they share with somebody; and with what others share.
///
/// `Y`: allowed. `N`: refused. `H`: there is no such thing, as far as they can tell.
#[rustfmt::skip]
const TABLE: &[(Action, [[Decision; 4]; 3])] = &[
    //                            own           participant   others'
    //                            P  D  A  C    P  D  A  C    P  D  A  C
    (Action::ReadOwnAccount,   [[Y, Y, Y, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::EndOwnSessions,   [[Y, Y, Y, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ListDoctors,      [[Y, Y, Y, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ReadTakenTimes,   [[Y, Y, Y, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::BookAppointment,  [[Y, N, N, N], [Y, N, H, H], [H, H, H, H]]),
    (Action::ListAppointments, [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ReadAppointment,  [[Y, Y, N, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::FollowEvents,     [[Y, Y, Y, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ListRooms,        [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ReadRoom,         [[Y, Y, N, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ReadMessages,     [[Y, Y, N, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::PostMessage,      [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::EditMessage,      [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::RetractMessage,   [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::RestoreMessage,   [[N, N, Y, N], [N, N, Y, N], [N, N, Y, N]]),
    (Action::ReportMessage,    [[N, N, Y, N], [N, N, Y, N], [N, N, Y, N]]),
    (Action::DecideReports,    [[N, N, N, Y], [N, N, N, Y], [N, N, N, Y]]),
    (Action::ReactToMessage,   [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::MarkProgress,     [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::Type,             [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::CloseRoom,        [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::ListNotices,      [[Y, Y, Y, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::SeeNotices,       [[Y, Y, Y, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::OpenConsultation, [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::ListConsultations, [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ReadConsultation, [[Y, Y, N, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::WriteConsultation, [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::SignConsultation, [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::DeleteConsultation, [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::RestoreConsultation, [[N, N, Y, N], [N, N, Y, N], [N, N, Y, N]]),
    (Action::RequestCorrection,   [[Y, N, N, N], [Y, N, H, H], [H, H, H, H]]),
    (Action::AnswerCorrection,    [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::ListOwnMedicines, [[Y, N, N, N], [Y, N, H, H], [H, H, H, H]]),
    (Action::ListPatientMedicines, [[N, Y, N, Y], [N, Y, H, H], [H, H, H, H]]),
    (Action::ListContacts, [[Y, N, N, N], [Y, N, H, H], [H, H, H, H]]),
    (Action::ReadAccessReport, [[Y, N, N, N], [Y, N, H, H], [H, H, H, H]]),
    (Action::DownloadOwnData, [[Y, N, N, N], [Y, N, H, H], [H, H, H, H]]),
    (Action::ReadHours,        [[Y, Y, Y, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::SetHours,         [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::ChangeAppointment,  [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::DeleteAppointment,  [[Y, Y, N, N], [Y, Y, H, H], [H, H, H, H]]),
    (Action::RestoreAppointment, [[N, N, Y, N], [N, N, Y, N], [N, N, Y, N]]),

    (Action::ChangeOwnProfile,      [[Y, Y, Y, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ChangeOwnAvailability, [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::ReadPicture,           [[Y, Y, Y, Y], [Y, Y, H, H], [H, H, H, H]]),
    (Action::ListAccounts,          [[N, N, Y, N], [N, N, H, H], [H, H, H, H]]),
    (Action::DecideRequests,        [[N, N, Y, N], [N, N, H, H], [H, H, H, H]]),
    (Action::ChangeRoles,           [[N, N, Y, N], [N, N, H, H], [H, H, H, H]]),
    (Action::DeactivateAccounts,    [[N, N, Y, N], [N, N, H, H], [H, H, H, H]]),
    (Action::ListDeletedItems,      [[N, N, Y, N], [N, N, H, H], [H, H, H, H]]),
    (Action::ReadSystem,            [[N, N, Y, N], [N, N, H, H], [H, H, H, H]]),
    (Action::SearchTrail,           [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ReplayLog,             [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ExportLog,             [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ReadAsOf,              [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ReadConsultationFields, [[N, Y, N, N], [N, Y, H, H], [H, H, H, H]]),
    (Action::BreakGlass,             [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ReadGrants,             [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::EndGrant,               [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ReviewGrant,            [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ListPatientRecords,     [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::ReviewTrail,            [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
    (Action::KeepSearches,           [[N, N, N, Y], [N, N, H, H], [H, H, H, H]]),
];

/// An actor of this role, and a pair that they are in, where their role says they can be.
fn with_pair(role: Role) -> (Actor, Participants) {
    let actor = Actor { account_id: AccountId(Uuid::new_v4()), role, session_id: Uuid::new_v4() };
    let other = AccountId(Uuid::new_v4());
    let pair = match role {
        Role::Doctor => Participants { patient_id: other, doctor_id: actor.account_id },
        _ => Participants { patient_id: actor.account_id, doctor_id: other },
    };
    (actor, pair)
}

#[test]
fn the_policy_decides_as_the_table_says_for_every_action_role_and_relation() {
    for (action, [own, participant, others]) in TABLE.iter().copied() {
        for (column, role) in ROLES.into_iter().enumerate() {
            let (actor, pair) = with_pair(role);
            let (_, foreign) = with_pair(role);
            let decided = [
                decide(&actor, action, Resource::Own),
                decide(&actor, action, Resource::Shared(pair)),
                decide(&actor, action, Resource::Shared(foreign)),
            ];
            let expected = [own[column], participant[column], others[column]];
            assert_eq!(decided, expected, "{action:?} by {role}");
            assert_eq!(may_ever(role, action), own[column] == Y, "{action:?} by {role}");
        }
    }
}

#[test]
fn all_actions_are_all_that_the_table_has() {
    let tabled: Vec<_> = TABLE.iter().map(|(action, _)| action).collect();
    assert_eq!(Action::ALL.len(), tabled.len());
    assert!(tabled.into_iter().all(|action| Action::ALL.contains(action)));
}

#[test]
fn every_action_of_a_route_is_in_the_table() {
    for route in routes() {
        if let Access::For(action) = route.access {
            let in_table = TABLE.iter().any(|(known, _)| *known == action);
            assert!(in_table, "{} {}", route.method, route.path);
        }
    }
}

#[test]
fn a_draft_is_the_doctors_alone() {
    for role in ROLES {
        let (actor, pair) = with_pair(role);
        let (_, foreign) = with_pair(role);
        let expected = if role == Role::Doctor { Y } else { H };
        let read = |resource| decide(&actor, Action::ReadConsultation, resource);
        assert_eq!(read(Resource::Draft(pair)), expected, "{role}");
        assert_eq!(read(Resource::Draft(foreign)), H, "{role}");
    }
}

/// What an officer may do with a patient's record while they hold a grant for it. Everything
/// else, and everybody else, is as without one.
const OPENED: [Action; 8] = [
    Action::ReadRoom,
    Action::ReadMessages,
    Action::ReadAppointment,
    Action::ReadConsultation,
    Action::ListPatientMedicines,
    Action::ListPatientRecords,
    Action::ReadAsOf,
    Action::ReplayLog,
];

#[test]
fn a_grant_opens_one_patients_record_to_one_officer_for_reading() {
    for (action, _) in TABLE.iter().copied() {
        for role in ROLES {
            let (actor, _) = with_pair(role);
            let (patient_id, other) = (AccountId::new(), AccountId::new());
            let grant = |officer_id, patient_id| OpenGrant {
                grant_id: GrantId::new(),
                officer_id,
                patient_id,
            };
            let own = grant(actor.account_id, patient_id);
            let decided = |grant| decide(&actor, action, Resource::Opened(patient_id, grant));
            let opens = role == Role::Compliance && OPENED.contains(&action);
            assert_eq!(decided(own), if opens { Y } else { H }, "{action:?} by {role}");
            assert_eq!(decided(grant(other, patient_id)), H, "another officer's: {action:?}");
            assert_eq!(decided(grant(actor.account_id, other)), H, "another's: {action:?}");
        }
    }
}

#[test]
fn a_patient_in_the_doctors_place_is_no_participant() {
    let (actor, pair) = with_pair(Role::Patient);
    let swapped = Participants { patient_id: pair.doctor_id, doctor_id: pair.patient_id };
    assert_eq!(decide(&actor, Action::ReadRoom, Resource::Shared(swapped)), H);
}

#[test]
fn a_room_is_authorised_only_as_the_policy_decides() {
    let (actor, pair) = with_pair(Role::Doctor);
    let (stranger, _) = with_pair(Role::Doctor);
    let room = RoomId::of_pair(pair.patient_id, pair.doctor_id);
    let authorised = authorise_room(actor, Action::ReadRoom, room, Some(pair), None).unwrap();
    assert_eq!(authorised.other(), pair.patient_id);
    assert_eq!(authorised.subject(), pair.patient_id);
    assert!(authorise_room(actor, Action::ReadRoom, room, None, None).is_err());
    assert!(authorise_room(stranger, Action::ReadRoom, room, Some(pair), None).is_err());
}

#[test]
fn a_patient_deletes_no_record_of_what_took_place_and_the_doctor_may() {
    for status in Status::ALL {
        let (patient, pair) = with_pair(Role::Patient);
        let record = matches!(status, Status::Completed | Status::NoShow);
        assert_eq!(decide_deletion(&patient, pair, status), if record { N } else { Y });
        let (stranger, _) = with_pair(Role::Doctor);
        assert_eq!(decide_deletion(&stranger, pair, status), H);
        let (doctor, pair) = with_pair(Role::Doctor);
        assert_eq!(decide_deletion(&doctor, pair, status), Y);
    }
}

#[test]
fn hours_are_set_by_the_doctor_whose_they_are() {
    for role in ROLES {
        let (actor, pair) = with_pair(role);
        let own = decide(&actor, Action::SetHours, Resource::Of(actor.account_id));
        assert_eq!(own, if role == Role::Doctor { Y } else { N }, "{role}");
        let other = AccountId(Uuid::new_v4());
        assert_eq!(decide(&actor, Action::SetHours, Resource::Of(other)), N, "{role} {pair:?}");
    }
}

/// Who sees a person's picture: the person, whoever shares a room with them, whoever may read
/// the directory that they are in, and administrators.
#[test]
fn a_person_is_seen_by_themselves_by_their_own_and_by_administrators() {
    for (role, stranger, listed, shared) in [
        (Role::Patient, H, Y, Y),
        (Role::Doctor, H, Y, Y),
        (Role::Admin, Y, Y, Y),
        (Role::Compliance, H, H, H),
    ] {
        let (actor, pair) = with_pair(role);
        let decided = |person| decide(&actor, Action::ReadPicture, Resource::Person(person));
        let account_id = AccountId(Uuid::new_v4());
        let person = Person { account_id, is_listed: false, pair: None };
        assert_eq!(decided(person), stranger, "{role}");
        assert_eq!(decided(Person { is_listed: true, ..person }), listed, "{role}");
        assert_eq!(decided(Person { pair: Some(pair), ..person }), shared, "{role}");
        let own = Person { account_id: actor.account_id, ..person };
        assert_eq!(decided(own), Y, "{role}");
    }
}
