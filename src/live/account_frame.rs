//! What happens to accounts, as administrators see it: see `docs/PROTOCOL.md`. The frames carry
//! ids and codes, never names or addresses.

use super::audience::{Audience, Delivery};
use super::{Cursor, Live};
use anamnesis_domain::account::{Account, AccountEvent, Availability, Specialty};
use anamnesis_domain::{AccountId, Event, Role};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::borrow::Cow;

/// What happened to an account. `by` is null when the installation did it.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum AccountHappening {
    AccountRegistered {},
    AccountRequested {
        requested_role: Role,
    },
    AccountApproved {
        by: Option<AccountId>,
        role: Role,
    },
    AccountRefused {
        by: AccountId,
    },
    AccountRoleChanged {
        by: AccountId,
        role: Role,
    },
    AccountProfileChanged {},
    AccountSpecialtyChanged {
        specialty: Specialty,
    },
    AccountAvailabilityChanged {
        availability: Availability,
    },
    AccountDeactivated {
        by: AccountId,
    },
    AccountRestored {
        by: AccountId,
    },
    /// This server can not read the event (a newer one wrote it): fetch the account again.
    AccountUnreadable {},
}

#[derive(Serialize)]
struct AccountFrame {
    #[serde(flatten)]
    happening: AccountHappening,
    /// The account's, as its `ETag`.
    version: u64,
    cursor: Cursor,
    account_id: AccountId,
}

/// The stream of an account.
pub(super) fn stream(account_id: AccountId) -> StreamId {
    StreamId { aggregate_type: Cow::Borrowed(Account::TYPE), aggregate_id: account_id.to_string() }
}

impl Live {
    /// The event as administrators see it; `None` where its stream is no account's.
    pub(super) fn render_account(&self, recorded: &RecordedEvent) -> Option<Delivery> {
        let account_id = recorded.stream.aggregate_id.parse().ok()?;
        let frame = AccountFrame {
            happening: happening(recorded),
            version: recorded.sequence,
            cursor: self.cursor(recorded.position),
            account_id,
        };
        // A struct of ids, numbers and codes has no way to fail.
        let text = serde_json::to_string(&frame).unwrap_or_default().into();
        Some(Delivery { position: recorded.position, text, audience: Audience::Administrators })
    }
}

fn happening(recorded: &RecordedEvent) -> AccountHappening {
    use AccountEvent as E;
    use AccountHappening as H;
    let Ok(Event::Account(event)) = recorded.event() else { return H::AccountUnreadable {} };
    match *event {
        E::PatientRegistered { .. } => H::AccountRegistered {},
        E::StaffAccountRequested { role, .. } => H::AccountRequested { requested_role: role },
        E::AccountApproved { by, role } => H::AccountApproved { by, role },
        E::AccountRefused { by } => H::AccountRefused { by },
        E::AccountRoleChanged { by, role } => H::AccountRoleChanged { by, role },
        E::AccountProfileChanged { .. } => H::AccountProfileChanged {},
        E::DoctorSpecialtyChanged { specialty } => H::AccountSpecialtyChanged { specialty },
        E::AccountAvailabilityChanged { availability } => {
            H::AccountAvailabilityChanged { availability }
        }
        E::AccountDeactivated { by } => H::AccountDeactivated { by },
        E::AccountRestored { by } => H::AccountRestored { by },
    }
}
