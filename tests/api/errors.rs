//! Every error code that a client can meet, with its status. The codes are stable: clients
//! depend on them, so a line here is never changed, only added.

use anamnesis::auth::{Limited, PasswordError, RotateError, TicketError, TokenError};
use anamnesis::commands::{ExecuteError, Refusal};
use anamnesis::http::error::ApiError;
use anamnesis::live::{BadCursor, Full, LiveError};
use anamnesis::pictures::{NotAPicture, PictureError};
use anamnesis::policy::Denied;
use anamnesis_domain::account::AccountError;
use anamnesis_domain::appointment::AppointmentError;
use anamnesis_domain::chat_room::ChatRoomError;
use anamnesis_domain::consultation::ConsultationError;
use anamnesis_domain::doctor_day::DoctorDayError;
use anamnesis_domain::doctor_schedule::DoctorScheduleError;
use anamnesis_domain::login_name::LoginNameError;
use reqwest::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[rustfmt::skip]
const CODES: &[(u16, &str)] = &[
    (400, "body_unreadable"), (400, "cursor_invalid"), (400, "hello_expected"),
    (400, "if_match_invalid"),
    (400, "json_malformed"), (400, "page_invalid"), (400, "query_invalid"),

    (401, "credentials_wrong"), (401, "not_signed_in"), (401, "refresh_token_missing"),
    (401, "refresh_token_reused"), (401, "refresh_token_unknown"), (401, "session_expired"),
    (401, "session_revoked"), (401, "ticket_invalid"), (401, "ticket_missing"),
    (401, "token_expired"), (401, "token_invalid"),

    (403, "account_deactivated"), (403, "account_not_an_administrator"),
    (403, "account_own_account"), (403, "account_pending"),
    (403, "account_refused"), (403, "appointment_not_its_doctor"),
    (403, "consultation_not_its_doctor"), (403, "forbidden"), (403, "message_not_author"),
    (403, "origin_not_allowed"),

    (404, "account_not_found"), (404, "appointment_not_found"),
    (404, "appointment_not_participant"), (404, "consultation_not_found"),
    (404, "doctor_not_found"), (404, "message_not_found"), (404, "not_found"),
    (404, "room_not_found"), (404, "room_not_participant"),

    (405, "method_not_allowed"), (408, "body_too_slow"),

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
    (409, "doctor_hours_not_set"), (409, "login_name_taken"), (409, "message_retracted"),
    (409, "message_stale"), (409, "outside_working_hours"), (409, "room_closed"),
    (409, "room_needs_two_people"), (409, "room_of_another_pair"),
    (409, "schedule_too_many_exceptions"), (409, "time_taken"),

    (412, "version_outdated"),

    (413, "body_too_large"), (415, "json_expected"),

    (422, "appointment_bad_length"), (422, "appointment_in_the_past"),
    (422, "appointment_same_person"), (422, "appointment_too_far_away"), (422, "body_invalid"),
    (422, "consultation_prescription_twice"), (422, "consultation_too_many_prescriptions"),
    (422, "email_invalid"), (422, "frame_invalid"), (422, "message_empty"),
    (422, "message_too_long"), (422, "name_invalid"), (422, "password_too_long"),
    (422, "password_too_short"), (422, "period_invalid"), (422, "period_too_long"),
    (422, "reason_too_long"), (422, "schedule_bad_slot_length"), (422, "schedule_bad_span"),
    (422, "schedule_exception_in_the_past"), (422, "schedule_spans_overlap"),
    (422, "schedule_too_many_spans"), (422, "schedule_zone_unknown"), (422, "username_invalid"), (422, "zone_unknown"),
    (422, "time_ambiguous"), (422, "time_in_gap"),
    (400, "if_match_invalid"), (412, "version_outdated"),

    (422, "prescription_bad_duration"), (422, "prescription_too_long"),
    (422, "prescription_without_dose"), (422, "prescription_without_drug"),
    (422, "review_day_invalid"), (422, "section_too_long"),

    (400, "if_match_invalid"), (412, "version_outdated"),
    (413, "picture_too_large"), (422, "bio_invalid"), (422, "phone_invalid"),
    (422, "picture_invalid"), (422, "role_invalid"),

    (426, "websocket_expected"), (429, "too_many_attempts"), (429, "too_many_own_clients"),

    (500, "internal"),

    (503, "busy"), (503, "content_unreadable"), (503, "contended"), (503, "frame_invalid"),
    (503, "outcome_unknown"), (503, "overloaded"), (503, "read_models_lag"),
    (503, "too_many_clients"), (503, "unavailable"),
];

