//! What every engine of the log promises: each case runs against each engine.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../log_support/engine.rs"]
mod engine;
#[path = "../log_support/events.rs"]
mod events;
#[path = "../log_support/memory.rs"]
mod memory_engine;

mod building;
mod concurrency;
mod reading;
mod writing;

/// Whatever was done: the head stands at the last position, and neither positions nor
/// sequences have gaps.
async fn assert_table_is_sound(engine: &engine::Engine) {
    let sound: bool = sqlx::query_scalar(
        "SELECT count(*) = (SELECT position FROM log.head)
            AND count(*) = coalesce(max(global_position), 0)
            AND count(*) = (
                SELECT coalesce(sum(last), 0) FROM (
                    SELECT max(sequence) AS last FROM log.events
                    GROUP BY aggregate_type, aggregate_id
                ) AS streams
            )
         FROM log.events",
    )
    .fetch_one(engine.database.as_ref().unwrap().pool())
    .await
    .unwrap();
    assert!(sound);
}

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
                let engine = crate::engine::Engine::postgres().await;
                crate::$module::$case(&engine).await;
                crate::assert_table_is_sound(&engine).await;
            })+
        }
    };
}

cases!(
    writing::positions_and_sequences_count_from_one,
    writing::an_outdated_version_is_refused_and_leaves_no_gap,
    writing::a_version_that_is_not_reached_yet_is_refused,
    writing::streams_of_one_append_are_written_together_or_not_at_all,
    writing::a_stream_named_twice_goes_on_from_its_first_part,
    writing::an_event_id_is_accepted_once,
    writing::a_repeated_append_is_a_duplicate_wherever_its_stream_has_got_to,
    writing::a_refused_append_does_no_harm_to_its_neighbours,
    writing::an_append_without_events_asserts_the_version,
    writing::an_append_to_nothing_changes_nothing,
    building::appends_build_on_those_before_them,
    building::what_builds_on_a_refused_append_is_refused,
    building::the_number_alone_does_not_make_up_for_a_refused_append,
    building::an_assertion_on_a_refused_append_is_refused,
    building::a_writer_may_name_the_event_that_it_read,
    reading::reading_after_a_position_is_bounded_and_in_order,
    reading::a_stream_is_read_from_both_ends,
    reading::an_event_is_found_by_its_id,
    reading::events_are_read_at_their_positions_in_order,
    reading::the_head_never_runs_ahead_of_the_reader,
    reading::stored_bytes_come_back_as_they_were,
    reading::leaf_hashes_cover_what_is_read_back,
    concurrency::many_writers_leave_no_gap_and_lose_nothing,
    concurrency::a_reader_that_follows_sees_everything_in_order,
);
