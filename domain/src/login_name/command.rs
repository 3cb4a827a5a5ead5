//! What can be asked of a login name.

use crate::AccountId;

/// A request to a login name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LoginNameCommand {
    /// Claims the name for an account. Claiming one's own name changes nothing.
    ClaimName { account_id: AccountId },
    /// Gives the name up. Only its holder can; giving up what one does not hold changes nothing.
    ReleaseName { account_id: AccountId },
}
