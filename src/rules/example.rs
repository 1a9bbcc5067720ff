//! Rules that carry their own examples, and the running of these.

use std::fmt;

use toml::de::DeValue;

use super::diagnostic::Diagnostic;
use super::sheet::{Places, Sheet};
use super::tree::{self, Node, Step};

/// The rules of a stage as seen by those who list and test them.
///
/// A rule is a table with a key `about`. Its examples stand in `fires` and `silent`.
pub trait Exemplified {
    /// What this stage's `rule` says to `example`; `None` when nothing here can try it.
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool>;

    /// Mistakes that types cannot express, as (path of the key with dots, what is wrong):
    /// `("quotes.pattern", "unclosed group")`.
    fn mistakes(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}

/// One rule, found in the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Rule {
    /// The stage whose file it is in.
    pub stage: &'static str,
    /// Its name: the last part of `path`, printed in the `rule` columns.
    pub id: String,
    /// The keys that lead to it, with dots.
    pub path: String,
    /// The file it is in.
    pub file: String,
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// What it is about, in its own words.
    pub about: String,
    /// How many examples must fire.
    pub fires: usize,
    /// How many must not.
    pub silent: usize,
}

/// An example of a rule: a text, a pair, or a table of named parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Example(pub toml::Value);

impl Example {
    /// The text, or the first of the texts.
    pub fn text(&self) -> &str {
        self.part(0)
    }

    /// Both texts of a pair.
    pub fn pair(&self) -> (&str, &str) {
        (self.part(0), self.part(1))
    }

    /// The text called `name` in an example that is a table; empty when there is none.
    pub fn named(&self, name: &str) -> &str {
        self.0.get(name).and_then(toml::Value::as_str).unwrap_or_default()
    }

    fn part(&self, at: usize) -> &str {
        match &self.0 {
            toml::Value::String(text) if at == 0 => text,
            other => other.get(at).and_then(toml::Value::as_str).unwrap_or_default(),
        }
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            toml::Value::Array(parts) => {
                f.write_str(&parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "))
            }
            other => write!(f, "{other}"),
        }
    }
}

/// How a stage's examples did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Examples that did as they should.
    pub passed: usize,
    /// Examples that nothing could try.
    pub untried: usize,
    /// The others, each at its place in the file.
    pub failed: Vec<Diagnostic>,
}

/// The rules of `sheet`, in the order they are written.
pub fn rules(sheet: &Sheet) -> Vec<Rule> {
    let (root, _, _) = sheet.tree();
    rules_in(&root, sheet)
}

/// The rules in the joined tree of `sheet`.
pub fn rules_in(root: &Node<'_>, sheet: &Sheet) -> Vec<Rule> {
    let mut found = Vec::new();
    visit(&Places::of(sheet), root, &mut Vec::new(), &mut |rule, _| found.push(rule));
    found
}

/// Runs all examples in `sheet` on `stage`.
pub fn try_all(sheet: &Sheet, stage: &dyn Exemplified) -> Trial {
    let (root, _, _) = sheet.tree();
    let mut trial = Trial::default();
    visit(&Places::of(sheet), &root, &mut Vec::new(), &mut |rule, node| {
        for (key, expected) in [("fires", true), ("silent", false)] {
            for example in examples(node, key) {
                try_one(sheet, stage, &rule, example, expected, &mut trial);
            }
        }
    });
    trial
}

/// The mistakes that `stage` finds in its own rules, at their places.
pub fn mistakes(sheet: &Sheet, stage: &dyn Exemplified) -> Vec<Diagnostic> {
    let mistakes = stage.mistakes();
    if mistakes.is_empty() {
        return Vec::new();
    }
    let (root, _, _) = sheet.tree();
    let place = |path: &str| {
        let steps: Vec<Step> = path.split('.').map(|key| Step::Key(key.to_owned())).collect();
        (0..=steps.len()).rev().find_map(|kept| tree::at(&root, &steps[..kept])).map_or(0..0, Node::span)
    };
    mistakes.into_iter().map(|(path, what)| sheet.diagnostic(place(&path), what)).collect()
}

