//! How accounts come into being, and who lets them in.

use crate::support::given;
use crate::words::{
    STAFF, admin, approve, become_busy, change_profile, change_role, deactivate, deactivated,
    identity, patient, pending, refuse, refused, register, request, restore, staff,
};
use anamnesis_domain::Role;
use anamnesis_domain::account::{
    Account, AccountCommand as Command, AccountError as Error, AccountEvent as Event,
};

#[test]
fn a_patient_registers_alone() {
    given::<Account>([]).when(register()).then(Event::PatientRegistered { identity: identity() });
}

#[test]
fn every_staff_role_can_be_requested_and_approved() {
    for role in STAFF {
        given::<Account>([])
            .when(request(role))
            .then(Event::StaffAccountRequested { identity: identity(), role });
        given::<Account>(pending(role))
            .when(approve(role))
            .then(Event::AccountApproved { by: Some(admin()), role });
    }
}

#[test]
fn an_account_comes_into_being_once() {
    for history in [patient(), pending(Role::Admin), refused(), deactivated(staff(Role::Doctor))] {
        given::<Account>(history.clone()).when(register()).then_refused(Error::AlreadyExists);
        given::<Account>(history).when(request(Role::Doctor)).then_refused(Error::AlreadyExists);
    }
}

#[test]
fn nothing_can_be_done_with_an_account_that_does_not_exist() {
    let commands = [
        approve(Role::Doctor),
        refuse(),
        change_role(Role::Doctor),
        change_profile(),
        become_busy(),
        deactivate(),
        restore(),
    ];
    for command in commands {
        given::<Account>([]).when(command).then_refused(Error::NotFound);
    }
}

#[test]
fn an_administrator_may_approve_another_role_than_was_requested() {
    given::<Account>(pending(Role::Admin))
        .when(approve(Role::Doctor))
        .then(Event::AccountApproved { by: Some(admin()), role: Role::Doctor });
}

#[test]
fn the_installation_itself_can_approve_the_first_administrator() {
    given::<Account>(pending(Role::Admin))
        .when(Command::ApproveAccount { by: None, role: Role::Admin })
        .then(Event::AccountApproved { by: None, role: Role::Admin });
}

#[test]
fn nobody_is_approved_as_a_patient() {
    given::<Account>(pending(Role::Doctor))
        .when(approve(Role::Patient))
        .then_refused(Error::NotAStaffRole);
    given::<Account>(patient()).when(approve(Role::Patient)).then_refused(Error::NotAStaffRole);
}

#[test]
fn approving_the_same_role_again_writes_nothing() {
    given::<Account>(staff(Role::Doctor)).when(approve(Role::Doctor)).then_nothing();
}

#[test]
fn an_approved_account_can_not_be_approved_differently_or_refused() {
    for history in [patient(), staff(Role::Admin), deactivated(staff(Role::Doctor))] {
        given::<Account>(history.clone())
            .when(approve(Role::Doctor))
            .then_refused(Error::AlreadyApproved);
        given::<Account>(history).when(refuse()).then_refused(Error::AlreadyApproved);
    }
}

#[test]
fn a_request_can_be_refused() {
    given::<Account>(pending(Role::Doctor))
        .when(refuse())
        .then(Event::AccountRefused { by: admin() });
}

#[test]
fn refusing_again_writes_nothing() {
    given::<Account>(refused()).when(refuse()).then_nothing();
}

#[test]
fn a_refusal_is_for_good() {
    let commands = [
        approve(Role::Doctor),
        change_role(Role::Admin),
        change_profile(),
        become_busy(),
        deactivate(),
        restore(),
    ];
    for command in commands {
        given::<Account>(refused()).when(command).then_refused(Error::Refused);
    }
}

#[test]
fn a_request_can_do_nothing_until_it_is_approved() {
    let commands =
        [change_role(Role::Admin), change_profile(), become_busy(), deactivate(), restore()];
    for command in commands {
        given::<Account>(pending(Role::Doctor)).when(command).then_refused(Error::Pending);
    }
}
