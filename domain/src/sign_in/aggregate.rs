//! Nothing to decide: every attempt is written down.

use super::{SignInCommand as Command, SignInError as Error, SignInEvent as Event};
use crate::{Root, record};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// The attempts at one name. Nothing depends on how many there were: a limit on attempts must
/// hold before anything is written, and is kept elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {}

impl Root for SignIn {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for SignIn {
    const TYPE: &'static str = "sign_in";
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
        let Command::RecordFailure { account_id, reason } = command;
        record(self, vec![Event::SignInFailed { account_id, reason }], sink).await;
        Ok(())
    }

    fn apply(&mut self, _: Event) {}
}
