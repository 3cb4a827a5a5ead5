//! What a change of several fields touches, as a list in words. What the fields say is sealed.

use anamnesis_domain::account::ProfileChange;
use anamnesis_domain::consultation::{Change, Section, SectionChanges};

/// "the name and the telephone number".
pub(super) fn of_profile(change: &ProfileChange) -> String {
    let ProfileChange { name, bio, picture, phone } = change;
    let fields = [
        (name.is_some(), "the name"),
        (bio.is_some(), "the words about the person"),
        (picture.is_some(), "the picture"),
        (phone.is_some(), "the telephone number"),
    ];
    listed(fields.into_iter().filter(|(is_changed, _)| *is_changed).map(|(_, name)| name))
}

/// "the examination findings and the prescriptions".
pub(super) fn of_consultation(changes: &SectionChanges) -> String {
    let sections = changes.sections().into_iter();
    let mut fields: Vec<&str> = sections
        .filter(|(_, change)| !change.is_unchanged())
        .map(|(section, _)| name_of(section))
        .collect();
    if changes.prescriptions.is_some() {
        fields.push("the prescriptions");
    }
    if changes.review_on != Change::Unchanged {
        fields.push("the day of the review");
    }
    listed(fields.into_iter())
}

fn name_of(section: Section) -> &'static str {
    match section {
        Section::MedicalHistory => "the medical history",
        Section::ExaminationFindings => "the examination findings",
        Section::Investigations => "the investigations",
        Section::TreatmentPlan => "the treatment plan",
    }
}

fn listed<'f>(fields: impl Iterator<Item = &'f str>) -> String {
    let fields: Vec<&str> = fields.collect();
    match fields.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
