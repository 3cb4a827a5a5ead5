//! An account as its row has it.

use crate::SealedText;
use crate::number::unsigned;
use anamnesis_domain::account::{Availability, Specialty, Status};
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use sqlx::{FromRow, Row, postgres::PgRow};
use uuid::Uuid;

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
    /// Telephone number, still sealed.
    pub phone: Option<SealedText>,
    /// The picture, where there is one.
    pub picture_id: Option<Uuid>,
    /// Its role; while it waits for approval, the one asked for.
    pub role: Role,
    /// The role that was asked for; `None` for patients.
    pub requested_role: Option<Role>,
    /// Where it stands in its life.
    pub status: Status,
    /// A doctor's; `Available` for everybody else.
    pub availability: Availability,
    /// A doctor's, once they have said it.
    pub specialty: Option<Specialty>,
    /// When it was registered or requested.
    pub registered_at: DateTime<Utc>,
    /// Sequence of its last event.
    pub version: u64,
    /// Position of its last event.
    pub last_position: u64,
}

/// More words than any name has.
const WORDS_MAX: usize = 8;
/// So many letters of a word are looked for. PostgreSQL refuses words of 2 KiB, and would say so
/// with the word.
const LETTERS_MAX: usize = 100;

/// The form in which names and addresses are looked up: trimmed, lower case.
#[must_use]
pub fn normalise(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The words of a name, in lower case and at most eight of them: what a search compares.
pub(super) fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS_MAX).map(str::to_lowercase).collect()
}

/// The beginnings of words that are searched for, as PostgreSQL wants them: all of them, in any
/// order. `None` without a letter or digit, which asks for nothing. There is nothing to escape:
/// words are letters and digits.
pub(crate) fn beginnings(name: &str) -> Option<String> {
    let begin = |word: &String| word.chars().take(LETTERS_MAX).collect::<String>();
    let words: Vec<_> = words(name).iter().map(|word| format!("'{}':*", begin(word))).collect();
    (!words.is_empty()).then(|| words.join(" & "))
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
            phone: sealed("phone", "phone_event_id")?,
            picture_id: row.try_get("picture_id")?,
            role: named(row, "role")?,
            requested_role: maybe_named(row, "requested_role")?,
            status: named(row, "status")?,
            availability: named(row, "availability")?,
            specialty: maybe_named(row, "specialty")?,
            registered_at: row.try_get("registered_at")?,
            version: unsigned(row.try_get("version")?),
            last_position: unsigned(row.try_get("last_position")?),
        })
    }
}

/// A value stored under the name that it has in events.
pub(super) fn named<T: for<'de> Deserialize<'de>>(
    row: &PgRow,
    column: &str,
) -> Result<T, sqlx::Error> {
    of_name(row.try_get(column)?, column)
}

/// The same, where there may be none.
pub(super) fn maybe_named<T: for<'de> Deserialize<'de>>(
    row: &PgRow,
    column: &str,
) -> Result<Option<T>, sqlx::Error> {
    let text: Option<&str> = row.try_get(column)?;
    text.map(|text| of_name(text, column)).transpose()
}

fn of_name<T: for<'de> Deserialize<'de>>(text: &str, column: &str) -> Result<T, sqlx::Error> {
    let text: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(text).map_err(|error| sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: error.into(),
    })
}
