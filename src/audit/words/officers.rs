//! Words for what compliance officers do.

use super::{Told, because};
use crate::audit::sentence::{SEALED, Sentence};
use anamnesis_domain::access_grant::{AccessGrantEvent, Verdict};
use anamnesis_domain::audit_desk::{AuditDeskEvent, Filters};

pub(super) fn of_grant(event: &AccessGrantEvent) -> Sentence {
    match event {
        AccessGrantEvent::AccessGranted { officer_id, patient_id, reason, expires_at } => {
            let sentence = Sentence::of(*officer_id).text(" broke the glass: the record of ");
            let until = format!(" is open to them until {}", expires_at.format("%F %T UTC"));
            because(sentence.person(*patient_id).text(until), Some(reason))
        }
        AccessGrantEvent::AccessEnded { by } => {
            Sentence::of(*by).text(" gave a break-glass grant back")
        }
        AccessGrantEvent::AccessReviewed { by, verdict, note } => {
            let found = match verdict {
                Verdict::Justified => "justified",
                Verdict::NotJustified => "not justified",
            };
            let words = format!(" reviewed a break-glass grant and found it {found}");
            let sentence = Sentence::of(*by).text(words);
            if note.is_some() { sentence.text(format!(", note: {SEALED}")) } else { sentence }
        }
    }
}

pub(super) fn of_desk(told: &Told<'_>, event: &AuditDeskEvent) -> Sentence {
    let officer = Sentence::of(told.owner());
    match event {
        AuditDeskEvent::GrantTaken { grant_id, .. } => {
            officer.text(format!(" holds the break-glass grant {grant_id}"))
        }
        AuditDeskEvent::GrantReturned { grant_id } => {
            officer.text(format!(" holds the break-glass grant {grant_id} no longer"))
        }
        AuditDeskEvent::TrailReviewed { filters, from, to, .. } => officer.text(format!(
            " signed a review of the audit trail from {from} to {to}{}, note: {SEALED}",
            asked(filters)
        )),
        AuditDeskEvent::SearchSaved { filters, .. } => {
            officer.text(format!(" saved a search of the audit trail{}", asked(filters)))
        }
        AuditDeskEvent::SearchChanged { filters, .. } => {
            officer.text(format!(" changed a saved search{}", asked(filters)))
        }
        AuditDeskEvent::SearchDeleted { .. } => officer.text(" deleted a saved search"),
    }
}

/// " by person 7, outcome denied".
fn asked(filters: &Filters) -> String {
    let named = filters.iter().map(|(name, value)| format!("{name} {value}"));
    let named = named.collect::<Vec<_>>().join(", ");
    if named.is_empty() { named } else { format!(" by {named}") }
}
