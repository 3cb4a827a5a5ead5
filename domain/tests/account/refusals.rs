//! Each refusal once, with the code that clients depend on.

use crate::support::{given, refusals};
use crate::words::{
    approve, become_busy, change_profile, change_role, deactivate, deactivated, patient, pending,
    refuse, refused, register, request, staff, themselves,
};
use anamnesis_domain::Role;
use anamnesis_domain::account::{
    Account, AccountCommand as Command, AccountError as Error, ProfileChange,
};

refusals!(Account, Error {
    NotFound "account_not_found": [] => deactivate();
    AlreadyExists "account_already_exists": patient() => register();
    Pending "account_pending": pending(Role::Doctor) => change_profile();
    Refused "account_refused": refused() => approve(Role::Doctor);
    AlreadyApproved "account_already_approved": staff(Role::Doctor) => refuse();
    Deactivated "account_deactivated": deactivated(patient()) => change_profile();
    NotAStaffRole "account_not_a_staff_role": [] => request(Role::Patient);
    PatientStaysPatient "account_patient_stays_patient": patient() => change_role(Role::Admin);
    NotADoctor "account_not_a_doctor": patient() => become_busy();
    NothingToChange "account_nothing_to_change":
        patient() => Command::ChangeProfile { change: ProfileChange::default(), specialty: None };
    NotAnAdministrator "account_not_an_administrator":
        staff(Role::Doctor) => Command::CheckAdministrator;
    OwnAccount "account_own_account": staff(Role::Admin) =>
        Command::DeactivateAccount { account_id: themselves(), by: themselves() };
});
