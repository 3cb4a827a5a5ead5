//! The histories and commands that the rules of accounts are told with.

use crate::support::account;
use anamnesis_domain::account::{
    AccountCommand as Command, AccountEvent as Event, Availability, Identity, ProfileChange,
    Specialty,
};
use anamnesis_domain::{AccountId, Role, Sealed};

pub(crate) const STAFF: [Role; 3] = [Role::Doctor, Role::Admin, Role::Compliance];

pub(crate) fn admin() -> AccountId {
    account(9)
}

/// The one whose account it is.
pub(crate) fn themselves() -> AccountId {
    account(1)
}

pub(crate) fn identity() -> Identity {
    let sealed = |text: &str| Sealed(format!("s1.k1.{text}"));
    Identity { username: sealed("username"), email: sealed("email"), name: sealed("name") }
}

pub(crate) fn new_phone() -> ProfileChange {
    ProfileChange { phone: Some(Sealed("s1.k1.phone".to_owned())), ..ProfileChange::default() }
}

pub(crate) fn patient() -> Vec<Event> {
    vec![Event::PatientRegistered { identity: identity() }]
}

pub(crate) fn pending(role: Role) -> Vec<Event> {
    vec![Event::StaffAccountRequested { identity: identity(), role }]
}

pub(crate) fn refused() -> Vec<Event> {
    with(pending(Role::Doctor), Event::AccountRefused { by: admin() })
}

pub(crate) fn staff(role: Role) -> Vec<Event> {
    with(pending(role), Event::AccountApproved { by: Some(admin()), role })
}

pub(crate) fn deactivated(history: Vec<Event>) -> Vec<Event> {
    with(history, Event::AccountDeactivated { by: admin() })
}

pub(crate) fn with(mut history: Vec<Event>, event: Event) -> Vec<Event> {
    history.push(event);
    history
}

pub(crate) fn approve(role: Role) -> Command {
    Command::ApproveAccount { by: Some(admin()), role }
}

pub(crate) fn refuse() -> Command {
    Command::RefuseAccount { account_id: themselves(), by: admin() }
}

pub(crate) fn change_role(role: Role) -> Command {
    Command::ChangeRole { account_id: themselves(), by: admin(), role }
}

pub(crate) fn change_profile() -> Command {
    Command::ChangeProfile { change: new_phone(), specialty: None }
}

pub(crate) fn specialise(specialty: Specialty) -> Command {
    Command::ChangeProfile { change: ProfileChange::default(), specialty: Some(specialty) }
}

pub(crate) fn become_busy() -> Command {
    Command::ChangeAvailability { availability: Availability::Busy }
}

pub(crate) fn deactivate() -> Command {
    Command::DeactivateAccount { account_id: themselves(), by: admin() }
}

pub(crate) fn restore() -> Command {
    Command::RestoreAccount { by: admin() }
}

pub(crate) fn register() -> Command {
    Command::RegisterPatient { identity: identity() }
}

pub(crate) fn request(role: Role) -> Command {
    Command::RequestStaffAccount { identity: identity(), role }
}