fn refusals() -> Vec<Refusal> {
    use AccountError as A;
    use AppointmentError as P;
    use ChatRoomError as C;
    use ConsultationError as N;
    use DoctorScheduleError as S;
    let accounts = [
        A::NotFound,
        A::AlreadyExists,
        A::Pending,
        A::Refused,
        A::AlreadyApproved,
        A::Deactivated,
        A::NotAStaffRole,
        A::PatientStaysPatient,
        A::NotADoctor,
        A::NothingToChange,
        A::NotAnAdministrator,
        A::OwnAccount,
    ];
    let appointments = [
        P::AlreadyBooked,
        P::InThePast,
        P::TooFarAway,
        P::BadLength,
        P::SamePerson,
        P::NotFound,
        P::NotParticipant,
        P::NotItsDoctor,
        P::NotScheduled,
        P::HasBegun,
        P::NotBegun,
        P::NotDeleted,
    ];
    let consultations = [
        N::NotFound,
        N::AlreadyOpened,
        N::NotItsDoctor,
        N::Signed,
        N::NotSigned,
        N::Empty,
        N::NothingToChange,
        N::TooManyPrescriptions,
        N::PrescriptionTwice,
        N::NotDeleted,
    ];
    let schedules = [
        S::HoursNotSet,
        S::OutsideHours,
        S::UnknownZone,
        S::BadSlotLength,
        S::BadSpan,
        S::SpansOverlap,
        S::TooManySpans,
        S::ExceptionInThePast,
        S::TooManyExceptions,
    ];
    let rooms = [
        C::NotFound,
        C::AnotherPair,
        C::SamePerson,
        C::NotParticipant,
        C::NotAuthor,
        C::NoSuchMessage,
        C::Retracted,
        C::Stale,
        C::Closed,
    ];
    let mut all: Vec<Refusal> = accounts.map(Refusal::from).into();
    all.extend(appointments.map(Refusal::from));
    all.extend(rooms.map(Refusal::from));
    all.extend(consultations.map(Refusal::from));
    all.extend(schedules.map(Refusal::from));
    all.push(Refusal::Outdated);
    all.push(DoctorDayError::Taken.into());
    all.push(LoginNameError::Taken.into());
    all.push(Refusal::Outdated);
    all
}

/// What the failures of the server's parts become.
fn made() -> Vec<ApiError> {
    let gone = || sqlx::Error::PoolClosed;
    let mut all: Vec<ApiError> = refusals().into_iter().map(ApiError::from).collect();
    all.extend([Denied::Forbidden, Denied::Hidden].map(ApiError::from));
    all.extend(
        [
            PasswordError::TooShort,
            PasswordError::TooLong,
            PasswordError::Busy,
            PasswordError::Failed,
        ]
        .map(ApiError::from),
    );
    all.push(PictureError::from(NotAPicture).into());
    all.extend([TokenError::Invalid, TokenError::Expired].map(ApiError::from));
    all.extend(
        [
            RotateError::Unknown,
            RotateError::Reused,
            RotateError::Expired,
            RotateError::Revoked,
            RotateError::Unavailable(gone()),
        ]
        .map(ApiError::from),
    );
    all.extend(
        [TicketError::Invalid, TicketError::SessionEnded, TicketError::Unavailable(gone())]
            .map(ApiError::from),
    );
    all.extend(
        [
            ExecuteError::ClientIdReused,
            ExecuteError::Contended,
            ExecuteError::Overloaded,
            ExecuteError::Unavailable,
            ExecuteError::OutcomeUnknown,
        ]
        .map(ApiError::from),
    );
    all.extend(
        [
            LiveError::Full(Full::Process),
            LiveError::Full(Full::Account),
            LiveError::Lagging,
            LiveError::ReadModel(gone()),
        ]
        .map(ApiError::from),
    );
    all.extend([Limited { retry_after_s: 1 }.into(), BadCursor.into(), gone().into()]);
    all
}

