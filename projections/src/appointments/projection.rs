//! The projection `appointments`.

use crate::log::RecordedEvent;
use crate::number::bigint;
use crate::projection::{ApplyError, Projection, Table, content};
use anamnesis_domain::appointment::{Appointment, AppointmentEvent};
use anamnesis_domain::{Event, Sealed};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;
use uuid::Uuid;

/// Folds the events of appointments.
#[derive(Clone, Copy, Debug, Default)]
pub struct Appointments;

#[async_trait]
impl Projection for Appointments {
    fn name(&self) -> &'static str {
        "appointments"
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[Appointment::TYPE]
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "appointments", key: &["appointment_id"] }]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let mut booked = Vec::with_capacity(batch.len());
        for recorded in batch {
            let (id, event) = read(recorded)?;
            // Only bookings are shown so far.
            if matches!(event, AppointmentEvent::AppointmentBooked { .. }) {
                booked.push((id, &**recorded, event));
            }
        }
        insert(conn, &booked).await
    }
}

/// A booking: the appointment's id, the event as recorded and its content.
type Booked<'e> = (Uuid, &'e RecordedEvent, &'e AppointmentEvent);

fn read(recorded: &RecordedEvent) -> Result<(Uuid, &AppointmentEvent), ApplyError> {
    let Event::Appointment(event) = content(recorded)? else {
        return Err(ApplyError::Misfit("not an event of an appointment"));
    };
    let id = Uuid::parse_str(&recorded.stream.aggregate_id)
        .map_err(|_| ApplyError::Misfit("the stream's id is not an appointment's"))?;
    Ok((id, event))
}

async fn insert(conn: &mut PgConnection, booked: &[Booked<'_>]) -> Result<(), ApplyError> {
    let [mut ids, mut patients, mut doctors] = [const { Vec::<Uuid>::new() }; 3];
    let [mut starts, mut ends, mut booked_at] = [const { Vec::new() }; 3];
    let (mut zones, mut reasons, mut reason_events) = (Vec::new(), Vec::new(), Vec::new());
    let mut versions = Vec::new();
    for (id, recorded, event) in booked {
        let AppointmentEvent::AppointmentBooked {
            patient_id,
            doctor_id,
            starts_at,
            ends_at,
            zone,
            reason,
        } = event
        else {
            continue;
        };
        ids.push(*id);
        patients.push(patient_id.0);
        doctors.push(doctor_id.0);
        starts.push(*starts_at);
        ends.push(*ends_at);
        zones.push(zone.as_str());
        reasons.push(reason.as_ref().map(Sealed::as_str));
        reason_events.push(reason.as_ref().map(|_| recorded.event_id));
        booked_at.push(recorded.recorded_at);
        versions.push(bigint(recorded.sequence));
    }
    sqlx::query(
        "INSERT INTO appointments (appointment_id, patient_id, doctor_id, starts_at, ends_at,
             zone, reason, reason_event_id, booked_at, version, status)
         SELECT *, 'booked' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[],
             $5::timestamptz[], $6::text[], $7::text[], $8::uuid[], $9::timestamptz[],
             $10::bigint[])",
    )
    .bind(ids)
    .bind(patients)
    .bind(doctors)
    .bind(starts)
    .bind(ends)
    .bind(zones)
    .bind(reasons)
    .bind(reason_events)
    .bind(booked_at)
    .bind(versions)
    .execute(conn)
    .await?;
    Ok(())
}
