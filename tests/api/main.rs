//! Black-box tests of the API: the real server, a real PostgreSQL, real clients.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod appointments;
mod as_of;
mod as_of_errors;
mod as_of_fields;
mod as_of_grants;
mod audit_export;
mod audit_replay;
mod audit_support;
mod bad_input;
mod booking;
mod calendar;
mod cli;
mod consultations;
mod consulting;
mod conversation;
mod cookies;
mod cors;
mod could_see;
mod disclosure;
mod edits;
mod errors;
mod grants;
mod history;
mod hours;
mod idempotency;
mod lists;
mod lists_people;
mod matrix;
mod matrix_sockets;
mod messages;
mod notifications;
mod openapi;
mod openapi_calls;
mod overload;
mod people;
mod people_deleted;
mod people_directory;
mod people_pictures;
mod people_sessions;
mod policy;
mod prescriptions;
mod races;
mod registration;
mod rooms;
mod sessions;
mod sign_trail;
mod signing_in;
mod strangers;
mod tokens;
mod trail;
mod words;

/// The server's program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_anamnesis");
