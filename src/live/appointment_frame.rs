//! What happens to appointments, as clients see it: see `docs/PROTOCOL.md`.

use super::Cursor;
use super::audience::{Audience, Delivery};
use super::frame::open_words;
use crate::disclosure::FeedOpener;
use crate::sealing::OpenError;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, AppointmentId, Event, RoomId};
use anamnesis_projections::log::RecordedEvent;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// What happened to an appointment, as its two people may see it. `reason` is null when none
/// was given, it was erased, or the appointment was deleted since.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum AppointmentHappening<'a> {
    AppointmentBooked {
        patient_id: AccountId,
        doctor_id: AccountId,
        room_id: RoomId,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        zone: &'a str,
        reason: Option<&'a str>,
        booked_at: DateTime<Utc>,
    },
    AppointmentRescheduled {
        by: AccountId,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        zone: &'a str,
    },
    AppointmentCancelled {
        by: AccountId,
        reason: Option<&'a str>,
    },
    AppointmentCompleted {
        by: AccountId,
    },
    AppointmentNoShow {
        by: AccountId,
    },
    AppointmentDeleted {
        by: AccountId,
    },
    AppointmentRestored {
        by: AccountId,
    },
    /// This server can not read the event (a newer one wrote it): fetch the appointment again.
    AppointmentUnreadable {},
}

#[derive(Serialize)]
struct AppointmentFrame<'a> {
    #[serde(flatten)]
    happening: AppointmentHappening<'a>,
    version: u64,
    cursor: Cursor,
    appointment_id: AppointmentId,
}

/// An appointment's event that is to be rendered.
pub(super) struct Shown<'a> {
    pub(super) appointment_id: AppointmentId,
    pub(super) pair: Participants,
    pub(super) recorded: &'a RecordedEvent,
    /// The appointment was deleted since: its words are not shown any more.
    pub(super) deleted: bool,
}

/// Renders an appointment's event. Fails only when a key could not be had for the moment.
pub(super) async fn render(
    opener: &FeedOpener,
    epoch: Uuid,
    Shown { appointment_id, pair, recorded, deleted }: Shown<'_>,
) -> Result<Delivery, OpenError> {
    let words = match recorded.event() {
        Ok(Event::Appointment(
            AppointmentEvent::AppointmentBooked { reason: Some(sealed), .. }
            | AppointmentEvent::AppointmentCancelled { reason: Some(sealed), .. },
        )) if !deleted => open_words(opener, recorded, "reason", sealed).await?,
        _ => None,
    };
    let frame = AppointmentFrame {
        happening: happening(recorded, words.as_deref()),
        version: recorded.sequence,
        cursor: Cursor { epoch, position: recorded.position },
        appointment_id,
    };
    // A struct of strings and numbers has no way to fail.
    let text = serde_json::to_string(&frame).unwrap_or_default();
    let audience = Audience::Pair(pair);
    Ok(Delivery { position: recorded.position, text: text.into(), audience })
}

fn happening<'a>(recorded: &'a RecordedEvent, reason: Option<&'a str>) -> AppointmentHappening<'a> {
    use AppointmentEvent as E;
    use AppointmentHappening as H;
    let Ok(Event::Appointment(event)) = recorded.event() else {
        return H::AppointmentUnreadable {};
    };
    match *event {
        E::AppointmentBooked { patient_id, doctor_id, starts_at, ends_at, ref zone, .. } => {
            let room_id = RoomId::of_pair(patient_id, doctor_id);
            let booked_at = recorded.recorded_at;
            H::AppointmentBooked {
                patient_id,
                doctor_id,
                room_id,
                starts_at,
                ends_at,
                zone,
                reason,
                booked_at,
            }
        }
        E::AppointmentRescheduled { by, starts_at, ends_at, ref zone } => {
            H::AppointmentRescheduled { by, starts_at, ends_at, zone }
        }
        E::AppointmentCancelled { by, .. } => H::AppointmentCancelled { by, reason },
        E::AppointmentCompleted { by } => H::AppointmentCompleted { by },
        E::AppointmentNoShowRecorded { by } => H::AppointmentNoShow { by },
        E::AppointmentDeleted { by } => H::AppointmentDeleted { by },
        E::AppointmentRestored { by } => H::AppointmentRestored { by },
    }
}
