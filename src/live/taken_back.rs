//! Words that were said once and are not shown any more.

use anamnesis_domain::Event;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::chat_room::{ChatRoomEvent, HideDecision};
use anamnesis_projections::log::RecordedEvent;
use std::collections::HashMap;

/// What of one stream is hidden now, learnt by going back from its end.
#[derive(Default)]
pub(super) struct TakenBack {
    /// Message → whether it is retracted.
    retracted: HashMap<u64, bool>,
    /// Message → whether it is hidden.
    hidden: HashMap<u64, bool>,
    /// Whether the appointment is deleted, once that is known.
    appointment: Option<bool>,
}

impl TakenBack {
    /// Takes the event before those that were looked at. Whether the words that it carries, if
    /// any, were taken back or hidden since.
    pub(super) fn look_back(&mut self, recorded: &RecordedEvent) -> bool {
        match recorded.event() {
            Ok(Event::ChatRoom(event)) => self.message(recorded.sequence, event),
            Ok(Event::Appointment(event)) => self.appointment(event),
            _ => false,
        }
    }

    fn message(&mut self, sequence: u64, event: &ChatRoomEvent) -> bool {
        let number = match event {
            ChatRoomEvent::MessageRetracted { message, .. } => {
                self.retracted.entry(*message).or_insert(true);
                return false;
            }
            ChatRoomEvent::MessageRestored { message, .. } => {
                self.retracted.entry(*message).or_insert(false);
                return false;
            }
            ChatRoomEvent::MessageHidden { message, .. } => {
                self.hidden.entry(*message).or_insert(true);
                return false;
            }
            ChatRoomEvent::HiddenMessageDecided { message, decision, .. } => {
                let stays = *decision == HideDecision::StaysHidden;
                self.hidden.entry(*message).or_insert(stays);
                return false;
            }
            ChatRoomEvent::MessagePosted { .. } => sequence,
            ChatRoomEvent::MessageEdited { message, .. } => *message,
            _ => return false,
        };
        let is_so = |known: &HashMap<u64, bool>| known.get(&number).copied().unwrap_or(false);
        is_so(&self.retracted) || is_so(&self.hidden)
    }

    fn appointment(&mut self, event: &AppointmentEvent) -> bool {
        match event {
            AppointmentEvent::AppointmentDeleted { .. } => *self.appointment.get_or_insert(true),
            AppointmentEvent::AppointmentRestored { .. } => *self.appointment.get_or_insert(false),
            _ => self.appointment.unwrap_or(false),
        }
    }
}
