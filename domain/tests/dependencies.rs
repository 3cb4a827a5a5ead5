//! Imports run one way, src → projections → domain, and the domain does no I/O.

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

const DOMAIN: &str = "anamnesis-domain";
const PROJECTIONS: &str = "anamnesis-projections";
const SERVER: &str = "anamnesis";

/// What a package of this workspace depends on directly, tests aside.
fn dependencies_of(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let found = packages.iter().find(|candidate| candidate["name"] == package);
    let dependencies = found.expect("a package of the workspace")["dependencies"].as_array();
    let dependencies = dependencies.expect("its dependencies").iter();
    let in_product = dependencies.filter(|dependency| dependency["kind"] != "dev");
    in_product.map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
}

/// The packages of this workspace among them.
fn ours(dependencies: &BTreeSet<String>) -> Vec<&str> {
    let ours = [DOMAIN, PROJECTIONS, SERVER];
    dependencies.iter().map(String::as_str).filter(|name| ours.contains(name)).collect()
}

#[test]
fn the_domain_needs_no_runtime_no_database_and_no_network() {
    // schemars says how ids and enumerations look in JSON, as serde does.
    let allowed =
        ["chrono", "chrono-tz", "cqrs-es", "schemars", "serde", "serde_json", "thiserror", "uuid"];
    let dependencies = dependencies_of(DOMAIN);
    let added: Vec<_> =
        dependencies.iter().filter(|name| !allowed.contains(&name.as_str())).collect();
    assert!(added.is_empty(), "the domain depends on {added:?}");
}

#[test]
fn the_projections_know_the_log_but_not_the_server() {
    let dependencies = dependencies_of(PROJECTIONS);
    assert_eq!(ours(&dependencies), [DOMAIN]);
    assert!(!dependencies.contains("axum"), "read models do not speak HTTP");
}

#[test]
fn the_server_stands_on_both() {
    assert_eq!(ours(&dependencies_of(SERVER)), [DOMAIN, PROJECTIONS]);
}
