//! What went into two runs otherwise: documents, rules, settings, version.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Change;
use super::keys::{KeyChange, changed_keys};
use crate::failure::Failure;
use crate::report::stored::{Stored, StoredRow};

/// Everything that can make two runs differ.
#[derive(Debug, Default, Serialize)]
pub struct Causes {
    /// The program's version, where it changed.
    pub version: Option<Change>,
    /// Documents that only the later run has.
    pub added: BTreeSet<String>,
    /// Documents that only the earlier run has.
    pub removed: BTreeSet<String>,
    /// Documents with another text, source or day.
    pub changed: BTreeSet<String>,
    /// Documents that are the same in both.
    pub same: usize,
    /// Keys of rules with another value.
    pub rules: Vec<KeyChange>,
    /// Settings with another value, by name.
    pub settings: BTreeMap<String, Change>,
}

/// Why a verdict is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A person judged it, or took a judgement back.
    Judgement,
    /// One of its two documents was added, removed or changed.
    Documents,
    /// The rule that decided was changed.
    Rule,
    /// Other rules were changed.
    Rules,
    /// Another version of the program.
    Version,
    /// Other settings.
    Settings,
    /// Other documents of its story were added, removed or changed.
    OtherDocuments,
    /// Nothing that a run records.
    Unknown,
}

impl Causes {
    /// What went in otherwise.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when a table cannot be read.
    pub fn between(a: &Stored, b: &Stored) -> Result<Self, Failure> {
        let (old, new) = (a.manifest(), b.manifest());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut causes = Self {
            version: Change::between(&text(&old["version"]), &text(&new["version"])),
            rules: changed_keys(&old["rules"], &new["rules"]),
            settings: settings(&old["settings"], &new["settings"]),
            ..Self::default()
        };
        causes.compare_documents(&documents(a)?, &documents(b)?);
        Ok(causes)
    }

    fn compare_documents(&mut self, old: &BTreeMap<String, Print>, new: &BTreeMap<String, Print>) {
        for (document, print) in new {
            match old.get(document) {
                None => drop(self.added.insert(document.clone())),
                Some(before) if before.differs(print) => drop(self.changed.insert(document.clone())),
                Some(_) => self.same += 1,
            }
        }
        self.removed = old.keys().filter(|document| !new.contains_key(*document)).cloned().collect();
    }

    /// True when the same documents were read by the same rules, settings and version.
    pub fn is_empty(&self) -> bool {
        self.version.is_none() && self.rules.is_empty() && self.settings.is_empty() && !self.has_documents()
    }

    fn has_documents(&self) -> bool {
        !(self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty())
    }

    /// Why the verdict on two documents, given by `rule`, is another one.
    pub fn of(&self, documents: [&str; 2], rule: &str) -> Cause {
        let touched = |d: &str| self.added.contains(d) || self.removed.contains(d) || self.changed.contains(d);
        if documents.into_iter().any(touched) {
            Cause::Documents
        } else if self.rules.iter().any(|change| change.names(rule)) {
            Cause::Rule
        } else if !self.rules.is_empty() {
            Cause::Rules
        } else if self.version.is_some() {
            Cause::Version
        } else if !self.settings.is_empty() {
            Cause::Settings
        } else if self.has_documents() {
            Cause::OtherDocuments
        } else {
            Cause::Unknown
        }
    }
}

/// What a document is recognised as unchanged by.
struct Print {
    digest: String,
    words: String,
    source: String,
    /// Only a day that the corpus itself tells: one read from the text hangs on the rules.
    published: String,
}

impl Print {
    fn of(row: &StoredRow) -> Self {
        let text = |column: &str| row.text(column).to_owned();
        let told = !matches!(row.text("published_from"), "dateline" | "");
        Self {
            digest: text("text_digest"),
            words: text("words"),
            source: text("source"),
            published: if told { text("published") } else { String::new() },
        }
    }

    /// A run of an older version tells no digest: then the number of words has to do.
    fn differs(&self, other: &Self) -> bool {
        let digests = !self.digest.is_empty() && !other.digest.is_empty();
        let text = if digests { self.digest != other.digest } else { self.words != other.words };
        text || self.source != other.source || self.published != other.published
    }
}

fn documents(run: &Stored) -> Result<BTreeMap<String, Print>, Failure> {
    run.rows("documents").map(|row| row.map(|row| (row.text("document").to_owned(), Print::of(&row)))).collect()
}

/// Settings that say where and how fast, and change nothing that is found.
const NEUTRAL: [&str; 5] = ["output", "jobs", "max_memory", "progress", "quiet"];

fn settings(old: &Value, new: &Value) -> BTreeMap<String, Change> {
    let shown = |settings: &Value, name: &str| match &settings[name]["value"] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let names = [old, new].into_iter().filter_map(Value::as_object).flat_map(|all| all.keys());
    let names: BTreeSet<&String> = names.filter(|name| !NEUTRAL.contains(&name.as_str())).collect();
    let change = |name: &String| Some((name.clone(), Change::between(&shown(old, name), &shown(new, name))?));
    names.into_iter().filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_that_differ_are_told_with_both_values() {
        let old = json!({"html": {"value": true}, "max_fail": {"value": 0.05}});
        let new =
            json!({"html": {"value": true}, "max_fail": {"value": 0.5}, "csv": {"value": "rfc"}, "jobs": {"value": 2}});
        let found = settings(&old, &new);
        assert_eq!(found.keys().collect::<Vec<_>>(), ["csv", "max_fail"]);
        assert_eq!(found["csv"], Change { old: String::new(), new: "rfc".into() });
    }

    #[test]
    fn the_nearest_cause_is_told() {
        let rule = |key: &str| KeyChange { key: key.into(), ..KeyChange::default() };
        let mut causes = Causes::default();
        let check = |causes: &Causes, document: &str, rule: &str, expected| {
            assert_eq!(causes.of([document, "b.txt"], rule), expected, "{document} {rule}");
        };
        check(&causes, "a.txt", "number", Cause::Unknown);
        causes.changed.insert("c.txt".into());
        check(&causes, "a.txt", "number", Cause::OtherDocuments);
        causes.rules.push(rule("compare.toml number.tolerance"));
        check(&causes, "a.txt", "number", Cause::Rule);
        check(&causes, "a.txt", "quotation", Cause::Rules);
        check(&causes, "c.txt", "number", Cause::Documents);
    }
}
