//! What holds whatever was done.

use crate::support::step::step;
use crate::words::{
    approve, change_role, deactivate, refuse, register, request, restore, specialise,
};
use anamnesis_domain::Role;
use anamnesis_domain::account::{
    Account, AccountCommand as Command, AccountError as Error, Availability, Specialty,
};
use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, prop_oneof, proptest};

fn any_command() -> impl Strategy<Value = Command> {
    let role = || prop::sample::select(Role::ALL.as_slice());
    let availability = [Availability::Available, Availability::Busy, Availability::OffDuty];
    prop_oneof![
        Just(register()),
        role().prop_map(request),
        role().prop_map(approve),
        Just(refuse()),
        role().prop_map(change_role),
        prop::sample::select(availability.to_vec())
            .prop_map(|availability| Command::ChangeAvailability { availability }),
        prop::sample::select(Specialty::ALL.as_slice()).prop_map(specialise),
        Just(deactivate()),
        Just(restore()),
    ]
}

proptest! {
    #[test]
    fn a_repeated_command_writes_nothing(
        commands in prop::collection::vec(any_command(), 0..30),
    ) {
        let mut account = Account::default();
        for command in commands {
            let registers = matches!(
                command,
                Command::RegisterPatient { .. } | Command::RequestStaffAccount { .. }
            );
            let first = step(&mut account, &command);
            let second = step(&mut account, &command);
            match first {
                // The state does not know whose the first registration was, so it can not
                // call the second one the same; the log recognises the retry by its id.
                Ok(_) if registers => prop_assert_eq!(second, Err(Error::AlreadyExists)),
                first => prop_assert_eq!(second, first.map(|_| vec![])),
            }
        }
    }
}
