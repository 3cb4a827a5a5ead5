//! The chapter of sessions.

use super::{doctor_id, patient_id};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::Role;
use anamnesis_domain::session::{
    Attempt, EndReason, LookUp, Read, ReadPart, RecordKind, Session, SessionEvent,
};
use uuid::Uuid;

fn prose() -> Prose {
    Prose {
        title: "Session",
        about: "One log-in, and what was looked at in it. What is read is written down before it \
                is handed out; [AUDIT.md](AUDIT.md) says which reads make an event.",
        stream: "the session's id",
        sealed_under: "nothing is sealed here",
        fields: &[
            ("account_id", "Who signed in."),
            ("role", "The role they had then."),
            ("reason", "Why it ended before its time, as a code."),
            ("patient_id", "Whom it concerns."),
            (
                "kind",
                "`messages`, `appointment`, `consultation` or `medicines`; of an attempt also \
                 `account`; `grant` of the words about a break-glass grant.",
            ),
            (
                "parts[].id",
                "The room, the appointment or the consultation; of medicines, the patient.",
            ),
            (
                "parts[].from",
                "Of messages, the number of the first; of everything else, the version.",
            ),
            ("parts[].through", "Of messages, the number of the last; otherwise the same."),
            ("grant_id", "The break-glass grant that allowed it; absent when none was needed."),
            (
                "after",
                "The position after which the session wanted everything; absent: from now on.",
            ),
            ("action", "What was tried, as a code."),
            ("id", "What it was to be done to; absent when the role alone forbids it."),
            ("view", "How the trail was looked at, as a code."),
            (
                "filters.patient",
                "What was asked for, by the filter's name: codes, ids, positions, instants.",
            ),
        ],
    }
}

pub(super) fn chapter() -> Chapter {
    let room: Uuid = "0197c0de-0000-7000-8000-00000000000c".parse().expect("an id");
    let read = Read {
        patient_id: patient_id(),
        kind: RecordKind::Messages,
        parts: vec![ReadPart { id: room, from: 2, through: 51 }],
        grant_id: Some("0197c0de-0000-7000-8000-00000000000d".parse().expect("an id")),
    };
    let attempt = Attempt {
        action: "read_messages".to_owned(),
        kind: Some(RecordKind::Messages),
        id: Some(room),
        patient_id: Some(patient_id()),
    };
    let filters = [("patient".to_owned(), patient_id().to_string())].into();
    let look_up = LookUp { view: "search".to_owned(), filters };
    let (account_id, role) = (doctor_id(), Role::Doctor);
    Chapter::of::<Session>(
        prose(),
        vec![
            ("Somebody signed in.", SessionEvent::SessionStarted { account_id, role }),
            (
                "The session was ended before its time was over.",
                SessionEvent::SessionEnded { reason: EndReason::SignedOut },
            ),
            ("Content about a patient was about to be shown.", SessionEvent::ContentRead { read }),
            (
                "What happens in the account's conversations, appointments and consultations was \
                 about to be sent to the session, as it happens.",
                SessionEvent::FeedFollowed { after: Some(4711) },
            ),
            ("The trail itself was about to be looked at.", SessionEvent::TrailRead { look_up }),
            ("Something was tried and not allowed.", SessionEvent::AccessDenied { attempt }),
        ],
    )
}
