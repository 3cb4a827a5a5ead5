//! The one way from sealed to readable.
//!
//! Nothing else holds an [`Opener`]. Content about a patient is opened
//! with a [`Disclosure`], and a `Disclosure` is only made here: of records that the policy has
//! authorised, once it stands in the log who is about to see them. If the log can't take that,
//! there is no `Disclosure`, and nothing is shown.
//!
//! Three ways lead past a `Disclosure`, each for less than content: [`Identities`] opens the
//! names that people sign in with and are called by, for the read model of accounts;
//! [`Gateway::open_profile`] what people say of themselves; and [`FeedOpener`] the words of the
//! live feed, which only reach those who have shown a [`Following`].

mod content;
mod feed;
mod identities;
mod look;
mod recent;
mod record;

pub use feed::{FeedOpener, Following};
pub use identities::Identities;
pub use look::{Disclosure, Look};

use crate::commands::Executor;
use crate::sealing::Opener;
use recent::Recent;
use std::sync::Arc;

/// Opens what is sealed, once it is written down for whom. One per process.
pub struct Gateway {
    opener: Arc<Opener>,
    executor: Arc<Executor>,
    recent: Recent,
}

impl Gateway {
    /// The gateway of this process.
    #[must_use]
    pub fn new(opener: Arc<Opener>, executor: Arc<Executor>) -> Self {
        Self { opener, executor, recent: Recent::new() }
    }
}
