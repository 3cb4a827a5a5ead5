//! The rule that nothing is read outside of a session.

use super::{SessionCommand as Command, SessionError as Error, SessionEvent as Event};
use crate::{AccountId, Root, record};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// A session's state. It does not grow with what is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    account_id: Option<AccountId>,
    ended: bool,
}

impl Root for Session {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for Session {
    const TYPE: &'static str = "session";
    type Command = Command;
    type Event = Event;
    type Error = Error;
    type Services = ();

    async fn handle(
        &mut self,
        command: Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Error> {
        let events = self.decide(command)?;
        record(self, events, sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::SessionStarted { account_id, .. } => self.account_id = Some(account_id),
            Event::SessionEnded { .. } => self.ended = true,
            Event::ContentRead { .. }
            | Event::FeedFollowed { .. }
            | Event::TrailRead { .. }
            | Event::AccessDenied { .. } => {}
        }
    }
}

impl Session {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Error> {
        if let Command::Start { account_id, role } = command {
            let news = self.account_id.is_none();
            return Ok(news
                .then_some(Event::SessionStarted { account_id, role })
                .into_iter()
                .collect());
        }
        if self.account_id.is_none() {
            return Err(Error::NotFound);
        }
        if let Command::End { reason } = command {
            return Ok((!self.ended)
                .then_some(Event::SessionEnded { reason })
                .into_iter()
                .collect());
        }
        if self.ended {
            return Err(Error::Ended);
        }
        Ok(match command {
            Command::RecordReads(reads) => {
                reads.into_iter().map(|read| Event::ContentRead { read }).collect()
            }
            Command::FollowFeed { after } => vec![Event::FeedFollowed { after }],
            Command::RecordLookUp(look_up) => vec![Event::TrailRead { look_up }],
            Command::RecordDenial(attempt) => vec![Event::AccessDenied { attempt }],
            Command::Start { .. } | Command::End { .. } => Vec::new(),
        })
    }
}