fn try_one(sheet: &Sheet, stage: &dyn Exemplified, rule: &Rule, node: &Node<'_>, expected: bool, trial: &mut Trial) {
    let Ok(example) = tree::value(node).map(Example) else { return };
    match stage.fires(rule, &example) {
        None => trial.untried += 1,
        Some(fired) if fired == expected => trial.passed += 1,
        Some(_) => {
            let does = if expected { "does not fire" } else { "fires and must not" };
            let failure = sheet.diagnostic(node.span(), format!("rule `{}` {does} on this example", rule.id));
            trial.failed.push(failure.help(Some(format!("the rule is about: {}", rule.about))));
        }
    }
}

fn examples<'n, 'i>(rule: &'n Node<'i>, key: &str) -> Vec<&'n Node<'i>> {
    match tree::at(rule, &[Step::Key(key.to_owned())]).map(Node::get_ref) {
        Some(DeValue::Array(list)) => list.iter().collect(),
        _ => Vec::new(),
    }
}

/// Calls `found` for every table with a key `about`.
fn visit<'i>(places: &Places<'_>, node: &Node<'i>, path: &mut Vec<String>, found: &mut dyn FnMut(Rule, &Node<'i>)) {
    if let Some(about) = text(node, "about") {
        found(describe(places, node, path, about), node);
    }
    let mut enter = |name: String, child: &Node<'i>| {
        path.push(name);
        visit(places, child, path, found);
        path.pop();
    };
    match node.get_ref() {
        DeValue::Table(table) => {
            for (key, child) in table.iter().filter(|(_, child)| tree::holds(child)) {
                enter(key.get_ref().to_string(), child);
            }
        }
        DeValue::Array(list) => {
            for (at, child) in list.iter().enumerate().filter(|(_, child)| tree::holds(child)) {
                enter(text(child, "id").unwrap_or_else(|| at.to_string()), child);
            }
        }
        _ => {}
    }
}

fn describe(places: &Places<'_>, node: &Node<'_>, path: &[String], about: String) -> Rule {
    let stage = places.sheet.stage;
    let (file, line) = places.place(node.span().start);
    Rule {
        stage,
        id: path.last().cloned().unwrap_or_else(|| stage.to_owned()),
        path: path.join("."),
        file: file.to_owned(),
        line,
        about,
        fires: examples(node, "fires").len(),
        silent: examples(node, "silent").len(),
    }
}

fn text(node: &Node<'_>, key: &str) -> Option<String> {
    tree::at(node, &[Step::Key(key.to_owned())])?.get_ref().as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sheet::RuleFile;

    const TEXT: &str = "limit = 1\n[stay]\nabout = \"a stay\"\nfires = [\"stay\", \"left\"]\nsilent = [[\"x\", \"stay\"]]\n\
                        [stay.deep]\nabout = \"deeper\"\nfires = [{ a = \"stay\" }]\n";

    struct Stage;

    impl Exemplified for Stage {
        fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
            (rule.id == "stay").then(|| example.text() == "stay" || example.pair().1 == "stay")
        }

        fn mistakes(&self) -> Vec<(String, String)> {
            vec![("stay.fires".into(), "too few".into()), ("nowhere".into(), "lost".into())]
        }
    }

    fn sheet() -> Sheet {
        Sheet::new("demo", RuleFile { path: "rules/demo.toml".into(), text: TEXT.into() }, &[])
    }

    #[test]
    fn tables_with_about_are_rules() {
        let found = rules(&sheet());
        let shown: Vec<_> = found.iter().map(|rule| (rule.path.as_str(), rule.line, rule.fires, rule.silent)).collect();
        assert_eq!(shown, [("stay", 2, 2, 1), ("stay.deep", 6, 1, 0)]);
    }

    #[test]
    fn failing_examples_point_at_their_line() {
        let trial = try_all(&sheet(), &Stage);
        assert_eq!((trial.passed, trial.untried), (1, 1));
        let titles: Vec<_> = trial.failed.iter().map(|failed| (failed.line(), failed.title.as_str())).collect();
        assert_eq!(
            titles,
            [(4, "rule `stay` does not fire on this example"), (5, "rule `stay` fires and must not on this example")]
        );
    }

    #[test]
    fn mistakes_are_placed_as_near_as_known() {
        let lines: Vec<_> = mistakes(&sheet(), &Stage).iter().map(Diagnostic::line).collect();
        assert_eq!(lines, [4, 1]);
    }
}
