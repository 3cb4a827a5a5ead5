//! An account as its row has it.

use crate::SealedText;
use crate::number::unsigned;
use anamnesis_domain::account::{Availability, Status};
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use sqlx::{FromRow, Row, postgres::PgRow};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub account_id: AccountId,
    /// As typed at registration; `None` once erased.
    pub username: Option<String>,
    /// `None` once erased.
    pub email: Option<String>,
    /// The name that others see; empty once erased.
    pub name: String,
    /// A few words, still sealed. What opens to an empty text was cleared.
    pub bio: Option<SealedText>,
    /// A reference to a picture, still sealed.
    pub picture: Option<SealedText>,
    /// Telephone number, still sealed.
    pub phone: Option<SealedText>,
    /// Its role; while it waits for approval, the one asked for.
    pub role: Role,
    /// Where it stands in its life.
    pub status: Status,
    /// A doctor's; `Available` for everybody else.
    pub availability: Availability,
    /// When it was registered or requested.
    pub registered_at: DateTime<Utc>,
    /// Sequence of its last event.
    pub version: u64,
}

/// The form in which names and addresses are looked up: trimmed, lower case.
#[must_use]
pub fn normalise(text: &str) -> String {
    text.trim().to_lowercase()
}

pub(super) fn status_name(status: Status) -> &'static str {
    match status {
        Status::Missing => "missing",
        Status::Pending => "pending",
        Status::Active => "active",
        Status::Refused => "refused",
        Status::Deactivated => "deactivated",
    }
}

impl FromRow<'_, PgRow> for Account {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let sealed = |column: &str, event: &str| {
            Ok::<_, sqlx::Error>(SealedText::from_columns(
                row.try_get(column)?,
                row.try_get(event)?,
            ))
        };
        Ok(Self {
            account_id: AccountId(row.try_get("account_id")?),
            username: row.try_get("username")?,
            email: row.try_get("email")?,
            name: row.try_get("name")?,
            bio: sealed("bio", "bio_event_id")?,
            picture: sealed("picture", "picture_event_id")?,
            phone: sealed("phone", "phone_event_id")?,
            role: named(row, "role")?,
            status: named(row, "status")?,
            availability: named(row, "availability")?,
            registered_at: row.try_get("registered_at")?,
            version: unsigned(row.try_get("version")?),
        })
    }
}

/// A value stored under the name that it has in events.
pub(super) fn named<T: for<'de> Deserialize<'de>>(
    row: &PgRow,
    column: &str,
) -> Result<T, sqlx::Error> {
    let text: &str = row.try_get(column)?;
    let text: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(text).map_err(|error| sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: error.into(),
    })
}
