//! What was folded, kept for a short while: whoever turns pages reads the same tables.

use super::{AsOfError, RecordName};
use anamnesis_projections::scratch::Scratch;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

/// The most that are made, kept and looked at together; each holds a connection.
const PLACES: usize = 4;
/// How long one is kept after it was made.
const KEPT_FOR: Duration = Duration::from_mins(1);
/// How long to wait for a place.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// A record at a position.
pub(super) type Key = (RecordName, u64);

/// Tables of a record. Dropped, the connection is closed and the tables are gone.
pub(super) struct Kept {
    key: Key,
    pub(super) scratch: Mutex<Scratch>,
    _place: OwnedSemaphorePermit,
}

/// The last few that were made.
pub(super) struct Shelf {
    places: Arc<Semaphore>,
    kept: StdMutex<VecDeque<Arc<Kept>>>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(PLACES)), kept: StdMutex::default() }
    }
}

impl Shelf {
    pub(super) fn take(&self, key: Key) -> Option<Arc<Kept>> {
        self.with(|kept| kept.iter().find(|one| one.key == key).cloned())
    }

    /// A place for another one. If all are taken, what was made first makes room, once nobody
    /// looks at it any more.
    pub(super) async fn place(&self) -> Result<OwnedSemaphorePermit, AsOfError> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        drop(self.with(VecDeque::pop_front));
        let place = timeout(WAIT_MAX, Arc::clone(&self.places).acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or(AsOfError::TooMany)
    }

    pub(super) fn put(
        self: &Arc<Self>,
        key: Key,
        scratch: Scratch,
        place: OwnedSemaphorePermit,
    ) -> Arc<Kept> {
        let made = Arc::new(Kept { key, scratch: Mutex::new(scratch), _place: place });
        self.with(|kept| kept.push_back(Arc::clone(&made)));
        let (shelf, old) = (Arc::clone(self), Arc::downgrade(&made));
        tokio::spawn(async move {
            sleep(KEPT_FOR).await;
            shelf.with(|kept| kept.retain(|one| !std::ptr::eq(Arc::as_ptr(one), old.as_ptr())));
        });
        made
    }

    fn with<T>(&self, f: impl FnOnce(&mut VecDeque<Arc<Kept>>) -> T) -> T {
        // Nothing that is done under the lock can leave the list broken.
        f(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
