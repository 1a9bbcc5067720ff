//! How the run came about, from `run.json`: what each stage did, which limits were hit.

use serde_json::Value;

use super::evidence::table;
use super::facts::Facts;
use super::markup::Markup;

/// Health of the matching, and the run itself.
pub fn run(page: &mut Markup, facts: &Facts) {
    let manifest = &facts.manifest;
    page.section("run", "How this was made", |section| {
        let counts = rows(&manifest["stages"], ["stage", "what", "taken", "given", "failed"]);
        if !counts.is_empty() {
            let headings = ["stage", "of what", "came in", "went on", "failed"];
            table(section, "What each stage did", headings, counts.iter().map(borrow));
        }
        caps(section, manifest);
        section.tag("p", &[], |p| {
            p.text("What could not be read is in ");
            p.files(&facts.files["problems"]);
            p.text(", all settings and rules are in run.json, what each column means in README.txt.");
        });
        section.tag("dl", &[], |list| {
            for (term, pointer) in FACTS {
                let value = manifest.pointer(pointer).map(shown).unwrap_or_default();
                if !value.is_empty() {
                    list.text_tag("dt", "", term);
                    list.text_tag("dd", "", value);
                }
            }
        });
    });
}

fn caps(page: &mut Markup, manifest: &Value) {
    let caps = rows(&manifest["caps"], ["name", "limit", "hit", "dropped"]);
    let hit: Vec<_> = caps.iter().filter(|cap| cap[2] != "0").collect();
    if hit.is_empty() {
        page.text_tag("p", "", "No limit was hit: everything that could be compared was.");
        return;
    }
    page.text_tag("p", "", "Limits that were hit, so that not all was compared:");
    table(page, "Limits that were hit", ["limit", "at", "times", "left out"], hit.into_iter().map(borrow));
}

const FACTS: [(&str, &str); 7] = [
    ("run", "/run_id"),
    ("version", "/version"),
    ("command", "/command"),
    ("rules", "/rules/digest"),
    ("documents", "/inputs/documents"),
    ("bytes read", "/inputs/bytes"),
    ("inputs", "/inputs/digest"),
];

fn rows<const N: usize>(list: &Value, keys: [&str; N]) -> Vec<[String; N]> {
    let items = list.as_array().into_iter().flatten();
    items.map(|item| keys.map(|key| shown(&item[key]))).collect()
}

fn borrow<const N: usize>(row: &[String; N]) -> [&str; N] {
    std::array::from_fn(|at| row[at].as_str())
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(shown).collect::<Vec<_>>().join(" "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
