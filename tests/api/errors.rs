//! The table of error codes is complete, and has no code that the server does not use.

use anamnesis::auth::{Limited, PasswordError, RotateError, TicketError, TokenError};
use anamnesis::commands::{ExecuteError, Refusal};
use anamnesis::http::codes::CODES;
use anamnesis::http::error::ApiError;
use anamnesis::live::{BadCursor, Full, LiveError};
use anamnesis::pictures::{NotAPicture, PictureError};
use anamnesis::policy::Denied;
use anamnesis::replay::{ReplayError, SelectError};
use anamnesis_domain::access_grant::AccessGrantError;
use anamnesis_domain::account::AccountError;
use anamnesis_domain::appointment::AppointmentError;
use anamnesis_domain::audit_desk::AuditDeskError;
use anamnesis_domain::chat_room::ChatRoomError;
use anamnesis_domain::consultation::ConsultationError;
use anamnesis_domain::doctor_day::DoctorDayError;
use anamnesis_domain::doctor_schedule::DoctorScheduleError;
use anamnesis_domain::login_name::LoginNameError;
use anamnesis_domain::session::SessionError;
use reqwest::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn refusals() -> Vec<Refusal> {
    use AccessGrantError as G;
    use AccountError as A;
    use AppointmentError as P;
    use AuditDeskError as D;
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
        N::NotItsPatient,
        N::TooManyCorrections,
        N::CorrectionNotFound,
        N::CorrectionAnswered,
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
        C::Hidden,
        C::NotReported,
        C::Decided,
        C::Stale,
        C::Closed,
    ];
    let grants = [
        G::NotFound,
        G::AlreadyGranted,
        G::BadLength,
        G::NotItsOfficer,
        G::StillOpen,
        G::OwnReview,
        G::AlreadyReviewed,
    ];
    let desks = [D::TooManyGrants, D::NameTaken, D::TooManySearches, D::NoSuchSearch];
    let mut all: Vec<Refusal> = accounts.map(Refusal::from).into();
    all.extend(grants.map(Refusal::from));
    all.extend(desks.map(Refusal::from));
    all.extend(appointments.map(Refusal::from));
    all.extend(rooms.map(Refusal::from));
    all.extend(consultations.map(Refusal::from));
    all.extend(schedules.map(Refusal::from));
    all.push(Refusal::Outdated);
    all.push(DoctorDayError::Taken.into());
    all.push(LoginNameError::Taken.into());
    all.extend([SessionError::NotFound, SessionError::Ended].map(Refusal::from));
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
    all.extend(
        [SelectError::BeyondTheLog { head: 1 }, SelectError::InTheFuture, SelectError::Reversed]
            .map(ApiError::from),
    );
    all.extend(
        [
            ReplayError::TooSlow,
            ReplayError::Missing { position: 1 },
            ReplayError::Unreadable { position: 1 },
            ReplayError::NotTaken,
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
