//! The chapter of break-glass.

use super::{admin_id, instant, officer_id, patient_id, sealed};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::access_grant::{AccessGrant, AccessGrantEvent, Verdict};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Break-glass grant",
        about: "An officer's leave to open one patient's record for a while. What is looked at \
                under it stands in the officer's session, with the grant's id.",
        stream: "the grant's id",
        sealed_under: "the patient's key",
        fields: &[
            ("officer_id", "Who may look from now on."),
            ("patient_id", "At whose record."),
            ("reason", "Why, in the officer's words."),
            ("expires_at", "The first instant at which it is over."),
            ("by", "Who did it."),
            ("verdict", "`justified` or `not_justified`."),
            ("note", "What the reviewer has to say; absent when nothing."),
        ],
    };
    Chapter::of::<AccessGrant>(
        prose,
        vec![
            (
                "An officer opened a patient's record to themselves.",
                AccessGrantEvent::AccessGranted {
                    officer_id: officer_id(),
                    patient_id: patient_id(),
                    reason: sealed(51),
                    expires_at: instant("2031-05-06T09:30:00Z"),
                },
            ),
            (
                "The officer gave it back before its time.",
                AccessGrantEvent::AccessEnded { by: officer_id() },
            ),
            (
                "Another officer has looked at what was done.",
                AccessGrantEvent::AccessReviewed {
                    by: admin_id(),
                    verdict: Verdict::Justified,
                    note: Some(sealed(52)),
                },
            ),
        ],
    )
}
