//! Opening what is sealed in consultations, for those who were let in.

use crate::commands::consulting::{Prescribed, prescription_field};
use crate::disclosure::{Disclosure, Gateway};
use crate::http::error::ApiError;
use crate::http::views::open_placed;
use crate::sealing::SealedAt;
use anamnesis_domain::ConsultationId;
use anamnesis_domain::consultation::Consultation;
use anamnesis_projections::SealedText;
use anamnesis_projections::consultations::{Content, Correction, KeptPrescription};
use chrono::NaiveDate;
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// What stands in a consultation, in clear. What was erased is null.
#[derive(Serialize, JsonSchema)]
pub(in crate::http) struct ContentView {
    medical_history: Option<String>,
    examination_findings: Option<String>,
    investigations: Option<String>,
    treatment_plan: Option<String>,
    prescriptions: Vec<PrescriptionView>,
    review_on: Option<NaiveDate>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Prescription")]
struct PrescriptionView {
    id: Uuid,
    #[serde(flatten)]
    prescribed: PrescribedView,
    ends_on: Option<NaiveDate>,
}

/// A prescription in clear. What was erased is null.
#[derive(Default, Serialize, JsonSchema)]
#[schemars(rename = "PrescribedMedicine")]
pub(in crate::http) struct PrescribedView {
    drug: Option<String>,
    dose: Option<String>,
    route: Option<String>,
    frequency: Option<String>,
    duration_days: Option<u32>,
    instructions: Option<String>,
    prescribed_on: Option<NaiveDate>,
}

impl PrescribedView {
    /// From what was sealed.
    pub(in crate::http) fn read(json: &str) -> Result<Self, ApiError> {
        serde_json::from_str::<Prescribed>(json).map(Into::into).map_err(|_| {
            tracing::error!("a sealed prescription can not be read");
            ApiError::unavailable(
                "content_unreadable",
                "the content can not be opened at the moment",
            )
        })
    }
}

impl From<Prescribed> for PrescribedView {
    fn from(prescribed: Prescribed) -> Self {
        Self {
            drug: Some(prescribed.drug),
            dose: Some(prescribed.dose),
            route: prescribed.route,
            frequency: prescribed.frequency,
            duration_days: prescribed.duration_days,
            instructions: prescribed.instructions,
            prescribed_on: Some(prescribed.prescribed_on),
        }
    }
}

/// A text with the stream and the field that it was sealed for.
struct Placed<'a> {
    stream: String,
    field: String,
    text: &'a SealedText,
}

impl<'a> Placed<'a> {
    fn of(stream: &str, field: &str, text: Option<&'a SealedText>) -> Option<Self> {
        Some(Self { stream: stream.to_owned(), field: field.to_owned(), text: text? })
    }
}

/// The way to what stands in consultations that were disclosed.
#[derive(Clone, Copy)]
pub(in crate::http) struct Reading<'a> {
    pub(in crate::http) gateway: &'a Gateway,
    pub(in crate::http) disclosure: &'a Disclosure,
}

async fn open(
    reading: Reading<'_>,
    placed: &[Option<Placed<'_>>],
) -> Result<Vec<Option<String>>, ApiError> {
    let items: Vec<_> = placed
        .iter()
        .map(|one| {
            let one = one.as_ref()?;
            let at = SealedAt {
                event_id: one.text.event_id,
                aggregate_type: Consultation::TYPE,
                aggregate_id: &one.stream,
                field: &one.field,
            };
            Some((at, &one.text.sealed))
        })
        .collect();
    open_placed(reading.gateway, reading.disclosure, &items).await
}

/// Requests for corrections with their answers, opened, in their order.
pub(super) async fn open_corrections(
    reading: Reading<'_>,
    id: ConsultationId,
    corrections: &[Correction],
) -> Result<Vec<(Option<String>, Option<String>)>, ApiError> {
    let stream = id.to_string();
    let placed: Vec<_> = corrections
        .iter()
        .flat_map(|one| {
            [
                Placed::of(&stream, "text", Some(&one.text)),
                Placed::of(&stream, "statement", one.statement.as_ref()),
            ]
        })
        .collect();
    let mut opened = open(reading, &placed).await?.into_iter();
    let mut next = || opened.next().flatten();
    Ok(corrections.iter().map(|_| (next(), next())).collect())
}

/// The content, opened; with the reason of its amendment, if there is one.
pub(super) async fn open_content(
    reading: Reading<'_>,
    id: ConsultationId,
    content: &Content,
    reason: Option<&SealedText>,
) -> Result<(ContentView, Option<String>), ApiError> {
    let stream = id.to_string();
    let placed = [
        Placed::of(&stream, "reason", reason),
        Placed::of(&stream, "changes.medical_history", content.medical_history.as_ref()),
        Placed::of(&stream, "changes.examination_findings", content.examination_findings.as_ref()),
        Placed::of(&stream, "changes.investigations", content.investigations.as_ref()),
        Placed::of(&stream, "changes.treatment_plan", content.treatment_plan.as_ref()),
    ];
    let mut opened = open(reading, &placed).await?.into_iter();
    let mut next = || opened.next().flatten();
    let reason = next();
    let (medical_history, examination_findings) = (next(), next());
    let (investigations, treatment_plan) = (next(), next());
    let list = Prescriptions::of_content(id, &content.prescriptions).open(reading).await?;
    let prescriptions = content.prescriptions.iter().zip(list);
    let prescriptions = prescriptions
        .map(|(kept, prescribed)| PrescriptionView {
            id: kept.id,
            prescribed,
            ends_on: kept.ends_on,
        })
        .collect();
    let content = ContentView {
        medical_history,
        examination_findings,
        investigations,
        treatment_plan,
        prescriptions,
        review_on: content.review_on,
    };
    Ok((content, reason))
}

/// Prescriptions that are to be opened together.
pub(in crate::http) struct Prescriptions<'a>(Vec<Option<Placed<'a>>>);

impl<'a> Prescriptions<'a> {
    fn of_content(id: ConsultationId, kept: &'a [KeptPrescription]) -> Self {
        Self::of(kept.iter().map(|kept| (id, kept.id, &kept.content)))
    }

    /// Those of any consultations: which, which of it, and the sealed content.
    pub(in crate::http) fn of(
        sealed: impl Iterator<Item = (ConsultationId, Uuid, &'a SealedText)>,
    ) -> Self {
        let placed = |(id, prescription, text): (ConsultationId, Uuid, &'a SealedText)| Placed {
            stream: id.to_string(),
            field: prescription_field(prescription),
            text,
        };
        Self(sealed.map(|one| Some(placed(one))).collect())
    }

    /// Opened, in their order.
    pub(in crate::http) async fn open(
        &self,
        reading: Reading<'_>,
    ) -> Result<Vec<PrescribedView>, ApiError> {
        let opened = open(reading, &self.0).await?;
        let view = |json: Option<String>| match json {
            Some(json) => PrescribedView::read(&json),
            None => Ok(PrescribedView::default()),
        };
        opened.into_iter().map(view).collect()
    }
}
