//! Events given straight to the projections.

use crate::Outcome;
use crate::engine::Engine;
use anamnesis_domain::Event;
use anamnesis_projections::Projection;
use anamnesis_projections::log::{RecordedEvent, StreamId};
use chrono::Utc;
use cqrs_es::DomainEvent;
use sqlx::{Connection, Executor, PgConnection, PgPool};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// Events of one transaction, as many as the live readers take.
const BATCH: usize = 1_000;

pub(crate) struct Filling {
    models: Vec<Arc<dyn Projection>>,
    conn: PgConnection,
    batch: Vec<Arc<RecordedEvent>>,
    position: u64,
}

impl Filling {
    pub(crate) async fn begin(pool: &PgPool, engine: &Engine) -> Outcome<Self> {
        let mut conn = pool.acquire().await?.detach();
        conn.execute("SET search_path = read; SET synchronous_commit = off").await?;
        let mut models = anamnesis::read_models::all(engine.identities());
        models.retain(|model| ["accounts", "schedules", "appointments"].contains(&model.name()));
        Ok(Self { models, conn, batch: Vec::new(), position: 0 })
    }

    /// The first events of a stream.
    pub(crate) async fn add<E>(
        &mut self,
        aggregate_id: String,
        first_id: Uuid,
        events: impl IntoIterator<Item = E>,
    ) -> Outcome<()>
    where
        E: DomainEvent + Into<Event>,
    {
        for (sequence, event) in (1..).zip(events) {
            let event_id = if sequence == 1 { first_id } else { Uuid::now_v7() };
            let (event_type, event_version) = (event.event_type(), event.event_version());
            let event: Event = event.into();
            let aggregate_type = Cow::Borrowed(type_of(&event)?);
            self.position += 1;
            self.batch.push(Arc::new(RecordedEvent {
                position: self.position,
                event_id,
                stream: StreamId { aggregate_type, aggregate_id: aggregate_id.clone() },
                sequence,
                event_type,
                event_version,
                payload: String::new(),
                metadata: "{}".to_owned(),
                recorded_at: Utc::now(),
                leaf_hash: [0; 32],
                decoded: OnceLock::from(Ok(event)),
            }));
        }
        if self.batch.len() >= BATCH { self.apply().await } else { Ok(()) }
    }

    /// Each projection gets what concerns it, as from its reader.
    async fn apply(&mut self) -> Outcome<()> {
        let batch = std::mem::take(&mut self.batch);
        let mut transaction = self.conn.begin().await?;
        for model in &self.models {
            let types = model.aggregate_types();
            let concerns =
                |event: &&Arc<RecordedEvent>| types.contains(&&*event.stream.aggregate_type);
            let own: Vec<_> = batch.iter().filter(concerns).cloned().collect();
            if !own.is_empty() {
                model.apply(&own, &mut transaction).await?;
            }
        }
        transaction.commit().await?;
        Ok(())
    }

    pub(crate) async fn end(mut self) -> Outcome<()> {
        self.apply().await?;
        self.conn.close().await?;
        Ok(())
    }
}

fn type_of(event: &Event) -> Outcome<&'static str> {
    match event {
        Event::Account(_) => Ok("account"),
        Event::DoctorSchedule(_) => Ok("doctor_schedule"),
        Event::Appointment(_) => Ok("appointment"),
        _ => Err("only doctors and appointments are filled in".into()),
    }
}
