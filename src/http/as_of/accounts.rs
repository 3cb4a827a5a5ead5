//! An account as it was. With which name and address it signs in is between its person and
//! administrators.

use super::shown::{Placed, Showing, Shown};
use crate::http::error::ApiError;
use anamnesis_domain::account::{Account as AccountAggregate, Availability, Specialty, Status};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::Account;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;

/// An account.
#[derive(Serialize, JsonSchema)]
pub(super) struct AccountThen {
    account_id: AccountId,
    /// Empty once it was erased.
    name: String,
    role: Role,
    /// What was asked for; null for patients.
    requested_role: Option<Role>,
    status: Status,
    /// A doctor's; `available` for everybody else.
    availability: Availability,
    specialty: Option<Specialty>,
    /// What they said of themselves; null if nothing ever.
    bio: Option<Shown<String>>,
    phone: Option<Shown<String>>,
    has_picture: bool,
    registered_at: DateTime<Utc>,
    version: u64,
}

pub(super) async fn account(showing: Showing<'_>, one: Account) -> Result<AccountThen, ApiError> {
    let stream = one.account_id.to_string();
    let placed: [Placed<'_>; 2] = [
        one.bio.as_ref().map(|text| ("bio".to_owned(), text)),
        one.phone.as_ref().map(|text| ("phone".to_owned(), text)),
    ];
    let mut texts = showing.texts((AccountAggregate::TYPE, &stream), &placed).await?.into_iter();
    let (bio, phone) = (texts.next().flatten(), texts.next().flatten());
    Ok(AccountThen {
        account_id: one.account_id,
        name: one.name,
        role: one.role,
        requested_role: one.requested_role,
        status: one.status,
        availability: one.availability,
        specialty: one.specialty,
        bio,
        phone,
        has_picture: one.picture_id.is_some(),
        registered_at: one.registered_at,
        version: one.version,
    })
}
