//! What happened to an account.

use super::{Availability, Identity, ProfileChange, Specialty};
use crate::event::versions;
use crate::{AccountId, Role};
use serde::{Deserialize, Serialize};

/// A fact about an account. Secrets (password hashes, one-time-code seeds) are never here.
/// `by` is the administrator who did it; absent when the installation did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are explained above, once")]
pub enum AccountEvent {
    /// A patient registered; the account is active.
    PatientRegistered { identity: Identity },
    /// Somebody asked for a staff account.
    StaffAccountRequested { identity: Identity, role: Role },
    /// The requested account is active, with this role.
    AccountApproved {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<AccountId>,
        role: Role,
    },
    /// The requested account was turned down, for good.
    AccountRefused { by: AccountId },
    /// The account has another role from now on.
    AccountRoleChanged { by: AccountId, role: Role },
    /// The account says something else of its person.
    AccountProfileChanged { change: ProfileChange },
    /// The doctor can be reached, or not.
    AccountAvailabilityChanged { availability: Availability },
    /// The doctor is a specialist in something else.
    DoctorSpecialtyChanged { specialty: Specialty },
    /// The account is out of use.
    AccountDeactivated { by: AccountId },
    /// The account is in use again.
    AccountRestored { by: AccountId },
}

versions!(AccountEvent {
    PatientRegistered => "1",
    StaffAccountRequested => "1",
    AccountApproved => "1",
    AccountRefused => "1",
    AccountRoleChanged => "1",
    AccountProfileChanged => "1",
    AccountAvailabilityChanged => "1",
    DoctorSpecialtyChanged => "1",
    AccountDeactivated => "1",
    AccountRestored => "1",
});
