//! The projection `trail`.

use super::fold::Read;
use super::store;
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, Table};
use anamnesis_domain::access_grant::AccessGrant;
use anamnesis_domain::account::Account;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::audit_desk::AuditDesk;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::doctor_day::DoctorDay;
use anamnesis_domain::doctor_schedule::DoctorSchedule;
use anamnesis_domain::inbox::Inbox;
use anamnesis_domain::login_name::LoginName;
use anamnesis_domain::session::Session;
use anamnesis_domain::sign_in::SignIn;
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;

/// Folds every event of every aggregate into a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trail;

impl Trail {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "trail";
}

#[async_trait]
impl Projection for Trail {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    /// Officers look at what others did; a search waits for it by name.
    fn is_awaited(&self) -> bool {
        false
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[
            AccessGrant::TYPE,
            Account::TYPE,
            Appointment::TYPE,
            AuditDesk::TYPE,
            ChatRoom::TYPE,
            Consultation::TYPE,
            DoctorDay::TYPE,
            DoctorSchedule::TYPE,
            Inbox::TYPE,
            LoginName::TYPE,
            Session::TYPE,
            SignIn::TYPE,
        ]
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "trail", key: &["position"] },
            Table { name: "trail_also", key: &["record_id", "position"] },
            Table { name: "trail_subjects", key: &["id"] },
        ]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let read = Read::of(batch)?;
        let known = store::subjects(conn, read.asks()).await?;
        let fold = read.fold(known)?;
        store::lines(conn, &fold.lines).await?;
        store::also(conn, &fold.also).await?;
        store::learnt(conn, &fold.learnt).await
    }
}
