//! What doctors signed about the patient, and what was asked to be corrected.

use super::gather::Gatherer;
use super::record::{ConsultationRecord, CorrectionRecord};
use super::section::Section;
use crate::http::consultations::{correction_views, version_views};
use crate::http::error::ApiError;
use crate::policy::AuthorisedRecord;
use anamnesis_domain::chat_room::Participants;
use anamnesis_projections::consultations::{
    Consultation, ConsultationFilter, consultation_versions, consultations_of_patient, corrections,
};

/// Consultations of a page, and versions of one: each is a whole consultation.
const PAGE: u32 = 20;

impl Gatherer {
    pub(super) async fn consultations(&self) -> Result<(), ApiError> {
        self.send::<ConsultationRecord>(Section::Consultations, &[]).await?;
        let mut before = Some(self.as_of);
        while before.is_some() {
            let found = self.signed(before).await?;
            for (one, doctor) in &found {
                self.versions_of(one, doctor).await?;
            }
            before = found.last().map(|(last, _)| last.opened_position);
        }
        Ok(())
    }

    pub(super) async fn corrections(&self) -> Result<(), ApiError> {
        self.send::<CorrectionRecord>(Section::Corrections, &[]).await?;
        let mut before = Some(self.as_of);
        while before.is_some() {
            let found = self.signed(before).await?;
            for (one, doctor) in &found {
                self.corrections_of(one, doctor).await?;
            }
            before = found.last().map(|(last, _)| last.opened_position);
        }
        Ok(())
    }

    /// Signed consultations that were opened before, each with its doctor's name.
    async fn signed(&self, before: Option<u64>) -> Result<Vec<(Consultation, String)>, ApiError> {
        let all = ConsultationFilter::default();
        let pool = &self.app.pool;
        let found = consultations_of_patient(pool, self.patient(), all, before, PAGE).await?;
        let names = self.names(found.iter().map(|one| one.doctor_id)).await?;
        let named = |one: Consultation| {
            let doctor = names.of(one.doctor_id);
            (one, doctor)
        };
        Ok(found.into_iter().map(named).collect())
    }

    async fn record_of(&self, one: &Consultation) -> Result<AuthorisedRecord, ApiError> {
        let pair = Participants { patient_id: one.patient_id, doctor_id: one.doctor_id };
        let (id, is_signed) = (one.consultation_id, one.signed_at.is_some());
        self.caller.consultation(&self.app, id, pair, is_signed).await
    }

    async fn versions_of(&self, one: &Consultation, doctor: &str) -> Result<(), ApiError> {
        let (id, record) = (one.consultation_id, self.record_of(one).await?);
        let mut after = 0;
        loop {
            let found = consultation_versions(&self.app.pool, id, after, PAGE).await?;
            let Some(last) = found.last() else { return Ok(()) };
            after = last.version;
            let views = version_views(&self.app, &self.caller, &record, id, found).await?;
            let records = views.into_iter().map(|view| ConsultationRecord {
                consultation_id: id,
                appointment_id: one.appointment_id,
                doctor_id: one.doctor_id,
                doctor: doctor.to_owned(),
                opened_at: one.opened_at,
                version: view.version,
                written_at: view.written_at,
                reason: view.reason,
                content: view.content,
            });
            self.send(Section::Consultations, &records.collect::<Vec<_>>()).await?;
        }
    }

    async fn corrections_of(&self, one: &Consultation, doctor: &str) -> Result<(), ApiError> {
        let (id, record) = (one.consultation_id, self.record_of(one).await?);
        let mut after = 0;
        loop {
            let found = corrections(&self.app.pool, id, after, PAGE).await?;
            let Some(last) = found.last() else { return Ok(()) };
            after = last.number;
            let views = correction_views(&self.app, &self.caller, &record, one, &found).await?;
            let records = views.into_iter().map(|correction| CorrectionRecord {
                consultation_id: id,
                doctor: doctor.to_owned(),
                correction,
            });
            self.send(Section::Corrections, &records.collect::<Vec<_>>()).await?;
        }
    }
}
