//! Names, for the read model of accounts.

use crate::sealing::{OpenError as SealOpenError, Opener, SealedAt};
use anamnesis_domain::account::Account;
use anamnesis_projections::{OpenError, Opened, SealedRef};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use std::sync::Arc;

/// The fields of an account that it is found and told apart by, and which picture it has (not
/// the picture itself).
const IDENTITY: [&str; 4] = ["username", "email", "name", "picture"];

/// Opens what accounts are found by, and nothing else.
pub struct Identities(Arc<Opener>);

impl Identities {
    /// With these keys.
    #[must_use]
    pub fn new(opener: Arc<Opener>) -> Self {
        Self(opener)
    }
}

#[async_trait]
impl anamnesis_projections::Opener for Identities {
    async fn open_many(&self, items: &[SealedRef<'_>]) -> Result<Vec<Opened>, OpenError> {
        let is_identity = |item: &SealedRef<'_>| {
            item.aggregate_type == Account::TYPE && IDENTITY.contains(&item.field)
        };
        if !items.iter().all(is_identity) {
            return Err(OpenError::Broken);
        }
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
                Err(SealOpenError::Tampered | SealOpenError::NotDisclosed) => {
                    Err(OpenError::Broken)
                }
                Err(SealOpenError::Unavailable(error)) => {
                    Err(OpenError::Unavailable(Box::new(error)))
                }
            })
            .collect()
    }
}
