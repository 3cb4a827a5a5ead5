//! The read models that this server keeps, and their way to what is sealed.

use crate::sealing::{OpenError as SealOpenError, SealedAt, Sealer};
use anamnesis_projections::accounts::Accounts;
use anamnesis_projections::appointments::Appointments;
use anamnesis_projections::consultations::Consultations;
use anamnesis_projections::conversations::Conversations;
use anamnesis_projections::deleted_items::DeletedItems;
use anamnesis_projections::notices::Notices;
use anamnesis_projections::schedules::Schedules;
use anamnesis_projections::trail::Trail;
use anamnesis_projections::{OpenError, Opened, Opener, Projection, SealedRef};
use async_trait::async_trait;
use std::sync::Arc;

/// Every read model.
#[must_use]
pub fn all(sealer: Sealer) -> Vec<Arc<dyn Projection>> {
    let opener: Arc<dyn Opener> = Arc::new(Seals(sealer));
    vec![
        Arc::new(Accounts::new(opener)),
        Arc::new(Conversations),
        Arc::new(Appointments),
        Arc::new(Schedules),
        Arc::new(Consultations),
        Arc::new(Notices),
        Arc::new(DeletedItems),
        Arc::new(Trail),
    ]
}

struct Seals(Sealer);

#[async_trait]
impl Opener for Seals {
    async fn open_many(&self, items: &[SealedRef<'_>]) -> Result<Vec<Opened>, OpenError> {
        let placed: Vec<_> = items
            .iter()
            .map(|item| {
                let at = SealedAt {
                    event_id: item.event_id,
                    aggregate_type: item.aggregate_type,
                    aggregate_id: item.aggregate_id,
                    field: item.field,
                };
                (at, item.sealed)
            })
            .collect();
        let opened = self.0.open_many(&placed).await;
        opened
            .into_iter()
            .map(|one| match one {
                Ok(bytes) => {
                    let text = String::from_utf8(bytes.to_vec()).map_err(|_| OpenError::Broken)?;
                    Ok(Opened::Text(text))
                }
                Err(SealOpenError::Erased) => Ok(Opened::Erased),
                Err(SealOpenError::Tampered) => Err(OpenError::Broken),
                Err(SealOpenError::Unavailable(error)) => {
                    Err(OpenError::Unavailable(Box::new(error)))
                }
            })
            .collect()
    }
}
