//! How many downloads run at a time.

use crate::http::error::ApiError;
use anamnesis_domain::AccountId;
use axum::http::StatusCode;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Of one process: each keeps it and the database busy.
const RUNNING_MAX: usize = 8;
/// Of one account.
const OF_ACCOUNT_MAX: usize = 2;

/// The downloads of this process.
#[derive(Debug)]
pub struct Downloads {
    running: Arc<Semaphore>,
    of_account: Mutex<HashMap<AccountId, usize>>,
}

/// A place among the downloads; given back when dropped.
#[derive(Debug)]
pub(super) struct Download {
    downloads: Arc<Downloads>,
    account_id: AccountId,
    _running: OwnedSemaphorePermit,
}

impl Default for Downloads {
    fn default() -> Self {
        Self { running: Arc::new(Semaphore::new(RUNNING_MAX)), of_account: Mutex::default() }
    }
}

impl Downloads {
    /// A place for another download of this account.
    pub(super) fn begin(self: &Arc<Self>, account_id: AccountId) -> Result<Download, ApiError> {
        let running = Arc::clone(&self.running).try_acquire_owned().map_err(|_| {
            ApiError::unavailable("too_many_downloads", "others are downloading: try again soon")
        })?;
        let mut of_account = self.of_account.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of_account.entry(account_id).or_default();
        if *count >= OF_ACCOUNT_MAX {
            return Err(ApiError::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_own_downloads",
                "two downloads of this account are running: wait until one has ended",
            ));
        }
        *count += 1;
        Ok(Download { downloads: Arc::clone(self), account_id, _running: running })
    }
}

impl Drop for Download {
    fn drop(&mut self) {
        let of_account = &self.downloads.of_account;
        let mut of_account = of_account.lock().unwrap_or_else(PoisonError::into_inner);
        let left = of_account.get_mut(&self.account_id).map(|count| {
            *count -= 1;
            *count
        });
        if left == Some(0) {
            of_account.remove(&self.account_id);
        }
    }
}
