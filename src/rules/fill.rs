//! Fills a stage's `Rules` from its tree and finds every mistake, not only the first.
//!
//! serde stops at the first error. So each error is noted, the place is *mended* and the tree is
//! read again until it is clean: an unknown key is read as the one meant, or taken out; a wrong or missing value becomes a
//! *hole*, which is filled with one stand-in after the other until serde is content. What the
//! mending itself causes is told by the spans of the holes, which lie beyond any text.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, ValueDeserializer};

use super::diagnostic::{Diagnostic, did_you_mean};
use super::explain::explain;
use super::sheet::Sheet;
use super::tree::{self, Node, Path, Step};

/// Spans from here on belong to holes and to no text.
const HOLES: usize = usize::MAX / 2;
/// A guard against a mending that does not converge: more readings than any sane file needs.
const READINGS: usize = 5_000;

/// Fills `T` from the texts of `sheet`.
///
/// # Errors
/// Every mistake found in them.
pub fn fill<T: DeserializeOwned>(sheet: &Sheet) -> Result<T, Vec<Diagnostic>> {
    let (root, found, sound) = sheet.tree();
    if !sound {
        return Err(found);
    }
    let mut mending = Mending::new(sheet, root, found);
    match mending.read() {
        Some(filled) if mending.found.is_empty() => Ok(filled),
        _ => Err(mending.found),
    }
}

/// What the own file of `sheet` leaves out and its built-in file says: the smallest parts that are missing. A file that
/// leaves out nothing stands for itself, whatever entries its tables have.
pub fn left_out<T: DeserializeOwned>(sheet: &Sheet) -> Vec<Path> {
    let Some((root, lender)) = sheet.own_and_built_in() else { return Vec::new() };
    let mut mending = Mending { lender: Some(lender), ..Mending::new(sheet, root, Vec::new()) };
    mending.read::<T>();
    mending.lent
}

/// A tree under repair.
struct Mending<'s> {
    sheet: &'s Sheet,
    root: Node<'s>,
    found: Vec<Diagnostic>,
    /// How many stand-ins each hole has seen.
    holes: Vec<usize>,
    /// What was taken out because no stand-in fitted.
    gone: Vec<Path>,
    /// What may fill in for missing keys.
    lender: Option<Node<'s>>,
    /// What it filled in for.
    lent: Vec<Path>,
}

impl<'s> Mending<'s> {
    fn new(sheet: &'s Sheet, root: Node<'s>, found: Vec<Diagnostic>) -> Self {
        Self { sheet, root, found, holes: Vec::new(), gone: Vec::new(), lender: None, lent: Vec::new() }
    }

