//! The chapter of officers' desks.

use super::{grant_id, instant, patient_id, sealed};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::audit_desk::{AuditDesk, AuditDeskEvent, Filters};
use uuid::Uuid;

const FIELDS: &[(&str, &str)] = &[
    ("grant_id", "The break-glass grant."),
    ("expires_at", "Until when it can be used, at the latest."),
    ("review_id", "Names the review."),
    ("search_id", "Made of the officer and a keyed hash of the name."),
    ("name", "What the officer calls the search."),
    ("filters.patient", "What is asked of the trail, by the filter's name: codes, ids, instants."),
    ("from", "The first position that was looked through."),
    ("to", "The last one."),
    ("note", "What the review came to."),
];

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Officer's desk",
        about: "A compliance officer's own work: the grants that they hold, which are counted \
                here, what they have reviewed of the trail, and the searches that they keep.",
        stream: "the officer's account's id",
        sealed_under: "the officer's key",
        fields: FIELDS,
    };
    let id: Uuid = "0197c0de-0000-7000-8000-00000000000e".parse().expect("an id");
    let filters = || -> Filters { [("patient".to_owned(), patient_id().to_string())].into() };
    let expires_at = instant("2031-05-06T09:30:00Z");
    Chapter::of::<AuditDesk>(
        prose,
        vec![
            (
                "The officer holds one more grant.",
                AuditDeskEvent::GrantTaken { grant_id: grant_id(), expires_at },
            ),
            (
                "The officer gave a grant back before its time.",
                AuditDeskEvent::GrantReturned { grant_id: grant_id() },
            ),
            (
                "The officer has looked through a part of the trail.",
                AuditDeskEvent::TrailReviewed {
                    review_id: id,
                    filters: filters(),
                    from: 1,
                    to: 4711,
                    note: sealed(61),
                },
            ),
            (
                "The officer keeps a search under a name.",
                AuditDeskEvent::SearchSaved { search_id: id, name: sealed(62), filters: filters() },
            ),
            (
                "A search asks for something else from now on.",
                AuditDeskEvent::SearchChanged { search_id: id, filters: filters() },
            ),
            (
                "The officer keeps a search no longer.",
                AuditDeskEvent::SearchDeleted { search_id: id },
            ),
        ],
    )
}
