//! What a batch of events comes to: each appointment is written once, however much happened.

use super::projection::Happened;
use crate::number::bigint;
use anamnesis_domain::Sealed;
use anamnesis_domain::appointment::{AppointmentEvent as Event, Status};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// First instant, and first instant after.
pub(super) type Time = (DateTime<Utc>, DateTime<Utc>);

/// What a batch comes to.
#[derive(Default)]
pub(super) struct Fold<'e> {
    pub(super) booked: Vec<Booked<'e>>,
    pub(super) changed: BTreeMap<Uuid, Changed<'e>>,
    pub(super) changes: Vec<Change>,
}

/// An appointment that is new in this batch, as it was booked.
pub(super) struct Booked<'e> {
    pub(super) appointment_id: Uuid,
    pub(super) patient_id: Uuid,
    pub(super) doctor_id: Uuid,
    pub(super) time: Time,
    pub(super) zone: &'e str,
    pub(super) reason: Option<&'e str>,
    pub(super) event_id: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) version: i64,
    pub(super) position: i64,
}

/// What is otherwise after the batch than before; `None` is as it was.
#[derive(Default)]
pub(super) struct Changed<'e> {
    pub(super) time: Option<Time>,
    pub(super) zone: Option<&'e str>,
    pub(super) status: Option<&'static str>,
    pub(super) cancel_reason: Option<(&'e str, Uuid)>,
    pub(super) deleted: Option<bool>,
    pub(super) version: i64,
    pub(super) position: i64,
}

/// A line of an appointment's history.
pub(super) struct Change {
    pub(super) appointment_id: Uuid,
    pub(super) sequence: i64,
    pub(super) what: &'static str,
    pub(super) by: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) time: Option<Time>,
}

impl<'e> Fold<'e> {
    pub(super) fn of(events: &[Happened<'e>]) -> Self {
        let mut fold = Self::default();
        for happened in events {
            let Happened { appointment_id, recorded, event } = happened;
            let (what, by, time) = line_of(event);
            fold.changes.push(Change {
                appointment_id: *appointment_id,
                sequence: bigint(recorded.sequence),
                what,
                by,
                at: recorded.recorded_at,
                time,
            });
            if matches!(event, Event::AppointmentBooked { .. }) {
                fold.book(happened);
            } else {
                fold.change(happened);
            }
        }
        fold
    }

    fn book(&mut self, happened: &Happened<'e>) {
        let Event::AppointmentBooked { patient_id, doctor_id, starts_at, ends_at, zone, reason } =
            happened.event
        else {
            return;
        };
        self.booked.push(Booked {
            appointment_id: happened.appointment_id,
            patient_id: patient_id.0,
            doctor_id: doctor_id.0,
            time: (*starts_at, *ends_at),
            zone,
            reason: reason.as_ref().map(Sealed::as_str),
            event_id: happened.recorded.event_id,
            at: happened.recorded.recorded_at,
            version: bigint(happened.recorded.sequence),
            position: bigint(happened.recorded.position),
        });
    }

    fn change(&mut self, happened: &Happened<'e>) {
        let changed = self.changed.entry(happened.appointment_id).or_default();
        changed.version = bigint(happened.recorded.sequence);
        changed.position = bigint(happened.recorded.position);
        match happened.event {
            Event::AppointmentBooked { .. } => {}
            Event::AppointmentRescheduled { starts_at, ends_at, zone, .. } => {
                changed.time = Some((*starts_at, *ends_at));
                changed.zone = Some(zone);
            }
            Event::AppointmentCancelled { reason, .. } => {
                changed.status = Some(Status::Cancelled.as_str());
                let sealed = reason.as_ref().map(Sealed::as_str);
                changed.cancel_reason = sealed.map(|sealed| (sealed, happened.recorded.event_id));
            }
            Event::AppointmentCompleted { .. } => changed.status = Some(Status::Completed.as_str()),
            Event::AppointmentNoShowRecorded { .. } => {
                changed.status = Some(Status::NoShow.as_str());
            }
            Event::AppointmentDeleted { .. } => changed.deleted = Some(true),
            Event::AppointmentRestored { .. } => changed.deleted = Some(false),
        }
    }
}

/// What happened, by whom, and the time that holds from then on if it is another.
fn line_of(event: &Event) -> (&'static str, Uuid, Option<Time>) {
    match event {
        Event::AppointmentBooked { patient_id, starts_at, ends_at, .. } => {
            ("booked", patient_id.0, Some((*starts_at, *ends_at)))
        }
        Event::AppointmentRescheduled { by, starts_at, ends_at, .. } => {
            ("rescheduled", by.0, Some((*starts_at, *ends_at)))
        }
        Event::AppointmentCancelled { by, .. } => ("cancelled", by.0, None),
        Event::AppointmentCompleted { by } => ("completed", by.0, None),
        Event::AppointmentNoShowRecorded { by } => ("no_show", by.0, None),
        Event::AppointmentDeleted { by } => ("deleted", by.0, None),
        Event::AppointmentRestored { by } => ("restored", by.0, None),
    }
}
