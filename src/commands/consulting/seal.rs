//! From an entry in clear to the changes that are stored: sealed under the patient's key, each
//! text for its own field of the one event.

use super::{Consultings, Entry, Prescribing};
use crate::commands::{CommandError, Context, ExecuteError};
use crate::sealing::SealedAt;
use anamnesis_domain::consultation::{Change, Consultation, Parties, Prescription, SectionChanges};
use anamnesis_domain::{ConsultationId, Sealed};
use anamnesis_projections::{appointments, consultations};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use cqrs_es::Aggregate;
use std::collections::HashMap;
use uuid::Uuid;

/// Where the words of one event belong.
pub(super) struct Place<'a> {
    consultings: &'a Consultings,
    event_id: Uuid,
    id: ConsultationId,
    parties: Parties,
}

impl Consultings {
    pub(super) fn place(
        &self,
        context: &Context,
        id: ConsultationId,
        parties: Parties,
    ) -> Place<'_> {
        Place { consultings: self, event_id: context.event_id, id, parties }
    }
}

impl Place<'_> {
    pub(super) async fn reason(
        &self,
        reason: Option<&str>,
    ) -> Result<Option<Sealed>, CommandError> {
        match reason {
            Some(words) => Ok(Some(self.seal("reason", words.as_bytes()).await?)),
            None => Ok(None),
        }
    }

    pub(super) async fn changes(&self, entry: Entry) -> Result<SectionChanges, CommandError> {
        let prescriptions = match &entry.prescriptions {
            Some(list) => Some(self.prescriptions(list).await?),
            None => None,
        };
        Ok(SectionChanges {
            medical_history: self.section("medical_history", entry.medical_history).await?,
            examination_findings: self
                .section("examination_findings", entry.examination_findings)
                .await?,
            investigations: self.section("investigations", entry.investigations).await?,
            treatment_plan: self.section("treatment_plan", entry.treatment_plan).await?,
            prescriptions,
            review_on: entry.review_on,
        })
    }

    async fn section(
        &self,
        name: &str,
        change: Change<String>,
    ) -> Result<Change<Sealed>, CommandError> {
        Ok(match change {
            Change::Unchanged => Change::Unchanged,
            Change::Cleared => Change::Cleared,
            Change::Set(words) => {
                Change::Set(self.seal(&format!("changes.{name}"), words.as_bytes()).await?)
            }
        })
    }

    async fn prescriptions(&self, list: &[Prescribing]) -> Result<Vec<Prescription>, CommandError> {
        let zone = self.zone().await?;
        let before = self.first_written().await?;
        let now = self.consultings.clock.now();
        let mut sealed = Vec::with_capacity(list.len());
        for (index, one) in (0_u64..).zip(list) {
            // Made from the event's id, so that the exact retry makes the same.
            let id = one.id.unwrap_or_else(|| Uuid::new_v5(&self.event_id, &index.to_be_bytes()));
            let first_at = before.get(&id).copied().unwrap_or(now);
            sealed.push(self.prescription(id, one, day(first_at, zone)).await?);
        }
        Ok(sealed)
    }

    async fn prescription(
        &self,
        id: Uuid,
        one: &Prescribing,
        prescribed_on: NaiveDate,
    ) -> Result<Prescription, CommandError> {
        let prescribed = one.prescribed(prescribed_on);
        let json = serde_json::to_vec(&prescribed).map_err(ExecuteError::from)?;
        let content = self.seal(&prescription_field(id), &json).await?;
        Ok(Prescription { id, ends_on: prescribed.ends_on(), content })
    }

    /// Where the appointment is, by the time that was agreed: there a day begins and ends. UTC
    /// where that can not be told.
    async fn zone(&self) -> Result<Tz, CommandError> {
        let pool = &self.consultings.pool;
        let found = appointments::appointment(pool, self.parties.appointment_id).await?;
        Ok(found.and_then(|found| found.zone.parse().ok()).unwrap_or(Tz::UTC))
    }

    /// When each prescription of the present list was written first: from then its days count,
    /// also when the list is written again.
    async fn first_written(&self) -> Result<HashMap<Uuid, DateTime<Utc>>, CommandError> {
        let found = consultations::consultation(&self.consultings.pool, self.id).await?;
        let list = found.map(|found| found.content.prescriptions).unwrap_or_default();
        Ok(list.into_iter().map(|kept| (kept.id, kept.first_at)).collect())
    }

    pub(super) async fn seal(&self, field: &str, plaintext: &[u8]) -> Result<Sealed, CommandError> {
        let at = SealedAt {
            event_id: self.event_id,
            aggregate_type: Consultation::TYPE,
            aggregate_id: &self.id.to_string(),
            field,
        };
        Ok(self.consultings.sealer.seal(self.parties.patient_id.0, at, plaintext).await?)
    }
}

/// The field in which a prescription is sealed.
pub(crate) fn prescription_field(id: Uuid) -> String {
    format!("changes.prescriptions.{id}")
}

fn day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}
