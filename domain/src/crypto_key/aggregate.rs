//! Each thing happens to a key once.

use super::{CryptoKeyCommand as Command, CryptoKeyError as Error, CryptoKeyEvent as Event};
use crate::{Root, record};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// What is known of a key. It was done when it is written down, so nothing is refused; what was
/// written is not written again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CryptoKey {
    is_made: bool,
    is_gone: bool,
}

impl Root for CryptoKey {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for CryptoKey {
    const TYPE: &'static str = "crypto_key";
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
        let event = match command {
            Command::RecordSigningKeyMade if !self.is_made => Event::SigningKeyMade {},
            Command::RecordSigningKeyRetired if !self.is_gone => Event::SigningKeyRetired {},
            Command::RecordDataKeyDestroyed { subject_id, period } if !self.is_gone => {
                Event::DataKeyDestroyed { subject_id, period }
            }
            _ => return Ok(()),
        };
        record(self, vec![event], sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::SigningKeyMade {} => self.is_made = true,
            Event::SigningKeyRetired {} | Event::DataKeyDestroyed { .. } => self.is_gone = true,
        }
    }
}
