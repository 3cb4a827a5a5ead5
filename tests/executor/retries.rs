//! The same command again.

use crate::engine::Engine;
use crate::support::{
    DOCTOR, PATIENT, executor, open_room, posting, retryable, room_events, tell, two_executors,
};
use anamnesis::commands::{ExecuteError, Refusal};
use anamnesis_domain::chat_room::{ChatRoomCommand, ChatRoomError};
use futures_util::future::join_all;
use uuid::Uuid;

pub(crate) async fn the_exact_retry_gets_the_first_result(engine: &Engine) {
    let first = executor(&engine.log);
    open_room(&first).await;
    let context = retryable(Uuid::from_u128(9), "a");
    let done = tell(&first, &context, posting()).await.unwrap();
    assert!(!done.replayed);
    let elsewhere = executor(&engine.other);
    for on in [&first, &elsewhere, &executor(&engine.log), &elsewhere] {
        let again = tell(on, &context, posting()).await.unwrap();
        assert!(again.replayed);
        assert_eq!(again.position(), done.position());
        assert_eq!(again.events[0].event_id, done.events[0].event_id);
    }
    assert_eq!(room_events(&*engine.log).await.len(), 2);
}

pub(crate) async fn a_client_id_stands_for_one_thing(engine: &Engine) {
    let first = executor(&engine.log);
    open_room(&first).await;
    let id = Uuid::from_u128(9);
    tell(&first, &retryable(id, "a"), posting()).await.unwrap();
    for on in [first, executor(&engine.log), executor(&engine.other)] {
        let reused = tell(&on, &retryable(id, "b"), posting()).await;
        assert!(matches!(reused, Err(ExecuteError::ClientIdReused)), "{reused:?}");
        // Also for a command that would be refused, or would change nothing.
        let refused = ChatRoomCommand::MarkRead { by: DOCTOR, through: 99 };
        let reused = tell(&on, &retryable(id, "c"), refused).await;
        assert!(matches!(reused, Err(ExecuteError::ClientIdReused)), "{reused:?}");
        let idle = ChatRoomCommand::ReopenRoom { by: DOCTOR };
        let reused = tell(&on, &retryable(id, "d"), idle).await;
        assert!(matches!(reused, Err(ExecuteError::ClientIdReused)), "{reused:?}");
    }
    assert_eq!(room_events(&*engine.log).await.len(), 2);
}

pub(crate) async fn a_retry_gets_the_first_result_when_the_rules_say_no_by_now(engine: &Engine) {
    let first = executor(&engine.log);
    open_room(&first).await;
    let context = retryable(Uuid::from_u128(9), "a");
    let done = tell(&first, &context, posting()).await.unwrap();
    let close = retryable(Uuid::from_u128(10), "close");
    tell(&first, &close, ChatRoomCommand::CloseRoom { by: DOCTOR }).await.unwrap();
    for on in [first, executor(&engine.log), executor(&engine.other)] {
        let again = tell(&on, &context, posting()).await.unwrap();
        assert!(again.replayed);
        assert_eq!(again.position(), done.position());
        // Closing what is closed changes nothing, but this was the one that closed it.
        let closed = tell(&on, &close, ChatRoomCommand::CloseRoom { by: DOCTOR }).await.unwrap();
        assert!(closed.replayed);
        assert_eq!(closed.position(), Some(3));
        let fresh = tell(&on, &retryable(Uuid::new_v4(), "b"), posting()).await;
        let closed = Refusal::ChatRoom(ChatRoomError::Closed);
        assert!(matches!(fresh, Err(ExecuteError::Refused(why)) if why == closed));
    }
}

pub(crate) async fn concurrent_copies_of_a_command_write_it_once(engine: &Engine) {
    let executors = two_executors(engine);
    open_room(&executors[0]).await;
    for round in 0..10_u128 {
        let context = retryable(Uuid::from_u128(100 + round), "a");
        let copies = (0..12).map(|copy| tell(&executors[copy % 2], &context, posting()));
        let answers: Vec<_> = join_all(copies).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
        assert!(answers.iter().all(|answer| answer.position() == answers[0].position()));
    }
    assert_eq!(room_events(&*engine.log).await.len(), 11);
}

pub(crate) async fn a_refusal_rests_on_the_current_version(engine: &Engine) {
    let [one, two] = two_executors(engine);
    open_room(&one).await;
    let posted = tell(&two, &retryable(Uuid::new_v4(), "a"), posting()).await.unwrap();
    assert_eq!(posted.events[0].sequence, 2);
    // The first one has not seen the message yet.
    let read = ChatRoomCommand::MarkRead { by: DOCTOR, through: 2 };
    let answer = tell(&one, &retryable(Uuid::new_v4(), "b"), read).await.unwrap();
    assert_eq!(answer.events.len(), 1);
}

pub(crate) async fn a_command_that_changes_nothing_rests_on_the_current_version(engine: &Engine) {
    let [one, two] = two_executors(engine);
    open_room(&one).await;
    let close = || ChatRoomCommand::CloseRoom { by: PATIENT };
    let reopen = || ChatRoomCommand::ReopenRoom { by: DOCTOR };
    let context = || retryable(Uuid::new_v4(), "a");
    tell(&one, &context(), close()).await.unwrap();
    let idle = tell(&one, &context(), close()).await.unwrap();
    assert!(idle.events.is_empty() && !idle.replayed);
    tell(&two, &context(), reopen()).await.unwrap();
    // As the first one remembers it, the room is closed already.
    assert_eq!(tell(&one, &context(), close()).await.unwrap().events.len(), 1);
    assert_eq!(room_events(&*engine.log).await.len(), 4);
}
