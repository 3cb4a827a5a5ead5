//! The projection `notices`.

use super::fold::{Fold, Subject, about};
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, TALK, Table};
use anamnesis_domain::access_grant::AccessGrant;
use anamnesis_domain::account::Account;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::inbox::Inbox;
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Stands for all administrators, whoever they are when they look.
pub const ADMINISTRATORS: Uuid = Uuid::nil();

/// Where counting of unread notices stops.
pub const UNREAD_MAX: u64 = 100;

/// Makes notices of the events of appointments, consultations, accounts and grants, and of messages
/// that were reported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Notices;

impl Notices {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "notices";
}

#[async_trait]
impl Projection for Notices {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[
            AccessGrant::TYPE,
            Appointment::TYPE,
            Consultation::TYPE,
            Account::TYPE,
            ChatRoom::TYPE,
            Inbox::TYPE,
        ]
    }

    fn passes_over(&self) -> &'static [&'static str] {
        TALK
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "notices", key: &["account_id", "position"] },
            Table { name: "notice_subjects", key: &["about"] },
            Table { name: "notice_marks", key: &["account_id"] },
        ]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let subjects = subjects(conn, batch).await?;
        let fold = Fold::of(batch.iter().map(|event| &**event), subjects)?;
        write_notices(conn, &fold).await?;
        write_subjects(conn, &fold).await?;
        write_marks(conn, &fold).await?;
        Ok(())
    }
}

async fn subjects(
    conn: &mut PgConnection,
    batch: &[Arc<RecordedEvent>],
) -> Result<HashMap<Uuid, Subject>, ApplyError> {
    let events = batch.iter().filter(|event| event.stream.aggregate_type != ChatRoom::TYPE);
    let mut wanted = events.map(|event| about(event)).collect::<Result<Vec<_>, _>>()?;
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    wanted.sort_unstable();
    wanted.dedup();
    let rows: Vec<(Uuid, Option<Uuid>, Option<Uuid>, bool)> = sqlx::query_as(
        "SELECT about, patient_id, doctor_id, hidden FROM notice_subjects WHERE about = ANY($1)",
    )
    .bind(wanted)
    .fetch_all(conn)
    .await?;
    let subject =
        |(about, patient_id, doctor_id, hidden)| (about, Subject { patient_id, doctor_id, hidden });
    Ok(rows.into_iter().map(subject).collect())
}

async fn write_notices(conn: &mut PgConnection, fold: &Fold) -> Result<(), sqlx::Error> {
    let made = &fold.made;
    if made.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO notices (account_id, position, kind, at, about, from_id, message)
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[],
             $5::uuid[], $6::uuid[], $7::bigint[])",
    )
    .bind(made.iter().map(|one| one.account_id).collect::<Vec<_>>())
    .bind(made.iter().map(|one| one.position).collect::<Vec<_>>())
    .bind(made.iter().map(|one| one.kind).collect::<Vec<_>>())
    .bind(made.iter().map(|one| one.at).collect::<Vec<_>>())
    .bind(made.iter().map(|one| one.about).collect::<Vec<_>>())
    .bind(made.iter().map(|one| one.from_id).collect::<Vec<_>>())
    .bind(made.iter().map(|one| one.message).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn write_subjects(conn: &mut PgConnection, fold: &Fold) -> Result<(), sqlx::Error> {
    let subjects = &fold.subjects;
    if subjects.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO notice_subjects (about, patient_id, doctor_id, hidden)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[])
         ON CONFLICT (about) DO UPDATE SET hidden = EXCLUDED.hidden",
    )
    .bind(subjects.keys().copied().collect::<Vec<_>>())
    .bind(subjects.values().map(|one| one.patient_id).collect::<Vec<_>>())
    .bind(subjects.values().map(|one| one.doctor_id).collect::<Vec<_>>())
    .bind(subjects.values().map(|one| one.hidden).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn write_marks(conn: &mut PgConnection, fold: &Fold) -> Result<(), sqlx::Error> {
    if fold.seen.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO notice_marks (account_id, seen_through)
         SELECT * FROM unnest($1::uuid[], $2::bigint[])
         ON CONFLICT (account_id) DO UPDATE SET seen_through = EXCLUDED.seen_through",
    )
    .bind(fold.seen.keys().copied().collect::<Vec<_>>())
    .bind(fold.seen.values().copied().collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
