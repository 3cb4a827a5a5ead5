//! Each refusal once, with the code that clients depend on.

use crate::support::{given, refusals};
use crate::words::{
    HELLO, closed, doctor, edit, edit_seen, edited, hello_retracted, opened, patient, post, sealed,
    stranger, talk, with,
};
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomCommand as Command, ChatRoomError as Error};

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
    Stale "message_stale":
        with(talk(), edited(patient(), HELLO)) => edit_seen(patient(), HELLO, Some(HELLO));
    Closed "room_closed": closed(talk()) => post(patient());
});
