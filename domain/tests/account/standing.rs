//! Accounts that change their role, are taken out of use and come back.

use crate::support::given;
use crate::words::{
    admin, become_busy, change_profile, change_role, deactivate, deactivated, patient, restore,
    staff, with,
};
use anamnesis_domain::Role;
use anamnesis_domain::account::{Account, AccountError as Error, AccountEvent as Event, Status};
use cqrs_es::Aggregate;

#[test]
fn a_deactivated_account_can_only_be_restored() {
    for command in [change_role(Role::Admin), change_profile(), become_busy()] {
        given::<Account>(deactivated(staff(Role::Doctor)))
            .when(command)
            .then_refused(Error::Deactivated);
    }
    given::<Account>(deactivated(staff(Role::Doctor)))
        .when(restore())
        .then(Event::AccountRestored { by: admin() });
}

#[test]
fn staff_can_be_given_another_role() {
    given::<Account>(staff(Role::Doctor))
        .when(change_role(Role::Admin))
        .then(Event::AccountRoleChanged { by: admin(), role: Role::Admin });
}

#[test]
fn giving_the_same_role_again_writes_nothing() {
    given::<Account>(staff(Role::Doctor)).when(change_role(Role::Doctor)).then_nothing();
}

#[test]
fn staff_never_become_patients_and_patients_never_become_staff() {
    given::<Account>(staff(Role::Doctor))
        .when(change_role(Role::Patient))
        .then_refused(Error::NotAStaffRole);
    for role in Role::ALL {
        given::<Account>(patient())
            .when(change_role(role))
            .then_refused(Error::PatientStaysPatient);
    }
}

#[test]
fn an_account_in_use_can_be_deactivated() {
    for history in [patient(), staff(Role::Admin)] {
        given::<Account>(history)
            .when(deactivate())
            .then(Event::AccountDeactivated { by: admin() });
    }
}

#[test]
fn deactivating_or_restoring_again_writes_nothing() {
    given::<Account>(deactivated(patient())).when(deactivate()).then_nothing();
    let restored = with(deactivated(patient()), Event::AccountRestored { by: admin() });
    given::<Account>(restored).when(restore()).then_nothing();
}

#[test]
fn a_restored_account_is_what_it_was() {
    let mut doctor = Account::default();
    let history = with(deactivated(staff(Role::Doctor)), Event::AccountRestored { by: admin() });
    for event in history {
        doctor.apply(event);
    }
    assert_eq!((doctor.status(), doctor.role()), (Status::Active, Some(Role::Doctor)));
}
