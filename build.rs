//! Two things the compiler does not do: noticing a new migration, and handing the words that
//! stand above each HTTP handler to the description of the API.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=src/http");
    println!("cargo:rerun-if-changed=src/ws");
    // A debug build reads the web client when it is asked for it.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=web/dist");
    }
    let mut found = BTreeMap::new();
    for folder in ["src/http", "src/ws"] {
        gather(Path::new(folder), &mut found)?;
    }
    let mut code = String::from("&[\n");
    for (function, words) in found {
        let _ = writeln!(code, "    ({function:?}, {words:?}),");
    }
    code.push_str("]\n");
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("handler_docs.rs"), code)
}

/// The documentation of every asynchronous function of the folder's sources, by its name.
fn gather(folder: &Path, found: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let mut words = Vec::new();
            for line in fs::read_to_string(&path)?.lines() {
                if let Some(doc) = line.strip_prefix("///") {
                    words.push(doc.trim().to_owned());
                    continue;
                }
                let name = line.split_once("async fn ").map(|(_, rest)| rest);
                let name = name.and_then(|rest| rest.split(['(', '<']).next());
                if let (Some(name), false) = (name, words.is_empty()) {
                    found.insert(name.to_owned(), words.join(" "));
                }
                words.clear();
            }
        }
    }
    Ok(())
}
