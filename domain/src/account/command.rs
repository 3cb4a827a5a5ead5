//! What can be asked of an account.

use super::{Availability, Identity, ProfileChange, Specialty};
use crate::{AccountId, Role};

/// `by` is the administrator who asks, `None` for the installation itself (the first
/// administrator has nobody to be approved by). `account_id` is the account itself, which does
/// not remember its id: nobody does these things to their own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are explained above, once")]
pub enum AccountCommand {
    /// A patient registers; the account is active at once.
    RegisterPatient { identity: Identity },
    /// Somebody asks for a staff account; it can do nothing until it is approved.
    RequestStaffAccount { identity: Identity, role: Role },
    /// Lets a requested account in, with the role it shall have.
    ApproveAccount { by: Option<AccountId>, role: Role },
    /// Turns a requested account down.
    RefuseAccount { account_id: AccountId, by: AccountId },
    /// Gives a member of staff another role.
    ChangeRole { account_id: AccountId, by: AccountId, role: Role },
    /// Changes what the account says of its person, and a doctor's specialty: all of it or
    /// nothing.
    ChangeProfile { change: ProfileChange, specialty: Option<Specialty> },
    /// A doctor says whether they can be reached.
    ChangeAvailability { availability: Availability },
    /// Takes the account out of use; it can be restored.
    DeactivateAccount { account_id: AccountId, by: AccountId },
    /// Brings a deactivated account back, as it was.
    RestoreAccount { by: AccountId },
    /// Says that the account is an administrator's, in use: what one decides about another rests
    /// on it, in the same append. Never an event.
    CheckAdministrator,
    /// Says that the account is in use: what is to take place with its person rests on it, in the
    /// same append. Never an event.
    CheckInUse,
    /// Says that the account is a doctor's, in use, likewise. Never an event.
    CheckDoctor,
}
