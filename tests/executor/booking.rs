//! One doctor, one appointment at a time, whoever books where.

use crate::dropped::bookings;
use crate::engine::Engine;
use crate::support::{at, book, book_as, executor, retryable, scattered, two_executors};
use anamnesis::commands::{ExecuteError, Executed, Refusal};
use anamnesis_domain::doctor_day::DoctorDayError;
use std::sync::Arc;
use uuid::Uuid;

fn is_taken<T>(answer: &Result<T, ExecuteError>) -> bool {
    let taken = Refusal::DoctorDay(DoctorDayError::Taken);
    matches!(answer, Err(ExecuteError::Refused(why)) if *why == taken)
}

pub(crate) async fn of_many_overlapping_bookings_one_wins(engine: &Engine) {
    let executors = two_executors(engine);
    let tasks: Vec<_> = (0..200)
        .map(|number| {
            let on = Arc::clone(&executors[number % 2]);
            let starts = i64::try_from(number % 15).unwrap();
            // All of them have the thirtieth minute in common.
            tokio::spawn(async move { book(&on, starts, 60 - starts).await })
        })
        .collect();
    let mut won = Vec::new();
    for task in tasks {
        let (appointment_id, answer) = task.await.unwrap();
        if is_taken(&answer) {
            continue;
        }
        won.push((appointment_id.0, answer.unwrap().position().unwrap()));
    }
    let [(won, through)] = won[..] else { panic!("{won:?}") };
    let stored = bookings(&*engine.log, through).await;
    assert_eq!(Vec::from_iter(stored), [(won, (1, 1))]);
}

pub(crate) async fn bookings_never_overlap(engine: &Engine) {
    let executors = two_executors(engine);
    let tasks: Vec<_> = (0..160_u64)
        .map(|number| {
            let on = Arc::clone(&executors[usize::try_from(number % 2).unwrap()]);
            // In the evening and on past midnight: some stand in both days.
            let starts = 1_200 + i64::try_from(scattered(number, 90)).unwrap() * 5;
            tokio::spawn(async move { (starts, book(&on, starts, starts + 15).await) })
        })
        .collect();
    let mut taken = Vec::new();
    let mut through = 0;
    for task in tasks {
        let (starts, (appointment_id, answer)) = task.await.unwrap();
        if is_taken(&answer) {
            continue;
        }
        through = answer.unwrap().position().unwrap().max(through);
        taken.push((starts, appointment_id.0));
    }
    taken.sort_unstable();
    assert!(taken.len() > 5);
    assert!(taken.windows(2).all(|two| two[0].0 + 15 <= two[1].0), "{taken:?}");
    let stored = bookings(&*engine.log, through).await;
    let days = |starts: i64| if (1_426..1_440).contains(&starts) { 2 } else { 1 };
    let expected = taken.iter().map(|(starts, id)| (*id, (1, days(*starts)))).collect();
    assert_eq!(stored, expected);
}

/// Processes that have never seen the appointment take it for new, and find out that it is not.
pub(crate) async fn what_was_booked_elsewhere_is_not_booked_again(engine: &Engine) {
    let context = retryable(Uuid::from_u128(9), "a");
    let (id, done) = book_as(&executor(&engine.log), &context, 60, 90).await;
    let done = done.unwrap();
    // Elsewhere this id would stand for another time, or for one that nobody could book.
    let reused = retryable(Uuid::from_u128(9), "b");
    for log in [&engine.log, &engine.other] {
        let again = book_as(&executor(log), &context, 60, 90).await.1.unwrap();
        assert!(again.replayed);
        assert_eq!(again.position(), Some(1));
        for (starts, ends) in [(600, 630), (70, 80), (-20_000, -19_990)] {
            let on = executor(log);
            let answer = book_as(&on, &reused, starts, ends).await.1;
            assert!(matches!(answer, Err(ExecuteError::ClientIdReused)), "{answer:?}");
            let (appointment, version) = on.appointment(id).await.unwrap();
            let agreed = appointment.agreed().map(|agreed| (agreed.starts_at, agreed.ends_at));
            assert_eq!((agreed, version), (Some((at(60), at(90))), 1));
        }
    }
    let stored = bookings(&*engine.log, done.position().unwrap()).await;
    assert_eq!(Vec::from_iter(stored), [(id.0, (1, 1))]);
}

/// Two who ask for the same with one id at the same moment, in one process or in two.
pub(crate) async fn concurrent_copies_of_a_booking_book_once(engine: &Engine) {
    let executors = two_executors(engine);
    let mut through = 0;
    for round in 0..10_u8 {
        let starts = i64::from(round) * 20;
        let context = retryable(Uuid::from_u128(100 + u128::from(round)), "a");
        let copies =
            (0..8).map(|copy| book_as(&executors[copy % 2], &context, starts, starts + 20));
        let answers = futures_util::future::join_all(copies).await;
        let answers: Vec<_> = answers.into_iter().map(|(_, answer)| answer.unwrap()).collect();
        assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
        through = answers.iter().filter_map(Executed::position).max().unwrap();
    }
    let stored = bookings(&*engine.log, through).await;
    assert_eq!(stored.values().filter(|counts| **counts == (1, 1)).count(), 10);
}
