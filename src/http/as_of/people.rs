//! Who could do what with a record, and who has looked at it.

use crate::app::App;
use crate::as_of::View;
use crate::http::error::ApiError;
use crate::policy::Action;
use anamnesis_domain::account::Status;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::deleted_items::DeletedItem;
use anamnesis_projections::trail::{Stretch, readers};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// One of those whom a record is of, as they were.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PersonThen")]
pub(super) struct PersonThen {
    account_id: AccountId,
    /// The name they had then. Empty once it was erased.
    name: String,
    role: Role,
    status: Status,
    /// What they could do with it; nothing, if they could not see it.
    may: Vec<Action>,
}

pub(super) fn people(view: &View) -> Vec<PersonThen> {
    view.people
        .iter()
        .map(|person| PersonThen {
            account_id: person.account_id,
            name: person.name.clone(),
            role: person.role,
            status: person.status,
            may: view.allowed(person),
        })
        .collect()
}

/// That something was taken away, and by whom.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "DeletionThen")]
pub(super) struct DeletionThen {
    by: AccountId,
    at: DateTime<Utc>,
    position: u64,
}

impl From<&DeletedItem> for DeletionThen {
    fn from(item: &DeletedItem) -> Self {
        Self { by: item.deleted_by, at: item.deleted_at, position: item.position }
    }
}

/// Somebody who had looked at it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReaderThen")]
pub(super) struct ReaderThen {
    account_id: AccountId,
    /// The name they have today. Empty once it was erased.
    name: String,
    /// The role in which they looked.
    role: Option<Role>,
    /// How many looks were written down.
    looks: u64,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
}

/// Who had read a record by a position, and where to go on.
pub(super) async fn read_by(
    app: &App,
    record: Uuid,
    before: u64,
) -> Result<(Vec<ReaderThen>, Option<u64>), ApiError> {
    let found = readers(&app.pool, record, Stretch { from: 0, before }).await?;
    let accounts: Vec<_> = found.readers.iter().map(|one| one.account_id).collect();
    let names = names_of(&app.pool, &accounts).await?;
    let readers = found.readers.into_iter().map(|one| ReaderThen {
        name: names.get(&one.account_id).cloned().unwrap_or_default(),
        account_id: one.account_id,
        role: one.role,
        looks: one.looks,
        first_at: one.first_at,
        last_at: one.last_at,
    });
    Ok((readers.collect(), found.next))
}
