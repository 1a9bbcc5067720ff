//! The keys of rules that have another value in another run, from the texts in both `run.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use toml::Value as Toml;

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
    let (old, new) = (texts(old), texts(new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let text = |texts: &BTreeMap<String, String>, name: &String| texts.get(name).cloned().unwrap_or_default();
    names.into_iter().flat_map(|name| file_changes(name, &text(&old, name), &text(&new, name))).collect()
}

/// The text of each file, by its name in the folder of rules.
fn texts(rules: &Value) -> BTreeMap<String, String> {
    let files = rules["files"].as_array().into_iter().flatten();
    let file = |file: &Value| Some((name(file["path"].as_str()?), file["text"].as_str()?.to_owned()));
    files.filter_map(file).collect()
}

/// `compare.toml`, `packs/sport.toml`: the same wherever the folder is.
fn name(path: &str) -> String {
    let mut parts = path.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    if parts.next() == Some("packs") { format!("packs/{file}") } else { file.to_owned() }
}

fn file_changes(name: &str, old: &str, new: &str) -> Vec<KeyChange> {
    if old == new {
        return Vec::new();
    }
    let (old, new) = (flat(old), flat(new));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |key: &String| {
        let (before, after) = (old.get(key), new.get(key));
        (before != after).then(|| value_change(format!("{name} {key}"), before, after))
    };
    keys.into_iter().filter_map(change).collect()
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
    fn packs_and_stages_of_one_name_are_two_files() {
        assert_eq!(name("rules/packs/sport.toml"), "packs/sport.toml");
        assert_eq!(name("/home/x/score.toml"), "score.toml");
    }
}
