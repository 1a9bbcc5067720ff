//! The texts that make one stage's rules: its own file and what packs add to it.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use super::diagnostic::{Diagnostic, lines_in};
use super::tree::{self, Node, Path, Step};

/// One TOML file of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFile {
    /// Where it is: `rules/<stage>.toml` for the built-in ones.
    pub path: String,
    /// What it says.
    pub text: Arc<str>,
}

/// All that is said about one stage. Its parts share one counting of bytes: each begins where
/// the one before ended.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The stage, as its file is named.
    pub stage: &'static str,
    /// The stage's own file, then every pack, then settings that have the last word.
    parts: Vec<RuleFile>,
    /// How many of them settings are.
    settings: usize,
    /// The built-in file, where the stage's own is a person's.
    built_in: Option<RuleFile>,
    /// What the own file leaves out and the built-in one says.
    lent: Vec<Path>,
}

impl Sheet {
    /// The rules of `stage` in its own file and in `packs`.
    pub fn new(stage: &'static str, own: RuleFile, packs: &[RuleFile]) -> Self {
        let mut parts = vec![own];
        parts.extend_from_slice(packs);
        Self { stage, parts, settings: 0, built_in: None, lent: Vec::new() }
    }

    /// The same, where the own file may leave out what `built_in` says.
    pub fn with_built_in(self, built_in: RuleFile) -> Self {
        Self { built_in: Some(built_in), ..self }
    }

    /// Takes each of these from the built-in file.
    pub fn lend(&mut self, left_out: Vec<Path>) {
        self.lent = left_out;
    }

    /// The built-in file, where something is taken from it.
    pub fn lender(&self) -> Option<&RuleFile> {
        self.built_in.as_ref().filter(|_| !self.lent.is_empty())
    }

    /// The trees of the own file and of the built-in one that may lend to it.
    pub fn own_and_built_in(&self) -> Option<(Node<'_>, Node<'_>)> {
        let lender = self.built_in_tree()?;
        let (own, _, sound) = self.part(0);
        sound.then_some((own, lender))
    }

    /// The tree of the built-in file; its places lie behind those of all parts.
    fn built_in_tree(&self) -> Option<Node<'_>> {
        Some(tree::shift(tree::parse(&self.built_in.as_ref()?.text).0, self.base(self.parts.len())))
    }

    /// Lets `settings` have the last word: what they say in a table named as the stage replaces what the
    /// others say, the later what the earlier.
    pub fn overrule(&mut self, settings: &[RuleFile]) {
        self.parts.extend_from_slice(settings);
        self.settings += settings.len();
    }

    /// The tree of all parts joined, and the mistakes in their syntax. The tree is sound when
    /// none of the mistakes is anything but a repeated key, of which the first counts. What follows
    /// a mistake on the same line is its consequence and is left out.
    pub fn tree(&self) -> (Node<'_>, Vec<Diagnostic>, bool) {
        let (mut root, mut found, mut sound) = self.part(0);
        let lent = Some(&self.lent).filter(|lent| !lent.is_empty());
        if let Some((lent, lender)) = lent.zip(self.built_in_tree()) {
            lent.iter().for_each(|path| tree::lend(&mut root, &lender, path));
        }
        for part in 1..self.parts.len() {
            let (pack, mistakes, whole) = self.part(part);
            found.extend(mistakes);
            sound &= whole;
            let Some(extra) = tree::at(&pack, &[Step::Key(self.stage.into())]) else { continue };
            let extra = tree::shift(extra.clone(), self.base(part));
            if part >= self.parts.len() - self.settings {
                tree::overlay(&mut root, extra);
                continue;
            }
            let clashes = tree::merge(&mut root, extra);
            found.extend(clashes.err().into_iter().flatten().map(|span| self.clash(span)));
        }
        (root, found, sound)
    }

    /// The text of the stage's own file.
    pub(super) fn own(&self) -> &str {
        &self.parts[0].text
    }

    /// Which part a file is, where it is one.
    pub(super) fn part_of(&self, file: &RuleFile) -> Option<usize> {
        self.parts.iter().position(|part| Arc::ptr_eq(&part.text, &file.text))
    }

    /// Joins what a part says of the stage to the tree of those before it; false where the two clash.
    pub(super) fn join<'i>(&self, root: &mut Node<'i>, part: usize, mut extra: Node<'i>) -> bool {
        tree::shift_tables(&mut extra, self.base(part));
        if part >= self.parts.len() - self.settings {
            tree::overlay(root, extra);
            return true;
        }
        tree::merge(root, extra).is_ok()
    }

    /// Whether anything may be taken from a built-in file.
    pub(super) fn may_borrow(&self) -> bool {
        self.built_in.is_some()
    }

    /// A digest of what the stage's own file and the packs say about it; comments and spacing change nothing.
    pub fn digest(&self) -> u128 {
        let mut state = Xxh3::new();
        for (at, part) in self.parts.iter().enumerate() {
            let (root, _) = tree::parse(&part.text);
            let path = [Step::Key(self.stage.into())];
            if let Some(said) = tree::at(&root, if at == 0 { &[] } else { &path }) {
                tree::feed(said, &mut state);
            }
        }
        self.lender().into_iter().for_each(|file| state.update(file.text.as_bytes()));
        state.digest128()
    }

    fn part(&self, part: usize) -> (Node<'_>, Vec<Diagnostic>, bool) {
        let RuleFile { path, text } = &self.parts[part];
        let (root, errors) = tree::parse(text);
        let sound = errors.iter().all(|error| error.message() == "duplicate key");
        let mistake = |error: &toml::de::Error| {
            let advice = (error.message() == "duplicate key").then(|| "keep one of the two".to_owned());
            Diagnostic::new(path, text, error.span().unwrap_or(0..0), error.message()).help(advice)
        };
        let mut mistakes: Vec<Diagnostic> = errors.iter().map(mistake).collect();
        mistakes.dedup_by_key(|mistake| mistake.line());
        (root, mistakes, sound)
    }

    fn clash(&self, span: Range<usize>) -> Diagnostic {
        let advice = format!("a pack adds rules and lengthens lists; to change a value edit {}", self.parts[0].path);
        self.diagnostic(span, "already set by another file of rules").help(Some(advice))
    }

    /// A mistake at `span` of the joined texts.
    pub fn diagnostic(&self, span: Range<usize>, title: impl Into<String>) -> Diagnostic {
        let (part, base) = self.locate(span.start);
        Diagnostic::new(&part.path, &part.text, span.start - base..span.end.max(span.start) - base, title)
    }

    /// The file of byte `at` of the joined texts, and where it begins there.
    fn locate(&self, at: usize) -> (&RuleFile, usize) {
        let end = self.base(self.parts.len());
        if let Some(built_in) = self.built_in.as_ref().filter(|_| end <= at) {
            return (built_in, end);
        }
        let part = (0..self.parts.len()).rev().find(|&part| self.base(part) <= at).unwrap_or(0);
        (&self.parts[part], self.base(part))
    }

    fn base(&self, part: usize) -> usize {
        self.parts[..part].iter().map(|file| file.text.len() + 1).sum()
    }
}

