//! What holds for every conversation, whatever is asked of it. (`step` adds: events fold to
//! the state, a refusal changes nothing, a snapshot decides the same.)

use crate::support::step::step;
use crate::words::{doctor, patient, sealed, stranger};
use anamnesis_domain::AccountId;
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand as Command, ChatRoomError as Error, ChatRoomEvent as Event,
    HideDecision, HideReason, Reaction,
};
use cqrs_es::Aggregate;
use proptest::prelude::{
    Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use std::collections::BTreeMap;

fn somebody() -> impl Strategy<Value = AccountId> {
    prop_oneof![4 => Just(patient()), 4 => Just(doctor()), 1 => Just(stranger())]
}

fn reaction() -> impl Strategy<Value = Reaction> {
    prop_oneof![Just(Reaction::Heart), Just(Reaction::Thanks)]
}

fn decision() -> impl Strategy<Value = HideDecision> {
    prop_oneof![Just(HideDecision::ShownAgain), Just(HideDecision::StaysHidden)]
}

/// Numbers near the beginning, so that they often stand for a message, and now and then not.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![20 => 0..12_u64, 1 => any::<u64>()]
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => Just(Command::OpenRoom { patient_id: patient(), doctor_id: doctor() }),
        1 => Just(Command::OpenRoom { patient_id: doctor(), doctor_id: patient() }),
        6 => somebody().prop_map(|by| Command::PostMessage { by, body: sealed("words") }),
        3 => (somebody(), number(), somebody(), prop::option::of(number())).prop_map(
            |(by, message, author, based_on)| {
                Command::EditMessage { by, message, author, body: sealed("other"), based_on }
            }
        ),
        2 => (somebody(), number(), somebody())
            .prop_map(|(by, message, author)| Command::RetractMessage { by, message, author }),
        1 => (somebody(), number())
            .prop_map(|(by, message)| Command::RestoreMessage { by, message }),
        2 => (somebody(), number(), somebody()).prop_map(|(by, message, author)| {
            Command::HideMessage { by, message, author, reason: HideReason::WrongPatient }
        }),
        2 => (somebody(), number(), decision()).prop_map(|(by, message, decision)| {
            Command::DecideHiddenMessage { by, message, decision, note: sealed("why") }
        }),
        3 => (somebody(), number(), reaction())
            .prop_map(|(by, message, reaction)| Command::AddReaction { by, message, reaction }),
        2 => (somebody(), number(), reaction())
            .prop_map(|(by, message, reaction)| Command::RemoveReaction { by, message, reaction }),
        3 => (somebody(), number())
            .prop_map(|(by, through)| Command::MarkDelivered { by, through }),
        3 => (somebody(), number()).prop_map(|(by, through)| Command::MarkRead { by, through }),
        1 => somebody().prop_map(|by| Command::CloseRoom { by }),
        2 => somebody().prop_map(|by| Command::ReopenRoom { by }),
    ]
}

/// Mostly the talk of an open room; sometimes one that is asked things before it exists.
fn any_conversation() -> impl Strategy<Value = Vec<Command>> {
    let opening = Command::OpenRoom { patient_id: patient(), doctor_id: doctor() };
    (any::<bool>(), prop::collection::vec(any_command(), 0..50)).prop_map(
        move |(opens, mut commands)| {
            if opens {
                commands.insert(0, opening.clone());
            }
            commands
        },
    )
}

fn hold(commands: &[Command]) -> (ChatRoom, Vec<Event>) {
    let mut room = ChatRoom::default();
    let mut history = Vec::new();
    for command in commands {
        history.extend(step(&mut room, command).into_iter().flatten());
    }
    (room, history)
}

/// The message or the last of the messages that an event is about.
fn refers_to(event: &Event) -> Option<u64> {
    match *event {
        Event::MessageEdited { message, .. }
        | Event::MessageRetracted { message, .. }
        | Event::MessageRestored { message, .. }
        | Event::MessageHidden { message, .. }
        | Event::HiddenMessageDecided { message, .. }
        | Event::ReactionAdded { message, .. }
        | Event::ReactionRemoved { message, .. } => Some(message),
        Event::MessagesDelivered { through, .. } | Event::MessagesRead { through, .. } => {
            Some(through)
        }
        Event::RoomOpened { .. }
        | Event::MessagePosted { .. }
        | Event::RoomClosed { .. }
        | Event::RoomReopened { .. } => None,
    }
}

