//! The projection `accounts`.

use super::seals::Clear;
use super::{fold, store};
use crate::log::RecordedEvent;
use crate::opener::Opener;
use crate::projection::{ApplyError, Projection, Table, content};
use anamnesis_domain::account::{Account, AccountEvent};
use anamnesis_domain::{AccountId, Event};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;

/// Folds the events of accounts. Opens names and addresses, because people are looked up by
/// them; what was erased by the time of the fold is empty.
///
/// That every username and address belongs to one account is guaranteed by the streams of the
/// login names, not here.
pub struct Accounts {
    opener: Arc<dyn Opener>,
}

impl Accounts {
    /// Names the read model.
    pub const NAME: &'static str = "accounts";

    /// With the opener that reads names and addresses.
    pub fn new(opener: Arc<dyn Opener>) -> Self {
        Self { opener }
    }
}

#[async_trait]
impl Projection for Accounts {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[Account::TYPE]
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "accounts", key: &["account_id"] }]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let events = batch.iter().map(|event| read(event)).collect::<Result<Vec<_>, _>>()?;
        let ids = events.iter().map(|(id, ..)| id.0).collect();
        let sealed: Vec<_> = events.iter().map(|&(_, recorded, event)| (recorded, event)).collect();
        let mut clear = Clear::of(self.opener.as_ref(), &sealed).await?;
        let mut rows = store::load(conn, ids).await?;
        for (id, recorded, event) in events {
            fold::apply(&mut rows, id, recorded, event, &mut clear)?;
        }
        store::save(conn, &rows).await
    }
}

type Read<'e> = (AccountId, &'e RecordedEvent, &'e AccountEvent);

fn read(recorded: &RecordedEvent) -> Result<Read<'_>, ApplyError> {
    let Event::Account(event) = content(recorded)? else {
        return Err(ApplyError::Misfit("not an event of an account"));
    };
    let id = recorded.stream.aggregate_id.parse();
    let id = id.map_err(|_| ApplyError::Misfit("the stream's id is not an account's"))?;
    Ok((id, recorded, event))
}
