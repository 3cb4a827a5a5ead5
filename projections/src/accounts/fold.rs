//! An event applied to an account's row.

use super::account::Account;
use super::seals::Clear;
use crate::SealedText;
use crate::log::RecordedEvent;
use crate::projection::ApplyError;
use anamnesis_domain::account::{AccountEvent as Event, Availability, ProfileChange, Status};
use anamnesis_domain::{AccountId, Role, Sealed};
use std::collections::BTreeMap;

/// The rows that a batch touches, as loaded before and as folded after.
pub(super) type Rows = BTreeMap<AccountId, Account>;

pub(super) fn apply(
    rows: &mut Rows,
    account_id: AccountId,
    recorded: &RecordedEvent,
    event: &Event,
    clear: &mut Clear,
) -> Result<(), ApplyError> {
    match event {
        Event::PatientRegistered { .. } => {
            let row = registered(account_id, recorded, Role::Patient, Status::Active, clear);
            return insert(rows, row);
        }
        Event::StaffAccountRequested { role, .. } => {
            let row = registered(account_id, recorded, *role, Status::Pending, clear);
            return insert(rows, Account { requested_role: Some(*role), ..row });
        }
        _ => {}
    }
    let row = rows.get_mut(&account_id);
    let row = row.ok_or(ApplyError::Misfit("the account was never registered"))?;
    row.version = recorded.sequence;
    row.last_position = recorded.position;
    change(row, recorded, event, clear);
    Ok(())
}

fn change(row: &mut Account, recorded: &RecordedEvent, event: &Event, clear: &mut Clear) {
    match event {
        Event::PatientRegistered { .. } | Event::StaffAccountRequested { .. } => {}
        Event::AccountApproved { role, .. } => {
            row.role = *role;
            row.status = Status::Active;
        }
        Event::AccountRefused { .. } => row.status = Status::Refused,
        Event::AccountRoleChanged { role, .. } => row.role = *role,
        Event::AccountProfileChanged { change } => change_profile(row, recorded, change, clear),
        Event::AccountAvailabilityChanged { availability } => row.availability = *availability,
        Event::DoctorSpecialtyChanged { specialty } => row.specialty = Some(*specialty),
        Event::AccountDeactivated { .. } => row.status = Status::Deactivated,
        Event::AccountRestored { .. } => row.status = Status::Active,
    }
}

fn insert(rows: &mut Rows, row: Account) -> Result<(), ApplyError> {
    match rows.insert(row.account_id, row) {
        None => Ok(()),
        Some(_) => Err(ApplyError::Misfit("the account was registered before")),
    }
}

fn registered(
    account_id: AccountId,
    recorded: &RecordedEvent,
    role: Role,
    status: Status,
    clear: &mut Clear,
) -> Account {
    Account {
        account_id,
        username: clear.take(recorded.event_id, "username"),
        email: clear.take(recorded.event_id, "email"),
        name: clear.take(recorded.event_id, "name").unwrap_or_default(),
        bio: None,
        phone: None,
        picture_id: None,
        role,
        requested_role: None,
        status,
        availability: Availability::default(),
        specialty: None,
        registered_at: recorded.recorded_at,
        version: recorded.sequence,
        last_position: recorded.position,
    }
}

fn change_profile(
    row: &mut Account,
    recorded: &RecordedEvent,
    change: &ProfileChange,
    clear: &mut Clear,
) {
    let event_id = recorded.event_id;
    let replace = |field: &mut Option<SealedText>, news: &Option<Sealed>| {
        if let Some(sealed) = news {
            *field = Some(SealedText { sealed: sealed.clone(), event_id });
        }
    };
    if change.name.is_some() {
        row.name = clear.take(event_id, "name").unwrap_or_default();
    }
    if change.picture.is_some() {
        // An empty reference takes the picture away.
        row.picture_id = clear.take(event_id, "picture").and_then(|id| id.parse().ok());
    }
    replace(&mut row.bio, &change.bio);
    replace(&mut row.phone, &change.phone);
}
