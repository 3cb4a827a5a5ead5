//! Content that is sent as it happens.

use super::Gateway;
use super::content::Opened;
use crate::commands::{ExecuteError, Request};
use crate::policy::Actor;
use crate::sealing::{OpenError, Opener, SealedAt};
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::session::SessionCommand;
use anamnesis_domain::{Sealed, SessionId};
use cqrs_es::Aggregate;
use std::sync::Arc;

/// Proof that it stands in the log that this session follows the feed.
#[derive(Debug)]
pub struct Following(Actor);

impl Following {
    /// Who follows.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.0
    }
}

impl Gateway {
    /// Writes down that the session is about to be sent what happens, from `after` on, and
    /// answers when that is durable. Not again within ten minutes, unless it goes further back: a
    /// client that polls without a pause can't fill the log.
    pub async fn follow(
        &self,
        request: &Request,
        after: Option<u64>,
    ) -> Result<Following, ExecuteError> {
        let session = SessionId(request.actor.session_id);
        if !self.recent.has_followed(session, after) {
            self.tell(request, SessionCommand::FollowFeed { after }).await?;
            self.recent.note_following(session, after);
        }
        Ok(Following(request.actor))
    }

    /// For rendering frames. They are handed to nobody who has not shown a [`Following`].
    #[must_use]
    pub fn feed_opener(&self) -> FeedOpener {
        FeedOpener(Arc::clone(&self.opener))
    }
}

/// Opens the words of conversations and appointments, and nothing else.
pub struct FeedOpener(Arc<Opener>);

impl FeedOpener {
    /// Opens content that was sealed for this place. Asks the database only if the key is not
    /// in memory.
    pub async fn open(&self, at: SealedAt<'_>, sealed: &Sealed) -> Opened {
        if at.aggregate_type != ChatRoom::TYPE && at.aggregate_type != Appointment::TYPE {
            return Err(OpenError::NotDisclosed);
        }
        match self.0.try_open_cached(at, sealed) {
            Some(opened) => opened,
            None => self.0.open(at, sealed).await,
        }
    }
}
