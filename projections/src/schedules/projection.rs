//! The projection `schedules`.

use crate::log::RecordedEvent;
use crate::number::bigint;
use crate::projection::{ApplyError, Projection, Table, content};
use anamnesis_domain::Event;
use anamnesis_domain::doctor_schedule::{DoctorSchedule, DoctorScheduleEvent};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Folds the events of doctors' schedules: the state that the aggregate itself comes to, since
/// slots are computed from all of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Schedules;

#[async_trait]
impl Projection for Schedules {
    fn name(&self) -> &'static str {
        "schedules"
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[DoctorSchedule::TYPE]
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "schedules", key: &["doctor_id"] }]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let events = batch.iter().map(|event| read(event)).collect::<Result<Vec<_>, _>>()?;
        let mut states = stored(conn, &events).await?;
        for (doctor_id, recorded, event) in events {
            let (state, version) = states.entry(doctor_id).or_default();
            state.apply(event.clone());
            *version = bigint(recorded.sequence);
        }
        store(conn, &states).await
    }
}

/// States with the sequence of the last event in them.
type States = BTreeMap<Uuid, (DoctorSchedule, i64)>;
/// An event with its doctor.
type Said<'e> = (Uuid, &'e RecordedEvent, &'e DoctorScheduleEvent);

fn read(recorded: &RecordedEvent) -> Result<Said<'_>, ApplyError> {
    let Event::DoctorSchedule(event) = content(recorded)? else {
        return Err(ApplyError::Misfit("not an event of a doctor's schedule"));
    };
    let doctor_id = Uuid::parse_str(&recorded.stream.aggregate_id)
        .map_err(|_| ApplyError::Misfit("the stream's id is not a doctor's"))?;
    Ok((doctor_id, recorded, event))
}

async fn stored(conn: &mut PgConnection, events: &[Said<'_>]) -> Result<States, ApplyError> {
    let doctors: Vec<Uuid> = events.iter().map(|(doctor_id, ..)| *doctor_id).collect();
    let rows: Vec<(Uuid, String, i64)> =
        sqlx::query_as("SELECT doctor_id, state, version FROM schedules WHERE doctor_id = ANY($1)")
            .bind(&doctors)
            .fetch_all(conn)
            .await?;
    let read = |(doctor_id, state, version): (Uuid, String, i64)| {
        let state = serde_json::from_str(&state).map_err(|_| {
            ApplyError::Misfit("a stored schedule is of another version: rebuild `schedules`")
        })?;
        Ok((doctor_id, (state, version)))
    };
    rows.into_iter().map(read).collect()
}

async fn store(conn: &mut PgConnection, states: &States) -> Result<(), ApplyError> {
    let as_json = |(state, _): &(DoctorSchedule, i64)| serde_json::to_string(state);
    let json = states.values().map(as_json).collect::<Result<Vec<_>, _>>();
    let json = json.map_err(|_| ApplyError::Misfit("a schedule can not be written as JSON"))?;
    sqlx::query(
        "INSERT INTO schedules (doctor_id, state, version)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[])
         ON CONFLICT (doctor_id) DO UPDATE
         SET state = EXCLUDED.state, version = EXCLUDED.version",
    )
    .bind(states.keys().copied().collect::<Vec<_>>())
    .bind(json)
    .bind(states.values().map(|(_, version)| *version).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
