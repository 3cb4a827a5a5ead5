//! A consultation as it was.

use super::shown::{Placed, Showing, Shown};
use crate::commands::consulting::prescription_field;
use crate::http::consultations::PrescribedView;
use crate::http::error::ApiError;
use anamnesis_domain::consultation::Consultation as ConsultationAggregate;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId};
use anamnesis_projections::SealedText;
use anamnesis_projections::consultations::{
    Consultation, ConsultationVersion, Content, KeptPrescription,
};
use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// A consultation.
#[derive(Serialize, JsonSchema)]
pub(super) struct ConsultationThen {
    consultation_id: ConsultationId,
    appointment_id: AppointmentId,
    patient_id: AccountId,
    doctor_id: AccountId,
    opened_at: DateTime<Utc>,
    /// Null as long as it was a draft.
    signed_at: Option<DateTime<Utc>>,
    version: u64,
    #[serde(flatten)]
    content: ContentThen,
    /// What was signed, and each amendment, the first first; at most 50.
    versions: Vec<VersionThen>,
}

/// What stood in it. Null where nothing did.
#[derive(Serialize, JsonSchema)]
struct ContentThen {
    medical_history: Option<Shown<String>>,
    examination_findings: Option<Shown<String>>,
    investigations: Option<Shown<String>>,
    treatment_plan: Option<Shown<String>>,
    prescriptions: Vec<PrescriptionThen>,
    review_on: Option<NaiveDate>,
}

/// A prescription.
#[derive(Serialize, JsonSchema)]
pub(super) struct PrescriptionThen {
    id: Uuid,
    ends_on: Option<NaiveDate>,
    content: Shown<PrescribedView>,
}

/// That it was signed or amended.
#[derive(Serialize, JsonSchema)]
struct VersionThen {
    version: u64,
    written_by: AccountId,
    written_at: DateTime<Utc>,
    /// Why it was amended; null for what was signed first.
    reason: Option<Shown<String>>,
}

pub(super) async fn consultation(
    showing: Showing<'_>,
    one: Consultation,
    versions: Vec<ConsultationVersion>,
) -> Result<ConsultationThen, ApiError> {
    let stream = one.consultation_id.to_string();
    let reasons: Vec<_> =
        versions.iter().map(|version| section("reason", version.reason.as_ref())).collect();
    let reasons = showing.texts((ConsultationAggregate::TYPE, &stream), &reasons).await?;
    let versions = versions.iter().zip(reasons).map(|(version, reason)| VersionThen {
        version: version.version,
        written_by: version.written_by,
        written_at: version.written_at,
        reason,
    });
    Ok(ConsultationThen {
        consultation_id: one.consultation_id,
        appointment_id: one.appointment_id,
        patient_id: one.patient_id,
        doctor_id: one.doctor_id,
        opened_at: one.opened_at,
        signed_at: one.signed_at,
        version: one.version,
        versions: versions.collect(),
        content: content(showing, &stream, &one.content).await?,
    })
}

/// A text of a consultation, with the field that it is sealed for.
pub(super) fn section<'t>(field: &str, text: Option<&'t SealedText>) -> Placed<'t> {
    Some((field.to_owned(), text?))
}

async fn content(
    showing: Showing<'_>,
    stream: &str,
    content: &Content,
) -> Result<ContentThen, ApiError> {
    let placed = [
        section("changes.medical_history", content.medical_history.as_ref()),
        section("changes.examination_findings", content.examination_findings.as_ref()),
        section("changes.investigations", content.investigations.as_ref()),
        section("changes.treatment_plan", content.treatment_plan.as_ref()),
    ];
    let texts = showing.texts((ConsultationAggregate::TYPE, stream), &placed).await?;
    let mut texts = texts.into_iter();
    let mut next = || texts.next().flatten();
    Ok(ContentThen {
        medical_history: next(),
        examination_findings: next(),
        investigations: next(),
        treatment_plan: next(),
        prescriptions: prescriptions(showing, stream, &content.prescriptions).await?,
        review_on: content.review_on,
    })
}

/// A list of prescriptions.
pub(super) async fn prescriptions(
    showing: Showing<'_>,
    stream: &str,
    list: &[KeptPrescription],
) -> Result<Vec<PrescriptionThen>, ApiError> {
    let placed: Vec<_> =
        list.iter().map(|one| section(&prescription_field(one.id), Some(&one.content))).collect();
    let shown = showing.texts((ConsultationAggregate::TYPE, stream), &placed).await?;
    list.iter()
        .zip(shown.into_iter().flatten())
        .map(|(one, shown)| {
            let content = match shown {
                Shown::Sealed => Shown::Sealed,
                Shown::Erased => Shown::Erased,
                Shown::Open(json) => Shown::Open(PrescribedView::read(&json)?),
            };
            Ok(PrescriptionThen { id: one.id, ends_on: one.ends_on, content })
        })
        .collect()
}
