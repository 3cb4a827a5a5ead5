//! One doctor, one appointment at a time, whoever books where.

use crate::dropped::bookings;
use crate::engine::Engine;
use crate::support::{book, scattered, two_executors};
use anamnesis::commands::{ExecuteError, Refusal};
use anamnesis_domain::doctor_day::DoctorDayError;
use std::sync::Arc;

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
