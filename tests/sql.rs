//! Every SQL statement in the sources is understood by a migrated database.
//!
//! Statements are plain string literals, so they are found by reading the sources; PostgreSQL
//! parses and plans each without running it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use anamnesis_testkit::TestDatabase;
use sqlx::Executor;
use std::fs;
use std::path::{Path, PathBuf};

/// Fewer than these, and the search has gone blind.
const STATEMENTS_MIN: usize = 70;
const QUERIES: [&str; 5] = ["SELECT", "INSERT INTO", "UPDATE", "DELETE FROM", "WITH"];
const DEFINITIONS: [&str; 5] =
    ["CREATE TABLE", "CREATE TEMPORARY", "ALTER TABLE", "DROP TABLE", "DROP SCHEMA"];

struct Literal {
    line: usize,
    text: String,
}

#[tokio::test]
async fn every_statement_in_the_sources_fits_the_migrated_schema() {
    let database = TestDatabase::create().await.unwrap();
    let mut connection = database.pool().acquire().await.unwrap();
    // Read models are written to and read from the schema that is given, so that they can be
    // built anew beside the old, and as they once were.
    connection.execute("SET search_path TO read").await.unwrap();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for path in sources() {
        for Literal { line, text } in literals(&fs::read_to_string(&path).unwrap()) {
            if !begins_with_any(&text, &QUERIES) || is_composed(&text) {
                continue;
            }
            checked += 1;
            // Leaked: the driver wants statements that live as long as the program.
            if let Err(error) = connection.prepare(Box::leak(text.into_boxed_str())).await {
                wrong.push(format!("{}:{line}: {error}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= STATEMENTS_MIN, "only {checked} statements were found");
}

#[test]
fn only_what_builds_read_models_anew_composes_statements() {
    for path in sources() {
        for Literal { line, text } in literals(&fs::read_to_string(&path).unwrap()) {
            let statement =
                begins_with_any(&text, &QUERIES) || begins_with_any(&text, &DEFINITIONS);
            let path = path.to_string_lossy();
            let shadow = path.contains("projections/src/shadow/")
                || path.ends_with("projections/src/scratch/tables.rs");
            let plain = !statement || !is_composed(&text);
            assert!(plain || shadow, "{path}:{line}: {text}");
        }
    }
}

fn begins_with_any(text: &str, verbs: &[&str]) -> bool {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    verbs.iter().any(|verb| *verb == first || *verb == format!("{first} {second}"))
}

/// With a place for `format!` to fill in.
fn is_composed(text: &str) -> bool {
    text.contains('{')
}

#[tokio::test]
async fn a_statement_that_does_not_fit_is_found() {
    let database = TestDatabase::create().await.unwrap();
    let mut connection = database.pool().acquire().await.unwrap();
    for wrong in ["SELECT nothing FROM read.rooms", "UPDATE read.room SET closed = true", "SELECT"]
    {
        let source = format!("fn f() {{ /* \" */ let c = '\"'; q(r#\"{wrong}\"#); }}");
        let found = literals(&source);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, wrong);
    }
    assert!(connection.prepare("SELECT nothing FROM read.rooms").await.is_err());
    let escaped =
        literals("// \"not this\"\n\"SELECT \\\"a\\\" \\\n    FROM b\" // nor 'this\n'a'");
    assert_eq!((escaped[0].line, &*escaped[0].text), (2, "SELECT \"a\" FROM b"));
    assert_eq!(escaped.len(), 1);
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["src", "projections/src"] {
        gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    found
}

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The string literals of a source, comments and characters passed over.
fn literals(source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let line = source[..source.len() - rest.len()].matches('\n').count() + 1;
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = &rest[rest.find("*/").map_or(rest.len(), |end| end + 2)..];
        } else if let Some((text, after)) = raw_literal(rest) {
            found.push(Literal { line, text: text.to_owned() });
            rest = after;
        } else if first == '"' {
            let (text, after) = plain_literal(&rest[1..]);
            found.push(Literal { line, text });
            rest = after;
        } else if first == '\'' {
            rest = after_quote(rest);
        } else if first.is_alphanumeric() || first == '_' {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            rest = rest.trim_start_matches(word);
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

/// `r"…"`, `r#"…"#` and so on.
fn raw_literal(rest: &str) -> Option<(&str, &str)> {
    let after_r = rest.strip_prefix('r')?;
    let hashes = after_r.len() - after_r.trim_start_matches('#').len();
    let body = after_r[hashes..].strip_prefix('"')?;
    body.split_once(&format!("\"{}", "#".repeat(hashes)))
}

fn plain_literal(rest: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = rest.char_indices();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return (text, &rest[index + 1..]),
            '\\' => match chars.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((next, '\n')) => {
                    let skipped = rest[next..].len() - rest[next..].trim_start().len();
                    while chars.offset() < next + skipped {
                        chars.next();
                    }
                }
                Some((_, escaped)) => text.push(escaped),
                None => {}
            },
            other => text.push(other),
        }
    }
    (text, "")
}

/// Past a character literal, or past the quote of a lifetime.
fn after_quote(rest: &str) -> &str {
    let inside = &rest[1..];
    let end = if inside.starts_with('\\') {
        inside[2..].find('\'').map(|end| end + 3)
    } else {
        let width = inside.chars().next().map_or(0, char::len_utf8);
        inside[width..].starts_with('\'').then_some(width + 1)
    };
    &inside[end.unwrap_or(0)..]
}