/// Words are said as often as they are sent: the log recognises a retry by its id, not the room.
fn says_something(command: &Command) -> bool {
    matches!(command, Command::PostMessage { .. } | Command::EditMessage { .. })
}

proptest! {
    #[test]
    fn the_whole_history_folds_to_the_state(commands in any_conversation()) {
        let (room, history) = hold(&commands);
        let mut folded = ChatRoom::default();
        for event in history {
            folded.apply(event);
        }
        prop_assert_eq!(room, folded);
    }

    #[test]
    fn no_event_refers_to_a_message_beyond_the_last_one(commands in any_conversation()) {
        let mut last_message = 0;
        for (sequence, event) in (1_u64..).zip(hold(&commands).1) {
            if let Some(message) = refers_to(&event) {
                prop_assert!((1..=last_message).contains(&message), "{event:?} at {sequence}");
            }
            if matches!(event, Event::MessagePosted { .. }) {
                last_message = sequence;
            }
        }
    }

    #[test]
    fn cursors_only_move_forward(commands in any_conversation()) {
        let mut read = BTreeMap::new();
        let mut delivered = BTreeMap::new();
        for event in hold(&commands).1 {
            let (before, through) = match event {
                Event::MessagesRead { by, through } => (read.insert(by, through), through),
                Event::MessagesDelivered { by, through } => {
                    prop_assert!(read.get(&by).is_none_or(|read| *read < through));
                    (delivered.insert(by, through), through)
                }
                _ => continue,
            };
            prop_assert!(before.is_none_or(|before| before < through));
        }
    }

    #[test]
    fn only_participants_act_and_only_restoring_and_reports_are_open_to_others(
        commands in any_conversation(),
    ) {
        for event in hold(&commands).1 {
            let actor = match event {
                Event::MessagePosted { author_id, .. } => author_id,
                Event::MessageEdited { by, .. }
                | Event::MessageRetracted { by, .. }
                | Event::ReactionAdded { by, .. }
                | Event::ReactionRemoved { by, .. }
                | Event::MessagesDelivered { by, .. }
                | Event::MessagesRead { by, .. }
                | Event::RoomClosed { by }
                | Event::RoomReopened { by } => by,
                Event::RoomOpened { .. }
                | Event::MessageRestored { .. }
                | Event::MessageHidden { .. }
                | Event::HiddenMessageDecided { .. } => continue,
            };
            prop_assert!(actor == patient() || actor == doctor());
        }
    }

    #[test]
    fn a_repeated_command_writes_nothing(commands in any_conversation()) {
        let mut room = ChatRoom::default();
        for command in commands {
            let first = step(&mut room, &command);
            if says_something(&command) {
                continue;
            }
            prop_assert_eq!(step(&mut room, &command), first.map(|_| vec![]));
        }
    }

    #[test]
    fn an_edit_that_names_the_version_it_saw_is_written_once(
        commands in any_conversation(),
        message in number(),
    ) {
        let (mut room, history) = hold(&commands);
        let is_edit = |event: &Event| {
            matches!(event, Event::MessageEdited { message: edited, .. } if *edited == message)
        };
        let last_edit = (1_u64..).zip(&history).filter(|(_, event)| is_edit(event)).last();
        let version = last_edit.map_or(message, |(sequence, _)| sequence);
        let by = patient();
        let edit = Command::EditMessage {
            by, message, author: by, body: sealed("new"), based_on: Some(version),
        };
        match step(&mut room, &edit) {
            Ok(_) => prop_assert_eq!(step(&mut room, &edit), Err(Error::Stale)),
            Err(refusal) => prop_assert!(refusal != Error::Stale),
        }
    }
}
