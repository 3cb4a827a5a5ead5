//! The rule that a name belongs to one account at a time.

use super::{LoginNameCommand as Command, LoginNameError as Error, LoginNameEvent as Event};
use crate::{AccountId, Root, record};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// A login name's state: who holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginName {
    holder: Option<AccountId>,
}

impl Root for LoginName {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for LoginName {
    const TYPE: &'static str = "login_name";
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
        record(self, events.into_iter().collect(), sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        self.holder = match event {
            Event::NameClaimed { account_id } => Some(account_id),
            Event::NameReleased { .. } => None,
        };
    }
}

impl LoginName {
    fn decide(&self, command: Command) -> Result<Option<Event>, Error> {
        match command {
            Command::ClaimName { account_id } => match self.holder {
                None => Ok(Some(Event::NameClaimed { account_id })),
                Some(holder) if holder == account_id => Ok(None),
                Some(_) => Err(Error::Taken),
            },
            Command::ReleaseName { account_id } => {
                Ok((self.holder == Some(account_id)).then_some(Event::NameReleased { account_id }))
            }
        }
    }
}
