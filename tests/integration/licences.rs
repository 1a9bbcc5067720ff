//! No crate comes under a licence that `.deny.toml` does not allow.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
struct Audit {
    licenses: Allowed,
}

#[derive(Deserialize)]
struct Allowed {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
}

fn cargo(args: &[&str]) -> String {
    let done = Command::new(env!("CARGO")).current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Whether an SPDX expression can be met: every part joined by `AND` has an alternative that is allowed.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let alternatives = |part: &str| part.trim_matches(['(', ')', ' ']).replace('/', " OR ");
    let is_met = |part: &str| alternatives(part).split(" OR ").any(|one| allowed.iter().any(|a| a == one.trim()));
    expression.split(" AND ").all(is_met)
}

/// The crates that this machine builds: they are here, so that no network is needed.
fn packages() -> Vec<Package> {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let args = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host];
    serde_json::from_str::<Metadata>(&cargo(&args)).unwrap().packages
}

#[test]
fn every_crate_may_be_used() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".deny.toml");
    let audit: Audit = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let packages = packages();
    assert!(packages.len() > 50, "{} packages", packages.len());
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(package.license.as_deref().unwrap_or_default(), &audit.licenses.allow))
        .map(|package| format!("{}: {:?}", package.name, package.license))
        .collect();
    assert!(refused.is_empty(), "not allowed by .deny.toml: {refused:#?}");
}

#[test]
fn expressions_are_met_part_by_part() {
    let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned()];
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("Unlicense/MIT", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND OFL-1.1", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}
