//! The chapter of inboxes.

use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::inbox::{Inbox, InboxEvent};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Inbox",
        about: "What a person has seen of what they were told. Notices themselves are no events: \
                they are made from those that stand here.",
        stream: "the account's id",
        sealed_under: "nothing is sealed here",
        fields: &[("through", "A position among all events.")],
    };
    Chapter::of::<Inbox>(
        prose,
        vec![(
            "The person has seen every notice up to this position.",
            InboxEvent::NoticesSeen { through: 4711 },
        )],
    )
}
