//! What a returning client has to look at.

use crate::number::{bigint, unsigned};
use anamnesis_domain::{AccountId, ConsultationId};
use sqlx::PgExecutor;
use uuid::Uuid;

/// A consultation with the position of its last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedConsultation {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// Position of its last event.
    pub last_position: u64,
}

/// At most `limit` (of 1,000) consultations of the account, as doctor or as patient, in which
/// anything happened after `position`, in the order of their last events. A patient has only
/// those that are signed.
pub async fn consultations_changed_after(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    position: u64,
    limit: u32,
) -> Result<Vec<ChangedConsultation>, sqlx::Error> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "(SELECT consultation_id, last_position FROM consultations
          WHERE doctor_id = $1 AND last_position > $2
          ORDER BY last_position LIMIT $3)
         UNION ALL
         (SELECT consultation_id, last_position FROM consultations
          WHERE patient_id = $1 AND signed_at IS NOT NULL AND last_position > $2
          ORDER BY last_position LIMIT $3)
         ORDER BY last_position LIMIT $3",
    )
    .bind(account.0)
    .bind(bigint(position))
    .bind(i64::from(limit.min(1_000)))
    .fetch_all(executor)
    .await?;
    let changed = |(id, last_position)| ChangedConsultation {
        consultation_id: ConsultationId(id),
        last_position: unsigned(last_position),
    };
    Ok(rows.into_iter().map(changed).collect())
}
