//! Every error code that a client can meet, with its status. The codes are stable: clients
//! depend on them, so a line here is never changed, only added. `tests/api/errors.rs` holds the
//! table against what the server really says.

/// In order, each once.
#[rustfmt::skip]
pub const CODES: &[(u16, &str)] = &[
    (400, "body_unreadable"), (400, "cursor_invalid"), (400, "hello_expected"),
    (400, "if_match_invalid"), (400, "json_malformed"), (400, "page_invalid"),
    (400, "query_invalid"),

    (401, "credentials_wrong"), (401, "not_signed_in"), (401, "refresh_token_missing"),
    (401, "refresh_token_reused"), (401, "refresh_token_unknown"), (401, "session_expired"),
    (401, "session_revoked"), (401, "session_unknown"), (401, "ticket_invalid"), (401, "ticket_missing"),
    (401, "token_expired"), (401, "token_invalid"),

    (403, "account_deactivated"), (403, "account_not_an_administrator"),
    (403, "account_own_account"), (403, "account_pending"), (403, "account_refused"),
    (403, "appointment_not_its_doctor"),
    (403, "consultation_not_its_doctor"), (403, "consultation_not_its_patient"),
    (403, "forbidden"), (403, "grant_needed"), (403, "grant_not_its_officer"),
    (403, "message_not_author"), (403, "origin_not_allowed"), (403, "own_review"),

    (404, "account_not_found"), (404, "appointment_not_found"),
    (404, "appointment_not_participant"), (404, "consultation_not_found"),
    (404, "correction_not_found"), (404, "doctor_not_found"), (404, "grant_not_found"),
    (404, "message_not_found"), (404, "not_found"), (404, "not_there_yet"), (404, "patient_not_found"),
    (404, "report_not_found"), (404, "room_not_found"), (404, "room_not_participant"),
    (404, "search_not_found"),

    (405, "method_not_allowed"),

    (408, "body_too_slow"),

    (409, "account_already_approved"), (409, "account_already_exists"),
    (409, "account_deactivated"), (409, "account_not_a_doctor"),
    (409, "account_not_a_staff_role"), (409, "account_nothing_to_change"),
    (409, "account_patient_stays_patient"), (409, "account_pending"), (409, "account_refused"),
    (409, "appointment_already_booked"), (409, "appointment_has_begun"),
    (409, "appointment_not_begun"), (409, "appointment_not_deleted"),
    (409, "appointment_not_scheduled"), (409, "client_id_reused"),
    (409, "consultation_already_opened"), (409, "consultation_empty"),
    (409, "consultation_not_deleted"), (409, "consultation_not_signed"),
    (409, "consultation_nothing_to_change"), (409, "consultation_signed"),
    (409, "consultation_too_many_corrections"), (409, "correction_answered"),
    (409, "doctor_hours_not_set"), (409, "grant_already_given"), (409, "grant_already_reviewed"),
    (409, "grant_still_open"), (409, "login_name_taken"), (409, "message_hidden"),
    (409, "message_retracted"), (409, "message_stale"), (409, "outside_working_hours"),
    (409, "report_decided"), (409, "room_closed"),
    (409, "room_needs_two_people"), (409, "room_of_another_pair"),
    (409, "schedule_too_many_exceptions"), (409, "search_name_taken"), (409, "time_taken"),
    (409, "too_many_open_grants"), (409, "too_many_searches"),

    (412, "version_outdated"),

    (413, "body_too_large"), (413, "picture_too_large"),

    (415, "json_expected"),

    (422, "action_unknown"), (422, "appointment_bad_length"), (422, "appointment_in_the_past"),
    (422, "appointment_same_person"), (422, "appointment_too_far_away"), (422, "as_of_too_large"),
    (422, "before_the_log"), (422, "bio_invalid"), (422, "content_of_one_stream"),
    (422, "body_invalid"), (422, "consultation_prescription_twice"),
    (422, "consultation_too_many_prescriptions"), (422, "correction_empty"),
    (422, "correction_too_long"), (422, "email_invalid"), (422, "frame_invalid"),
    (422, "grant_bad_length"),
    (422, "instant_in_the_future"), (422, "message_empty"), (422, "message_too_long"), (422, "name_invalid"),
    (422, "note_missing"), (422, "note_too_long"),
    (422, "password_too_long"), (422, "password_too_short"), (422, "period_invalid"),
    (422, "period_too_long"), (422, "phone_invalid"), (422, "picture_invalid"),
    (422, "position_beyond_log"),
    (422, "prescription_bad_duration"), (422, "prescription_too_long"),
    (422, "prescription_without_dose"), (422, "prescription_without_drug"),
    (422, "range_invalid"), (422, "reason_missing"), (422, "reason_too_long"), (422, "review_day_invalid"), (422, "role_invalid"),
    (422, "schedule_bad_slot_length"), (422, "schedule_bad_span"),
    (422, "schedule_exception_in_the_past"), (422, "schedule_spans_overlap"),
    (422, "schedule_too_many_spans"), (422, "schedule_zone_unknown"),
    (422, "search_name_invalid"), (422, "section_too_long"),
    (422, "time_ambiguous"), (422, "time_in_gap"), (422, "username_invalid"),
    (422, "zone_unknown"),

    (426, "websocket_expected"),

    (429, "too_many_attempts"), (429, "too_many_own_clients"), (429, "too_many_own_downloads"),

    (500, "internal"),

    (503, "busy"), (503, "contended"), (503, "content_unreadable"), (503, "event_missing"),
    (503, "event_unreadable"), (503, "frame_invalid"), (503, "outcome_unknown"),
    (503, "overloaded"), (503, "read_models_lag"), (503, "reader_too_slow"),
    (503, "server_stopping"), (503, "too_many_clients"), (503, "too_many_downloads"), (503, "too_many_replays"),
    (503, "too_many_views"),
    (503, "unavailable"),
];
