//! What happened to a login name.

use crate::AccountId;
use crate::event::versions;
use serde::{Deserialize, Serialize};

/// A fact about a login name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LoginNameEvent {
    /// The name belongs to the account.
    NameClaimed { account_id: AccountId },
    /// The name is free again.
    NameReleased { account_id: AccountId },
}

versions!(LoginNameEvent { NameClaimed => "1", NameReleased => "1" });
