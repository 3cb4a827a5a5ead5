//! Seals that anybody can open: the sealed text is the text with a mark.

use anamnesis_domain::Sealed;
use anamnesis_projections::{OpenError, Opened, Opener, SealedRef};
use async_trait::async_trait;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) fn seal(text: &str) -> Sealed {
    Sealed(format!("sealed:{text}"))
}

/// Opens what [`seal`] sealed; refuses the first `failures` times, as if the keys were away.
#[derive(Default)]
pub(crate) struct FakeOpener {
    pub(crate) failures: AtomicUsize,
}

#[async_trait]
impl Opener for FakeOpener {
    async fn open_many(&self, items: &[SealedRef<'_>]) -> Result<Vec<Opened>, OpenError> {
        let left =
            self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        if left.is_ok() {
            return Err(OpenError::Unavailable("the keys are away".into()));
        }
        items.iter().map(open).collect()
    }
}

fn open(item: &SealedRef<'_>) -> Result<Opened, OpenError> {
    match item.sealed.as_str().strip_prefix("sealed:") {
        Some("erased") => Ok(Opened::Erased),
        Some(text) => Ok(Opened::Text(text.to_owned())),
        None => Err(OpenError::Broken),
    }
}
