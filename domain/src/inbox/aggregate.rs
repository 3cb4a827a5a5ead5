//! The rule that what was seen stays seen.

use super::{InboxCommand as Command, InboxError as Error, InboxEvent as Event};
use crate::{Root, record};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// An inbox's state. Everybody has one from the start; the default is one in which nothing was
/// seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    seen: u64,
}

impl Root for Inbox {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for Inbox {
    const TYPE: &'static str = "inbox";
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
        let events = self.decide(command);
        record(self, events.into_iter().collect(), sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        let Event::NoticesSeen { through } = event;
        self.seen = through;
    }
}

impl Inbox {
    /// The position up to which everything was seen; 0 at first.
    #[must_use]
    pub fn seen_through(&self) -> u64 {
        self.seen
    }

    fn decide(&self, command: Command) -> Option<Event> {
        let Command::SeeNotices { through } = command;
        (through > self.seen).then_some(Event::NoticesSeen { through })
    }
}
