//! `docs/EVENTS.md`, made from the catalogue.

use crate::catalogue::{Chapter, Prose, Sample, is_sealed};
use crate::chapters::chapters;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

const INTRODUCTION: &str = "\
<!-- Generated: `UPDATE=1 cargo test -p anamnesis-domain --test events` writes this file. -->

# Events

Everything that happens is written down as an event, once, and is never changed or removed. This
page lists every kind of event, what it means, and what of it can be read without a key.

**Sealed** fields are encrypted before they are written. Whoever sees the database, a backup or an
export sees only text of the form `s1.<key id>.<ciphertext>`. Destroying the key erases the
content for good, everywhere; that the event happened, when, and by whom, stays provable.
**In clear** stand only ids, numbers, dates, times, time zones and words from fixed lists. A test
keeps it so.

In the tables, `[]` stands for each item of a list.

Beside its payload (the examples below), every event has:

| What | Meaning |
|---|---|
| position | Its place among all events. |
| event id | Names it, for ever. |
| aggregate type, stream, sequence | What it is about, and its place in that history, from 1. |
| event type, version | Its kind, and the form its payload has. An old form stays readable. |
| recorded at | When it was written. |
| metadata | Who did it, in which role, session and request; a coded reason where there is one. \
No names and no clinical text. |
| leaf hash | What the signed audit tree covers. It is over the sealed bytes, so it still verifies \
when a key was destroyed. |
";

/// The page.
fn page() -> String {
    let chapters = chapters();
    let mut page = INTRODUCTION.to_owned();
    page.push_str(&overview(&chapters));
    for chapter in &chapters {
        page.push_str(&describe_chapter(chapter));
        for sample in &chapter.samples {
            page.push_str(&describe_event(chapter, sample));
        }
    }
    page
}

fn overview(chapters: &[Chapter]) -> String {
    let mut text =
        "\n## At a glance\n\n| Of | Event | Sealed | Under |\n|---|---|---|---|\n".to_owned();
    for chapter in chapters {
        for sample in &chapter.samples {
            let (title, name) = (chapter.prose.title, &sample.event_type);
            let sealed = sealed_fields(chapter, sample).join(", ");
            let under = if sealed.is_empty() { "" } else { chapter.prose.sealed_under };
            let anchor = name.to_lowercase();
            let _ = writeln!(text, "| {title} | [{name}](#{anchor}) | {sealed} | {under} |");
        }
    }
    text
}

fn describe_chapter(chapter: &Chapter) -> String {
    let Prose { title, about, stream, sealed_under, .. } = chapter.prose;
    let aggregate_type = chapter.aggregate_type;
    format!(
        "\n## {title}\n\n{about}\n\n\
         - Aggregate type: `{aggregate_type}`\n\
         - Stream: {stream}\n\
         - Sealed fields are under: {sealed_under}\n"
    )
}

fn describe_event(chapter: &Chapter, sample: &Sample) -> String {
    let Sample { event_type, version, meaning, pretty, .. } = sample;
    let mut text = format!("\n### {event_type}\n\nVersion {version}. {meaning}\n\n");
    text.push_str("| Field | What it says | At rest |\n|---|---|---|\n");
    let sealed = sealed_fields(chapter, sample);
    for (path, says) in fields_of(chapter, sample) {
        let at_rest = if sealed.iter().any(|field| *field == format!("`{path}`")) {
            "**sealed**"
        } else {
            "in clear"
        };
        let _ = writeln!(text, "| `{path}` | {says} | {at_rest} |");
    }
    let _ = write!(text, "\n```json\n{pretty}\n```\n");
    text
}

/// The fields that an event has, in the order of the chapter.
fn fields_of(chapter: &Chapter, sample: &Sample) -> Vec<(&'static str, &'static str)> {
    let present: BTreeSet<String> = sample.leaves().into_iter().map(|(path, _)| path).collect();
    chapter.prose.fields.iter().filter(|(path, _)| present.contains(*path)).copied().collect()
}

/// The names of the sealed ones, in the order of the chapter.
fn sealed_fields(chapter: &Chapter, sample: &Sample) -> Vec<String> {
    let leaves = sample.leaves();
    let is_sealed =
        |path: &str| leaves.iter().any(|(leaf, value)| leaf == path && is_sealed(value));
    let sealed = chapter.prose.fields.iter().filter(|(path, _)| is_sealed(path));
    sealed.map(|(path, _)| format!("`{path}`")).collect()
}

#[test]
fn the_document_says_what_the_events_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/EVENTS.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, page()).expect("the document can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/EVENTS.md is out of date: UPDATE=1 cargo test -p anamnesis-domain --test events"
    );
}

#[test]
fn every_field_is_explained_and_every_explanation_is_needed() {
    for chapter in chapters() {
        let explained: BTreeSet<String> =
            chapter.prose.fields.iter().map(|(path, _)| (*path).to_owned()).collect();
        let present: BTreeSet<String> =
            chapter.samples.iter().flat_map(Sample::leaves).map(|(path, _)| path).collect();
        assert_eq!(present, explained, "fields of {}", chapter.aggregate_type);
    }
}