    /// Reads the tree until nothing is left to mend.
    fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        for _ in 0..READINGS {
            match T::deserialize(ValueDeserializer::from(self.root.clone())) {
                Ok(filled) => return Some(filled),
                Err(error) if self.mend(&error) => {}
                Err(_) => break,
            }
        }
        None
    }

    /// Notes `error` and mends its place; false when nothing more can be read.
    fn mend(&mut self, error: &toml::de::Error) -> bool {
        let message = error.message();
        let span = error.span().unwrap_or(0..0);
        if let Some(name) = quoted_after(message, "missing field ") {
            return self.missing(&span, name, message);
        }
        if span.start >= HOLES {
            return self.fill_hole(&span, message);
        }
        self.note(&span, message);
        if message.starts_with("unknown field") {
            let path = tree::find(&self.root, &|key, _| key.as_ref() == Some(&span));
            return path.is_some_and(|path| self.rename(&path, message));
        }
        self.path_of(&span).is_some_and(|path| self.dig(&path))
    }

    fn note(&mut self, span: &Range<usize>, message: &str) {
        let explained = explain(message);
        let diagnostic = self.sheet.diagnostic(span.clone(), explained.title);
        self.found.push(diagnostic.label(explained.label).help(explained.help));
    }

    /// Reads an unknown key as the one that was probably meant.
    fn rename(&mut self, path: &[Step], message: &str) -> bool {
        let mut names = quoted(message);
        let meant = names.next().and_then(|written| did_you_mean(written, names));
        let (Some(meant), Some(node)) = (meant, tree::at(&self.root, path).cloned()) else {
            return self.take_out(path);
        };
        tree::remove(&mut self.root, path);
        let (table, _) = path.split_at(path.len() - 1);
        match tree::at_mut(&mut self.root, &[table, &[Step::Key(meant.to_owned())]].concat()) {
            // What both say counts once: the misspelling was told already.
            Some(there) => drop(tree::merge(there, node)),
            None => tree::insert(&mut self.root, table, meant, node),
        }
        true
    }

    /// The path of the value written at `span`, none for the root.
    fn path_of(&self, span: &Range<usize>) -> Option<Path> {
        tree::find(&self.root, &|_, node| node.span() == *span)
    }

    fn missing(&mut self, span: &Range<usize>, name: &str, message: &str) -> bool {
        let table = self.path_of(span).unwrap_or_default();
        let mut path = table.clone();
        path.push(Step::Key(name.to_owned()));
        if self.gone.contains(&path) {
            return self.take_out(&table);
        }
        if let Some(lender) = self.lender.as_ref().filter(|lender| tree::at(lender, &path).is_some()) {
            tree::lend(&mut self.root, lender, &path);
            self.lent.push(path);
            return true;
        }
        if span.start < HOLES {
            self.note(span, message);
        }
        let hole = self.hole();
        tree::insert(&mut self.root, &table, name, hole);
        true
    }

    /// Turns the value at `path` into a hole.
    fn dig(&mut self, path: &[Step]) -> bool {
        let hole = self.hole();
        tree::at_mut(&mut self.root, path).map(|node| *node = hole).is_some()
    }

    fn hole<'i>(&mut self) -> Node<'i> {
        self.holes.push(0);
        let at = HOLES + self.holes.len();
        Spanned::new(at..at, stand_in(0).unwrap_or(DeValue::Boolean(false)))
    }

    /// Tries the next stand-in in the hole at `span`, and takes it out when none is left.
    fn fill_hole(&mut self, span: &Range<usize>, message: &str) -> bool {
        let Some(path) = self.path_of(span) else { return false };
        let seen = &mut self.holes[span.start - HOLES - 1];
        let next = wanted_by(message).filter(|_| *seen == 0).or_else(|| stand_in(*seen + 1));
        *seen += 1;
        match (next, tree::at_mut(&mut self.root, &path)) {
            (Some(value), Some(node)) => *node.get_mut() = value,
            _ => return self.take_out(&path),
        }
        true
    }

    fn take_out(&mut self, path: &[Step]) -> bool {
        tree::remove(&mut self.root, path);
        self.gone.push(path.to_vec());
        !path.is_empty()
    }
}

/// The value that `message` asks for, as far as it tells.
fn wanted_by<'i>(message: &str) -> Option<DeValue<'i>> {
    if message.starts_with("unknown variant") {
        return quoted(message).nth(1).map(|name| DeValue::String(name.to_owned().into()));
    }
    let (_, wanted) = message.rsplit_once(", expected ")?;
    let nth = match wanted.split(' ').next_back()? {
        "sequence" => 1,
        "boolean" => 2,
        "map" => 3,
        "usize" | "u64" | "u32" | "u16" | "u8" | "i64" | "i32" | "i16" | "i8" => 4,
        "f64" | "f32" => 5,
        _ if wanted.starts_with("struct") => 3,
        _ => return None,
    };
    stand_in(nth)
}

/// The values tried in a hole, one of each type of TOML.
fn stand_in<'i>(nth: usize) -> Option<DeValue<'i>> {
    let number = |text| tree::parse(text).0.into_inner();
    match nth {
        0 => Some(DeValue::String("".into())),
        1 => Some(DeValue::Array(DeArray::new())),
        2 => Some(DeValue::Boolean(false)),
        3 => Some(DeValue::Table(DeTable::new())),
        4 | 5 => match number(if nth == 4 { "n = 1" } else { "n = 0.5" }) {
            DeValue::Table(table) => table.into_iter().next().map(|(_, node)| node.into_inner()),
            _ => None,
        },
        _ => None,
    }
}

/// The names between backticks.
pub(super) fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

