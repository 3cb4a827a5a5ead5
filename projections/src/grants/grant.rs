//! A grant as it is kept.

use crate::number::unsigned;
use crate::sealed_text::SealedText;
use anamnesis_domain::access_grant::Verdict;
use anamnesis_domain::{AccountId, GrantId, Sealed};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, Row, postgres::PgRow};
use uuid::Uuid;

/// An officer's leave to open a patient's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub grant_id: GrantId,
    /// Who could look.
    pub officer_id: AccountId,
    /// At whose record.
    pub patient_id: AccountId,
    /// Since when.
    pub granted_at: DateTime<Utc>,
    /// The event that gave it; lists go by it.
    pub granted_position: u64,
    /// Until when at most.
    pub expires_at: DateTime<Utc>,
    /// When the officer gave it back, if they did.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who signed it off, if anybody has.
    pub reviewed_by: Option<AccountId>,
    /// When.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// With which verdict.
    pub verdict: Option<Verdict>,
    /// Why it was wanted: field `reason` of the event, under the patient's key.
    pub reason: SealedText,
    /// What the reviewer says: field `note` of the event, under the patient's key.
    pub note: Option<SealedText>,
    /// Sequence of its last event.
    pub version: u64,
}

impl Grant {
    /// Whether it can be used at this moment.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

impl FromRow<'_, PgRow> for Grant {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let unknown = || sqlx::Error::Decode("an unknown verdict".into());
        let account = |column| Ok::<_, sqlx::Error>(AccountId(row.try_get(column)?));
        let verdict: Option<&str> = row.try_get("verdict")?;
        Ok(Self {
            grant_id: GrantId(row.try_get("grant_id")?),
            officer_id: account("officer_id")?,
            patient_id: account("patient_id")?,
            granted_at: row.try_get("granted_at")?,
            granted_position: unsigned(row.try_get("granted_position")?),
            expires_at: row.try_get("expires_at")?,
            ended_at: row.try_get("ended_at")?,
            reviewed_by: row.try_get::<Option<Uuid>, _>("reviewed_by")?.map(AccountId),
            reviewed_at: row.try_get("reviewed_at")?,
            verdict: verdict.map(|code| Verdict::from_code(code).ok_or_else(unknown)).transpose()?,
            reason: SealedText {
                sealed: Sealed(row.try_get("reason")?),
                event_id: row.try_get("reason_event_id")?,
            },
            note: SealedText::from_columns(row.try_get("note")?, row.try_get("note_event_id")?),
            version: unsigned(row.try_get("version")?),
        })
    }
}
