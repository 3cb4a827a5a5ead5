//! Golden files: the stored form of every event, kept for ever.
//!
//! A golden file is never edited, because events of that form are in somebody's log. A missing
//! one is written by `UPDATE=1 cargo test -p anamnesis-domain --test events`.

use crate::catalogue::Sample;
use crate::chapters::chapters;
use anamnesis_domain::Event;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn golden_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every golden file as `(aggregate type, file name)`.
fn golden_files() -> BTreeSet<(String, String)> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("the folder can be read");
        let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
        entries.map(|entry| name(entry).into_string().expect("a name in UTF-8")).collect()
    };
    let in_folder = |folder: String| {
        let files = names(&golden_folder().join(&folder));
        files.into_iter().map(move |file| (folder.clone(), file))
    };
    names(&golden_folder()).into_iter().flat_map(in_folder).collect()
}

fn stored_form(aggregate_type: &str, sample: &Sample) -> String {
    let path = golden_folder().join(aggregate_type).join(sample.file_name());
    if std::env::var_os("UPDATE").is_some() && !path.exists() {
        std::fs::create_dir_all(path.with_file_name("")).expect("the folder can be made");
        std::fs::write(&path, format!("{}\n", sample.payload)).expect("the file can be written");
    }
    let text = std::fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| unreachable!("{}: {error}", path.display()));
    text.strip_suffix('\n').expect("the file ends with a newline").to_owned()
}

#[test]
fn every_event_type_has_one_example() {
    for chapter in chapters() {
        let mut written: Vec<_> = chapter
            .samples
            .iter()
            .map(|sample| (sample.event_type.as_str(), sample.version.as_str()))
            .collect();
        let mut known = chapter.types.to_vec();
        written.sort_unstable();
        known.sort_unstable();
        assert_eq!(written, known, "examples of {}", chapter.aggregate_type);
    }
}

#[test]
fn every_event_is_still_stored_in_its_golden_form() {
    for chapter in chapters() {
        for sample in &chapter.samples {
            assert_eq!(stored_form(chapter.aggregate_type, sample), sample.payload);
        }
    }
}

#[test]
fn every_golden_form_is_read_as_the_event_it_was() {
    for chapter in chapters() {
        for sample in &chapter.samples {
            let stored = stored_form(chapter.aggregate_type, sample);
            let read =
                Event::decode(chapter.aggregate_type, &sample.event_type, &sample.version, &stored);
            assert_eq!(read.expect("a golden form can be read"), sample.event);
        }
    }
}

#[test]
fn every_golden_file_belongs_to_an_event() {
    let expected: BTreeSet<_> = chapters()
        .iter()
        .flat_map(|chapter| {
            let folder = chapter.aggregate_type.to_owned();
            chapter.samples.iter().map(move |sample| (folder.clone(), sample.file_name()))
        })
        .collect();
    assert_eq!(golden_files(), expected);
}

#[test]
fn what_is_optional_may_be_absent_in_the_log() {
    let approved = r#"{"AccountApproved":{"role":"admin"}}"#;
    let reviewed = concat!(
        r#"{"AccessReviewed":{"by":"0197c0de-0000-7000-8000-000000000004","#,
        r#""verdict":"not_justified"}}"#,
    );
    let unchanged = r#"{"AccountProfileChanged":{"change":{}}}"#;
    let booked = concat!(
        r#"{"AppointmentBooked":{"patient_id":"0197c0de-0000-7000-8000-000000000001","#,
        r#""doctor_id":"0197c0de-0000-7000-8000-000000000002","#,
        r#""starts_at":"2031-05-06T08:30:00Z","ends_at":"2031-05-06T09:00:00Z","zone":"UTC"}}"#,
    );
    let cancelled = r#"{"AppointmentCancelled":{"by":"0197c0de-0000-7000-8000-000000000001"}}"#;
    let cleared = r#"{"DraftSaved":{"changes":{"treatment_plan":null,"review_on":null}}}"#;
    let prescribed = concat!(
        r#"{"DraftSaved":{"changes":{"prescriptions":["#,
        r#"{"id":"0197c0de-0000-7000-8000-00000000000b","content":"s1.k1.c"}]}}}"#,
    );
    let day_off = concat!(
        r#"{"ScheduleExceptionSet":{"date":"2031-05-09","spans":[],"#,
        r#""set_on":"2031-05-06"}}"#,
    );
    for (aggregate_type, event_type, payload) in [
        ("access_grant", "AccessReviewed", reviewed),
        ("account", "AccountApproved", approved),
        ("account", "AccountProfileChanged", unchanged),
        ("appointment", "AppointmentBooked", booked),
        ("appointment", "AppointmentCancelled", cancelled),
        ("consultation", "DraftSaved", r#"{"DraftSaved":{"changes":{}}}"#),
        ("consultation", "DraftSaved", cleared),
        ("consultation", "DraftSaved", prescribed),
        ("doctor_schedule", "ScheduleExceptionSet", day_off),
    ] {
        let read = Event::decode(aggregate_type, event_type, "1", payload);
        let event = read.expect("what is absent is optional");
        assert_eq!(payload_of(&event), payload);
    }
}

/// The bytes that an event is stored as.
fn payload_of(event: &Event) -> String {
    let json = match event {
        Event::Account(event) => serde_json::to_string(event),
        Event::ChatRoom(event) => serde_json::to_string(event),
        Event::Appointment(event) => serde_json::to_string(event),
        Event::DoctorDay(event) => serde_json::to_string(event),
        Event::LoginName(event) => serde_json::to_string(event),
        Event::Consultation(event) => serde_json::to_string(event),
        Event::DoctorSchedule(event) => serde_json::to_string(event),
        Event::Inbox(event) => serde_json::to_string(event),
        Event::Session(event) => serde_json::to_string(event),
        Event::SignIn(event) => serde_json::to_string(event),
        Event::CryptoKey(event) => serde_json::to_string(event),
        Event::AccessGrant(event) => serde_json::to_string(event),
        Event::AuditDesk(event) => serde_json::to_string(event),
    };
    json.expect("an event is JSON")
}