fn quoted_after<'m>(message: &'m str, start: &str) -> Option<&'m str> {
    message.starts_with(start).then(|| quoted(message).next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sheet::RuleFile;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rules {
        limits: Limits,
        rule: BTreeMap<String, Rule>,
        #[serde(default)]
        pairs: Vec<(String, String)>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Limits {
        words: usize,
        share: f64,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rule {
        kind: Kind,
        about: String,
        words: Vec<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        Venue,
        DayPart,
    }

    const GOOD: &str =
        "[limits]\nwords = 3\nshare = 0.5\n[rule.stay]\nkind = \"venue\"\nabout = \"a\"\nwords = [\"x\"]\n";

    fn sheet(text: &str) -> Sheet {
        Sheet::new("demo", RuleFile { path: "rules/demo.toml".into(), text: text.into() }, &[])
    }

    /// Checks the (line, start of title) of every mistake in `text`.
    fn check(text: &str, expected: &[(usize, &str)]) {
        let mut found = fill::<Rules>(&sheet(text)).err().unwrap_or_default();
        found.sort();
        let shown: Vec<_> = found.iter().map(|mistake| (mistake.line(), mistake.title.as_str())).collect();
        assert_eq!(shown.len(), expected.len(), "{text}\n{shown:?}");
        for ((line, title), (want_line, want)) in shown.iter().zip(expected) {
            assert!(line == want_line && title.starts_with(want), "{text}\n{shown:?}");
        }
    }

    #[test]
    fn good_rules_are_filled() {
        let rules = fill::<Rules>(&sheet(GOOD)).unwrap();
        assert_eq!((rules.limits.words, rules.limits.share, rules.pairs.len()), (3, 0.5, 0));
        assert!(matches!(rules.rule["stay"].kind, Kind::Venue));
        assert_eq!((rules.rule["stay"].about.as_str(), rules.rule["stay"].words.len()), ("a", 1));
        assert!(!matches!(rules.rule["stay"].kind, Kind::DayPart));
    }

    #[test]
    fn each_kind_of_mistake_is_found() {
        let check_change = |from: &str, to: &str, expected| check(&GOOD.replacen(from, to, 1), expected);
        check_change("share", "shar", &[(3, "unknown key `shar`")]);
        check_change("words = 3", "words = \"3\"", &[(2, "expected a whole number from 0, found string")]);
        check_change("[limits]\nwords = 3", "[limts]\nwords = 3\n[limits]", &[(1, "unknown key `limts`")]);
        check_change("venue", "venu", &[(5, "unknown value `venu`")]);
        check_change("about = \"a\"\n", "", &[(4, "missing key `about`")]);
        check_change("[\"x\"]", "[\"x\", 3, 4]", &[(7, "expected a text"), (7, "expected a text")]);
        check_change("[limits]", "[limits]\nwords = 3", &[(3, "duplicate key")]);
        check_change("share =", "share = =", &[(3, "")]);
    }

    #[test]
    fn all_mistakes_of_a_file_are_found_at_once() {
        let text = "pairs = [[\"a\"], [\"b\", 2], [\"c\", \"d\"]]\n[limit]\n[limits]\nwords = -1\nshare = \"x\"\n\
                    [rule.one]\nkind = \"veneu\"\n[rule.two]\nkind = 3\nabout = 1\nwords = [1]\nwrods = []\n";
        check(
            text,
            &[
                (1, "expected a list of 2, found 1"),
                (1, "expected a text"),
                (2, "unknown key `limit`"),
                (4, "expected a whole number"),
                (5, "expected a number"),
                (6, "missing key `about`"),
                (6, "missing key `words`"),
                (7, "unknown value `veneu`"),
                (9, "expected a text"),
                (10, "expected a text"),
                (11, "expected a text"),
                (12, "unknown key `wrods`"),
            ],
        );
    }

    #[test]
    fn an_empty_file_names_what_is_missing_at_the_root() {
        check("", &[(1, "missing key `limits`"), (1, "missing key `rule`")]);
    }

    #[test]
    fn what_a_file_leaves_out_is_lent_key_by_key() {
        let built_in = || RuleFile { path: "rules/demo.toml".into(), text: GOOD.into() };
        let check = |text: &str, expected: &str| {
            let own = RuleFile { path: "mine/demo.toml".into(), text: text.into() };
            let mut sheet = Sheet::new("demo", own, &[]).with_built_in(built_in());
            sheet.lend(left_out::<Rules>(&sheet));
            let told = match fill::<Rules>(&sheet) {
                Ok(Rules { limits, rule, .. }) => {
                    format!("{} {} {}", limits.words, limits.share, rule.into_keys().collect::<String>())
                }
                Err(found) => found.iter().map(|mistake| format!("{}: {}", mistake.line(), mistake.title)).collect(),
            };
            assert_eq!(told, expected, "{text}");
        };
        check("", "3 0.5 stay");
        check("[limits]\nwords = 9\n", "9 0.5 stay");
        // An entry that is left out of a table that is there stays left out.
        check("[limits]\nshare = 0.1\n[rule]\n", "3 0.1 ");
        check("[limits]\nwrods = 9\n", "2: unknown key `wrods`");
        check("[rule.stay]\nkind = 1\n", "2: expected a text in quotes, found something else");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic_or_run_on(text in "([a-z\\[\\]=\" .{},0-9\n]|rule|limits|words){0,60}") {
            drop(fill::<Rules>(&sheet(&text)));
        }
    }
}
