//! Opening what may be shown.

use super::{Disclosure, Gateway};
use crate::sealing::{OpenError, SealedAt};
use anamnesis_domain::Sealed;
use anamnesis_domain::account::Account;
use cqrs_es::Aggregate;
use zeroize::Zeroizing;

/// The fields of an account that say something of its person, not about their health.
const PROFILE: [&str; 3] = ["bio", "phone", "picture_bytes"];

/// An opened content, or why it was not.
pub(super) type Opened = Result<Zeroizing<Vec<u8>>, OpenError>;

impl Gateway {
    /// Opens a page of content that the disclosure is about, in the order of the items.
    pub async fn open_many(
        &self,
        disclosure: &Disclosure,
        items: &[(SealedAt<'_>, &Sealed)],
    ) -> Vec<Opened> {
        let covered = |(at, _): &(SealedAt<'_>, &Sealed)| disclosure.covers(at);
        if items.iter().all(covered) {
            return self.opener.open_many(items).await;
        }
        items.iter().map(|_| Err(OpenError::NotDisclosed)).collect()
    }

    /// Opens what somebody says of themselves. The caller has asked the policy.
    pub async fn open_profile(&self, at: SealedAt<'_>, sealed: &Sealed) -> Opened {
        if at.aggregate_type == Account::TYPE && PROFILE.contains(&at.field) {
            return self.opener.open(at, sealed).await;
        }
        Err(OpenError::NotDisclosed)
    }
}
