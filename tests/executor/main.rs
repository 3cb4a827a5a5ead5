//! The executor of commands, over each engine of the log.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../log_support/engine.rs"]
mod engine;
#[path = "../log_support/memory.rs"]
mod memory_engine;

mod booking;
mod contention;
mod dropped;
mod overload;
mod retries;
mod snapshots;
mod support;

macro_rules! cases {
    ($($module:ident::$case:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                crate::$module::$case(&crate::engine::Engine::memory()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                crate::$module::$case(&crate::engine::Engine::postgres().await).await;
            })+
        }
    };
}

cases!(
    retries::the_exact_retry_gets_the_first_result,
    retries::a_client_id_stands_for_one_thing,
    retries::a_retry_gets_the_first_result_when_the_rules_say_no_by_now,
    retries::concurrent_copies_of_a_command_write_it_once,
    retries::a_refusal_rests_on_the_current_version,
    retries::a_command_that_changes_nothing_rests_on_the_current_version,
    contention::many_writers_in_one_room_all_succeed,
    contention::two_executors_in_one_room_all_succeed,
    contention::the_rules_hold_between_two_executors,
    dropped::a_caller_may_go_away_at_any_moment,
    dropped::a_booking_is_whole_when_its_caller_goes_away,
    booking::of_many_overlapping_bookings_one_wins,
    booking::bookings_never_overlap,
    booking::what_was_booked_elsewhere_is_not_booked_again,
    booking::concurrent_copies_of_a_booking_book_once,
);