#[test]
fn every_failure_of_a_part_has_its_code_and_status_in_the_table() {
    for error in made() {
        let line = (error.status().as_u16(), error.code());
        assert!(CODES.contains(&line), "{line:?} is not in the table");
    }
}

#[test]
fn every_refusal_of_the_domain_is_among_them() {
    let built: BTreeSet<&str> = refusals().into_iter().map(Refusal::code).collect();
    let mut written = BTreeSet::new();
    for (_, text) in sources("domain/src") {
        for (start, _) in text.match_indices("=> \"") {
            let code = literal(&text[start + 3..]);
            if code.contains('_') && text.contains("fn code(self)") {
                written.insert(code.to_owned());
            }
        }
    }
    assert!(written.len() > 20, "the search found only {written:?}");
    let missing: Vec<_> = written.iter().filter(|code| !built.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "not in `refusals`: {missing:?}");
}

#[test]
fn every_code_that_the_server_writes_is_in_the_table_and_the_table_has_no_other() {
    let mut written: BTreeMap<(u16, String), PathBuf> = BTreeMap::new();
    for (path, text) in sources("src") {
        for (status, code) in codes_in(&text) {
            written.insert((status, code), path.clone());
        }
    }
    assert!(written.len() > 30, "the search found only {written:?}");
    for ((status, code), path) in &written {
        assert!(CODES.contains(&(*status, code)), "{}: {status} {code}", path.display());
    }
    let made: BTreeSet<_> =
        made().iter().map(|error| (error.status().as_u16(), error.code())).collect();
    for (status, code) in CODES {
        let known = made.contains(&(*status, *code))
            || written.contains_key(&(*status, (*code).to_owned()));
        // Chosen by a variable, so the search does not see its status.
        let account = *status == 403 && code.starts_with("account_");
        assert!(known || account, "{status} {code} is written nowhere any more");
    }
}

/// The error codes that stand in a source as literals, with their status.
fn codes_in(text: &str) -> Vec<(u16, String)> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for (start, _) in text.match_indices("StatusCode::") {
        // Not the patterns and values of a `match`.
        if !text[..start].trim_end_matches("axum::http::").trim_end().ends_with('(') {
            continue;
        }
        let (name, rest) = text[start + 12..]
            .split_once(|c: char| !c.is_ascii_uppercase() && c != '_')
            .unwrap_or_default();
        if rest.trim_start().starts_with('"') {
            found.push((status(name), literal(rest.trim_start()).to_owned()));
        }
    }
    for (start, pattern) in text.match_indices("unavailable(") {
        let rest = text[start + pattern.len()..].trim_start();
        if rest.starts_with('"') {
            found.push((503, literal(rest).to_owned()));
        }
    }
    for (start, pattern) in text.match_indices("Invalid { code: ") {
        found.push((422, literal(&text[start + pattern.len()..]).to_owned()));
    }
    found
}

fn literal(text: &str) -> &str {
    text.trim_start().trim_start_matches('"').split('"').next().unwrap_or_default()
}

/// The number of a status, by the name of its constant.
fn status(name: &str) -> u16 {
    let named = |code: &u16| {
        let reason = StatusCode::from_u16(*code).ok().and_then(|code| code.canonical_reason());
        reason.is_some_and(|reason| reason.to_uppercase().replace(' ', "_") == name)
    };
    (400..600).find(named).unwrap()
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    found
}

fn gather(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
}
