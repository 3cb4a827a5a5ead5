//! Each refusal once, with the code that clients depend on.

use crate::support::{given, refusals};
use crate::words::{
    HELLO, closed, doctor, edit, edit_seen, edited, hello_retracted, hide_decided, hide_event,
    opened, patient, post, sealed, stranger, talk, with,
};
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand as Command, ChatRoomError as Error, HideDecision,
};

fn decide(decision: HideDecision) -> Command {
    Command::DecideHiddenMessage { by: stranger(), message: HELLO, decision, note: sealed("why") }
}

refusals!(ChatRoom, Error {
    NotFound "room_not_found": [] => post(patient());
    AnotherPair "room_of_another_pair":
        opened() => Command::OpenRoom { patient_id: stranger(), doctor_id: doctor() };
    SamePerson "room_needs_two_people":
        [] => Command::OpenRoom { patient_id: doctor(), doctor_id: doctor() };
    NotParticipant "room_not_participant": opened() => post(stranger());
    NotAuthor "message_not_author": talk() => Command::EditMessage {
        by: doctor(),
        message: HELLO,
        author: patient(),
        body: sealed("other words"),
        based_on: None,
    };
    NoSuchMessage "message_not_found": talk() => edit(patient(), 99);
    Retracted "message_retracted": hello_retracted() => edit(patient(), HELLO);
    Hidden "message_hidden": with(talk(), hide_event(HELLO)) => edit(patient(), HELLO);
    NotReported "report_not_found": talk() => decide(HideDecision::ShownAgain);
    Decided "report_decided": with(
        with(talk(), hide_event(HELLO)), hide_decided(HELLO, HideDecision::StaysHidden)
    ) => decide(HideDecision::ShownAgain);
    Stale "message_stale":
        with(talk(), edited(patient(), HELLO)) => edit_seen(patient(), HELLO, Some(HELLO));
    Closed "room_closed": closed(talk()) => post(patient());
});
