//! WordNet 3.1 and what the Moby thesaurus lists side by side, in memory, and the questions asked of them.

use std::io::Read;
use std::sync::{LazyLock, OnceLock};

use compact_str::CompactString;
use flate2::read::ZlibDecoder;

use super::WordRelation;
use super::overlay::Senses;
use super::packed::{numbers, records};
use crate::text::WordList;

/// A part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Noun.
    Noun,
    /// Verb.
    Verb,
    /// Adjective.
    Adjective,
    /// Adverb.
    Adverb,
}

/// A range of one of the flat tables.
type Slice = (u32, u32);

#[derive(Debug)]
struct Synset {
    part: Part,
    /// WordNet's lexicographer file: 15 for locations, 18 for persons.
    topic: u8,
    /// Where the links begin to more general synsets; for adjectives to the head of their cluster.
    up: u32,
    /// Where those to antonymous synsets begin, behind them and in front of the next synset's.
    against: u32,
}

/// Words with their senses, and what joins the senses (synsets).
#[derive(Debug, Default)]
pub struct WordNet {
    synsets: Vec<Synset>,
    links: Vec<u32>,
    /// Synset and its count in tagged text, the most frequent of a word first.
    senses: Vec<(u32, u32)>,
    words: WordList,
    /// By number of the word.
    entries: Vec<Entry>,
    /// Bytes of each record of `data/akin.z`.
    akin: Vec<Slice>,
    akin_bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where its senses begin, which end where those of the next word do.
    senses: u32,
    /// Number among the words counted in tagged text.
    counted: Option<u32>,
    /// True for a word that is only a name.
    proper: bool,
}

/// What a word means: synsets, each list in order.
#[derive(Debug)]
pub struct Meaning {
    /// The first senses of each part of speech, and the heads of the clusters that they are in as adjectives, which are
    /// a step away.
    reach: Vec<(u32, u8)>,
    /// What is antonymous to any of these.
    against: Vec<(u32, u8)>,
    /// The senses and what lies above them, each with its fewest steps; once it is asked for.
    above: OnceLock<Vec<(u32, u8)>>,
    /// The numbers of its words among those counted in tagged text.
    counted: Vec<u32>,
}

impl Meaning {
    fn senses(&self) -> impl Iterator<Item = u32> {
        self.reach.iter().filter(|(_, steps)| *steps == 0).map(|(sense, _)| *sense)
    }

    /// Whether a sense of one is a sense of the other, or the head of its cluster.
    fn meets(&self, other: &Self) -> bool {
        common(&self.reach, &other.reach).any(|(_, x, y)| x.min(y) == 0)
    }

    fn opposes(&self, other: &Self) -> bool {
        let against = |x: &Self, y: &Self| !x.against.is_empty() && common(&x.against, &y.reach).next().is_some();
        against(self, other) || against(other, self)
    }
}

/// Names of WordNet's lexicographer files for nouns, from file 3 on.
const TOPICS: [&str; 26] = [
    "top",
    "act",
    "animal",
    "artifact",
    "attribute",
    "body",
    "cognition",
    "communication",
    "event",
    "feeling",
    "food",
    "group",
    "location",
    "motive",
    "object",
    "person",
    "phenomenon",
    "plant",
    "possession",
    "process",
    "quantity",
    "relation",
    "shape",
    "state",
    "substance",
    "time",
];
const FIRST_TOPIC: u8 = 3;

/// The embedded WordNet, unpacked at the first question.
pub static WORDNET: LazyLock<WordNet> = LazyLock::new(|| {
    let text = String::from_utf8(unpack(include_bytes!("data/wordnet.z"))).unwrap_or_default();
    WordNet::parse(&text, unpack(include_bytes!("data/akin.z")))
});

/// The files are constants of the program; were one damaged, its words would be unknown.
fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut bytes).map(|_| bytes).unwrap_or_default()
}

impl WordNet {
    /// Reads the two files that `data/build.py` writes.
    fn parse(text: &str, akin_bytes: Vec<u8>) -> Self {
        let mut net = Self { akin: records(&akin_bytes), akin_bytes, ..Self::default() };
        let mut counted = 0..;
        let (synsets, words) = text.split_once("\n\n").unwrap_or_default();
        let (synsets_listed, words_listed) = (synsets.lines().count(), words.lines().count());
        net.synsets.reserve_exact(synsets_listed);
        synsets.lines().for_each(|line| net.push_synset(line));
        net.words = WordList::with_capacity(words_listed, words.len() / 2);
        net.entries.reserve_exact(words_listed);
        for line in words.lines() {
            let Some((word, senses)) = line.split_once('\t') else { continue };
            let from = net.senses.len() as u32;
            net.senses.extend(senses.split_ascii_whitespace().filter_map(parse_sense));
            let counted = if senses.contains('*') { counted.next() } else { None };
            let (word, proper) = word.strip_prefix('^').map_or((word, false), |name| (name, true));
            net.words.add(word);
            net.entries.push(Entry { senses: from, counted, proper });
        }
        net.words.shrink_to_fit();
        net.senses.shrink_to_fit();
        net.links.shrink_to_fit();
        net
    }

