//! Who may decide about accounts.

use crate::support::given;
use crate::words::{
    admin, change_role, deactivate, deactivated, patient, pending, refused, staff, themselves, with,
};
use anamnesis_domain::Role;
use anamnesis_domain::account::{
    Account, AccountCommand as Command, AccountError as Error, AccountEvent as Event,
};

#[test]
fn an_administrator_does_not_decide_about_themselves() {
    let (account_id, by) = (themselves(), themselves());
    let commands = [
        Command::RefuseAccount { account_id, by },
        Command::DeactivateAccount { account_id, by },
        Command::ChangeRole { account_id, by, role: Role::Doctor },
        Command::ChangeRole { account_id, by, role: Role::Admin },
    ];
    for command in commands {
        given::<Account>(staff(Role::Admin)).when(command).then_refused(Error::OwnAccount);
    }
}

#[test]
fn what_is_to_take_place_needs_accounts_in_use() {
    given::<Account>(patient()).when(Command::CheckInUse).then_nothing();
    given::<Account>(staff(Role::Doctor)).when(Command::CheckDoctor).then_nothing();
    given::<Account>(deactivated(patient()))
        .when(Command::CheckInUse)
        .then_refused(Error::Deactivated);
    given::<Account>(deactivated(staff(Role::Doctor)))
        .when(Command::CheckDoctor)
        .then_refused(Error::Deactivated);
    given::<Account>(staff(Role::Admin)).when(Command::CheckDoctor).then_refused(Error::NotADoctor);
}

#[test]
fn only_an_administrator_in_use_is_one() {
    given::<Account>(staff(Role::Admin)).when(Command::CheckAdministrator).then_nothing();
    let ceased =
        with(staff(Role::Admin), Event::AccountRoleChanged { by: admin(), role: Role::Compliance });
    let others = [vec![], patient(), pending(Role::Admin), refused(), ceased];
    for history in others.into_iter().chain([deactivated(staff(Role::Admin))]) {
        given::<Account>(history)
            .when(Command::CheckAdministrator)
            .then_refused(Error::NotAnAdministrator);
    }
}

#[test]
fn an_administrator_decides_about_another() {
    given::<Account>(staff(Role::Admin))
        .when(change_role(Role::Compliance))
        .then(Event::AccountRoleChanged { by: admin(), role: Role::Compliance });
    given::<Account>(staff(Role::Admin))
        .when(deactivate())
        .then(Event::AccountDeactivated { by: admin() });
}
