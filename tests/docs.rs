//! The documents agree with each other and with the code.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use anamnesis::http::routes::{Access, routes};
use anamnesis::policy::may_ever;
use anamnesis_domain::Role;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found
}

fn documents() -> Vec<PathBuf> {
    let mut documents = files_in(&root().join("docs"), "md");
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    documents.extend(entries.filter(|path| path.extension().is_some_and(|it| it == "md")));
    documents
}

/// The text without its blocks of code, in which nothing is a link or a heading.
fn prose(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let pieces: Vec<&str> = text.split("\n```").step_by(2).collect();
    pieces.join("\n")
}

/// What stands between `](` and `)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The anchors that a page's headings get.
fn anchors(path: &Path) -> BTreeSet<String> {
    let slug = |heading: &str| -> String {
        let kept = heading.trim().to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let text = prose(path);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| slug(line.trim_start_matches('#'))).collect()
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = prose(&document);
        for link in links(&text).filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => document.clone(),
                path => document.with_file_name("").join(path),
            };
            let found = target.exists() && (anchor.is_empty() || anchors(&target).contains(anchor));
            if !found {
                broken.push(format!("{}: {link}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What claims to be shown by a test is: `file::test` stands for a test of that file.
#[test]
fn every_test_that_the_page_for_auditors_names_is_there() {
    let page = fs::read_to_string(root().join("docs/COMPLIANCE.md")).unwrap();
    let named = page.split('`').filter_map(|text| text.split_once("::"));
    let mut count = 0;
    for (file, test) in named {
        let source = fs::read_to_string(root().join(file)).unwrap_or_default();
        let before = source.split(&format!("fn {test}(")).next().unwrap();
        assert!(before.len() < source.len(), "there is no test {test} in {file}");
        let lines: Vec<_> = before.trim_end().lines().rev().take(4).collect();
        assert!(lines.iter().any(|line| line.contains("test]")), "{file}::{test} is no test");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}

/// The keys of the configuration, from the structs that it is read into.
fn configuration_keys() -> BTreeSet<String> {
    let source = |name: &str| fs::read_to_string(root().join("src").join(name)).unwrap();
    let sources = ["config.rs", "config/sections.rs", "config/limits.rs", "config/hospital.rs"]
        .map(source)
        .join("\n");
    let sections = ["http", "metrics", "database", "log", "limits", "hospital"];
    let mut keys = BTreeSet::new();
    let mut section = None;
    for line in sources.lines() {
        if let Some(name) = line.strip_prefix("pub struct ").and_then(|it| it.strip_suffix(" {")) {
            section = Some(name.to_lowercase());
        } else if line == "}" {
            section = None;
        } else if let (Some(section), Some(field)) = (&section, line.strip_prefix("    pub ")) {
            let Some((name, _)) = field.split_once(':') else { continue };
            match section.as_str() {
                "config" if sections.contains(&name) => {}
                "config" => drop(keys.insert(name.to_owned())),
                section => drop(keys.insert(format!("{section}.{name}"))),
            }
        }
    }
    keys
}

/// The first cells of the table below a heading of the manual, without their quotes.
fn table(heading: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("docs/OPERATIONS.md")).unwrap();
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let names = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_configuration_key_is_in_the_manual_and_no_other() {
    let keys = configuration_keys();
    assert!(keys.contains("http.listen") && keys.contains("data_dir"), "{keys:?}");
    assert_eq!(table("Configuration"), keys);
}

#[test]
fn every_metric_is_in_the_manual_and_no_other() {
    let folders = ["src", "projections/src"].map(|folder| files_in(&root().join(folder), "rs"));
    let mut metrics = BTreeSet::new();
    for file in folders.iter().flatten() {
        let text = fs::read_to_string(file).unwrap();
        for kind in ["counter!(", "gauge!(", "histogram!("] {
            let calls = text.split(kind).skip(1);
            let names =
                calls.filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next());
            metrics.extend(names.map(str::to_owned));
        }
    }
    assert!(metrics.contains("log_events_appended"), "{metrics:?}");
    assert_eq!(table("Metrics"), metrics);
}

/// Who may call a route at all, in the words of the manual.
fn callers(access: Access) -> String {
    let Access::For(action) = access else { return "anybody".to_owned() };
    let roles = [
        (Role::Patient, "patient"),
        (Role::Doctor, "doctor"),
        (Role::Admin, "admin"),
        (Role::Compliance, "compliance"),
    ];
    let may: Vec<&str> = roles
        .into_iter()
        .filter_map(|(role, name)| may_ever(role, action).then_some(name))
        .collect();
    if may.len() == roles.len() { "everybody".to_owned() } else { may.join(", ") }
}

#[test]
fn every_route_is_on_the_page_of_the_api_with_who_may_call_it_and_no_other() {
    let text = fs::read_to_string(root().join("docs/API.md")).unwrap();
    let (_, table) = text.split_once("\n## Every route\n").unwrap();
    let shown = table.lines().filter_map(|line| {
        let (route, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        let (who, _) = rest.split_once(" | ")?;
        Some(format!("{route}: {who}"))
    });
    let shown: Vec<String> = shown.collect();
    let real = routes().into_iter().map(|route| {
        let method = route.method.to_uppercase();
        format!("{method} {}: {}", route.path, callers(route.access))
    });
    let real: BTreeSet<String> = real.collect();
    assert_eq!(shown.iter().cloned().collect::<BTreeSet<_>>(), real);
    assert_eq!(shown.len(), real.len(), "each is there once");
}

/// The type that opens is named where keys are, where it is decided what may be opened, and
/// where a process is put together.
#[test]
fn nothing_but_the_gateway_holds_what_opens_sealed_content() {
    let may = ["src/sealing/", "src/disclosure/", "src/app.rs", "src/cli/projections.rs"];
    for path in files_in(&root().join("src"), "rs") {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        if may.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let uses = text.split("sealing::").skip(1).filter_map(|rest| rest.split(';').next());
        for used in uses {
            let names = used.split(|c: char| !c.is_alphanumeric());
            assert!(
                !names.into_iter().any(|word| word == "Opener"),
                "{name} can open what is sealed"
            );
        }
    }
}
