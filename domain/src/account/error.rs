//! Why an account refuses.

/// A refusal by the rules of accounts. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// No such account.
    #[error("there is no such account")]
    NotFound,
    /// The account was registered or requested before.
    #[error("the account exists already")]
    AlreadyExists,
    /// The account waits for an administrator.
    #[error("the account waits for approval")]
    Pending,
    /// The account was turned down.
    #[error("the account was refused")]
    Refused,
    /// The account was approved before, so it can not be refused or approved differently.
    #[error("the account was approved already")]
    AlreadyApproved,
    /// The account is out of use.
    #[error("the account is deactivated")]
    Deactivated,
    /// Patients register by themselves: that is no staff role.
    #[error("a staff account can not have the role of a patient")]
    NotAStaffRole,
    /// A patient's account stays a patient's.
    #[error("a patient's account can not be given a staff role")]
    PatientStaysPatient,
    /// Only doctors have an availability.
    #[error("only a doctor has an availability")]
    NotADoctor,
    /// The change changes nothing.
    #[error("the change is empty")]
    NothingToChange,
    /// Who decides is no administrator, or not any more.
    #[error("only an administrator decides about accounts")]
    NotAnAdministrator,
    /// Nobody gives themselves another role, refuses or deactivates themselves: the last
    /// administrator could lock everybody out.
    #[error("an administrator can not do this to their own account")]
    OwnAccount,
}

impl AccountError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "account_not_found",
            Self::AlreadyExists => "account_already_exists",
            Self::Pending => "account_pending",
            Self::Refused => "account_refused",
            Self::AlreadyApproved => "account_already_approved",
            Self::Deactivated => "account_deactivated",
            Self::NotAStaffRole => "account_not_a_staff_role",
            Self::PatientStaysPatient => "account_patient_stays_patient",
            Self::NotADoctor => "account_not_a_doctor",
            Self::NothingToChange => "account_nothing_to_change",
            Self::NotAnAdministrator => "account_not_an_administrator",
            Self::OwnAccount => "account_own_account",
        }
    }
}
