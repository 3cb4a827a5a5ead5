//! Words for what happened in a session.

use super::Told;
use crate::audit::sentence::Sentence;
use anamnesis_domain::session::{
    Attempt, EndReason, LookUp, Read, ReadPart, RecordKind, SessionEvent,
};

pub(super) fn words(told: &Told<'_>, event: &SessionEvent) -> Sentence {
    match event {
        SessionEvent::SessionStarted { account_id, role } => {
            Sentence::of(*account_id).text(format!(" signed in with the role {role}"))
        }
        SessionEvent::SessionEnded { reason } => of_end(told, *reason),
        SessionEvent::ContentRead { read } => of_read(told.actor(), read),
        SessionEvent::FeedFollowed { .. } => {
            told.actor().text(" began to follow what happens as it happens")
        }
        SessionEvent::TrailRead { look_up } => of_look_up(told.actor(), look_up),
        SessionEvent::AccessDenied { attempt } => of_attempt(told.actor(), attempt),
    }
}

fn of_end(told: &Told<'_>, reason: EndReason) -> Sentence {
    let why = match reason {
        EndReason::SignedOut => return of_owner(told).text(" signed out"),
        EndReason::TokenReused => "a refresh token came a second time",
        EndReason::WrongDevice => "a refresh token came from another device",
        EndReason::TooManySessions => "newer ones took its place",
        EndReason::CredentialsChanged => "the password or the role changed",
        EndReason::AccountClosed => "the account was closed",
        EndReason::ByAdministrator => "an administrator ended it",
    };
    match told.session_owner {
        Some(owner) => Sentence::says("The session of ").person(owner),
        None => Sentence::says("The session"),
    }
    .text(format!(" was ended: {why}"))
}

/// Whoever signed out; in old events only the session knows.
fn of_owner(told: &Told<'_>) -> Sentence {
    told.session_owner.map_or_else(|| told.actor(), Sentence::of)
}

fn of_read(actor: Sentence, read: &Read) -> Sentence {
    let what = match (read.kind, read.parts.as_slice()) {
        (RecordKind::Messages, [ReadPart { from, through, .. }]) if from == through => {
            format!("message {from}")
        }
        (RecordKind::Messages, [ReadPart { from, through, .. }]) => {
            format!("the messages {from} to {through}")
        }
        (RecordKind::Messages, parts) => format!("messages of {} conversations", parts.len()),
        (RecordKind::Appointment, [_]) => "an appointment".to_owned(),
        (RecordKind::Appointment, parts) => format!("{} appointments", parts.len()),
        (RecordKind::Consultation, [ReadPart { through, .. }]) => {
            format!("a consultation at version {through}")
        }
        (RecordKind::Consultation, parts) => format!("{} consultations", parts.len()),
        (RecordKind::Medicines, _) => "the medicines".to_owned(),
        (RecordKind::Account, _) => "the account".to_owned(),
        (RecordKind::Grant, _) => "the words of a break-glass grant for the record".to_owned(),
    };
    let sentence = actor.text(format!(" read {what} of ")).person(read.patient_id);
    match read.grant_id {
        Some(grant) => sentence.text(format!(" by the break-glass grant {grant}")),
        None => sentence,
    }
}

fn of_look_up(actor: Sentence, look_up: &LookUp) -> Sentence {
    let filters = look_up.filters.iter().map(|(name, value)| format!("{name} {value}"));
    let filters = filters.collect::<Vec<_>>().join(", ");
    let sentence = actor.text(format!(" looked at the audit trail ({})", look_up.view));
    if filters.is_empty() { sentence } else { sentence.text(format!(" by {filters}")) }
}

fn of_attempt(actor: Sentence, attempt: &Attempt) -> Sentence {
    if attempt.action == Attempt::FURTHER {
        return actor.text(" tried more that was not allowed than is written down one by one");
    }
    let (noun, on) = match attempt.kind {
        None => ("", ""),
        Some(RecordKind::Messages) => ("message", " in a conversation"),
        Some(RecordKind::Appointment) => ("appointment", " on an appointment"),
        Some(RecordKind::Consultation) => ("consultation", " on a consultation"),
        Some(RecordKind::Medicines) => ("medicines", " on medicines"),
        Some(RecordKind::Account) => ("account", " on an account"),
        Some(RecordKind::Grant) => ("grant", " on a break-glass grant"),
    };
    // The codes of actions are imperatives that name what they are done to, as a rule.
    let action = attempt.action.replace('_', " ");
    let on = if action.contains(noun) { "" } else { on };
    let sentence = actor.text(format!(" was not allowed to {action}{on}"));
    match attempt.patient_id {
        Some(patient) => sentence.text(" of ").person(patient),
        None => sentence,
    }
}