/// The files and lines of bytes of a sheet. Who asks for one behind another has only the lines between them counted.
pub struct Places<'s> {
    /// Whose they are.
    pub sheet: &'s Sheet,
    /// The byte that was asked for last, and its line.
    last: Cell<(usize, usize)>,
}

impl<'s> Places<'s> {
    /// Those of a sheet.
    pub fn of(sheet: &'s Sheet) -> Self {
        Self { sheet, last: Cell::new((0, 1)) }
    }

    /// The file and the line, counted from 1, of byte `at` of the joined texts.
    pub fn place(&self, at: usize) -> (&'s str, usize) {
        let (part, base) = self.sheet.locate(at);
        let (from, line) = Some(self.last.get()).filter(|(last, _)| (base..=at).contains(last)).unwrap_or((base, 1));
        let line = line + lines_in(&part.text, from - base..at - base);
        self.last.set((at, line));
        (&part.path, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> RuleFile {
        RuleFile { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_pack_adds_and_may_not_overwrite() {
        let own = file("rules/extract.toml", "limit = 1\n[visit]\nwords = [\"stay\"]\n");
        let pack = file("packs/sport.toml", "[extract]\nlimit = 2\n[extract.match]\nwords = []\n[clean.x]\n");
        let sheet = Sheet::new("extract", own, &[pack]);
        let (root, found, sound) = sheet.tree();
        assert!(sound);
        let limit = found.iter().map(|mistake| (mistake.path.as_str(), mistake.line())).collect::<Vec<_>>();
        assert_eq!(limit, [("packs/sport.toml", 2)]);
        let added = tree::at(&root, &[Step::Key("match".into())]).unwrap();
        assert_eq!(Places::of(&sheet).place(added.span().start), ("packs/sport.toml", 3));
        let places = Places::of(&sheet);
        let told = [20, 12, 45, 50, 0].map(|at| places.place(at));
        assert_eq!(told, [20, 12, 45, 50, 0].map(|at| Places::of(&sheet).place(at)));
    }

    #[test]
    fn a_repeated_key_leaves_the_tree_sound_and_broken_syntax_does_not() {
        let check = |text: &str, expected| {
            let sheet = Sheet::new("read", file("rules/read.toml", text), &[]);
            let (_, found, sound) = sheet.tree();
            assert_eq!((found.len(), sound), expected, "{text}");
        };
        check("a = 1\n", (0, true));
        check("a = 1\na = 2\n", (1, true));
        check("a = = 1\n", (1, false));
    }
}
