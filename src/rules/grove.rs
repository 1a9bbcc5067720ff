//! The joined trees of all stages' rules, for which each file is parsed once: packs speak of many stages.
//!
//! This is the way of rules without mistakes. Places of mistakes are told by [`Sheet::tree`], which knows every word's.

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;
use xxhash_rust::xxh3::Xxh3;

use super::example::{self, Rule};
use super::sheet::{RuleFile, Sheet};
use super::tree::{self, Node};

/// What is known of a stage's rules besides what they say.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The stage.
    pub stage: &'static str,
    /// As [`Sheet::digest`] makes it.
    pub digest: u128,
    /// As [`example::rules`] lists them.
    pub rules: Vec<Rule>,
}

/// The texts that trees are made of.
#[derive(Clone, Debug)]
pub struct Ground {
    /// One a stage.
    pub sheets: Vec<Sheet>,
    /// Packs, and then settings.
    pub others: Vec<RuleFile>,
}

/// A tree for each sheet.
pub struct Grove<'g> {
    grown: Vec<Grown<'g>>,
}

struct Grown<'g> {
    sheet: &'g Sheet,
    root: Node<'g>,
    said: Xxh3,
    /// Whether nothing was amiss so far.
    sound: bool,
}

impl<'g> Grove<'g> {
    /// The trees of all sheets. Each of the other files is shown to `seen`, with its tree and whether its syntax has no
    /// mistakes, before its tables are taken away.
    pub fn new(ground: &'g Ground, mut seen: impl FnMut(&RuleFile, &Node<'g>, bool)) -> Self {
        let mut grown: Vec<Grown<'g>> = ground.sheets.iter().map(Grown::new).collect();
        for file in &ground.others {
            let (mut root, mistakes) = tree::parse(&file.text);
            seen(file, &root, mistakes.is_empty());
            for grown in &mut grown {
                let Some(part) = grown.sheet.part_of(file) else { continue };
                grown.sound &= mistakes.is_empty();
                if let Some(said) = tree::take(&mut root, grown.sheet.stage) {
                    tree::feed(&said, &mut grown.said);
                    grown.sound &= grown.sheet.join(&mut grown.root, part, said);
                }
            }
        }
        Self { grown }
    }

    /// Fills `T` from the tree of a stage, which is used up; nothing where anything is amiss.
    pub fn fill<T: DeserializeOwned>(&mut self, stage: &str) -> Option<(T, Known)> {
        let at = self.grown.iter().position(|grown| grown.sheet.stage == stage)?;
        let Grown { sheet, root, said, sound } = self.grown.swap_remove(at);
        let known = sound.then(|| Known {
            stage: sheet.stage,
            digest: said.digest128(),
            rules: example::rules_in(&root, sheet),
        })?;
        T::deserialize(ValueDeserializer::from(root)).ok().map(|filled| (filled, known))
    }
}

impl<'g> Grown<'g> {
    fn new(sheet: &'g Sheet) -> Self {
        let (root, mistakes) = tree::parse(sheet.own());
        let mut said = Xxh3::new();
        tree::feed(&root, &mut said);
        // What is borrowed is found by reading the own file alone, and told in the digest.
        Self { sheet, root, said, sound: mistakes.is_empty() && !sheet.may_borrow() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Stay {
        words: Vec<String>,
    }

    fn file(path: &str, text: &str) -> RuleFile {
        RuleFile { path: path.into(), text: text.into() }
    }

    #[test]
    fn what_is_known_of_sound_rules_is_what_the_sheet_tells() {
        let own =
            file("rules/extract.toml", "[stay]\nabout = \"a stay\"\nwords = [\"stay\"]\nfires = [{ about = \"x\" }]\n");
        let packs = [
            file(
                "packs/sport.toml",
                "[clean.x]\nabout = \"x\"\n\n[extract.match]\nabout = \"a match\"\nwords = [\"win\"]\n",
            ),
            file(
                "packs/war.toml",
                "\n[extract.stay]\nwords = [\"remain\"]\n[[extract.match.list]]\nid = \"y\"\nabout = \"y\"\n",
            ),
        ];
        let check = |settings: &[RuleFile], more: &[RuleFile], words: &[&str], sound: bool| {
            let packs = [&packs[..], more].concat();
            let mut sheet = Sheet::new("extract", own.clone(), &packs);
            sheet.overrule(settings);
            let ground = Ground { sheets: vec![sheet.clone()], others: [&packs, settings].concat() };
            let filled = Grove::new(&ground, |_, _, _| {}).fill::<BTreeMap<String, Stay>>("extract");
            assert_eq!(filled.is_some(), sound);
            let Some((filled, known)) = filled else { return };
            assert_eq!(filled["stay"].words, words);
            assert_eq!((known.digest, known.rules), (sheet.digest(), example::rules(&sheet)));
        };
        check(&[], &[], &["stay", "remain"], true);
        let settings = file("variorum.toml", "html = true\n[extract.stay]\nabout = \"mine\"\nwords = [\"mine\"]\n");
        check(&[settings], &[], &["mine"], true);
        check(&[], &[file("packs/twice.toml", "[extract.stay]\nabout = \"again\"\n")], &[], false);
        check(&[], &[file("packs/broken.toml", "[extract.stay\n")], &[], false);
        check(&[], &[file("packs/wrong.toml", "[extract.stay]\nwords = [1]\n")], &[], false);
    }
}
