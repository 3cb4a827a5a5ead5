//! Events of consultations as clients see them, and who may: the frames carry ids, versions and
//! days, never words.

use super::audience::{Audience, Delivery};
use super::{Cursor, Live, LiveError};
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::consultation::{Consultation, ConsultationEvent as Event, Parties};
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, Event as AnyEvent};
use anamnesis_projections::log::{ReadError, RecordedEvent, StreamId};
use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::borrow::Cow;

/// Events read at a time, backwards from the end.
const PAGE: usize = 128;

/// What happened to a consultation. Everything in it is there to be fetched.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum Noted {
    ConsultationOpened {
        appointment_id: AppointmentId,
        patient_id: AccountId,
        doctor_id: AccountId,
    },
    ConsultationSaved {
        saved_at: DateTime<Utc>,
    },
    ConsultationSigned {
        signed_at: DateTime<Utc>,
    },
    ConsultationAmended {
        amended_at: DateTime<Utc>,
    },
    CorrectionRequested {
        number: u32,
        requested_at: DateTime<Utc>,
    },
    CorrectionAccepted {
        number: u32,
        amendment: u64,
        answered_at: DateTime<Utc>,
    },
    CorrectionDeclined {
        number: u32,
        answered_at: DateTime<Utc>,
    },
    ConsultationDeleted {},
    ConsultationRestored {},
    ReviewDue {
        on: NaiveDate,
    },
    /// This server can not read the event (a newer one wrote it): fetch it again.
    Unreadable {},
}

#[derive(Serialize)]
struct NotedFrame {
    #[serde(flatten)]
    noted: Noted,
    /// The consultation's, as its `ETag`.
    version: u64,
    cursor: Cursor,
    consultation_id: ConsultationId,
}

/// The stream of a consultation.
pub(super) fn stream(id: ConsultationId) -> StreamId {
    StreamId { aggregate_type: Cow::Borrowed(Consultation::TYPE), aggregate_id: id.to_string() }
}

impl Live {
    /// The event as clients see it; `None` where its stream is no consultation's.
    pub(super) async fn render_consultation(
        &self,
        recorded: &RecordedEvent,
    ) -> Result<Option<Delivery>, LiveError> {
        let Ok(id) = recorded.stream.aggregate_id.parse() else { return Ok(None) };
        let Some(parties) = self.parties(id).await? else { return Ok(None) };
        let patient_too = match recorded.event() {
            Ok(AnyEvent::Consultation(event)) => {
                self.is_for_the_patient(id, recorded, event).await?
            }
            _ => false,
        };
        let pair = Participants { patient_id: parties.patient_id, doctor_id: parties.doctor_id };
        let audience = if patient_too { Audience::Pair(pair) } else { Audience::Doctor(pair) };
        let frame = NotedFrame {
            noted: noted(recorded),
            version: recorded.sequence,
            cursor: self.cursor(recorded.position),
            consultation_id: id,
        };
        // A struct of ids, numbers and days has no way to fail.
        let text = serde_json::to_string(&frame).unwrap_or_default();
        Ok(Some(Delivery { position: recorded.position, text: text.into(), audience }))
    }

    /// Whose consultation it is, from the log itself. One read.
    async fn parties(&self, id: ConsultationId) -> Result<Option<Parties>, ReadError> {
        let first = self.log.read_stream(&stream(id), 0, 1).await?;
        let first = first.first().map(|recorded| recorded.event());
        let Some(Ok(AnyEvent::Consultation(Event::ConsultationOpened {
            appointment_id,
            patient_id,
            doctor_id,
        }))) = first
        else {
            return Ok(None);
        };
        let (appointment_id, patient_id) = (*appointment_id, *patient_id);
        Ok(Some(Parties { appointment_id, patient_id, doctor_id: *doctor_id }))
    }

    /// Drafts are the doctor's alone, also when one is deleted or restored.
    async fn is_for_the_patient(
        &self,
        id: ConsultationId,
        recorded: &RecordedEvent,
        event: &Event,
    ) -> Result<bool, ReadError> {
        match event {
            Event::ConsultationOpened { .. } | Event::DraftSaved { .. } => Ok(false),
            Event::ConsultationSigned { .. }
            | Event::ConsultationAmended { .. }
            | Event::CorrectionRequested { .. }
            | Event::CorrectionAccepted { .. }
            | Event::CorrectionDeclined { .. }
            | Event::ReviewDue { .. } => Ok(true),
            Event::ConsultationDeleted { .. } | Event::ConsultationRestored { .. } => {
                self.was_signed(id, recorded.sequence).await
            }
        }
    }

    async fn was_signed(&self, id: ConsultationId, sequence: u64) -> Result<bool, ReadError> {
        let stream = stream(id);
        let mut before = sequence;
        loop {
            let page = self.log.read_stream_back(&stream, before, PAGE).await?;
            let signing = |recorded: &RecordedEvent| {
                let event = recorded.event();
                matches!(event, Ok(AnyEvent::Consultation(Event::ConsultationSigned { .. })))
            };
            if page.iter().any(|recorded| signing(recorded)) {
                return Ok(true);
            }
            match page.last() {
                Some(oldest) if page.len() == PAGE => before = oldest.sequence,
                _ => return Ok(false),
            }
        }
    }
}

fn noted(recorded: &RecordedEvent) -> Noted {
    let Ok(AnyEvent::Consultation(event)) = recorded.event() else { return Noted::Unreadable {} };
    let at = recorded.recorded_at;
    match *event {
        Event::ConsultationOpened { appointment_id, patient_id, doctor_id } => {
            Noted::ConsultationOpened { appointment_id, patient_id, doctor_id }
        }
        Event::DraftSaved { .. } => Noted::ConsultationSaved { saved_at: at },
        Event::ConsultationSigned { .. } => Noted::ConsultationSigned { signed_at: at },
        Event::ConsultationAmended { .. } => Noted::ConsultationAmended { amended_at: at },
        Event::CorrectionRequested { number, .. } => {
            Noted::CorrectionRequested { number, requested_at: at }
        }
        Event::CorrectionAccepted { number, amendment, .. } => {
            Noted::CorrectionAccepted { number, amendment, answered_at: at }
        }
        Event::CorrectionDeclined { number, .. } => {
            Noted::CorrectionDeclined { number, answered_at: at }
        }
        Event::ReviewDue { on } => Noted::ReviewDue { on },
        Event::ConsultationDeleted { .. } => Noted::ConsultationDeleted {},
        Event::ConsultationRestored { .. } => Noted::ConsultationRestored {},
    }
}
