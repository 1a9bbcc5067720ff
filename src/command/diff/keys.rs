//! The keys of rules that have another value in another run, from the texts in both `run.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use toml::Value as Toml;

use crate::rules::RuleBook;

/// One key with another value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KeyChange {
    /// The file and the dotted key: `score.toml scorecard.loss.number`.
    pub key: String,
    /// The value before; for lists what was taken out.
    pub old: String,
    /// The value after; for lists what was put in.
    pub new: String,
}

impl KeyChange {
    /// Whether the key is part of the rule called `rule`.
    pub fn names(&self, rule: &str) -> bool {
        self.key.split([' ', '.']).any(|part| part == rule)
    }
}

/// What differs between the rules of two manifests, sorted by key.
pub fn changed_keys(old: &Value, new: &Value) -> Vec<KeyChange> {
    if old["digest"] == new["digest"] {
        return Vec::new();
    }
    let (old, new) = (said(old), said(new));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |key: &String| {
        let (before, after) = (old.get(key), new.get(key));
        (before != after).then(|| value_change(key.clone(), before, after))
    };
    keys.into_iter().filter_map(change).collect()
}

/// Every key of every file with the value in effect. Settings stand behind the files of rules and have the last
/// word: their key `score.scorecard.strength` is `scorecard.strength` of `score.toml`.
fn said(rules: &Value) -> BTreeMap<String, Toml> {
    let stages: BTreeSet<String> = RuleBook::built_in().map(|(name, _)| name).collect();
    let mut said = BTreeMap::new();
    for file in rules["files"].as_array().into_iter().flatten() {
        let name = name(file["path"].as_str().unwrap_or_default());
        for (key, value) in flat(file["text"].as_str().unwrap_or_default()) {
            let placed = match key.split_once('.') {
                Some((stage, rest)) if !stages.contains(&name) && !name.starts_with("packs/") => {
                    format!("{stage}.toml {rest}")
                }
                _ => format!("{name} {key}"),
            };
            said.insert(placed, value);
        }
    }
    said
}

/// `compare.toml`, `packs/sport.toml`: the same wherever the folder is.
fn name(path: &str) -> String {
    let mut parts = path.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    if parts.next() == Some("packs") { format!("packs/{file}") } else { file.to_owned() }
}

fn value_change(key: String, old: Option<&Toml>, new: Option<&Toml>) -> KeyChange {
    let (old, new) = match (old, new) {
        (Some(Toml::Array(old)), Some(Toml::Array(new))) => (only_in(old, new), only_in(new, old)),
        (old, new) => (shown(old), shown(new)),
    };
    KeyChange { key, old, new }
}

/// The elements of `list` that `other` has not; where they are only reordered, all.
fn only_in(list: &[Toml], other: &[Toml]) -> String {
    let mut left: Vec<&Toml> = list.iter().filter(|item| !other.contains(item)).collect();
    if left.is_empty() && other.iter().all(|item| list.contains(item)) {
        left = list.iter().collect();
    }
    left.into_iter().map(|item| shown(Some(item))).collect::<Vec<_>>().join(", ")
}

fn shown(value: Option<&Toml>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Every value that is no table, by its dotted key. TOML's parser bounds the depth.
fn flat(text: &str) -> BTreeMap<String, Toml> {
    let mut found = BTreeMap::new();
    let mut open: Vec<(String, Toml)> = vec![(String::new(), Toml::Table(text.parse().unwrap_or_default()))];
    while let Some((key, value)) = open.pop() {
        match value {
            Toml::Table(table) => {
                let dotted = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
                open.extend(table.into_iter().map(|(name, value)| (dotted(&name), value)));
            }
            value => drop(found.insert(key, value)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changed_added_and_removed_keys_are_told() {
        let check = |old: &str, new: &str, expected: &[(&str, &str, &str)]| {
            let rules = |digest: &str, path: &str, text: &str| json!({"digest": digest, "files": [{"path": path, "text": text}]});
            let found = changed_keys(&rules("1", "rules/score.toml", old), &rules("2", "/x/mine/score.toml", new));
            let told: Vec<_> = found.iter().map(|c| (c.key.as_str(), c.old.as_str(), c.new.as_str())).collect();
            assert_eq!(told, expected);
        };
        check("[a]\nb = 1\n", "#:schema x\n[a]\nb = 1\n", &[]);
        check("[a]\nb = 1.0\n", "[a]\nb = 0.3\n", &[("score.toml a.b", "1.0", "0.3")]);
        check("[a]\nw = [\"x\", \"y\"]\n", "[a]\nw = [\"y\", \"z\"]\n", &[("score.toml a.w", "\"x\"", "\"z\"")]);
        check("a = 1\n", "b = 1\n", &[("score.toml a", "1", ""), ("score.toml b", "", "1")]);
        check("w = [1, 2]\n", "w = [2, 1]\n", &[("score.toml w", "1, 2", "2, 1")]);
    }

    #[test]
    fn settings_are_told_as_the_keys_they_override() {
        let file = |path: &str, text: &str| json!({"path": path, "text": text});
        let before = json!({"digest": "1", "files": [file("rules/score.toml", "[a]\nb = 1.0\n")]});
        let set = file("--set", "[score.a]\nb = 0.3\n");
        let after = json!({"digest": "2", "files": [file("mine/score.toml", "[a]\nb = 1.0\n"), set]});
        let change = KeyChange { key: "score.toml a.b".into(), old: "1.0".into(), new: "0.3".into() };
        assert_eq!(changed_keys(&before, &after), [change]);
    }

    #[test]
    fn packs_and_stages_of_one_name_are_two_files() {
        assert_eq!(name("rules/packs/sport.toml"), "packs/sport.toml");
        assert_eq!(name("/home/x/score.toml"), "score.toml");
    }
}