    fn push_synset(&mut self, line: &str) {
        let mut fields = line.split_ascii_whitespace();
        let kind = fields.next().unwrap_or_default();
        let part = match kind.as_bytes().first() {
            Some(b'n') => Part::Noun,
            Some(b'v') => Part::Verb,
            Some(b'a') => Part::Adjective,
            _ => Part::Adverb,
        };
        let topic = kind.get(1..).and_then(|t| t.parse().ok()).unwrap_or_default();
        let up = self.push_links(fields.clone());
        let against = self.push_links(fields.filter_map(|field| field.strip_prefix('!')));
        self.synsets.push(Synset { part, topic, up, against });
    }

    /// Keeps what fields are numbers, and tells where they begin.
    fn push_links<'f>(&mut self, fields: impl Iterator<Item = &'f str>) -> u32 {
        let from = self.links.len() as u32;
        self.links.extend(fields.filter_map(|f| f.parse::<u32>().ok()));
        from
    }

    fn entry(&self, word: &str) -> Option<&Entry> {
        Some(&self.entries[self.words.number(word)? as usize])
    }

    fn senses_of(&self, word: &str) -> &[(u32, u32)] {
        let Some(number) = self.words.number(word) else { return &[] };
        let start = |number: usize| self.entries.get(number).map_or(self.senses.len(), |e| e.senses as usize);
        &self.senses[start(number as usize)..start(number as usize + 1)]
    }

    fn up(&self, synset: u32) -> &[u32] {
        let Synset { up, against, .. } = self.synsets[synset as usize];
        &self.links[up as usize..against as usize]
    }

    fn against(&self, synset: u32) -> &[u32] {
        let end = self.synsets.get(synset as usize + 1).map_or(self.links.len(), |next| next.up as usize);
        &self.links[self.synsets[synset as usize].against as usize..end]
    }

    fn part_of(&self, synset: u32) -> Part {
        self.synsets[synset as usize].part
    }

    /// True when the word is listed as it stands.
    pub fn knows(&self, word: &str) -> bool {
        self.words.number(word).is_some()
    }

    /// True when the word is listed, and as a name only.
    pub fn is_proper(&self, word: &str) -> bool {
        self.entry(word).is_some_and(|e| e.proper)
    }

    /// True when the word is listed under the part of speech.
    pub fn has_part(&self, word: &str, part: Part) -> bool {
        self.senses_of(word).iter().any(|s| self.part_of(s.0) == part)
    }

    /// The part of speech of the word's most frequent sense, and its count in tagged text.
    pub fn main_sense(&self, word: &str) -> Option<(Part, u32)> {
        self.senses_of(word).first().map(|&(synset, count)| (self.part_of(synset), count))
    }

    /// The topic of the word's most frequent sense as a noun: `food`, `person`, `communication`…
    pub fn topic(&self, word: &str) -> Option<&'static str> {
        let noun = self.senses_of(word).iter().find(|s| self.part_of(s.0) == Part::Noun)?;
        let number = self.synsets[noun.0 as usize].topic.checked_sub(FIRST_TOPIC)?;
        TOPICS.get(usize::from(number)).copied()
    }

    /// True when the thesaurus lists a word of one with a word of the other.
    pub fn akin(&self, a: &Meaning, b: &Meaning) -> bool {
        a.counted.iter().any(|&x| b.counted.iter().any(|&y| self.lists(x.min(y), x.max(y))))
    }

    fn lists(&self, low: u32, high: u32) -> bool {
        let Some(&(from, to)) = self.akin.get(low as usize) else { return false };
        numbers(&self.akin_bytes[from as usize..to as usize], low).find(|n| *n >= high) == Some(high)
    }

    /// What some base forms mean, as far as `rules` believe it.
    pub fn meaning(&self, bases: &[CompactString], rules: &Senses) -> Meaning {
        let senses = self.frequent(bases, rules.most);
        let is_adjective = |s: &&u32| self.part_of(**s) == Part::Adjective;
        let heads = senses.iter().filter(is_adjective).flat_map(|s| self.up(*s)).map(|head| (*head, 1));
        let reach = sorted(senses.iter().map(|sense| (*sense, 0)).chain(heads).collect());
        let against = reach.iter().flat_map(|(s, _)| self.against(*s)).map(|other| (*other, 0));
        Meaning {
            against: sorted(against.collect()),
            above: OnceLock::new(),
            counted: bases.iter().filter_map(|base| self.entry(base)?.counted).collect(),
            reach,
        }
    }

    /// The first senses of each part of speech of all the words, without repeats.
    pub fn frequent(&self, words: &[CompactString], most: usize) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for word in words {
            let mut taken = [0; 4];
            for &(synset, _) in self.senses_of(word) {
                let count = &mut taken[self.part_of(synset) as usize];
                *count += 1;
                if *count <= most && !found.contains(&synset) {
                    found.push(synset);
                }
            }
        }
        found
    }

    /// How two words stand to each other by what they mean; `None` when one of them is unknown.
    pub fn relation(&self, a: &Meaning, b: &Meaning, rules: &Senses) -> Option<WordRelation> {
        if a.reach.is_empty() || b.reach.is_empty() {
            return None;
        }
        Some(if a.opposes(b) {
            WordRelation::Antonym
        } else if a.meets(b) {
            WordRelation::Synonym
        } else {
            self.along_chains(a, b, rules)
        })
    }

    /// Whether two words are synonyms, as [`Self::relation`] tells.
    pub fn are_synonyms(&self, a: &Meaning, b: &Meaning) -> bool {
        a.meets(b) && !a.opposes(b)
    }

    /// Whether one word lies above the other, or both below one that is not too general.
    fn along_chains(&self, a: &Meaning, b: &Meaning, rules: &Senses) -> WordRelation {
        let mut related = WordRelation::Unrelated;
        let [a, b] = [a, b].map(|word| word.above.get_or_init(|| self.above(word.senses(), rules.rise)));
        for (synset, up, down) in common(a, b) {
            if up.min(down) == 0 {
                return WordRelation::Hypernym;
            }
            if related == WordRelation::Unrelated && self.is_near(synset, up.max(down), rules) {
                related = WordRelation::CoHyponym;
            }
        }
        related
    }

    /// True when one of the first senses of `special` lies within `rise` steps below one of `general`; how many of each
    /// count is given with its words.
    pub fn covers(&self, general: (&[CompactString], usize), special: (&[CompactString], usize), rise: u8) -> bool {
        let above = self.above(self.frequent(special.0, special.1).into_iter(), rise);
        let senses = self.frequent(general.0, general.1);
        above.iter().any(|&(synset, up)| up > 0 && senses.contains(&synset))
    }

    /// Whether two words that meet so many steps up are alike: the deeper the meeting, the more steps.
    fn is_near(&self, synset: u32, steps: u8, rules: &Senses) -> bool {
        steps <= rules.steps && self.depth(synset) >= steps + rules.margin
    }

    /// The synsets and what lies above them within `most` steps, in order, each with its fewest steps.
    fn above(&self, senses: impl Iterator<Item = u32>, most: u8) -> Vec<(u32, u8)> {
        let mut found: Vec<(u32, u8)> = senses.map(|s| (s, 0)).collect();
        let mut at = 0;
        while let Some(&(synset, steps)) = found.get(at) {
            at += 1;
            if steps < most && self.part_of(synset) <= Part::Verb {
                for &up in self.up(synset) {
                    // A chain that joins one already walked has nothing new above it.
                    if !found.iter().any(|f| f.0 == up) {
                        found.push((up, steps + 1));
                    }
                }
            }
        }
        sorted(found)
    }

    /// Steps to the root along first parents.
    fn depth(&self, synset: u32) -> u8 {
        // The deepest chain of WordNet has 19 steps; the bound ends a loop in a damaged file.
        const DEEPEST: u8 = 32;
        let mut at = synset;
        for depth in 0..DEEPEST {
            match self.up(at).first() {
                Some(&up) => at = up,
                None => return depth,
            }
        }
        DEEPEST
    }
}

/// In order, each synset once, with its fewest steps.
fn sorted(mut synsets: Vec<(u32, u8)>) -> Vec<(u32, u8)> {
    synsets.sort_unstable();
    synsets.dedup_by_key(|s| s.0);
    synsets
}

/// The synsets that two lists in order have in common, each with its steps in either. Which list has the lesser one next is
/// anybody's guess, so that it is worked out and not branched upon.
fn common<'l>(a: &'l [(u32, u8)], b: &'l [(u32, u8)]) -> impl Iterator<Item = (u32, u8, u8)> + 'l {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(&(x, up)), Some(&(y, down))) = (a.get(i), b.get(j)) {
            i += usize::from(x <= y);
            j += usize::from(y <= x);
            if x == y {
                return Some((x, up, down));
            }
        }
        None
    })
}

/// `123*4` is synset 123, counted 4 times in tagged text.
fn parse_sense(field: &str) -> Option<(u32, u32)> {
    let (synset, count) = field.split_once('*').unwrap_or((field, "0"));
    Some((synset.parse().ok()?, count.parse().ok()?))
}
